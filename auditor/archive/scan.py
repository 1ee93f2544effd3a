"""A whole scan: cut the archive, let an engine work, make the tables; from wherever an earlier run was broken off."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from auditor import __version__
from auditor.archive.finish import finish
from auditor.archive.folder import JOB, SUMMARY, Folder, keep_apart
from auditor.archive.interface import Done, Engine, Job
from auditor.archive.plan import Plan
from auditor.archive.summary import Count, Summary
from auditor.documents.limits import Limits
from auditor.errors import StoreError
from auditor.rulebook.loader import load_rulebook

MOST = 2**50


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a scan is.

    Attributes:
        total: bytes of the archive.
        read: bytes whose inputs are done, those of an earlier run counted.
        done: sums over the batches done in this run.
    """

    total: int
    read: int
    done: Done


def archive_limits(limits: Limits) -> Limits:
    """Return limits for archives: what a container holds may be of any size, each document in it may not."""
    return replace(limits, archive=MOST, expanded=MOST, members=MOST)


def scan(
    archive: str,
    job: Job,
    engine: Engine,
    *,
    share: float = 1.0,
    most: int | None = None,
    resume: bool = False,
    tell: Callable[[Progress], None] = lambda _: None,
) -> Summary:
    """Scan an archive into a folder.

    Args:
        archive: path or URI of a file or folder.
        share: audit only this share of its inputs, chosen at random but the same in every run.
        most: audit only the first so many of those.
        resume: go on where an earlier run was broken off; a run that is complete is left as it is.
        tell: is told how far the scan is.

    Returns:
        The summary, also in ``summary.json``.

    Raises:
        RulebookError: the rulebook is broken (GA1xx).
        StoreError: GA321 the folder holds a scan already, GA322 another scan runs in it, GA323 the archive or the
            options are not those of the run to be resumed, GA324 the disk is full, GA325 the folder cannot be written,
            GA326 processes keep dying, GA327 the folder is a part of the archive.
        DocumentError: the archive itself cannot be opened (GA202, GA214, GA220).
    """
    keep_apart(archive, job.out)
    folder = Folder(job.out)
    with folder.locked():
        folder.tidy()
        plan = Plan(archive, job.limits, share, most)
        contents, size = plan.facts()
        rulebook = load_rulebook().version
        facts = {
            "archive": archive, "contents": contents, "engine": __version__, "rulebook": rulebook,
            "share": share, "most": most, "job": _digest(replace(job, today=date.min)),
        }  # fmt: skip
        started = _started(folder, facts, job.today, resume)
        done = folder.read_json(SUMMARY)
        if done is None:
            job = replace(job, today=started)
            _work(folder, plan, size, job, engine, tell)
            summed = partial(Count.summary, archive=archive, engine=__version__, rulebook=rulebook, started=started)
            finish(folder, summed)
        folder.drop_parts()
        return Summary.model_validate(folder.read_json(SUMMARY))


def _work(folder: Folder, plan: Plan, total: int, job: Job, engine: Engine, tell: Callable[[Progress], None]) -> None:
    finished = frozenset(folder.finished())
    read = 0
    sums = Done((0, 0))
    tell(Progress(total, read, sums))
    for done in engine.run(plan, job, finished):
        read = max(read, done.position)
        sums = Done(
            done.key, sums.audited + done.audited, sums.rejected + done.rejected, sums.left_out + done.left_out,
            sums.findings + done.findings,
        )  # fmt: skip
        tell(Progress(total, read, sums))


def _started(folder: Folder, facts: dict[str, Any], today: date, resume: bool) -> date:
    """Return the day this scan, or the run it resumes, began.

    Raises:
        StoreError: GA321, GA323.
    """
    earlier = folder.read_json(JOB)
    if earlier is None:
        folder.write_json(JOB, {**facts, "started": today.isoformat()})
        return today
    if not resume:
        raise StoreError(
            "GA321", f"Thư mục {folder.out} đã có một lượt quét. Hãy thêm --resume để quét tiếp,"
            " hoặc chọn thư mục khác.",
        )  # fmt: skip
    changed = sorted(name for name in facts if earlier.get(name) != facts[name])
    if changed:
        names = ", ".join(map(_CHANGED.__getitem__, changed))
        raise StoreError(
            "GA323", f"Không quét tiếp được: {names} khác với lượt quét dở trong {folder.out}."
            " Hãy quét lại từ đầu vào một thư mục khác.",
        )  # fmt: skip
    return date.fromisoformat(earlier["started"])


_CHANGED = {
    "archive": "đường dẫn kho", "contents": "nội dung kho", "engine": "phiên bản chương trình",
    "rulebook": "bộ quy tắc", "share": "--sample", "most": "--limit", "job": "tùy chọn của lệnh",
}  # fmt: skip


def _digest(job: Job) -> str:
    return hashlib.sha256(json.dumps(asdict(replace(job, out="")), default=str).encode()).hexdigest()
