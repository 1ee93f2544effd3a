"""Articles about gender equality by week, inside and outside the campaigns of the year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from auditor.indicators.figures import share_of_articles
from auditor.indicators.ledger import Articles
from auditor.indicators.models import Method, Window
from auditor.indicators.periods import label, monday
from auditor.indicators.results import Campaign, Share, Week
from auditor.indicators.statistics import Counts, difference

# The indicator whose articles campaigns are about.
SUBJECT = "B1.3.1"


def within(window: Window, day: date) -> bool:
    """Tell whether a day is in a campaign or among the days counted to it."""
    before, after = timedelta(window.before), timedelta(window.after)
    return any(
        start - before <= day <= end + after
        for start, end in (window.days(year) for year in (day.year - 1, day.year, day.year + 1))
    )


def campaign(articles: Articles, counts: Counts, windows: Sequence[Window], method: Method) -> Campaign:
    """Count by week and window.

    Args:
        counts: shape (articles, WIDTH): in scope, and about gender equality, of each article.
    """
    rows = zip(articles.days, counts.tolist(), strict=True)
    dated = [(day, row[1]) for day, row in rows if day is not None and row[0]]
    open_on = {day: [one for one in windows if within(one, day)] for day, _ in dated}
    inside = _share([hit for day, hit in dated if open_on[day]], method)
    outside = _share([hit for day, hit in dated if not open_on[day]], method)
    return Campaign(
        weeks=tuple(_weeks(dated, windows, method)),
        by_window=tuple(
            (window, _share([hit for day, hit in dated if window in open_on[day]], method)) for window in windows
        ),
        inside=inside,
        outside=outside,
        difference=_difference(inside, outside, method),
        undated=sum(day is None for day in articles.days),
    )


def _weeks(dated: Sequence[tuple[date, int]], windows: Sequence[Window], method: Method) -> Iterable[Week]:
    """Yield the weeks that have articles."""
    totals = Counter(label(day, "week") for day, _ in dated)
    hits = Counter(label(day, "week") for day, hit in dated if hit)
    for name in sorted(totals):
        days = [monday(name) + timedelta(i) for i in range(7)]
        touching = tuple(window.id for window in windows if any(within(window, day) for day in days))
        yield Week(name, days[0], share_of_articles(hits[name], totals[name], method), touching)


def _share(hits: Sequence[int], method: Method) -> Share:
    return share_of_articles(sum(hits), len(hits), method)


def _difference(inside: Share, outside: Share, method: Method) -> tuple[float, float, float] | None:
    if inside.value is None or outside.value is None:
        return None
    value, ends = difference((inside.hits, inside.total), (outside.hits, outside.total), method.confidence)
    return (value, *ends)
