"""Target 5: how many adopted regulations hold no discrimination on grounds of sex, counted as of any day.

The definitions are a proposal, to be fixed by a decision of Sở VHTTDL; the official annex was not at hand. A are the
texts adopted (Luật 10/2022 Đ.21) and in force; K those of A whose review was closed in the period; C those of K with no
confirmed S4 that is not repaired. C ÷ A is the target, K ÷ A the coverage. What was not reviewed, or waits for advice,
is never clean. A suspended text stays in A: it is to be mended, and leaving it out would make the share look better.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Literal

from auditor.indicators.periods import label

Verdict = Literal["unreviewed", "clean", "discriminating", "consulting"]
ENDED = frozenset({"abolished", "not_recognised"})
"""States in which a text is not in force."""
_WITHIN = {"not_recognised": "refused", "suspended": "suspended", "abolished": "abolished", "amending": "amended"}
"""The figures that states entered within a period count for."""


@dataclass(frozen=True, slots=True)
class Period:
    """From a day (None: from the beginning) to the cut-off, both included."""

    start: date | None
    end: date

    def holds(self, day: date | None) -> bool:
        """Tell whether a day lies in it; no day never does."""
        return day is not None and day <= self.end and (self.start is None or self.start <= day)


@dataclass(frozen=True, slots=True)
class Unlawful:
    """A clause confirmed as S4, and when it was confirmed, recommended to be mended, and mended."""

    confirmed_on: date
    recommended_on: date | None = None
    repaired_on: date | None = None


@dataclass(frozen=True, slots=True)
class RegulationStanding:
    """One text of a regulation and what happened to it.

    Attributes:
        id: of the regulation.
        commune: code of the commune.
        replaced_on: day a newer text was adopted, None for the newest.
        states: (day, state) in the words of NĐ 61/2023: adopted, recognised, not_recognised, amending, suspended,
            abolished…; of one day the later entry counts.
        reviewed_on: day the review of this text was closed, None as long as it is open.
        verdict: as it stands now.
        unlawful: the clauses confirmed as S4, mended ones too.
    """

    id: int
    commune: str
    village: str
    adopted_on: date | None
    recognised_on: date | None = None
    replaced_on: date | None = None
    states: tuple[tuple[date, str], ...] = ()
    reviewed_on: date | None = None
    verdict: Verdict = "unreviewed"
    unlawful: tuple[Unlawful, ...] = ()

    def state_on(self, day: date) -> str | None:
        """Return the state it stood at on a day, None before the first."""
        since, found = date.min, None
        for on, state in self.states:
            if since <= on <= day:
                since, found = on, state
        return found

    def is_in_force(self, day: date) -> bool:
        """Tell whether it was adopted and neither replaced, abolished nor refused by that day."""
        since = self.adopted_on or self.recognised_on
        if since is None or since > day or (self.replaced_on is not None and self.replaced_on <= day):
            return False
        return self.state_on(day) not in ENDED

    def open_clauses(self, day: date) -> int:
        """Return how many S4 clauses were confirmed and not mended on a day."""
        return sum(
            one.confirmed_on <= day and (one.repaired_on is None or one.repaired_on > day) for one in self.unlawful
        )

    def verdict_on(self, day: date) -> Verdict:
        """Return what the closed review said on a day; ``unreviewed`` before it was closed."""
        if self.reviewed_on is None or self.reviewed_on > day or self.verdict == "unreviewed":
            return "unreviewed"
        if self.open_clauses(day) or (self.verdict == "discriminating" and not self.unlawful):
            return "discriminating"
        return "consulting" if self.verdict == "consulting" else "clean"


@dataclass(frozen=True, slots=True)
class Counts:
    """The figures of target 5; all but ``villages`` count texts, or clauses where the name says so.

    Attributes:
        villages: V, thôn, bản and tổ dân phố.
        in_force: A.
        recognised: R, of A.
        reviewed: K, of A.
        clean: C, of K.
        discriminating: of K, with an S4 confirmed and not mended.
        consulting: of K, waiting for advice.
        not_reviewed: A without K.
        found: of A, with any S4 confirmed by the cut-off, mended or not.
        found_clauses: those clauses.
        repaired_clauses: of these, mended.
        open: of A, with an S4 confirmed and not mended, its review closed or not.
        open_clauses: those clauses.
        recommended: of A, with a recommendation sent about an S4.
        newly_recognised: recognised within the period.
        refused: not recognised within the period.
        amended: amended or replaced within the period.
        suspended: suspended within the period.
        abolished: abolished within the period.
    """

    villages: int = 0
    in_force: int = 0
    recognised: int = 0
    reviewed: int = 0
    clean: int = 0
    discriminating: int = 0
    consulting: int = 0
    not_reviewed: int = 0
    found: int = 0
    found_clauses: int = 0
    repaired_clauses: int = 0
    open: int = 0
    open_clauses: int = 0
    recommended: int = 0
    newly_recognised: int = 0
    refused: int = 0
    amended: int = 0
    suspended: int = 0
    abolished: int = 0

    @property
    def share(self) -> float | None:
        """C ÷ A; None without any text in force, never 1."""
        return self.clean / self.in_force if self.in_force else None

    @property
    def coverage(self) -> float | None:
        """K ÷ A; None without any text in force."""
        return self.reviewed / self.in_force if self.in_force else None

    def __add__(self, other: Counts) -> Counts:
        return Counts(**{one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(self)})


@dataclass(frozen=True, slots=True)
class Target5:
    """Target 5 of a period.

    Attributes:
        total: sum of the communes.
        by_commune: by code, those without a text too.
        by_quarter: name ("2026-Q1") and figures from the start of the period to the end of each quarter, the last one
            to the cut-off.
    """

    period: Period
    total: Counts
    by_commune: dict[str, Counts]
    by_quarter: tuple[tuple[str, Counts], ...]


def target5(standings: Iterable[RegulationStanding], villages: Mapping[str, int], period: Period) -> Target5:
    """Count target 5.

    Args:
        standings: every text of every regulation, older ones too.
        villages: number of villages by code of the commune; says which communes there are.
        period: the cut-off is its end.
    """
    texts = list(standings)
    communes = _by_commune(texts, villages, period)
    quarters = tuple(
        (label(end, "quarter"), _sum(_by_commune(texts, villages, Period(period.start, end)).values()))
        for end in quarter_ends(period)
    )
    return Target5(period, _sum(communes.values()), communes, quarters)


def counted(standings: Iterable[RegulationStanding], period: Period, figure: str) -> list[RegulationStanding]:
    """Return the texts behind a figure of :class:`Counts`, so that a number leads to its documents."""
    return [standing for standing in standings if figures_of(standing, period)[figure]]


def figures_of(standing: RegulationStanding, period: Period) -> Counter[str]:
    """Return what one text adds to each figure of :class:`Counts`."""
    return Counter(_figures(standing, period))


def _figures(standing: RegulationStanding, period: Period) -> dict[str, int]:
    """Return the figures of one text that are not nothing. It is asked for every text: plain steps, no counters."""
    day = period.end
    found: dict[str, int] = {}
    for on, state in standing.states:
        if state in _WITHIN and period.holds(on):
            found[_WITHIN[state]] = 1
    if standing.replaced_on is not None and period.holds(standing.replaced_on):
        found["amended"] = 1
    if standing.recognised_on is not None and period.holds(standing.recognised_on):
        found["newly_recognised"] = 1
    if not standing.is_in_force(day):
        return found
    found["in_force"] = 1
    if standing.recognised_on is not None and standing.recognised_on <= day:
        found["recognised"] = 1
    verdict = standing.verdict_on(day) if period.holds(standing.reviewed_on) else "unreviewed"
    if verdict == "unreviewed":
        found["not_reviewed"] = 1
    else:
        found["reviewed"] = found[verdict] = 1
    confirmed = [one for one in standing.unlawful if one.confirmed_on <= day] if standing.unlawful else []
    if confirmed:
        mended = sum(one.repaired_on is not None and one.repaired_on <= day for one in confirmed)
        found |= {"found": 1, "found_clauses": len(confirmed), "repaired_clauses": mended}
        found |= {"open": int(len(confirmed) > mended), "open_clauses": len(confirmed) - mended}
        found["recommended"] = int(
            any(one.recommended_on is not None and one.recommended_on <= day for one in confirmed)
        )
    return found


def quarter_ends(period: Period) -> Iterator[date]:
    """Yield the last day of each quarter that a period touches, the last one cut to the cut-off.

    A period without a start is shown by the quarters of the year it ends in.
    """
    day = period.start or date(period.end.year, 1, 1)
    while day <= period.end:
        month = 3 * ((day.month - 1) // 3) + 4
        following = date(day.year + month // 13, (month - 1) % 12 + 1, 1)
        yield min(following - timedelta(days=1), period.end)
        day = following


def _by_commune(texts: Iterable[RegulationStanding], villages: Mapping[str, int], period: Period) -> dict[str, Counts]:
    sums: dict[str, dict[str, int]] = {code: {"villages": count} for code, count in villages.items()}
    for text in texts:
        sum_of_commune = sums.setdefault(text.commune, {})
        for name, number in _figures(text, period).items():
            sum_of_commune[name] = sum_of_commune.get(name, 0) + number
    return {code: Counts(**found) for code, found in sums.items()}


def _sum(counts: Iterable[Counts]) -> Counts:
    return sum(counts, Counts())
