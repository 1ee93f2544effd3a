"""What is said in an article is put down to who says it."""

from __future__ import annotations

import pytest

from tests.people.articles import article, finder, found, only, people, said_by

SEN = "Bà Đinh Thị Sen nuôi 200 tổ ong ở bản Nà Khoang.\n\n"
WORDS = "Năm nay mật được mùa nhưng không ai lên mua"

DIRECT = {
    "the speaker behind": f"“{WORDS}”, bà Đinh Thị Sen nói.",
    "the verb before the speaker": f"“{WORDS}”, theo lời bà Đinh Thị Sen.",
    "behind a dash": f"“{WORDS}” – bà Đinh Thị Sen chia sẻ.",
    "the speaker before": f"Bà Đinh Thị Sen cho biết: “{WORDS}”.",
    "straight marks": f'"{WORDS}", bà Đinh Thị Sen nói.',
    "angled marks": f"Bà Đinh Thị Sen nói: «{WORDS}».",
    "a colon without marks": f"Bà Đinh Thị Sen nói: {WORDS}.",
    "a pronoun": f"{SEN}“{WORDS}”, bà nói.",
    "a sentence of its own": f"{SEN}Bà Sen chỉ tay về phía những thùng ong. “{WORDS}.”",
    "a label": f"Bà Đinh Thị Sen, chủ trại ong: {WORDS}.",
}


@pytest.mark.parametrize("case", DIRECT)
def test_direct_speech_has_its_speaker(case: str) -> None:
    text = DIRECT[case]
    assert {who for who, words, direct in said_by(text) if direct and WORDS in words} == {"Đinh Thị Sen"}
    assert only(text).quoted == "direct"


INDIRECT = {
    "a verb of speech": "Bà Đinh Thị Sen cho biết năm nay mật được mùa.",
    "rằng": "Bà Đinh Thị Sen kể rằng đàn ong bỏ tổ hồi tháng ba.",
    "a demand": "Bà Đinh Thị Sen đề nghị xã sửa con đường lên trại ong.",
    "theo": "Theo bà Đinh Thị Sen, mật năm nay không ai lên mua.",
    "theo lời, at the end": "Đàn ong bỏ tổ hồi tháng ba, theo lời bà Đinh Thị Sen.",
    "an office between": "Bà Đinh Thị Sen, chủ nhiệm hợp tác xã, khẳng định mật đều được kiểm tra.",
    "a pronoun": f"{SEN}Bà cho biết năm nay mật được mùa.",
}


@pytest.mark.parametrize("case", INDIRECT)
def test_reported_speech_has_its_speaker(case: str) -> None:
    assert [(who, direct) for who, _, direct in said_by(INDIRECT[case])] == [("Đinh Thị Sen", False)]
    assert only(INDIRECT[case]).quoted == "indirect"


SILENT = {
    "scare quotes": f"{SEN}Bà Sen được gọi là “nữ hoàng ong” của cả vùng.",
    "the name of a programme": "Bà Đinh Thị Sen dự lễ phát động “Tết trồng cây” ở xã.",
    "a price told of": "Bà Đinh Thị Sen bán mật với giá 200.000 đồng một lít.",
    "she is spoken of": "Công an xã mời bà Đinh Thị Sen lên làm việc.",
    "she is told": "Ông Lò Văn Chựa nói với bà Đinh Thị Sen rằng đường sắp sửa xong.",
}


@pytest.mark.parametrize("case", SILENT)
def test_who_says_nothing_is_not_quoted(case: str) -> None:
    assert people(SILENT[case])["Đinh Thị Sen"].quoted == "no"


def test_one_who_is_reported_and_quoted_counts_as_quoted_directly() -> None:
    assert only(f"Bà Đinh Thị Sen cho biết đường khó đi.\n\n“{WORDS}”, bà nói.").quoted == "direct"


def test_a_quotation_over_two_paragraphs_stays_with_its_speaker() -> None:
    text = (
        f"{SEN}Bà Sen nói: “{WORDS}.\n\n"
        "“Con đường lên bản lở từ tháng bảy, xe tải không vào được nữa”."
    )  # fmt: skip
    assert {who for who, words, direct in said_by(text) if direct and "được mùa" in words} == {"Đinh Thị Sen"}
    assert {who for who, words, direct in said_by(text) if direct and "xe tải" in words} == {"Đinh Thị Sen"}


def test_two_quotations_in_turn_have_their_own_speakers() -> None:
    text = (
        "“Chúng tôi sẽ sửa đường trước tháng mười”, ông Lò Văn Chựa hứa với dân bản.\n\n"
        f"“{WORDS}”, bà Đinh Thị Sen nói."
    )
    assert {who for who, words, _ in said_by(text) if "sửa đường" in words} == {"Lò Văn Chựa"}
    assert {who for who, words, _ in said_by(text) if WORDS in words} == {"Đinh Thị Sen"}


INTERVIEW = """Phóng viên gặp bà Đinh Thị Sen, chủ nhiệm hợp tác xã ong Nà Khoang.

PV: Vì sao năm nay mật không bán được?

Bà Đinh Thị Sen: Con đường lên bản lở từ tháng bảy, xe tải không vào được.

PV: Hợp tác xã tính thế nào?

Bà Sen: Chúng tôi gùi xuống chợ huyện, mỗi chuyến hai mươi lít."""


def test_turns_of_an_interview_are_the_words_of_who_answers() -> None:
    spoken = [(who, words) for who, words, direct in said_by(INTERVIEW) if direct]
    assert spoken == [
        ("Đinh Thị Sen", "Con đường lên bản lở từ tháng bảy, xe tải không vào được."),
        ("Đinh Thị Sen", "Chúng tôi gùi xuống chợ huyện, mỗi chuyến hai mươi lít."),
    ]


def test_words_between_marks_are_a_sources_and_the_papers_own_are_not() -> None:
    text = f"Bà Đinh Thị Sen nói: “{WORDS}”. Xã có bốn trại ong lớn và hai mươi hộ nuôi nhỏ."
    whole, document = found(text), article(text)
    start = document.text.index(WORDS)
    said = whole.said(start, start + len(WORDS))
    assert said is not None
    assert said.speaker == "Đinh Thị Sen"
    assert whole.said(document.text.index("Xã có"), len(document.text)) is None


def test_words_of_one_the_article_does_not_name_are_still_a_sources() -> None:
    text = f"Một người dân nói: “{WORDS}”."
    start = text.index(WORDS)
    said = finder().find(article(text)).said(start, start + len(WORDS))
    assert said is not None
    assert said.speaker is None


def test_only_a_passage_mostly_within_a_quotation_is_the_sources() -> None:
    text = f"Xã có bốn trại ong lớn và hai mươi hộ nuôi nhỏ ở các bản dọc suối. “{WORDS}”, bà Đinh Thị Sen nói."
    assert found(text).said(0, len(text)) is None


def test_a_title_that_ends_in_a_colon_quotes_nobody() -> None:
    assert only("Trại ong đông khách.", title="Bà Sen:").quoted == "no"


def test_who_is_praised_is_not_who_speaks() -> None:
    found_people = people("Ông Lò Văn Chựa được bà Đinh Thị Sen khen là hiền.")
    told = {name: person.quoted for name, person in found_people.items()}
    assert told == {"Lò Văn Chựa": "no", "Đinh Thị Sen": "indirect"}


def test_what_the_paper_says_of_a_speaker_is_not_the_speakers() -> None:
    text = "Chị Vàng Thị Mỷ, tuy là phụ nữ chân yếu tay mềm, cho biết đường đèo còn sạt."
    assert found(text).said(0, len(text)) is None
