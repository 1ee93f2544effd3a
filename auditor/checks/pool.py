"""Processes that check for those who wait: the caller's threads stay free, and nobody waits longer than said.

Each process is served by one thread, which hands it one text at a time. Whoever asked stops waiting when the budget
is used up; the process works on, up to a hard limit at which it is ended and started anew.
"""

from __future__ import annotations

import gc
import queue
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from threading import Thread
from typing import Protocol

from auditor import processes
from auditor.audit import Auditor
from auditor.checks.article import Sent
from auditor.checks.check import Checked, check
from auditor.errors import ApiError
from auditor.processes import Dying, Lost, Member

HARD = 30.0
"""Seconds after which a process counts as hung."""
WAITING = 256
"""Texts that may wait; more are turned away at once, so that those who came first are still answered in time."""
processes.preload("auditor.checks.check")


@dataclass(frozen=True, slots=True)
class Task:
    """One check to do; ``people`` asks for the people and the story of an article too."""

    sent: Sent
    as_of: date | None = None
    people: bool = True
    outlet: str | None = None


class Pool(Protocol):
    """What checks texts beside those who wait."""

    def submit(self, task: Task) -> Future[Checked]:
        """Queue a text; its future holds what the check gave, or an ApiError.

        Raises:
            ApiError: GA432, too many are waiting.
        """
        ...

    def close(self) -> None:
        """End all processes."""
        ...


class ProcessPool:
    """Checks in so many processes of this machine."""

    def __init__(self, workers: int) -> None:
        self._tasks: queue.Queue[tuple[Task, Future[Checked]] | None] = queue.Queue(WAITING)
        self._threads = [Thread(target=self._serve, name=f"audit-{n}", daemon=True) for n in range(workers)]
        for thread in self._threads:
            thread.start()

    def submit(self, task: Task) -> Future[Checked]:
        """Queue a text; see :class:`Pool`."""
        future: Future[Checked] = Future()
        try:
            self._tasks.put_nowait((task, future))
        except queue.Full:
            raise ApiError("GA432", "Máy chủ đang có quá nhiều bài chờ soát. Xin thử lại sau vài giây.") from None
        return future

    def close(self) -> None:
        """End all processes, after the texts they are at."""
        for _ in self._threads:
            self._tasks.put(None)
        for thread in self._threads:
            thread.join()

    def _serve(self) -> None:
        member: Member[Task, Checked] = Member(_auditing)
        try:
            while (asked := self._tasks.get()) is not None:
                task, future = asked
                if not future.set_running_or_notify_cancel():
                    continue
                try:
                    future.set_result(_answer(member, task))
                except Exception as error:
                    future.set_exception(error)
        finally:
            member.end()


def _answer(member: Member[Task, Checked], task: Task) -> Checked:
    try:
        member.until_idle()
        member.give(task, HARD)
        with suppress(Lost):
            checked = member.take()
            assert checked is not None
            return checked
    except Dying:
        raise ApiError("GA434", "Máy chủ không khởi động được tiến trình soát. Xin báo người quản trị.") from None
    raise ApiError("GA433", "Bài này làm tiến trình soát dừng giữa chừng nên chưa soát được. Xin gửi bài ngắn hơn.")


def _auditing() -> Callable[[Task], Checked]:
    """Load the auditors, and return what answers a task with them."""
    auditors = {people: Auditor(people=people) for people in (True, False)}
    # What was loaded stays for good: the collector need not walk through it again and again while someone waits.
    gc.collect()
    gc.freeze()
    return lambda task: check(auditors[task.people], task.sent, task.as_of, task.outlet)
