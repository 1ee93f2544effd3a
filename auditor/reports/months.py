"""Where things stand in the chart of months: columns of articles above, the share of women below, on one axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.indicators.results import Figure
from auditor.reports.index.wording import counts, number, percent

LEFT, RIGHT, GAP, FOOT = 56, 8, 34, 30
TOP, COLUMNS, SHARES = 24, 96, 120
LETTERS = 60
"""Width of a label under the axis."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month: as it is read, as it is sorted (``2025-06``), its articles and its share of women."""

    label: str
    key: str
    articles: int
    women: Figure


@dataclass(frozen=True, slots=True)
class Point:
    """The share of women of a month, with its interval."""

    x: float
    y: float
    low: float
    high: float
    words: str


@dataclass(frozen=True, slots=True)
class Monthly:
    """The chart; ``lines`` join months that follow each other and whose samples are enough.

    Attributes:
        columns: (x, y, width, height, words).
        ticks: (y, words) of both parts.
        names: (x, words) under the axis.
        middle: where women and men are level.
    """

    width: float
    height: float
    left: float
    top: float
    shares_top: float
    bottom: float
    columns: tuple[tuple[float, float, float, float, str], ...]
    points: tuple[Point, ...]
    lines: tuple[str, ...]
    ticks: tuple[tuple[float, str], ...]
    names: tuple[tuple[float, str], ...]
    middle: float


def monthly(months: Sequence[Month], width: int) -> Monthly:
    """Lay out at least one month, in order."""
    step = (width - LEFT - RIGHT) / len(months)
    base, shares_top = TOP + COLUMNS, TOP + COLUMNS + GAP
    bottom = shares_top + SHARES
    most = max(one.articles for one in months) or 1

    def x(i: int) -> float:
        return LEFT + step * (i + 0.5)

    def y(share: float) -> float:
        return bottom - SHARES * share

    wide = max(min(step * 0.7, 40.0), 1.0)
    columns: list[tuple[float, float, float, float, str]] = []
    points: list[Point] = []
    runs: list[list[str]] = []
    before = ""
    for i, one in enumerate(months):
        height = COLUMNS * one.articles / most
        columns.append((x(i) - wide / 2, base - height, wide, height, f"{one.label}: {number(one.articles)} bài"))
        share = one.women.share
        if share.value is None or share.low is None or share.high is None:
            continue
        words = f"{one.label}: {percent(share.value)} nữ ({counts(share)} người đã rõ giới)"
        points.append(Point(x(i), y(share.value), y(share.low), y(share.high), words))
        if before != one.key:
            runs.append([])
        runs[-1].append(f"{x(i):.1f},{y(share.value):.1f}")
        before = _after(one.key)
    every = max(1, -(-len(months) * LETTERS // (width - LEFT - RIGHT)))
    return Monthly(
        width, bottom + FOOT, LEFT, TOP, shares_top, bottom, tuple(columns), tuple(points),
        tuple(" ".join(run) for run in runs if len(run) > 1),
        ((TOP, number(most)), (base, "0"), *((y(one / 2), f"{one * 50}%") for one in range(3))),
        tuple((x(i), months[i].label) for i in range(0, len(months), every)), y(0.5),
    )  # fmt: skip


def _after(key: str) -> str:
    """Return the month after a month."""
    year, month = map(int, key.split("-"))
    return f"{year + month // 12:04d}-{month % 12 + 1:02d}"
