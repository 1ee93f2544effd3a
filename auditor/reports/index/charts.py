"""Where things stand in the charts of the index page. Lengths are in the units of an SVG, about a pixel each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from auditor.indicators.models import Window
from auditor.indicators.results import Campaign, Figure, Gap
from auditor.reports.index.wording import dates

LABEL, PLOT, VALUE, ROW = 210, 420, 150, 26
TOP, FOOT = 8, 22
LETTERS = 30
WEEK_WIDTH, WEEK_HEIGHT, WEEK_LEFT, WEEK_TOP, WEEK_FOOT = 780, 220, 46, 34, 34


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: a bar from ``x`` of some width, a whisker from ``low`` to ``high``, and a band of what unknowns leave.

    A place that is None is not drawn; ``full`` is the whole label where ``label`` is cut short.
    """

    y: float
    label: str
    full: str
    value: str
    x: float | None = None
    width: float = 0.0
    low: float | None = None
    high: float | None = None
    band: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart of bars; ``ticks`` are (x, words), ``middle`` is where women and men are level, if that matters."""

    width: float
    height: float
    rows: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]
    middle: float | None


@dataclass(frozen=True, slots=True)
class Weeks:
    """The weekly line: points, whiskers, shaded campaigns and the counts under them."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    points: tuple[tuple[float, float, str, bool], ...]
    line: str
    whiskers: tuple[tuple[float, float, float], ...]
    shades: tuple[tuple[float, float, str, str], ...]
    ticks: tuple[tuple[float, str], ...]
    weeks: tuple[tuple[float, str], ...]


def share_bars(rows: Iterable[tuple[str, Figure, str]], *, level: bool) -> Bars:
    """Lay out shares from 0 to 1; ``level`` marks one half."""

    def at(share: float) -> float:
        return LABEL + PLOT * share

    bars: list[Bar] = []
    for label, figure, words in rows:
        y = TOP + ROW * len(bars)
        share = figure.share
        if share.value is None or share.low is None or share.high is None:
            bars.append(Bar(y, cut(label), label, words))
            continue
        outer = (figure.if_all_men, figure.if_all_women)
        band = None if None in outer or figure.unknown in (None, 0) else (at(outer[0] or 0), at(outer[1] or 0))
        bars.append(
            Bar(y, cut(label), label, words, at(0), PLOT * share.value, at(share.low), at(share.high), band)
        )  # fmt: skip
    ticks = tuple((at(one / 4), f"{one * 25}%") for one in range(5))
    return _bars(bars, ticks, at(0.5) if level else None)


def count_bars(rows: Iterable[tuple[str, int, str]]) -> Bars:
    """Lay out counts, the largest one filling the chart."""
    rows = list(rows)
    most = max((count for _, count, _ in rows), default=0) or 1
    bars = [
        Bar(TOP + ROW * at, cut(label), label, words, LABEL, PLOT * count / most)
        for at, (label, count, words) in enumerate(rows)
    ]
    return _bars(bars, (), None)


def gap_bars(rows: Iterable[tuple[str, Gap, str]]) -> Bars:
    """Lay out gaps from -100 to 100 about the middle."""

    def at(gap: float) -> float:
        return LABEL + PLOT * (gap + 100) / 200

    bars: list[Bar] = []
    for label, gap, words in rows:
        y = TOP + ROW * len(bars)
        if gap.value is None or gap.low is None or gap.high is None:
            bars.append(Bar(y, cut(label), label, words))
            continue
        outer = (gap.if_all_men, gap.if_all_women)
        band = None if None in outer or not gap.unknown else (at(outer[0] or 0), at(outer[1] or 0))
        x, width = min(at(0), at(gap.value)), abs(at(gap.value) - at(0))
        bars.append(Bar(y, cut(label), label, words, x, width, at(gap.low), at(gap.high), band))
    ticks = tuple((at(one), f"{one:+d}".replace("-", "−") if one else "0") for one in range(-100, 101, 50))
    return _bars(bars, ticks, at(0))


def weekly(campaign: Campaign, windows: Sequence[Window]) -> Weeks | None:
    """Lay out the share of each week in order, its count beside it where the sample is too small for a share."""
    if not campaign.weeks:
        return None
    bottom = float(WEEK_HEIGHT - WEEK_FOOT)
    step = (WEEK_WIDTH - WEEK_LEFT) / len(campaign.weeks)
    highest = max([0.1, *(week.share.high or week.share.hits / week.share.total for week in campaign.weeks)])
    top_share = min(-(-highest // 0.1) / 10, 1.0)

    def x(i: float) -> float:
        return WEEK_LEFT + step * (i + 0.5)

    def y(share: float) -> float:
        return bottom - (bottom - WEEK_TOP) * min(share / top_share, 1.0)

    points: list[tuple[float, float, str, bool]] = []
    whiskers: list[tuple[float, float, float]] = []
    for i, week in enumerate(campaign.weeks):
        share = week.share
        height = y(share.hits / share.total)
        words = f"Tuần {week.label}: {share.hits}/{share.total} bài"
        points.append((x(i), height, words, share.value is not None))
        if share.low is not None and share.high is not None:
            whiskers.append((x(i), y(share.low), y(share.high)))
    return Weeks(
        WEEK_WIDTH, WEEK_HEIGHT, WEEK_TOP, bottom, WEEK_LEFT, tuple(points),
        " ".join(f"{point[0]:.1f},{point[1]:.1f}" for point in points),
        tuple(whiskers), tuple(_shades(campaign, windows, step)),
        tuple((y(top_share * one / 2), f"{100 * top_share * one / 2:.0f}%") for one in range(3)),
        tuple(_week_names(campaign, step)),
    )  # fmt: skip


def cut(label: str) -> str:
    """Cut a label to what fits beside a bar."""
    return label if len(label) <= LETTERS else label[: LETTERS - 1].rstrip() + "…"


def _bars(bars: list[Bar], ticks: tuple[tuple[float, str], ...], middle: float | None) -> Bars:
    foot = FOOT if ticks else TOP
    return Bars(LABEL + PLOT + VALUE, TOP + ROW * len(bars) + foot, tuple(bars), ticks, middle)


def _shades(campaign: Campaign, windows: Sequence[Window], step: float) -> Iterable[tuple[float, float, str, str]]:
    """Yield left end, width, name and dates of each stretch of weeks that a campaign touches."""
    for window in windows:
        start: int | None = None
        for i in range(len(campaign.weeks) + 1):
            touched = i < len(campaign.weeks) and window.id in campaign.weeks[i].windows
            if touched and start is None:
                start = i
            elif not touched and start is not None:
                yield WEEK_LEFT + step * start, step * (i - start), window.title, dates(window)
                start = None


def _week_names(campaign: Campaign, step: float) -> Iterable[tuple[float, str]]:
    every = max(1, -(-len(campaign.weeks) // 12))
    for i in range(0, len(campaign.weeks), every):
        yield WEEK_LEFT + step * (i + 0.5), f"{campaign.weeks[i].start:%d/%m}"
