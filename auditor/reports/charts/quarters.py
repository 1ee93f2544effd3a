"""Shares by quarter as lines; where there was nothing to divide by a line breaks off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from auditor.reports.wording import percent

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 640, 270, 58, 20, 30, 52
ABOVE, BELOW = -10, 21
"""Where the value of a point stands: that of the uppermost line above it, those of the others below."""


@dataclass(frozen=True, slots=True)
class Point:
    """One share: numerator and denominator stand before the percentage in ``words``, and alone in ``value``."""

    x: float
    y: float
    value_y: float
    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its class, its name, its points, and the stretches between breaks as SVG point lists."""

    look: str
    name: str
    points: tuple[Point, ...]
    stretches: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """The chart; ``ticks`` are (y, words), ``names`` (x, quarter)."""

    width: float
    height: float
    left: float
    right: float
    lines: tuple[Line, ...]
    ticks: tuple[tuple[float, str], ...]
    names: tuple[tuple[float, str], ...]
    key: tuple[tuple[str, str], ...]


def quarter_lines(quarters: Sequence[str], lines: Iterable[tuple[str, str, Sequence[tuple[int, int]]]]) -> Lines:
    """Lay out shares by quarter.

    Args:
        quarters: "2026-Q1" and so on.
        lines: class, name, and for each quarter numerator and denominator.
    """
    step = (WIDTH - LEFT - RIGHT) / max(len(quarters), 1)
    xs = [LEFT + step * (at + 0.5) for at in range(len(quarters))]
    names = [(x, quarter_name(quarter)) for x, quarter in zip(xs, quarters, strict=True)]
    known = list(lines)
    highest = [max((part / whole for part, whole in one if whole), default=0.0) for one in _by_quarter(known)]
    drawn = tuple(_line(look, name, shares, names, highest) for look, name, shares in known)
    ticks = tuple((_y(part / 4), f"{part * 25}%") for part in range(5))
    key = tuple((line.look, line.name) for line in drawn)
    return Lines(WIDTH, HEIGHT, LEFT, WIDTH - RIGHT, drawn, ticks, tuple(names), key)


def quarter_name(quarter: str) -> str:
    """Write 2026-Q1 as Vietnamese reads it: quý I/2026."""
    year, number = quarter.split("-Q")
    return f"quý {('I', 'II', 'III', 'IV')[int(number) - 1]}/{year}"


def _y(share: float) -> float:
    return HEIGHT - FOOT - (HEIGHT - FOOT - TOP) * share


def _by_quarter(lines: Sequence[tuple[str, str, Sequence[tuple[int, int]]]]) -> Iterable[tuple[tuple[int, int], ...]]:
    return zip(*(shares for _, _, shares in lines), strict=True)


def _line(
    look: str,
    name: str,
    shares: Sequence[tuple[int, int]],
    names: Sequence[tuple[float, str]],
    highest: Sequence[float],
) -> Line:
    points: list[Point] = []
    stretches: list[list[str]] = [[]]
    for (part, whole), (x, quarter), top in zip(shares, names, highest, strict=True):
        if not whole:
            stretches.append([])
            continue
        share = part / whole
        y = _y(share)
        value_y = y + (ABOVE if share >= top else BELOW)
        points.append(Point(x, y, value_y, f"{part}/{whole}", f"{name}, {quarter}: {part}/{whole} ({percent(share)})"))
        stretches[-1].append(f"{x:.1f},{y:.1f}")
    return Line(look, name, tuple(points), tuple(" ".join(one) for one in stretches if len(one) > 1))
