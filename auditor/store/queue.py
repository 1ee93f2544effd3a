"""The queue: the versions that wait for a reviewer, for the law, or for a second reader; the oldest first."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Literal

from auditor.record import GENDER_SEVERITIES
from auditor.store.users import User
from auditor.store.waiting import Waiting
from auditor.store.words import CLOSES, CONFIRMS, Role

Line = Literal["first", "consult", "second"]
PAGE = 25
SECONDS: frozenset[Role] = frozenset({"legal", "reviewer"})
"""Who may be asked for a blind second review."""


@dataclass(frozen=True, slots=True)
class Waits:
    """A version that waits, ``counts`` by severity of the findings it waits with."""

    id: int
    title: str
    village: str
    commune: str
    at: str
    mine: bool
    counts: dict[str, int]


_LATEST = (
    " LEFT JOIN regulations ON regulations.id = versions.regulation_id"
    " LEFT JOIN units ON units.id = regulations.unit_id"
)
# Nothing of a first review, not even how far it is, for who reads this text or another of its regulation blind.
_NOT_BLIND = (
    " AND (second_id IS NOT :user OR second_at IS NOT NULL) AND (versions.regulation_id IS NULL"
    " OR versions.regulation_id NOT IN (SELECT regulation_id FROM versions WHERE wants_second = 1 AND second_at IS NULL"
    " AND reading = 'audited' AND second_id = :user AND regulation_id IS NOT NULL))"
)
_FROM = {
    "first": f"versions INDEXED BY versions_to_review{_LATEST} WHERE reading = 'audited' AND reviewed_at IS NULL"
    " AND (:severity IS NULL OR EXISTS (SELECT 1 FROM findings WHERE version_id = versions.id"
    f" AND findings.state = 'suggested' AND findings.severity = :severity)){_NOT_BLIND}",
    "consult": f"versions INDEXED BY versions_consults{_LATEST} WHERE consults > 0"
    " AND (:severity IS NULL OR EXISTS (SELECT 1 FROM findings WHERE version_id = versions.id"
    f" AND findings.state = 'consult' AND findings.severity = :severity)){_NOT_BLIND}",
    # Somebody who decided in a text or wrote about it cannot be its second reader.
    "second": f"versions INDEXED BY versions_seconds{_LATEST} WHERE wants_second = 1 AND second_at IS NULL"
    " AND reading = 'audited' AND (second_id = :user OR (second_id IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM findings WHERE version_id = versions.id AND decided_by = :user)"
    " AND NOT EXISTS (SELECT 1 FROM comments WHERE comments.version_id = versions.id"
    " AND comments.user_id = :user)))",
}
_SEEN = (
    " AND (regulations.id IS NULL OR regulations.version_id = versions.id)"
    " AND (:commune IS NULL OR units.parent_id = :commune)"
)


def count(
    db: sqlite3.Connection, line: Line, user: User, *, commune: int | None = None, severity: str | None = None
) -> int:
    """Count the versions of a line."""
    row = db.execute(f"SELECT count(*) AS n FROM {_FROM[line]}{_SEEN}", _values(user, commune, severity)).fetchone()
    return int(row["n"])


def listed(
    db: sqlite3.Connection,
    line: Line,
    user: User,
    *,
    commune: int | None = None,
    severity: str | None = None,
    page: int = 1,
) -> list[Waits]:
    """Return one page of a line, the oldest first.

    A second review shows nothing of the first: its counts are those of what the machine proposed.
    """
    order = "versions.id" if line == "consult" else "versions.at, versions.id"
    rows = db.execute(
        f"SELECT versions.id FROM {_FROM[line]}{_SEEN} ORDER BY {order} LIMIT :limit OFFSET :offset",
        {**_values(user, commune, severity), "limit": PAGE, "offset": (page - 1) * PAGE},
    ).fetchall()
    ids = [row["id"] for row in rows]
    marks = ", ".join("?" for _ in ids)
    named = db.execute(
        "SELECT versions.id, coalesce(regulations.title, filename) AS title, versions.at, second_id,"
        " units.type || ' ' || units.name AS village, communes.type || ' ' || communes.name AS commune FROM versions"
        f"{_LATEST} LEFT JOIN units AS communes ON communes.id = units.parent_id WHERE versions.id IN ({marks})",
        ids,
    )
    known = {row["id"]: row for row in named}
    counts = _counts(db, line, ids)
    return [
        Waits(
            id, known[id]["title"], known[id]["village"] or "", known[id]["commune"] or "", known[id]["at"],
            line == "second" and known[id]["second_id"] == user.id, counts.get(id, {}),
        )
        for id in ids
    ]  # fmt: skip


def following(db: sqlite3.Connection, user: User, after: int, commune: int | None = None) -> int | None:
    """Return the version that waits longest for a first review, another than ``after``; None where none waits."""
    rows = db.execute(
        f"SELECT versions.id FROM {_FROM['first']}{_SEEN} AND versions.id != :after"
        " ORDER BY versions.at, versions.id LIMIT 1",
        {**_values(user, commune, None), "after": after},
    ).fetchone()
    return int(rows["id"]) if rows else None


def waiting(db: sqlite3.Connection, user: User) -> list[Waiting]:
    """Return the blocks about reviews for a person's first page."""
    commune = user.unit_id if user.role == "commune" else None
    found = []
    if user.role in CLOSES or commune is not None:
        number = count(db, "first", user, commune=commune)
        found.append(Waiting("Chờ rà soát", number, "/ra-soat", "văn bản chưa kết thúc rà soát"))
    if "S4" in CONFIRMS.get(user.role, frozenset()):
        number = count(db, "consult", user, commune=commune)
        found.append(Waiting("Chờ tham vấn", number, "/ra-soat?viec=tham-van", "văn bản có phát hiện cần ý kiến"))
    if user.role in SECONDS:
        number = count(db, "second", user)
        found.append(Waiting("Rà soát lần hai", number, "/ra-soat?viec=lan-hai", "văn bản cần người thứ hai"))
    return found


def _counts(db: sqlite3.Connection, line: Line, ids: list[int]) -> dict[int, dict[str, int]]:
    where = {"first": "state = 'suggested'", "consult": "state = 'consult'", "second": "+origin = 'machine'"}[line]
    marks = ", ".join("?" for _ in ids)
    rows = db.execute(
        f"SELECT version_id, severity, count(*) AS n FROM findings WHERE version_id IN ({marks}) AND {where}"
        " GROUP BY version_id, severity",
        ids,
    )
    found: dict[int, dict[str, int]] = {}
    for row in rows:
        found.setdefault(row["version_id"], {})[row["severity"]] = row["n"]
    order = (*GENDER_SEVERITIES, "S4x", "S0")
    return {id: {level: counts[level] for level in order if level in counts} for id, counts in found.items()}


def _values(user: User, commune: int | None, severity: str | None) -> dict[str, object]:
    return {"user": user.id, "commune": commune, "severity": severity}
