"""Lists of letters: pages of them, and those whose answer is past due."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from auditor.store import clock, seconds
from auditor.store.letters import CHANGED, COLUMNS, Letter, letter_of
from auditor.store.users import User
from auditor.store.waiting import Waiting

PAGE = 50


@dataclass(frozen=True, slots=True)
class Listed:
    """A letter in a list, with where it goes and how far its findings are repaired.

    Attributes:
        changed: how many of its findings were decided otherwise after it was sent.
    """

    letter: Letter
    regulation_id: int
    title: str
    village: str
    commune: str
    findings: int
    repaired: int
    changed: int


def listed(
    db: sqlite3.Connection,
    today: date,
    *,
    commune: int | None = None,
    state: str = "",
    regulation: int | None = None,
    only_sent: bool = False,
    without: Iterable[int] = (),
    page: int = 1,
) -> tuple[list[Listed], int]:
    """Return one page of letters, those overdue first and then the latest, and how many there are in all.

    Args:
        state: a state, ``overdue``, or empty for all.
        only_sent: leave out drafts and what was withdrawn before it was sent.
        without: versions whose letters the asking person must not see.
    """
    where, values = ["1"], dict[str, Any](today=today.isoformat(), commune=commune, state=state, regulation=regulation)
    if commune is not None:
        where.append("villages.parent_id = :commune")
    if regulation is not None:
        where.append("regulations.id = :regulation")
    if only_sent:
        where.append("sent_on IS NOT NULL")
    if hidden := _listed(without):
        where.append(f"letters.version_id NOT IN ({hidden})")
    late = "(letters.state = 'sent' AND letters.due_on < :today)"
    if state == "overdue":
        where.append(late)
    elif state:
        where.append("letters.state = :state")
    tables = (
        " FROM letters JOIN versions ON versions.id = letters.version_id"
        " JOIN regulations ON regulations.id = regulation_id"
        " JOIN units AS villages ON villages.id = unit_id JOIN units AS communes ON communes.id = villages.parent_id"
        f" WHERE {' AND '.join(where)}"
    )
    total = db.execute(f"SELECT count(*) AS n{tables}", values).fetchone()["n"]
    rows = db.execute(
        f"SELECT {COLUMNS}, regulations.id AS regulation_id, title,"
        " villages.type || ' ' || villages.name AS village, communes.type || ' ' || communes.name AS commune,"
        " (SELECT count(*) FROM letter_findings WHERE letter_id = letters.id) AS findings,"
        " (SELECT count(*) FROM letter_findings JOIN findings ON findings.id = finding_id"
        " WHERE letter_id = letters.id AND repair = 'repaired') AS repaired,"
        f" (SELECT count(*) FROM{CHANGED} AND letter_id = letters.id) AS changed{tables}"
        f" ORDER BY {late} DESC, letters.id DESC LIMIT {PAGE} OFFSET {PAGE * (page - 1)}",
        values,
    )
    names = ("regulation_id", "title", "village", "commune", "findings", "repaired", "changed")
    return [Listed(letter_of(row), *(row[name] for name in names)) for row in rows], total


def overdue(db: sqlite3.Connection, today: date, commune: int | None = None, without: Iterable[int] = ()) -> int:
    """Return how many letters wait for an answer that is past due, those about some versions left out."""
    row = db.execute(
        "SELECT count(*) AS n FROM letters JOIN versions ON versions.id = letters.version_id"
        " JOIN regulations ON regulations.id = regulation_id JOIN units ON units.id = unit_id"
        " WHERE letters.state = 'sent' AND due_on < ? AND (? IS NULL OR parent_id = ?)"
        f" AND letters.version_id NOT IN ({_listed(without)})",
        [today.isoformat(), commune, commune],
    ).fetchone()
    return int(row["n"])


def waiting(db: sqlite3.Connection, user: User) -> list[Waiting]:
    """Return the block about letters whose answer is past due, for those who write letters."""
    writes = user.role in {"legal", "reviewer"}
    late = overdue(db, clock.today(), without=seconds.veil(db, user).versions) if writes else 0
    return [Waiting("Kiến nghị quá hạn", late, "/kien-nghi?trang_thai=overdue", "xã chưa trả lời")] if late else []


def _listed(ids: Iterable[int]) -> str:
    return ", ".join(str(int(id)) for id in ids)
