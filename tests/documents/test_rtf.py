from __future__ import annotations

import time
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.documents import rtf
from auditor.documents.interface import Block
from auditor.documents.limits import DEFAULT_LIMITS, Limits
from auditor.documents.load import read_document
from auditor.errors import DocumentError
from tests.documents.files import CLAUSE, REGULATION
from tests.documents.test_legacy import WORDS, old

FONTS = (
    r"{\fonttbl{\f0\fcharset0 Times New Roman;}{\f1\fcharset0 .VnTime;}{\f2\fcharset0 .VnTimeH;}"
    r"{\f3\fcharset163 Arial;}}"
)


def escaped(text: str, codec: str = "") -> str:
    """Write letters as rtf does: by code point, or as bytes of a code page."""
    if codec:
        return "".join(
            one if one.isascii() else "".join(f"\\'{byte:02x}" for byte in one.encode(codec)) for one in text
        )
    return "".join(one if one.isascii() else f"\\u{ord(one)}?" for one in text)


def read(body: str, head: str = FONTS) -> tuple[Block, ...]:
    return rtf.read(
        f"{{\\rtf1\\ansi\\ansicpg1252\\deff0{head}{body}}}".encode("latin-1"), "x.rtf", DEFAULT_LIMITS
    ).blocks


def texts(body: str) -> list[str]:
    return [block.text for block in read(body)]


def test_a_regulation_is_read_whatever_its_name() -> None:
    body = "".join(f"\\pard {escaped(one)}\\par\n" for one in REGULATION.split("\n\n"))
    found = read_document(f"{{\\rtf1\\ansi{FONTS}{body}}}".encode("latin-1"), "a.doc")
    assert (found.text, found.source.form) == (REGULATION, "rtf")  # type: ignore[union-attr]
    assert [name for name, _ in found.warnings] == ["GA234"]  # type: ignore[union-attr]


def test_old_fonts_are_read_and_their_capitals_shown() -> None:
    capitals, words = (escaped(old(one, "tcvn3"), "latin-1") for one in ("quy ước", WORDS))
    body = f"{{\\f2 {capitals}}}\\par {{\\f1 {words}}}\\par {escaped(CLAUSE)}"
    found = rtf.read(f"{{\\rtf1{FONTS}{body}}}".encode("latin-1"), "x.rtf", DEFAULT_LIMITS)
    assert found.encoding == "tcvn3"
    assert found.blocks[0].text == "QUY ƯỚC"
    assert "".join(found.blocks[1].text.casefold().split()) == "".join(WORDS.casefold().split())
    assert found.blocks[2].text == CLAUSE
    assert [code for code, _ in found.warnings] == ["GA233"]


def test_the_optional_hyphen_of_an_old_font_is_a_letter_and_elsewhere_nothing() -> None:
    letters = escaped(old(WORDS, "tcvn3").replace("\xad", "\x00"), "latin-1").replace("\x00", "\\-")
    assert "người già được ưu tiên" in texts(f"{{\\f1 {letters}}}\\par")[0].casefold()
    assert texts("an\\-h em") == ["anh em"]


def test_a_code_page_of_its_own_is_used() -> None:
    (words,) = texts("{\\f3 \\'f0i\\'ea\\'ccu} \\'e9")
    assert normalize("NFC", words) == "điều é"


def test_deleted_hidden_and_instructions_are_out_and_results_in() -> None:
    body = (
        "M{\\deleted X}{\\v X}{\\*\\ignorable X}{\\revised ot}{\\pict 4142}{\\*\\bkmkstart X}"
        "{\\field{\\*\\fldinst PAGE }{\\fldrslt 9}}{\\field{\\*\\fldinst HYPERLINK x}{\\fldrslt  hai}}"
        "{\\object{\\*\\objdata 0105}{\\result ba}}{\\*\\annotation X}\\bin3 }}}bốn".replace("bốn", " b\\u7889?n")
    )
    assert texts(body) == ["Mot haiba bốn"]


def test_rows_cells_and_merged_cells() -> None:
    row = "\\trowd\\trhdr\\cellx100\\cellx200\\pard\\intbl Ho\\cell Tien\\cell\\row "
    row += "\\trowd\\cellx100\\cellx200\\pard\\intbl\\b A\\par B\\cell\\pard\\intbl 5\\cell\\row "
    row += "\\trowd\\clvmrg\\cellx100\\cellx200\\pard\\intbl\\cell 6\\cell\\row\\pard sau\\par"
    found = read("truoc\\par " + row)
    assert [(one.text, one.table, one.header) for one in found] == [
        ("truoc", None, False),
        ("Ho | Tien", 0, True),
        ("A\nB | 5", 0, False),
        ("6", 0, False),
        ("sau", None, False),
    ]
    assert found[3].columns == (1,)


def test_a_table_of_one_column_only_frames() -> None:
    found = read("\\trowd\\cellx100\\pard\\intbl Dieu 1\\par hai\\cell\\row")
    assert [(one.text, one.table) for one in found] == [("Dieu 1", None), ("hai", None)]


def test_notes_stand_beside_and_page_numbers_nowhere() -> None:
    found = read(
        "a{\\footnote chu thich}b\\par{\\header dau trang}{\\footer Trang {\\field{\\*\\fldinst PAGE}{\\fldrslt 1}}}"
    )
    assert [(one.text, one.note) for one in found] == [("ab", False), ("chu thich", True), ("dau trang", True)]


def test_drawn_numbers_and_headings() -> None:
    sheet = "{\\stylesheet{\\s0 Normal;}{\\s1\\outlinelevel0 heading 1;}}"
    found = read("\\pard\\s1{\\listtext Dieu 5.\\tab}Hop ban\\par\\pard mot\\line hai", FONTS + sheet)
    assert [(one.text, one.heading) for one in found] == [("Dieu 5.\tHop ban", True), ("mot\nhai", False)]


def test_a_drawn_number_in_a_cell_does_not_end_the_table() -> None:
    label = "{\\listtext\\pard\\plain 1.\\tab}"
    found = read(f"\\trowd\\cellx100\\cellx200\\pard\\intbl {label}a\\par b\\cell c\\cell\\row")
    assert [(one.text, one.table) for one in found] == [("1.\ta\nb | c", 0)]


def test_words_written_twice_are_read_once() -> None:
    body = "{\\upr{X}{\\*\\ud{Mot}}}\\par{\\info{\\title{\\upr{X}{\\*\\ud X}}}}"
    body += "{\\shp{\\*\\shpinst{\\sp{\\sn X}{\\sv X}}{\\shptxt hai\\par}}{\\shprslt{\\*\\do{\\dptxbxtext hai khac}}}}"
    assert texts(body) == ["Mot", "hai"]


def test_letters_beyond_the_first_plane_and_skipped_stand_ins() -> None:
    assert texts("\\uc2\\u272 ??i\\u-10179\\'3f\\'3f\\u-8704\\'3f\\'3f") == ["Đi😀"]


def test_a_number_of_ten_digits_leaves_none_of_them_in_the_text() -> None:
    assert texts("{\\revised\\revdttm-2074015744 ba}") == ["ba"]


@pytest.mark.parametrize("data", [b"{\\rt", b"x"])
def test_what_is_no_rtf_is_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match="GA204"):
        rtf.read(data, "x.rtf", DEFAULT_LIMITS)


def test_depth_and_time_are_bounded() -> None:
    start = time.monotonic()
    rtf.read(b"{\\rtf1" + b"{" * 50_000 + b"a", "x.rtf", DEFAULT_LIMITS)
    assert time.monotonic() - start < 5
    with pytest.raises(DocumentError, match="GA209"):
        rtf.read(b"{\\rtf1" + b"\\par a" * 20_000, "x.rtf", Limits(seconds=0))


PIECES = st.sampled_from(
    [
        "{", "}", "\\par", "\\cell", "\\row", "\\trowd", "\\cellx9", "\\intbl", "\\u-1 ", "\\u55357?", "\\bin9 ", "\\*",
        "\\'e1", "\\f1", "\\fonttbl", "\\stylesheet", "\\footnote", "\\field", "\\fldinst", "\\fldrslt", "\\uc9", "a;",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=5), max_size=40))
def test_no_rtf_makes_it_raise(pieces: list[str]) -> None:
    rtf.read(("{\\rtf1" + FONTS + "".join(pieces)).encode("latin-1", "replace"), "x.rtf", DEFAULT_LIMITS)
