from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from viparse.normalize.encodings import CHARMAPS

from auditor.documents.interface import Block
from auditor.documents.legacy import TABLES, Fonts, encoding_of, from_old_letters, settle, to_unicode
from tests.documents.files import CLAUSE, REGULATION

WORDS = f"{REGULATION}\nNghiêm cấm phân biệt con trai, con gái; người già được ưu tiên chia đất ruộng, đất nương."


def old(text: str, name: str) -> str:
    """Write a text in the letters of an old code table, as a program that knows nothing of it sees them."""
    pairs = {letter: letters for letters, letter in reversed(CHARMAPS[name].pairs)}
    return "".join(pairs.get(letter) or pairs.get(letter.lower(), letter) for letter in text)


@pytest.mark.parametrize("name", TABLES)
def test_every_old_table_is_known_by_its_words(name: str) -> None:
    found, encoding = from_old_letters(old(WORDS, name))
    assert encoding == name
    assert found.casefold() == WORDS.casefold()


@pytest.mark.parametrize("name", ["viscii", "vps"])
def test_letters_that_windows_shows_as_signs_are_known(name: str) -> None:
    shown = old(WORDS, name).encode("latin-1").decode("cp1252", "replace").replace("\ufffd", "\x81")
    assert from_old_letters(shown)[1] == name


@pytest.mark.parametrize(
    ("font", "name"),
    [
        (".VnTime", "tcvn3"),
        (".VnTimeH", "tcvn3"),
        ("'.VnArial NarrowH'", "tcvn3"),
        ("VNI-Times", "vni"),
        ("VPS Long Xuyen", "vps"),
        ("VI Times", "viscii"),
        ("Times New Roman", None),
        ("Vivaldi", None),
        ("", None),
    ],
)
def test_a_font_names_its_table(font: str, name: str | None) -> None:
    assert encoding_of(font) == name


def test_capital_fonts_show_capitals_and_unicode_in_an_old_font_is_left_alone() -> None:
    fonts = Fonts([(".VnTime", old(WORDS, "tcvn3")), (".VnTimeH", old("quy ước", "tcvn3")), (".VnTime", CLAUSE)])
    assert (fonts.old, fonts.encoding) == (True, "tcvn3")
    assert fonts.read(".VnTimeH", old("quy ước", "tcvn3")) == "QUY ƯỚC"
    assert fonts.read(".VnTime", CLAUSE) == CLAUSE
    assert fonts.read("Arial", "été") == "été"


def test_the_letters_of_vni_are_all_there() -> None:
    assert to_unicode("ñaúng Ñaûng AÚ Öùng", "vni") == "đẳng Đảng Ẳ Ứng"


def test_blocks_are_settled_one_by_one() -> None:
    blocks = [
        Block(CLAUSE),
        Block(old(WORDS, "tcvn3")),
        Block("§iÒu 2"),
        Block("Elle était allée à l’école."),
        Block("a\xadb"),
    ]
    settled, encoding = settle(blocks)
    assert encoding == "tcvn3"
    assert settled[0].text == CLAUSE
    assert settled[1].text.casefold() == WORDS.casefold()
    assert [block.text for block in settled][2:] == ["Điều 2", "Elle était allée à l’école.", "ab"]


@pytest.mark.parametrize(
    "text", ["", "Plain English words only.", "Il a été élève à l’école française.", CLAUSE, "½ × 3"]
)
def test_what_is_not_old_stays(text: str) -> None:
    assert from_old_letters(text) == (text, "unicode")


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=200))
def test_no_text_makes_it_raise(text: str) -> None:
    from_old_letters(text)
    settle([Block(text), Block(old(CLAUSE, "tcvn3"))])
