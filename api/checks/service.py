"""What all doors for checks share: the processes that check, the keys, their limits, and what is counted."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from limits import RateLimitItem, RateLimitItemPerDay, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter, RateLimiter, SlidingWindowCounterRateLimiter
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from api.checks.behind import Behind
from auditor.checks.check import Checked
from auditor.checks.pool import Pool, Task
from auditor.errors import ApiError
from auditor.indicators.loader import IndicatorSet, load_indicators
from auditor.rulebook.loader import Rulebook, load_rulebook
from auditor.store import Store, approvals, keys
from auditor.store.answered import Answered
from auditor.store.keys import Key

BUDGET = 2.0
"""Seconds a check takes at most unless the request says otherwise."""
LONGEST = 10.0
FRESH = 5.0
"""Seconds for which what the store said of a key, or of approvals, is believed."""
REMEMBERED = 1000
"""Answers kept for idempotency keys."""
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a key may ask for."""

    per_minute: int = 120
    per_day: int = 20_000

    def under(self, policy: Mapping[str, object]) -> Limits:
        """Return the limits that hold under the policy of an outlet."""
        return Limits(
            _whole(policy.get("per_minute"), self.per_minute), _whole(policy.get("per_day"), self.per_day)
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left to a key in this minute, and in how many seconds there is more."""

    limit: int
    remaining: int
    reset: int


class Service:
    """Checks for those who ask over HTTP.

    Args:
        store: where keys, policies and approvals are.
        pool: what checks.
        limits: how much a key may ask for, unless the policy of its outlet says otherwise.
        keyless: let editors check without a key, each address within the same limits.
    """

    def __init__(self, store: Store, pool: Pool, limits: Limits | None = None, *, keyless: bool = False) -> None:
        self.store = store
        self.pool = pool
        self.limits = limits or Limits()
        self.keyless = keyless
        self.metrics = Metrics()
        # Every check of the last minute is remembered; of a day, which may be long, only how many there were.
        self._minute = MovingWindowRateLimiter(MemoryStorage())
        self._day = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._keys: Believed[str, Key | None] = Believed(self._key)
        self._approved: Believed[None, frozenset[str]] = Believed(lambda _: self._approvals())
        self._behind = Behind(store, self.metrics.lost)
        self._waiting = 0
        self.answers: Remembered[tuple[str, bytes]] = Remembered(REMEMBERED)

    @property
    def rulebook(self) -> Rulebook:
        """The rulebook, as data to show."""
        return _rulebook()

    @property
    def indicators(self) -> IndicatorSet:
        """The media indicators, as data to show."""
        return _indicators()

    @property
    def waiting(self) -> int:
        """Checks under way or queued."""
        return self._waiting

    def approved(self) -> frozenset[str]:
        """Return the rules that may hold an article."""
        return self._approved.get(None)

    async def known(self, secret: str) -> Key | None:
        """Return the key a secret belongs to."""
        return await self._keys.soon(secret)

    async def holding(self) -> frozenset[str]:
        """Return what :meth:`approved` does, without keeping others waiting."""
        return await self._approved.soon(None)

    def admit(self, asking: Key | str, cost: int = 1, *, parts: int = 1) -> Allowance:
        """Let a key, or the address of someone without one, ask for some checks, or turn it away.

        Args:
            parts: how many texts count as one article, for editors that send paragraph by paragraph.

        Raises:
            ApiError: GA436 too many in this minute, GA437 the quota of the day is used up; ``wait`` says how long.
        """
        held = self.limits.under(asking.policy) if isinstance(asking, Key) else self.limits
        minute = RateLimitItemPerMinute(parts * held.per_minute)
        day = RateLimitItemPerDay(parts * held.per_day)
        name = f"{asking.id if isinstance(asking, Key) else asking}/{parts}"
        for limiter, limit, code, words in (
            (self._day, day, "GA437", "Đã dùng hết hạn mức của ngày. Xin chờ đến ngày mai hoặc đề nghị nâng hạn mức."),
            (self._minute, minute, "GA436", "Đã gửi quá nhiều bài trong một phút. Xin chờ rồi gửi tiếp."),
        ):
            if not limiter.test(limit, name, cost=cost):
                self.metrics.refused.labels(code).inc()
                if isinstance(asking, Key):
                    self._behind.count(asking.id, refused=cost)
                raise TurnedAway(code, words, _allowance(limiter, limit, name))
        self._day.hit(day, name, cost=cost)
        self._minute.hit(minute, name, cost=cost)
        return _allowance(self._minute, minute, name)

    async def check(self, task: Task, budget: float = BUDGET) -> Checked | None:
        """Check a text; None where the budget (seconds) was used up first.

        Raises:
            ApiError: GA431 to GA434, see :mod:`auditor.checks`.
        """
        started = time.perf_counter()
        try:
            future = self.pool.submit(task)
        except ApiError as error:
            self.metrics.refused.labels(error.code).inc()
            raise
        self._wait(1)
        try:
            return await asyncio.wait_for(asyncio.wrap_future(future), min(budget, LONGEST))
        except TimeoutError:
            self.metrics.late.inc()
            return None
        finally:
            self._wait(-1)
            self.metrics.seconds.observe(time.perf_counter() - started)

    def count(self, key: Key | None, *, checks: int, characters: int) -> None:
        """Count what a key was used for; written down every few seconds."""
        if key is not None:
            self._behind.count(key.id, checks=checks, characters=characters)

    def note(self, checks: Iterable[Answered]) -> None:
        """Have checks kept or told of, where their outlet wants that; soon, and without anyone waiting for it."""
        self._behind.note(checks)

    def write(self) -> None:
        """Write down now what was counted and noted.

        Raises:
            StoreError: GA332, the store is busy.
        """
        self._behind.write()

    def close(self) -> None:
        """End the processes and write down what was counted and noted."""
        self.pool.close()
        self._behind.close()

    def _wait(self, more: int) -> None:
        self._waiting += more
        self.metrics.waiting.set(self._waiting)

    def _key(self, secret: str) -> Key | None:
        with self.store.read() as db:
            return keys.known(db, secret)

    def _approvals(self) -> frozenset[str]:
        book = {id for id, rule in self.rulebook.rules.items() if rule.status == "approved"}
        with self.store.read() as db:
            return approvals.approved_rules(db, self.rulebook) | book


class TurnedAway(ApiError):
    """A key asked for more than it may; ``allowance`` says when there is more."""

    def __init__(self, code: str, message: str, allowance: Allowance) -> None:
        super().__init__(code, message)
        self.allowance = allowance


class Metrics:
    """What is told to Prometheus; each application has its own, so that several can live in one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.checks = Counter("auditor_checks", "Checks answered, by gate.", ["gate"], registry=self.registry)
        self.refused = Counter("auditor_refused", "Requests refused, by code.", ["code"], registry=self.registry)
        self.late = Counter("auditor_late", "Checks whose time budget ran out.", registry=self.registry)
        self.lost = Counter(
            "auditor_lost", "Checks neither kept nor told of, as too many waited.", registry=self.registry
        )
        self.waiting = Gauge("auditor_waiting", "Checks under way or queued.", registry=self.registry)
        self.seconds = Histogram(
            "auditor_check_seconds", "Seconds from the request to the answer of a check.", registry=self.registry,
            buckets=(0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10),
        )  # fmt: skip


Asked = TypeVar("Asked")


class Believed(Generic[Asked, Value]):
    """Answers of the store, believed for a few seconds so that not every request opens it."""

    def __init__(self, ask: Callable[[Asked], Value]) -> None:
        self._ask = ask
        self._found: OrderedDict[Asked, tuple[float, Value]] = OrderedDict()
        self._lock = threading.Lock()

    async def soon(self, asked: Asked) -> Value:
        """Return the answer, asking in a thread where it is no longer fresh: a thread costs more than most answers."""
        kept = self._fresh(asked)
        return kept[1] if kept else await asyncio.to_thread(self.get, asked)

    def _fresh(self, asked: Asked) -> tuple[float, Value] | None:
        with self._lock:
            kept = self._found.get(asked)
        return kept if kept and time.monotonic() - kept[0] < FRESH else None

    def get(self, asked: Asked) -> Value:
        """Return the answer, asking anew where it is no longer fresh."""
        kept = self._fresh(asked)
        if kept:
            return kept[1]
        value = self._ask(asked)
        with self._lock:
            self._found[asked] = (time.monotonic(), value)
            while len(self._found) > REMEMBERED:
                self._found.popitem(last=False)
        return value


class Remembered(Generic[Value]):
    """The latest answers by a name, the oldest forgotten first; in memory only."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[str, Value] = OrderedDict()

    def get(self, name: str) -> Value | None:
        """Return what is kept under a name."""
        return self._kept.get(name)

    def put(self, name: str, value: Value) -> None:
        """Keep a value."""
        self._kept[name] = value
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)


@cache
def _rulebook() -> Rulebook:
    return load_rulebook()


@cache
def _indicators() -> IndicatorSet:
    return load_indicators()


def _allowance(limiter: RateLimiter, limit: RateLimitItem, name: str) -> Allowance:
    stats = limiter.get_window_stats(limit, name)
    return Allowance(limit.amount, max(0, stats.remaining), max(1, round(stats.reset_time - time.time())))


def _whole(value: object, otherwise: int) -> int:
    return value if isinstance(value, int) and value > 0 else otherwise
