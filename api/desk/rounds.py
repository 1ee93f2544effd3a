"""Yearly rounds of review: progress by commune, marks, and what is new since last year."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from api.access import Visitor, requires
from api.pages import day as written
from api.pages import day_given, go, render
from auditor.errors import ApiError
from auditor.store import clock, deadlines, rounds, units
from auditor.store.database import missing
from auditor.store.rounds import KINDS, OUTCOMES, Kind, Outcome
from auditor.store.words import STATES, VERDICTS

router = APIRouter()
Sees = Annotated[Visitor, Depends(requires("see"))]
Marks = Annotated[Visitor, Depends(requires("states"))]
Leads = Annotated[Visitor, Depends(requires("rounds"))]
Word = Annotated[str, Form()]
VEILED = "chưa hiện vì đang rà soát lần hai"


@router.get("/dot-ra-soat")
def index(request: Request, visitor: Sees) -> Response:
    """List the rounds, and offer to begin that of this year."""
    today = clock.today()
    with visitor.store.read() as db:
        known = rounds.every(db)
        counted = rounds.reviewed(db, visitor.commune)
    return render(
        request, "rounds/list.html", visitor=visitor, year=today.year,
        rounds=[(one, *counted.get(one.id, (0, 0, 0))) for one in known],
        begun=any(one.year == today.year for one in known),
        opens_on=date(today.year, 11, 1), closes_on=date(today.year, 12, 31),
    )  # fmt: skip


@router.post("/dot-ra-soat")
def begin(visitor: Leads, year: Word = "", name: Word = "", opens_on: Word = "", closes_on: Word = "") -> Response:
    """Begin a round over all regulations in force."""
    opens, closes = day_given(opens_on), day_given(closes_on)
    if not year.isdigit() or opens is None or closes is None:
        raise ApiError("GA411", "Xin ghi đủ năm, ngày bắt đầu và ngày kết thúc của đợt.")
    with visitor.store.change(visitor.user.id) as change:
        made = rounds.open_round(change, int(year), name, opens, closes)
    return go(f"/dot-ra-soat/{made.year}", f"Đã mở {made.name}.")


@router.get("/dot-ra-soat/{year:int}")
def show(request: Request, visitor: Sees, year: int) -> Response:
    """Show how far each commune is."""
    today, veil = clock.today(), visitor.veil
    with visitor.store.read() as db:
        found = rounds.of_year(db, year)
        progress = rounds.progress(db, found, visitor.commune, veil.regulations)
        last = rounds.before(db, found)
    both = (deadlines.community_review(year), deadlines.commune_review(year))
    due = [(one, deadlines.standing(one, today)) for one in both]
    return render(
        request, "rounds/round.html", visitor=visitor, round=found, progress=progress, whole=rounds.total(progress),
        last=last, due=due, OUTCOMES=OUTCOMES, veil=veil,
    )  # fmt: skip


@router.post("/dot-ra-soat/{year:int}/cap-nhat")
def take_in(visitor: Leads, year: int) -> Response:
    """Take in the regulations that came into force since the round began."""
    with visitor.store.change(visitor.user.id) as change:
        added = rounds.take_in(change, rounds.of_year(change.db, year))
    return go(f"/dot-ra-soat/{year}", f"Đã thêm {added} hương ước, quy ước vào đợt.")


@router.get("/dot-ra-soat/{year:int}/xa/{commune:int}")
def commune(request: Request, visitor: Sees, year: int, commune: int, con: str = "", trang: int = 1) -> Response:
    """Show the regulations of a commune in a round, and mark them."""
    _check(visitor, commune)
    page = max(trang, 1)
    with visitor.store.read() as db:
        found = rounds.of_year(db, year)
        unit = units.get(db, commune)
        progress = rounds.total(rounds.progress(db, found, commune))
        items, total = rounds.items(db, found, commune, only_due=bool(con), page=page)
    return render(
        request, "rounds/commune.html", visitor=visitor, round=found, unit=unit, items=items, total=total, con=con,
        progress=progress, page=page, pages=-(-total // rounds.PAGE), KINDS=KINDS, OUTCOMES=OUTCOMES,
        veil=visitor.veil,
    )  # fmt: skip


@router.post("/dot-ra-soat/{year:int}/xa/{commune:int}")
def mark(
    visitor: Marks,
    year: int,
    commune: int,
    kind: Annotated[Kind, Form()],
    on: Word = "",
    outcome: Annotated[Outcome, Form()] = "",
    item: Annotated[list[int] | None, Form()] = None,
    all: Word = "",
) -> Response:
    """Mark the chosen regulations of a commune, or all of them not marked yet."""
    _check(visitor, commune)
    if not item and not all:
        raise ApiError("GA412", "Chưa chọn bản nào. Xin chọn các bản đã rà soát, hoặc “Tất cả các bản còn lại”.")
    day = day_given(on) or clock.today()
    with visitor.store.change(visitor.user.id) as change:
        found = rounds.of_year(change.db, year)
        ids = [] if all else item or []
        count, line = rounds.mark(change, found, kind, day, outcome, ids=ids, commune=commune)
    said = f"Đã ghi {KINDS[kind]} ngày {day:%d/%m/%Y} cho {count} bản."
    return go(f"/dot-ra-soat/{year}/xa/{commune}", said, undo=f"/dot-ra-soat/{year}/xa/{commune}/hoan-tac/{line}")


@router.post("/dot-ra-soat/{year:int}/xa/{commune:int}/hoan-tac/{line:int}")
def undo(visitor: Marks, year: int, commune: int, line: int) -> Response:
    """Take marks back."""
    _check(visitor, commune)
    with visitor.store.change(visitor.user.id) as change:
        count = rounds.undo(change, rounds.of_year(change.db, year), line)
    return go(f"/dot-ra-soat/{year}/xa/{commune}", f"Đã hoàn tác dấu của {count} bản.")


@router.get("/dot-ra-soat/{year:int}/co-gi-moi")
def news(request: Request, visitor: Sees, year: int, loai: str = "", trang: int = 1) -> Response:
    """Show what is new since last year's round."""
    veil = visitor.veil
    with visitor.store.read() as db:
        found = rounds.of_year(db, year)
        last = rounds.before(db, found)
        everything = rounds.news(db, found, last, visitor.commune, veil.regulations) if last else []
    kinds = {
        "moi": ("hương ước, quy ước mới", [one for one in everything if one.added]),
        "ban-moi": ("có bản mới", [one for one in everything if one.text]),
        "ket-luan": ("đổi kết quả rà soát", [one for one in everything if one.was and one.was != one.verdict]),
        "xac-nhan": ("có phát hiện mới xác nhận", [one for one in everything if one.confirmed]),
    }
    chosen = kinds[loai][1] if loai in kinds else everything
    page = max(trang, 1)
    return render(
        request, "rounds/news.html", visitor=visitor, round=found, last=last, kinds=kinds, loai=loai, total=len(chosen),
        found=chosen[(page - 1) * rounds.PAGE : page * rounds.PAGE], page=page, pages=-(-len(chosen) // rounds.PAGE),
        veil=veil,
    )  # fmt: skip


@router.get("/dot-ra-soat/{year:int}/danh-sach.csv")
def as_csv(visitor: Sees, year: int) -> Response:
    """Give the items of a round as a table that spreadsheets open; no cell can act as a formula."""
    veil = visitor.veil
    with visitor.store.read() as db:
        found = rounds.of_year(db, year)
        rows = [
            (
                one.commune, one.village, one.title, STATES[one.state],
                VEILED if one.regulation_id in veil.regulations else VERDICTS[one.verdict],
                written(one.community_on), written(one.commune_on), OUTCOMES.get(one.outcome, ""),
            )
            for one in rounds.all_items(db, found, visitor.commune)
        ]  # fmt: skip
    heads = (
        "Xã, phường", "Thôn, bản", "Tên văn bản", "Trạng thái", "Kết quả rà soát về giới", "Cộng đồng rà soát ngày",
        "Ủy ban nhân dân xã rà soát ngày", "Kết quả",
    )  # fmt: skip
    headers = {"Content-Disposition": f'attachment; filename="dot-ra-soat-{year}.csv"'}
    return Response(_table([heads, *rows]), media_type="text/csv; charset=utf-8", headers=headers)


def _table(rows: Iterable[tuple[str, ...]]) -> bytes:
    """Write rows as CSV with a byte order mark; a cell that a spreadsheet could take for a formula begins with a '."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([f"'{cell}" if cell[:1] in "=+-@\t\r" and cell else cell for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _check(visitor: Visitor, commune: int) -> None:
    if visitor.commune is not None and visitor.commune != commune:
        raise missing()
