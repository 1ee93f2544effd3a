"""The prefilter throws away nothing a rule could hold in, however it is spelt."""

from __future__ import annotations

import pytest

from auditor.audit import Auditor
from auditor.documents.interface import document_of
from auditor.documents.load import load
from auditor.matching.prefilter import Literals, prefilter
from auditor.matching.units import CORPORA
from auditor.rulebook.loader import load_rulebook
from auditor.text import Spelling, key, spellings

SPELLING = Spelling({"PN": "phụ nữ", "UBND": "ủy ban nhân dân"}, ["phụ nữ"])
WOMEN = Literals(SPELLING, [(frozenset({("phụ", "nữ"), ("kỉ", "luật")}),)])


@pytest.mark.parametrize(
    "text",
    [
        "Phụ nữ đi họp",
        "PHỤ NỮ ĐI HỌP",
        "phụ  nữ đi họp",
        "phụ\u00a0nữ",
        "phụ\nnữ",
        "phụ_nữ",
        "ph\u00adụ nữ",
        "phu nữ",
        "phụ nử",
        "phu nu",
        "PN đi họp",
        "2phụ nữ",
        "Bị kỷ luật",
    ],
)
def test_a_literal_is_found_in_every_spelling(text: str) -> None:
    assert WOMEN.stand_in(text)


@pytest.mark.parametrize("text", ["Mỗi hộ cử một người", "nữ phụ", "phụ huynh, nữ sinh", "UBND xã", ""])
def test_ordinary_text_is_thrown_away(text: str) -> None:
    assert not WOMEN.stand_in(text)


def test_all_parts_of_one_need_are_needed() -> None:
    both = Literals(SPELLING, [(frozenset({("ông",)}), frozenset({("bà",)}))])
    assert both.stand_in("Ông Páo và bà Mỷ")
    assert not both.stand_in("Ông Páo và ông Dơ")


def test_every_spelling_has_the_key_it_was_made_from() -> None:
    for syllable in ("hòa", "thủy", "kỉ", "quy", "người", "được", "phụ"):
        found = spellings(syllable)
        assert syllable in found
        assert {key(one) for one in found} == {syllable}


def test_most_ordinary_sentences_never_reach_the_rules() -> None:
    passes = prefilter(load_rulebook()).stand_in
    ordinary = ["Mỗi hộ đóng góp 20.000 đồng một năm.", "Trâu bò không thả rông sau ngày 15/12.", "Rác để đúng nơi."]
    assert not any(passes(text) for text in ordinary)


def test_whole_regulations_are_judged_the_same_without_the_prefilter() -> None:
    fast, slow = Auditor(), Auditor(prefilter=False)
    for document in load([CORPORA / "samples", CORPORA / "regulations" / "whole"], "regulation"):
        assert fast.audit(document).to_json() == slow.audit(document).to_json()
    broken = document_of("PHỤ  NỮ\u00ad không đuợc họp. Con gái: 1; con trai: 2.")
    assert fast.audit(broken).to_json() == slow.audit(broken).to_json()
