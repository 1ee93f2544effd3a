"""The audit trail: who did what, when, in a chain that shows every later alteration.

Lines are only ever added; triggers of the database refuse anything else. Each line carries the SHA-256 of its content
and of the hash before it, so that a line changed or taken out behind the program's back breaks the chain from there on.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

START = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """One line; ``actor`` is the id of a user, None for the program itself."""

    id: int
    at: str
    actor: int | None
    action: str
    subject: str
    subject_id: int | None
    data: Mapping[str, Any]
    hash: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying found: how many lines stand, and the id of the first that does not fit (None: all fit)."""

    lines: int
    broken_at: int | None
    last: str


def append(
    db: sqlite3.Connection,
    at: str,
    actor: int | None,
    action: str,
    subject: str,
    subject_id: int | None,
    data: Mapping[str, Any],
) -> None:
    """Add a line, inside the transaction of the change it tells of."""
    row = db.execute("SELECT id, hash FROM trail ORDER BY id DESC LIMIT 1").fetchone()
    id, before = (row["id"] + 1, row["hash"]) if row else (1, START)
    words = json.dumps(data, ensure_ascii=False, sort_keys=True, default=str)
    db.execute(
        "INSERT INTO trail (id, at, actor, action, subject, subject_id, data, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            id,
            at,
            actor,
            action,
            subject,
            subject_id,
            words,
            _hash(before, id, at, actor, action, subject, subject_id, words),
        ),
    )


def verify(db: sqlite3.Connection) -> Verdict:
    """Walk the whole chain; ids too must follow each other without a gap."""
    before, lines = START, 0
    for row in db.execute("SELECT id, at, actor, action, subject, subject_id, data, hash FROM trail ORDER BY id"):
        *content, found = tuple(row)
        lines += 1
        if row["id"] != lines or found != _hash(before, *content):
            return Verdict(lines, row["id"], before)
        before = found
    return Verdict(lines, None, before)


def holds(db: sqlite3.Connection, hash: str) -> bool:
    """Say whether a hash noted down earlier still stands; if not, the end of the chain was taken off."""
    return db.execute("SELECT 1 FROM trail WHERE hash = ?", [hash.strip().lower()]).fetchone() is not None


def recent(
    db: sqlite3.Connection,
    *,
    subject: str | None = None,
    subject_id: int | None = None,
    actor: int | None = None,
    limit: int = 200,
    before: int | None = None,
    without: Iterable[int] = (),
) -> Iterator[Entry]:
    """Read the latest lines first: of one subject, of one person, or all.

    Args:
        without: versions the asking person reads blind: lines about them, their findings and letters are left out.
    """
    wanted = {"subject = ?": subject, "subject_id = ?": subject_id, "actor = ?": actor, "id < ?": before}
    # Only what is asked for stands in the query, so that an index serves it.
    given = {words: value for words, value in wanted.items() if value is not None}
    words = [*given, _HIDDEN.format(ids=ids)] if (ids := ", ".join(str(int(id)) for id in without)) else [*given]
    where = f" WHERE {' AND '.join(words)}" if words else ""
    rows = db.execute(f"SELECT * FROM trail{where} ORDER BY id DESC LIMIT ?", [*given.values(), limit])
    for row in rows:
        yield Entry(
            row["id"], row["at"], row["actor"], row["action"], row["subject"], row["subject_id"],
            json.loads(row["data"]), row["hash"],
        )  # fmt: skip


_HIDDEN = (
    "NOT (subject = 'version' AND subject_id IN ({ids})"
    " OR subject = 'finding' AND (json_extract(data, '$.version') IN ({ids})"
    " OR subject_id IN (SELECT id FROM findings WHERE version_id IN ({ids})))"
    " OR subject = 'letter' AND subject_id IN (SELECT id FROM letters WHERE version_id IN ({ids})))"
)


def _hash(before: str, *content: object) -> str:
    words = json.dumps([before, *content], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(words.encode()).hexdigest()
