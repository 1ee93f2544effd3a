"""Decides what a sentence is: a finding of one rule, a positive, a suspect, or nothing; and writes down why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from auditor.matching.context import Scope, voice_of
from auditor.matching.evidence import Evidence, Weight
from auditor.matching.features import View
from auditor.matching.proposals import Proposal
from auditor.matching.sentence import Sentence
from auditor.record import GENDER_SEVERITIES, Voice
from auditor.rulebook.models import Rule

SURE = (0.0, 0.7, 0.82)  # asked for where none, one, or two voices of the context speak for silence
STRICT_BONUS = 0.15
SHORTEST = 5  # syllables and marks; less than that names a group but rules nothing
LABELS = {
    "HU-PART": "lanh_dao", "HU-PART-04": "le_nghi", "HU-PROP": "thua_ke", "HU-MARR": "hon_nhan",
    "HU-FAM": "gia_dinh", "HU-FAM-03": "bao_luc", "HU-FAM-08": "bao_luc",
    "HU-FAM-05": "xu_phat", "HU-FAM-06": "xu_phat", "HU-SANC": "xu_phat", "HU-CHILD": "sinh_de",
    "HU-CHILD-02": "giao_duc_lao_dong", "HU-CHILD-04": "le_nghi", "HU-REPRO": "sinh_de", "HU-RIT": "le_nghi",
    "HU-LAB": "giao_duc_lao_dong", "HU-LANG": "dinh_kien",
    "MD-DISC": "nang_luc", "MD-DISC-02": "hon_nhan_sinh_con", "MD-DISC-04": "do_loi",
    "MD-DISC-05": "hon_nhan_sinh_con", "MD-DISC-08": "tuc_ngu", "MD-DISC-09": "hon_nhan_sinh_con",
    "MD-ROLE": "vai_tro", "MD-ROLE-04": "nghe_nghiep", "MD-ROLE-05": "nam_tinh", "MD-ROLE-07": "nam_tinh",
    "MD-ROLE-08": "nghe_nghiep", "MD-TRAIT": "nang_luc", "MD-LEAD": "nang_luc", "MD-LEAD-02": "ngon_ngu",
    "MD-OBJ": "ngoai_hinh",
    "MD-OBJ-02": "hon_nhan_sinh_con", "MD-OBJ-03": "ngon_ngu", "MD-LANG": "ngon_ngu", "MD-VICT": "do_loi",
    "MD-ETH": "do_loi", "MD-AD": "nghe_nghiep", "MD-AD-03": "hon_nhan_sinh_con",
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


@dataclass(frozen=True, slots=True)
class Held:
    """A rule that a sentence calls up.

    Attributes:
        proposal: the best one, strict and unsilenced before others.
        scope: the context that governs it.
        support: how many proposals call the rule up.
    """

    proposal: Proposal
    scope: Scope | None
    support: int = 1

    @property
    def is_certain(self) -> bool:
        """Whether the rule holds strictly and no context speaks against it."""
        return self.proposal.strict and not self.is_silenced

    @property
    def is_silenced(self) -> bool:
        """Whether the context speaks against it."""
        return self.scope is not None and self.scope.voice in SILENCING

    @property
    def is_of_gender(self) -> bool:
        """Whether it is a rule about gender."""
        return self.proposal.rule.severity in GENDER_SEVERITIES


def holding(view: View, proposals: Collection[Proposal]) -> list[Held]:
    """Return the rules that a sentence calls up, each once."""
    best: dict[str, Held] = {}
    support = Counter(proposal.rule.id for proposal in proposals)
    for proposal in proposals:
        rule = proposal.rule.id
        if rule in best and not proposal.strict:
            continue
        scope = voice_of(view.scopes, proposal.first, proposal.last) if proposal.strict else None
        held = Held(proposal, scope, support[rule])
        known = best.get(rule)
        if known is None or (held.is_certain, proposal.strict) > (known.is_certain, known.proposal.strict):
            best[rule] = held
    return list(best.values())


def is_certain(held: Iterable[Held]) -> bool:
    """Tell whether a gender rule holds strictly and no context speaks against it."""
    return any(one.is_certain and one.is_of_gender for one in held)


def silencing(view: View) -> int:
    """Count the different voices, at most two, that speak for silence in a sentence."""
    return min(len({scope.voice for scope in view.scopes} & SILENCING), 2)


class Judge:
    """Weighs proposals against context and evidence."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._find = evidence.thresholds["find"]
        self._suspect = evidence.thresholds["suspect"]

    def decide(self, candidates: Sequence[tuple[View, Collection[Proposal]]]) -> Iterator[Verdict]:
        """Yield the verdict on each sentence of one clause."""
        weights = self._evidence.weigh([view for view, _ in candidates])
        for (view, proposals), weight in zip(candidates, weights, strict=True):
            yield self._verdict(view, holding(view, proposals), weight)

    def _verdict(self, view: View, held: list[Held], weight: Weight) -> Verdict:
        sentence, scopes = view.sentence, view.scopes
        others = tuple(
            Hit(one.proposal.rule, sentence, 0.9, (one.proposal.reason, "quy tắc ngoài giới: không cần bằng chứng"))
            for one in held
            if one.is_certain and not one.is_of_gender
        )
        gender = [one for one in held if one.is_of_gender]
        certain = is_certain(held)
        silenced = silencing(view)
        probability = self._evidence.probability(weight.margin, certain=certain, silenced=silenced)
        void = any(scope.settles for scope in scopes)
        says_enough = certain or len(sentence.keys) >= SHORTEST
        if gender and not void and says_enough and probability >= max(self._find, SURE[silenced]):
            return Verdict(sentence, (_best(sentence, gender, weight.fit(), probability, scopes), *others))
        if gender and any(scope.voice in REPAIRING for scope in scopes):
            return Verdict(sentence, others, positive=True)
        suspect = probability >= self._suspect and bool(sentence.people)
        return Verdict(sentence, others, suspicion=probability if suspect else None)


def _best(
    sentence: Sentence,
    gender: Sequence[Held],
    fits: Mapping[str, float],
    probability: float,
    scopes: tuple[Scope, ...],
) -> Hit:
    """Choose the category that fits best, then the rule in it that most calls up; certain ones have a head start."""

    def merit(held: Held) -> tuple[float, bool, int, int, str]:
        rule = held.proposal.rule
        fit = fits.get(label_of(rule), 0.0) + STRICT_BONUS * held.is_certain
        return fit, held.is_certain, held.support, len(held.proposal.reason), rule.id

    proposal = max(gender, key=merit).proposal
    kind = "chắc chắn" if proposal.strict else "gợi ý, cần bằng chứng"
    trace = (
        f"{proposal.reason} ({kind})",
        *(f"ngữ cảnh «{s.cue}»: {s.voice}" for s in scopes),
        f"mô hình bằng chứng: {probability:.2f}",
    )
    return Hit(proposal.rule, sentence, round(probability, 3), trace)
