"""Checks whose text an outlet chose to keep for some days; without that choice nothing of a text is ever written.

How long is read from the outlet's policy at every writing, reading and deleting, so that a shorter time, or none, holds
at once for what was kept before.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from auditor.checks.gate import Gate
from auditor.store import clock
from auditor.store.answered import Answered
from auditor.store.database import Change, loaded, missing

LONGEST = 366
"""Days a text may be kept at most."""
_DAY = 24 * 3600


@dataclass(frozen=True, slots=True)
class Line:
    """A kept check as a list shows it; ``key`` is the name of the key that asked."""

    id: int
    key: str
    article: str
    title: str
    gate: Gate
    incomplete: bool
    rules: tuple[str, ...]
    at: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept check with the text as it was sent."""

    line: Line
    format: Literal["text", "html"]
    lead: str
    body: str
    captions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many checks of an outlet are kept, and since when; this is all that others than the outlet see."""

    checks: int
    first_at: str | None


def keep(change: Change, checks: Iterable[Answered]) -> None:
    """Keep checks of outlets whose policy asks for it at this moment, and nothing of the others."""
    days: dict[int, int] = {}
    for one in checks:
        if one.outlet_id not in days:
            days[one.outlet_id] = _days(change.db, one.outlet_id)
        if one.sent is not None and days[one.outlet_id]:
            change.insert("kept_checks", {
                "outlet_id": one.outlet_id, "key_id": one.key_id, "article": one.id, "title": one.sent.title,
                "gate": one.gate, "incomplete": int(one.incomplete), "rules": one.rules, "format": one.sent.format,
                "lead": one.sent.lead, "body": one.sent.body, "captions": one.sent.captions, "at": one.at,
            })  # fmt: skip


def count(db: sqlite3.Connection, outlet_id: int) -> Count:
    """Count what is kept for an outlet."""
    row = db.execute(
        "SELECT count(*), min(at) FROM kept_checks WHERE outlet_id = ? AND at > ?",
        [outlet_id, _since(db, outlet_id)],
    ).fetchone()
    return Count(*row)


def of_outlet(db: sqlite3.Connection, outlet_id: int, limit: int, offset: int = 0) -> list[Line]:
    """Return the kept checks of an outlet, the latest first."""
    rows = db.execute(
        f"SELECT {_LINE} {_FROM} WHERE kept_checks.outlet_id = ? AND kept_checks.at > ?"
        " ORDER BY kept_checks.at DESC, kept_checks.id DESC LIMIT ? OFFSET ?",
        [outlet_id, _since(db, outlet_id), limit, offset],
    )
    return [_line(row) for row in rows]


def get(db: sqlite3.Connection, outlet_id: int, id: int) -> Kept:
    """Return one kept check of an outlet.

    Raises:
        StoreError: GA331, there is no such check, or its time is over.
    """
    row = db.execute(
        f"SELECT {_LINE}, format, lead, body, captions {_FROM}"
        " WHERE kept_checks.id = ? AND kept_checks.outlet_id = ? AND kept_checks.at > ?",
        [id, outlet_id, _since(db, outlet_id)],
    ).fetchone()
    if row is None:
        raise missing()
    return Kept(_line(row), row["format"], row["lead"], row["body"], tuple(loaded(row["captions"])))


def remove(change: Change, outlet_id: int, id: int) -> None:
    """Delete one kept check.

    Raises:
        StoreError: GA331, there is no such check.
    """
    if not _delete(change, "id = ? AND outlet_id = ?", id, outlet_id):
        raise missing()
    change.note("kept.remove", "outlet", outlet_id, count=1)


def clear(change: Change, outlet_id: int) -> int:
    """Delete all kept checks of an outlet, and return how many there were."""
    gone = _delete(change, "outlet_id = ?", outlet_id)
    if gone:
        change.note("kept.remove", "outlet", outlet_id, count=gone)
    return gone


def expire(change: Change, outlet_id: int) -> int:
    """Delete what the policy of an outlet no longer keeps, and return how many checks that was."""
    gone = _delete(change, "outlet_id = ? AND at <= ?", outlet_id, _since(change.db, outlet_id))
    if gone:
        change.note("kept.expire", "outlet", outlet_id, count=gone)
    return gone


def expired(db: sqlite3.Connection) -> list[int]:
    """Return the outlets of which something is kept that should be no more."""
    firsts = db.execute("SELECT outlet_id, min(at) AS first FROM kept_checks GROUP BY outlet_id").fetchall()
    return [row["outlet_id"] for row in firsts if row["first"] <= _since(db, row["outlet_id"])]


_LINE = "kept_checks.id, keys.name AS key, article, title, gate, incomplete, rules, kept_checks.at"
_FROM = "FROM kept_checks JOIN keys ON keys.id = key_id"


def _delete(change: Change, where: str, *values: int | str) -> int:
    # What is deleted is overwritten in the file, not only marked as free: the words shall be gone.
    change.db.execute("PRAGMA secure_delete = ON")
    return change.db.execute(f"DELETE FROM kept_checks WHERE {where}", values).rowcount


def _since(db: sqlite3.Connection, outlet_id: int) -> str:
    """Return the moment up to which nothing is kept any more; that is now where nothing is kept at all."""
    return clock.later(-_DAY * _days(db, outlet_id))


def _days(db: sqlite3.Connection, outlet_id: int) -> int:
    row = db.execute("SELECT policy ->> 'keep_days' FROM outlets WHERE id = ?", [outlet_id]).fetchone()
    days = row[0] if row else None
    return min(days, LONGEST) if isinstance(days, int) and days > 0 else 0


def _line(row: sqlite3.Row) -> Line:
    return Line(
        row["id"], row["key"], row["article"], row["title"], row["gate"], bool(row["incomplete"]),
        tuple(loaded(row["rules"])), row["at"],
    )  # fmt: skip
