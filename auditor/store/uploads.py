"""Uploads: what one person handed in at one time, and how far each file is.

A file, its version and its job are kept in one transaction, before anyone is told that it has arrived. The same bytes
are recognised: they lead to the text that is known already, unless that was taken back. Sending a file once more within
an upload, as a browser does whose connection broke, changes nothing.
"""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, Literal

from auditor.documents.places import printable
from auditor.documents.sniff import form_of
from auditor.documents.walk import HEAD, container_form
from auditor.errors import StoreError
from auditor.store import files, jobs, versions
from auditor.store.database import Change, missing

Outcome = Literal["new", "known", "archive", "refused"]
LONGEST_NAME = 200
MEDIA = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".doc": "application/msword",
    ".odt": "application/vnd.oasis.opendocument.text", ".pdf": "application/pdf", ".rtf": "application/rtf",
    ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".txt": "text/plain; charset=utf-8",
    ".zip": "application/zip",
}  # fmt: skip
"""Types files are served as; all others as bytes, so that no browser takes what was handed in for a page."""


@dataclass(frozen=True, slots=True)
class Upload:
    """One upload with how many of its files are what; ``waiting`` counts texts and archives still to be read."""

    id: int
    at: str
    by: str | None
    files: int
    waiting: int
    unreadable: int
    known: int


@dataclass(frozen=True, slots=True)
class Item:
    """One file of an upload.

    Attributes:
        reading: of its version; None where it has none.
        code: why it was refused or could not be read.
        job_state: of the job that reads or opens it.
        ahead: how many jobs are to be done before, where it is queued.
        title: of the regulation its version is filed under.
        known_at: when the text that is known already was handed in.
    """

    id: int
    upload_id: int
    parent_id: int | None
    filename: str
    outcome: Outcome
    version_id: int | None
    reading: str | None
    code: str | None
    message: str | None
    job_id: int | None
    job_state: str | None
    done: int
    total: int
    ahead: int
    regulation_id: int | None
    title: str | None
    known_at: str | None
    findings: int

    @property
    def open(self) -> bool:
        """Whether something is still to be done for it."""
        return self.job_state in {"queued", "running"} and self.reading in {None, "waiting"}


def start(change: Change, note: str = "") -> int:
    """Begin an upload and return its id."""
    return change.insert("uploads", {"user_id": change.actor, "at": change.at, "note": note})


def take_in(
    change: Change,
    upload_id: int,
    stream: IO[bytes],
    filename: str,
    *,
    commune: int | None = None,
    parent: int | None = None,
    whole: bool = False,
) -> int:
    """Keep one file of an upload, with its version or its archive and the job for it; return the id of its item.

    Args:
        commune: whose known texts count, for a person who sees only one commune.
        parent: the item of the archive it lay in.
        whole: it is known to be one text, whatever it looks like.
    """
    name = _plain(filename)
    file = files.keep_stream(change, stream, PurePosixPath(name).name, media_of(name))
    again = change.db.execute(
        "SELECT id FROM upload_items WHERE upload_id = ? AND file_id = ? AND filename = ?", [upload_id, file.id, name]
    ).fetchone()
    if again is not None:
        return int(again["id"])
    values = {"upload_id": upload_id, "parent_id": parent, "filename": name, "file_id": file.id, "at": change.at}
    if not whole and _holds_others(stream, name):
        item = change.insert("upload_items", {**values, "outcome": "archive"})
        change.update("upload_items", item, {"job_id": jobs.put(change, "unpack", {"item": item})})
        change.note("upload.archive", "upload", upload_id, filename=name, sha256=file.sha256)
        return item
    known = change.db.execute(
        f"SELECT id FROM versions WHERE file_id = :file AND reading != 'withdrawn' AND {versions.SEEN} ORDER BY id",
        {"file": file.id, "commune": commune},
    ).fetchone()
    if known is not None:
        return change.insert("upload_items", {**values, "outcome": "known", "version_id": known["id"]})
    version = versions.hand_in(change, file, PurePosixPath(name).name, upload_id=upload_id)
    job = jobs.put(change, "read", {"version": version.id})
    return change.insert("upload_items", {**values, "outcome": "new", "version_id": version.id, "job_id": job})


def take_bytes(change: Change, item_id: int, data: bytes, filename: str, *, whole: bool = True) -> int:
    """Keep one file out of the archive of an item; see :func:`take_in`."""
    row = change.db.execute(
        "SELECT upload_id, unit_id FROM upload_items JOIN uploads ON uploads.id = upload_id"
        " LEFT JOIN users ON users.id = user_id WHERE upload_items.id = ?",
        [item_id],
    ).fetchone()
    stream = io.BytesIO(data)
    return take_in(change, row["upload_id"], stream, filename, commune=row["unit_id"], parent=item_id, whole=whole)


def refuse(change: Change, upload_id: int, filename: str, code: str, message: str, *, parent: int | None = None) -> int:
    """Keep that a file was not taken in, and why; return the id of its item."""
    name = _plain(filename)
    same = "SELECT id FROM upload_items WHERE upload_id = ? AND filename = ? AND code = ?"
    row = change.db.execute(same, [upload_id, name, code]).fetchone()
    if row is not None:
        return int(row["id"])
    values = {"upload_id": upload_id, "parent_id": parent, "filename": name, "outcome": "refused"}
    return change.insert("upload_items", {**values, "code": code, "message": message, "at": change.at})


def retry(change: Change, item: Item) -> None:
    """Read a file once more that could not be read."""
    if item.job_id is None or item.job_state in {"queued", "running"}:
        return
    if item.version_id is not None:
        fresh = {"reading": "waiting", "error_code": None, "error": None}
        change.update("versions", item.version_id, fresh)
    jobs.again(change, item.job_id)
    change.note("upload.retry", "upload", item.upload_id, filename=item.filename)


def restore(change: Change, item: Item) -> None:
    """Bring back the text of an item that was taken back; if it had not been read, it is read now."""
    if item.version_id is None or item.outcome != "new":
        raise not_its_own()
    version = versions.restore(change, item.version_id)
    if version.reading == "waiting" and item.job_id is not None and item.job_state not in {"queued", "running"}:
        jobs.again(change, item.job_id)


def not_its_own() -> StoreError:
    """Return the error of taking back what came with another upload."""
    return StoreError("GA353", "Tệp này đã có từ lần tải lên trước. Xin mở lần tải lên ấy để rút lại.")


_SEEN = (
    "(:commune IS NULL OR EXISTS (SELECT 1 FROM users WHERE users.id = uploads.user_id AND users.unit_id = :commune))"
)
_ITEMS = (
    "SELECT upload_items.id, upload_items.upload_id, parent_id, upload_items.filename, outcome,"
    " upload_items.version_id, versions.reading, coalesce(code, versions.error_code, jobs.error_code) AS code,"
    " coalesce(message, versions.error, jobs.error) AS message, job_id, jobs.state AS job_state,"
    " coalesce(jobs.done, 0) AS done, coalesce(jobs.total, 0) AS total, 0 AS ahead, versions.regulation_id,"
    " regulations.title, CASE outcome WHEN 'known' THEN versions.at END AS known_at,"
    " coalesce(versions.open_findings, 0) AS findings FROM upload_items"
    " JOIN uploads ON uploads.id = upload_items.upload_id LEFT JOIN versions ON versions.id = upload_items.version_id"
    " LEFT JOIN jobs ON jobs.id = job_id LEFT JOIN regulations ON regulations.id = versions.regulation_id"
)


def get(db: sqlite3.Connection, id: int, commune: int | None = None) -> Upload:
    """Return an upload.

    Raises:
        StoreError: GA331, there is none, or people of another commune made it.
    """
    for upload in _uploads(db, "uploads.id = :id", {"id": id, "commune": commune}):
        return upload
    raise missing()


def recent(db: sqlite3.Connection, commune: int | None = None, limit: int = 10) -> list[Upload]:
    """Return the latest uploads, the latest first."""
    return list(_uploads(db, "true", {"commune": commune, "limit": limit}))


def items(db: sqlite3.Connection, upload_id: int, *, limit: int = 200, offset: int = 0) -> list[Item]:
    """Return files of an upload in the order they came, what lay in an archive among them."""
    rows = db.execute(
        f"{_ITEMS} WHERE upload_items.upload_id = ? ORDER BY upload_items.id LIMIT ? OFFSET ?",
        [upload_id, limit, offset],
    )
    return [_item(db, row) for row in rows]


def item(db: sqlite3.Connection, id: int, commune: int | None = None) -> Item:
    """Return one file of an upload.

    Raises:
        StoreError: GA331, there is none, or people of another commune handed it in.
    """
    row = db.execute(f"{_ITEMS} WHERE upload_items.id = :id AND {_SEEN}", {"id": id, "commune": commune}).fetchone()
    if row is None:
        raise missing()
    return _item(db, row)


def media_of(name: str) -> str:
    """Return the media type a file is served as."""
    return MEDIA.get(PurePosixPath(name).suffix.lower(), "application/octet-stream")


def _uploads(db: sqlite3.Connection, where: str, values: dict[str, int | None]) -> Iterator[Upload]:
    rows = db.execute(
        "WITH chosen AS (SELECT uploads.id, uploads.at, user_id FROM uploads WHERE"
        f" {where} AND {_SEEN} ORDER BY uploads.id DESC LIMIT :limit)"
        " SELECT chosen.id, chosen.at, users.name AS by, count(upload_items.id) AS files,"
        " coalesce(sum(jobs.state IN ('queued', 'running') AND coalesce(reading, 'waiting') = 'waiting'), 0)"
        " AS waiting,"
        " coalesce(sum(outcome = 'refused' OR (outcome != 'known' AND reading = 'unreadable')"
        "  OR (outcome = 'archive' AND jobs.state = 'failed')), 0) AS unreadable,"
        " coalesce(sum(outcome = 'known'), 0) AS known FROM chosen LEFT JOIN users ON users.id = chosen.user_id"
        " LEFT JOIN upload_items ON upload_items.upload_id = chosen.id LEFT JOIN jobs ON jobs.id = job_id"
        " LEFT JOIN versions ON versions.id = upload_items.version_id GROUP BY chosen.id ORDER BY chosen.id DESC",
        {"limit": 1, **values},
    )
    return (Upload(**dict(row)) for row in rows)


def _item(db: sqlite3.Connection, row: sqlite3.Row) -> Item:
    waits = row["job_state"] == "queued"
    return Item(**{**dict(row), "ahead": jobs.ahead(db, row["job_id"]) if waits else 0})


def _holds_others(stream: IO[bytes], name: str) -> bool:
    """Tell an archive or a letter, which may hold several texts."""
    stream.seek(0)
    head = stream.read(HEAD)
    stream.seek(0)
    form = container_form(stream, name)
    stream.seek(0)
    return form != "file" or form_of(head, name) in {"eml", "jsonl"}


def _plain(filename: str) -> str:
    """Return the name of a file as it is shown: no control characters, slashes of any system, not too long."""
    name = "".join(char if char.isprintable() else " " for char in printable(filename)).replace("\\", "/").strip(" /")
    return (name if len(name) <= LONGEST_NAME else "…" + name[-LONGEST_NAME:]) or "khong-ten"
