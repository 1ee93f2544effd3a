"""Target 4, newsrooms that formally apply the indicators on gender, and target 1, units that communicate twice a year.

The four conditions of target 4 and who is in scope are a proposal, to be fixed by a decision of Sở VHTTDL. With one to
three newsrooms a percentage says little, so M and N stand first; press and local information are never summed unseen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

LEAST_ARTICLES = 30
"""Articles a measurement of category B needs."""
LEAST_EVENTS = 2
"""Events a year by which a unit counts for target 1."""
Group = Literal["press", "local"]


@dataclass(frozen=True, slots=True)
class OutletStanding:
    """Where an outlet stands in a year.

    Attributes:
        group: báo chí, or thông tin cơ sở.
        decided: there is a decision or plan to apply the indicators.
        answered: the questionnaire of category A is complete.
        articles: articles the measurement of category B rests on.
        reported: there is the report after the form of 2014 and a plan of action.
    """

    id: int
    name: str
    group: Group
    decided: bool = False
    answered: bool = False
    articles: int = 0
    reported: bool = False

    @property
    def measured(self) -> bool:
        """Whether enough articles were measured."""
        return self.articles >= LEAST_ARTICLES

    @property
    def conditions(self) -> tuple[bool, bool, bool, bool]:
        """The four conditions in order."""
        return self.decided, self.answered, self.measured, self.reported

    @property
    def tries(self) -> bool:
        """Whether the first two are met: "thí điểm"; one that applies has tried too."""
        return self.decided and self.answered

    @property
    def applies(self) -> bool:
        """Whether all four are met: "chính thức áp dụng"."""
        return all(self.conditions)


@dataclass(frozen=True, slots=True)
class Applied:
    """M of N outlets, and how many try it and do not yet apply it."""

    applying: int
    outlets: int
    trying: int

    @property
    def share(self) -> float | None:
        """M ÷ N, None where nobody is in scope."""
        return self.applying / self.outlets if self.outlets else None


@dataclass(frozen=True, slots=True)
class Target4:
    """Target 4: in all, by group, and the outlets in scope in the order they came."""

    total: Applied
    by_group: dict[Group, Applied]
    outlets: tuple[OutletStanding, ...]


@dataclass(frozen=True, slots=True)
class Target1:
    """Target 1 of a year: units with enough events, of all units; ``events`` is their number by unit."""

    year: int
    events: dict[str, int]

    @property
    def reached(self) -> int:
        """Units with at least two events."""
        return sum(count >= LEAST_EVENTS for count in self.events.values())

    @property
    def units(self) -> int:
        """Units in all."""
        return len(self.events)

    @property
    def share(self) -> float | None:
        """Units that reached it ÷ units, None where there are none."""
        return self.reached / self.units if self.units else None


def target4(outlets: Iterable[OutletStanding]) -> Target4:
    """Count target 4 over the outlets in scope."""
    all_of_them = tuple(outlets)
    groups: tuple[Group, ...] = ("press", "local")
    by_group = {group: _applied(one for one in all_of_them if one.group == group) for group in groups}
    return Target4(_applied(all_of_them), by_group, all_of_them)


def target1(units: Iterable[str], events: Iterable[tuple[str, date]], year: int, cut_off: date) -> Target1:
    """Count target 1.

    Args:
        units: keys of all units that are asked to communicate; events of others count for nobody.
        events: key of the unit and day of each event.
        year: only its events count, up to the cut-off.
    """
    held = Counter(unit for unit, day in events if day.year == year and day <= cut_off)
    return Target1(year, {unit: held[unit] for unit in units})


def _applied(outlets: Iterable[OutletStanding]) -> Applied:
    known = list(outlets)
    applying = sum(one.applies for one in known)
    return Applied(applying, len(known), sum(one.tries for one in known) - applying)
