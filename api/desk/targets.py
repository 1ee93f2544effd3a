"""The boards of targets 5, 4 and 1: every number leads to the documents behind it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from api.access import Visitor, requires
from api.pages import day_given, render
from api.parameters import Page, Year
from auditor.errors import ApiError
from auditor.indicators.applying import LEAST_EVENTS
from auditor.indicators.targets import Counts, Period, Target5, quarter_ends
from auditor.reports.charts.quarters import Lines, quarter_lines
from auditor.reports.charts.stacked import Stacked, stacked
from auditor.reports.charts.tilemap import TileMap, tile_map
from auditor.store import clock, events, goals, standing, units
from auditor.store.database import missing
from auditor.store.standing import Commune

router = APIRouter(prefix="/muc-tieu")
Reader = Annotated[Visitor, Depends(requires("see"))]
Words = Annotated[str, Query()]
ROWS = 50
FIGURES = {
    "in_force": "Đã thông qua, đang có hiệu lực (A)",
    "recognised": "Đã được công nhận (R)",
    "reviewed": "Đã rà soát trong kỳ (K)",
    "clean": "Đã rà soát, không có phân biệt đối xử (C)",
    "discriminating": "Đã rà soát, còn điều khoản phân biệt đối xử",
    "consulting": "Đã rà soát, chờ tham vấn",
    "not_reviewed": "Chưa rà soát trong kỳ, không tính là đạt",
    "found": "Có điều khoản được xác nhận trái luật (S4)",
    "recommended": "Đã gửi kiến nghị",
    "open": "Còn điều khoản S4 chưa sửa",
    "newly_recognised": "Được công nhận trong kỳ",
    "refused": "Không được công nhận trong kỳ",
    "amended": "Được sửa đổi, thay thế trong kỳ",
    "suspended": "Bị tạm ngừng trong kỳ",
    "abolished": "Bị bãi bỏ trong kỳ",
}
CLAUSES = {
    "found_clauses": "Điều khoản S4 đã xác nhận",
    "repaired_clauses": "Điều khoản S4 đã sửa",
    "open_clauses": "Điều khoản S4 còn phải sửa",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which year and day a board is about; ``whole`` counts reviews since the beginning, not only of the year."""

    year: int
    cut_off: date
    whole: bool

    @property
    def period(self) -> Period:
        """The period counted."""
        return Period(None if self.whole else date(self.year, 1, 1), self.cut_off)

    @property
    def query(self) -> str:
        """The parameters of an address that asks for the same."""
        return urlencode(
            {"nam": self.year, "chot": self.cut_off.isoformat(), **({"ky": "luy-ke"} if self.whole else {})}
        )

    def at(self, day: date) -> Asked:
        """Return the same as of another day."""
        return replace(self, cut_off=day)


def asked(nam: Year = None, chot: Words = "", ky: Words = "") -> Asked:
    """Read which year and day are asked for; today, or the last day of an earlier year, where nothing is said.

    Raises:
        ApiError: GA447, the day does not lie in the year.
    """
    today = clock.today()
    day = day_given(chot)
    year = nam or (day or today).year
    day = day or min(max(today, date(year, 1, 1)), date(year, 12, 31))
    if day.year != year:
        raise ApiError("GA447", f"Ngày chốt số liệu phải trong năm {year}. Xin chọn lại năm hoặc ngày.")
    return Asked(year, day, ky == "luy-ke")


When = Annotated[Asked, Depends(asked)]


@router.get("")
def boards(request: Request, visitor: Reader, when: When) -> Response:
    """Show the three targets in short."""
    veil = visitor.veil
    five = standing.counted_target5(visitor.store, when.period, visitor.commune, veil.regulations)
    with visitor.store.read() as db:
        four, _ = goals.outlets(db, when.year, when.cut_off)
        one, bodies = goals.bodies(db, when.year, when.cut_off)
    own = [body for body in bodies if visitor.commune in {None, body.unit_id}]
    return render(
        request, "targets/boards.html", visitor=visitor, when=when, five=five.total, four=four,
        reached=sum(body.events >= LEAST_EVENTS for body in own), bodies=len(own), one=one, veil=veil,
    )  # fmt: skip


@router.get("/5")
def target5(request: Request, visitor: Reader, when: When) -> Response:
    """Show target 5 by commune."""
    veil = visitor.veil
    five = standing.counted_target5(visitor.store, when.period, visitor.commune, veil.regulations)
    communes = standing.standings(visitor.store).communes
    rows = [(communes[code], counts) for code, counts in five.by_commune.items() if code in communes]
    return render(
        request, "targets/five.html", visitor=visitor, when=when, five=five, rows=rows, figures=FIGURES,
        quarters=[
            (name, when.at(day), counts)
            for day, (name, counts) in zip(quarter_ends(when.period), five.by_quarter, strict=True)
        ],
        clauses=CLAUSES, veil=veil, bars=_bars(rows, when), lines=_lines(five),
        tiles=_tiles(five, when) if visitor.commune is None else None,
    )  # fmt: skip


def _bars(rows: list[tuple[Commune, Counts]], when: Asked) -> Stacked:
    """Lay out the results of reviews, a bar a commune."""
    return stacked(
        (
            commune.name, (one.clean, one.discriminating, one.consulting, one.not_reviewed),
            f"{one.clean}/{one.in_force}", _address("in_force", commune.code, when),
        )
        for commune, one in rows
    )  # fmt: skip


def _tiles(five: Target5, when: Asked) -> TileMap:
    """Lay out C/A on the map of tiles."""
    shares = {code: (one.clean, one.in_force) for code, one in five.by_commune.items()}
    return tile_map(shares, lambda code: _address("in_force", code, when))


def _lines(five: Target5) -> Lines:
    """Lay out C/A and K/A by quarter."""
    share = [(one.clean, one.in_force) for _, one in five.by_quarter]
    coverage = [(one.reviewed, one.in_force) for _, one in five.by_quarter]
    return quarter_lines(
        [name for name, _ in five.by_quarter], [("share", "C/A", share), ("coverage", "K/A", coverage)]
    )  # fmt: skip


def _address(figure: str, code: str, when: Asked) -> str:
    return f"/muc-tieu/5/van-ban?loai={figure}&xa={code}&{when.query}"


@router.get("/5/van-ban")
def documents(
    request: Request, visitor: Reader, when: When, loai: Words = "in_force", xa: Words = "", trang: Page = 1
) -> Response:
    """Show the documents behind a figure of target 5."""
    communes = standing.standings(visitor.store).of_commune(visitor.commune).communes
    if visitor.commune is not None:
        xa = xa or next(iter(communes))
    if loai not in FIGURES or (xa and xa not in communes):
        raise missing()
    veil = visitor.veil
    found = standing.behind(visitor.store, when.period, loai, xa or None, veil.regulations)
    with visitor.store.read() as db:
        rows = goals.named(db, (version for _, version in found[(trang - 1) * ROWS : trang * ROWS]))
    query = urlencode({"loai": loai, **({"xa": xa} if xa else {})}) + "&" + when.query
    return render(
        request, "targets/documents.html", visitor=visitor, when=when, rows=rows, total=len(found), page=trang,
        pages=-(-len(found) // ROWS), title=FIGURES[loai], commune=communes[xa].name if xa else "", query=query,
        veil=veil,
    )  # fmt: skip


@router.get("/5/dieu-khoan")
def clauses(
    request: Request, visitor: Reader, when: When, loai: Words = "found_clauses", xa: Words = "", trang: Page = 1
) -> Response:
    """Show the clauses behind a figure of target 5, each in its document."""
    communes = standing.standings(visitor.store).of_commune(visitor.commune).communes
    if visitor.commune is not None:
        xa = xa or next(iter(communes))
    if loai not in CLAUSES or (xa and xa not in communes):
        raise missing()
    veil = visitor.veil
    found = standing.clauses_behind(visitor.store, when.period, loai, xa or None, veil.regulations)
    shown = found[(trang - 1) * ROWS : trang * ROWS]
    with visitor.store.read() as db:
        rows = list(zip(shown, goals.named_clauses(db, shown), strict=True))
    query = urlencode({"loai": loai, **({"xa": xa} if xa else {})}) + "&" + when.query
    return render(
        request, "targets/clauses.html", visitor=visitor, when=when, rows=rows, total=len(found), page=trang,
        pages=-(-len(found) // ROWS), title=CLAUSES[loai], commune=communes[xa].name if xa else "", query=query,
        veil=veil,
    )  # fmt: skip


@router.get("/5/thon-ban")
def villages(request: Request, visitor: Reader, when: When, xa: Words = "", trang: Page = 1) -> Response:
    """Show the villages behind V, each with its regulations."""
    communes = standing.standings(visitor.store).of_commune(visitor.commune).communes
    if visitor.commune is not None:
        xa = xa or next(iter(communes))
    if xa and xa not in communes:
        raise missing()
    with visitor.store.read() as db:
        rows, total = goals.villages(db, communes[xa].id if xa else None, limit=ROWS, offset=(trang - 1) * ROWS)
    query = (urlencode({"xa": xa}) + "&" if xa else "") + when.query
    return render(
        request, "targets/villages.html", visitor=visitor, when=when, rows=rows, total=total, page=trang,
        pages=-(-total // ROWS), commune=communes[xa].name if xa else "", query=query,
    )  # fmt: skip


@router.get("/4")
def target4(
    request: Request, visitor: Reader, when: When, xem: Literal["", "applying", "trial"] = "",
    nhom: Literal["", "press", "local"] = "",
) -> Response:  # fmt: skip
    """Show target 4 by outlet with the four conditions; ``xem`` and ``nhom`` show the outlets behind a figure."""
    if visitor.commune is not None:
        raise missing()
    with visitor.store.read() as db:
        four, known = goals.outlets(db, when.year, when.cut_off)
    rows = [
        one
        for one in known
        if nhom in {"", one.outlet.kind}
        and (not xem or (one.applies if xem == "applying" else one.trial and not one.applies))
    ]
    return render(
        request, "targets/four.html", visitor=visitor, when=when, four=four, rows=rows, xem=xem, nhom=nhom,
        total=len(known),
    )  # fmt: skip


@router.get("/1")
def target1(request: Request, visitor: Reader, when: When, xem: Literal["", "met", "short"] = "") -> Response:
    """Show target 1: communes and bodies of the province with the events each held; ``xem`` shows some of them."""
    with visitor.store.read() as db:
        _, found = goals.bodies(db, when.year, when.cut_off)
    communes = [body for body in found if body.unit_id is not None and visitor.commune in {None, body.unit_id}]
    province = [body for body in found if body.unit_id is None] if visitor.commune is None else []
    groups = [("Xã, phường", communes), (goals.PROVINCE, province)]
    return render(
        request, "targets/one.html", visitor=visitor, when=when, groups=groups, least=LEAST_EVENTS, xem=xem
    )  # fmt: skip


@router.get("/1/hoat-dong")
def held(
    request: Request, visitor: Reader, when: When, xa: Annotated[int | None, Query(ge=1)] = None, don_vi: Words = "",
    trang: Page = 1,
) -> Response:  # fmt: skip
    """Show the events behind a figure of target 1."""
    unit = visitor.commune or xa
    first = date(when.year, 1, 1)
    with visitor.store.read() as db:
        name = units.get(db, unit).full if unit else don_vi or "Tất cả đơn vị"
        total = events.count(db, first, when.cut_off, unit_id=unit, organiser=don_vi or None)
        rows = events.between(
            db, first, when.cut_off, unit_id=unit, organiser=don_vi or None, limit=ROWS, offset=(trang - 1) * ROWS
        )
    query = urlencode({**({"xa": unit} if unit else {}), **({"don_vi": don_vi} if don_vi else {})}) + "&" + when.query
    return render(
        request, "targets/events.html", visitor=visitor, when=when, rows=rows, total=total, page=trang,
        pages=-(-total // ROWS), named=name, query=query,
    )  # fmt: skip
