"""The voice of a sentence's parts: norm, prohibited, abolished, criticised, quoted law, history, symmetric, measure.

The object decides, not the word: "không được cản trở phụ nữ dự họp" forbids the obstruction, so what follows is
prohibited; "phụ nữ không được dự họp" has no such verb and stays a norm.
"""

from __future__ import annotations

from dataclasses import dataclass

from auditor.matching.contrasts import contrasts
from auditor.matching.sentence import Sentence
from auditor.record import Voice
from auditor.rulebook.models import Modifier
from auditor.rulebook.pattern import compile_pattern
from auditor.rulebook.patternindex import PatternIndex


@dataclass(frozen=True, slots=True)
class Scope:
    """A stretch of syllables ``[first, last)`` with the voice a modifier gives it, and the modifier's words.

    ``settles`` says that nothing in its sentence can be a finding.
    """

    first: int
    last: int
    voice: Voice
    cue: str
    from_lead: bool = False
    settles: bool = False


class Context:
    """Finds the scopes of all modifiers in a sentence."""

    def __init__(self, modifiers: tuple[Modifier, ...]) -> None:
        self._cues = PatternIndex(
            (compile_pattern(words), modifier) for modifier in modifiers for words in modifier.words
        )
        self._ends = {id(modifier): [compile_pattern(words) for words in modifier.unless] for modifier in modifiers}

    def scopes(self, sentence: Sentence) -> tuple[Scope, ...]:
        """Return every scope in a sentence, those from its lead-ins first."""
        found = [
            Scope(
                0,
                len(sentence.keys),
                cue.value.voice,
                " ".join(sentence.lead[cue.first : cue.last]),
                from_lead=True,
                settles=cue.value.voice == "abolished",
            )
            for cue in self._cues.matches(sentence.lead)
            if cue.value.lead
        ]
        for cue in self._cues.matches(sentence.keys, sentence.mentions, sentence.ends):
            modifier, words = cue.value, " ".join(sentence.keys[cue.first : cue.last])
            if modifier.reach == "sentence":
                if modifier.settles and self._stop(modifier, sentence, cue.last) < len(sentence.keys):
                    continue  # what follows takes it back
                found.append(Scope(0, len(sentence.keys), modifier.voice, words, settles=modifier.settles))
            elif modifier.reach == "before":
                found.append(Scope(0, cue.first, modifier.voice, words))
            else:
                found.append(Scope(cue.last, self._stop(modifier, sentence, cue.last), modifier.voice, words))
        found.extend(
            Scope(pair.first, pair.last, "symmetric", " – ".join((*pair.amounts, pair.unit)))
            for pair in contrasts(sentence)
            if pair.is_equal or pair.counts_people
        )
        return tuple(found)

    def _stop(self, modifier: Modifier, sentence: Sentence, at: int) -> int:
        for i in range(at, len(sentence.keys)):
            if any(pattern.ends(sentence.keys, i, sentence.ends) for pattern in self._ends[id(modifier)]):
                return i
        return len(sentence.keys)


def voice_of(scopes: tuple[Scope, ...], first: int, last: int) -> Scope | None:
    """Return the scope that governs a stretch of syllables, the nearest first, or None for a plain norm."""
    governing = [scope for scope in scopes if scope.first <= first and first < scope.last]
    return max(governing, key=lambda scope: (not scope.from_lead, scope.first), default=None)
