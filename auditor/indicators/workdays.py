"""Working days, and the deadlines of NĐ 61/2023 and Luật 10/2022 that are counted in them.

The day something happened is not counted. The calendar stands in ``holidays.yaml``, where what the Government decides
for a year is added; a deadline in a year that is not listed there is said to be unsure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Literal

import yaml

TET_DAYS = 5
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days offices are closed.

    Attributes:
        closed: holidays, and the days that make up for those on a weekend.
        open: Saturdays and Sundays worked in exchange.
        years: years whose lunar holidays are known.
    """

    closed: frozenset[date]
    open: frozenset[date]
    years: frozenset[int]

    def is_workday(self, day: date) -> bool:
        """Tell whether offices are open."""
        return day in self.open or (day.weekday() < 5 and day not in self.closed)

    def after(self, start: date, days: int) -> date:
        """Return the n-th working day after a day, which itself is not counted."""
        day = start
        while days > 0:
            day += _DAY
            days -= self.is_workday(day)
        return day

    def between(self, start: date, end: date) -> int:
        """Return how many working days lie after a day up to and with another; 0 if that is not later."""
        return sum(self.is_workday(start + _DAY * n) for n in range(1, (end - start).days + 1))


Step = Literal["posting", "sending", "recognition", "handing_over", "suspension", "abolition"]


@dataclass(frozen=True, slots=True)
class Rule:
    """How long a step may or must take.

    Attributes:
        what: in the words of the law, for the reader.
        law: where it stands.
        days: how many.
        working: working days; else days of the calendar.
        least: it must take at least so long; else at most.
    """

    what: str
    law: str
    days: int
    working: bool = True
    least: bool = False


RULES: dict[Step, Rule] = {
    "posting": Rule(
        "Niêm yết dự thảo không ít hơn 30 ngày kể từ ngày niêm yết", "Điều 9 khoản 1 Nghị định 61/2023/NĐ-CP", 30,
        working=False, least=True,
    ),
    "sending": Rule(
        "Gửi hồ sơ đề nghị công nhận tới UBND cấp xã chậm nhất 05 ngày làm việc kể từ ngày họp thông qua",
        "Điều 20 khoản 3 Luật Thực hiện dân chủ ở cơ sở; Điều 11 khoản 3 Nghị định 61/2023/NĐ-CP", 5,
    ),
    "recognition": Rule(
        "UBND cấp xã quyết định công nhận, hoặc trả lời bằng văn bản nêu rõ lý do, chậm nhất 05 ngày làm việc kể từ"
        " ngày nhận đủ hồ sơ",
        "Điều 21 khoản 2 Luật Thực hiện dân chủ ở cơ sở; Điều 11 khoản 3 Nghị định 61/2023/NĐ-CP", 5,
    ),
    "handing_over": Rule(
        "UBND cấp xã gửi văn bản đã công nhận cho Trưởng thôn hoặc Tổ trưởng tổ dân phố trong 02 ngày làm việc",
        "Điều 18 khoản 1 Nghị định 61/2023/NĐ-CP", 2,
    ),
    "suspension": Rule(
        "UBND cấp xã trả lời hoặc quyết định tạm ngừng trong 03 ngày làm việc kể từ ngày nhận phản ánh, kiến nghị",
        "Điều 12 khoản 2 Nghị định 61/2023/NĐ-CP", 3,
    ),
    "abolition": Rule(
        "UBND cấp xã trả lời hoặc quyết định bãi bỏ trong 05 ngày làm việc kể từ ngày nhận phản ánh, kiến nghị",
        "Điều 14 khoản 3 Nghị định 61/2023/NĐ-CP", 5,
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a step; of posting the last day it must still hang.

    Attributes:
        sure: the holidays of its year are known.
    """

    step: Step
    rule: Rule
    since: date
    on: date
    sure: bool

    def days_left(self, today: date) -> int:
        """Return calendar days from today; negative when it is past."""
        return (self.on - today).days


def deadline(step: Step, since: date, calendar: Calendar | None = None) -> Deadline:
    """Return the deadline of a step that began on a day."""
    rule = RULES[step]
    known = calendar or working_calendar()
    on = known.after(since, rule.days) if rule.working else since + _DAY * rule.days
    return Deadline(step, rule, since, on, not rule.working or {since.year, on.year} <= known.years)


def first_adoption(posted_on: date) -> date:
    """Return the first day on which a draft posted on a day may be adopted: the one after the last day of posting."""
    return deadline("posting", posted_on).on + _DAY


@lru_cache(maxsize=1)
def working_calendar() -> Calendar:
    """Return the calendar that is shipped."""
    said = yaml.safe_load(files("auditor.indicators").joinpath("holidays.yaml").read_text(encoding="utf-8"))
    years = range(min(said["lunar"]), max(said["lunar"]) + 20)
    holidays = [
        date(year, one["month"], one["day"])
        for year in years
        for one in said["fixed"]
        if year >= one.get("since", year)
    ]
    for year in said["lunar"].values():
        eve = year["tet"] - _DAY
        holidays += [year["gio_to"], *(eve + _DAY * n for n in range(TET_DAYS))]
    holidays += said["closed"]
    return Calendar(_made_up(holidays), frozenset(said["open"]), frozenset(said["lunar"]))


def _made_up(holidays: Iterable[date]) -> frozenset[date]:
    """Add for each holiday on a weekend the next day that is neither."""
    closed = set(holidays)
    for day in sorted(closed):
        if day.weekday() >= 5:
            instead = day
            while instead.weekday() >= 5 or instead in closed:
                instead += _DAY
            closed.add(instead)
    return frozenset(closed)
