"""One job, from its claim to its end: what it finds and its end are kept in one transaction.

A job may be done twice, when a worker was cut off just before its end; then the second time finds what the first left
and adds nothing to it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from time import monotonic
from typing import Any

from auditor.audit import Auditor
from auditor.documents import mail
from auditor.documents.codes import Code, trouble, warning
from auditor.documents.interface import Document, File, Input, Line, Progress, Raw, Unreadable
from auditor.documents.kind import kind_of
from auditor.documents.limits import DEFAULT_LIMITS, Limits
from auditor.documents.load import read_document, read_raw, readers_with
from auditor.documents.pageimages import page_images
from auditor.documents.particulars import Particulars, particulars_of
from auditor.documents.sniff import form_of
from auditor.documents.walk import in_members, unpacked
from auditor.errors import AuditorError, DocumentError
from auditor.record import AuditRecord
from auditor.scanjob import run_scan
from auditor.store import Change, Store, files, jobs, scans, uploads, versions
from auditor.store.jobs import Job

EACH = 1.0
"""Seconds between two lines of progress."""


class Gone(Exception):
    """Another worker holds the job now; what this one found is not wanted."""


@dataclass(frozen=True, slots=True)
class Found:
    """What reading and auditing one text gave."""

    record: AuditRecord
    text: str
    particulars: Particulars
    images: tuple[tuple[int, bytes, str], ...]


class Reader:
    """Does jobs; holds the store and the rulebook.

    Args:
        limits: bounds on each file.
    """

    def __init__(self, store: Store, auditor: Auditor | None = None, limits: Limits = DEFAULT_LIMITS) -> None:
        self._store = store
        self._auditor = auditor or Auditor(people=False)
        self._limits = limits

    def do(self, job: Job) -> None:
        """Do one job to its end; a job that another worker took over meanwhile is left to it."""
        kinds = {"read": self._read, "unpack": self._unpack, scans.JOB: self._scan}
        try:
            kinds.get(job.kind, self._unknown)(job)
        except Gone:
            return

    def _unknown(self, job: Job) -> None:
        with self._held(job) as change:
            words = f"Bản phần mềm này không biết làm việc “{job.kind}”. Xin cập nhật phần mềm rồi làm lại."
            jobs.fail(change, job, "GA359", words)

    def _read(self, job: Job) -> None:
        id = int(job.payload["version"])
        with self._store.read() as db:
            version = versions.get(db, id)
            data = files.read(db, version.file_id) if version.reading == "waiting" else b""
        if version.reading != "waiting":
            with self._held(job) as change:
                jobs.finish(change, job)
            return
        found = self._found(job, data, version.filename)
        with self._held(job) as change:
            if isinstance(found, Unreadable):
                versions.unreadable(change, id, found.code, found.message)
                jobs.fail(change, job, found.code, found.message)
            else:
                self._keep(change, id, version.filename, found)
                jobs.finish(change, job)

    def _scan(self, job: Job) -> None:
        tell = self._teller(job)
        keep = run_scan(self._store, job.payload, lambda done: tell("", done, done + 1))
        with self._held(job) as change:
            keep(change)
            jobs.finish(change, job)

    def _keep(self, change: Change, id: int, filename: str, found: Found) -> None:
        change.db.execute("DELETE FROM pages WHERE version_id = ?", [id])
        for number, data, media in found.images:
            file = files.keep(change, data, f"{filename}-{number}", media)
            change.insert("pages", {"version_id": id, "number": number, "file_id": file.id})
        particulars = plain(found.particulars)
        versions.audited(
            change, id, found.record, found.text, particulars=particulars, pages=len(found.images) or None
        )  # fmt: skip

    def _found(self, job: Job, data: bytes, name: str) -> Found | Unreadable:
        """Read and audit a text; whatever goes wrong is an answer, never an end."""
        try:
            item = self._document(job, data, name)
            if isinstance(item, Unreadable):
                return item
            if kind_of(item.text) == "article":
                item = replace(item, warnings=(*item.warnings, warning(Code.LIKE_ARTICLE)))
            record = self._auditor.audit(item)
            images = tuple(page_images(data, form_of(data, name), self._limits))
            return Found(record, item.text, particulars_of(item, name), images)
        except Gone:
            raise
        except AuditorError as error:
            return Unreadable(name, name, error.code, error.message)
        except Exception as error:
            failed = trouble(Code.AUDIT_FAILED, detail=type(error).__name__)
            return Unreadable(name, name, failed.code, failed.message)

    def _document(self, job: Job, data: bytes, name: str) -> Input:
        """Read the one text of a file, of a letter its words without what is attached."""
        readers = readers_with(self._teller(job))
        if form_of(data, name) == "eml":
            return read_document(data, name, "regulation", self._limits, readers)
        first: Input | None = None
        for item in read_raw(File(name, data), "regulation", self._limits, readers):
            if isinstance(item, Document):
                return replace(item, kind="regulation")
            first = first or item
        return first or Unreadable(name, name, "GA216", trouble(Code.EMPTY_ZIP).message)

    def _teller(self, job: Job) -> Progress:
        """Return what is told of every page: it keeps how far the job is, and ends work nobody waits for any more."""
        last = 0.0

        def told(name: str, done: int, total: int) -> None:
            nonlocal last
            if monotonic() - last < EACH and (done < total or not total):
                return
            last = monotonic()
            with self._store.change() as change:
                if not jobs.progress(change, job, done, total):
                    raise Gone

        return told

    def _unpack(self, job: Job) -> None:
        item = int(job.payload["item"])
        with self._store.read() as db:
            row = db.execute("SELECT file_id, filename FROM upload_items WHERE id = ?", [item]).fetchone()
            data = files.read(db, row["file_id"])
        count = 0
        for raw in self._members(data, row["filename"]):
            count += 1
            with self._held(job) as change:
                jobs.progress(change, job, count, 0)
                self._take(change, item, raw, row["filename"])
        with self._held(job) as change:
            if count:
                jobs.finish(change, job)
            else:
                empty = trouble(Code.EMPTY_ZIP)
                jobs.fail(change, job, empty.code, empty.message)

    def _take(self, change: Change, item: int, raw: Raw, archive: str) -> None:
        upload = change.db.execute("SELECT upload_id FROM upload_items WHERE id = ?", [item]).fetchone()["upload_id"]
        if isinstance(raw, Unreadable):
            uploads.refuse(change, upload, _inner(raw.path, archive), raw.code, raw.message, parent=item)
        elif isinstance(raw, Line):
            uploads.take_bytes(change, item, raw.data, f"{_inner(raw.path, archive)}#{raw.number}.jsonl")
        else:
            uploads.take_bytes(change, item, raw.data or b"", _inner(raw.name, archive))

    def _members(self, data: bytes, name: str) -> Iterator[Raw]:
        """Yield what lies in an archive, or a letter and what is attached to it."""
        if form_of(data, name) != "eml":
            yield from unpacked(data, name, self._limits, 1) or [File(name, data)]
            return
        try:
            attached = list(mail.attachments(data, self._limits, 1))
        except DocumentError:
            attached = []
        if not attached or isinstance(read_document(data, name, "regulation", self._limits), Document):
            yield File(name, data)
        yield from in_members(iter(attached), name, "eml", 1, self._limits)

    @contextmanager
    def _held(self, job: Job) -> Iterator[Change]:
        """Open a change that is made only while the job is still this worker's.

        Raises:
            Gone: it is not.
        """
        with self._store.change(job.user_id) as change:
            if not jobs.held(change.db, job):
                raise Gone
            yield change


def plain(found: Particulars) -> dict[str, Any]:
    """Return particulars as the store keeps them: days as texts, what is not known left out."""
    values = dataclasses.asdict(found)
    return {
        key: value.isoformat() if isinstance(value, date) else value
        for key, value in values.items()
        if value is not None
    }


def _inner(path: str, archive: str) -> str:
    return path.removeprefix(f"{archive}!")
