"""The engine of one machine: processes with a rulebook each.

The batch of a process that was lost is tried input by input, and worked on again without those inputs that end their
process by themselves.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from multiprocessing.connection import wait
from time import monotonic

from auditor import processes
from auditor.archive.interface import Batch, Done, Job, Key
from auditor.archive.plan import Plan
from auditor.archive.worker import Worker, lost
from auditor.documents.codes import Code
from auditor.documents.interface import File, Raw
from auditor.errors import StoreError
from auditor.processes import TRIES, Dying, Lost

AHEAD = 2
SECONDS_EACH = 1.0

Make = Callable[[Job], Worker]
Member = processes.Member["Batch | Raw", "Done | None"]
processes.preload(__name__)


class LocalEngine:
    """Works on batches in so many processes of this machine.

    Args:
        workers: how many.
        make: what makes the worker of each process.
    """

    def __init__(self, workers: int, make: Make = Worker) -> None:
        self._workers = workers
        self._make = make

    def run(self, plan: Plan, job: Job, finished: Collection[Key]) -> Iterator[Done]:
        """Leave a part for every batch that has none yet, and tell of each; see :class:`Engine`."""
        batches = (batch for shard in plan for batch in shard.batches() if batch.key not in finished)
        with Crew(job, self._workers, self._make) as crew:
            yield from crew.work(batches)


class Crew:
    """Processes that each hold a worker; whatever an input does to them, its batch gets done."""

    def __init__(self, job: Job, workers: int, make: Make = Worker) -> None:
        self._job = job
        self._members = [Member(partial(_answering, job, make)) for _ in range(workers)]

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        for member in self._members:
            member.end()

    def work(self, batches: Iterable[Batch]) -> Iterator[Done]:
        """Work on batches, some read ahead, and tell of each in the order they are done.

        Raises:
            StoreError: as a worker raises; GA326 processes keep dying whatever they do.
        """
        try:
            yield from self._work(iter(batches))
        except Dying:
            raise _dying() from None

    def _work(self, source: Iterator[Batch]) -> Iterator[Done]:
        ahead: deque[Batch] = deque()
        more = True
        while more or ahead or any(member.task for member in self._members):
            for member in self._members:
                if ahead and member.idle:
                    self._give(member, ahead.popleft())
            if more and len(ahead) < AHEAD * len(self._members):
                batch = next(source, None)
                more = batch is not None
                ahead.extend([batch] if batch else [])
            else:
                wait([member.pipe for member in self._members if not member.idle], self._patience())
            for member in self._members:
                if not member.idle and member.due:
                    yield from self._taken(member)

    def _give(self, member: Member, batch: Batch) -> None:
        member.give(batch, self._seconds(batch.raws[0]) + SECONDS_EACH * len(batch.raws))

    def _patience(self) -> float:
        """Return how long no process can be late."""
        return max(0.0, min(member.deadline for member in self._members if not member.idle) - monotonic())

    def _taken(self, member: Member) -> Iterator[Done]:
        """Take what a process has to give: what became of a batch, or nothing, as it is now ready for its first."""
        task = member.task
        try:
            done = member.take()
        except Lost:
            if isinstance(task, Batch):
                yield self._again(member, task)
        else:
            if done is not None:
                yield done

    def _again(self, member: Member, batch: Batch) -> Done:
        """Work on a batch whose process was lost, leaving out the inputs that lose it again."""
        for _ in range(TRIES):
            batch = replace(batch, raws=tuple(self._survivor(member, raw) for raw in batch.raws))
            with suppress(Lost):
                member.until_idle()
                self._give(member, batch)
                done = member.take()
                assert done is not None
                return done
        raise Dying

    def _survivor(self, member: Member, raw: Raw) -> Raw:
        """Return an input, or what is told of it if it loses its process each time; once may be chance."""
        code = Code.WORKER_DIED
        for _ in range(2):
            try:
                member.until_idle()
                member.give(raw, self._seconds(raw))
                member.take()
            except Lost as loss:
                code = Code.WORKER_STUCK if loss.stuck else Code.WORKER_DIED
                if loss.stuck:
                    break
            else:
                return raw
        return lost(raw, code, limit=self._seconds(raw))

    def _seconds(self, raw: Raw) -> float:
        """Return how long one input may take before its process counts as hung."""
        limits = self._job.limits
        return 2 * limits.seconds + (limits.scan_seconds if isinstance(raw, File) else 0)


def _dying() -> StoreError:
    return StoreError(
        "GA326", "Các tiến trình soát liên tục bị dừng, có thể vì máy thiếu bộ nhớ. Phần đã quét được giữ nguyên. "
        "Hãy đóng bớt chương trình khác hoặc giảm --workers, rồi chạy lại lệnh cũ, thêm --resume."
    )  # fmt: skip


def _answering(job: Job, make: Make) -> Callable[[Batch | Raw], Done | None]:
    """Load a worker, and return what answers a task: what became of a batch; nothing for an input that is probed."""
    worker = make(job)

    def answer(task: Batch | Raw) -> Done | None:
        if isinstance(task, Batch):
            return worker.work(task)
        worker.probe(task)
        return None

    return answer
