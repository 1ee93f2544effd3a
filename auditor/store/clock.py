"""The time as the store writes it: UTC, to the microsecond, so that texts sort as moments do."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HOME = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> str:
    """Return this moment."""
    return written(datetime.now(UTC))


def later(seconds: float) -> str:
    """Return the moment some seconds from now (before now where they are negative)."""
    return written(datetime.now(UTC) + timedelta(seconds=seconds))


def written(moment: datetime) -> str:
    """Write a moment as the store keeps it."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def end_of(day: date) -> str:
    """Return the moment a day ends in Vietnam; what is before it was known on that day."""
    return written(datetime.combine(day + timedelta(days=1), time.min, HOME))


def local(words: str) -> datetime:
    """Read a moment of the store as the clock on the wall in Vietnam shows it."""
    return datetime.fromisoformat(words).astimezone(HOME)


def day_in_sql(column: str) -> str:
    """Return the SQL for the day of a moment as :func:`local` shows it; Vietnam has kept UTC+7 since 1975."""
    return f"date({column}, '+7 hours')"


def today() -> date:
    """Return the day it is in Vietnam."""
    return datetime.now(HOME).date()
