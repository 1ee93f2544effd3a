"""The states a regulation goes through, the days to keep, and what the commune received (NĐ 61/2023/NĐ-CP)."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from api.access import Visitor, requires
from api.pages import day_given, go, render
from auditor.errors import ApiError
from auditor.store import clock, deadlines, states, versions
from auditor.store.words import STATES, State

router = APIRouter()


@router.get("/ho-so/{regulation:int}/trang-thai")
def timeline(request: Request, regulation: int, visitor: Annotated[Visitor, Depends(requires("see"))]) -> Response:
    """Show the states of a regulation, its deadlines, and the forms to go on."""
    today = clock.today()
    with visitor.store.read() as db:
        placed = states.placed(db, regulation, visitor.commune)
        known = states.history(db, regulation)
        due = states.due(db, regulation, today.year)
        received, texts = states.notices(db, regulation), versions.of_regulation(db, regulation)
    return render(
        request, "states/timeline.html", visitor=visitor, placed=placed, known=known,
        due=[(one, deadlines.standing(one, today)) for one in due], possible=states.possible(known),
        numbered=states.NUMBERED, sources=states.SOURCES, notices=received, versions=texts,
    )  # fmt: skip


@router.post("/ho-so/{regulation:int}/trang-thai")
def enter(
    regulation: int,
    visitor: Annotated[Visitor, Depends(requires("states"))],
    state: Annotated[State, Form()],
    on: Annotated[str, Form()] = "",
    version: Annotated[str, Form()] = "",
    document: Annotated[str, Form()] = "",
    note: Annotated[str, Form()] = "",
    scope: Annotated[Literal["", "whole", "part"], Form()] = "",
    due_on: Annotated[str, Form()] = "",
) -> Response:
    """Record a state; a posting cut short is said at once."""
    day = day_given(on) or clock.today()
    with visitor.store.change(visitor.user.id) as change:
        states.placed(change.db, regulation, visitor.commune)
        entered = states.enter(
            change, regulation, state, day, version_id=int(version) if version.isdigit() else None,
            note=note, document=document, scope=scope, due_on=day_given(due_on),
        )  # fmt: skip
        kept = {one.key: one for one in states.due(change.db, regulation, day.year) if one.done == day}
    said, tone = f"Đã ghi trạng thái “{STATES[entered.state]}” ngày {day:%d/%m/%Y}.", "good"
    if state == "adopted" and "posting" in kept:
        standing = deadlines.standing(kept["posting"], clock.today())
        if standing.tone == "late":
            said, tone = f"{said} Lưu ý: {standing.words}.", "bad"
    back = f"/ho-so/{regulation}/trang-thai"
    return go(back, said, undo=f"{back}/{entered.id}/hoan-tac", tone=tone)


@router.post("/ho-so/{regulation:int}/trang-thai/{entered:int}/hoan-tac")
def take_back(regulation: int, entered: int, visitor: Annotated[Visitor, Depends(requires("states"))]) -> Response:
    """Take back the latest state."""
    with visitor.store.change(visitor.user.id) as change:
        states.placed(change.db, regulation, visitor.commune)
        now = states.take_back(change, regulation, entered)
    return go(f"/ho-so/{regulation}/trang-thai", f"Đã hoàn tác. Trạng thái hiện nay: “{STATES[now.state]}”.")


@router.post("/ho-so/{regulation:int}/tiep-nhan")
def receive(
    regulation: int,
    visitor: Annotated[Visitor, Depends(requires("states"))],
    kind: Annotated[Literal["file", "report"], Form()],
    on: Annotated[str, Form()] = "",
    source: Annotated[str, Form()] = "",
    note: Annotated[str, Form()] = "",
) -> Response:
    """Record that the commune received the file for recognition or a written report."""
    if source and source not in states.SOURCES:
        raise ApiError("GA414", "Nguồn phản ánh này không có trong danh sách. Xin chọn lại rồi lưu.")
    with visitor.store.change(visitor.user.id) as change:
        states.placed(change.db, regulation, visitor.commune)
        id = states.receive(change, regulation, kind, day_given(on) or clock.today(), source=source, note=note)
    back = f"/ho-so/{regulation}"
    return go(f"{back}/trang-thai", "Đã ghi việc tiếp nhận.", undo=f"{back}/tiep-nhan/{id}/hoan-tac")


@router.post("/ho-so/{regulation:int}/tiep-nhan/{notice:int}/tra-loi")
def answer(
    regulation: int,
    notice: int,
    visitor: Annotated[Visitor, Depends(requires("states"))],
    on: Annotated[str, Form()] = "",
    document: Annotated[str, Form()] = "",
) -> Response:
    """Record the answer to a written report."""
    with visitor.store.change(visitor.user.id) as change:
        states.placed(change.db, regulation, visitor.commune)
        states.answer(change, regulation, notice, day_given(on) or clock.today(), document)
    back = f"/ho-so/{regulation}"
    return go(f"{back}/trang-thai", "Đã ghi ngày trả lời.", undo=f"{back}/tiep-nhan/{notice}/chua-tra-loi")


@router.post("/ho-so/{regulation:int}/tiep-nhan/{notice:int}/chua-tra-loi")
def unanswer(regulation: int, notice: int, visitor: Annotated[Visitor, Depends(requires("states"))]) -> Response:
    """Take back an answer."""
    with visitor.store.change(visitor.user.id) as change:
        states.placed(change.db, regulation, visitor.commune)
        states.answer(change, regulation, notice, None)
    return go(f"/ho-so/{regulation}/trang-thai", "Đã hoàn tác ngày trả lời.")


@router.post("/ho-so/{regulation:int}/tiep-nhan/{notice:int}/hoan-tac")
def drop(regulation: int, notice: int, visitor: Annotated[Visitor, Depends(requires("states"))]) -> Response:
    """Take back what was recorded as received."""
    with visitor.store.change(visitor.user.id) as change:
        states.placed(change.db, regulation, visitor.commune)
        states.drop(change, regulation, notice)
    return go(f"/ho-so/{regulation}/trang-thai", "Đã hoàn tác việc tiếp nhận.")
