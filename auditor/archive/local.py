"""The engine of one machine: a pool of processes, each with a rulebook of its own.

pebble keeps the pool, because with it a process that dies or hangs costs its task alone. The batch of that task is
then tried input by input, and worked on again without those that ended their process by themselves.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import resource
import signal
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, TimeoutError, wait
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from pebble import ProcessExpired, ProcessPool

from auditor.archive.interface import Batch, Done, Job, Key
from auditor.archive.plan import Plan
from auditor.archive.worker import Worker, lost
from auditor.documents.codes import Code
from auditor.documents.interface import File, Raw
from auditor.errors import StoreError

AHEAD = 2
TRIES = 3
SECONDS_EACH = 1.0
MEMORY = 3 * 2**30
_PR_SET_PDEATHSIG = 1


class LocalEngine:
    """Works on batches in so many processes of this machine."""

    def __init__(self, workers: int) -> None:
        self._workers = workers

    def run(self, plan: Plan, job: Job, finished: Collection[Key]) -> Iterator[Done]:
        """Leave a part for every batch that has none yet, and tell of each; see :class:`Engine`."""
        batches = (batch for shard in plan for batch in shard.batches() if batch.key not in finished)
        with Crew(job, self._workers) as crew:
            yield from crew.work(batches)


class Crew:
    """Processes that each hold a worker; whatever an input does to them, its batch gets done."""

    def __init__(self, job: Job, workers: int) -> None:
        self._job = job
        self._most = workers * AHEAD
        # A fresh server forks the processes, so that no lock held by a thread of this one is copied into them.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([__name__])
        self._pool = ProcessPool(workers, initializer=_begin, initargs=[job], context=context)

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._pool.close()  # type: ignore[no-untyped-call]
        else:
            self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    def work(self, batches: Iterable[Batch]) -> Iterator[Done]:
        """Work on batches, a few of them at a time, and tell of each in the order they are done.

        Raises:
            StoreError: as a worker raises; GA326 processes keep dying whatever they do.
        """
        waiting: dict[Future[Done], Batch] = {}
        for batch in batches:
            waiting[self._given(batch)] = batch
            if len(waiting) >= self._most:
                yield from self._done(waiting)
        while waiting:
            yield from self._done(waiting)

    def _given(self, batch: Batch) -> Future[Done]:
        seconds = self._seconds(batch.raws[0]) + SECONDS_EACH * len(batch.raws)
        return cast("Future[Done]", self._pool.schedule(_work, args=[batch], timeout=seconds))

    def _done(self, waiting: dict[Future[Done], Batch]) -> Iterator[Done]:
        for future in wait(waiting, return_when=FIRST_COMPLETED).done:
            batch = waiting.pop(future)
            try:
                yield future.result()
            except (ProcessExpired, TimeoutError):
                yield self._again(batch)

    def _again(self, batch: Batch) -> Done:
        """Work on a batch whose process was lost, leaving out the inputs that lose it again."""
        for _ in range(TRIES):
            tried = [(raw, self._pool.schedule(_probe, args=[raw], timeout=self._seconds(raw))) for raw in batch.raws]
            batch = replace(batch, raws=tuple(self._survivor(raw, future) for raw, future in tried))
            with suppress(ProcessExpired, TimeoutError):
                return self._given(batch).result()
        raise StoreError(
            "GA326", "Các tiến trình soát liên tục bị dừng, có thể vì máy thiếu bộ nhớ. Phần đã quét được giữ nguyên. "
            "Hãy đóng bớt chương trình khác hoặc giảm --workers, rồi chạy lại lệnh cũ, thêm --resume."
        )  # fmt: skip

    def _survivor(self, raw: Raw, future: Future[Any]) -> Raw:
        try:
            future.result()
        except ProcessExpired:
            return lost(raw, Code.WORKER_DIED)
        except TimeoutError:
            return lost(raw, Code.WORKER_STUCK, limit=self._seconds(raw))
        return raw

    def _seconds(self, raw: Raw) -> float:
        """Return how long one input may take before its process counts as hung."""
        limits = self._job.limits
        return 2 * limits.seconds + (limits.scan_seconds if isinstance(raw, File) else 0)


_worker: Worker | None = None


def _begin(job: Job) -> None:
    """Make a process a worker that never outlives its scan, and that goes first when memory runs short."""
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("800")
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    _worker = Worker(job)


def _work(batch: Batch) -> Done:
    assert _worker is not None
    return _worker.work(batch)


def _probe(raw: Raw) -> None:
    assert _worker is not None
    _worker.probe(raw)
