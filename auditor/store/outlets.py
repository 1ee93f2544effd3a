"""Outlets: who is in scope of target 4, by which decision, and of which group."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Literal

from auditor.errors import StoreError
from auditor.store.database import Change, missing

Kind = Literal["press", "local"]
KINDS: dict[Kind, str] = {"press": "báo chí", "local": "thông tin cơ sở"}


@dataclass(frozen=True, slots=True)
class Outlet:
    """A newsroom, or the information service of a commune.

    Attributes:
        kind: ``press`` or ``local``; the two are never summed silently.
        in_scope: whether it is one of the N of target 4.
        scope_note: the number of the decision that puts it in or leaves it out.
    """

    id: int
    name: str
    kind: Kind
    in_scope: bool
    scope_note: str
    active: bool


_COLUMNS = "id, name, kind, in_scope, scope_note, active"


def get(db: sqlite3.Connection, id: int) -> Outlet:
    """Return an outlet by its id.

    Raises:
        StoreError: GA331, there is no such outlet.
    """
    row = db.execute(f"SELECT {_COLUMNS} FROM outlets WHERE id = ?", [id]).fetchone()
    if row is None:
        raise missing()
    return _outlet(row)


def everyone(db: sqlite3.Connection) -> list[Outlet]:
    """Return all outlets that are active, press first, by name."""
    rows = db.execute(f"SELECT {_COLUMNS} FROM outlets WHERE active ORDER BY kind DESC, fold(name), id")
    return [_outlet(row) for row in rows]


def add(change: Change, name: str, kind: str, *, in_scope: bool, scope_note: str = "") -> Outlet:
    """Add an outlet.

    Raises:
        StoreError: GA371 the name or the group is missing; GA372 the name is taken.
    """
    values = _checked(change.db, None, name, kind, in_scope, scope_note)
    id = change.insert("outlets", values)
    change.note("outlet.add", "outlet", id, **values)
    return get(change.db, id)


def alter(change: Change, id: int, name: str, kind: str, *, in_scope: bool, scope_note: str = "") -> Outlet:
    """Change what is known of an outlet.

    Raises:
        StoreError: GA331 there is no such outlet; GA371, GA372 as in :func:`add`.
    """
    values = _checked(change.db, id, name, kind, in_scope, scope_note)
    change.update("outlets", id, values)
    change.note("outlet.change", "outlet", id, **values)
    return get(change.db, id)


def _checked(
    db: sqlite3.Connection, id: int | None, name: str, kind: str, in_scope: bool, scope_note: str
) -> dict[str, str | int]:
    name, scope_note = " ".join(name.split()), " ".join(scope_note.split())
    if not name or kind not in KINDS:
        raise StoreError("GA371", "Xin ghi tên cơ quan và chọn nhóm: báo chí hoặc thông tin cơ sở.")
    taken = db.execute("SELECT id FROM outlets WHERE fold(name) = fold(?) AND id IS NOT ?", [name, id]).fetchone()
    if taken:
        raise StoreError("GA372", f"Đã có cơ quan tên “{name}” trong danh sách. Xin mở cơ quan ấy ra sửa.")
    return {"name": name, "kind": kind, "in_scope": int(in_scope), "scope_note": scope_note}


def _outlet(row: sqlite3.Row) -> Outlet:
    return Outlet(**{**dict(row), "in_scope": bool(row["in_scope"]), "active": bool(row["active"])})
