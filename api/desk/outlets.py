"""Outlets as Sở sees them: scope, the four conditions of target 4, measurements and the findings of articles."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from fastapi.responses import Response

from api.access import Visitor, requires
from api.pages import day_given, go, render
from api.parameters import ARTICLES, EVIDENCE, Page, Year, attachment, given
from auditor.errors import ApiError
from auditor.store import articles, clock, conditions, evidence, files, outlets, questionnaires, scans
from auditor.store.evidence import SUBJECTS, Evidence

router = APIRouter(prefix="/toa-soan")
Officer = Annotated[Visitor, Depends(requires("outlets"))]
Words = Annotated[str, Form()]
Sent = Annotated[UploadFile, File()]
ROWS = 20


@router.get("")
def everyone(request: Request, visitor: Officer, nam: Year = None) -> Response:
    """Show all outlets with the four conditions of a year."""
    year = nam or clock.today().year
    with visitor.store.read() as db:
        found = conditions.of_year(db, year, clock.today())
    return render(request, "outlets/list.html", visitor=visitor, year=year, rows=found, kinds=outlets.KINDS)


@router.get("/them")
def new(request: Request, visitor: Officer) -> Response:
    """Show the form of a new outlet."""
    return render(request, "outlets/form.html", visitor=visitor, outlet=None, kinds=outlets.KINDS)


@router.post("/them")
def add(visitor: Officer, name: Words = "", kind: Words = "", in_scope: Words = "", scope_note: Words = "") -> Response:
    """Add an outlet."""
    with visitor.store.change(visitor.user.id) as change:
        outlet = outlets.add(change, name, kind, in_scope=bool(in_scope), scope_note=scope_note)
    return go(f"/toa-soan/{outlet.id}", f"Đã thêm {outlet.name}.")


@router.get("/{outlet:int}/sua")
def edit(request: Request, visitor: Officer, outlet: int) -> Response:
    """Show the form of an outlet."""
    with visitor.store.read() as db:
        found = outlets.get(db, outlet)
    return render(request, "outlets/form.html", visitor=visitor, outlet=found, kinds=outlets.KINDS)


@router.post("/{outlet:int}/sua")
def alter(
    visitor: Officer, outlet: int, name: Words = "", kind: Words = "", in_scope: Words = "", scope_note: Words = ""
) -> Response:
    """Change an outlet."""
    with visitor.store.change(visitor.user.id) as change:
        outlets.alter(change, outlet, name, kind, in_scope=bool(in_scope), scope_note=scope_note)
    return go(f"/toa-soan/{outlet}", "Đã lưu.")


@router.get("/{outlet:int}")
def one(request: Request, visitor: Officer, outlet: int, nam: Year = None) -> Response:
    """Show where an outlet stands in a year, and what proves it."""
    year = nam or clock.today().year
    values = standing(visitor, outlet, year)
    return render(request, "outlets/one.html", visitor=visitor, base=f"/toa-soan/{outlet}", officer=True, **values)


@router.get("/{outlet:int}/bang-hoi")
def answers(request: Request, visitor: Officer, outlet: int, nam: Year = None) -> Response:
    """Show what an outlet answered to the A questionnaire."""
    values = questions(visitor, outlet, nam or clock.today().year)
    return render(request, "outlets/answers.html", visitor=visitor, base=f"/toa-soan/{outlet}", **values)


@router.post("/{outlet:int}/bang-hoi/mo-lai")
def reopen(visitor: Officer, outlet: int, year: Annotated[int, Form()]) -> Response:
    """Give a submitted questionnaire back to the newsroom."""
    with visitor.store.change(visitor.user.id) as change:
        questionnaires.reopen(change, outlet, year)
    return go(f"/toa-soan/{outlet}?nam={year}", "Đã mở lại bảng hỏi để toà soạn sửa; chưa gửi lại thì chưa tính.")


@router.post("/{outlet:int}/minh-chung")
def hand_in(
    visitor: Officer, outlet: int, file: Sent, year: Annotated[int, Form()], subject: Words, number: Words = "",
    on_date: Words = "",
) -> Response:  # fmt: skip
    """Take in a file that proves something; what Sở hands in is accepted."""
    kept = keep_evidence(visitor, outlet, year, subject, file, number, on_date, accepted=True)
    undo = f"/toa-soan/{outlet}/minh-chung/{kept.id}/go"
    return go(f"/toa-soan/{outlet}?nam={year}", f"Đã nhận {kept.filename}.", undo=undo)


@router.get("/{outlet:int}/minh-chung/{piece:int}")
def download(visitor: Officer, outlet: int, piece: int) -> Response:
    """Hand out a file of evidence."""
    return evidence_file(visitor, outlet, piece)


@router.post("/{outlet:int}/minh-chung/{piece:int}/chap-nhan")
def accept(visitor: Officer, outlet: int, piece: int) -> Response:
    """Accept a file the newsroom handed in."""
    with visitor.store.change(visitor.user.id) as change:
        found = evidence.accept(change, outlet, piece)
    return go(f"/toa-soan/{outlet}?nam={found.year}", f"Đã chấp nhận {found.filename}.")


@router.post("/{outlet:int}/minh-chung/{piece:int}/go")
def remove(visitor: Officer, outlet: int, piece: int) -> Response:
    """Take a file off the list."""
    with visitor.store.change(visitor.user.id) as change:
        found = evidence.remove(change, outlet, piece)
    undo = f"/toa-soan/{outlet}/minh-chung/{piece}/khoi-phuc"
    return go(f"/toa-soan/{outlet}?nam={found.year}", f"Đã gỡ {found.filename}.", undo=undo)


@router.post("/{outlet:int}/minh-chung/{piece:int}/khoi-phuc")
def put_back(visitor: Officer, outlet: int, piece: int) -> Response:
    """Put a removed file back."""
    with visitor.store.change(visitor.user.id) as change:
        found = evidence.put_back(change, outlet, piece)
    return go(f"/toa-soan/{outlet}?nam={found.year}", f"Đã khôi phục {found.filename}.")


@router.post("/{outlet:int}/do")
def measure(
    visitor: Officer, outlet: int, file: Sent, year: Annotated[int, Form()], only_named: Words = ""
) -> Response:
    """Queue the measuring of a file of articles."""
    data, name, media = given(file, ARTICLES)
    with visitor.store.change(visitor.user.id) as change:
        outlets.get(change.db, outlet)
        scans.ask(change, outlet, year, files.keep(change, data, name, media), only_named=bool(only_named))
    return go(f"/toa-soan/{outlet}?nam={year}", f"Đã nhận {name}. Máy đang đo, xin tải lại trang sau ít phút.")


@router.get("/{outlet:int}/do/{scan:int}/tep")
def measured_file(visitor: Officer, outlet: int, scan: int) -> Response:
    """Hand out the file that was measured, which proves the measurement."""
    with visitor.store.read() as db:
        found = scans.get(db, scan, outlet_id=outlet)
        file, data = files.find(db, found.file_id or 0), files.read(db, found.file_id or 0)
    return attachment(data, file.name, file.media)


@router.post("/{outlet:int}/do/{scan:int}/tinh-lai")
def recount(visitor: Officer, outlet: int, scan: int) -> Response:
    """Queue the counting again of a measurement with the decisions taken so far."""
    with visitor.store.change(visitor.user.id) as change:
        found = scans.get(change.db, scan, outlet_id=outlet)
        scans.recount(change, scan)
    return go(f"/toa-soan/{outlet}?nam={found.year}", "Máy đang tính lại, xin tải lại trang sau ít phút.")


@router.get("/{outlet:int}/bai")
def suspects(
    request: Request, visitor: Officer, outlet: int, nam: Year = None, loc: articles.Choice = "open", trang: Page = 1
) -> Response:
    """Show articles with findings, to be confirmed or dismissed."""
    values = found_articles(visitor, outlet, nam or clock.today().year, loc, trang)
    return render(request, "outlets/articles.html", visitor=visitor, base=f"/toa-soan/{outlet}", officer=True, **values)


@router.post("/{outlet:int}/bai/{article:int}")
async def decide(request: Request, visitor: Officer, outlet: int, article: int) -> Response:
    """Keep what was decided about the findings of an article (fields ``d-`` and the finding's id)."""
    form = await request.form()
    decided = {key[2:]: str(value) for key, value in form.items() if key.startswith("d-") and value}
    with visitor.store.change(visitor.user.id) as change:
        found = articles.get(change.db, article, outlet_id=outlet)
        changed = articles.decide(change, found, decided, str(form.get("reason", "")))
    back = f"/toa-soan/{outlet}/bai?nam={form.get('year', '')}&loc={form.get('loc', 'open')}"
    if not changed:
        return go(back, "Chưa có quyết định nào thay đổi.")
    return go(back, f"Đã ghi quyết định cho {changed} phát hiện.", undo=f"/toa-soan/{outlet}/bai/{article}/hoan-tac")


@router.post("/{outlet:int}/bai/{article:int}/hoan-tac")
def undo(visitor: Officer, outlet: int, article: int) -> Response:
    """Take back one's latest decisions about an article."""
    with visitor.store.change(visitor.user.id) as change:
        found = articles.get(change.db, article, outlet_id=outlet)
        articles.undo(change, found.id)
    year = (found.published_on or "")[:4]
    return go(f"/toa-soan/{outlet}/bai?nam={year}", "Đã hoàn tác quyết định.")


def standing(visitor: Visitor, outlet: int, year: int) -> dict[str, Any]:
    """Return what the page of an outlet shows, to Sở and to the newsroom alike."""
    with visitor.store.read() as db:
        outlets.get(db, outlet)
        (where,) = conditions.of_year(db, year, clock.today(), outlet_id=outlet)
        measured = scans.of_year(db, outlet, year)
        latest = next((scan for scan in measured if scan.state == "done"), None)
        return {
            "where": where, "year": year, "pieces": evidence.of_year(db, outlet, year), "subjects": SUBJECTS,
            "asked": questionnaires.find(db, outlet, year), "scans": measured, "latest": latest,
            "suspect": articles.count(db, latest.id) if latest else 0,
            "undecided": articles.count(db, latest.id, "open") if latest else 0, "steps": conditions.STEPS,
            "questions": sum(1 for _ in questionnaires.indicators().questions()),
        }  # fmt: skip


def questions(visitor: Visitor, outlet: int, year: int) -> dict[str, Any]:
    """Return the questions of category A with what was answered, what is missing and what proves it."""
    asked = questionnaires.indicators()
    with visitor.store.read() as db:
        found = questionnaires.find(db, outlet, year)
        pieces: dict[str, list[Evidence]] = {}
        for piece in evidence.of_year(db, outlet, year):
            pieces.setdefault(piece.subject, []).append(piece)
        known = outlets.get(db, outlet)
    answers = found.answers if found else {}
    return {
        "outlet": known, "year": year, "objectives": asked.objectives, "answers": answers, "found": found,
        "pieces": pieces, "faults": questionnaires.faults(asked, answers),
        "questions": sum(1 for _ in asked.questions()),
    }  # fmt: skip


def found_articles(visitor: Visitor, outlet: int, year: int, choice: articles.Choice, page: int) -> dict[str, Any]:
    """Return a page of the articles with findings of the measurement that counts."""
    with visitor.store.read() as db:
        known = outlets.get(db, outlet)
        scan = scans.latest(db, outlet, year)
        total = articles.count(db, scan.id, choice) if scan else 0
        rows = articles.of_scan(db, scan.id, choice, ROWS, (page - 1) * ROWS) if scan else []
    return {
        "outlet": known, "year": year, "scan": scan, "articles": rows, "total": total, "choice": choice,
        "choices": articles.CHOICES, "page": page, "pages": -(-total // ROWS),
    }  # fmt: skip


def keep_evidence(
    visitor: Visitor, outlet: int, year: int, subject: str, file: UploadFile, number: str, on_date: str, *,
    accepted: bool,
) -> Evidence:  # fmt: skip
    """Keep a file of evidence.

    Raises:
        ApiError: GA443, there is nothing of that name to prove.
    """
    known = {question.id for question in questionnaires.indicators().questions()}
    if subject not in SUBJECTS and subject not in known:
        raise ApiError("GA443", "Chưa rõ tệp chứng minh cho mục nào. Xin chọn mục rồi gửi lại.")
    data, name, media = given(file, EVIDENCE)
    day = day_given(on_date)
    with visitor.store.change(visitor.user.id) as change:
        outlets.get(change.db, outlet)
        kept = files.keep(change, data, name, media)
        return evidence.hand_in(
            change, outlet, year, subject, kept, name, number=number, on_date=day, accepted=accepted
        )


def evidence_file(visitor: Visitor, outlet: int, piece: int) -> Response:
    """Hand out a file of evidence of an outlet."""
    with visitor.store.read() as db:
        found = evidence.get(db, outlet, piece)
        return attachment(files.read(db, found.file_id), found.filename, files.find(db, found.file_id).media)
