"""Whatever the text, people are found without a fault, in what is printed, and the same each time."""

from __future__ import annotations

import time
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.documents.interface import Document
from tests.people.articles import article, finder

FRAGMENTS = (
    "Bà Lò Thị Ánh", "ông Vì Văn Tủm", "Giàng A Chớ", "chị N.T.H.", "Ingrid Halvorsen", "PGS.TS Trần Quốc Bảo",
    "Đại úy Lực", "anh K.", "vợ anh", "con trai bà", "Theo", "theo lời", "cho biết", "nói:", "hỏi", "kể rằng", "“", "”",
    '"', "«", "»", ":", ",", ".", "?", "!", "…", "–", "- ", "(", ")", ";", "\n\n", "\n", "PV:", "Nữ giám đốc", "nam",
    "Chủ tịch UBND xã", "trưởng bản", "bị cáo", "nạn nhân", "bị thương", "qua đời", "Trường THCS Lê Thanh Hiền",
    "đường Trần Hưng Đạo", "Công ty", "THÔNG BÁO", "bà", "ông", "chị ấy", "cháu", "em", "người này", "và", "cùng",
    "của", "34 tuổi", "(SN 1990)", "Hòa", "bà Hòa", "ông Hòa", "mẹ", "con", "là", "trồng chè trên đồi",
    "Mưa lớn kéo dài", "h'Hen Niê", "y-bih", "Ám", "A", "Đ.", "không", "đã", "bé", "Nguyễn", "Thị", "Văn",
)  # fmt: skip
VIETNAMESE = st.lists(st.sampled_from(FRAGMENTS), max_size=60).map(" ".join)
TEXTS = st.one_of(
    st.text(max_size=400),
    VIETNAMESE,
    st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=8)), max_size=40).map("".join),
)
ARTICLES = st.builds(article, TEXTS, title=st.none() | TEXTS, caption=st.none() | TEXTS)
BYLINES = st.lists(st.sampled_from((*FRAGMENTS, "Biên tập:", "P.V", "-", "&")), max_size=8).map(" ".join)
often = settings(max_examples=150, deadline=timedelta(seconds=5), suppress_health_check=[HealthCheck.too_slow])


@often
@given(ARTICLES)
def test_people_are_found_in_what_is_printed(document: Document) -> None:
    whole = finder().find(document)
    for record in whole.records:
        assert record.name in document.text
        assert record.mentions
        assert all(mention in document.text for mention in record.mentions)
        assert any(record.name in mention for mention in record.mentions)
        assert len(set(record.mentions)) == len(record.mentions)
        assert record.gender_cue
    assert len(whole.shares) == len(whole.records)
    assert all(0 <= share <= 1 for share in whole.shares)


@often
@given(ARTICLES)
def test_quotes_stand_in_the_text_and_their_speakers_are_its_people(document: Document) -> None:
    whole = finder().find(document)
    names = [record.name for record in whole.records]
    for quote in whole.quotes:
        assert 0 <= quote.start <= quote.end <= len(document.text)
        assert quote.speaker is None or whole.names[quote.speaker] in names
    starts = [quote.start for quote in whole.quotes]
    assert starts == sorted(starts)
    spoken = {whole.names[quote.speaker] for quote in whole.quotes if quote.speaker}
    assert spoken == {record.name for record in whole.records if record.quoted != "no"}


@often
@given(ARTICLES)
def test_a_second_reading_finds_the_same(document: Document) -> None:
    first, second = finder().find(document), finder().find(document)
    assert (first.records, first.shares) == (second.records, second.shares)
    assert [(q.start, q.end, q.direct) for q in first.quotes] == [(q.start, q.end, q.direct) for q in second.quotes]


@often
@given(ARTICLES)
def test_no_two_people_of_one_gender_have_the_same_name(document: Document) -> None:
    told = [(record.name.casefold(), record.gender) for record in finder().find(document).records]
    assert len(set(told)) == len(told)


@often
@given(st.text(max_size=80) | BYLINES)
def test_any_byline_has_a_gender_or_none(byline: str) -> None:
    assert finder().byline_gender(byline) in {"female", "male", "unknown"}


def test_a_long_article_is_read_in_proportion() -> None:
    """Ten times the text takes no more than thirty times as long."""
    page = (
        "Bà Lò Thị Ánh mở lớp dệt. Bà cho biết lớp có mười hai người. “Chúng tôi học vào buổi tối”, chị Xua nói.\n\n"
        "Theo ông Vì Văn Tủm, trưởng bản, lớp sẽ kéo dài ba tháng. Anh Giàng A Chớ bị thương khi dựng khung cửi.\n\n"
    )

    def taken(pages: int) -> float:
        document = article(page * pages)
        begun = time.perf_counter()
        finder().find(document)
        return time.perf_counter() - begun

    taken(1)
    short = min(taken(20) for _ in range(3))
    assert taken(200) < 30 * short + 1
