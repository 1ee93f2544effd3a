"""Clauses in, verdicts out: the whole of matching in one place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from auditor.documents.clauses import Clause, Locator, Role
from auditor.documents.interface import Document
from auditor.documents.outline import outline
from auditor.matching.context import Context
from auditor.matching.evidence import Evidence
from auditor.matching.features import NEIGHBOURS, View
from auditor.matching.judge import Judge, Verdict
from auditor.matching.prefilter import prefilter as prefilter_of
from auditor.matching.proposals import Proposal, Proposer
from auditor.matching.sentence import Sentence, parse
from auditor.rulebook.loader import Rulebook
from auditor.text import sentences

JUDGED = frozenset({Role.NORM, Role.CELL_ROW})
NEAR = 1
GOVERNING = 2
SHORT = 8  # sentences


@dataclass(frozen=True, slots=True)
class Stretch:
    """A clause to be matched.

    Attributes:
        start: offset into the text.
        end: half-open end.
        governed_by: spans of the headings and lead-ins that govern it.
        labelled: it opens with a number, a letter or a dash of its own.
    """

    start: int
    end: int
    governed_by: tuple[tuple[int, int], ...] = ()
    labelled: bool = False


def judged(document: Document) -> list[Clause]:
    """Return the clauses of a document that say something, in order; of an article, its paragraphs."""
    if document.kind == "regulation":
        return [clause for clause in outline(document) if clause.role in JUDGED]
    return [
        Clause(
            placed.start,
            placed.end,
            Locator(paragraph=number, page=placed.block.page),
            Role.NORM,
            field=placed.block.field,
            label_end=placed.start,
        )
        for number, placed in enumerate(document.blocks, start=1)
    ]


def stretches(clauses: Iterable[Clause]) -> list[Stretch]:
    """Return clauses as the matcher takes them."""
    return [
        Stretch(clause.start, clause.end, clause.governed_by, clause.label_end > clause.start) for clause in clauses
    ]


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

    def match(self, text: str, stretches: Sequence[Stretch]) -> Iterator[Verdict]:
        """Yield the verdict on each sentence of some clauses, in order, that anything can be said of."""
        if self._judge is None:
            raise ValueError("matching needs an evidence model")
        sentences = _Sentences(self._rulebook, text, stretches)
        for clause in sentences.clauses:
            for verdict in self._judge.decide(self._candidates(sentences, clause)):
                if verdict.hits or verdict.positive or verdict.suspicion is not None:
                    yield verdict

    def views(self, text: str, stretches: Sequence[Stretch]) -> Iterator[list[View]]:
        """Yield, for each clause, every sentence with its neighbours and the scopes of its context."""
        sentences = _Sentences(self._rulebook, text, stretches)
        for clause in sentences.clauses:
            yield [self._view(sentences, i) for i in clause]

    def proposals(self, view: View) -> Iterator[Proposal]:
        """Yield every rule a sentence calls up, before context and evidence have their say."""
        yield from self._proposer.proposals(view.sentence)

    def _candidates(self, sentences: _Sentences, clause: range) -> list[tuple[View, Sequence[Proposal]]]:
        """Return the sentences of a clause that a rule calls up, beside one about the sexes, or by a phrase alone."""
        near: set[int] = set()
        for i in clause:
            if self._prefilter and not self._prefilter.stand_in(sentences.words(i)):
                continue
            sentence = sentences.parsed(i)
            if sentence.is_about_sexes:
                near.update(range(max(clause.start, i - NEAR), min(i + NEAR + 1, clause.stop)))
            elif self._proposer.has_phrase(sentence):
                near.add(i)
        found: list[tuple[View, Sequence[Proposal]]] = []
        for i in sorted(near):
            proposals = tuple(self._proposer.proposals(sentences.parsed(i)))
            if proposals or sentences.parsed(i).people:
                found.append((self._view(sentences, i), proposals))
        return found

    def _view(self, sentences: _Sentences, i: int) -> View:
        sentence = sentences.parsed(i)
        return View(sentence, self._context.scopes(sentence), *sentences.neighbours(i))


class _Sentences:
    """The sentences of some clauses of a text, each parsed only when asked for.

    Attributes:
        clauses: the indexes of the sentences of each clause.
    """

    def __init__(self, rulebook: Rulebook, text: str, stretches: Sequence[Stretch]) -> None:
        self._rulebook = rulebook
        self._text = text
        self._spans: list[tuple[int, int]] = []
        self._of: list[Stretch] = []
        self.clauses: list[range] = []
        for stretch in stretches:
            found = sentences(text, stretch.start, stretch.end)
            self.clauses.append(range(len(self._spans), len(self._spans) + len(found)))
            self._spans += found
            self._of += [stretch] * len(found)
        self.parsed = cache(self._parsed)
        self._governing = cache(self._parsed_governing)

    def words(self, i: int) -> str:
        """Return a sentence as it stands in the text."""
        start, end = self._spans[i]
        return self._text[start:end]

    def neighbours(self, i: int) -> tuple[tuple[Sentence, ...], tuple[Sentence, ...]]:
        """Return what belongs to a sentence before it, headings and lead-ins first, and after it."""
        first = last = i
        while first > max(0, i - NEIGHBOURS) and self._together(first - 1, i):
            first -= 1
        while last < min(i + NEIGHBOURS, len(self._spans) - 1) and self._together(last + 1, i):
            last += 1
        governing = self._governing(self._of[i].governed_by[-GOVERNING:])
        before = (*governing, *(self.parsed(j) for j in range(first, i)))
        return before, tuple(self.parsed(j) for j in range(i + 1, last + 1))

    def _together(self, i: int, j: int) -> bool:
        """Tell whether two sentences speak of one thing: in one clause, one list, or a text no longer than a clause."""
        one, other = self._of[i], self._of[j]
        if one is other or one.governed_by != other.governed_by:
            return one is other
        if any(self._text[start:end].endswith(":") for start, end in one.governed_by[-1:]):
            return True
        return len(self._spans) <= SHORT and not one.labelled and not other.labelled

    def _parsed(self, i: int) -> Sentence:
        lead = tuple(key for sentence in self._governing(self._of[i].governed_by) for key in sentence.keys)
        return parse(self._rulebook, self._text, *self._spans[i], lead)

    def _parsed_governing(self, spans: tuple[tuple[int, int], ...]) -> tuple[Sentence, ...]:
        return tuple(parse(self._rulebook, self._text, *span) for span in spans)
