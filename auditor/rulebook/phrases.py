"""Sets of plain phrases, found at or before a place in a row of syllables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Generic, TypeVar

from auditor.text import key

T = TypeVar("T")


class Phrases(Generic[T]):
    """A set of phrases, each with a value, found at or before a place in a row of syllable keys."""

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        self._at: dict[str, list[tuple[tuple[str, ...], tuple[int, T]]]] = defaultdict(list)
        self._before: dict[str, list[tuple[tuple[str, ...], tuple[int, T]]]] = defaultdict(list)
        for words, value in phrases:
            keys = tuple(key(word) for word in words.split())
            entry = keys, (len(keys), value)
            self._at[keys[0]].append(entry)
            self._before[keys[-1]].append(entry)
        for table in (self._at, self._before):
            for found in table.values():
                found.sort(key=lambda entry: -len(entry[0]))

    @property
    def firsts(self) -> frozenset[str]:
        """The syllables phrases begin with: nowhere else need be asked for one."""
        return frozenset(self._at)

    @property
    def lasts(self) -> frozenset[str]:
        """The syllables phrases end with."""
        return frozenset(self._before)

    def at(self, keys: tuple[str, ...], i: int) -> tuple[int, T] | None:
        """Return the length and value of the longest phrase that starts at ``i``."""
        for phrase, found in self._at.get(keys[i], ()):
            if keys[i : i + found[0]] == phrase:
                return found
        return None

    def before(self, keys: tuple[str, ...], i: int) -> tuple[int, T] | None:
        """Return the length and value of the longest phrase that ends right before ``i``."""
        if i == 0:
            return None
        for phrase, found in self._before.get(keys[i - 1], ()):
            if i >= found[0] and keys[i - found[0] : i] == phrase:
                return found
        return None
