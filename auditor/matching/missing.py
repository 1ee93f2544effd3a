"""Advice on content a regulation lacks (HU-MISS): no fault, no figure, only a suggestion for the next revision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from auditor.rulebook.loader import Rulebook
from auditor.rulebook.pattern import Pattern, Word, compile_pattern
from auditor.text import sentences


class Missing:
    """Looks for the content each advice asks for."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._spelling = rulebook.spelling
        self._wanted: list[tuple[str, dict[str, list[Pattern]]]] = [
            (advice.id, _by_first_word(advice.words)) for advice in rulebook.advice
        ]

    def find(self, text: str) -> Iterator[str]:
        """Yield the ids of the advice whose content stands nowhere in a regulation."""
        keys = [self._spelling.syllables(text, *span).keys for span in sentences(text)]
        for name, patterns in self._wanted:
            if not any(
                pattern.ends(sentence, at, lambda concept, at: ())
                for sentence in keys
                for at, word in enumerate(sentence)
                for pattern in patterns.get(word, ())
            ):
                yield name


def _by_first_word(sources: Iterable[str]) -> dict[str, list[Pattern]]:
    """Compile patterns and file them under each word a match can start with."""
    filed: dict[str, list[Pattern]] = {}
    for source in sources:
        pattern = compile_pattern(source)
        for starter in pattern.starters():
            if isinstance(starter, Word):
                filed.setdefault(starter.key, []).append(pattern)
    return filed
