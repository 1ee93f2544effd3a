"""The register of communication events (target 1)."""

from __future__ import annotations

from datetime import date
from sqlite3 import Connection
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from fastapi.responses import Response

from api.access import Visitor, requires
from api.pages import day_given, go, render
from api.parameters import Commune, Page, Year, attachment
from auditor.errors import ApiError
from auditor.store import clock, events, units
from auditor.store.eventlist import read_events, write_events
from auditor.store.events import Happening

router = APIRouter(prefix="/truyen-thong")
Worker = Annotated[Visitor, Depends(requires("events"))]
Words = Annotated[str, Form()]
ROWS = 50


@router.get("")
def register(
    request: Request, visitor: Worker, nam: Year = None, xa: Commune = None, to_chuc: str = "", trang: Page = 1
) -> Response:
    """Show the events of a year."""
    year = nam or clock.today().year
    unit = visitor.commune or xa
    first, last = date(year, 1, 1), date(year, 12, 31)
    with visitor.store.read() as db:
        total = events.count(db, first, last, unit_id=unit, organiser=to_chuc or None)
        found = events.between(
            db, first, last, unit_id=unit, organiser=to_chuc or None, limit=ROWS, offset=(trang - 1) * ROWS
        )
        communes = _communes(visitor, db)
    query = urlencode({"nam": year, **({"xa": unit} if unit else {}), **({"to_chuc": to_chuc} if to_chuc else {})})
    return render(
        request, "events/register.html", visitor=visitor, year=year, unit=unit, organiser=to_chuc, events=found,
        total=total, page=trang, pages=-(-total // ROWS), query=query, communes=communes, form=None, trouble="",
    )  # fmt: skip


@router.get("/them")
def new(request: Request, visitor: Worker) -> Response:
    """Show the form of a new event."""
    return _form(request, visitor, None)


@router.post("/them")
def add(
    request: Request, visitor: Worker, on_date: Words = "", organiser: Words = "", title: Words = "", unit: Words = "",
    form: Words = "", women: Words = "", men: Words = "",
) -> Response:  # fmt: skip
    """Put an event in the register."""
    told = _told(visitor, on_date, organiser, title, unit, form, women, men)
    with visitor.store.change(visitor.user.id) as change:
        id = events.add(change, told)
    return go(f"/truyen-thong?nam={told.on_date.year}", "Đã ghi cuộc truyền thông.", undo=f"/truyen-thong/{id}/go")


@router.get("/tai-ve.csv")
def export(visitor: Worker, nam: Year = None) -> Response:
    """Hand out the events of a year as csv."""
    year = nam or clock.today().year
    with visitor.store.read() as db:
        found = events.between(db, date(year, 1, 1), date(year, 12, 31), unit_id=visitor.commune)
    return attachment(write_events(found), f"truyen-thong-{year}.csv", "text/csv; charset=utf-8")


@router.get("/mau.csv")
def sample(visitor: Worker) -> Response:
    """Hand out the empty table."""
    return attachment(write_events([]), "truyen-thong-mau.csv", "text/csv; charset=utf-8")


@router.post("/nhap")
def take_in(request: Request, visitor: Worker, file: Annotated[UploadFile, File()]) -> Response:
    """Take in a table of events: all of its rows, or none and what is wrong with which."""
    with visitor.store.change(visitor.user.id) as change:

        def commune(name: str) -> int | None:
            found = units.find_commune(change.db, name)
            return found.id if found else None

        found, faults = read_events(file.file.read(), commune, only_unit=visitor.commune)
        added = 0 if faults else events.add_all(change, found)
    if faults:
        return render(request, "events/faults.html", status=422, visitor=visitor, faults=faults, filename=file.filename)
    years = sorted({one.on_date.year for one in found}) or [clock.today().year]
    known = len(found) - added
    return go(
        f"/truyen-thong?nam={years[-1]}",
        f"Đã nhập {added} cuộc" + (f"; {known} cuộc đã có trong sổ nên bỏ qua." if known else "."),
    )


@router.get("/{event:int}")
def edit(request: Request, visitor: Worker, event: int) -> Response:
    """Show an event to be changed."""
    with visitor.store.read() as db:
        found = events.get(db, event, only_unit=visitor.commune)
    return _form(request, visitor, found)


@router.post("/{event:int}")
def alter(
    visitor: Worker, event: int, on_date: Words = "", organiser: Words = "", title: Words = "", unit: Words = "",
    form: Words = "", women: Words = "", men: Words = "",
) -> Response:  # fmt: skip
    """Change an event."""
    told = _told(visitor, on_date, organiser, title, unit, form, women, men)
    with visitor.store.change(visitor.user.id) as change:
        events.get(change.db, event, only_unit=visitor.commune)
        events.alter(change, event, told)
    return go(f"/truyen-thong?nam={told.on_date.year}", "Đã lưu.")


@router.post("/{event:int}/go")
def remove(visitor: Worker, event: int) -> Response:
    """Take an event off the register."""
    with visitor.store.change(visitor.user.id) as change:
        found = events.get(change.db, event, only_unit=visitor.commune)
        events.remove(change, event)
    back = f"/truyen-thong/{event}/khoi-phuc"
    return go(f"/truyen-thong?nam={found.on_date[:4]}", f"Đã gỡ “{found.title}”.", undo=back)


@router.post("/{event:int}/khoi-phuc")
def put_back(visitor: Worker, event: int) -> Response:
    """Put a removed event back."""
    with visitor.store.change(visitor.user.id) as change:
        found = events.get(change.db, event, only_unit=visitor.commune)
        events.put_back(change, event)
    return go(f"/truyen-thong?nam={found.on_date[:4]}", "Đã khôi phục.")


def _form(request: Request, visitor: Visitor, event: events.Event | None) -> Response:
    with visitor.store.read() as db:
        communes = _communes(visitor, db)
    return render(request, "events/form.html", visitor=visitor, event=event, communes=communes)


def _communes(visitor: Visitor, db: Connection) -> list[units.Unit]:
    """Return the communes whose events the visitor may keep."""
    return [units.get(db, visitor.commune)] if visitor.commune else units.communes(db)


def _told(
    visitor: Visitor, on_date: str, organiser: str, title: str, unit: str, form: str, women: str, men: str
) -> Happening:
    day = day_given(on_date)
    if day is None:
        raise ApiError("GA421", "Xin ghi ngày tổ chức, ví dụ 08/03/2026.")
    chosen = visitor.commune or (int(unit) if unit.isdecimal() else None)
    return Happening(day, organiser, chosen, title, form, _number(women), _number(men))


def _number(words: str) -> int | None:
    words = words.strip()
    if words and not words.isdecimal():
        raise ApiError("GA441", f"“{words}” chưa phải số người. Xin ghi số, hoặc để trống nếu chưa rõ.")
    return int(words) if words else None
