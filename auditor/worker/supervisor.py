"""The worker's process beside a server: started with it, started again when it dies, ended with it."""

from __future__ import annotations

import secrets
import subprocess
import sys
import threading
from contextlib import suppress
from time import monotonic
from types import TracebackType

from auditor.errors import StoreError
from auditor.store import Store, jobs

WAIT, LONGEST_WAIT = 0.5, 30.0
"""Seconds before a worker that died is started again: at first, and at most where each dies at once."""
SOUND = 60.0
"""Seconds after which a worker counts as one that works."""


class Supervisor:
    """Keeps one worker of a store running while the block lasts.

    Args:
        inside: let the worker call hooks on this machine and in private networks.
    """

    def __init__(self, store: Store, *, inside: bool = False) -> None:
        self._store = store
        self._options = ["--hooks-inside"] if inside else []
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._watch, daemon=True)

    @property
    def pid(self) -> int | None:
        """The process of the worker, None where it is not running just now."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def __enter__(self) -> Supervisor:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._stopping.set()
            if self._process is not None:
                self._process.kill()  # what it was working on is taken up at the next start
        self._thread.join()

    def _watch(self) -> None:
        wait = WAIT
        while not self._stopping.is_set():
            name = f"worker-{secrets.token_hex(4)}"
            with self._lock:
                if self._stopping.is_set():
                    return
                words = [sys.executable, "-m", "auditor.worker.loop", str(self._store.path), name, *self._options]
                # The worker sees the end of the server, however it ends, as the end of this pipe.
                self._process = subprocess.Popen(words, stdin=subprocess.PIPE)
            started = monotonic()
            self._process.wait()
            if self._process.stdin is not None:
                self._process.stdin.close()
            with suppress(StoreError), self._store.change() as change:
                jobs.release(change, name)
            wait = WAIT if monotonic() - started > SOUND else min(2 * wait, LONGEST_WAIT)
            self._stopping.wait(wait)
