"""Processes that each hold something costly to load, every one at the end of a pipe of its own.

A process that dies or hangs takes nothing with it but its task: no queue or lock is shared that it could leave in
disorder, as it could in the pools of the standard library.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import forkserver, resource_tracker
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic
from typing import Any, Generic, TypeVar, cast

from auditor.errors import AuditorError

TRIES = 3
SECONDS_TO_START = 300.0
MEMORY = 3 * 2**30
"""Bytes of memory a process may ask for."""
_PR_SET_PDEATHSIG = 1

Task = TypeVar("Task")
Answer = TypeVar("Answer")
Make = Callable[[], Callable[[Task], Answer]]
"""Loads what is costly, in the process, and returns what answers a task. It travels there, so it must be picklable."""


class Lost(Exception):
    """A process did not end its task: it died, or (``stuck``) it took too long and was ended."""

    def __init__(self, *, stuck: bool) -> None:
        super().__init__("stuck" if stuck else "died")
        self.stuck = stuck


class Dying(Exception):
    """Processes die again and again before they ever are idle."""


class Member(Generic[Task, Answer]):
    """A process; started anew whenever it is lost.

    Attributes:
        pipe: where it answers.
        task: what it works on; None while it loads, and while it is idle.
        idle: whether it waits for a task.
        deadline: when it counts as hung.
    """

    # A fresh server forks the processes, so that no lock held by a thread of this one is copied into them.
    _context = multiprocessing.get_context("forkserver")

    def __init__(self, make: Make[Task, Answer]) -> None:
        self._make = make
        self._stillborn = 0
        self.task: Task | None = None
        self._start()

    @property
    def due(self) -> bool:
        """Whether there is something to take: an answer, a death, or the end of patience."""
        return self.pipe.poll() or monotonic() >= self.deadline

    def give(self, task: Task, seconds: float) -> None:
        """Give an idle process a task, and so many seconds for it."""
        self.task, self.idle, self.deadline = task, False, monotonic() + seconds
        with suppress(OSError):  # it died just now, as `take` will tell
            self.pipe.send(task)

    def take(self) -> Answer | None:
        """Wait for the answer; None where the process has only become ready.

        Raises:
            Lost: there is none; a new process has been started.
            Dying: it died before it ever was idle, again and again.
            AuditorError: as the process raises.
        """
        try:
            if not self.pipe.poll(max(0.0, self.deadline - monotonic())):
                raise Lost(stuck=True)
            answer = self.pipe.recv()
        except (EOFError, OSError):
            raise self._renewed(stuck=False) from None
        except Lost as loss:
            raise self._renewed(stuck=loss.stuck) from None
        self.task, self.idle, self._stillborn = None, True, 0
        if isinstance(answer, AuditorError):
            raise answer
        return cast("Answer | None", answer)

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

    def _renewed(self, *, stuck: bool) -> Lost:
        self._stillborn += self.task is None
        if self._stillborn == TRIES:
            raise Dying
        self.end()
        self._start()
        return Lost(stuck=stuck)

    def _start(self) -> None:
        self.pipe, theirs = self._context.Pipe()
        self._process = self._context.Process(target=_serve, args=(theirs, self._make), daemon=True)
        resource_tracker.ensure_running()  # here, for it lets interrupts through again
        with _held_back(signal.SIGINT):
            forkserver.ensure_running()
        with _held_back(signal.SIGINT, signal.SIGTERM):
            self._process.start()
        theirs.close()
        self.task, self.idle, self.deadline = None, False, monotonic() + SECONDS_TO_START


def preload(*modules: str) -> None:
    """Name the modules that the server of processes imports once for all of them."""
    Member._context.set_forkserver_preload(list(modules))


@contextmanager
def _held_back(*numbers: signal.Signals) -> Iterator[None]:
    """Hold signals back until the end of a block; a process started in it never hears them.

    A member that is told only half of what it is to do, or that hears Ctrl-C before it can turn a deaf ear to it, would
    write a traceback over the one line the user should read.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, numbers)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(pipe: Connection, make: Make[Any, Any]) -> None:
    """Be a process that never outlives the one that started it, and that goes first when memory runs short.

    An error without a code ends the process, so that the task behind it is looked for.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("800")
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    with suppress(EOFError, BrokenPipeError):
        answer = make()
        pipe.send(None)
        while True:
            task = pipe.recv()
            try:
                found = answer(task)
            except AuditorError as error:
                found = error
            pipe.send(found)
