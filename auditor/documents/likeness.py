"""How much two clauses share, so that one edited clause is known as the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.documents.clauses import Clause
from auditor.text import Spelling, Syllables

LEAST = 0.5
"""Least share of syllables two clauses have in common (Dice 1945) to be taken for versions of one."""
LEAST_AT_PLACE = 0.35
"""The same for two clauses with one number: less is asked of them, for the number speaks too."""
LEAST_FAR = 0.7
"""The same for clauses that would have changed both their words and their place."""
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
    keys = syllables_of(text, clause).keys or syllables_of(text, clause, label=True).keys
    while len(keys) > 1 and keys[-1] in _ENDS:
        keys = keys[:-1]
    at = clause.locator
    own = " ".join(text[clause.start : clause.label_end].lower().split()).rstrip(" .:)/-–")
    label = (at.part, at.chapter, at.section, at.article, at.clause, at.point, own)
    return Words(keys, label, frozenset(key for key in keys if key[0].isalnum()))


def syllables_of(text: str, clause: Clause, *, label: bool = False) -> Syllables:
    """Return the syllables of a clause; a bar between two cells is none, for other forms have a tab there."""
    found = _SPELLING.syllables(text, clause.start if label else clause.label_end, clause.end)
    kept = [at for at, key in enumerate(found.keys) if key != "|"]
    if len(kept) == len(found):
        return found
    return Syllables(
        tuple(found.keys[at] for at in kept),
        tuple(found.starts[at] for at in kept),
        tuple(found.ends[at] for at in kept),
    )


def likest(
    olds: Sequence[Words], news: Sequence[Words], left: Sequence[int], right: Sequence[int], least: float = LEAST
) -> dict[int, int]:
    """Pair some clauses by likeness, the likest first; those that are like no other stay single.

    Args:
        olds: all clauses of the old text.
        news: all clauses of the new text.
        left: indexes of the old ones to be paired.
        right: indexes of the new ones to be paired.
        least: least likeness of a pair; less is asked of two with one number, unless far from one another.
    """
    scored = sorted(
        (
            (-score - (0.1 if at_place else 0.0), abs((a - left[0]) - (b - right[0])), a, b)
            for a, b in _candidates(olds, news, left, right)
            for at_place in [olds[a].label == news[b].label]
            for score in [_likeness(olds[a], news[b])]
            if score >= (LEAST_AT_PLACE if at_place and least == LEAST else least)
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
