"""The voice of a sentence's parts: norm, prohibited, abolished, criticised, quoted law, history, symmetric, measure.

The object decides, not the word: "không được cản trở phụ nữ dự họp" forbids the obstruction, so what follows is
prohibited; "phụ nữ không được dự họp" has no such verb and stays a norm.
"""

from __future__ import annotations

from dataclasses import dataclass

from auditor.matching.sentence import Sentence
from auditor.record import Voice
from auditor.rulebook.models import Modifier
from auditor.rulebook.pattern import Pattern, Slot, Word, compile_pattern


@dataclass(frozen=True, slots=True)
class Scope:
    """A stretch of syllables ``[first, last)`` with the voice a modifier gives it, and the modifier's words."""

    first: int
    last: int
    voice: Voice
    cue: str
    from_lead: bool = False


class Context:
    """Finds the scopes of all modifiers in a sentence."""

    def __init__(self, modifiers: tuple[Modifier, ...]) -> None:
        self._cues: list[tuple[Modifier, Pattern]] = [
            (modifier, compile_pattern(words)) for modifier in modifiers for words in modifier.words
        ]
        self._ends = {id(modifier): [compile_pattern(words) for words in modifier.unless] for modifier in modifiers}
        self._starts: dict[str, list[int]] = {}
        self._slots: list[int] = []
        for i, (_, pattern) in enumerate(self._cues):
            for starter in pattern.starters():
                if isinstance(starter, Word):
                    self._starts.setdefault(starter.key, []).append(i)
                elif isinstance(starter, Slot):
                    self._slots.append(i)

    def scopes(self, sentence: Sentence) -> tuple[Scope, ...]:
        """Return every scope in a sentence, those from its lead-ins first."""
        found = [
            Scope(0, len(sentence.keys), modifier.voice, " ".join(sentence.lead[a:b]), True)
            for modifier, a, b in self._cues_in(sentence.lead, None)
            if modifier.lead
        ]
        for modifier, a, b in self._cues_in(sentence.keys, sentence):
            cue = " ".join(sentence.keys[a:b])
            if modifier.reach == "sentence":
                found.append(Scope(0, len(sentence.keys), modifier.voice, cue))
            elif modifier.reach == "before":
                found.append(Scope(0, a, modifier.voice, cue))
            else:
                found.append(Scope(b, self._stop(modifier, sentence, b), modifier.voice, cue))
        return tuple(found)

    def _cues_in(self, keys: tuple[str, ...], sentence: Sentence | None) -> list[tuple[Modifier, int, int]]:
        found = []
        ends = sentence.ends if sentence else lambda concept, at: ()
        for at, key in enumerate(keys):
            for i in (*self._starts.get(key, ()), *(self._slots if sentence else ())):
                modifier, pattern = self._cues[i]
                matched = pattern.ends(keys, at, ends)
                if matched:
                    found.append((modifier, at, max(matched)))
        return found

    def _stop(self, modifier: Modifier, sentence: Sentence, at: int) -> int:
        for i in range(at, len(sentence.keys)):
            if any(pattern.ends(sentence.keys, i, sentence.ends) for pattern in self._ends[id(modifier)]):
                return i
        return len(sentence.keys)


def voice_of(scopes: tuple[Scope, ...], first: int, last: int) -> Scope | None:
    """Return the scope that governs a stretch of syllables, the nearest first, or None for a plain norm."""
    governing = [scope for scope in scopes if scope.first <= first and first < scope.last]
    return max(governing, key=lambda scope: (not scope.from_lead, scope.first), default=None)
