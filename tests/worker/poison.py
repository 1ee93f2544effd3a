"""What reads texts in tests of the loop: one text kills its process, all others are read at once."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

from auditor.store import Store, files, jobs, versions
from auditor.store.jobs import Job

POISON = b"giet"


def make(path: Path) -> Callable[[Job], None]:
    store = Store(path)

    def do(job: Job) -> None:
        with store.change() as change:
            version = versions.get(change.db, int(job.payload["version"]))
            if POISON in files.read(change.db, version.file_id):
                os.kill(os.getpid(), signal.SIGKILL)
            versions.unreadable(change, version.id, "GA201", "đã đọc")
            jobs.finish(change, job)

    return do
