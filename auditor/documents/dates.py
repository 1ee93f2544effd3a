"""Days as regulations write them: ngày 12 tháng 5 năm 2024, 12/5/2024, 12-5-2024, 12.05.2024."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

FIRST_YEAR, LAST_YEAR = 1990, 2099
_WRITTEN = re.compile(
    r"(?<![\d/.\-])(\d{1,2})\s*tháng\s*(\d{1,2})\s*(?:,\s*|năm\s*|/\s*)(\d{4})(?!\d)"
    r"|(?<![\d/.\-])(\d{1,2})\s?([/.\-])\s?(\d{1,2})\s?\5\s?(\d{4})(?![\d/])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A day and the half-open span it is written in."""

    day: date
    start: int
    end: int


def dates_in(text: str) -> Iterator[Dated]:
    """Yield the days written in full in a text, in order; impossible ones and years of two digits are left out."""
    for match in _WRITTEN.finditer(text):
        numbers = [int(part) for part in match.group(1, 2, 3) if part] or [int(match[at]) for at in (4, 6, 7)]
        day, month, year = numbers
        if not FIRST_YEAR <= year <= LAST_YEAR:
            continue
        try:
            yield Dated(date(year, month, day), match.start(), match.end())
        except ValueError:
            continue
