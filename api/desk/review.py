"""The review of one version: its text with what was found, the chosen finding, and the decisions about it."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from api.access import Visitor, requires
from api.pages import go, render
from api.reviewpage import Chosen, Page, choose, read_page
from auditor.store import files, findings, letters, missed, reviews, seconds
from auditor.store.database import missing
from auditor.store.letters import Letter
from auditor.store.words import DECISIONS, REASONS

router = APIRouter()

See = Annotated[Visitor, Depends(requires("see"))]
Reviewer = Annotated[Visitor, Depends(requires("review"))]


@router.get("/ra-soat/{version:int}")
def review(
    request: Request,
    visitor: See,
    version: int,
    phat_hien: Annotated[int | None, Query(alias="phat-hien")] = None,
    muc: str = "",
    xem: str = "",
) -> Response:
    """Show a version with its findings, one of them chosen; ``muc`` and ``xem`` narrow the list."""
    if _blind(visitor, version):
        return RedirectResponse(f"/ra-soat/{version}/lan-hai", status_code=303)
    with visitor.store.read() as db:
        page = read_page(db, visitor.user, version, visitor.commune, severity=muc, state=xem)
        chosen = choose(db, visitor.user, page, phat_hien)
    return render(
        request, "review/page.html", visitor=visitor, page=page, chosen=chosen,
        suspects=missed.suspects(page.record, page.found), reasons=REASONS, muc=muc, xem=xem,
    )  # fmt: skip


@router.get("/ra-soat/{version:int}/phat-hien/{finding:int}")
def card(request: Request, visitor: See, version: int, finding: int) -> Response:
    """Show one finding: as a part of the open page, or by going there."""
    if not request.headers.get("hx-request") or _blind(visitor, version):
        return RedirectResponse(f"/ra-soat/{version}?phat-hien={finding}#chosen", status_code=303)
    page, chosen = _of(visitor, version, finding)
    return render(request, "review/card.html", visitor=visitor, page=page, chosen=chosen, reasons=REASONS)


@router.post("/ra-soat/{version:int}/phat-hien/{finding:int}")
def decide(
    request: Request,
    visitor: Reviewer,
    version: int,
    finding: int,
    decision: Annotated[Literal["confirmed", "dismissed", "consult"], Form()],
    common: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
    severity: Annotated[str, Form()] = "",
    anyway: Annotated[str, Form()] = "",
) -> Response:
    """Decide a finding; one that a sent letter tells of only after the person was asked (``anyway``)."""
    _of(visitor, version, finding)
    with visitor.store.change(visitor.user.id) as change:
        told = letters.telling(change.db, finding)
        if told and not anyway:
            given = {"decision": decision, "common": common, "reason": reason, "severity": severity}
            return _ask(request, visitor, version, finding, told, "", given)
        findings.decide(change, finding, visitor.user, decision, joined(common, reason), severity=severity or None)
        letters.note_change(change, told, finding)
    return _answer(request, visitor, version, finding, f"{DECISIONS[decision].capitalize()}.")


@router.post("/ra-soat/{version:int}/phat-hien/{finding:int}/hoan-tac")
def undo(
    request: Request, visitor: Reviewer, version: int, finding: int, anyway: Annotated[str, Form()] = ""
) -> Response:
    """Take back one's own latest decision about a finding; one that a sent letter tells of only after asking."""
    _of(visitor, version, finding)
    with visitor.store.change(visitor.user.id) as change:
        told = letters.telling(change.db, finding)
        if told and not anyway:
            return _ask(request, visitor, version, finding, told, "/hoan-tac", {})
        findings.undo(change, finding, visitor.user)
        letters.note_change(change, told, finding)
    return _answer(request, visitor, version, finding, "Đã hoàn tác quyết định.", undo=False)


@router.post("/ra-soat/{version:int}/ket-thuc")
def close(visitor: Reviewer, version: int) -> Response:
    """Close the review."""
    with visitor.store.change(visitor.user.id) as change:
        reviews.head(change.db, version, visitor.commune)
        reviews.close(change, version, visitor.user)
    return go(f"/ra-soat/{version}", "Đã kết thúc rà soát văn bản này.", undo=f"/ra-soat/{version}/mo-lai")


@router.post("/ra-soat/{version:int}/mo-lai")
def reopen(visitor: Reviewer, version: int) -> Response:
    """Open a closed review again."""
    with visitor.store.change(visitor.user.id) as change:
        reviews.head(change.db, version, visitor.commune)
        reviews.reopen(change, version, visitor.user)
    return go(f"/ra-soat/{version}", "Đã mở lại rà soát.", undo=f"/ra-soat/{version}/ket-thuc")


@router.get("/ra-soat/{version:int}/trang/{number:int}")
def page_image(visitor: See, version: int, number: int) -> Response:
    """Send the picture of one page of a scan."""
    with visitor.store.read() as db:
        reviews.head(db, version, visitor.commune)
        file_id = reviews.page_images(db, version).get(number)
        if file_id is None or not files.find(db, file_id).media.startswith("image/"):
            raise missing()
        kept, data = files.find(db, file_id), files.read(db, file_id)
    headers = {"Content-Disposition": f"attachment; filename=trang-{number}", "Cache-Control": "private, max-age=3600"}
    return Response(data, media_type=kept.media, headers=headers)


def joined(common: str, reason: str) -> str:
    """Join a common reason and one's own words."""
    return ". ".join(words.strip().rstrip(".") for words in (common, reason) if words.strip())


def _of(visitor: Visitor, version: int, finding: int) -> tuple[Page, Chosen]:
    """Return a page and the card of one of its findings.

    Raises:
        StoreError: GA331, there is none of the two in what the person may see.
    """
    with visitor.store.read() as db:
        page = read_page(db, visitor.user, version, visitor.commune)
        chosen = choose(db, visitor.user, page, finding)
    if chosen is None or chosen.one.id != finding:
        raise missing()
    return page, chosen


def _ask(
    request: Request,
    visitor: Visitor,
    version: int,
    finding: int,
    told: list[Letter],
    way: str,
    given: dict[str, str],
) -> Response:
    """Ask whether to decide otherwise what sent letters tell of: in place of the card, or as a page.

    Args:
        way: end of the address that does it.
        given: what the form sent, to be sent again.
    """
    page, chosen = _of(visitor, version, finding)
    template = "review/told.html" if request.headers.get("hx-request") else "review/ask.html"
    return render(
        request, template, visitor=visitor, page=page, chosen=chosen, told=told, way=way, given=given
    )  # fmt: skip


def _answer(request: Request, visitor: Visitor, version: int, finding: int, say: str, *, undo: bool = True) -> Response:
    """Answer a decision: with the parts of the page it changed, or by going back to the page."""
    if not request.headers.get("hx-request"):
        back = f"/ra-soat/{version}/phat-hien/{finding}/hoan-tac" if undo else ""
        return go(f"/ra-soat/{version}?phat-hien={finding}", say, undo=back)
    page, chosen = _of(visitor, version, finding)
    return render(
        request, "review/answer.html", visitor=visitor, page=page, chosen=chosen, reasons=REASONS, say=say
    )  # fmt: skip


def _blind(visitor: Visitor, version: int) -> bool:
    """Say whether the visitor reads a version blind.

    Raises:
        StoreError: GA347, they read another text of its regulation blind.
    """
    with visitor.store.read() as db:
        blind = seconds.under_way(db, version, visitor.user)
    if not blind:
        visitor.veil.check(version)
    return blind
