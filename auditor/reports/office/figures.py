"""The figures of one year, counted elsewhere and frozen here: the yearly reports and the workbook are made of them.

The definitions are those the department works by: target 5 is C ÷ A, target 4 is M ÷ N. A value goes to JSON and back
unchanged, so that a report once issued can be made again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from auditor.record import Basis, Model, Severity

Count = Annotated[int, Field(ge=0)]
ENOUGH_EVENTS = 2
"""Communication events a year that target 1 asks of every body."""
ENOUGH_ARTICLES = 30
"""Articles that a measurement of category B needs."""


class UnitEvents(Model):
    """Target 1: what one body did in the year.

    ``unit`` is its name; ``events`` the communication events on gender equality; ``women``, ``men`` and ``people``
    those who came, None where nobody counted (``people`` may be known where the sexes are not); ``detail`` says what
    the events were.
    """

    unit: str
    events: Count
    women: Count | None = None
    men: Count | None = None
    people: Count | None = None
    detail: str = ""

    @property
    def met(self) -> bool:
        """Whether there were at least two events."""
        return self.events >= ENOUGH_EVENTS


class Condition(Model):
    """One of the four conditions of target 4: whether it is met, and the evidence or what is missing."""

    met: bool
    detail: str = ""


class OutletRow(Model):
    """Target 4: one outlet.

    ``group`` is báo chí (press) or thông tin cơ sở (local); the four conditions are the decision or plan to use the
    index, the category A questionnaire filled in, category B measured on enough articles, and the report with an action
    plan. ``articles`` are those measured; ``women``, ``men``, ``unknown`` the people quoted in them by sex;
    ``stereotypes`` articles with a confirmed stereotype; ``violence`` articles on gender-based violence,
    ``violence_met`` those of them that meet the standard.
    """

    name: str
    group: Literal["press", "local"]
    decision: Condition
    questionnaire: Condition
    measurement: Condition
    report: Condition
    articles: Count = 0
    women: Count = 0
    men: Count = 0
    unknown: Count = 0
    stereotypes: Count = 0
    violence: Count = 0
    violence_met: Count = 0

    @property
    def conditions(self) -> tuple[Condition, Condition, Condition, Condition]:
        """Return the four conditions in order."""
        return self.decision, self.questionnaire, self.measurement, self.report

    @property
    def quoted(self) -> int:
        """Return how many people are quoted."""
        return self.women + self.men + self.unknown

    @property
    def applied(self) -> bool:
        """Whether the outlet officially applies the index: all four conditions."""
        return all(condition.met for condition in self.conditions)

    @property
    def piloting(self) -> bool:
        """Whether it only tries the index out: the first two conditions."""
        return not self.applied and self.decision.met and self.questionnaire.met

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if self.violence_met > self.violence or self.stereotypes > self.articles or self.violence > self.articles:
            raise ValueError(f"{self.name}: more articles of a kind than articles")
        return self


class CommuneRow(Model):
    """Target 5: one commune at the cut-off.

    ``villages`` V; ``adopted`` A, texts adopted and in force; ``recognised`` R of them; ``reviewed`` K of A reviewed in
    the period; ``clean`` C of K without a confirmed, unrepaired S4. ``found_texts`` and ``found_clauses`` are those
    with a confirmed S4 in the period, repaired since or not; ``recommended``, ``suspended``, ``amended``, ``abolished``
    what was done about them, in texts; ``open`` texts with an S4 still to be repaired.
    """

    commune: str
    villages: Count
    adopted: Count
    recognised: Count
    reviewed: Count
    clean: Count
    found_texts: Count = 0
    found_clauses: Count = 0
    recommended: Count = 0
    suspended: Count = 0
    amended: Count = 0
    abolished: Count = 0
    open: Count = 0

    @property
    def not_reviewed(self) -> int:
        """Return A − K: never counted as clean."""
        return self.adopted - self.reviewed

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if not self.clean <= self.reviewed <= self.adopted:
            raise ValueError(f"{self.commune}: clean {self.clean}, reviewed {self.reviewed}, adopted {self.adopted}")
        return self


class ClauseRow(Model):
    """One confirmed clause, as appendix II lists it; ``state`` is what came of it, in words."""

    commune: str
    village: str
    regulation: str
    place: str
    quote: str
    category: str
    severity: Severity
    basis: tuple[Basis, ...] = ()
    state: str


class Decree61(Model):
    """What NĐ 61/2023/NĐ-CP Điều 16 khoản 1 has counted in the year, in texts."""

    recognised: Count
    not_recognised: Count
    amended: Count
    suspended: Count
    abolished: Count


class Versions(Model):
    """With what the figures were made: program, rulebook, method of counting."""

    engine: str
    rulebook: str
    method: str


class Narrative(Model):
    """What the officer writes; where it is empty the report leaves dots to fill in.

    Fields in order: direction and training; handling; good examples; strengths; weaknesses; their objective and their
    own causes; next year; proposals; and, for the ministry, situation and impact, and difficulties.
    """

    direction: str = ""
    handling: str = ""
    examples: str = ""
    strengths: str = ""
    weaknesses: str = ""
    causes_objective: str = ""
    causes_own: str = ""
    next_year: str = ""
    proposals: str = ""
    impact: str = ""
    difficulties: str = ""


class YearlyFigures(Model):
    """All figures of one year.

    ``cut_off`` is the last day counted; ``province`` its name with its rank; ``target1``, ``target4`` and ``target5``
    have a row for each body, outlet and commune, in the order they shall be printed.
    """

    year: int
    cut_off: date
    province: str = "tỉnh Lai Châu"
    target1: tuple[UnitEvents, ...] = ()
    target4: tuple[OutletRow, ...] = ()
    target5: tuple[CommuneRow, ...] = ()
    clauses: tuple[ClauseRow, ...] = ()
    decree61: Decree61
    versions: Versions
    narrative: Narrative = Narrative()


def total(rows: Iterable[CommuneRow], name: str = "Toàn tỉnh") -> CommuneRow:
    """Return the sum of some communes."""
    names = [field for field in CommuneRow.model_fields if field != "commune"]
    known = list(rows)
    return CommuneRow(commune=name, **{field: sum(getattr(row, field) for row in known) for field in names})
