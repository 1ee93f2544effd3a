"""The provisions of law that rules and the desk cite, and the lawyers' marks that they were reviewed."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from api.access import Visitor, requires
from api.pages import go, render
from auditor.store import approvals, cited
from auditor.store.cited import Cited
from auditor.store.database import missing

router = APIRouter()
See = Annotated[Visitor, Depends(requires("see"))]
Lawyer = Annotated[Visitor, Depends(requires("rules"))]


@router.get("/can-cu")
def listed(request: Request, visitor: See, xem: Literal["", "pending", "reviewed"] = "", van_ban: str = "") -> Response:
    """List the provisions; ``xem`` tells those waiting for a lawyer from those reviewed, ``van_ban`` is a law."""
    known = cited.everything()
    with visitor.store.read() as db:
        reviewed = approvals.reviewed_citations(db)
    shown = [
        one
        for key, one in known.items()
        if van_ban in {"", one.citation.law.law} and xem in {"", "reviewed" if key in reviewed else "pending"}
    ]
    laws = {one.citation.law.law: one.citation.law.title for one in known.values()}
    return render(
        request, "rules/citations.html", visitor=visitor, cited=shown, reviewed=reviewed, total=len(known),
        laws=laws, xem=xem, van_ban=van_ban,
    )  # fmt: skip


@router.get("/can-cu/{key}")
def shown(request: Request, visitor: See, key: str) -> Response:
    """Show one provision with the words of the law and where it is cited."""
    one = _known(key)
    with visitor.store.read() as db:
        approval = approvals.latest(db, "citation", {key: one.citation.fingerprint}).get(key)
    return render(request, "rules/citation.html", visitor=visitor, one=one, approval=approval, to=_page(key))


@router.post("/can-cu/{key}/duyet")
def approve(
    visitor: Lawyer,
    key: str,
    read: Annotated[str, Form()],
    approved: Annotated[int, Form()],
    note: Annotated[str, Form()] = "",
) -> Response:
    """Mark the provision reviewed as it was read, or take the mark back."""
    _known(key)
    with visitor.store.change(visitor.user.id) as change:
        approvals.approve(change, "citation", key, read, bool(approved), note)
    say = "Đã duyệt căn cứ này." if approved else "Đã thôi duyệt căn cứ này."
    return go(_page(key), say, undo=f"{_page(key)}/hoan-tac")


@router.post("/can-cu/{key}/hoan-tac")
def undo(visitor: Lawyer, key: str) -> Response:
    """Take back one's own latest mark, or what took one back."""
    _known(key)
    with visitor.store.change(visitor.user.id) as change:
        approvals.undo(change, "citation", key)
    return go(_page(key), "Đã hoàn tác.")


def _known(key: str) -> Cited:
    found = cited.everything().get(key)
    if found is None:
        raise missing()
    return found


def _page(key: str) -> str:
    return f"/can-cu/{quote(key, safe=':')}"
