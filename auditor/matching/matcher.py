"""Clauses in, verdicts out: the whole of matching in one place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from auditor.matching.context import Context
from auditor.matching.evidence import Evidence
from auditor.matching.features import NEIGHBOURS, View
from auditor.matching.judge import Judge, Verdict
from auditor.matching.prefilter import prefilter as prefilter_of
from auditor.matching.proposals import Proposal, Proposer
from auditor.matching.sentence import Sentence, parse
from auditor.rulebook.loader import Rulebook
from auditor.text import sentences

NEAR = 2


@dataclass(frozen=True, slots=True)
class Stretch:
    """A clause to be matched: offsets into the text, and the spans of headings and lead-ins that govern it."""

    start: int
    end: int
    governed_by: tuple[tuple[int, int], ...] = ()


class Matcher:
    """Matches clauses against a rulebook.

    Args:
        prefilter: False looks at every sentence; the verdicts are the same.
    """

    def __init__(self, rulebook: Rulebook, evidence: Evidence | None = None, *, prefilter: bool = True) -> None:
        self._rulebook = rulebook
        self._context = Context(rulebook.modifiers)
        self._proposer = Proposer(rulebook)
        self._prefilter = prefilter_of(rulebook) if prefilter else None
        self._judge = Judge(evidence) if evidence else None

    def match(self, text: str, stretches: Iterable[Stretch]) -> Iterator[Verdict]:
        """Yield the verdict on each sentence that anything can be said of."""
        if self._judge is None:
            raise ValueError("matching needs an evidence model")
        for stretch in stretches:
            for verdict in self._judge.decide(self._candidates(text, stretch)):
                if verdict.hits or verdict.positive or verdict.suspicion is not None:
                    yield verdict

    def views(self, text: str, stretch: Stretch) -> Iterator[View]:
        """Yield every sentence of a clause with its neighbours and the scopes of its context."""
        clause = _Clause(self._rulebook, text, stretch)
        for i in range(len(clause.spans)):
            yield self._view(clause, i)

    def proposals(self, view: View) -> Iterator[Proposal]:
        """Yield every rule a sentence calls up, before context and evidence have their say."""
        yield from self._proposer.proposals(view.sentence)

    def _candidates(self, text: str, stretch: Stretch) -> list[tuple[View, Sequence[Proposal]]]:
        """Return the sentences of a clause that a rule calls up, beside one about the sexes, or by a phrase alone."""
        clause = _Clause(self._rulebook, text, stretch)
        count = len(clause.spans)
        near: set[int] = set()
        for i, (start, end) in enumerate(clause.spans):
            if self._prefilter and not self._prefilter.stand_in(text[start:end]):
                continue
            sentence = clause.sentence(i)
            if sentence.is_about_sexes:
                near.update(range(max(0, i - NEAR), min(i + NEAR + 1, count)))
            elif self._proposer.has_phrase(sentence):
                near.add(i)
        found: list[tuple[View, Sequence[Proposal]]] = []
        for i in sorted(near):
            proposals = tuple(self._proposer.proposals(clause.sentence(i)))
            if proposals or clause.sentence(i).people:
                found.append((self._view(clause, i), proposals))
        return found

    def _view(self, clause: _Clause, i: int) -> View:
        before = tuple(clause.sentence(j) for j in range(max(0, i - NEIGHBOURS), i))
        after = tuple(clause.sentence(j) for j in range(i + 1, min(i + 1 + NEIGHBOURS, len(clause.spans))))
        return View(clause.sentence(i), self._context.scopes(clause.sentence(i)), before, after)


class _Clause:
    """The sentences of a clause, each parsed only when asked for.

    Attributes:
        spans: where they stand in the text.
    """

    def __init__(self, rulebook: Rulebook, text: str, stretch: Stretch) -> None:
        self.spans = sentences(text, stretch.start, stretch.end)
        self._governed_by = stretch.governed_by
        self._rulebook = rulebook
        self._text = text
        self.sentence = cache(self._sentence)

    def _sentence(self, i: int) -> Sentence:
        return parse(self._rulebook, self._text, *self.spans[i], self._lead)

    @property
    def _lead(self) -> tuple[str, ...]:
        spelling = self._rulebook.spelling
        return tuple(key for span in self._governed_by for key in spelling.syllables(self._text, *span).keys)
