"""The yearly reports: drafts whose figures follow the day, issued ones that are frozen."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import Response

from api.access import Visitor, requires
from api.desk.targets import FIGURES
from api.pages import day_given, go, render
from api.parameters import Page, attachment
from auditor.errors import ApiError
from auditor.reports.office.figures import Narrative
from auditor.reports.office.figures import total as total_of
from auditor.store import events, files, goals, outlets, reports, standing, yearly, yearlypapers
from auditor.store.database import missing
from auditor.store.reports import DOCX, XLSX, Report
from auditor.store.seconds import veiled

router = APIRouter(prefix="/bao-cao")
Reader = Annotated[Visitor, Depends(requires("see"))]
Author = Annotated[Visitor, Depends(requires("reports"))]
Words = Annotated[str, Form()]
ROWS = 50
HEAD = {
    "parent": "Cơ quan chủ quản", "office": "Cơ quan ban hành", "place": "Địa danh", "symbol": "Ký hiệu",
    "on_behalf": "Ký thay, thay mặt", "title": "Chức vụ người ký", "name": "Họ và tên người ký",
}  # fmt: skip
TEXTS: dict[str, dict[str, str]] = {
    "province": {
        "direction": "I. Công tác chỉ đạo, triển khai (văn bản, tập huấn)", "handling": "II.4. Kiểm tra, xử lý",
        "examples": "II.5. Mô hình, cách làm hay", "strengths": "III.1. Ưu điểm",
        "weaknesses": "III.2. Tồn tại, hạn chế", "causes_objective": "III.3.a. Nguyên nhân khách quan",
        "causes_own": "III.3.b. Nguyên nhân chủ quan", "next_year": "IV. Phương hướng, nhiệm vụ năm sau",
        "proposals": "V. Kiến nghị, đề xuất",
    },
    "ministry": {
        "impact": "I. Tình hình thực hiện và tác động của hương ước, quy ước",
        "difficulties": "III. Khó khăn, vướng mắc", "proposals": "IV. Kiến nghị, đề xuất",
    },
}  # fmt: skip


@router.get("")
def everyone(request: Request, visitor: Reader) -> Response:
    """Show all reports, the days left, and where to begin one."""
    found = []
    if visitor.commune is None:
        with visitor.store.read() as db:
            found = reports.everyone(db)
    return render(request, "reports/list.html", visitor=visitor, reports=found, kinds=reports.KINDS)


@router.post("")
def begin(visitor: Author, kind: Words = "", year: Annotated[int, Form()] = 0, cut_off: Words = "") -> Response:
    """Begin a draft."""
    day = day_given(cut_off)
    if day is None:
        raise ApiError("GA448", "Xin chọn ngày chốt số liệu, ví dụ 15/11.")
    with visitor.store.change(visitor.user.id) as change:
        report = reports.begin(change, kind, year, day)
    return go(f"/bao-cao/{report.id}", "Đã mở bản nháp.")


@router.get("/{report:int}")
def one(request: Request, visitor: Reader, report: int) -> Response:
    """Show a report: a draft with the figures of the day, an issued one with its frozen figures."""
    found, veil = _seen(visitor, report), visitor.veil
    if found.made_of is not None:
        figures = yearlypapers.figures_in(found.made_of)
    else:
        figures = yearly.figures_of_year(
            visitor.store, found.year, found.cut_off, found.narrative, clauses=False, veiled=veil.regulations
        )  # fmt: skip
    communes = standing.standings(visitor.store).communes.values()
    with visitor.store.read() as db:
        named = {outlet.name: outlet.id for outlet in outlets.everyone(db)}
    return render(
        request, "reports/one.html", visitor=visitor, report=found, figures=figures, outlets=named, veil=veil,
        codes={one.name: one.code for one in communes}, units={one.name: one.id for one in communes},
        all=total_of(figures.target5), head={**yearlypapers.HEADS[found.kind], **found.narrative}, heads=HEAD,
        texts=TEXTS[found.kind], kinds=reports.KINDS, due=reports.due(found.kind, found.year), names=FIGURES,
    )  # fmt: skip


@router.post("/{report:int}")
async def write(request: Request, visitor: Author, report: int) -> Response:
    """Keep what was written into a draft."""
    form = await request.form()
    told = {key: str(form.get(key, "")) for key in (*HEAD, *Narrative.model_fields)}
    day = day_given(str(form.get("cut_off", "")))
    with visitor.store.change(visitor.user.id) as change:
        known = reports.get(change.db, report)
        reports.write(change, report, day or known.cut_off, str(form.get("number", "")), told)
    return go(f"/bao-cao/{report}", "Đã lưu bản nháp.")


@router.get("/{report:int}/xem-truoc.docx")
def preview_docx(visitor: Reader, report: int) -> Response:
    """Hand out the docx a draft would give now."""
    found = _seen(visitor, report)
    return attachment(yearlypapers.papers(_made(visitor, found)).docx, f"du-thao-{found.year}.docx", DOCX)


@router.get("/{report:int}/xem-truoc.xlsx")
def preview_xlsx(visitor: Reader, report: int) -> Response:
    """Hand out the workbook a draft would give now."""
    found = _seen(visitor, report)
    return attachment(yearlypapers.papers(_made(visitor, found)).xlsx, f"du-thao-{found.year}.xlsx", XLSX)


@router.post("/{report:int}/ban-hanh")
def issue(visitor: Author, report: int, issued_on: Words = "") -> Response:
    """Issue a report: figures, documents and files are frozen together, of one state of the store.

    Raises:
        ApiError: GA419 without a day; GA449 the store changed in the meantime.
        StoreError: GA347, the visitor reads a text blind that the report tells of.
    """
    day = day_given(issued_on)
    if day is None:
        raise ApiError("GA419", "Xin ghi ngày ban hành, ví dụ 25/11/2026.")
    found = _seen(visitor, report)
    if visitor.veil:
        raise veiled()
    lines = standing.standings(visitor.store).lines
    figures = yearly.figures_of_year(visitor.store, found.year, found.cut_off, found.narrative)
    sources = yearly.sources_of_year(visitor.store, found.year, found.cut_off)
    made = yearlypapers.made_of(found, figures, day)
    paper = yearlypapers.papers(made)
    with visitor.store.change(visitor.user.id) as change:
        if standing.lines_of(change.db) != lines:
            raise ApiError("GA449", "Số liệu vừa thay đổi trong lúc lập báo cáo. Xin xem lại rồi bấm ban hành lần nữa.")
        reports.issue(change, report, day, made, sources, paper.docx, paper.xlsx)
    return go(f"/bao-cao/{report}", "Đã ban hành. Số liệu và hai tệp được giữ nguyên từ nay.")


@router.post("/{report:int}/bo")
def discard(visitor: Author, report: int) -> Response:
    """Throw a draft away."""
    with visitor.store.change(visitor.user.id) as change:
        reports.discard(change, report)
    return go("/bao-cao", "Đã bỏ bản nháp.")


@router.get("/{report:int}/tai-ve.docx")
def docx(visitor: Reader, report: int) -> Response:
    """Hand out the docx as it was issued."""
    return _issued_file(visitor, report, "docx_id")


@router.get("/{report:int}/tai-ve.xlsx")
def xlsx(visitor: Reader, report: int) -> Response:
    """Hand out the workbook as it was issued."""
    return _issued_file(visitor, report, "xlsx_id")


@router.post("/{report:int}/dung-lai")
def remake(visitor: Author, report: int) -> Response:
    """Make the docx again from the frozen figures and say whether it is the same, byte by byte."""
    found = _seen(visitor, report)
    if found.made_of is None:
        raise missing()
    again = yearlypapers.papers(found.made_of).sha256
    if again == found.sha256:
        return go(f"/bao-cao/{report}", f"Dựng lại khớp từng byte với bản đã ban hành (SHA-256 {again[:16]}…).")
    version = found.made_of["figures"]["versions"]["engine"]
    return go(
        f"/bao-cao/{report}",
        f"Dựng lại khác bản đã ban hành: {again[:16]}… và {(found.sha256 or '')[:16]}…. Bản ban hành dựng bằng phiên"
        f" bản {version}; tệp đã lưu vẫn là bản gốc.",
        tone="bad",
    )


@router.get("/{report:int}/van-ban")
def documents(
    request: Request, visitor: Reader, report: int, so: Annotated[str, Query()] = "in_force",
    xa: Annotated[str, Query()] = "", trang: Page = 1,
) -> Response:  # fmt: skip
    """Show the documents behind a figure of an issued report, as they were frozen."""
    found = _seen(visitor, report)
    communes = standing.standings(visitor.store).communes
    if found.sources is None or so not in FIGURES or (xa and xa not in communes):
        raise missing()
    by_commune = found.sources["target5"]
    ids = [id for code in ([xa] if xa else communes) for id in by_commune.get(code, {}).get(so, [])]
    with visitor.store.read() as db:
        rows = goals.named(db, ids[(trang - 1) * ROWS : trang * ROWS])
    return render(
        request, "reports/documents.html", visitor=visitor, report=found, rows=rows, total=len(ids), page=trang,
        pages=-(-len(ids) // ROWS), title=FIGURES[so], commune=communes[xa].name if xa else "",
        query=urlencode({"so": so, **({"xa": xa} if xa else {})}), veil=visitor.veil,
    )  # fmt: skip


@router.get("/{report:int}/hoat-dong")
def held(request: Request, visitor: Reader, report: int, don_vi: Annotated[str, Query()] = "") -> Response:
    """Show the events behind a figure of an issued report, as they were frozen."""
    found = _seen(visitor, report)
    ids = (found.sources or {}).get("target1", {}).get(don_vi)
    if ids is None:
        raise missing()
    with visitor.store.read() as db:
        rows = [events.get(db, id) for id in ids]
    return render(request, "reports/events.html", visitor=visitor, report=found, rows=rows, unit=don_vi)


def _seen(visitor: Visitor, id: int) -> Report:
    """Return a report; a commune clerk sees none, for it tells of all communes.

    Raises:
        StoreError: GA331, there is none; GA347, it was issued with the review of a text the visitor reads blind.
    """
    if visitor.commune is not None:
        raise missing()
    with visitor.store.read() as db:
        found = reports.get(db, id)
    if found.sources and (veil := visitor.veil) and yearly.tells_of(found.sources, veil.versions):
        raise veiled()
    return found


def _made(visitor: Visitor, report: Report) -> dict[str, Any]:
    if report.made_of is not None:
        return dict(report.made_of)
    if visitor.veil:
        raise veiled()
    figures = yearly.figures_of_year(visitor.store, report.year, report.cut_off, report.narrative)
    return yearlypapers.made_of(report, figures, None)


def _issued_file(visitor: Visitor, id: int, column: str) -> Response:
    file_id = getattr(_seen(visitor, id), column)
    with visitor.store.read() as db:
        file = files.find(db, file_id or 0)
        return attachment(files.read(db, file.id), file.name, file.media)
