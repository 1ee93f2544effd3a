"""Comments of people on a version, or on one finding of it; they change nothing."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from auditor.errors import StoreError
from auditor.store.database import Change


@dataclass(frozen=True, slots=True)
class Comment:
    """What someone wrote; ``finding_id`` is None where it is about the whole text."""

    id: int
    finding_id: int | None
    author: str
    role: str
    text: str
    at: str


def add(change: Change, version_id: int, text: str, *, finding_id: int | None = None) -> int:
    """Add a comment and return its id.

    Raises:
        StoreError: GA342, it says nothing.
    """
    if not text.strip():
        raise StoreError("GA342", "Ý kiến còn trống. Xin ghi vài chữ rồi gửi lại.")
    values = {"version_id": version_id, "finding_id": finding_id, "user_id": change.actor, "text": text.strip()}
    id = change.insert("comments", {**values, "at": change.at})
    change.note("comment.add", "version", version_id, finding=finding_id, comment=id)
    return id


def about(db: sqlite3.Connection, version_id: int, finding_id: int | None) -> list[Comment]:
    """Return the comments on a finding, or on the whole version, in the order they were written."""
    rows = db.execute(
        "SELECT comments.id, finding_id, users.name AS author, users.role, text, comments.at FROM comments"
        " JOIN users ON users.id = user_id WHERE version_id = ? AND finding_id IS ? ORDER BY comments.id",
        [version_id, finding_id],
    )
    return [Comment(**dict(row)) for row in rows]
