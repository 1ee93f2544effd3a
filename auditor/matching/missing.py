"""Advice on content a regulation lacks (HU-MISS): no fault, no figure, only a suggestion for the next revision."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.matching.prefilter import Literals, parts_of
from auditor.rulebook.loader import Rulebook
from auditor.rulebook.models import Advice
from auditor.rulebook.pattern import compile_pattern
from auditor.rulebook.patternindex import PatternIndex
from auditor.text import sentences


class Missing:
    """Looks for the content each advice asks for."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._spelling = rulebook.spelling
        self._advice = rulebook.advice
        contents = [(compile_pattern(words), advice.id) for advice in rulebook.advice for words in advice.words]
        self._contents = PatternIndex(contents)
        self._literals = Literals(rulebook.spelling, (parts_of(pattern, rulebook.lexicon) for pattern, _ in contents))

    def find(self, text: str) -> Iterator[Advice]:
        """Yield the advice whose content stands nowhere in a regulation."""
        there = {
            match.value
            for span in sentences(text)
            if self._literals.stand_in(text[slice(*span)])
            for match in self._contents.matches(self._spelling.syllables(text, *span).keys)
        }
        yield from (advice for advice in self._advice if advice.id not in there)
