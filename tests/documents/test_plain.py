from __future__ import annotations

from unicodedata import normalize

import pytest
from viparse.normalize.encodings import CHARMAPS

from auditor.documents import plain
from auditor.documents.limits import DEFAULT_LIMITS
from auditor.errors import DocumentError
from tests.documents.files import CLAUSE, REGULATION

LONG = f"{REGULATION}\n{CLAUSE}\nPhụ nữ và nam giới trong bản đều có quyền bàn bạc, biểu quyết việc chung."


def in_1258(text: str) -> bytes:
    """Encode as Windows did: marked vowels whole, tones after them."""
    out = b""
    for letter in text:
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            parts = normalize("NFD", letter)
            base = normalize("NFC", parts[:-1]) if normalize("NFC", parts[:-1]) != letter else parts
            tones = parts[-1]
            if parts[1] not in "\u0300\u0301\u0303\u0309\u0323":
                out += normalize("NFC", parts[:2]).encode("cp1258") + parts[2:].encode("cp1258")
            elif len(parts) > 2:  # the tone stands before the mark in the decomposed form
                out += normalize("NFC", parts[0] + parts[2]).encode("cp1258") + parts[1].encode("cp1258")
            else:
                out += base.encode("cp1258") + tones.encode("cp1258")
    return out


def in_old_letters(text: str, name: str) -> bytes:
    pairs = {unicode: old for old, unicode in CHARMAPS[name].pairs}
    return "".join(pairs.get(letter, letter) for letter in text).encode("latin-1", "replace")


@pytest.mark.parametrize(
    "data",
    [
        LONG.encode(),
        LONG.encode("utf-8-sig"),
        LONG.encode("utf-16"),
        LONG.encode("utf-16-le"),
        LONG.encode("utf-16-be"),
        b"\xfe\xff" + LONG.encode("utf-16-be"),
        normalize("NFD", LONG).encode(),
    ],
)
def test_unicode_in_all_its_forms_is_read(data: bytes) -> None:
    reading = plain.read(data, "x.txt", DEFAULT_LIMITS)
    assert (reading.text, reading.encoding, reading.warnings) == (LONG, "unicode", ())


def test_nothing_but_the_form_of_the_letters_is_altered() -> None:
    text = "  Điều 1.\r\n\r\n\tCon\u200b gái\u00a0…  \n\n\n"
    assert plain.read(text.encode(), "x.txt", DEFAULT_LIMITS).text == text


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (in_1258(LONG), "windows-1258"),
        (in_old_letters(LONG, "tcvn3"), "tcvn3"),
        (in_old_letters(LONG, "vni"), "vni"),
    ],
)
def test_old_code_tables_are_recognised_by_their_words(data: bytes, encoding: str) -> None:
    reading = plain.read(data, "x.txt", DEFAULT_LIMITS)
    assert reading.encoding == encoding
    assert reading.text is not None
    assert reading.text.casefold() == LONG.casefold() or encoding != "windows-1258"
    assert CLAUSE.casefold() in reading.text.casefold()
    assert [code for code, _ in reading.warnings] == ["GA233"]


def test_two_encodings_in_one_file_are_read_line_by_line() -> None:
    data = LONG.encode() + b"\n" + in_1258(CLAUSE)
    reading = plain.read(data, "x.txt", DEFAULT_LIMITS)
    assert reading.text == f"{LONG}\n{CLAUSE}"
    assert [code for code, _ in reading.warnings] == ["GA232"]


@pytest.mark.parametrize(("data", "code"), [(b"", "GA201"), (bytes(range(128, 256)) * 40, "GA226")])
def test_what_is_no_text_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(DocumentError) as caught:
        plain.read(data, "x.txt", DEFAULT_LIMITS)
    assert caught.value.code == code


def test_lone_surrogates_become_replacement_marks_one_for_one() -> None:
    assert plain.without_surrogates("a\ud83db") == ("a\ufffdb", True)
    assert plain.without_surrogates("ab") == ("ab", False)
