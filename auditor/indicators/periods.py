"""Periods of time as people write them: 2026, 2026-Q1, 2026-03, 2026-W10 (a week of ISO 8601)."""

from __future__ import annotations

import re
from datetime import date

from auditor.errors import StoreError

TIME_UNITS = ("year", "quarter", "month", "week")
_FORMS = re.compile(r"(?P<year>\d{4})(?:-(?:Q(?P<quarter>[1-4])|W(?P<week>\d\d)|(?P<month>\d\d)))?")


def label(day: date, unit: str) -> str:
    """Name the year, quarter, month or ISO week of a day; the year of a week is the one that holds its Thursday."""
    if unit == "week":
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02}"
    if unit == "month":
        return f"{day:%Y-%m}"
    if unit == "quarter":
        return f"{day.year:04}-Q{(day.month + 2) // 3}"
    return f"{day.year:04}"


def unit_of(period: str) -> str:
    """Return the unit of a period.

    Raises:
        StoreError: GA315 the words name no period.
    """
    match = _FORMS.fullmatch(period)
    if match is None or not _exists(match):
        raise StoreError("GA315", f"“{period}” không phải một kỳ. Hãy viết như 2026, 2026-Q1, 2026-03 hoặc 2026-W10.")
    return next((unit for unit in ("quarter", "week", "month") if match[unit]), "year")


def monday(week: str) -> date:
    """Return the first day of an ISO week written like 2026-W10."""
    year, number = week.split("-W")
    return date.fromisocalendar(int(year), int(number), 1)


def _exists(match: re.Match[str]) -> bool:
    try:
        if match["week"]:
            date.fromisocalendar(int(match["year"]), int(match["week"]), 1)
        else:
            date(int(match["year"]), int(match["month"] or 1), 1)
    except ValueError:
        return False
    return True
