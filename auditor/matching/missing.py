"""Advice on content a regulation lacks (HU-MISS): no fault, no figure, only a suggestion for the next revision."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.rulebook.loader import Rulebook
from auditor.rulebook.pattern import Pattern, compile_pattern
from auditor.text import sentences


class Missing:
    """Looks for the content each advice asks for."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._spelling = rulebook.spelling
        self._wanted: list[tuple[str, tuple[Pattern, ...]]] = [
            (advice.id, tuple(compile_pattern(words) for words in advice.words)) for advice in rulebook.advice
        ]

    def find(self, text: str) -> Iterator[str]:
        """Yield the ids of the advice whose content stands nowhere in a regulation."""
        keys = [self._spelling.syllables(text, *span).keys for span in sentences(text)]
        for name, patterns in self._wanted:
            if not any(
                pattern.ends(sentence, at, lambda concept, at: ())
                for sentence in keys
                for at in range(len(sentence))
                for pattern in patterns
            ):
                yield name
