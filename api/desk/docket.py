"""All deadlines that run now, those past due first."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from api.access import Visitor, requires
from api.pages import render
from auditor.store import clock, deadlines, docket, letterlist, units

router = APIRouter()
PAGE = 100


@router.get("/thoi-han")
def index(
    request: Request, visitor: Annotated[Visitor, Depends(requires("see"))], xa: str = "", trang: int = 1
) -> Response:
    """List the deadlines not met yet."""
    today, page = clock.today(), max(trang, 1)
    commune = visitor.commune or (int(xa) if xa.isdigit() else None)
    with visitor.store.read() as db:
        found = docket.running(db, today, commune)
        late_letters = letterlist.overdue(db, today, commune)
        communes = [] if visitor.commune else [(one.id, one.full) for one in units.communes(db)]
    shown = [(one, deadlines.standing(one.deadline, today)) for one in found]
    return render(
        request, "states/docket.html", visitor=visitor, found=shown[(page - 1) * PAGE : page * PAGE], total=len(shown),
        late=sum(standing.tone == "late" for _, standing in shown), late_letters=late_letters, communes=communes, xa=xa,
        page=page, pages=-(-len(shown) // PAGE),
    )  # fmt: skip
