"""Intervals. Shares are 0 to 1, gaps percentage points from -100 to 100."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest, norm

Counts = NDArray[np.int64]
Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Resampling:
    """How a bootstrap is drawn; the same seed gives the same draws."""

    draws: int
    seed: int
    confidence: float


def wilson(hits: int, total: int, confidence: float) -> Interval:
    """Return the score interval of a share (Wilson, JASA 1927); ``total`` is not 0."""
    found = binomtest(hits, total).proportion_ci(confidence_level=confidence, method="wilson")
    share = hits / total
    # The ends meet the share at 0 and 1 but for rounding.
    return min(float(found.low), share), max(float(found.high), share)


def difference(a: tuple[int, int], b: tuple[int, int], confidence: float) -> tuple[float, Interval]:
    """Return share ``a`` minus share ``b``, each of (hits, total), and its interval.

    The interval joins two Wilson intervals (Newcombe, Statistics in Medicine 1998, method 10).
    """
    p, q = a[0] / a[1], b[0] / b[1]
    (p_low, p_high), (q_low, q_high) = wilson(*a, confidence), wilson(*b, confidence)
    below = float(np.hypot(p - p_low, q_high - q))
    above = float(np.hypot(p_high - p, q - q_low))
    return p - q, (max(p - q - below, -1.0), min(p - q + above, 1.0))


def women_share(counts: Counts, how: Resampling) -> Interval:
    """Return the interval of women ÷ (women + men) when whole articles are drawn anew.

    People in one article are not independent, so articles are resampled, not people (cluster bootstrap, Field and
    Welsh, JRSS B 2007). Where all people are of one gender the draws do not vary; the Wilson interval over articles
    is given instead.

    Args:
        counts: shape (articles, 2): women and men of each article; at least one person.
    """
    women, men = (int(n) for n in counts.sum(axis=0))
    if not (women and men):
        articles = int((counts.sum(axis=1) > 0).sum())
        return wilson(articles if women else 0, articles, how.confidence)
    draws = _draws(counts, how)
    people = draws.sum(axis=1)
    shares = draws[people > 0, 0] / people[people > 0]
    return _around(women / (women + men), shares, how.confidence)


@dataclass
class WomenSums:
    """What remains of articles that are too many to be kept: enough for the share of women and its interval.

    Attributes:
        articles: articles with people of known gender.
        squares: sums over those articles of women squared, women times people, people squared.
    """

    women: int = 0
    men: int = 0
    articles: int = 0
    squares: tuple[int, int, int] = (0, 0, 0)

    def add(self, women: int, men: int) -> None:
        """Count one article."""
        people = women + men
        if people:
            self.women += women
            self.men += men
            self.articles += 1
            ww, wn, nn = self.squares
            self.squares = (ww + women * women, wn + women * people, nn + people * people)

    def interval(self, confidence: float) -> Interval:
        """Return the interval of women ÷ (women + men), articles being drawn and not people.

        It is that of a ratio estimated from clusters (Cochran, Sampling Techniques, 1977, section 6.4). Where all
        people are of one gender articles do not vary, so the Wilson interval over articles is given instead.
        """
        people = self.women + self.men
        if not (self.women and self.men) or self.articles == 1:
            return wilson(self.articles if self.women > self.men else 0, self.articles, confidence)
        share = self.women / people
        ww, wn, nn = self.squares
        spread = max(ww - 2 * share * wn + share * share * nn, 0.0) * self.articles / (self.articles - 1)
        reach = float(norm.ppf((1 + confidence) / 2)) * spread**0.5 / people
        return max(share - reach, 0.0), min(share + reach, 1.0)


def mean_gap(counts: Counts, how: Resampling) -> tuple[float, Interval]:
    """Return the mean gap between women and men over several groups of people, and its interval.

    Args:
        counts: shape (articles, 2 * groups): women and men of each group by turns; no group is empty.
    """
    draws = _draws(counts, how)
    value = float(_gaps(counts.sum(axis=0, keepdims=True)).mean())
    means = _gaps(draws[(draws[:, 0::2] + draws[:, 1::2] > 0).all(axis=1)]).mean(axis=1)
    return value, _around(value, means, how.confidence)


def gap(share: float) -> float:
    """Turn a share of women into the gap between women and men."""
    return 200 * share - 100


def _gaps(counts: Counts) -> NDArray[np.float64]:
    women, men = counts[:, 0::2], counts[:, 1::2]
    return 100 * (women - men) / (women + men)


def _draws(counts: Counts, how: Resampling) -> Counts:
    """Return the sums of each draw of as many articles as there are: shape (draws, columns).

    Articles with the same counts are alike, so their number is drawn instead of each of them.
    """
    kinds, sizes = np.unique(counts, axis=0, return_counts=True)
    rng = np.random.default_rng(how.seed)
    drawn = rng.multinomial(int(sizes.sum()), sizes / sizes.sum(), size=how.draws)
    return np.asarray(drawn @ kinds, dtype=np.int64)


def _around(value: float, draws: NDArray[np.float64], confidence: float) -> Interval:
    if not len(draws):
        return value, value
    tail = (1 - confidence) / 2
    low, high = (float(end) for end in np.quantile(draws, (tail, 1 - tail)))
    return min(low, value), max(high, value)
