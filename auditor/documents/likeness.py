"""How much two clauses share, so that one edited clause is known as the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.documents.clauses import Clause
from auditor.text import Spelling

LEAST = 0.5
"""Least share of syllables two clauses have in common (Dice 1945) to be taken for versions of one."""
LEAST_AT_PLACE = 0.35
"""The same for two clauses with one number: less is asked of them, for the number speaks too."""
MANY = 10_000
_RARE, _HOLDERS, _NEAR = 6, 12, 8
_ENDS = frozenset(".;:,…")
_SPELLING = Spelling()


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a clause to compare by.

    Attributes:
        keys: canonical syllables and marks, without the stop at the end; of a bare label the label.
        label: all numbers above and at the clause.
        syllables: the different syllables.
    """

    keys: tuple[str, ...]
    label: tuple[str | None, ...]
    syllables: frozenset[str]


def words_of(text: str, clause: Clause) -> Words:
    """Return what a clause is compared by."""
    keys = _SPELLING.keys(text, clause.label_end, clause.end) or _SPELLING.keys(text, clause.start, clause.end)
    while len(keys) > 1 and keys[-1] in _ENDS:
        keys = keys[:-1]
    at = clause.locator
    own = " ".join(text[clause.start : clause.label_end].lower().split()).rstrip(" .:)/-–")
    label = (at.part, at.chapter, at.section, at.article, at.clause, at.point, own)
    return Words(keys, label, frozenset(key for key in keys if key[0].isalnum()))


def likest(olds: Sequence[Words], news: Sequence[Words], left: Sequence[int], right: Sequence[int]) -> dict[int, int]:
    """Pair some clauses by likeness, the likest first; those that are like no other stay single."""
    scored = sorted(
        (
            (-score - (0.1 if at_place else 0.0), abs((a - left[0]) - (b - right[0])), a, b)
            for a, b in _candidates(olds, news, left, right)
            for at_place in [olds[a].label == news[b].label]
            for score in [_likeness(olds[a], news[b])]
            if score >= (LEAST_AT_PLACE if at_place else LEAST)
        )
    )
    pairing: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, a, b in scored:
        if a not in pairing and b not in taken:
            pairing[a] = b
            taken.add(b)
    return pairing


def _likeness(one: Words, two: Words) -> float:
    size = len(one.syllables) + len(two.syllables)
    return 2 * len(one.syllables & two.syllables) / size if size else 0.0


def _candidates(
    olds: Sequence[Words], news: Sequence[Words], left: Sequence[int], right: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Yield the pairs worth a look: all of few; of many those about as far down or with a rare syllable in common."""
    if len(left) * len(right) <= MANY:
        yield from ((a, b) for a in left for b in right)
        return
    counts = Counter(syllable for b in right for syllable in news[b].syllables)
    holders: dict[str, list[int]] = {}
    for b in right:
        for syllable in news[b].syllables:
            holders.setdefault(syllable, []).append(b)
    for at, a in enumerate(left):
        rare = sorted((s for s in olds[a].syllables if s in counts), key=lambda s: (counts[s], s))[:_RARE]
        middle = at * len(right) // len(left)
        near = right[max(0, middle - _NEAR) : middle + _NEAR + 1]
        yield from ((a, b) for b in dict.fromkeys((*near, *(b for s in rare for b in holders[s][:_HOLDERS]))))
