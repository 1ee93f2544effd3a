"""Drafts that a commune has checked before they are posted or recognised.

A draft is a version like any other that waits to be filed, marked by its upload; it counts nowhere until a person files
it under a regulation.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from auditor.store import files, jobs, versions
from auditor.store.database import Change, missing
from auditor.store.versions import Version

NOTE = "draft"
"""How the upload of a draft is marked."""
PAGE = 30


@dataclass(frozen=True, slots=True)
class Listed:
    """A draft in a list, with who handed it in and how many gender findings the machine suggests."""

    id: int
    filename: str
    reading: str
    open_findings: int
    regulation_id: int | None
    by: str
    at: str


def add(change: Change, data: bytes, filename: str, media: str, *, later: bool) -> Version:
    """Take in a draft; with ``later`` a job is queued that reads it."""
    upload = change.insert("uploads", {"user_id": change.actor, "at": change.at, "note": NOTE})
    version = versions.hand_in(change, files.keep(change, data, filename, media), filename, upload_id=upload)
    if later:
        jobs.put(change, "read", {"version": version.id})
    return version


def get(db: sqlite3.Connection, id: int, commune: int | None = None) -> Version:
    """Return a draft.

    Raises:
        StoreError: GA331, there is none, or people of another commune handed it in.
    """
    row = db.execute(
        "SELECT 1 FROM versions JOIN uploads ON uploads.id = upload_id JOIN users ON users.id = uploads.user_id"
        " WHERE versions.id = ? AND note = ? AND (? IS NULL OR unit_id = ?)",
        [id, NOTE, commune, commune],
    ).fetchone()
    if row is None:
        raise missing()
    return versions.get(db, id)


def listed(db: sqlite3.Connection, commune: int | None = None) -> list[Listed]:
    """Return the latest drafts, the latest first."""
    rows = db.execute(
        "SELECT versions.id, filename, reading, open_findings, regulation_id, users.name AS by, versions.at"
        " FROM uploads"
        " JOIN versions ON versions.upload_id = uploads.id JOIN users ON users.id = uploads.user_id"
        " WHERE note = ? AND reading != 'withdrawn' AND (? IS NULL OR users.unit_id = ?)"
        f" ORDER BY uploads.id DESC LIMIT {PAGE}",
        [NOTE, commune, commune],
    )
    return [Listed(**dict(row)) for row in rows]
