"""How far two reviewers agree who judged the same findings without seeing each other's decisions.

Cohen's kappa (Educational and Psychological Measurement 20, 1960, 37–46) is the agreement beyond what chance would give
two people who decide as often each way as these did. Its interval is that of Fleiss, Cohen and Everitt (Psychological
Bulletin 72, 1969, 323–327). Kappa is low where nearly all decisions are alike even if people hardly ever differ, so the
plain share of equal decisions always stands beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from scipy.stats import norm

from auditor.indicators.statistics import Interval, wilson

LEAST = 20
"""Fewest findings a kappa is given for; below, an interval would span nearly everything."""
CONFIDENCE = 0.95
_BANDS = ((0.80, "gần như hoàn toàn"), (0.60, "tốt"), (0.40, "vừa phải"), (0.20, "khá thấp"), (0.0, "thấp"))


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two reviewers agree.

    Attributes:
        n: findings both decided.
        agreed: those they decided alike; ``agreed``/``n`` is the observed agreement.
        observed: 95 % interval of that share (Wilson), None for no findings.
        kappa: -1 to 1; None for too few findings, and where both decided everything one way: chance would then agree
            always, so nothing can be said about agreement beyond chance.
        interval: 95 % interval of kappa, None where kappa is None.
        table: number of findings by (decision of the first, decision of the second).
        why_none: why there is no kappa, in words for the reader; empty where there is one.
    """

    n: int
    agreed: int
    observed: Interval | None
    kappa: float | None
    interval: Interval | None
    table: dict[tuple[str, str], int]
    why_none: str = ""

    @property
    def words(self) -> str:
        """What the value of kappa is commonly called (Landis and Koch, Biometrics 33, 1977); a custom, not a norm."""
        kappa = self.kappa
        if kappa is None:
            return ""
        return next((name for least, name in _BANDS if kappa > least), "không hơn ngẫu nhiên")


def agreement(decisions: Iterable[tuple[str, str]], least: int = LEAST) -> Agreement:
    """Return how far two reviewers agree.

    Args:
        decisions: for each finding both decided, the decision of the first and of the second.
        least: fewest findings a kappa is given for.
    """
    table = Counter(decisions)
    n = table.total()
    agreed = sum(count for (one, two), count in table.items() if one == two)
    observed = wilson(agreed, n, CONFIDENCE) if n else None
    if n < max(least, 1):
        why = f"Mới có {n} phát hiện được cả hai người rà soát, cần ít nhất {least} để tính kappa."
        return Agreement(n, agreed, observed, None, None, dict(table), why)
    first = {one: sum(count for (a, _), count in table.items() if a == one) / n for one in _labels(table)}
    second = {two: sum(count for (_, b), count in table.items() if b == two) / n for two in _labels(table)}
    chance = sum(first[label] * second[label] for label in first)
    if len(table) == 1 and agreed == n:
        why = "Cả hai người quyết định mọi phát hiện theo cùng một cách nên không tính được kappa."
        return Agreement(n, agreed, observed, None, None, dict(table), why)
    share = agreed / n
    kappa = (share - chance) / (1 - chance)
    return Agreement(n, agreed, observed, kappa, _interval(table, first, second, kappa), dict(table))


def _labels(table: Counter[tuple[str, str]]) -> list[str]:
    return sorted({label for pair in table for label in pair})


def _interval(
    table: Counter[tuple[str, str]], first: dict[str, float], second: dict[str, float], kappa: float
) -> Interval:
    """Return the large-sample interval, cut to -1 and 1."""
    n = table.total()
    chance = sum(first[label] * second[label] for label in first)
    alike = sum(table[label, label] / n * (1 - (first[label] + second[label]) * (1 - kappa)) ** 2 for label in first)
    unlike = (1 - kappa) ** 2 * sum(
        count / n * (second[one] + first[two]) ** 2 for (one, two), count in table.items() if one != two
    )
    variance = (alike + unlike - (kappa - chance * (1 - kappa)) ** 2) / (n * (1 - chance) ** 2)
    reach = float(norm.ppf((1 + CONFIDENCE) / 2)) * max(variance, 0.0) ** 0.5
    return max(kappa - reach, -1.0), min(kappa + reach, 1.0)
