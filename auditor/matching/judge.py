"""Decides what a sentence is: a finding of one rule, a positive, a suspect, or nothing; and writes down why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from auditor.matching.context import Scope, voice_of
from auditor.matching.evidence import Evidence, Weight
from auditor.matching.features import View
from auditor.matching.proposals import Proposal
from auditor.matching.sentence import Sentence
from auditor.record import GENDER_SEVERITIES, Voice
from auditor.rulebook.models import Rule

STRICT_BONUS = 0.15
SHORTEST = 5  # syllables and marks; less than that names a group but rules nothing
SURE = 0.85  # asked where context speaks for silence: a false alarm on a clause that forbids is the worst error
LABELS = {
    "HU-PART": "lanh_dao", "HU-PART-04": "le_nghi", "HU-PROP": "thua_ke", "HU-MARR": "hon_nhan",
    "HU-FAM": "gia_dinh", "HU-FAM-03": "bao_luc", "HU-FAM-08": "bao_luc",
    "HU-FAM-05": "xu_phat", "HU-FAM-06": "xu_phat", "HU-SANC": "xu_phat", "HU-CHILD": "sinh_de",
    "HU-CHILD-02": "giao_duc_lao_dong", "HU-CHILD-04": "le_nghi", "HU-REPRO": "sinh_de", "HU-RIT": "le_nghi",
    "HU-LAB": "giao_duc_lao_dong", "HU-LANG": "dinh_kien",
}  # fmt: skip
SILENCING: frozenset[Voice] = frozenset(
    {"prohibited", "abolished", "history", "law", "symmetric", "criticised", "measure"}
)
REPAIRING: frozenset[Voice] = frozenset({"prohibited", "abolished"})


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that holds in a sentence, with confidence in [0, 1]."""

    rule: Rule
    sentence: Sentence
    confidence: float
    trace: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one sentence is."""

    sentence: Sentence
    hits: tuple[Hit, ...] = ()
    positive: bool = False
    suspicion: float | None = None


def label_of(rule: Rule) -> str:
    """Return the label of the corpora that a rule stands for."""
    return LABELS.get(rule.id) or LABELS.get(rule.category, "dinh_kien")


class Judge:
    """Weighs proposals against context and evidence."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._strict = evidence.thresholds["strict"]
        self._loose = evidence.thresholds["loose"]
        self._suspect = evidence.thresholds["suspect"]

    def decide(self, candidates: Sequence[tuple[View, Iterable[Proposal]]]) -> Iterator[Verdict]:
        """Yield the verdict on each sentence of one clause."""
        weights = self._evidence.weigh([view for view, _ in candidates])
        for (view, proposals), weight in zip(candidates, weights, strict=True):
            yield self._verdict(view, proposals, weight)

    def _verdict(self, view: View, proposals: Iterable[Proposal], weight: Weight) -> Verdict:
        sentence, scopes = view.sentence, view.scopes
        best: dict[str, tuple[Proposal, Scope | None]] = {}
        for proposal in proposals:
            scope = voice_of(scopes, proposal.first, proposal.last) if proposal.strict else None
            known = best.get(proposal.rule.id)
            if known is None or _rank(proposal, scope) > _rank(*known):
                best[proposal.rule.id] = (proposal, scope)
        others = tuple(
            Hit(proposal.rule, sentence, 0.9, (proposal.reason, "quy tắc ngoài giới: không cần bằng chứng"))
            for proposal, scope in best.values()
            if proposal.rule.severity == "S4x" and proposal.strict and not _silenced(scope)
        )
        gender = [pair for pair in best.values() if pair[0].rule.severity in GENDER_SEVERITIES]
        certain = [pair for pair in gender if pair[0].strict and not _silenced(pair[1])]
        silencing = any(scope.voice in SILENCING for scope in scopes)
        threshold = self._strict if certain else SURE if silencing else self._loose
        if gender and weight.probability >= threshold and (certain or len(sentence.keys) >= SHORTEST):
            return Verdict(sentence, (_best(sentence, gender, weight, scopes), *others))
        repaired = any(scope.voice in REPAIRING for scope in scopes) and bool(gender)
        if repaired and weight.probability < self._loose:
            return Verdict(sentence, others, positive=True)
        suspect = weight.probability >= self._suspect and bool(sentence.people)
        return Verdict(sentence, others, suspicion=weight.probability if suspect else None)


def _best(
    sentence: Sentence, gender: list[tuple[Proposal, Scope | None]], weight: Weight, scopes: tuple[Scope, ...]
) -> Hit:
    """Choose the category that fits best, then the rule in it that says most; what holds strictly has a head start."""

    def merit(pair: tuple[Proposal, Scope | None]) -> tuple[float, bool, int, str]:
        proposal, scope = pair
        certain = proposal.strict and not _silenced(scope)
        fit = weight.fit.get(label_of(proposal.rule), 0.0)
        return fit + STRICT_BONUS * certain, certain, len(proposal.reason), proposal.rule.id

    proposal, _ = max(gender, key=merit)
    kind = "chắc chắn" if proposal.strict else "gợi ý, cần bằng chứng"
    trace = (
        f"{proposal.reason} ({kind})",
        *(f"ngữ cảnh «{s.cue}»: {s.voice}" for s in scopes),
        f"mô hình bằng chứng: {weight.probability:.2f}",
    )
    return Hit(proposal.rule, sentence, round(weight.probability, 3), trace)


def _silenced(scope: Scope | None) -> bool:
    return scope is not None and scope.voice in SILENCING


def _rank(proposal: Proposal, scope: Scope | None) -> tuple[bool, bool]:
    return proposal.strict and not _silenced(scope), proposal.strict
