"""Workers that some texts are poison to, each in its own way."""

from __future__ import annotations

import os
import resource
import time
from datetime import date
from typing import Any

from auditor.archive.interface import Job
from auditor.archive.worker import Worker
from auditor.documents.interface import Document, Input, Line
from auditor.record import AuditRecord
from tests.archive.stock import article, line


class Panic(BaseException):
    """What a Rust library raises when it panics."""


def _abort() -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.abort()


def _panic() -> None:
    raise Panic


def _no_memory() -> None:
    raise MemoryError


def _fail() -> None:
    raise RuntimeError


DEATHS = {"abort": _abort}
ERRORS = {"panic": _panic, "memory": _no_memory, "error": _fail}
POISONS = {**DEATHS, **ERRORS, "hang": lambda: time.sleep(1000)}


class _Auditor:
    def __init__(self, auditor: Any) -> None:
        self._auditor = auditor

    def audit(self, item: Input, day: date) -> AuditRecord:
        if isinstance(item, Document):
            for name, act in POISONS.items():
                if f"thuốc-{name}" in item.text:
                    act()
        record = self._auditor.audit(item, day)
        if isinstance(item, Document) and "thuốc-row" in item.text:
            # A row that no table can hold.
            return record.model_copy(update={"title": "\ud800"})  # type: ignore[no-any-return]
        return record  # type: ignore[no-any-return]


class Poisoned(Worker):
    """A worker that dies, hangs or fails at certain words."""

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        # The first text takes seconds, which would count as hanging here.
        self.probe(Line("nóng máy", 1, line(**article(1))))
        self._auditor = _Auditor(self._auditor)  # type: ignore[assignment]


class Stillborn(Worker):
    """A worker that dies before it is ready."""

    def __init__(self, job: Job) -> None:
        os._exit(1)


class Frail(Worker):
    """A worker whose first process dies at its first task; a file in its folder tells that it did."""

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        mark = f"{job.out}/died"
        if not os.path.exists(mark):
            open(mark, "w").close()
            self._auditor = _Dying()  # type: ignore[assignment]


class _Dying:
    def audit(self, item: Input, day: date) -> AuditRecord:
        os._exit(1)
