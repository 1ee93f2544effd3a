"""The clauses of a document: where they begin, what they are, what governs them."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from auditor.documents.interface import Block, Document, PlacedBlock, Source, compose, find_blocks
from auditor.documents.outline import Clause, Locator, Role, outline

PIECES = [
    "Chương I", "CHƯƠNG II. TÀI SẢN", "Mục 1. Đất đai", "Điều 1. Họp thôn", "Điều 2.", "1. Con trai được chia đất:",
    "a) Hai phần;", "đ) Một phần.", "- Con gái không được họp.", "+ Ai vắng bị phạt", "Các hộ phải:", "con gái út",
    "theo khoản 2 Điều 5 của Luật", "Độc lập - Tự do - Hạnh phúc", "TRƯỞNG THÔN", "1", "-", "a)", ":", "I. Chung",
    "làm ba việc: a) họp; b) góp; c) về", "\u00a0", "\u00ad", "“", "Nơi nhận:", "x" * 70,
]  # fmt: skip
TEXTS = st.lists(
    st.tuples(st.sampled_from(PIECES), st.sampled_from(["\n", "\n\n", " ", "", "\r\n", "\t", "\u2028", "\f"])),
    max_size=25,
).map(lambda pairs: "".join(piece + end for piece, end in pairs))


def document(text: str, blocks: tuple[PlacedBlock, ...] | None = None) -> Document:
    found = find_blocks(text) if blocks is None else blocks
    return Document("x", "regulation", text, found, Source("x", "txt", ""))


def composed(*blocks: Block) -> Document:
    return document(*compose(blocks))


class Outlined:
    """A text and its clauses, found by their first words."""

    def __init__(self, doc: Document) -> None:
        self.text = doc.text
        self.clauses = outline(doc)
        self.words = [self.text[clause.start : clause.end] for clause in self.clauses]

    def __getitem__(self, words: str) -> Clause:
        return next(c for c in self.clauses if self.text[c.start : c.end].startswith(words))

    def over(self, words: str) -> list[str]:
        return [self.text[a:b] for a, b in self[words].governed_by]

    def role(self, words: str) -> Role:
        return self[words].role

    def place(self, words: str) -> tuple[str | None, ...]:
        at: Locator = self[words].locator
        return at.chapter, at.section, at.article, at.clause, at.point


def lines(*words: str) -> Outlined:
    return Outlined(document("\n".join(words)))


FULL = lines(
    "Chương II",
    "TÀI SẢN",
    "Mục 1. Đất đai",
    "Điều 7. Chia đất",
    "1. Khi chia đất, các hộ làm như sau:",
    "a) Con trai được hai phần;",
    "đ) Con gái được một phần.",
    "2. Ai không theo thì bị phạt.",
    "Điều 8. Họp thôn",
    "Mỗi hộ cử một người.",
    "Chương III. HỌP",
    "Điều 9. Giờ họp",
    "Bảy giờ tối.",
)


def test_every_line_that_begins_something_is_a_clause() -> None:
    assert len(FULL.words) == 13


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("Chương II", ("II", None, None, None, None)),
        ("Mục 1", ("II", "1", None, None, None)),
        ("Điều 7", ("II", "1", "7", None, None)),
        ("1. Khi", ("II", "1", "7", "1", None)),
        ("a) Con", ("II", "1", "7", "1", "a")),
        ("đ) Con", ("II", "1", "7", "1", "đ")),
        ("2. Ai", ("II", "1", "7", "2", None)),
        ("Mỗi hộ", ("II", "1", "8", None, None)),
        ("Chương III", ("III", None, None, None, None)),
        ("Điều 9", ("III", None, "9", None, None)),
    ],
)
def test_a_clause_knows_its_place(words: str, place: tuple[str | None, ...]) -> None:
    assert FULL.place(words) == place


@pytest.mark.parametrize("words", ["Chương II", "TÀI SẢN", "Mục 1", "Điều 7", "Điều 8", "Chương III", "Điều 9"])
def test_a_title_is_a_heading(words: str) -> None:
    assert FULL.role(words) is Role.HEADING


@pytest.mark.parametrize("words", ["1. Khi", "a) Con", "2. Ai", "Mỗi hộ"])
def test_a_rule_is_a_norm(words: str) -> None:
    assert FULL.role(words) is Role.NORM


def test_an_article_without_a_body_is_a_norm_itself() -> None:
    found = lines("Điều 1. Con gái không chia đất", "Điều 2. Giờ họp", "Bảy giờ tối.")
    assert [clause.role for clause in found.clauses] == [Role.NORM, Role.HEADING, Role.NORM]


def test_an_article_that_orders_in_its_own_line_is_a_norm() -> None:
    assert lines("Điều 3. Phụ nữ không được họp thôn.").role("Điều 3") is Role.NORM


def test_a_point_stands_under_its_article_and_lead_in() -> None:
    assert FULL.over("a) Con")[-2:] == ["Điều 7. Chia đất", "1. Khi chia đất, các hộ làm như sau:"]


def test_the_next_clause_has_left_the_lead_in() -> None:
    assert FULL.over("2. Ai")[-1] == "Điều 7. Chia đất"
    assert "Điều 7. Chia đất" not in FULL.over("Mỗi hộ")
    assert all("TÀI SẢN" not in over for over in FULL.over("Điều 9"))


def test_dashes_stand_under_their_lead_in_and_keep_the_place_of_the_clause() -> None:
    found = lines("Điều 1. Cấm", "2. Nghiêm cấm:", "- Gả con gái sớm;", "+ Thách cưới.", "3. Các hộ họp.")
    for words in ("- Gả", "+ Thách"):
        assert found.over(words)[-1] == "2. Nghiêm cấm:"
        assert found.place(words)[2:4] == ("1", "2")
    assert found.over("3. Các") == ["Điều 1. Cấm"]


def test_an_unmarked_list_stands_under_its_lead_in_until_a_sentence_ends_it() -> None:
    found = lines("Người được dự họp gồm:", "chủ hộ;", "- con trai trưởng;", "- người già.")
    assert found.over("- con trai") == ["Người được dự họp gồm:"]


def test_a_wrapped_line_continues_its_clause() -> None:
    found = lines(
        "1. Con gái đã lấy chồng thì không còn được chia đất của cha mẹ để lại", "cho các con trong nhà.", "2. Hết."
    )
    assert [words[:2] for words in found.words] == ["1.", "2."]
    assert found.words[0].endswith("trong nhà.")


def test_a_wrapped_line_that_begins_with_a_reference_begins_no_article() -> None:
    found = lines(
        "Điều 2. Phạt theo quy định tại", "Điều 5 của Luật Bình đẳng giới và các văn bản khác.", "Điều 3. Họp"
    )
    assert found.place("Điều 3")[2] == "3"
    assert all(clause.locator.article != "5" for clause in found.clauses)


def test_an_enumeration_within_a_line_is_cut_into_its_points() -> None:
    found = lines("1. Cấm các việc sau: a) tảo hôn; b) thách cưới; c) kéo vợ.")
    assert found.words == ["1. Cấm các việc sau:", "a) tảo hôn;", "b) thách cưới;", "c) kéo vợ."]
    assert found.place("b)")[3:] == ("1", "b")
    assert found.over("c)") == ["1. Cấm các việc sau:"]


def test_a_reference_to_a_point_does_not_cut_a_line() -> None:
    assert len(lines("1. Theo điểm a) khoản 2 thì con gái được chia đất.").words) == 1


@pytest.mark.parametrize(
    ("line", "article"),
    [("Điều 5: Họp", "5"), ("ĐIỀU 5. HỌP", "5"), ("Điều 5a. Họp", "5a"), ("Điều 5 Họp", "5"), ("Điều thứ 5. Họp", "5"),
     ("Điều 5", "5"), ("Điều 12- Họp", "12")],
)  # fmt: skip
def test_an_article_is_known_however_its_number_is_typed(line: str, article: str) -> None:
    assert lines(line).place(line)[2] == article


@pytest.mark.parametrize(
    ("line", "clause"), [("1. Họp", "1"), ("1) Họp", "1"), ("1/ Họp", "1"), ("1.2. Họp", "1.2"), ("Khoản 3. Họp", "3")]
)
def test_a_clause_is_known_however_its_number_is_typed(line: str, clause: str) -> None:
    assert lines("Điều 1. Chung", line).place(line)[3] == clause


@pytest.mark.parametrize(
    "line", ["2.000 đồng mỗi hộ", "10/3 âm lịch là ngày giỗ", "Điều này ai cũng biết", "12 hộ đã ký"]
)
def test_a_number_or_word_that_only_looks_like_a_marker_is_none(line: str) -> None:
    assert lines(line).place(line) == (None,) * 5


LETTER = lines(
    "UBND XÃ HÒA BÌNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Số: 12/QƯ",
    "QUY ƯỚC THÔN ĐÔNG", "Điều 1. Họp", "1. Mỗi hộ cử một người.", *(f"{i}. Giữ gìn vệ sinh." for i in range(2, 14)),
    "TM. BAN SOẠN THẢO", "TRƯỞNG THÔN", "Nguyễn Văn A",
)  # fmt: skip


@pytest.mark.parametrize("words", ["UBND", "CỘNG HÒA", "Độc lập", "Số:"])
def test_the_letterhead_is_no_norm(words: str) -> None:
    assert LETTER.role(words) is Role.LETTERHEAD


@pytest.mark.parametrize("words", ["TM. BAN", "TRƯỞNG THÔN", "Nguyễn Văn A"])
def test_the_signatures_are_no_norm(words: str) -> None:
    assert LETTER.role(words) is Role.SIGNATURE


def test_the_title_and_the_rules_between_letterhead_and_signature_keep_their_roles() -> None:
    assert LETTER.role("QUY ƯỚC") is Role.HEADING
    assert LETTER.role("13. Giữ") is Role.NORM


def test_the_rows_of_a_table_stand_under_its_header() -> None:
    found = Outlined(
        composed(
            Block("Điều 4. Mức đóng góp"),
            Block("Đối tượng | Mức", table=0, header=True),
            Block("Con trai | 10 kg", table=0),
            Block("Con gái | 5 kg", table=0),
            Block("Hộ | Tiền", table=1, header=True),
            Block("Hộ nghèo | 0", table=1),
        )
    )
    assert found.role("Đối tượng") is Role.HEADING
    assert found.role("Con gái") is Role.CELL_ROW
    assert found.over("Con gái") == ["Điều 4. Mức đóng góp", "Đối tượng | Mức"]
    assert found.over("Hộ nghèo") == ["Điều 4. Mức đóng góp", "Hộ | Tiền"]
    assert found["Con gái"].locator.article == "4"


def test_a_note_beside_the_text_opens_no_article() -> None:
    found = Outlined(
        composed(Block("Điều 4. Họp"), Block("Điều 9. Chú thích bên lề", note=True), Block("1. Ai cũng họp."))
    )
    assert found.place("1. Ai")[2:4] == ("4", "1")


def test_a_note_beside_the_text_governs_nothing() -> None:
    found = Outlined(composed(Block("Điều 4. Họp"), Block("CHÚ THÍCH", note=True), Block("1. Ai cũng họp.")))
    assert found.over("1. Ai") == ["Điều 4. Họp"]


def test_page_and_paragraph_are_counted_from_one() -> None:
    found = Outlined(composed(Block("Điều 1. Họp", page=1), Block("1. Ai cũng họp.", page=2)))
    assert (found["Điều 1"].locator.page, found["Điều 1"].locator.paragraph) == (1, 1)
    assert (found["1. Ai"].locator.page, found["1. Ai"].locator.paragraph) == (2, 2)


def assert_sound(doc: Document) -> None:
    left = list(doc.text)
    last = 0
    for clause in outline(doc):
        assert last <= clause.start < clause.end <= len(doc.text)
        words = doc.text[clause.start : clause.end]
        assert words == words.strip()
        assert all(0 <= a < b <= clause.start for a, b in clause.governed_by)
        left[clause.start : clause.end] = " " * (clause.end - clause.start)
        last = clause.end
    assert not "".join(left).strip()


@settings(deadline=None)
@given(st.one_of(TEXTS, st.text(max_size=80)))
@example("Các hộ phải: a) họp\n\n\u2028- góp")
def test_clauses_come_in_order_without_overlap_and_cover_all_that_is_not_blank(text: str) -> None:
    assert_sound(document(text))


BLOCKS = st.builds(
    Block,
    st.one_of(st.sampled_from(PIECES), TEXTS),
    page=st.sampled_from([None, 1, 2]),
    heading=st.booleans(),
    table=st.sampled_from([None, None, 0, 1]),
    header=st.booleans(),
    note=st.booleans(),
)


@settings(deadline=None)
@given(st.lists(BLOCKS, max_size=12))
def test_clauses_of_blocks_cover_them_too(blocks: list[Block]) -> None:
    assert_sound(composed(*blocks))
