"""Many patterns at once: only those all of whose words and concepts stand in a sentence are tried."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from auditor.rulebook.lexicon import Mention
from auditor.rulebook.pattern import Pattern, Slot, SlotEnds, Word

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """A pattern found at syllables ``[first, last)``, its longest match there, and what was filed under it."""

    value: T
    pattern: Pattern
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Filed(Generic[T]):
    """A pattern with its number; a match starts with one of some words or concepts and holds one of each set."""

    number: int
    pattern: Pattern
    value: T
    words: frozenset[str]
    concepts: frozenset[str]
    needed: tuple[frozenset[str], ...]


class PatternIndex(Generic[T]):
    """Patterns, each filed under a value."""

    def __init__(self, patterns: Iterable[tuple[Pattern, T]]) -> None:
        filed = [_filed(number, pattern, value) for number, (pattern, value) in enumerate(patterns)]
        common = Counter(name for one in filed for names in one.needed for name in names)
        self._by_name: dict[str, list[_Filed[T]]] = defaultdict(list)
        for one in filed:
            for name in min(one.needed, key=lambda names: sum(common[name] for name in names)):
                self._by_name[name].append(one)

    def matches(
        self, keys: Sequence[str], mentions: Sequence[Mention] = (), slot_ends: SlotEnds = lambda concept, at: ()
    ) -> Iterator[Match[T]]:
        """Yield every match in a sentence: those that start with a word, in order, then those with a concept.

        Args:
            keys: its syllables.
            mentions: its concepts; without them patterns that ask for a concept never match.
            slot_ends: gives the ends of expressions of a concept that start at a syllable.
        """
        possible = self._possible({*keys, *(_slot(name) for mention in mentions for name in mention.names)})
        for at, one in _starts(possible, keys, mentions) if possible else ():
            ends = one.pattern.ends(keys, at, slot_ends)
            if ends:
                yield Match(one.value, one.pattern, at, max(ends))

    def _possible(self, said: set[str]) -> list[_Filed[T]]:
        """Return the patterns all of whose needs are among the words and concepts of a sentence, in order."""
        found = {
            one.number: one
            for name in said & self._by_name.keys()
            for one in self._by_name[name]
            if not any(map(said.isdisjoint, one.needed))
        }
        return [found[number] for number in sorted(found)]


def _filed(number: int, pattern: Pattern, value: T) -> _Filed[T]:
    starters = pattern.starters()
    return _Filed(
        number,
        pattern,
        value,
        frozenset(starter.key for starter in starters if isinstance(starter, Word)),
        frozenset(starter.concept for starter in starters if isinstance(starter, Slot)),
        tuple(frozenset(map(_name, names)) for names in [*pattern.needed(), starters]),
    )


def _name(node: Word | Slot) -> str:
    return node.key if isinstance(node, Word) else _slot(node.concept)


def _slot(concept: str) -> str:
    """Write a concept so that no syllable is written alike."""
    return f"{{{concept}}}"


def _starts(
    patterns: Sequence[_Filed[T]], keys: Sequence[str], mentions: Sequence[Mention]
) -> Iterator[tuple[int, _Filed[T]]]:
    """Yield where each pattern may start: at words, in order, then at concepts."""
    for at, key in enumerate(keys):
        for one in patterns:
            if key in one.words:
                yield at, one
    by_concept = [one for one in patterns if one.concepts]
    for mention in mentions if by_concept else ():
        for name in sorted(mention.names):
            for one in by_concept:
                if name in one.concepts:
                    yield mention.first, one
