"""The worker: one job after the other, read in a process of its own.

A text that kills that process (a fault in a native library, no memory left) is tried again, at most three times in all;
then it counts as unreadable, with a code. While a job is worked on, its lease is renewed, so that no other worker takes
it. The worker ends with the server that started it, whose end it sees as the end of its standard input.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from time import sleep

from auditor.documents.codes import Code, trouble
from auditor.documents.limits import DEFAULT_LIMITS
from auditor.errors import StoreError
from auditor.processes import Dying, Lost, Member, preload
from auditor.store import Store, jobs, scans, versions
from auditor.store.jobs import Job
from auditor.worker.errands import Errands
from auditor.worker.jobs import Reader

IDLE = 0.7
"""Seconds between two looks for work."""
BEAT = 5.0
"""Seconds between two renewals of a lease."""
PATIENCE = DEFAULT_LIMITS.scan_seconds + 2 * DEFAULT_LIMITS.seconds
"""Seconds one text may take before its process counts as hung."""
LONG_PATIENCE = 6 * 3600.0
"""Seconds the measurement of a year of an outlet may take."""
INSIDE = "--hooks-inside"
"""The word after path and name that lets hooks in private networks be called."""
AGAIN = 2.0
"""Seconds before a job that killed its process is tried again."""

preload("auditor.worker.jobs")


def reading(path: Path) -> Callable[[Job], None]:
    """Load a reader; what it finds it keeps in the store itself."""
    return Reader(Store(path)).do


class Worker:
    """Takes jobs of a store under a name of its own.

    Args:
        make: loads, in the process that reads, what does a job.
    """

    def __init__(self, store: Store, name: str, make: Callable[[Path], Callable[[Job], None]] = reading) -> None:
        self._store = store
        self._name = name
        self._member: Member[Job, None] = Member(partial(make, store.path))

    def step(self) -> bool:
        """Do one job, if there is one; say whether there was.

        Raises:
            Dying: processes die before they are ready.
        """
        with self._store.read() as db:
            if not jobs.due(db):
                return False
        with self._store.change() as change:
            job = jobs.claim(change, self._name)
        if job is None:
            return False
        if job.attempts > jobs.ATTEMPTS:
            self._give_up(job, stuck=False)
            return True
        done = threading.Event()
        beat = threading.Thread(target=self._keep_lease, args=(job, done), daemon=True)
        beat.start()
        try:
            self._member.until_idle()
            self._member.give(job, _patience(job))
            self._member.take()
        except Lost as loss:
            self._lost(job, stuck=loss.stuck)
        finally:
            done.set()
            beat.join()
        return True

    def end(self) -> None:
        """End the process that reads."""
        self._member.end()

    def _keep_lease(self, job: Job, done: threading.Event) -> None:
        while not done.wait(BEAT):
            with suppress(StoreError), self._store.change() as change:
                jobs.renew(change, job)

    def _lost(self, job: Job, *, stuck: bool) -> None:
        with self._store.change() as change:
            again = jobs.held(change.db, job) and not stuck and jobs.crashed(change, job, AGAIN)
        if not again:
            self._give_up(job, stuck=stuck)

    def _give_up(self, job: Job, *, stuck: bool) -> None:
        code = Code.WORKER_STUCK if stuck else Code.WORKER_DIED
        error = trouble(code, limit=_patience(job))
        with self._store.change() as change:
            if not jobs.held(change.db, job):
                return
            if job.kind == "read":
                versions.unreadable(change, int(job.payload["version"]), error.code, error.message)
            if job.kind == scans.JOB:
                scans.failed(change, int(job.payload["scan"]), f"{error.message} (Mã {error.code}.)")
            jobs.fail(change, job, error.code, error.message)


def _patience(job: Job) -> float:
    return LONG_PATIENCE if job.kind == scans.JOB else PATIENCE


def main(path: Path, name: str, *, inside: bool = False) -> None:
    """Work until standard input ends; ``inside`` lets hooks in private networks be called."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_server, daemon=True).start()
    store = Store(path)
    worker = Worker(store, name)
    Errands(store, name, inside=inside).begin()
    while True:
        try:
            if not worker.step():
                sleep(IDLE)
        except StoreError:  # busy or full for a while
            sleep(5 * IDLE)
        except Dying:
            sys.exit(1)


def _end_with_server() -> None:
    with suppress(OSError, ValueError):
        while os.read(0, 1024):
            pass
    os._exit(0)  # the process that reads is ended by the system, as its parent is gone


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], inside=INSIDE in sys.argv[3:])
