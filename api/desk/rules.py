"""The rules: what they say, how they fare in review, and the approvals of lawyers."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from api.access import Visitor, requires
from api.pages import go, render
from auditor.indicators.statistics import Interval, wilson
from auditor.store import approvals
from auditor.store.approvals import Subject, Tally
from auditor.store.database import missing

router = APIRouter()
See = Annotated[Visitor, Depends(requires("see"))]
Lawyer = Annotated[Visitor, Depends(requires("rules"))]
CONFIDENCE = 0.95


@router.get("/quy-tac")
def listed(request: Request, visitor: See, xem: str = "", loai: Literal["", "regulation", "article"] = "") -> Response:
    """List the rules; ``xem`` is ``pilot`` or ``approved``."""
    book, veil = approvals.shipped(), visitor.veil
    with visitor.store.read() as db:
        approved = approvals.approved_rules(db)
        reviewed = approvals.reviewed_citations(db)
        tallies = approvals.tallies(db, without=veil.versions)
    rules = [
        rule
        for rule in book.rules.values()
        if loai in {"", rule.kind} and xem in {"", "approved" if rule.id in approved else "pilot"}
    ]
    counted = {rule.id: tallies.get(rule.id, Tally()) for rule in rules}
    return render(
        request, "rules/list.html", visitor=visitor, rules=rules, approved=approved, reviewed=reviewed,
        tallies=counted, intervals={key: _interval(one) for key, one in counted.items()}, xem=xem, loai=loai,
        version=book.version, total=len(book.rules), veil=veil,
    )  # fmt: skip


@router.get("/quy-tac/{rule}")
def shown(request: Request, visitor: See, rule: str) -> Response:
    """Show one rule with its citations and the words of the law."""
    book = approvals.shipped()
    found = book.rules.get(rule)
    if found is None:
        raise missing()
    citations, veil = approvals.citations(book, found.basis), visitor.veil
    with visitor.store.read() as db:
        approval = approvals.latest(db, "rule", {rule: approvals.fingerprint(found)}).get(rule)
        reviewed = approvals.latest(db, "citation", {one.key: one.fingerprint for one in citations})
        tally = approvals.tallies(db, rule, veil.versions).get(rule, Tally())
    return render(
        request, "rules/rule.html", visitor=visitor, rule=found, read=approvals.fingerprint(found), approval=approval,
        citations=citations, reviewed=reviewed, tally=tally, interval=_interval(tally), veil=veil,
    )  # fmt: skip


@router.post("/quy-tac/{rule}/duyet")
def approve(
    visitor: Lawyer,
    rule: str,
    key: Annotated[str, Form()],
    read: Annotated[str, Form()],
    subject: Annotated[Subject, Form()],
    approved: Annotated[int, Form()],
    note: Annotated[str, Form()] = "",
) -> Response:
    """Approve the rule or one of its citations as it was read, or take an approval back."""
    _known(rule, subject, key)
    with visitor.store.change(visitor.user.id) as change:
        approvals.approve(change, subject, key, read, bool(approved), note)
    what = "quy tắc" if subject == "rule" else "căn cứ"
    say = f"Đã duyệt {what} này." if approved else f"Đã thôi duyệt {what} này."
    return go(f"/quy-tac/{rule}", say, undo=f"/quy-tac/{rule}/hoan-tac/{subject}/{key}")


@router.post("/quy-tac/{rule}/hoan-tac/{subject}/{key}")
def undo(visitor: Lawyer, rule: str, subject: Subject, key: str) -> Response:
    """Take back one's own latest approval, or what took one back."""
    _known(rule, subject, key)
    with visitor.store.change(visitor.user.id) as change:
        approvals.undo(change, subject, key)
    return go(f"/quy-tac/{rule}", "Đã hoàn tác.")


def _known(rule: str, subject: Subject, key: str) -> None:
    found = approvals.shipped().rules.get(rule)
    if found is None or key not in ({rule} if subject == "rule" else found.basis):
        raise missing()


def _interval(tally: Tally) -> Interval | None:
    return wilson(tally.confirmed, tally.decided, CONFIDENCE) if tally.decided else None
