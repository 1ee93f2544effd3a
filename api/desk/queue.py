"""The queue of the review: what waits, the oldest first."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from api.access import Visitor, requires
from api.pages import go, render
from auditor.store import queue, units
from auditor.store.queue import Line

router = APIRouter()
Reviewer = Annotated[Visitor, Depends(requires("review"))]

LINES: dict[str, tuple[Line, str, str]] = {
    "": ("first", "Chờ rà soát", "Văn bản đã soát máy, chưa ai kết thúc rà soát."),
    "tham-van": ("consult", "Chờ tham vấn", "Văn bản có phát hiện mà người rà soát xin ý kiến pháp chế."),
    "lan-hai": ("second", "Rà soát lần hai", "Văn bản được rút ngẫu nhiên để người thứ hai rà soát độc lập."),
}


@router.get("/ra-soat")
def waiting(
    request: Request, visitor: Reviewer, viec: str = "", xa: str = "", muc: str = "", trang: int = 1
) -> Response:
    """Show a line of the queue."""
    viec = viec if viec in LINES and (viec != "lan-hai" or visitor.may("second")) else ""
    line, _, words = LINES[viec]
    commune = visitor.commune or (int(xa) if xa.isdigit() else None)
    page = max(trang, 1)
    with visitor.store.read() as db:
        names = [
            (key, name, queue.count(db, one, visitor.user, commune=visitor.commune))
            for key, (one, name, _) in LINES.items()
            if one != "second" or visitor.may("second")
        ]
        number = queue.count(db, line, visitor.user, commune=commune, severity=muc or None)
        found = queue.listed(db, line, visitor.user, commune=commune, severity=muc or None, page=page)
        communes = [] if visitor.commune else [(unit.id, unit.full) for unit in units.communes(db)]
    asked = urlencode([(key, value) for key, value in (("viec", viec), ("xa", xa), ("muc", muc)) if value])
    return render(
        request, "review/queue.html", visitor=visitor, lines=names, viec=viec, words=words, xa=xa, muc=muc,
        found=found, communes=communes, page=page, pages=-(-number // queue.PAGE), query=asked + "&" if asked else "",
    )  # fmt: skip


@router.get("/ra-soat/tiep")
def following(visitor: Reviewer, sau: int = 0) -> Response:
    """Go to the version that waits longest."""
    with visitor.store.read() as db:
        id = queue.following(db, visitor.user, sau, visitor.commune)
    if id is None:
        return go("/ra-soat", "Không còn văn bản nào chờ rà soát.")
    return RedirectResponse(f"/ra-soat/{id}", status_code=303)
