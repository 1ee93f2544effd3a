"""Norms of a sentence: who – modality – what, read from the order of its concepts.

Without a parser the order of words decides, which in Vietnamese it mostly does: the group stands before the modal
("con gái không được chia đất"), after a bare ban or reservation ("cấm đàn bà vào đình", "chỉ nam giới được họp"), and
the right may be named first ("ruộng họ thì con gái không có phần"). A ban on an act against a group ("không được cản
trở phụ nữ dự họp") builds no norm, because a verb stands between ban and group.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.matching.sentence import Sentence
from auditor.rulebook.lexicon import Mention

MODALITIES = ("must_not", "only", "must", "may", "priority")
REACH_TO_MODALITY = 8
REACH_TO_RIGHT = 7
REACH_TO_GROUP = {"must_not": 1, "only": 4, "priority": 1}
BREAKS = frozenset({"nhưng", "còn", "song", "trừ"})


@dataclass(frozen=True, slots=True)
class Norm:
    """A group, what is done to it, and the right or duty concerned; syllables ``[first, last)``."""

    who: Mention
    modality: str
    what: Mention
    first: int
    last: int


def norms(sentence: Sentence) -> Iterator[Norm]:
    """Yield the norms of a sentence."""
    rights = [m for m in sentence.mentions if not m.sex and not m.concepts & set(MODALITIES)]
    modals = [(m, name) for m in sentence.mentions for name in MODALITIES if name in m.concepts]
    for who in sentence.people:
        for modal, name in modals:
            after = 0 <= modal.first - who.last <= REACH_TO_MODALITY and _open(sentence, who, who.last, modal.first)
            before = 0 <= who.first - modal.last <= REACH_TO_GROUP.get(name, -1)
            if not after and not before:
                continue
            edge = modal.last if after else who.last
            named = after or name == "only"
            for what in rights:
                ahead = 0 <= what.first - edge <= REACH_TO_RIGHT and _open(sentence, who, edge, what.first)
                behind = named and 0 <= who.first - what.last <= REACH_TO_RIGHT and name != "must"
                inside = modal.first <= what.first < modal.last <= what.last
                between = before and modal.last <= what.first and what.last <= who.first
                if ahead or behind or inside or between:
                    places = (who.first, who.last, modal.first, modal.last, what.first, what.last)
                    yield Norm(who, name, what, min(places), max(places))


def _open(sentence: Sentence, who: Mention, first: int, last: int) -> bool:
    """Tell whether nothing between two syllables ends the reach of a group."""
    if any(key in BREAKS for key in sentence.keys[first:last]):
        return False
    return not any(first <= other.first < last and other.sex != who.sex for other in sentence.people)
