"""Regulations: what each village has, and the state it is in (NĐ 61/2023/NĐ-CP)."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date

from auditor.errors import StoreError
from auditor.store import findings, versions
from auditor.store.database import Change, missing
from auditor.store.units import Unit
from auditor.store.versions import Version
from auditor.store.words import STATES, State
from auditor.text import bare


@dataclass(frozen=True, slots=True)
class Regulation:
    """The hương ước or quy ước of a village; ``version_id`` is the text in force or under way."""

    id: int
    unit_id: int
    name: str
    title: str
    state: State
    state_on: str
    version_id: int | None


_COLUMNS = "id, unit_id, name, title, state, state_on, version_id"


def get(db: sqlite3.Connection, id: int) -> Regulation:
    """Return a regulation by its id.

    Raises:
        StoreError: GA331, there is no such regulation.
    """
    row = db.execute(f"SELECT {_COLUMNS} FROM regulations WHERE id = ?", [id]).fetchone()
    if row is None:
        raise missing()
    return Regulation(**dict(row))


def of_village(db: sqlite3.Connection, unit_id: int) -> list[Regulation]:
    """Return the regulations of a village."""
    rows = db.execute(f"SELECT {_COLUMNS} FROM regulations WHERE unit_id = ? ORDER BY id", [unit_id])
    return [Regulation(**dict(row)) for row in rows]


def add(change: Change, village: Unit, name: str, title: str) -> Regulation:
    """Add the regulation of a village, without a text yet."""
    values = {"unit_id": village.id, "name": name, "title": title, "folded": bare(title)}
    id = change.insert("regulations", {**values, "state": "draft", "state_on": change.at[:10], "at": change.at})
    change.note("regulation.add", "regulation", id, title=title, unit=village.id)
    return get(change.db, id)


def attach(
    change: Change,
    regulation: Regulation,
    version_id: int,
    *,
    adopted_on: date | None = None,
    recognised_on: date | None = None,
) -> Version:
    """File a version under a regulation as its newest text.

    Raises:
        StoreError: GA341, the version is filed already.
    """
    if versions.get(change.db, version_id).regulation_id is not None:
        raise StoreError("GA341", "Văn bản này đã được xếp vào hồ sơ của một thôn, bản rồi.")
    row = change.db.execute(
        "SELECT coalesce(max(number), 0) + 1 AS number FROM versions WHERE regulation_id = ?", [regulation.id]
    ).fetchone()
    change.update(
        "versions", version_id,
        {
            "regulation_id": regulation.id, "number": row["number"],
            "adopted_on": adopted_on, "recognised_on": recognised_on,
        },
    )  # fmt: skip
    change.update("regulations", regulation.id, {"version_id": version_id})
    change.note("version.file", "version", version_id, regulation=regulation.id)
    findings.settle(change, version_id)
    versions.index(change, version_id)
    return versions.get(change.db, version_id)


def enter_state(
    change: Change,
    id: int,
    state: State,
    on_date: date,
    *,
    version_id: int | None = None,
    note: str = "",
    document: str = "",
    scope: str = "",
    due_on: date | None = None,
) -> Regulation:
    """Record that a regulation came into a state on a day; the state latest by day is the one it stands at.

    Args:
        document: number of the decision or minutes.
        scope: ``whole`` or ``part`` for a suspension or abolition, else empty.
        due_on: until when a suspended text is to be put right.
    """
    regulation = get(change.db, id)
    values = {
        "regulation_id": id,
        "version_id": version_id or regulation.version_id,
        "state": state,
        "on_date": on_date,
        "scope": scope,
        "due_on": due_on,
    }
    change.insert("states", {**values, "note": note, "document": document, "user_id": change.actor, "at": change.at})
    change.note("regulation.state", "regulation", id, state=STATES[state], on=on_date.isoformat())
    return restate(change, id)


def restate(change: Change, id: int) -> Regulation:
    """Make a regulation stand at the latest of its states that was not taken back."""
    row = change.db.execute(
        "SELECT state, on_date FROM states WHERE regulation_id = ? AND undone_at IS NULL"
        " ORDER BY on_date DESC, id DESC LIMIT 1",
        [id],
    ).fetchone()
    state, on_date = (row["state"], row["on_date"]) if row else ("draft", get(change.db, id).state_on)
    change.update("regulations", id, {"state": state, "state_on": on_date})
    return get(change.db, id)
