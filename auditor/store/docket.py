"""The deadlines that run now, over all regulations or those of one commune: what is late and what comes next."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from auditor.store import approvals, clock, deadlines
from auditor.store.deadlines import Deadline, Received, Step
from auditor.store.users import User
from auditor.store.waiting import Waiting

MOST = 500
"""Most regulations looked at, those that have waited longest."""


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline of a regulation that is not met yet."""

    regulation_id: int
    title: str
    village: str
    commune: str
    deadline: Deadline


def running(db: sqlite3.Connection, today: date, commune: int | None = None) -> list[Due]:
    """Return the deadlines not met yet, the earliest first; days a draft is posted only while they last."""
    rows = db.execute(
        "SELECT regulations.id, title, villages.type || ' ' || villages.name AS village,"
        " communes.type || ' ' || communes.name AS commune FROM regulations"
        " JOIN units AS villages ON villages.id = unit_id JOIN units AS communes ON communes.id = villages.parent_id"
        " WHERE (state IN ('posted', 'adopted', 'suspended') OR regulations.id IN (SELECT regulation_id FROM notices"
        " WHERE kind = 'report' AND answered_on IS NULL AND undone_at IS NULL))"
        f" AND (? IS NULL OR communes.id = ?) ORDER BY state_on, regulations.id LIMIT {MOST}",
        [commune, commune],
    ).fetchall()
    steps, received = _steps(db, [row["id"] for row in rows]), _received(db, [row["id"] for row in rows])
    ticked = approvals.reviewed_citations(db)
    found = [
        Due(row["id"], row["title"], row["village"], row["commune"], deadlines.with_ticks(one, ticked))
        for row in rows
        for one in deadlines.of_record(steps[row["id"]], received[row["id"]])
        if one.done is None and not (one.earliest and one.due <= today)
    ]
    return sorted(found, key=lambda one: one.deadline.due)


def waiting(db: sqlite3.Connection, user: User) -> list[Waiting]:
    """Return the block about what is past due in the commune of a clerk, none where nothing is."""
    if user.role != "commune":
        return []
    today = clock.today()
    late = sum(one.deadline.due < today for one in running(db, today, user.unit_id))
    return [Waiting("Quá hạn", late, "/thoi-han", "việc của xã đã quá hạn")] if late else []


def _steps(db: sqlite3.Connection, ids: list[int]) -> dict[int, list[Step]]:
    found: dict[int, list[Step]] = defaultdict(list)
    rows = db.execute(
        "SELECT regulation_id, state, on_date, due_on FROM states WHERE undone_at IS NULL"
        f" AND regulation_id IN ({', '.join('?' for _ in ids)}) ORDER BY on_date, id",
        ids,
    )
    for row in rows:
        due = date.fromisoformat(row["due_on"]) if row["due_on"] else None
        found[row["regulation_id"]].append(Step(row["state"], date.fromisoformat(row["on_date"]), due))
    return found


def _received(db: sqlite3.Connection, ids: list[int]) -> dict[int, list[Received]]:
    found: dict[int, list[Received]] = defaultdict(list)
    rows = db.execute(
        "SELECT regulation_id, kind, on_date, answered_on FROM notices WHERE undone_at IS NULL"
        f" AND regulation_id IN ({', '.join('?' for _ in ids)}) ORDER BY on_date, id",
        ids,
    )
    for row in rows:
        answered = date.fromisoformat(row["answered_on"]) if row["answered_on"] else None
        found[row["regulation_id"]].append(Received(row["kind"], date.fromisoformat(row["on_date"]), answered))
    return found
