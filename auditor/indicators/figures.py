"""From counts to figures, with intervals, the range that unknown gender leaves, and the least sample."""

from __future__ import annotations

import numpy as np

from auditor.indicators.models import Measure, Method
from auditor.indicators.results import Figure, Gap, Mean, Review, Share
from auditor.indicators.statistics import Counts, Resampling, gap, mean_gap, wilson, women_share


def figure(counts: Counts, measure: Measure, method: Method, *, with_decisions: bool) -> Figure:
    """Return the figure of one measure.

    Args:
        counts: shape (articles, WIDTH), of one measure, see :mod:`auditor.indicators.counting`.
        with_decisions: whether people's decisions on findings were given.
    """
    if measure.count in ("people", "bylines"):
        return _people(counts, method)
    if measure.count == "findings":
        return _findings(counts, method, with_decisions=with_decisions)
    total, hits, women, men = (int(n) for n in counts.sum(axis=0))
    share = share_of_articles(hits, total, method)
    if share.value is None:
        return Figure(share, "too_few")
    if women == men == hits:
        return Figure(share, "measured")
    return Figure(share, "measured", if_all_women=women / total, if_all_men=men / total)


def share_of_articles(hits: int, total: int, method: Method) -> Share:
    """Return a share of articles with its Wilson interval."""
    if total < method.minimum:
        return Share(hits, total, None, None, None)
    return Share(hits, total, hits / total, *wilson(hits, total, method.confidence))


def gem_gap(counts: Counts, method: Method) -> Gap:
    """Return the gap between women and men of one component of the GEM-Index."""
    women, men, unknown, _ = (int(n) for n in counts.sum(axis=0))
    known, everyone = women + men, women + men + unknown
    if known < method.gem_minimum:
        return Gap(women, men, unknown, None, None, None, None, None)
    low, high = women_share(counts[:, :2], _resampling(method))
    return Gap(
        women, men, unknown, gap(women / known), gap(low), gap(high),
        gap((women + unknown) / everyone), gap(women / everyone),
    )  # fmt: skip


def gem_mean(counts: list[Counts], gaps: list[Gap], method: Method) -> Mean:
    """Return the mean of all gaps; not said where any of them is not."""
    if not gaps or any(one.value is None for one in gaps):
        return Mean(None, None, None)
    value, (low, high) = mean_gap(np.concatenate([one[:, :2] for one in counts], axis=1), _resampling(method))
    return Mean(value, low, high)


def _people(counts: Counts, method: Method) -> Figure:
    women, men, unknown, _ = (int(n) for n in counts.sum(axis=0))
    known, everyone = women + men, women + men + unknown
    # Both the articles and the people must be enough.
    if min(known, len(counts)) < method.minimum:
        return Figure(Share(women, known, None, None, None), "too_few", unknown)
    low, high = women_share(counts[:, :2], _resampling(method))
    return Figure(
        Share(women, known, women / known, low, high), "measured", unknown,
        if_all_women=(women + unknown) / everyone, if_all_men=women / everyone,
    )  # fmt: skip


def _findings(counts: Counts, method: Method, *, with_decisions: bool) -> Figure:
    total, confirmed, dismissed, undecided = (int(n) for n in counts.sum(axis=0))
    standing = int((counts[:, 1] + counts[:, 3] > 0).sum())
    decided = confirmed + dismissed
    review = Review(
        share_of_articles(standing, total, method), confirmed, dismissed, undecided,
        confirmed / decided if decided else None,
    )  # fmt: skip
    hits = int((counts[:, 1] > 0).sum())
    if total < method.minimum:
        return Figure(Share(hits, total, None, None, None), "too_few", review=review)
    # Nothing is said of findings that nobody has looked at.
    if not with_decisions or (undecided and not decided):
        return Figure(Share(hits, total, None, None, None), "suggested", review=review)
    return Figure(share_of_articles(hits, total, method), "confirmed", review=review)


def _resampling(method: Method) -> Resampling:
    return Resampling(method.resamples, method.seed, method.confidence)
