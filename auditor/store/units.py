"""The province, its communes and their villages.

Communes are those in force since 1 July 2025, with the codes of the General Statistics Office (``communes.tsv``). A
test compares them with the package ``vietnam-provinces``, whose licence (GPL) keeps it from being more than that here.
Villages are imported from a table or made when a regulation of theirs is filed.
"""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from auditor.errors import StoreError
from auditor.store.database import Change, missing
from auditor.text import bare, spelled, unmarked

PROVINCE = "12"
COMMUNES = Path(__file__).with_name("communes.tsv")
VILLAGE_TYPES = ("bản", "thôn", "tổ dân phố", "xóm", "khu phố", "khu dân cư", "làng", "ấp")


@dataclass(frozen=True, slots=True)
class Unit:
    """A province, commune or village; ``parent_id`` is the unit above it."""

    id: int
    kind: str
    parent_id: int | None
    code: str | None
    type: str
    name: str
    households: int | None
    active: bool

    @property
    def full(self) -> str:
        """Its name as it is spoken: "xã Bình Lư", "bản Nà Khương"."""
        return f"{self.type} {self.name}"


@dataclass(frozen=True, slots=True)
class Standing:
    """A commune with what stands under it: villages, those of them with a regulation, households as far as known."""

    unit: Unit
    villages: int
    with_regulation: int
    households: int | None


_COLUMNS = "id, kind, parent_id, code, type, name, households, active"


def seed(change: Change) -> None:
    """Put in the province and its communes, where they do not stand yet."""
    if change.db.execute("SELECT 1 FROM units LIMIT 1").fetchone():
        return
    top = _insert(change, "province", None, PROVINCE, "tỉnh", "Lai Châu")
    with COMMUNES.open(encoding="utf-8", newline="") as lines:
        communes = list(csv.DictReader(lines, delimiter="\t"))
    for commune in communes:
        _insert(change, "commune", top, commune["code"], commune["type"], commune["name"])
    change.note("units.seed", "unit", None, communes=len(communes))


def get(db: sqlite3.Connection, id: int) -> Unit:
    """Return a unit by its id.

    Raises:
        StoreError: GA331, there is no such unit.
    """
    row = db.execute(f"SELECT {_COLUMNS} FROM units WHERE id = ?", [id]).fetchone()
    if row is None:
        raise missing()
    return _unit(row)


def communes(db: sqlite3.Connection) -> list[Unit]:
    """Return all communes, by name."""
    return sorted(_all(db, "kind = 'commune'"), key=lambda unit: bare(unit.name))


def villages(db: sqlite3.Connection, commune: int) -> list[Unit]:
    """Return the villages of one commune, by name."""
    return sorted(_all(db, "kind = 'village' AND parent_id = ? AND active", commune), key=lambda u: bare(u.name))


def find_commune(db: sqlite3.Connection, words: str) -> Unit | None:
    """Find a commune by its name, with or without type and marks, or by its code."""
    wanted = bare(" ".join(words.split()))
    for unit in _all(db, "kind = 'commune'"):
        if wanted in {bare(unit.full), bare(unit.name), unit.code}:
            return unit
    return None


def find_village(db: sqlite3.Connection, commune: int, type: str, name: str) -> Unit | None:
    """Find the village of that name in a commune, also one that was taken off the lists.

    Marks tell villages apart; a name typed without any is that of the only village it can be.

    Raises:
        StoreError: GA394, it has no marks and may be that of several.
    """
    found = _spelled_so(db, commune, type, name)
    if found is not None or not unmarked(name):
        return found
    near = alike(db, commune, type, name)
    if len(near) > 1:
        raise unclear(near)
    return near[0] if near else None


def alike(db: sqlite3.Connection, commune: int, type: str, name: str) -> list[Unit]:
    """Return the villages of a commune whose names are the same without marks, by name."""
    words = bare(f"{type} {' '.join(name.split())}") + "\t"
    # What stands between the tab and the sign after it: all spellings of these words.
    between = words, words[:-1] + "\n"
    return list(_all(db, "kind = 'village' AND parent_id = ? AND folded >= ? AND folded < ? ORDER BY folded",
                     commune, *between))  # fmt: skip


def unclear(near: Sequence[Unit]) -> StoreError:
    """Return the question which of several villages is meant."""
    names = ", ".join(unit.full for unit in near)
    return StoreError("GA394", f"Tên ghi không dấu có thể là nhiều thôn, bản: {names}. Xin ghi tên có đủ dấu.")


def standings(db: sqlite3.Connection, commune: int | None = None) -> list[Standing]:
    """Return what stands under each commune, or under one, by name."""
    rows = db.execute(
        "SELECT parent_id, count(*) AS villages, sum(households) AS households, sum(EXISTS"
        " (SELECT 1 FROM regulations WHERE regulations.unit_id = units.id)) AS regulated"
        " FROM units WHERE kind = 'village' AND active AND (? IS NULL OR parent_id = ?) GROUP BY parent_id",
        [commune, commune],
    )
    counts = {row["parent_id"]: row for row in rows}
    return [
        Standing(unit, row["villages"], row["regulated"], row["households"]) if row else Standing(unit, 0, 0, None)
        for unit in communes(db)
        if commune in {None, unit.id}
        for row in [counts.get(unit.id)]
    ]


def village_standings(db: sqlite3.Connection, commune: int) -> list[tuple[Unit, int]]:
    """Return the villages of a commune, by name, each with the number of its regulations."""
    counted = dict(
        db.execute(
            "SELECT unit_id, count(*) FROM regulations JOIN units ON units.id = unit_id"
            " WHERE parent_id = ? GROUP BY unit_id",
            [commune],
        ).fetchall()
    )
    return [(unit, counted.get(unit.id, 0)) for unit in villages(db, commune)]


def all_villages(db: sqlite3.Connection) -> list[tuple[Unit, Unit]]:
    """Return all villages, each after its commune; communes by name, villages by type and name."""
    known = {unit.id: unit for unit in communes(db)}
    found = [(known[unit.parent_id], unit) for unit in _all(db, "kind = 'village' AND active ORDER BY folded")
             if unit.parent_id is not None]  # fmt: skip
    places = {id: place for place, id in enumerate(known)}
    return sorted(found, key=lambda pair: places[pair[0].id])


def village(
    change: Change, commune: Unit, type: str, name: str, households: int | None = None, *, exact: bool = False
) -> Unit:
    """Return the village of that name in a commune, making it where it does not stand yet.

    Args:
        exact: a name without marks is meant as it is written, and is not that of a village with marks.

    Raises:
        StoreError: GA333, the name is empty or the commune is none; GA394, it may be that of several villages.
    """
    name, type = " ".join(name.split()), " ".join(type.split()).lower() or VILLAGE_TYPES[0]
    if not name or commune.kind != "commune":
        raise StoreError("GA333", "Thôn, bản cần có tên và thuộc một xã, phường. Xin điền đủ rồi lưu lại.")
    find = _spelled_so if exact else find_village
    found = find(change.db, commune.id, type, name)
    if found is not None:
        news = {} if found.active else {"active": 1}
        if households is not None and households != found.households:
            news["households"] = households
        if news:
            change.update("units", found.id, news)
            change.note("unit.change", "unit", found.id, **news)
        return get(change.db, found.id)
    id = _insert(change, "village", commune.id, None, type, name, households)
    change.note("unit.add", "unit", id, name=f"{type} {name}", commune=commune.code)
    return get(change.db, id)


def _spelled_so(db: sqlite3.Connection, commune: int, type: str, name: str) -> Unit | None:
    return next(_all(db, "kind = 'village' AND parent_id = ? AND folded = ?", commune, _folded(type, name)), None)


def _all(db: sqlite3.Connection, where: str, *values: object) -> Iterator[Unit]:
    yield from map(_unit, db.execute(f"SELECT {_COLUMNS} FROM units WHERE {where}", values))


def _unit(row: sqlite3.Row) -> Unit:
    return Unit(**{**dict(row), "active": bool(row["active"])})


def _insert(
    change: Change, kind: str, parent: int | None, code: str | None, type: str, name: str, households: int | None = None
) -> int:
    values = {"kind": kind, "parent_id": parent, "code": code, "type": type, "name": name}
    return change.insert("units", {**values, "households": households, "folded": _folded(type, name)})


def _folded(type: str, name: str) -> str:
    """Return what is searched: type and name without marks, and after a tab the name with them."""
    words = " ".join(name.split())
    return f"{bare(f'{type} {words}')}\t{spelled(words)}"
