"""Processes that audit for those who wait: the caller's threads stay free, and nobody waits longer than said.

Each process is served by one thread, which hands it one document at a time. Whoever asked stops waiting when the budget
is used up; the process works on, up to a hard limit at which it is ended and started anew.
"""

from __future__ import annotations

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
from auditor.documents.interface import Document
from auditor.errors import ApiError
from auditor.processes import Dying, Lost, Member
from auditor.record import AuditRecord

HARD = 30.0
"""Seconds after which a process counts as hung."""
WAITING = 256
"""Documents that may wait; more are turned away at once, so that those who came first are still answered in time."""
processes.preload("auditor.audit")


@dataclass(frozen=True, slots=True)
class Task:
    """One document to audit; ``people`` asks for the people and the story of an article too."""

    document: Document
    as_of: date | None
    people: bool


class Pool(Protocol):
    """What audits documents beside those who wait."""

    def submit(self, task: Task) -> Future[AuditRecord]:
        """Queue a document; its future holds the record, or an ApiError.

        Raises:
            ApiError: GA432, too many are waiting.
        """
        ...

    def close(self) -> None:
        """End all processes."""
        ...


class ProcessPool:
    """Audits in so many processes of this machine."""

    def __init__(self, workers: int) -> None:
        self._tasks: queue.Queue[tuple[Task, Future[AuditRecord]] | None] = queue.Queue(WAITING)
        self._threads = [Thread(target=self._serve, name=f"audit-{n}", daemon=True) for n in range(workers)]
        for thread in self._threads:
            thread.start()

    def submit(self, task: Task) -> Future[AuditRecord]:
        """Queue a document; see :class:`Pool`."""
        future: Future[AuditRecord] = Future()
        try:
            self._tasks.put_nowait((task, future))
        except queue.Full:
            raise ApiError("GA432", "Máy chủ đang có quá nhiều bài chờ soát. Xin thử lại sau vài giây.") from None
        return future

    def close(self) -> None:
        """End all processes, after the documents they are at."""
        for _ in self._threads:
            self._tasks.put(None)
        for thread in self._threads:
            thread.join()

    def _serve(self) -> None:
        member: Member[Task, AuditRecord] = Member(_auditing)
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


def _answer(member: Member[Task, AuditRecord], task: Task) -> AuditRecord:
    try:
        member.until_idle()
        member.give(task, HARD)
        with suppress(Lost):
            record = member.take()
            assert record is not None
            return record
    except Dying:
        raise ApiError("GA434", "Máy chủ không khởi động được tiến trình soát. Xin báo người quản trị.") from None
    raise ApiError("GA433", "Bài này làm tiến trình soát dừng giữa chừng nên chưa soát được. Xin gửi bài ngắn hơn.")


def _auditing() -> Callable[[Task], AuditRecord]:
    """Load the auditors, and return what answers a task with them."""
    auditors = {people: Auditor(people=people) for people in (True, False)}
    return lambda task: auditors[task.people].audit(task.document, task.as_of)
