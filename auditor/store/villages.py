"""Villages by the list: what a table says of them, row by row, and how the rows come in.

Nothing comes in by halves: the rows are judged first, all of them; whoever imports says whether the good ones shall
come in without the others.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from auditor.errors import StoreError
from auditor.store import units
from auditor.store.database import Change, loaded, missing
from auditor.store.sheets import Cells
from auditor.store.units import VILLAGE_TYPES, Unit
from auditor.text import bare, spelled, unmarked

HEAD = ("Xã, phường", "Loại", "Tên thôn, bản", "Số hộ")
SAMPLE = (HEAD, ("Bình Lư", "bản", "Nà Khương", 85), ("phường Tân Phong", "tổ dân phố", "số 5", ""))
MOST_HOUSEHOLDS = 20_000
LONGEST = 100
_COLUMNS = {
    "commune": {"xa", "phuong", "xa phuong", "ten xa", "ma xa", "xa hoac phuong"},
    "type": {"loai", "loai hinh", "loai don vi"},
    "name": {"ten", "ten thon", "ten ban", "ten thon ban", "thon", "ban", "thon ban", "ten thon ban to dan pho"},
    "households": {"so ho", "ho", "so ho dan", "ho dan", "so ho gia dinh"},
}


@dataclass(frozen=True, slots=True)
class Row:
    """A good row: the village it names, with the commune it lies in."""

    number: int
    commune: Unit
    type: str
    name: str
    households: int | None


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row."""

    number: int
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A table as it was read: good rows and faults, in the order of the table."""

    good: tuple[Row, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did; ``entry`` is its line in the audit trail, by which it can be taken back."""

    entry: int
    added: int
    known: int


def judge(db: sqlite3.Connection, rows: Sequence[Cells], *, exact: bool = False) -> Judged:
    """Judge the rows of a table, whose first row that is not empty names the columns.

    Args:
        exact: names without marks are meant as they are written.

    Raises:
        StoreError: GA392, the columns of commune and name cannot be told.
    """
    start = next(number for number, cells in enumerate(rows) if any(cells))
    columns = _columns(rows[start])
    communes = {key: unit for unit in units.communes(db) for key in (bare(unit.full), bare(unit.name), unit.code or "")}
    good: dict[tuple[int, str, str], Row] = {}
    first: dict[tuple[int, str, str], Row] = {}
    faults = []
    for number, cells in enumerate(rows[start + 1 :], start + 2):
        if not any(cells):
            continue
        values = {field: cells[place] if place < len(cells) else "" for field, place in columns.items()}
        found = _row(number, values, communes)
        if isinstance(found, Row):
            key = found.commune.id, found.type, spelled(found.name)
            why = f"Trùng với dòng {good[key].number}." if key in good else ""
            if not exact and not why:
                plain = found.commune.id, found.type, bare(found.name)
                why = _unclear(db, found, first.setdefault(plain, found))
            if why:
                found = Fault(number, _said(cells), why)
            else:
                good[key] = found
        if isinstance(found, Fault):
            faults.append(Fault(number, _said(cells), found.why))
    return Judged(tuple(good.values()), tuple(faults))


def bring_in(change: Change, rows: Iterable[Row], *, exact: bool = False) -> Imported:
    """Make the villages of good rows; those that stand already only get the number of households.

    Args:
        exact: names without marks are meant as they are written.
    """
    added, total = [], 0
    for row in rows:
        known = {one.id: one for one in units.alike(change.db, row.commune.id, row.type, row.name)}
        unit = units.village(change, row.commune, row.type, row.name, row.households, exact=exact)
        before = known.get(unit.id)
        total += 1
        if before is None or not before.active:
            added.append(unit.id)
    change.note("units.import", "unit", None, added=added, known=total - len(added))
    entry = change.db.execute("SELECT max(id) AS id FROM trail").fetchone()["id"]
    return Imported(entry, len(added), total - len(added))


def take_back(change: Change, entry: int) -> int:
    """Take villages that an import added out again, except those that have a regulation by now; return how many.

    Raises:
        StoreError: GA331, there was no such import.
    """
    row = change.db.execute("SELECT data FROM trail WHERE id = ? AND action = 'units.import'", [entry]).fetchone()
    if row is None:
        raise missing()
    taken = [id for id in loaded(row["data"])["added"] if not _has_regulation(change.db, id)]
    for id in taken:
        change.update("units", id, {"active": 0})
    change.note("units.import_undone", "unit", None, entry=entry, removed=taken)
    return len(taken)


def retire(change: Change, unit: Unit) -> None:
    """Take a village off the lists; a village made again under its name comes back.

    Raises:
        StoreError: GA393, it has a regulation, so that its texts would be lost from sight.
    """
    if _has_regulation(change.db, unit.id):
        raise StoreError("GA393", f"{unit.full} đang có hồ sơ quy ước nên chưa gỡ được. Xin chuyển hồ sơ đi trước.")
    change.update("units", unit.id, {"active": 0})
    change.note("unit.retire", "unit", unit.id)


def restore(change: Change, unit: Unit) -> None:
    """Put a village back on the lists."""
    change.update("units", unit.id, {"active": 1})
    change.note("unit.restore", "unit", unit.id)


def _unclear(db: sqlite3.Connection, row: Row, first: Row) -> str:
    """Say why it is not clear which village a row means, nothing where it is.

    A name without marks may be that of one with marks: of another row, or of several villages that stand already.

    Args:
        first: the first row of the same name but for marks, the row itself where there was none.
    """
    if first is not row and unmarked(first.name) != unmarked(row.name):
        return f"Trùng với dòng {first.number} nếu không kể dấu. Xin ghi đủ dấu ở cả hai dòng."
    try:
        units.find_village(db, row.commune.id, row.type, row.name)
    except StoreError as error:
        return error.message
    return ""


def _columns(head: Cells) -> dict[str, int]:
    named = [" ".join(bare(cell).replace(",", " ").replace("/", " ").split()) for cell in head]
    found = {field: place for field, words in _COLUMNS.items() for place, name in enumerate(named) if name in words}
    if not {"commune", "name"} <= set(found):
        raise StoreError(
            "GA392",
            f"Không dùng được bảng này: dòng đầu cần ghi tên các cột, ít nhất “{HEAD[0]}” và “{HEAD[2]}”. "
            "Xin tải tệp mẫu và chép dữ liệu vào đó.",
        )
    return found


def _row(number: int, values: dict[str, str], communes: dict[str, Unit]) -> Row | Fault:
    commune = communes.get(bare(values["commune"])) or communes.get(values["commune"].zfill(5))
    type, name = bare(values.get("type", "")), values["name"]
    kinds = {bare(kind): kind for kind in VILLAGE_TYPES}
    if not type:
        # The kind may stand before the name: "bản Nà Khương".
        type = next((kind for kind in kinds if bare(name).startswith(f"{kind} ")), "ban")
        name = name[len(type) + 1 :] if bare(name).startswith(f"{type} ") else name
    elif bare(name).startswith(f"{type} "):
        name = name[len(type) + 1 :]
    why = (
        "Chưa ghi xã, phường." if not values["commune"]
        else f"Không có xã, phường “{values['commune']}” trong tỉnh." if commune is None
        else "Chưa ghi tên thôn, bản." if not name
        else f"Tên dài quá {LONGEST} ký tự." if len(name) > LONGEST
        else f"Không có loại “{values['type']}”. Các loại: {', '.join(VILLAGE_TYPES)}." if type not in kinds
        else "" if _is_count(values.get("households", "")) else f"Số hộ “{values['households']}” chưa phải số nguyên."
    )  # fmt: skip
    if why or commune is None:
        return Fault(number, "", why)
    households = values.get("households", "")
    return Row(number, commune, kinds[type], name, int(_digits(households)) if households else None)


def _digits(words: str) -> str:
    """Return a number without the points that part its thousands."""
    head, *groups = words.split(".")
    return head + "".join(groups) if all(len(group) == 3 for group in groups) else words


def _is_count(words: str) -> bool:
    digits = _digits(words)
    return not words or (digits.isascii() and digits.isdigit() and len(digits) < 9 and int(digits) <= MOST_HOUSEHOLDS)


def _said(cells: Cells) -> str:
    return " · ".join(cell for cell in cells if cell)[:200]


def _has_regulation(db: sqlite3.Connection, unit_id: int) -> bool:
    return db.execute("SELECT 1 FROM regulations WHERE unit_id = ? LIMIT 1", [unit_id]).fetchone() is not None
