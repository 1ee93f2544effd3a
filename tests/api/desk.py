"""A desk for tests: a store with people, and with one of everything twice, so that others' things can be asked for.

``filled`` reads the tables of the store: a table added later is filled without a change here.
"""

from __future__ import annotations

import re
import sqlite3
from functools import cache
from pathlib import Path

from auditor.audit import Auditor
from auditor.documents.interface import document_of
from auditor.record import AuditRecord
from auditor.store import Change, Store, files, findings, regulations, units, users, versions
from auditor.store.words import ROLES

PASSWORD = "mot mat khau du dai"
SCRIPT = "<script>alert(1)</script>"
TEXT = f"QUY ƯỚC BẢN NÀ KHƯƠNG\n\nĐiều 1. Con gái đã lấy chồng không được chia đất của cha mẹ đẻ. {SCRIPT}\n\n"
COMMUNES = {"own": "Bình Lư", "foreign": "Tân Phong"}
# What the store makes itself, and what no page asks for by its id.
NOT_FILLED = {"trail", "sessions", "users", "units", "files", "regulations", "versions", "findings", "outlets", "jobs"}
_CHOICE = re.compile(r"(\w+) TEXT NOT NULL(?: DEFAULT '[^']*')? CHECK \(\1 IN \('([^']+)'")

Ids = dict[str, int]
"""The id of the one row of each table that belongs to a side."""


def staffed(path: Path) -> Store:
    """Return a fresh store with the communes, an outlet, and one person of each role, named as the role."""
    store = Store(path)
    with store.change() as change:
        units.seed(change)
        commune = units.find_commune(change.db, COMMUNES["own"])
        assert commune is not None
        outlet = change.insert("outlets", {"name": "Báo Lai Châu", "kind": "press"})
        for role in ROLES:
            users.add(
                change, role, ROLES[role], role, PASSWORD, must_change=False,
                unit_id=commune.id if role == "commune" else None, outlet_id=outlet if role == "newsroom" else None,
            )  # fmt: skip
    return store


def filled(store: Store) -> dict[str, Ids]:
    """Put one of everything into a staffed store: once for the clerk's commune and the newsroom's outlet, once not."""
    with store.change() as change:
        return {side: _one_of_everything(change, side) for side in COMMUNES}


def _one_of_everything(change: Change, side: str) -> Ids:
    commune = units.find_commune(change.db, COMMUNES[side])
    assert commune is not None
    village = units.village(change, commune, "bản", f"{SCRIPT} {side}", 50)
    file = files.keep(change, f"{SCRIPT} {side}".encode(), f"{SCRIPT}.html", "text/html")
    version = versions.hand_in(change, file, f"{SCRIPT}.html")
    versions.audited(change, version.id, _record(), TEXT, pages=1)
    regulation = regulations.add(change, village, "quy ước", f"Quy ước {SCRIPT}")
    regulations.attach(change, regulation, version.id)
    finding = change.db.execute("SELECT min(id) FROM findings WHERE version_id = ?", [version.id]).fetchone()[0]
    decided = {"state": "confirmed", "final_severity": "S4", "decided_by": 3, "decided_at": change.at}
    change.update("findings", finding, decided)
    findings.settle(change, version.id)
    outlet = 1 if side == "own" else change.insert("outlets", {"name": f"Báo {SCRIPT}", "kind": "local"})
    ids = {
        "units": village.id, "communes": commune.id, "files": file.id, "versions": version.id,
        "regulations": regulation.id, "findings": finding, "outlets": outlet, "users": 4 if side == "own" else 2,
    }  # fmt: skip
    for table, sql in _tables(change.db):
        ids[table] = _row(change, table, sql, side, ids)
    return ids


def _tables(db: sqlite3.Connection) -> list[tuple[str, str]]:
    rows = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY rootpage")
    return [
        (row["name"], row["sql"])
        for row in rows
        if row["name"] not in NOT_FILLED and not row["name"].startswith(("sqlite_", "_sqlite", "search"))
    ]


def _row(change: Change, table: str, sql: str, side: str, ids: Ids) -> int:
    """Insert a row whose columns hold what their names and constraints ask for."""
    links = {row["from"]: row["table"] for row in change.db.execute(f"PRAGMA foreign_key_list('{table}')")}
    choices = dict(_CHOICE.findall(sql))
    values: dict[str, object] = {}
    for column in change.db.execute(f"PRAGMA table_info('{table}')"):
        name, needed = column["name"], column["notnull"] and column["dflt_value"] is None
        if name in links and links[name] in ids:
            # An event is a commune's, all else that names a unit a village's.
            values[name] = ids["communes" if table == "events" and name == "unit_id" else links[name]]
        elif needed and name != "id":
            values[name] = choices.get(name) or _plausible(name, column["type"], side, change.at)
    return change.insert(table, values)


def _plausible(name: str, kind: str, side: str, now: str) -> object:
    if name == "year":
        return 2026 if side == "own" else 2025
    if kind == "INTEGER":
        return 1
    if name == "state":
        return "draft"
    if name == "record":
        return _record().to_json()
    if name in {"data", "payload", "answers", "result"}:
        return "{}"
    if name.endswith("_on") or name in {"on_date", "cut_off", "day"}:
        return "2026-05-02"
    return now if name == "at" or name.endswith("_at") else f"{SCRIPT} {side}"


@cache
def _record() -> AuditRecord:
    return Auditor().audit(document_of(TEXT))
