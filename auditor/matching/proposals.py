"""Which rules a sentence calls up: strictly through a frame, phrase or contrast, loosely through a bag of concepts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from auditor.matching.contrasts import contrasts
from auditor.matching.frames import norms
from auditor.matching.sentence import Sentence
from auditor.rulebook.lexicon import Lexicon
from auditor.rulebook.loader import Rulebook, names
from auditor.rulebook.models import Condition, Rule
from auditor.rulebook.pattern import Pattern, compile_pattern
from auditor.rulebook.patternindex import PatternIndex


@dataclass(frozen=True, slots=True)
class Proposal:
    """A rule called up by syllables ``[first, last)``; strict ones stand alone, loose ones need evidence."""

    rule: Rule
    strict: bool
    first: int
    last: int
    reason: str


@dataclass(frozen=True, slots=True)
class _Frame:
    rule: Rule
    who: frozenset[str]
    modality: frozenset[str]
    what: frozenset[str]


class Proposer:
    """The conditions of all rules, indexed by what must be in a sentence for them to hold."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._frames: list[_Frame] = []
        phrases: list[tuple[Pattern, Rule]] = []
        self._contrasts: list[tuple[Rule, frozenset[str]]] = []
        self._bags: list[tuple[Rule, frozenset[str], str]] = []
        for rule in rulebook.rules.values():
            if rule.status in {"draft", "retired"}:
                continue
            for condition in rule.when:
                if condition.phrase is not None:
                    phrases.append((compile_pattern(condition.phrase), rule))
                elif condition.copies is None:
                    self._add(rule, condition, rulebook.lexicon)
            for bag in rule.maybe:
                self._add_bag(rule, frozenset(bag))
                if rule.mirror:
                    self._add_bag(rule, frozenset(rulebook.lexicon.mirror(name) for name in bag))
        self._phrases = PatternIndex(phrases)
        self._by_phrase = lru_cache(maxsize=64)(self._phrased)

    def _add(self, rule: Rule, condition: Condition, lexicon: Lexicon) -> None:
        if condition.contrast is not None:
            self._contrasts.append((rule, frozenset(condition.contrast)))
        else:
            who = frozenset(names(condition.who))
            modality, what = frozenset(names(condition.modality)), frozenset(names(condition.what))
            self._frames.append(_Frame(rule, who, modality, what))
            if rule.mirror:
                mirrored = frozenset(lexicon.mirror(name) for name in who)
                self._frames.append(_Frame(rule, mirrored, modality, what))

    def _add_bag(self, rule: Rule, bag: frozenset[str]) -> None:
        self._bags.append((rule, bag, "nhóm khái niệm " + " + ".join(sorted(bag))))

    def proposals(self, sentence: Sentence) -> Iterator[Proposal]:
        """Yield every proposal of a sentence, the same one possibly more than once."""
        yield from self._by_phrase(sentence)
        if sentence.people:
            yield from self._by_frame(sentence)
            yield from self._by_contrast(sentence)
        concepts = sentence.concepts
        for rule, bag, reason in self._bags:
            if bag <= concepts:
                yield Proposal(rule, False, 0, len(sentence.keys), reason)

    def has_phrase(self, sentence: Sentence) -> bool:
        """Tell whether a phrase rule holds, which needs nobody to be named."""
        return bool(self._by_phrase(sentence))

    def _phrased(self, sentence: Sentence) -> tuple[Proposal, ...]:
        return tuple(
            Proposal(match.value, True, match.first, match.last, f"mẫu câu «{match.pattern.source}»")
            for match in self._phrases.matches(sentence.keys, sentence.mentions, sentence.ends)
        )

    def _by_frame(self, sentence: Sentence) -> Iterator[Proposal]:
        for norm in norms(sentence):
            who = norm.who.names
            for frame in self._frames:
                if (
                    frame.who & who
                    and norm.modality in frame.modality
                    and (not frame.what or frame.what & norm.what.concepts)
                ):
                    parts = (norm.who, norm.what)
                    words = " – ".join(" ".join(sentence.keys[m.first : m.last]) for m in parts)
                    yield Proposal(frame.rule, True, norm.first, norm.last, f"khung {norm.modality}: {words}")

    def _by_contrast(self, sentence: Sentence) -> Iterator[Proposal]:
        for found in contrasts(sentence):
            if found.is_equal or found.counts_people:
                continue
            for rule, needed in self._contrasts:
                if not needed or needed & sentence.concepts:
                    reason = f"tương phản {found.amounts[0]} – {found.amounts[1]} {found.unit}"
                    yield Proposal(rule, True, found.first, found.last, reason)
