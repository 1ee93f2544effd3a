"""The communes and their villages: counts, the list of a commune, and lists that come in and go out as tables."""

from __future__ import annotations

import json
import sqlite3
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, UploadFile
from fastapi.responses import Response

from api.access import Visitor, requires
from api.pages import go, number, render
from auditor.errors import StoreError
from auditor.store import sheets, units, villages
from auditor.store.database import missing
from auditor.store.sheets import Cells

router = APIRouter()
Keeper = Annotated[Visitor, Depends(requires("units"))]
Words = Annotated[str, Form()]
TYPES = tuple((type, type) for type in units.VILLAGE_TYPES)
SAMPLE_NAME, LIST_NAME = "mau-thon-ban.csv", "danh-sach-thon-ban.csv"


@router.get("/don-vi")
def all_communes(request: Request, visitor: Keeper) -> Response:
    """List the communes with what stands under them."""
    with visitor.store.read() as db:
        return render(request, "units/communes.html", visitor=visitor, standings=units.standings(db), trouble="")


@router.get("/don-vi/mau.csv")
def sample(visitor: Keeper) -> Response:
    """Send the table to be filled in."""
    return _csv(villages.SAMPLE, SAMPLE_NAME)


@router.get("/don-vi/danh-sach.csv")
def export(visitor: Keeper) -> Response:
    """Send all villages as a table that can be imported again."""
    with visitor.store.read() as db:
        rows = units.all_villages(db)
    listed = [(commune.full, village.type, village.name, village.households) for commune, village in rows]
    return _csv((villages.HEAD, *listed), LIST_NAME)


@router.post("/don-vi/nhap")
def take_table(request: Request, visitor: Keeper, table: UploadFile) -> Response:
    """Take in a table of villages: all of it where no row is at fault, else nothing before the person has chosen."""
    data = table.file.read(sheets.LARGEST + 1)
    try:
        rows = sheets.read_rows(data)
        with visitor.store.change(visitor.user.id) as change:
            judged = villages.judge(change.db, rows)
            if judged.good and not judged.faults:
                return _said(villages.bring_in(change, judged.good))
    except StoreError as error:
        if error.code != "GA392":
            raise
        with visitor.store.read() as db:
            standings = units.standings(db)
        return render(
            request, "units/communes.html", status=422, visitor=visitor, standings=standings, trouble=error.message
        )
    good = (villages.HEAD, *((row.commune.full, row.type, row.name, row.households or "") for row in judged.good))
    words = json.dumps(good, ensure_ascii=False, separators=(",", ":"))
    return render(request, "units/faults.html", status=422, visitor=visitor, judged=judged, rows=words)


@router.post("/don-vi/nhap/dong-dung")
def take_good_rows(visitor: Keeper, rows: Words) -> Response:
    """Take in the good rows of a table whose faults the person has seen; the rows are judged once more."""
    with visitor.store.change(visitor.user.id) as change:
        judged = villages.judge(change.db, _brought_back(rows))
        return _said(villages.bring_in(change, judged.good))


@router.post("/don-vi/nhap/{entry}/hoan-tac")
def undo_import(visitor: Keeper, entry: int) -> Response:
    """Take villages that an import added out again."""
    with visitor.store.change(visitor.user.id) as change:
        count = villages.take_back(change, entry)
    return go("/don-vi", f"Đã gỡ {number(count)} thôn, bản vừa nhập.")


@router.get("/don-vi/{commune}")
def one_commune(request: Request, visitor: Keeper, commune: int) -> Response:
    """List the villages of a commune."""
    with visitor.store.read() as db:
        (standing,) = units.standings(db, commune) or (None,)
        if standing is None:
            raise missing()
        found = units.village_standings(db, commune)
    return render(
        request,
        "units/commune.html",
        visitor=visitor,
        standing=standing,
        villages=found,
        types=TYPES,
    )


@router.post("/don-vi/{commune}/them")
def add_village(
    visitor: Keeper, commune: int, type: Words, name: Words, households: Words = "", exact: Words = ""
) -> Response:
    """Add one village; ``exact`` says that a name without marks is meant so."""
    with visitor.store.change(visitor.user.id) as change:
        unit = units.get(change.db, commune)
        row = (unit.full, type, " ".join(name.split()), households)
        judged = villages.judge(change.db, (villages.HEAD, row), exact=bool(exact))
        if unit.kind != "commune" or judged.faults:
            return go(f"/don-vi/{commune}", judged.faults[0].why if judged.faults else "Xin chọn một xã.", tone="bad")
        done = villages.bring_in(change, judged.good, exact=bool(exact))
    said = f"Đã thêm {judged.good[0].type} {judged.good[0].name}." if done.added else "Thôn, bản này đã có."
    return go(f"/don-vi/{commune}", said, undo=_undo(done.entry) if done.added else "")


@router.post("/don-vi/{commune}/{unit}/go")
def retire(visitor: Keeper, commune: int, unit: int) -> Response:
    """Take a village off the lists."""
    with visitor.store.change(visitor.user.id) as change:
        found = _village(change.db, commune, unit)
        villages.retire(change, found)
    undo = f"/don-vi/{commune}/{unit}/hoan-tac"
    return go(f"/don-vi/{commune}", f"Đã gỡ {found.full}.", undo=undo)


@router.post("/don-vi/{commune}/{unit}/hoan-tac")
def restore(visitor: Keeper, commune: int, unit: int) -> Response:
    """Put a village back on the lists."""
    with visitor.store.change(visitor.user.id) as change:
        found = _village(change.db, commune, unit)
        villages.restore(change, found)
    return go(f"/don-vi/{commune}", f"{found.full} đã trở lại danh sách.")


def _village(db: sqlite3.Connection, commune: int, unit: int) -> units.Unit:
    found = units.get(db, unit)
    if found.kind != "village" or found.parent_id != commune:
        raise missing()
    return found


def _said(done: villages.Imported) -> Response:
    words = f"Đã nhập {number(done.added + done.known)} dòng: {number(done.added)} thôn, bản mới, "
    words += f"{number(done.known)} thôn, bản đã có."
    return go("/don-vi", words, undo=_undo(done.entry) if done.added else "")


def _undo(entry: int) -> str:
    return f"/don-vi/nhap/{entry}/hoan-tac"


def _brought_back(words: str) -> list[Cells]:
    """Read rows as the page of faults brings them back."""
    try:
        rows = [tuple(map(str, cells)) for cells in json.loads(words)]
    except (ValueError, TypeError, RecursionError):
        rows = []
    if not any(map(any, rows)) or len(rows) > sheets.MOST_ROWS:
        raise StoreError("GA392", "Không còn dòng nào để nhập. Xin gửi lại tệp.")
    return rows


def _csv(rows: tuple[tuple[object, ...], ...], name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(sheets.write_csv(rows), media_type="text/csv; charset=utf-8", headers=headers)
