"""Letters to communes about confirmed findings, from draft to closed."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Form, Path, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from api.access import Visitor, requires
from api.pages import day_given, go, render
from auditor.store import clock, files, findings, letterlist, letters, recommendations, states, units, versions
from auditor.store.database import missing
from auditor.store.letters import LETTER_STATES, Letter
from auditor.store.states import Placed

router = APIRouter()
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ANSWER_IN = 30
"""Days a commune is given to answer, unless the letter says otherwise."""

Asks = Annotated[Visitor, Depends(requires("see"))]
Writes = Annotated[Visitor, Depends(requires("letters"))]
Word = Annotated[str, Form()]
Id = Annotated[int, Path(alias="letter")]


class LetterForm(BaseModel):
    """What the form of a draft sends: the version, the chosen findings, who writes and signs."""

    ban: int = 0
    finding: list[int] = Field(default_factory=list)
    due_on: str = ""
    parent: str = ""
    office: str = ""
    symbol: str = ""
    place: str = ""
    on_behalf: str = ""
    title: str = ""
    name: str = ""
    filed: str = ""

    @property
    def paper(self) -> dict[str, str]:
        """Who writes and signs, as the letter keeps it."""
        return {key: " ".join(getattr(self, key).split())[:200] for key in recommendations.PAPER}


@router.get("/kien-nghi")
def index(request: Request, visitor: Asks, xa: str = "", trang_thai: str = "", trang: int = 1) -> Response:
    """List letters by commune and state, those overdue first."""
    today, page, veil = clock.today(), max(trang, 1), visitor.veil
    commune = visitor.commune or (int(xa) if xa.isdigit() else None)
    only_sent = not visitor.may("letters")
    with visitor.store.read() as db:
        found, total = letterlist.listed(
            db, today, commune=commune, state=trang_thai, only_sent=only_sent, without=veil.versions, page=page
        )
        late = letterlist.overdue(db, today, visitor.commune, veil.versions)
        communes = [] if visitor.commune else [(one.id, one.full) for one in units.communes(db)]
    query = urlencode({key: value for key, value in (("xa", xa), ("trang_thai", trang_thai)) if value})
    return render(
        request, "letters/list.html", visitor=visitor, found=found, total=total, late=late, page=page,
        pages=-(-total // letterlist.PAGE), communes=communes, chosen={"xa": xa, "trang_thai": trang_thai},
        query=f"{query}&" if query else "", LETTER_STATES=LETTER_STATES, veil=veil,
    )  # fmt: skip


@router.get("/kien-nghi/moi")
def begin(request: Request, visitor: Writes, ban: int) -> Response:
    """Choose the findings of a version a letter is to ask for."""
    with visitor.store.read() as db:
        placed = _placed(db, visitor, ban)
        offered = letters.candidates(db, ban)
    return render(
        request, "letters/form.html", visitor=visitor, placed=placed, version=ban, letter=None, offered=offered,
        chosen={one.id for one in offered if one.severity != "S4x"},
        paper=recommendations.JUSTICE if visitor.user.role == "legal" else recommendations.PAPER,
        due_on=clock.today() + timedelta(days=ANSWER_IN),
    )  # fmt: skip


@router.post("/kien-nghi/moi")
def create(visitor: Writes, form: Annotated[LetterForm, Form()]) -> Response:
    """Begin a letter."""
    with visitor.store.change(visitor.user.id) as change:
        _placed(change.db, visitor, form.ban)
        letter = letters.draft(change, form.ban, form.finding, form.paper, day_given(form.due_on))
    return go(f"/kien-nghi/{letter.id}", "Đã lập bản nháp kiến nghị. Xin đọc lại trước khi gửi.")


@router.get("/kien-nghi/{letter:int}")
def show(request: Request, visitor: Asks, id: Id) -> Response:
    """Show a letter as it reads, and its next steps."""
    with visitor.store.read() as db:
        letter, placed = _own(db, visitor, id)
        asked = recommendations.recommendation(db, letter)
        found, changed = letters.found_in(db, letter), letters.changed(db, letter)
    return render(
        request, "letters/letter.html", visitor=visitor, letter=letter, placed=placed, asked=asked, found=found,
        changed=changed,
        paper={**recommendations.PAPER, **letter.paper}, late=letter.overdue(clock.today()),
        next=letters.NEXT[letter.state], LETTER_STATES=LETTER_STATES,
    )  # fmt: skip


@router.get("/kien-nghi/{letter:int}/sua")
def edit(request: Request, visitor: Writes, id: Id) -> Response:
    """Show the form of a draft."""
    with visitor.store.read() as db:
        letter, placed = _own(db, visitor, id)
        offered = letters.candidates(db, letter.version_id, letter)
        chosen = {one.id for one in letters.found_in(db, letter)}
    return render(
        request, "letters/form.html", visitor=visitor, placed=placed, version=letter.version_id, letter=letter,
        offered=offered, chosen=chosen, paper={**recommendations.PAPER, **letter.paper}, due_on=letter.due_on,
    )  # fmt: skip


@router.post("/kien-nghi/{letter:int}/sua")
def revise(visitor: Writes, id: Id, form: Annotated[LetterForm, Form()]) -> Response:
    """Change a draft."""
    with visitor.store.change(visitor.user.id) as change:
        _own(change.db, visitor, id)
        letters.revise(change, id, form.finding, form.paper, day_given(form.due_on))
    return go(f"/kien-nghi/{id}", "Đã lưu bản nháp.")


@router.post("/kien-nghi/{letter:int}/gui")
def send(visitor: Writes, id: Id, number: Word = "", sent_on: Word = "", due_on: Word = "") -> Response:
    """Record that a letter went out, and keep its docx as it went."""
    day = day_given(sent_on) or clock.today()
    with visitor.store.change(visitor.user.id) as change:
        letter, _ = _own(change.db, visitor, id)
        due = day_given(due_on) or letter.due_on
        asked = recommendations.recommendation(change.db, letter).model_copy(update={"answer_by": due})
        data = recommendations.letter_docx(asked, letter, number=number.strip(), day=day)
        file = files.keep(change, data, f"kien-nghi-{id}.docx", DOCX)
        letters.send(change, id, number, day, due, file)
    back = f"/kien-nghi/{id}"
    return go(back, "Đã ghi là đã gửi; các phát hiện chuyển sang “đã kiến nghị”.", undo=f"{back}/hoan-tac")


@router.post("/kien-nghi/{letter:int}/tra-loi")
def answer(visitor: Writes, id: Id, on: Word = "", answer: Word = "") -> Response:
    """Record what the commune answered."""
    with visitor.store.change(visitor.user.id) as change:
        _own(change.db, visitor, id)
        letters.answered(change, id, day_given(on) or clock.today(), answer)
    return go(f"/kien-nghi/{id}", "Đã ghi trả lời của xã.", undo=f"/kien-nghi/{id}/hoan-tac")


@router.post("/kien-nghi/{letter:int}/ket-thuc")
def close(visitor: Writes, id: Id) -> Response:
    """Close a letter."""
    with visitor.store.change(visitor.user.id) as change:
        _own(change.db, visitor, id)
        letters.close(change, id)
    return go(f"/kien-nghi/{id}", "Đã kết thúc theo dõi kiến nghị.", undo=f"/kien-nghi/{id}/hoan-tac")


@router.post("/kien-nghi/{letter:int}/rut")
def withdraw(visitor: Writes, id: Id) -> Response:
    """Withdraw a letter."""
    with visitor.store.change(visitor.user.id) as change:
        _own(change.db, visitor, id)
        letters.withdraw(change, id)
    return go(f"/kien-nghi/{id}", "Đã rút kiến nghị.", undo=f"/kien-nghi/{id}/hoan-tac")


@router.post("/kien-nghi/{letter:int}/hoan-tac")
def undo(visitor: Writes, id: Id) -> Response:
    """Take back the last step of a letter."""
    with visitor.store.change(visitor.user.id) as change:
        _own(change.db, visitor, id)
        letter = letters.undo(change, id)
    return go(f"/kien-nghi/{id}", f"Đã hoàn tác; kiến nghị trở về “{LETTER_STATES[letter.state]}”.")


@router.get("/kien-nghi/{letter:int}/van-ban.docx")
def as_docx(visitor: Asks, id: Id) -> Response:
    """Give the letter as docx: as it was sent, or as it would go now."""
    with visitor.store.read() as db:
        letter, placed = _own(db, visitor, id)
        if letter.file_id is not None:
            data = files.read(db, letter.file_id)
        else:
            data = recommendations.letter_docx(recommendations.recommendation(db, letter), letter)
    return _attached(data, f"Kiến nghị {placed.village.full}.docx")


@router.get("/kien-nghi/{letter:int}/ban-chu-thich.docx")
def as_annotated(visitor: Asks, id: Id) -> Response:
    """Give the regulation with a comment at each clause the letter asks for."""
    with visitor.store.read() as db:
        letter, placed = _own(db, visitor, id)
        data = recommendations.annotated(db, letter.version_id, letters.found_in(db, letter))
    return _attached(data, f"Bản chú thích {placed.village.full}.docx")


@router.get("/ho-so/{regulation:int}/ban/{number:int}/chu-thich.docx")
def version_annotated(visitor: Asks, regulation: int, number: int) -> Response:
    """Give a version with a comment at each finding that people have not dismissed."""
    with visitor.store.read() as db:
        placed = states.placed(db, regulation, visitor.commune)
        ids = [one.id for one in versions.of_regulation(db, regulation) if one.number == number]
        if not ids:
            raise missing()
        visitor.veil.check(ids[0])
        found = [one for one in findings.of_version(db, ids[0]) if one.state != "dismissed"]
        data = recommendations.annotated(db, ids[0], found)
    return _attached(data, f"Bản chú thích {placed.village.full}.docx")


def _own(db: sqlite3.Connection, visitor: Visitor, id: int) -> tuple[Letter, Placed]:
    """Return a letter the visitor may see: who does not write letters sees them once they were sent.

    Raises:
        StoreError: GA331, there is none of those; GA347, they read the regulation blind.
    """
    letter = letters.get(db, id)
    if letter.sent_on is None and not visitor.may("letters"):
        raise missing()
    return letter, _placed(db, visitor, letter.version_id)


def _placed(db: sqlite3.Connection, visitor: Visitor, version_id: int) -> Placed:
    regulation = versions.get(db, version_id).regulation_id
    if regulation is None:
        raise missing()
    placed = states.placed(db, regulation, visitor.commune)
    visitor.veil.check(version_id)
    return placed


def _attached(data: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(data, media_type=DOCX, headers=headers)
