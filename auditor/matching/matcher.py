"""Clauses in, verdicts out: the whole of matching in one place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from auditor.matching.context import Context
from auditor.matching.evidence import Evidence, View
from auditor.matching.judge import Judge, Verdict
from auditor.matching.prefilter import Prefilter
from auditor.matching.proposals import Proposal, Proposer
from auditor.matching.sentence import parse
from auditor.rulebook.loader import Rulebook

NEIGHBOURS = 4


@dataclass(frozen=True, slots=True)
class Stretch:
    """A clause to be matched: offsets into the text, and the spans of headings and lead-ins that govern it."""

    start: int
    end: int
    governed_by: tuple[tuple[int, int], ...] = ()


class Matcher:
    """Matches clauses against a rulebook."""

    def __init__(self, rulebook: Rulebook, evidence: Evidence | None = None, *, prefilter: bool = True) -> None:
        self._rulebook = rulebook
        self._context = Context(rulebook.modifiers)
        self._proposer = Proposer(rulebook)
        self._prefilter = Prefilter(rulebook) if prefilter else None
        self._judge = Judge(evidence) if evidence else None

    def match(self, text: str, stretches: Iterable[Stretch]) -> Iterator[Verdict]:
        """Yield the verdict on each sentence that anything can be said of."""
        if self._judge is None:
            raise ValueError("matching needs an evidence model")
        for stretch in stretches:
            if self._prefilter and not self._prefilter.passes(text[stretch.start : stretch.end]):
                continue
            for view in self.views(text, stretch):
                proposals = tuple(self._proposer.proposals(view.sentence))
                if not proposals and "sex" not in view.sentence.concepts:
                    continue
                verdict = self._judge.decide(view, proposals)
                if verdict.hits or verdict.positive or verdict.suspicion is not None:
                    yield verdict

    def views(self, text: str, stretch: Stretch) -> Iterator[View]:
        """Yield the sentences of a clause, each with its neighbours and the scopes of its context."""
        lead = tuple(
            key
            for start, end in stretch.governed_by
            for key in self._rulebook.spelling.syllables(text, start, end).keys
        )
        found = parse(self._rulebook, text, stretch.start, stretch.end, lead)
        for i, sentence in enumerate(found):
            yield View(
                sentence,
                self._context.scopes(sentence),
                found[max(0, i - NEIGHBOURS) : i],
                found[i + 1 : i + 1 + NEIGHBOURS],
            )

    def proposals(self, view: View) -> Iterator[Proposal]:
        """Yield every rule a sentence calls up, before context and evidence have their say."""
        yield from self._proposer.proposals(view.sentence)
