"""How numbers, days and foreign letters are written in what offices print."""

from __future__ import annotations

import re
from datetime import date

_ILLEGAL = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NO_DATA = "không có dữ liệu"


def legible(text: str) -> str:
    """Return a text that XML can hold: line ends as ``\\n``, what is no letter (NUL, half pairs) as U+FFFD."""
    return _ILLEGAL.sub("�", text.replace("\r\n", "\n").replace("\r", "\n"))


def flat(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.split())


def shortened(text: str, most: int = 25) -> str:
    """Return the first words of a text, an ellipsis where some are left out."""
    words = text.split()
    return " ".join(words) if len(words) <= most else " ".join(words[:most]) + "…"


def count(number: int) -> str:
    """Write a number with points between thousands, as Vietnamese does."""
    return f"{number:,}".replace(",", ".")


def percent(hits: int, total: int) -> str:
    """Write a share with one decimal; never 100% for less than all, never 0% for more than none.

    Returns:
        :data:`NO_DATA` where there is nothing to divide by.
    """
    if total <= 0:
        return NO_DATA
    tenths = round(hits * 1000 / total)
    if 0 < hits < total:
        tenths = min(max(tenths, 1), 999)
    whole, rest = divmod(tenths, 10)
    return f"{whole},{rest}%" if rest else f"{whole}%"


def share(hits: int, total: int) -> str:
    """Write numerator and denominator, the percentage after them; :data:`NO_DATA` where nothing can be divided."""
    if total <= 0:
        return NO_DATA
    return f"{count(hits)}/{count(total)} ({percent(hits, total)})"


def short_day(day: date) -> str:
    """Write a day as 05/02/2026."""
    return f"{day:%d/%m/%Y}"


def long_day(day: date | None, year: int | None = None) -> str:
    """Write a day as official papers do: 0 before days under 10 and before months 1 and 2; blanks where unknown.

    Source: NĐ 30/2020/NĐ-CP, Phụ lục I.
    """
    if day is None:
        return f"ngày      tháng      năm {year or '        '}"
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"
