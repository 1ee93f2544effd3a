"""Waivers: a confirmed finding taken off the list of things to do until a day, for a reason, with someone who answers.

A waiver hides nothing and makes no text clean: the finding stays confirmed, and when the day is over it waits again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from auditor.errors import StoreError
from auditor.store import clock, findings, seconds
from auditor.store.database import Change, missing
from auditor.store.users import User
from auditor.store.waiting import Waiting

_SELECT = (
    "SELECT waivers.id, finding_id, findings.version_id, reason, owner_id, owners.name AS owner, ends_on, ended_at,"
    " waivers.at, users.name AS author, json_extract(findings.data, '$.title') AS title,"
    " coalesce(final_severity, severity) AS severity, findings.state,"
    " coalesce(regulations.title, versions.filename) AS regulation FROM waivers"
    " JOIN findings ON findings.id = finding_id JOIN versions ON versions.id = findings.version_id"
    " LEFT JOIN regulations ON regulations.id = versions.regulation_id"
    " LEFT JOIN units ON units.id = regulations.unit_id"
    " JOIN users AS owners ON owners.id = owner_id JOIN users ON users.id = waivers.user_id"
)


@dataclass(frozen=True, slots=True)
class Waiver:
    """One waiver; ``ended_at`` is set where it was taken back before its day."""

    id: int
    finding_id: int
    version_id: int
    reason: str
    owner_id: int
    owner: str
    ends_on: str
    ended_at: str | None
    at: str
    author: str
    title: str
    severity: str
    state: str
    regulation: str

    def running(self, day: date) -> bool:
        """Say whether it holds on a day; the last day still counts."""
        return self.ended_at is None and self.ends_on >= day.isoformat()


def add(change: Change, finding_id: int, reason: str, owner_id: int, ends_on: date | None) -> int:
    """Waive a confirmed finding until a day, and return the id of the waiver.

    Raises:
        StoreError: GA343, the finding is not confirmed, or reason, owner or a coming day are missing.
    """
    found = findings.get(change.db, finding_id)
    if found.state != "confirmed":
        raise StoreError("GA343", "Chỉ phát hiện đã xác nhận mới được miễn. Hãy quyết định phát hiện này trước.")
    owner = change.db.execute("SELECT 1 FROM users WHERE id = ? AND active", [owner_id]).fetchone()
    if not reason.strip() or owner is None or ends_on is None or ends_on <= clock.today():
        raise StoreError("GA343", "Việc miễn cần lý do, người chịu trách nhiệm và một ngày hết hạn ở phía trước.")
    values = {"finding_id": finding_id, "reason": reason.strip(), "owner_id": owner_id, "ends_on": ends_on}
    id = change.insert("waivers", {**values, "user_id": change.actor, "at": change.at})
    change.note("waiver.add", "finding", finding_id, waiver=id, owner=owner_id, ends_on=ends_on.isoformat())
    return id


def end(change: Change, id: int) -> Waiver:
    """Take a waiver back; the finding waits again.

    Raises:
        StoreError: GA331, there is no such waiver.
    """
    change.update("waivers", id, {"ended_at": change.at})
    found = get(change.db, id)
    change.note("waiver.end", "finding", found.finding_id, waiver=id)
    return found


def get(db: sqlite3.Connection, id: int) -> Waiver:
    """Return a waiver by its id.

    Raises:
        StoreError: GA331, there is no such waiver.
    """
    row = db.execute(f"{_SELECT} WHERE waivers.id = ?", [id]).fetchone()
    if row is None:
        raise missing()
    return Waiver(**dict(row))


def of_finding(db: sqlite3.Connection, finding_id: int) -> list[Waiver]:
    """Return the waivers of a finding, the latest first."""
    rows = db.execute(f"{_SELECT} WHERE finding_id = ? ORDER BY waivers.id DESC", [finding_id])
    return [Waiver(**dict(row)) for row in rows]


def listed(
    db: sqlite3.Connection,
    day: date,
    *,
    running: bool,
    commune: int | None = None,
    without: Iterable[int] = (),
    limit: int = 50,
    offset: int = 0,
) -> list[Waiver]:
    """Return the waivers that run on a day, the next to end first; or those over, the latest to end first.

    Args:
        without: versions whose waivers the asking person must not see.
    """
    rows = db.execute(
        f"{_SELECT} WHERE {_when(running)} AND (:commune IS NULL OR units.parent_id = :commune)"
        f" AND findings.version_id NOT IN ({', '.join(str(int(id)) for id in without)})"
        f" ORDER BY ends_on {'ASC' if running else 'DESC'}, waivers.id LIMIT :limit OFFSET :offset",
        {"day": day.isoformat(), "commune": commune, "limit": limit, "offset": offset},
    )
    return [Waiver(**dict(row)) for row in rows]


def waiting(db: sqlite3.Connection, user: User) -> list[Waiting]:
    """Return the block about a person's waivers that have run out, none where nothing has."""
    hidden = ", ".join(map(str, seconds.veil(db, user).versions))
    row = db.execute(
        "SELECT count(*) AS n FROM waivers CROSS JOIN findings ON findings.id = finding_id WHERE owner_id = ?"
        " AND ended_at IS NULL AND ends_on < ? AND findings.state = 'confirmed' AND repair != 'repaired'"
        f" AND version_id NOT IN ({hidden})",
        [user.id, clock.today().isoformat()],
    ).fetchone()
    if not row["n"]:
        return []
    return [Waiting("Miễn đã hết hạn", row["n"], "/ra-soat/mien?xem=het-han", "phát hiện cần xử lý lại")]


def _when(running: bool) -> str:
    return "ended_at IS NULL AND ends_on >= :day" if running else "(ended_at IS NOT NULL OR ends_on < :day)"
