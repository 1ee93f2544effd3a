"""Target 5: how many adopted regulations hold no discrimination on grounds of sex, counted as of any day.

The definitions are a proposal, to be fixed by a decision of Sở VHTTDL; the official annex was not at hand. A are the
texts adopted (Luật 10/2022 Đ.21) and in force; K those of A whose review was closed in the period; C those of K with no
confirmed S4 that is not repaired. C ÷ A is the target, K ÷ A the coverage. What was not reviewed, or waits for advice,
is never clean. A suspended text stays in A: it is to be mended, and leaving it out would make the share look better.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from auditor.indicators.periods import label

Verdict = Literal["unreviewed", "clean", "discriminating", "consulting"]
ENDED = frozenset({"abolished", "not_recognised"})
"""States in which a text is not in force."""
_NEVER = date.max.toordinal() + 1
_EVER = ((date.min, None),)


@dataclass(frozen=True, slots=True)
class Period:
    """From a day (None: from the beginning) to the cut-off, both included."""

    start: date | None
    end: date


@dataclass(frozen=True, slots=True)
class Unlawful:
    """A clause confirmed as S4, and when it was confirmed, recommended to be mended, and mended.

    A clause whose confirmation was taken back and given again is one such value for each time; ``until`` is the day it
    was taken back.
    """

    confirmed_on: date
    recommended_on: date | None = None
    repaired_on: date | None = None
    until: date | None = None


Stretch = tuple[date, date | None]
"""First day of a stretch of days and the day it was over, None while it lasts."""


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
        unlawful: the clauses confirmed as S4, mended ones too, and those taken back since.
        closed: the stretches in which the review stood closed before it was opened again.
        consulting: those in which an S4 waited for advice.
        undecided: those in which a finding decided before was open again.
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
    closed: tuple[Stretch, ...] = ()
    consulting: tuple[Stretch, ...] = ()
    undecided: tuple[Stretch, ...] = ()


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
    table = _Table(standings, villages)
    communes = table.by_commune(period)
    total = _sum(communes)
    quarters: list[tuple[str, Counts]] = []
    for end in quarter_ends(period):
        counts = total if end == period.end else _sum(table.by_commune(Period(period.start, end)))
        quarters.append((label(end, "quarter"), counts))
    return Target5(period, total, dict(zip(table.communes, communes, strict=True)), tuple(quarters))


def counted(standings: Iterable[RegulationStanding], period: Period, figure: str) -> list[RegulationStanding]:
    """Return the texts behind a figure of :class:`Counts`, so that a number leads to its documents."""
    table = _Table(standings, {})
    return [table.texts[at] for at in np.flatnonzero(table.figures(period)[figure])]


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


class _Table:
    """The texts as columns: ten thousand of them are counted for several days while a page is drawn."""

    def __init__(self, standings: Iterable[RegulationStanding], villages: Mapping[str, int]) -> None:
        self.texts = texts = list(standings)
        self.communes = [*dict.fromkeys((*villages, *(text.commune for text in texts)))]
        self._villages = [villages.get(code, 0) for code in self.communes]
        number = {code: at for at, code in enumerate(self.communes)}
        self._commune = np.array([number[text.commune] for text in texts], dtype=np.int64)
        self._recognised = _days(text.recognised_on for text in texts)
        self._adopted = _days(text.adopted_on or text.recognised_on for text in texts)
        self._replaced = _days(text.replaced_on for text in texts)
        self._closed = _Stretches(
            (*text.closed, *(((text.reviewed_on, None),) if text.reviewed_on else ())) for text in texts
        )
        # What is said without its days stands since ever.
        self._undecided = _Stretches(
            text.undecided or (_EVER if text.reviewed_on and text.verdict == "unreviewed" else ()) for text in texts
        )
        self._consulting = _Stretches(
            text.consulting or (_EVER if text.verdict == "consulting" else ()) for text in texts
        )
        self._accused = np.array([text.verdict == "discriminating" and not text.unlawful for text in texts], dtype=bool)
        # Sorted by day, so that of one text the latest state is assigned last.
        states = sorted(
            (on.toordinal(), order, at, state)
            for at, text in enumerate(texts)
            for order, (on, state) in enumerate(text.states)
        )
        self._state_on = np.array([one[0] for one in states], dtype=np.int64)
        self._state_of = np.array([one[2] for one in states], dtype=np.int64)
        self._state = np.array([one[3] for one in states], dtype="U14")
        clauses = [(at, one) for at, text in enumerate(texts) for one in text.unlawful]
        self._clause_of = np.array([at for at, _ in clauses], dtype=np.int64)
        self._confirmed = _days(one.confirmed_on for _, one in clauses)
        self._withdrawn = _days(one.until for _, one in clauses)
        self._recommended = _days(one.recommended_on for _, one in clauses)
        self._repaired = _days(one.repaired_on for _, one in clauses)

    def by_commune(self, period: Period) -> list[Counts]:
        """Return the figures of each commune in the order of ``communes``."""
        size = len(self.communes)
        sums = {
            name: np.bincount(self._commune, weights=values, minlength=size).astype(int).tolist()
            for name, values in self.figures(period).items()
        }
        return [
            Counts(villages=villages, **{name: values[at] for name, values in sums.items()})
            for at, villages in enumerate(self._villages)
        ]

    def figures(self, period: Period) -> dict[str, NDArray[Any]]:
        """Return what each text adds to each figure of :class:`Counts` but ``villages``."""
        day = period.end.toordinal()
        first = period.start.toordinal() if period.start else 0
        in_force = (self._adopted <= day) & (self._replaced > day) & ~self._ended(day)
        clause = (self._confirmed <= day) & (day < self._withdrawn)
        found, mended = self._clauses(clause), self._clauses(clause & (self._repaired <= day))
        unlawful = (found > mended) | self._accused
        consulting = self._consulting.on(day)
        undecided = self._undecided.on(day) & ~unlawful & ~consulting
        reviewed = in_force & self._closed.on(day, first) & ~undecided
        return {
            "in_force": in_force,
            "recognised": in_force & (self._recognised <= day),
            "reviewed": reviewed,
            "clean": reviewed & ~unlawful & ~consulting,
            "discriminating": reviewed & unlawful,
            "consulting": reviewed & ~unlawful & consulting,
            "not_reviewed": in_force & ~reviewed,
            "found": in_force & (found > 0),
            "found_clauses": in_force * found,
            "repaired_clauses": in_force * mended,
            "open": in_force & (found > mended),
            "open_clauses": in_force * (found - mended),
            "recommended": in_force & (self._clauses(clause & (self._recommended <= day)) > 0),
            "newly_recognised": (first <= self._recognised) & (self._recognised <= day),
            "refused": self._entered("not_recognised", first, day),
            "amended": self._entered("amending", first, day) | ((first <= self._replaced) & (self._replaced <= day)),
            "suspended": self._entered("suspended", first, day),
            "abolished": self._entered("abolished", first, day),
        }

    def _clauses(self, chosen: NDArray[Any]) -> NDArray[Any]:
        return np.bincount(self._clause_of[chosen], minlength=len(self.texts))

    def _entered(self, state: str, first: int, day: int) -> NDArray[Any]:
        """Tell of each text whether it came into a state within some days."""
        found = np.zeros(len(self.texts), dtype=bool)
        found[self._state_of[(self._state == state) & (first <= self._state_on) & (self._state_on <= day)]] = True
        return found

    def _ended(self, day: int) -> NDArray[Any]:
        """Tell of each text whether the last state it came into takes it out of force."""
        found = np.zeros(len(self.texts), dtype=bool)
        known = self._state_on <= day
        found[self._state_of[known]] = np.isin(self._state[known], list(ENDED))
        return found


class _Stretches:
    """Stretches of days of each text as columns."""

    def __init__(self, of_texts: Iterable[tuple[Stretch, ...]]) -> None:
        own = list(of_texts)
        self._size = len(own)
        known = [(at, since, until) for at, one in enumerate(own) for since, until in one]
        self._text = np.array([at for at, _, _ in known], dtype=np.int64)
        self._since = _days(since for _, since, _ in known)
        self._until = _days(until for _, _, until in known)

    def on(self, day: int, first: int = 0) -> NDArray[Any]:
        """Tell of each text whether a stretch that began on a first day or later lasts on a day."""
        found = np.zeros(self._size, dtype=bool)
        found[self._text[(first <= self._since) & (self._since <= day) & (day < self._until)]] = True
        return found


def _days(days: Iterable[date | None]) -> NDArray[Any]:
    return np.array([_NEVER if day is None else day.toordinal() for day in days], dtype=np.int64)


def _sum(counts: Iterable[Counts]) -> Counts:
    return sum(counts, Counts())
