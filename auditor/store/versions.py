"""Versions: the texts that were handed in, read and audited, and filed under the regulation of a village.

A version is kept from the moment its bytes arrive; reading and auditing it is a job. Until a person files it, it
belongs to no regulation and counts nowhere.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from auditor.errors import StoreError
from auditor.record import GENDER_SEVERITIES, AuditRecord
from auditor.store import findings, seconds
from auditor.store.database import Change, loaded, missing
from auditor.store.files import File
from auditor.store.words import Verdict
from auditor.text import bare


@dataclass(frozen=True, slots=True)
class Version:
    """One text of a regulation, without the text itself.

    Attributes:
        regulation_id: None until a person has filed it.
        reading: waiting, audited, unreadable or withdrawn.
        particulars: what the text says of itself, a guess for the person who files it.
        verdict: what the review says so far; see :func:`auditor.store.findings.settle`.
        open_findings: gender findings nobody has decided yet.
        s4_open: confirmed S4 findings not repaired yet.
    """

    id: int
    regulation_id: int | None
    number: int | None
    upload_id: int | None
    file_id: int
    filename: str
    reading: str
    error_code: str | None
    error: str | None
    particulars: Mapping[str, Any]
    ocr: bool
    pages: int | None
    adopted_on: str | None
    recognised_on: str | None
    verdict: Verdict
    reviewed_by: int | None
    reviewed_at: str | None
    open_findings: int
    s4_open: int
    wants_second: bool
    second_id: int | None
    second_at: str | None
    uploaded_by: int | None
    at: str


COLUMNS = ", ".join(f"versions.{name}" for name in Version.__slots__)


def hand_in(change: Change, file: File, filename: str, *, upload_id: int | None = None) -> Version:
    """Take in a file that is kept; it waits to be read."""
    values = {"file_id": file.id, "filename": filename, "upload_id": upload_id, "reading": "waiting"}
    id = change.insert("versions", {**values, "uploaded_by": change.actor, "at": change.at})
    change.note("version.hand_in", "version", id, filename=filename, sha256=file.sha256)
    return get(change.db, id)


def audited(
    change: Change,
    id: int,
    record: AuditRecord,
    text: str,
    *,
    particulars: Mapping[str, Any] | None = None,
    pages: int | None = None,
) -> Version:
    """Keep what reading and auditing a version gave: its text, its record and its findings, replacing earlier ones.

    Raises:
        StoreError: GA337, people have already decided findings of this version.
    """
    findings.replace(change, id, record.findings)
    rest = record.model_copy(update={"findings": ()})
    change.update(
        "versions", id,
        {
            "reading": "audited", "text": text, "record": rest.to_json(), "particulars": dict(particulars or {}),
            "ocr": int(record.source.ocr), "pages": pages, "error_code": None, "error": None,
        },
    )  # fmt: skip
    findings.settle(change, id)
    seconds.choose(change, id)
    index(change, id)
    counted = sum(finding.severity in GENDER_SEVERITIES for finding in record.findings)
    change.note("version.audited", "version", id, findings=counted, engine=record.engine, rulebook=record.rulebook)
    return get(change.db, id)


def unreadable(change: Change, id: int, code: str, message: str) -> Version:
    """Keep why a version could not be read."""
    change.update("versions", id, {"reading": "unreadable", "error_code": code, "error": message})
    change.note("version.unreadable", "version", id, code=code)
    return get(change.db, id)


def withdraw(change: Change, id: int) -> Version:
    """Take back a version that is filed nowhere and that nobody has reviewed; its bytes stay.

    Raises:
        StoreError: GA351, it is filed or reviewed already.
    """
    decided = "SELECT 1 FROM decisions JOIN findings ON findings.id = finding_id WHERE version_id = ? LIMIT 1"
    if get(change.db, id).regulation_id is not None or change.db.execute(decided, [id]).fetchone():
        raise StoreError(
            "GA351", "Văn bản này đã được xếp vào hồ sơ hoặc đã có người rà soát nên không rút lại được."
            " Xin gỡ khỏi hồ sơ trước, hoặc tải lên bản mới.",
        )  # fmt: skip
    change.update("versions", id, {"reading": "withdrawn"})
    change.db.execute("DELETE FROM search WHERE rowid = ?", [id])
    change.note("version.withdraw", "version", id)
    return get(change.db, id)


def restore(change: Change, id: int) -> Version:
    """Bring back a version that was taken back, as it stood.

    Raises:
        StoreError: GA352, the same file was handed in again meanwhile.
    """
    row = change.db.execute("SELECT file_id, reading, text, error_code FROM versions WHERE id = ?", [id]).fetchone()
    if row is None:
        raise missing()
    if row["reading"] != "withdrawn":
        return get(change.db, id)
    other = "SELECT 1 FROM versions WHERE file_id = ? AND id != ? AND reading != 'withdrawn' LIMIT 1"
    if change.db.execute(other, [row["file_id"], id]).fetchone():
        raise StoreError("GA352", "Tệp này đã được tải lên lần nữa nên không cần khôi phục bản cũ.")
    reading = "audited" if row["text"] is not None else "unreadable" if row["error_code"] else "waiting"
    change.update("versions", id, {"reading": reading})
    if reading == "audited":
        index(change, id)
    change.note("version.restore", "version", id)
    return get(change.db, id)


def get(db: sqlite3.Connection, id: int) -> Version:
    """Return a version by its id.

    Raises:
        StoreError: GA331, there is no such version.
    """
    row = db.execute(f"SELECT {COLUMNS} FROM versions WHERE id = ?", [id]).fetchone()
    if row is None:
        raise missing()
    return of_row(row)


SEEN = (
    "(:commune IS NULL OR versions.regulation_id IN (SELECT regulations.id FROM regulations JOIN units"
    " ON units.id = regulations.unit_id WHERE units.parent_id = :commune)"
    " OR (versions.regulation_id IS NULL AND versions.uploaded_by IN (SELECT id FROM users WHERE unit_id = :commune)))"
)
"""SQL: whoever sees only ``:commune`` may see a version: filed there, or handed in by its clerks and not filed yet."""


def seen(db: sqlite3.Connection, id: int, commune: int | None) -> Version:
    """Return a version, if whoever sees only one commune (None: all) may see it.

    Raises:
        StoreError: GA331, there is none, or it lies outside that commune.
    """
    row = db.execute(
        f"SELECT {COLUMNS} FROM versions WHERE id = :id AND {SEEN}", {"id": id, "commune": commune}
    ).fetchone()
    if row is None:
        raise missing()
    return of_row(row)


def text(db: sqlite3.Connection, id: int) -> str:
    """Return the normalised text of a version, empty where it has not been read."""
    row = db.execute("SELECT text FROM versions WHERE id = ?", [id]).fetchone()
    return (row["text"] or "") if row else ""


def record(db: sqlite3.Connection, id: int) -> AuditRecord | None:
    """Return the audit record of a version without its findings, None where it has not been audited."""
    row = db.execute("SELECT record FROM versions WHERE id = ?", [id]).fetchone()
    data = loaded(row["record"]) if row else None
    if data is None:
        return None
    return AuditRecord.model_validate({**{key: value for key, value in data.items() if key != "schema"}})


def of_regulation(db: sqlite3.Connection, regulation_id: int) -> list[Version]:
    """Return the versions of a regulation, the latest first."""
    rows = db.execute(f"SELECT {COLUMNS} FROM versions WHERE regulation_id = ? ORDER BY number DESC", [regulation_id])
    return [of_row(row) for row in rows]


def index(change: Change, id: int) -> None:
    """Make a version findable by the words of its title, its places and its text, with or without marks."""
    row = change.db.execute(
        "SELECT versions.text, filename, regulations.title, villages.type || ' ' || villages.name AS village,"
        " communes.type || ' ' || communes.name AS commune FROM versions"
        " LEFT JOIN regulations ON regulations.id = regulation_id LEFT JOIN units AS villages ON villages.id = unit_id"
        " LEFT JOIN units AS communes ON communes.id = villages.parent_id WHERE versions.id = ?",
        [id],
    ).fetchone()
    named = " ".join(words for words in (row["title"], row["village"], row["commune"], row["filename"]) if words)
    change.db.execute("DELETE FROM search WHERE rowid = ?", [id])
    change.db.execute(
        "INSERT INTO search (rowid, title, body, version_id) VALUES (?, ?, ?, ?)",
        [id, bare(named), bare(row["text"] or ""), id],
    )


def of_row(row: sqlite3.Row) -> Version:
    """Make a version of a row that holds :data:`COLUMNS`."""
    values = {name: row[name] for name in Version.__slots__}
    flags = {name: bool(values[name]) for name in ("ocr", "wants_second")}
    return Version(**{**values, **flags, "particulars": loaded(values["particulars"])})
