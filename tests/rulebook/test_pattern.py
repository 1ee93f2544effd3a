"""The small language of syllable patterns."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.rulebook.pattern import DEFAULT_GAP, Slot, Word, compile_pattern
from auditor.text import Spelling

LAND = {"land": [("đất",), ("ruộng", "nương")], "female": [("con", "gái")]}


def ends(pattern: str, text: str, at: int = 0) -> set[int]:
    keys = Spelling().syllables(text).keys

    def slot_ends(concept: str, start: int) -> Sequence[int]:
        return [start + len(words) for words in LAND[concept] if keys[start : start + len(words)] == words]

    return compile_pattern(pattern).ends(keys, at, slot_ends)


@pytest.mark.parametrize("text", ["phụ nữ", "PHỤ NỮ", "phụ\u00a0nữ", "phụ  nữ họp"])
def test_words_match_whatever_their_case_and_spacing(text: str) -> None:
    assert ends("phụ nữ", text) == {2}


def test_words_match_whatever_their_tone_placement() -> None:
    assert ends("hoà thuận", "hòa thuận") == {2}


@pytest.mark.parametrize("text", ["phụ", "nữ phụ", "phu nữ", ""])
def test_other_words_do_not_match(text: str) -> None:
    assert ends("phụ nữ", text) == set()


def test_a_choice_matches_each_wording_and_nothing_else() -> None:
    assert ends("con (gái|trai út)", "con gái") == {2}
    assert ends("con (gái|trai út)", "con trai út") == {3}
    assert ends("con (gái|trai út)", "con trai") == set()


def test_an_option_may_be_left_out() -> None:
    assert ends("không [được|có quyền] họp", "không họp") == {2}
    assert ends("không [được|có quyền] họp", "không có quyền họp") == {4}


def test_one_start_can_have_several_ends() -> None:
    assert ends("con [gái]", "con gái") == {1, 2}


def test_a_slot_stands_for_every_expression_of_its_concept() -> None:
    assert ends("chia {land}", "chia đất") == {2}
    assert ends("chia {land}", "chia ruộng nương") == {3}
    assert ends("{female} [được] chia {land}", "con gái chia đất") == {4}


@pytest.mark.parametrize(("between", "matches"), [(0, True), (DEFAULT_GAP, True), (DEFAULT_GAP + 1, False)])
def test_a_gap_spans_six_syllables_at_most(between: int, matches: bool) -> None:
    assert bool(ends("con ... đất", "con " + "và " * between + "đất")) is matches


@pytest.mark.parametrize(("between", "matches"), [(12, True), (13, False)])
def test_a_gap_with_a_number_spans_that_many(between: int, matches: bool) -> None:
    assert bool(ends("con ...12 đất", "con " + "và " * between + "đất")) is matches


def test_a_match_may_begin_in_the_middle() -> None:
    assert ends("con gái", "mọi con gái", at=1) == {3}
    assert ends("con gái", "mọi con gái", at=0) == set()


def test_the_starters_are_all_that_a_match_can_begin_with() -> None:
    assert compile_pattern("[các] (con gái|{female})").starters() == {Word("các"), Word("con"), Slot("female")}


def test_the_slots_are_named_wherever_they_stand() -> None:
    assert set(compile_pattern("{female} (chia [{land}]|bỏ)").slots()) == {"female", "land"}


def test_the_literals_are_all_wordings() -> None:
    assert set(compile_pattern("con (gái|trai [út])").literals()) == {
        ("con", "gái"),
        ("con", "trai", "út"),
        ("con", "trai"),
    }


@pytest.mark.parametrize("pattern", ["chia {land}", "con ... đất"])
def test_the_wordings_of_a_slot_or_gap_cannot_be_listed(pattern: str) -> None:
    with pytest.raises(ValueError, match="từ vựng"):
        list(compile_pattern(pattern).literals())


@pytest.mark.parametrize(
    "pattern",
    ["", "   ", "(con", "con)", "[con", "con]", "(con]", "[con)", "con|gái", "... con", "con ...", "[con]", "(con|)",
     "()", "{", "}", "con {land", "con}", "{}", "con {} gái"],
)  # fmt: skip
def test_a_malformed_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        compile_pattern(pattern)


@given(st.text(alphabet="ab()[]|{}. 1đ", max_size=20))
def test_any_text_either_compiles_or_is_a_value_error(source: str) -> None:
    try:
        pattern = compile_pattern(source)
    except ValueError:
        return
    assert pattern.starters()
    assert 0 not in pattern.ends(("a", "b"), 0, lambda concept, at: [at + 1])


@given(st.lists(st.sampled_from(["con", "gái", "được", "chia", "đất"]), min_size=1, max_size=6))
def test_a_plain_pattern_matches_its_own_words_to_their_end(words: list[str]) -> None:
    assert ends(" ".join(words), " ".join(words)) == {len(words)}


@given(st.lists(st.sampled_from(["con", "gái", "(a|b c)", "[d]", "(e [f|g])"]), min_size=1, max_size=4))
def test_every_literal_of_a_pattern_is_matched_by_it(pieces: list[str]) -> None:
    pattern = compile_pattern("x " + " ".join(pieces))
    for literal in pattern.literals():
        assert len(literal) in pattern.ends(literal, 0, lambda concept, at: [])
