"""Decides what a sentence is: a finding of one rule, a positive, a suspect, or nothing; and writes down why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
LABELS = {
    "HU-PART": "lanh_dao", "HU-PART-04": "le_nghi", "HU-PROP": "thua_ke", "HU-MARR": "hon_nhan",
    "HU-FAM": "gia_dinh", "HU-FAM-03": "bao_luc", "HU-FAM-08": "bao_luc",
    "HU-FAM-05": "xu_phat", "HU-FAM-06": "xu_phat", "HU-SANC": "xu_phat", "HU-CHILD": "sinh_de",
    "HU-CHILD-02": "giao_duc_lao_dong", "HU-CHILD-04": "le_nghi", "HU-REPRO": "sinh_de", "HU-RIT": "le_nghi",
    "HU-LAB": "giao_duc_lao_dong", "HU-LANG": "dinh_kien",
    "MD-DISC": "nang_luc", "MD-DISC-02": "hon_nhan_sinh_con", "MD-DISC-08": "tuc_ngu",
    "MD-DISC-09": "hon_nhan_sinh_con",
    "MD-ROLE": "vai_tro", "MD-ROLE-04": "nghe_nghiep", "MD-ROLE-05": "nam_tinh", "MD-ROLE-07": "nam_tinh",
    "MD-ROLE-08": "nghe_nghiep", "MD-TRAIT": "nang_luc", "MD-LEAD": "nang_luc", "MD-OBJ": "ngoai_hinh",
    "MD-OBJ-02": "hon_nhan_sinh_con", "MD-OBJ-03": "ngon_ngu", "MD-LANG": "ngon_ngu", "MD-VICT": "do_loi",
    "MD-ETH": "do_loi", "MD-AD": "nghe_nghiep",
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


Holding = dict[str, tuple[Proposal, Scope | None]]
"""The best proposal of each rule, by its id, and the scope that governs it."""


def holding(view: View, proposals: Iterable[Proposal]) -> Holding:
    """Return the best proposal of each rule, strict and unsilenced ones before others."""
    best: Holding = {}
    for proposal in proposals:
        scope = voice_of(view.scopes, proposal.first, proposal.last) if proposal.strict else None
        known = best.get(proposal.rule.id)
        if known is None or _rank(proposal, scope) > _rank(*known):
            best[proposal.rule.id] = (proposal, scope)
    return best


def is_certain(held: Holding) -> bool:
    """Tell whether a gender rule holds strictly and no context speaks against it."""
    return any(
        proposal.strict and proposal.rule.severity in GENDER_SEVERITIES and not _silenced(scope)
        for proposal, scope in held.values()
    )


def silencing(view: View) -> int:
    """Count the different voices, at most two, that speak for silence in a sentence."""
    return min(len({scope.voice for scope in view.scopes} & SILENCING), 2)


class Judge:
    """Weighs proposals against context and evidence."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._find = evidence.thresholds["find"]
        self._suspect = evidence.thresholds["suspect"]

    def decide(self, candidates: Sequence[tuple[View, Iterable[Proposal]]]) -> Iterator[Verdict]:
        """Yield the verdict on each sentence of one clause."""
        weights = self._evidence.weigh([view for view, _ in candidates])
        for (view, proposals), weight in zip(candidates, weights, strict=True):
            yield self._verdict(view, holding(view, proposals), weight)

    def _verdict(self, view: View, held: Holding, weight: Weight) -> Verdict:
        sentence, scopes = view.sentence, view.scopes
        others = tuple(
            Hit(proposal.rule, sentence, 0.9, (proposal.reason, "quy tắc ngoài giới: không cần bằng chứng"))
            for proposal, scope in held.values()
            if proposal.rule.severity == "S4x" and proposal.strict and not _silenced(scope)
        )
        gender = [pair for pair in held.values() if pair[0].rule.severity in GENDER_SEVERITIES]
        certain = is_certain(held)
        probability = self._evidence.probability(weight.margin, certain=certain, silenced=silencing(view))
        void = any(scope.from_lead and scope.voice == "abolished" for scope in scopes)
        says_enough = certain or len(sentence.keys) >= SHORTEST
        if gender and not void and says_enough and probability >= self._find:
            return Verdict(sentence, (_best(sentence, gender, weight.fit(), probability, scopes), *others))
        if gender and any(scope.voice in REPAIRING for scope in scopes):
            return Verdict(sentence, others, positive=True)
        suspect = probability >= self._suspect and bool(sentence.people)
        return Verdict(sentence, others, suspicion=probability if suspect else None)


def _best(
    sentence: Sentence,
    gender: list[tuple[Proposal, Scope | None]],
    fits: Mapping[str, float],
    probability: float,
    scopes: tuple[Scope, ...],
) -> Hit:
    """Choose the category that fits best, then the rule in it that says most; what holds strictly has a head start."""

    def merit(pair: tuple[Proposal, Scope | None]) -> tuple[float, bool, int, str]:
        proposal, scope = pair
        certain = proposal.strict and not _silenced(scope)
        fit = fits.get(label_of(proposal.rule), 0.0)
        return fit + STRICT_BONUS * certain, certain, len(proposal.reason), proposal.rule.id

    proposal, _ = max(gender, key=merit)
    kind = "chắc chắn" if proposal.strict else "gợi ý, cần bằng chứng"
    trace = (
        f"{proposal.reason} ({kind})",
        *(f"ngữ cảnh «{s.cue}»: {s.voice}" for s in scopes),
        f"mô hình bằng chứng: {probability:.2f}",
    )
    return Hit(proposal.rule, sentence, round(probability, 3), trace)


def _silenced(scope: Scope | None) -> bool:
    return scope is not None and scope.voice in SILENCING


def _rank(proposal: Proposal, scope: Scope | None) -> tuple[bool, bool]:
    return proposal.strict and not _silenced(scope), proposal.strict
