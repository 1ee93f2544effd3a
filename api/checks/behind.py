"""What is written down of checks after they were answered, by a thread of its own, so that no answer waits for it.

Keys are counted every few seconds. A check that its outlet wants kept, or that hooks may be told of, is written at
once; where the store cannot be written, things wait in memory, up to a bound: an answer never fails for it.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from prometheus_client import Counter

from auditor.errors import StoreError
from auditor.store import Store, clock, hooks, kept, keys
from auditor.store.answered import Answered

FLUSH = 5.0
"""Seconds between two times that the use of keys is written down."""
SOON = 0.2
"""Seconds for which checks to be written are gathered."""
WAITING = 2_000
"""Checks that may wait to be written; of more, the oldest are left out."""
LETTERS = 20_000_000
"""Code points of kept texts that may wait; the text of more is left out."""


@dataclass
class _Count:
    checks: int = 0
    characters: int = 0
    refused: int = 0


class Behind:
    """Writes down the use of keys and what checks gave.

    Args:
        lost: counts checks that could not be written down.
    """

    def __init__(self, store: Store, lost: Counter) -> None:
        self._store = store
        self._lost = lost
        self._counts: dict[tuple[int, str], _Count] = {}
        self._checks: deque[Answered] = deque()
        self._letters = 0
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._something = threading.Event()
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="behind", daemon=True)
        self._thread.start()

    def count(
        self, key_id: int, *, checks: int = 0, characters: int = 0, refused: int = 0, day: str | None = None
    ) -> None:
        """Add to the use of a key on a day, today unless it is said."""
        with self._lock:
            count = self._counts.setdefault((key_id, day or clock.today().isoformat()), _Count())
            count.checks += checks
            count.characters += characters
            count.refused += refused

    def note(self, checks: Iterable[Answered]) -> None:
        """Have checks written down soon: kept where their outlet wants it, told of where it has hooks for them."""
        with self._lock:
            for one in checks:
                self._checks.append(one)
                self._letters += _letters(one)
            while self._checks and (len(self._checks) > WAITING or self._letters > LETTERS):
                self._letters -= _letters(self._checks.popleft())
                self._lost.inc()
        self._something.set()

    def close(self) -> None:
        """Write down the rest."""
        self._end.set()
        self._something.set()
        self._thread.join()

    def write(self) -> None:
        """Write down what there is.

        Raises:
            StoreError: GA332, the store is busy; what there is goes on waiting.
        """
        with self._writing:
            with self._lock:
                counts, self._counts = self._counts, {}
                checks, self._checks, self._letters = self._checks, deque(), 0
            if not counts and not checks:
                return
            try:
                with self._store.change() as change:
                    for (key_id, day), count in counts.items():
                        keys.count(change, key_id, day, **vars(count))
                    kept.keep(change, checks)
                    hooks.tell(change, checks)
            except Exception:
                self._put_back(counts, checks)
                raise

    def _put_back(self, counts: dict[tuple[int, str], _Count], checks: deque[Answered]) -> None:
        for (key_id, day), count in counts.items():
            self.count(key_id, day=day, **vars(count))
        with self._lock:
            self._checks.extendleft(reversed(checks))
            self._letters += sum(map(_letters, checks))

    def _run(self) -> None:
        while not self._end.is_set():
            self._something.wait(FLUSH)
            self._something.clear()
            # Those that come together are written together.
            self._end.wait(SOON)
            with suppress(StoreError, sqlite3.Error):
                self.write()
        with suppress(StoreError, sqlite3.Error):
            self.write()


def _letters(one: Answered) -> int:
    if one.sent is None:
        return 0
    return len(one.sent.title) + len(one.sent.lead) + len(one.sent.body) + sum(map(len, one.sent.captions))
