"""Throws away, soundly, what no rule can touch.

A rule needs a person of one sex, or a word a phrase can start with. A stretch of text that holds neither is done.
The test is on whole syllables, so it is exact: a dictionary of every surface form seen so far remembers which syllables
matter, and a stretch passes if one of its syllables does.
"""

from __future__ import annotations

import re

from auditor.rulebook.loader import Rulebook
from auditor.rulebook.pattern import Word, compile_pattern
from auditor.text import bare, key

_WORD = re.compile(r"[^\W\d_]+")


class Prefilter:
    """Tells whether a stretch of text can hold anything a rule needs."""

    def __init__(self, rulebook: Rulebook) -> None:
        anchors: set[str] = set()
        for concept in rulebook.lexicon.concepts.values():
            if concept.sex:
                for words in concept.words:
                    anchors |= {literal[0] for literal in compile_pattern(words).literals()}
        for rule in rulebook.rules.values():
            for condition in rule.when:
                if condition.phrase is not None:
                    for starter in compile_pattern(condition.phrase).starters():
                        if isinstance(starter, Word):
                            anchors.add(starter.key)
                        elif starter.concept in rulebook.lexicon.concepts:
                            for words in rulebook.lexicon.concepts[starter.concept].words:
                                anchors |= {literal[0] for literal in compile_pattern(words).literals()}
        self._shapes = frozenset(bare(anchor) for anchor in anchors)
        self._known: dict[str, bool] = {}

    def passes(self, text: str) -> bool:
        """Return False only if no rule can hold in the text."""
        known = self._known
        for word in _WORD.findall(text):
            passed = known.get(word)
            if passed is None:
                passed = known[word] = (word.isupper() and len(word) > 1) or bare(key(word)) in self._shapes
            if passed:
                return True
        return False
