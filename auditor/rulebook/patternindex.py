"""Many patterns at once: only those whose first word or concept stands in a sentence, and what they need, are tried."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from auditor.rulebook.lexicon import Mention
from auditor.rulebook.pattern import Pattern, SlotEnds, Word

T = TypeVar("T")
_Filed = tuple[Pattern, T, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """A pattern found at syllables ``[first, last)``, its longest match there, and what was filed under it."""

    value: T
    pattern: Pattern
    first: int
    last: int


class PatternIndex(Generic[T]):
    """Patterns, each filed under a value."""

    def __init__(self, patterns: Iterable[tuple[Pattern, T]]) -> None:
        self._by_word: dict[str, list[_Filed[T]]] = {}
        self._by_concept: dict[str, list[_Filed[T]]] = {}
        for pattern, value in patterns:
            filed = (pattern, value, pattern.needed())
            for starter in pattern.starters():
                if isinstance(starter, Word):
                    self._by_word.setdefault(starter.key, []).append(filed)
                else:
                    self._by_concept.setdefault(starter.concept, []).append(filed)

    def matches(
        self, keys: Sequence[str], mentions: Sequence[Mention] = (), slot_ends: SlotEnds = lambda concept, at: ()
    ) -> Iterator[Match[T]]:
        """Yield every match in a sentence: those that start with a word, in order, then those with a concept.

        Args:
            keys: its syllables.
            mentions: its concepts; without them patterns that ask for a concept never match.
            slot_ends: gives the ends of expressions of a concept that start at a syllable.
        """
        for at, pattern, value in self._started(keys, mentions):
            ends = pattern.ends(keys, at, slot_ends)
            if ends:
                yield Match(value, pattern, at, max(ends))

    def _started(self, keys: Sequence[str], mentions: Sequence[Mention]) -> Iterator[tuple[int, Pattern, T]]:
        said = frozenset(keys)
        for at, key in enumerate(keys):
            for pattern, value, needed in self._by_word.get(key, ()):
                if not needed or not needed.isdisjoint(said):
                    yield at, pattern, value
        if self._by_concept:
            for mention in mentions:
                for name in sorted(mention.names):
                    for pattern, value, needed in self._by_concept.get(name, ()):
                        if not needed or not needed.isdisjoint(said):
                            yield mention.first, pattern, value
