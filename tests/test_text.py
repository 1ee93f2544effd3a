"""Syllables, spelling and sentences: offsets always lead back to the text."""

from __future__ import annotations

import itertools
from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from auditor.text import Spelling, bare, key, nfc, sentences, trim

WORDS = "phụ nữ Con gái KHÔNG được hoà thủy kỷ quí P.nữ PN UBND P. 12,5 1. Điều đuợc phu nử a) ; : … “họ” TP. ThS."
VIETNAMESE = st.lists(
    st.tuples(st.sampled_from(WORDS.split()), st.sampled_from([" ", "\u00a0", "\n", "  ", "", "\u00ad", "\t"])),
    max_size=25,
).map(lambda pairs: "".join(word + space for word, space in pairs))
ANY = st.one_of(VIETNAMESE, st.text(max_size=60))
SPELLING = Spelling({"PN": "phụ nữ", "UBND": "ủy ban nhân dân"}, ["phụ nữ", "con gái"])


def spelt(text: str, spelling: Spelling = SPELLING) -> list[str]:
    return list(spelling.syllables(text).keys)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"), ("thuỷ", "thủy"), ("khoẻ", "khỏe"), ("uỷ", "ủy"), ("toàn", "toàn"), ("kỷ", "kỉ"), ("lý", "lí"),
        ("quí", "quý"), ("qui", "quy"), ("PHỤ", "phụ"), ("Đ", "đ"), ("đuợc", "được"),
        ("ph\u00adụ", "phụ"), ("n\u200bữ", "nữ"), (normalize("NFD", "nữ"), "nữ"),
    ],
)  # fmt: skip
def test_two_spellings_of_one_syllable_have_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bà", "ba"),
        ("bà", "bá"),
        ("nữ", "nử"),
        ("đ", "d"),
        ("thuê", "thuế"),
        ("tay", "tai"),
        ("ôn", "ơn"),
        ("gì", "gi"),
    ],
)
def test_two_different_syllables_have_two_keys(one: str, other: str) -> None:
    assert key(one) != key(other)


@pytest.mark.parametrize("word", ["già", "giữ", "quả", "thừa", "nghiêng", "người", "rượu", "khuya", "yêu", "ủy", "hòa"])
def test_a_word_in_the_older_spelling_is_its_own_key(word: str) -> None:
    assert key(word) == word


@given(st.text(max_size=12))
@example("quí")
def test_the_key_of_a_key_is_the_key(word: str) -> None:
    assert key(key(word)) == key(word)


def test_bare_text_has_neither_marks_nor_capitals() -> None:
    assert bare("Đàn bà ĐƯỢC thừa kế") == "dan ba duoc thua ke"
    assert bare(normalize("NFD", "Đất đai")) == bare("đất đai") == "dat dai"


def test_text_that_is_nfc_already_is_left_as_it_is() -> None:
    assert nfc("phụ nữ") == nfc("phụ nữ")
    assert nfc("phụ nữ").source_offsets is None
    assert nfc("phụ nữ").source_span(4, 6) == (4, 6)


def test_a_span_of_composed_text_leads_back_to_the_decomposed_letters() -> None:
    source = normalize("NFD", "Chỉ phụ nữ họp")
    found = nfc(source)
    at = found.text.index("nữ")
    start, end = found.source_span(at, at + 2)
    assert found.text == "Chỉ phụ nữ họp"
    assert source[start:end] == normalize("NFD", "nữ")


def test_a_foreign_letter_does_not_shift_the_vietnamese_after_it() -> None:
    source = normalize("NFD", "한 phụ nữ")
    found = nfc(source)
    at = found.text.index("nữ")
    start, end = found.source_span(at, at + 2)
    assert source[start:end] == normalize("NFD", "nữ")


@given(st.one_of(ANY, ANY.map(lambda text: normalize("NFD", text))))
@example("\u1112\u1161\u11ab phu\u0323")
@example("\u0958a\u0323")
@example("\u0301\u0323a")
def test_the_nfc_map_grows_and_covers_the_whole_source(source: str) -> None:
    found = nfc(source)
    assert found.text == normalize("NFC", source)
    if found.source_offsets is not None:
        assert len(found.source_offsets) == len(found.text) + 1
        assert list(found.source_offsets) == sorted(found.source_offsets)
        assert found.source_span(0, len(found.text)) == (0, len(source))
        cuts = sorted(set(found.source_offsets))
        pieces = [normalize("NFC", source[a:b]) for a, b in itertools.pairwise(cuts)]
        assert "".join(pieces) == found.text


def test_an_abbreviation_is_opened_and_keeps_its_own_place() -> None:
    found = SPELLING.syllables("Hội PN xã")
    assert found.keys == ("hội", "phụ", "nữ", "xã")
    assert (found.starts[1], found.ends[1]) == (found.starts[2], found.ends[2]) == (4, 6)


def test_an_abbreviation_is_known_in_upper_case_only() -> None:
    assert spelt("pn Pn") == ["pn", "pn"]


@pytest.mark.parametrize("text", ["P.nữ", "p.nữ", "P. nữ", "P.NỮ"])
def test_p_dot_nu_is_read_as_phu_nu(text: str) -> None:
    assert spelt(text) == ["phụ", "nữ"]


def test_p_dot_nu_is_left_alone_where_the_abbreviation_is_unknown() -> None:
    assert spelt("P.nữ", Spelling()) == ["p", ".", "nữ"]


@pytest.mark.parametrize("text", ["phu nữ", "phụ nử", "phụ nư", "phu nu", "PHỤ NỮ", "phụ\u00a0nữ", "ph\u00adụ nữ"])
def test_a_slip_in_a_listed_expression_is_mended(text: str) -> None:
    assert spelt(text) == ["phụ", "nữ"]


@pytest.mark.parametrize("text", ["phú nử", "con gài lại", "phu nhân", "trụ nữ"])
def test_a_slip_that_might_be_another_word_is_left_alone(text: str) -> None:
    assert "phụ" not in spelt(text)


def test_a_slip_with_two_possible_readings_is_left_alone() -> None:
    assert spelt("dat ở", Spelling(phrases=["đất ở", "đặt ở"])) == ["dat", "ở"]


def test_a_non_breaking_space_parts_syllables_and_a_soft_hyphen_does_not() -> None:
    found = SPELLING.syllables("con\u00a0g\u00adái")
    assert found.keys == ("con", "gái")
    assert (found.starts[1], found.ends[1]) == (4, 8)


@pytest.mark.parametrize(
    ("text", "keys"), [("12,5", ["12,5"]), ("1.000.000", ["1.000.000"]), ("2 phần.", ["2", "phần", "."])]
)
def test_a_number_is_one_token(text: str, keys: list[str]) -> None:
    assert spelt(text) == keys


def test_a_window_holds_the_syllables_within_a_span_only() -> None:
    text = "con gái không được họp"
    found = SPELLING.syllables(text)
    window = found.window(text.index("không"), text.index("họp"))
    assert [found.keys[i] for i in window] == ["không", "được"]


@given(ANY)
def test_every_plain_syllable_slices_back_to_its_own_key(text: str) -> None:
    found = Spelling().syllables(text)
    assert [key(text[a:b]) for a, b in zip(found.starts, found.ends, strict=True)] == list(found.keys)
    assert all(a < b for a, b in zip(found.starts, found.ends, strict=True))
    assert all(b <= c for b, c in zip(found.ends, found.starts[1:], strict=False))


@given(ANY)
def test_opening_and_mending_never_lose_the_order_or_leave_the_text(text: str) -> None:
    found = SPELLING.syllables(text)
    assert len(found.keys) == len(found.starts) == len(found.ends)
    assert all(found.keys)
    assert list(found.starts) == sorted(found.starts)
    assert list(found.ends) == sorted(found.ends)
    assert all(0 <= a < b <= len(text) and text[a:b].strip() for a, b in zip(found.starts, found.ends, strict=True))


@given(VIETNAMESE, st.integers(0, 40), st.integers(0, 40))
def test_a_part_of_a_text_has_offsets_into_the_whole(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    found = Spelling().syllables(text, start, end)
    assert found.keys == Spelling().syllables(text[start:end]).keys
    assert all(start <= a < b <= end for a, b in zip(found.starts, found.ends, strict=True))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Nam nữ bình đẳng. Ai cũng được họp!", ["Nam nữ bình đẳng.", "Ai cũng được họp!"]),
        ("Con trai hai phần; con gái một phần", ["Con trai hai phần;", "con gái một phần"]),
        ("Điều 5. Họp thôn", ["Điều 5. Họp thôn"]),
        ("TP. Huế và ThS. Lan", ["TP. Huế và ThS. Lan"]),
        ("a. Họ. b. Hàng.", ["a. Họ.", "b. Hàng."]),
        ("Ông nói: “Không.” Bà cười.", ["Ông nói: “Không.”", "Bà cười."]),
        ("Một dòng\nHai dòng", ["Một dòng", "Hai dòng"]),
        ("Phạt 1.000.000 đồng", ["Phạt 1.000.000 đồng"]),
        (" \n ", []),
    ],
)
def test_a_text_parts_into_its_sentences(text: str, parts: list[str]) -> None:
    assert [text[a:b] for a, b in sentences(text)] == parts


@given(ANY)
def test_sentences_come_in_order_and_cover_all_that_is_not_blank(text: str) -> None:
    left = list(text)
    last = 0
    for start, end in sentences(text):
        assert last <= start < end
        assert text[start:end] == text[start:end].strip()
        left[start:end] = " " * (end - start)
        last = end
    assert not "".join(left).strip()


@given(ANY)
def test_trimming_takes_white_space_and_nothing_else(text: str) -> None:
    start, end = trim(text, 0, len(text))
    assert text[start:end] == text.strip()
