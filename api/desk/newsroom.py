"""The own outlet of a newsroom: the A questionnaire, files that prove it, its figures and findings."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from fastapi.responses import Response
from starlette.datastructures import FormData

from api.access import Visitor, requires
from api.desk.outlets import evidence_file, found_articles, keep_evidence, questions, standing
from api.pages import go, render
from api.parameters import Page, Year
from auditor.errors import ApiError
from auditor.indicators.answers import Answer
from auditor.indicators.models import Question
from auditor.store import articles, clock, evidence, questionnaires
from auditor.store.database import missing

router = APIRouter(prefix="/toa-soan-cua-toi")
Editor = Annotated[Visitor, Depends(requires("own_outlet"))]
Words = Annotated[str, Form()]
BASE = "/toa-soan-cua-toi"


@router.get("")
def mine(request: Request, visitor: Editor, nam: Year = None) -> Response:
    """Show where the own outlet stands."""
    values = standing(visitor, _own(visitor), nam or clock.today().year)
    return render(request, "outlets/one.html", visitor=visitor, base=BASE, officer=False, **values)


@router.get("/bang-hoi")
def questionnaire(request: Request, visitor: Editor, nam: Year = None) -> Response:
    """Show the A questionnaire to be filled in."""
    return _page(request, visitor, nam or clock.today().year)


@router.post("/bang-hoi")
async def save(request: Request, visitor: Editor) -> Response:
    """Keep the answers as a draft and, where asked for, submit them; what was filled in is kept in either case."""
    form = await request.form()
    year = _year(form)
    own = _own(visitor)
    asked = questionnaires.indicators()
    answers = {question.id: answer for question in asked.questions() if (answer := _answer(question, form))}
    with visitor.store.change(visitor.user.id) as change:
        questionnaires.save(change, own, year, answers)
    if form.get("do") != "submit":
        return go(f"{BASE}/bang-hoi?nam={year}", f"Đã lưu bản nháp: {len(answers)} câu đã trả lời.")
    if questionnaires.faults(asked, answers):
        return _page(request, visitor, year, status=422)
    with visitor.store.change(visitor.user.id) as change:
        questionnaires.submit(change, own, year, asked)
    return go(f"{BASE}?nam={year}", "Đã gửi bảng hỏi.", undo=f"{BASE}/bang-hoi/mo-lai?nam={year}")


@router.post("/bang-hoi/mo-lai")
def reopen(visitor: Editor, nam: Year = None) -> Response:
    """Make the submitted questionnaire a draft again."""
    year = nam or clock.today().year
    with visitor.store.change(visitor.user.id) as change:
        questionnaires.reopen(change, _own(visitor), year)
    return go(f"{BASE}/bang-hoi?nam={year}", "Đã mở lại bảng hỏi. Chưa gửi lại thì bảng hỏi chưa được tính.")


@router.post("/minh-chung")
def hand_in(
    visitor: Editor, file: Annotated[UploadFile, File()], year: Annotated[int, Form()], subject: Words,
    number: Words = "", on_date: Words = "",
) -> Response:  # fmt: skip
    """Take in a file that proves an answer or a condition; Sở accepts it."""
    kept = keep_evidence(visitor, _own(visitor), year, subject, file, number, on_date, accepted=False)
    back = f"{BASE}?nam={year}" if subject in evidence.SUBJECTS else f"{BASE}/bang-hoi?nam={year}#{subject}"
    return go(back, f"Đã nhận {kept.filename}.", undo=f"{BASE}/minh-chung/{kept.id}/go")


@router.get("/minh-chung/{piece:int}")
def download(visitor: Editor, piece: int) -> Response:
    """Hand out a file of the own outlet."""
    return evidence_file(visitor, _own(visitor), piece)


@router.post("/minh-chung/{piece:int}/go")
def remove(visitor: Editor, piece: int) -> Response:
    """Take a file off the list, as long as Sở has not accepted it."""
    own = _own(visitor)
    with visitor.store.change(visitor.user.id) as change:
        if evidence.get(change.db, own, piece).accepted_by is not None:
            raise ApiError("GA444", "Sở đã chấp nhận tệp này nên toà soạn không gỡ được. Nếu cần, xin liên hệ Sở.")
        found = evidence.remove(change, own, piece)
    return go(f"{BASE}?nam={found.year}", f"Đã gỡ {found.filename}.", undo=f"{BASE}/minh-chung/{piece}/khoi-phuc")


@router.post("/minh-chung/{piece:int}/khoi-phuc")
def put_back(visitor: Editor, piece: int) -> Response:
    """Put a removed file back."""
    with visitor.store.change(visitor.user.id) as change:
        found = evidence.put_back(change, _own(visitor), piece)
    return go(f"{BASE}?nam={found.year}", f"Đã khôi phục {found.filename}.")


@router.get("/bai")
def suspects(
    request: Request, visitor: Editor, nam: Year = None, loc: articles.Choice = "all", trang: Page = 1
) -> Response:
    """Show the own articles with findings; Sở decides them."""
    values = found_articles(visitor, _own(visitor), nam or clock.today().year, loc, trang)
    return render(request, "outlets/articles.html", visitor=visitor, base=BASE, officer=False, **values)


def _own(visitor: Visitor) -> int:
    if visitor.user.outlet_id is None:
        raise missing()
    return visitor.user.outlet_id


def _page(request: Request, visitor: Visitor, year: int, status: int = 200) -> Response:
    values = questions(visitor, _own(visitor), year)
    return render(
        request,
        "newsroom/questionnaire.html",
        status=status,
        visitor=visitor,
        base=BASE,
        refused=status != 200,
        **values,
    )


def _year(form: FormData) -> int:
    words = str(form.get("year", ""))
    if not words.isdecimal() or not 2000 <= int(words) <= 2100:
        raise ApiError("GA445", "Chưa rõ bảng hỏi của năm nào. Xin tải lại trang rồi làm lại.")
    return int(words)


def _answer(question: Question, form: FormData) -> Answer | None:
    """Read one answer; None where nothing was filled in."""

    def word(name: str) -> str:
        return str(form.get(f"{question.id}-{name}", "")).strip()

    for name in ("women", "men"):
        if word(name) and not word(name).isdecimal():
            raise ApiError("GA446", f"Câu {question.id}: “{word(name)}” chưa phải số người. Xin ghi số từ 0 trở lên.")
    women, men = (int(word(name)) if word(name) else None for name in ("women", "men"))
    answer = Answer(
        answer={"yes": True, "no": False}.get(word("answer")) if question.answer == "yes_no" else None,
        women=women if question.answer == "count_by_sex" else None,
        men=men if question.answer == "count_by_sex" else None, text=word("text"), document=word("document"),
    )  # fmt: skip
    return None if answer == Answer() else answer
