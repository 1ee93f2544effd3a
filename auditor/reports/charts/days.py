"""Columns of counts, one for each day: how many were answered, and on top how many were refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from auditor.reports.charts.stacked import Part, strokes

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 640, 230, 70, 34, 16, 40
GAP = 3
EACH = 5
"""Days from one name at the foot to the next."""
_HATCHED = "discriminating"


@dataclass(frozen=True, slots=True)
class Column:
    """One day with something to show: pieces are (class, y, height), ``hatch`` the path over what was refused."""

    x: float
    width: float
    words: str
    pieces: tuple[tuple[str, float, float], ...]
    hatch: str


@dataclass(frozen=True, slots=True)
class Days:
    """The chart; ``ticks`` are (y, words), ``names`` (x, day), ``words`` tell all of it in one sentence."""

    width: float
    height: float
    left: float
    right: float
    columns: tuple[Column, ...]
    ticks: tuple[tuple[float, str], ...]
    names: tuple[tuple[float, str], ...]
    key: tuple[Part, ...]
    words: str

    def swatch(self, look: str) -> str:
        """Return the path over the swatch of a piece in the key, 22 wide and 12 high."""
        return strokes(_HATCHED, 1, 1, 22, 12) if look == "refused" else ""


def day_columns(last: date, days: int, counts: Mapping[date, tuple[int, int]]) -> Days:
    """Lay out counts of days.

    Args:
        last: the latest day shown.
        days: how many days are shown.
        counts: answered and refused by day; days that are missing have none.
    """
    shown = [last - timedelta(days=back) for back in range(days - 1, -1, -1)]
    top = _round_up(max((sum(counts.get(day, (0, 0))) for day in shown), default=0))
    step = (WIDTH - LEFT - RIGHT) / days
    unit = (HEIGHT - TOP - FOOT) / top
    columns = tuple(
        _column(LEFT + step * at, step - GAP, day, counts[day], unit)
        for at, day in enumerate(shown)
        if sum(counts.get(day, (0, 0)))
    )
    ticks = tuple((HEIGHT - FOOT - unit * value, _number(value)) for value in dict.fromkeys((0, top // 2, top)))
    names = tuple(
        (LEFT + step * (at + 0.5), day.strftime("%d/%m"))
        for at, day in enumerate(shown)
        if (days - 1 - at) % EACH == 0 and at > 1
    )
    answered, refused = (sum(counts.get(day, (0, 0))[part] for day in shown) for part in (0, 1))
    words = f"{days} ngày đến {last:%d/%m/%Y}: {_number(answered)} bài đã soát, {_number(refused)} bài bị từ chối"
    return Days(WIDTH, HEIGHT, LEFT, WIDTH - RIGHT, columns, ticks, names, KEY, words)


KEY: tuple[Part, ...] = (("answered", "đã soát"), ("refused", "bị từ chối vì quá mức"))


def _column(x: float, width: float, day: date, counts: tuple[int, int], unit: float) -> Column:
    pieces: list[tuple[str, float, float]] = []
    y, hatch = float(HEIGHT - FOOT), ""
    for (look, _), count in zip(KEY, counts, strict=True):
        height = count * unit
        y -= height
        if count:
            pieces.append((look, y, height))
        if count and look == "refused":
            hatch = strokes(_HATCHED, x, y, width, int(height))
    words = f"{day:%d/%m}: {_number(counts[0])} đã soát, {_number(counts[1])} bị từ chối"
    return Column(x, width, words, tuple(pieces), hatch)


def _round_up(most: int) -> int:
    """Return a round number that is even, at least two and not below the most there is."""
    scale = 1
    while True:
        for step in (2, 4, 6, 10):
            if most <= step * scale:
                return step * scale
        scale *= 10


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")
