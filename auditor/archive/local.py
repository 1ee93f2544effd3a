"""The engine of one machine: processes with a rulebook each, every one at the end of a pipe of its own.

A process that dies or hangs takes nothing with it but its task: no queue or lock is shared that it could leave in
disorder, as it could in the pools of the standard library. The batch of that task is then tried input by input, and
worked on again without those that end their process by themselves.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import resource
import signal
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection, wait
from pathlib import Path
from time import monotonic
from typing import cast

from auditor.archive.interface import Batch, Done, Job, Key
from auditor.archive.plan import Plan
from auditor.archive.worker import Worker, lost
from auditor.documents.codes import Code
from auditor.documents.interface import File, Raw
from auditor.errors import AuditorError, StoreError

AHEAD = 2
TRIES = 3
SECONDS_EACH = 1.0
SECONDS_TO_START = 300.0
MEMORY = 3 * 2**30
_PR_SET_PDEATHSIG = 1

Make = Callable[[Job], Worker]


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


class Lost(Exception):
    """A process did not end its task: it died, or it took too long and was ended."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code = code


class Crew:
    """Processes that each hold a worker; whatever an input does to them, its batch gets done."""

    def __init__(self, job: Job, workers: int, make: Make = Worker) -> None:
        self._job = job
        self._members = [Member(job, make) for _ in range(workers)]

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
        source = iter(batches)
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
        raise _dying()

    def _survivor(self, member: Member, raw: Raw) -> Raw:
        """Return an input, or what is told of it if it loses its process each time; once may be chance."""
        code = Code.WORKER_DIED
        for _ in range(2):
            try:
                member.until_idle()
                member.give(raw, self._seconds(raw))
                member.take()
            except Lost as loss:
                code = loss.code
                if code == Code.WORKER_STUCK:
                    break
            else:
                return raw
        return lost(raw, code, limit=self._seconds(raw))

    def _seconds(self, raw: Raw) -> float:
        """Return how long one input may take before its process counts as hung."""
        limits = self._job.limits
        return 2 * limits.seconds + (limits.scan_seconds if isinstance(raw, File) else 0)


class Member:
    """A process with a worker; started anew whenever it is lost.

    Attributes:
        pipe: where it answers.
        task: the batch or input it works on; None while it loads the rulebook, and while it is idle.
        idle: whether it waits for a task.
        deadline: when it counts as hung.
    """

    # A fresh server forks the processes, so that no lock held by a thread of this one is copied into them.
    _context = multiprocessing.get_context("forkserver")
    _context.set_forkserver_preload([__name__])

    def __init__(self, job: Job, make: Make) -> None:
        self._job = job
        self._make = make
        self._stillborn = 0
        self.task: Batch | Raw | None = None
        self._start()

    @property
    def due(self) -> bool:
        """Whether there is something to take: an answer, a death, or the end of patience."""
        return self.pipe.poll() or monotonic() >= self.deadline

    def give(self, task: Batch | Raw, seconds: float) -> None:
        """Give an idle process a task, and so many seconds for it."""
        self.task, self.idle, self.deadline = task, False, monotonic() + seconds
        with suppress(OSError):  # it died just now, as `take` will tell
            self.pipe.send(task)

    def take(self) -> Done | None:
        """Wait for the answer: what became of a batch, None for anything else.

        Raises:
            Lost: there is none; a new process has been started.
            StoreError: as the worker raises; GA326 it died before it ever was idle, again and again.
        """
        try:
            if not self.pipe.poll(max(0.0, self.deadline - monotonic())):
                raise Lost(Code.WORKER_STUCK)
            answer = self.pipe.recv()
        except (EOFError, OSError):
            raise self._renewed(Code.WORKER_DIED) from None
        except Lost as loss:
            raise self._renewed(loss.code) from None
        if isinstance(answer, AuditorError):
            raise answer
        self.task, self.idle, self._stillborn = None, True, 0
        return cast("Done | None", answer)

    def until_idle(self) -> None:
        """Wait until a process that is starting can be given a task."""
        while not self.idle:
            with suppress(Lost):
                self.take()

    def end(self) -> None:
        """End the process at once; what it has left is whole."""
        self._process.kill()
        self._process.join()
        self.pipe.close()

    def _renewed(self, code: Code) -> Lost:
        self._stillborn += self.task is None
        if self._stillborn == TRIES:
            raise _dying()
        self.end()
        self._start()
        return Lost(code)

    def _start(self) -> None:
        self.pipe, theirs = self._context.Pipe()
        self._process = self._context.Process(target=_serve, args=(theirs, self._job, self._make), daemon=True)
        self._process.start()
        theirs.close()
        self.task, self.idle, self.deadline = None, False, monotonic() + SECONDS_TO_START


def _dying() -> StoreError:
    return StoreError(
        "GA326", "Các tiến trình soát liên tục bị dừng, có thể vì máy thiếu bộ nhớ. Phần đã quét được giữ nguyên. "
        "Hãy đóng bớt chương trình khác hoặc giảm --workers, rồi chạy lại lệnh cũ, thêm --resume."
    )  # fmt: skip


def _serve(pipe: Connection, job: Job, make: Make) -> None:
    """Be a worker that never outlives its scan, and that goes first when memory runs short.

    An error without a code ends the process, so that the input behind it is looked for.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("800")
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    with suppress(EOFError, BrokenPipeError):
        worker = make(job)
        pipe.send(None)
        while True:
            pipe.send(_answer(worker, pipe.recv()))


def _answer(worker: Worker, task: Batch | Raw) -> Done | AuditorError | None:
    try:
        if isinstance(task, Batch):
            return worker.work(task)
        worker.probe(task)
    except AuditorError as error:
        return error
    return None
