"""Working days in Vietnam, and the deadlines counted in them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.indicators.workdays import RULES, Step, deadline, first_adoption, working_calendar

CALENDAR = working_calendar()


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 20), True),
        (date(2026, 11, 21), False),
        (date(2026, 11, 24), False),
        (date(2026, 1, 1), False),
        (date(2026, 2, 16), False),
        (date(2026, 2, 20), False),
        (date(2026, 2, 23), True),
        (date(2026, 4, 27), False),  # Giỗ Tổ fell on a Sunday
        (date(2026, 8, 22), True),  # a Saturday worked in exchange
        (date(2026, 8, 31), False),
        (date(2027, 2, 8), False),
        (date(2027, 2, 10), False),  # Tết took a Saturday and a Sunday
        (date(2027, 2, 11), False),
        (date(2027, 2, 12), True),
        (date(2027, 5, 3), False),  # 1 May fell on a Saturday
    ],
)
def test_offices_are_open_or_closed(day: date, works: bool) -> None:
    assert CALENDAR.is_workday(day) is works


@pytest.mark.parametrize(
    ("step", "since", "on"),
    [
        ("sending", date(2026, 11, 15), date(2026, 11, 20)),
        ("sending", date(2026, 11, 18), date(2026, 11, 26)),
        ("recognition", date(2026, 2, 13), date(2026, 2, 27)),
        ("suspension", date(2026, 4, 29), date(2026, 5, 6)),
        ("handing_over", date(2026, 11, 20), date(2026, 11, 25)),
        ("abolition", date(2026, 6, 1), date(2026, 6, 8)),
        ("posting", date(2026, 1, 31), date(2026, 3, 2)),
    ],
)
def test_deadlines_skip_closed_days_and_the_day_they_begin(step: Step, since: date, on: date) -> None:
    found = deadline(step, since)
    assert (found.on, found.sure) == (on, True)
    assert found.days_left(on + timedelta(days=2)) == -2


def test_a_draft_hangs_thirty_full_days_before_it_is_adopted() -> None:
    assert first_adoption(date(2026, 6, 1)) == date(2026, 7, 2)


def test_a_year_without_known_holidays_is_unsure() -> None:
    assert not deadline("sending", date(2039, 6, 1)).sure
    assert not deadline("sending", date(max(CALENDAR.years), 12, 31)).sure
    assert deadline("posting", date(2039, 6, 1)).sure


def test_every_deadline_says_where_it_stands() -> None:
    assert all(rule.law.startswith("Điều ") and rule.days > 0 for rule in RULES.values())


@given(st.dates(date(2024, 1, 1), date(2031, 11, 30)), st.integers(1, 30))
def test_counting_forward_and_back_agree(start: date, days: int) -> None:
    end = CALENDAR.after(start, days)
    assert CALENDAR.is_workday(end)
    assert CALENDAR.between(start, end) == days
