"""Sets of plain phrases, found at or before a place in a row of syllables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from auditor.text import key

T = TypeVar("T")


class Phrases(Generic[T]):
    """A set of phrases, each with a value, found at or before a place in a row of syllable keys."""

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        self._at: dict[str, list[tuple[tuple[str, ...], T]]] = defaultdict(list)
        self._before: dict[str, list[tuple[tuple[str, ...], T]]] = defaultdict(list)
        for words, value in phrases:
            keys = tuple(key(word) for word in words.split())
            self._at[keys[0]].append((keys, value))
            self._before[keys[-1]].append((keys, value))
        for table in (self._at, self._before):
            for found in table.values():
                found.sort(key=lambda entry: -len(entry[0]))

    def at(self, keys: Sequence[str], i: int) -> tuple[int, T] | None:
        """Return the length and value of the longest phrase that starts at ``i``."""
        for phrase, value in self._at.get(keys[i], ()):
            if tuple(keys[i : i + len(phrase)]) == phrase:
                return len(phrase), value
        return None

    def before(self, keys: Sequence[str], i: int) -> tuple[int, T] | None:
        """Return the length and value of the longest phrase that ends right before ``i``."""
        if i == 0:
            return None
        for phrase, value in self._before.get(keys[i - 1], ()):
            if i >= len(phrase) and tuple(keys[i - len(phrase) : i]) == phrase:
                return len(phrase), value
        return None
