"""The blind second review: reading a text as proposed, and comparing once both have finished."""

from __future__ import annotations

import sqlite3
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from api.access import Visitor, requires
from api.desk.review import joined
from api.pages import go, render
from api.reviewpage import cited, pieces
from auditor.errors import StoreError
from auditor.indicators.agreement import agreement
from auditor.store import approvals, findings, reviews, seconds, versions
from auditor.store.database import missing
from auditor.store.findings import Reviewed
from auditor.store.words import DISMISSES, REASONS

router = APIRouter()
Second = Annotated[Visitor, Depends(requires("second"))]


@router.get("/ra-soat/{version:int}/lan-hai")
def read(
    request: Request, visitor: Second, version: int, phat_hien: Annotated[int | None, Query(alias="phat-hien")] = None
) -> Response:
    """Show a text to its second reader, or offer it to who may be."""
    with visitor.store.read() as db:
        head = reviews.head(db, version)
        if not seconds.under_way(db, version, visitor.user):
            return render(request, "review/offer.html", visitor=visitor, head=head)
        values = _values(db, visitor, version, phat_hien)
        text, record = versions.text(db, version), versions.record(db, version)
    cut = list(pieces(text, values["found"], record))
    return render(request, "review/second.html", visitor=visitor, head=head, pieces=cut, record=record, **values)


@router.post("/ra-soat/{version:int}/lan-hai")
def take(visitor: Second, version: int) -> Response:
    """Become the second reader of a text."""
    with visitor.store.change(visitor.user.id) as change:
        seconds.take(change, version, visitor.user)
    return go(f"/ra-soat/{version}/lan-hai", "Đã nhận rà soát lần hai.")


@router.get("/ra-soat/{version:int}/lan-hai/{finding:int}")
def card(request: Request, visitor: Second, version: int, finding: int) -> Response:
    """Show one proposed finding: as a part of the open page, or by going there."""
    if not request.headers.get("hx-request"):
        return RedirectResponse(f"/ra-soat/{version}/lan-hai?phat-hien={finding}#chosen", status_code=303)
    with visitor.store.read() as db:
        _reading(db, visitor, version)
        values = _values(db, visitor, version, finding)
    return render(request, "review/secondcard.html", visitor=visitor, version=version, **values)


@router.post("/ra-soat/{version:int}/lan-hai/{finding:int}")
def decide(
    request: Request,
    visitor: Second,
    version: int,
    finding: int,
    decision: Annotated[Literal["confirmed", "dismissed", "consult"], Form()],
    common: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
    severity: Annotated[str, Form()] = "",
) -> Response:
    """Decide a finding blind."""
    with visitor.store.change(visitor.user.id) as change:
        if findings.get(change.db, finding).version_id != version:
            raise missing()
        seconds.decide(change, finding, visitor.user, decision, joined(common, reason), severity=severity or None)
    return _answer(request, visitor, version, finding, "Đã ghi quyết định lần hai.")


@router.post("/ra-soat/{version:int}/lan-hai/{finding:int}/hoan-tac")
def undo(request: Request, visitor: Second, version: int, finding: int) -> Response:
    """Take back one's own blind decision."""
    with visitor.store.change(visitor.user.id) as change:
        if findings.get(change.db, finding).version_id != version:
            raise missing()
        seconds.undo(change, finding, visitor.user)
    return _answer(request, visitor, version, finding, "Đã hoàn tác quyết định lần hai.")


@router.post("/ra-soat/{version:int}/lan-hai/ket-thuc")
def finish(visitor: Second, version: int) -> Response:
    """Finish the second review."""
    with visitor.store.change(visitor.user.id) as change:
        seconds.finish(change, version, visitor.user)
        met = reviews.head(change.db, version).comparable
    say = "Đã xong rà soát lần hai." + ("" if met else " Kết quả đối chiếu hiện khi lần đầu cũng kết thúc.")
    return go(f"/ra-soat/{version}/doi-chieu" if met else "/ra-soat?viec=lan-hai", say)


@router.get("/ra-soat/{version:int}/doi-chieu")
def compare(request: Request, visitor: Annotated[Visitor, Depends(requires("see"))], version: int) -> Response:
    """Show where two reviews differ; not before both have finished."""
    visitor.veil.check(version)
    with visitor.store.read() as db:
        head = reviews.head(db, version, visitor.commune)
        pairs = seconds.pairs(db, version)
    if not head.comparable:
        raise StoreError("GA347", "Hai lần rà soát chưa cùng xong nên chưa đối chiếu được.")
    both = [(one.first.decision, one.second.decision) for one in pairs if one.first and one.second]
    return render(
        request, "review/compare.html", visitor=visitor, head=head, pairs=pairs, agreed=agreement(both)
    )  # fmt: skip


@router.get("/ra-soat/thong-nhat")
def agreed(request: Request, visitor: Annotated[Visitor, Depends(requires("see"))]) -> Response:
    """Show how far two reviewers agree over all texts read twice."""
    with visitor.store.read() as db:
        found = agreement(seconds.all_pairs(db))
        doubles = [] if visitor.commune else seconds.doubles(db)
        share = seconds.share(db)
    return render(request, "review/agreement.html", visitor=visitor, agreed=found, doubles=doubles, share_now=share)


@router.post("/ra-soat/thong-nhat")
def set_share(visitor: Annotated[Visitor, Depends(requires("sampling"))], share: Annotated[int, Form()]) -> Response:
    """Set the share of texts that are read twice."""
    with visitor.store.change(visitor.user.id) as change:
        seconds.set_share(change, share)
    return go("/ra-soat/thong-nhat", f"Từ nay {share}% văn bản được rà soát hai lần.")


def _reading(db: sqlite3.Connection, visitor: Visitor, version: int) -> None:
    if not seconds.under_way(db, version, visitor.user):
        raise missing()


def _values(db: sqlite3.Connection, visitor: Visitor, version: int, wanted: int | None) -> dict[str, Any]:
    """Return what the second reader is shown: what was proposed, and the own decisions alone."""
    found = tuple(seconds.proposed(db, version))
    judged = seconds.blind(db, version)
    one = next((one for one in found if one.id == wanted), None)
    one = one or next((one for one in found if one.id not in judged), None) or next(iter(found), None)
    if one is None:
        return {"found": found, "judged": judged, "one": None, "reasons": REASONS}
    marked = approvals.marked(one.finding, approvals.reviewed_citations(db))
    return {
        "found": found, "judged": judged, "one": one, "finding": marked, "cited": [cited(b) for b in marked.basis],
        "levels": findings.levels(visitor.user.role, one.finding.severity), "reasons": REASONS,
        "dismisses": one.finding.severity in DISMISSES.get(visitor.user.role, ()),
        "image": one.finding.region is not None and one.finding.region.page in reviews.page_images(db, version),
        "after": _open_after(found, judged, one),
    }  # fmt: skip


def _open_after(found: tuple[Reviewed, ...], judged: dict[int, seconds.Judged], one: Reviewed) -> int | None:
    at = found.index(one)
    return next((other.id for other in (*found[at + 1 :], *found[:at]) if other.id not in judged), None)


def _answer(request: Request, visitor: Visitor, version: int, finding: int, say: str) -> Response:
    if not request.headers.get("hx-request"):
        return go(f"/ra-soat/{version}/lan-hai?phat-hien={finding}", say)
    with visitor.store.read() as db:
        values = _values(db, visitor, version, finding)
    return render(request, "review/secondanswer.html", visitor=visitor, version=version, say=say, **values)
