"""What an index is made of. Shares are 0 to 1, gaps percentage points from -100 to 100; None is "not said"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from auditor.indicators.answers import Answered
from auditor.indicators.ledger import Reason, Selection
from auditor.indicators.loader import IndicatorSet
from auditor.indicators.models import Group, Indicator, Part, Window
from auditor.indicators.scores import Scores

Status = Literal["measured", "confirmed", "suggested", "too_few"]

STATUSES: dict[Status, str] = {
    "measured": "máy đếm",
    "confirmed": "người đã xác nhận",
    "suggested": "máy gợi ý, chưa xác nhận",
    "too_few": "không đủ mẫu",
}


@dataclass(frozen=True, slots=True)
class Share:
    """Hits among a total, as a share with its interval; the share is None below the least sample."""

    hits: int
    total: int
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Review:
    """How far people have looked at the findings a figure counts.

    Attributes:
        suggested: articles with a finding that nobody dismissed: what the figure would be if all were right.
        confirmed: findings confirmed; ``dismissed`` and ``undecided`` likewise.
        rate: confirmed ÷ (confirmed + dismissed).
    """

    suggested: Share
    confirmed: int
    dismissed: int
    undecided: int
    rate: float | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One indicator, or part of one, in one group of articles.

    Attributes:
        share: its value; for people, women ÷ (women + men). Not said while findings are only suggested.
        unknown: people of unknown gender, who are in neither number; None for shares of articles.
        if_all_women: the value if everyone unknown were a woman, ``if_all_men`` likewise; None for shares of articles
            that unknown gender does not touch.
    """

    share: Share
    status: Status
    unknown: int | None = None
    if_all_women: float | None = None
    if_all_men: float | None = None
    review: Review | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """% women minus % men of one component of the GEM-Index; the value is None below its least number of people."""

    women: int
    men: int
    unknown: int
    value: float | None
    low: float | None
    high: float | None
    if_all_women: float | None
    if_all_men: float | None


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator's part with its figure (or gap) for each group of articles, in the order of ``Index.labels``."""

    group: Group
    indicator: Indicator
    part: Part
    figures: tuple[Figure, ...] = ()
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of the six gaps of one group of articles; None where any gap is not said."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Week:
    """Articles about gender equality in one ISO week, and the campaigns that touch it."""

    label: str
    start: date
    share: Share
    windows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Campaign:
    """Articles about gender equality inside and outside campaign windows.

    Attributes:
        by_window: the share inside each window, over all years read.
        difference: inside minus outside, with its interval; None where either is not said.
        undated: articles without a date, which are in no week.
    """

    weeks: tuple[Week, ...]
    by_window: tuple[tuple[Window, Share], ...]
    inside: Share
    outside: Share
    difference: tuple[float, float, float] | None
    undated: int


@dataclass(frozen=True)
class Index:
    """All figures of a stream of records.

    Attributes:
        labels: names of the groups of articles; the first is all of them together.
        sizes: articles in each group.
        counted: ``read`` is ``counted`` plus all that was left out.
        with_decisions: whether people's decisions were given.
        versions: (engine, rulebook) of the records.
    """

    indicators: IndicatorSet
    selection: Selection
    labels: tuple[str, ...]
    sizes: tuple[int, ...]
    lines: tuple[Line, ...]
    means: tuple[Mean, ...]
    campaign: Campaign
    answers: tuple[Answered, ...]
    answers_of: str
    read: int
    counted: int
    left_out: tuple[tuple[Reason, int], ...]
    with_decisions: bool
    versions: tuple[tuple[str, str], ...]
    scores: Scores
