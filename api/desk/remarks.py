"""What people add to a review: findings the machine missed, comments, and waivers."""

from __future__ import annotations

import sqlite3
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import Response

from api.access import Visitor, requires
from api.pages import day_given, go, render
from auditor.errors import StoreError
from auditor.store import approvals, clock, comments, findings, missed, reviews, seconds, versions, waivers
from auditor.store.database import missing
from auditor.store.reviews import Head
from auditor.store.words import CONFIRMS

router = APIRouter()
Reviewer = Annotated[Visitor, Depends(requires("review"))]
Waiver = Annotated[Visitor, Depends(requires("waive"))]
PAGE = 50


@router.get("/ra-soat/{version:int}/them")
def add_page(
    request: Request,
    visitor: Reviewer,
    version: int,
    tu: Annotated[int | None, Query()] = None,
    den: Annotated[int | None, Query()] = None,
) -> Response:
    """Show the form of a missed finding, about a marked stretch or one still to be quoted."""
    return _form(request, visitor, version, (tu, den) if tu is not None and den is not None and tu < den else None)


@router.post("/ra-soat/{version:int}/them")
def add(
    request: Request,
    visitor: Reviewer,
    version: int,
    start: Annotated[int | None, Form()] = None,
    end: Annotated[int | None, Form()] = None,
    clause: Annotated[str, Form()] = "",
    quote: Annotated[str, Form()] = "",
    subject: Annotated[str, Form()] = "",
    severity: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
) -> Response:
    """Add a missed finding."""
    span = (start, end) if start is not None and end is not None else None
    try:
        with visitor.store.change(visitor.user.id) as change:
            _open(visitor, change.db, version)
            where = span or missed.find(
                versions.text(change.db, version), quote, int(clause) if clause.isdigit() else None
            )
            book = approvals.shipped()
            one = missed.add(change, version, visitor.user, book, where, subject, severity, reason)
    except StoreError as error:
        if error.code == "GA331":
            raise
        given = {"clause": clause, "quote": quote, "subject": subject, "severity": severity, "reason": reason}
        return _form(request, visitor, version, span, given, error.message)
    say = "Đã thêm phát hiện, ghi là đã xác nhận." if one.state == "confirmed" else "Đã thêm phát hiện, chờ tham vấn."
    return go(f"/ra-soat/{version}?phat-hien={one.id}", say, undo=f"/ra-soat/{version}/phat-hien/{one.id}/go")


@router.post("/ra-soat/{version:int}/phat-hien/{finding:int}/go")
def remove(visitor: Reviewer, version: int, finding: int) -> Response:
    """Take back a finding one has added oneself."""
    with visitor.store.change(visitor.user.id) as change:
        _finding_of(visitor, change.db, version, finding)
        missed.remove(change, finding, visitor.user)
    return go(f"/ra-soat/{version}", "Đã gỡ phát hiện vừa thêm.")


@router.post("/ra-soat/{version:int}/y-kien")
def comment(
    visitor: Reviewer, version: int, text: Annotated[str, Form()], finding: Annotated[int | None, Form()] = None
) -> Response:
    """Comment on a version, or on one finding of it."""
    with visitor.store.change(visitor.user.id) as change:
        _open(visitor, change.db, version)
        if finding is not None:
            _finding_of(visitor, change.db, version, finding)
        comments.add(change, version, text, finding_id=finding)
    return go(f"/ra-soat/{version}" + (f"?phat-hien={finding}" if finding else ""), "Đã gửi ý kiến.")


@router.post("/ra-soat/{version:int}/phat-hien/{finding:int}/mien")
def waive(
    visitor: Waiver,
    version: int,
    finding: int,
    reason: Annotated[str, Form()] = "",
    owner: Annotated[int, Form()] = 0,
    ends: Annotated[str, Form()] = "",
) -> Response:
    """Waive a confirmed finding until a day."""
    day = day_given(ends)
    with visitor.store.change(visitor.user.id) as change:
        _finding_of(visitor, change.db, version, finding)
        id = waivers.add(change, finding, reason, owner, day)
    return go(f"/ra-soat/{version}?phat-hien={finding}", "Đã miễn phát hiện này.", undo=f"/ra-soat/mien/{id}/thoi")


@router.get("/ra-soat/mien")
def waived(
    request: Request, visitor: Annotated[Visitor, Depends(requires("see"))], xem: str = "", trang: int = 1
) -> Response:
    """List the waivers that run, or those that are over."""
    running, page, veil = xem != "het-han", max(trang, 1), visitor.veil
    with visitor.store.read() as db:
        found = waivers.listed(
            db, clock.today(), running=running, commune=visitor.commune, without=veil.versions,
            limit=PAGE + 1, offset=(page - 1) * PAGE,
        )  # fmt: skip
    pages = page + (len(found) > PAGE)
    return render(
        request, "review/waivers.html", visitor=visitor, found=found[:PAGE], running=running, page=page, pages=pages,
        veil=veil,
    )  # fmt: skip


@router.post("/ra-soat/mien/{waiver:int}/thoi")
def end(visitor: Waiver, waiver: int) -> Response:
    """Take a waiver back before its day."""
    with visitor.store.change(visitor.user.id) as change:
        found = waivers.end(change, waiver)
    return go(
        f"/ra-soat/{found.version_id}?phat-hien={found.finding_id}", "Đã thôi miễn; phát hiện trở lại việc phải làm."
    )


def _form(
    request: Request,
    visitor: Visitor,
    version: int,
    span: tuple[int, int] | None,
    given: dict[str, str] | None = None,
    trouble: str = "",
) -> Response:
    with visitor.store.read() as db:
        head = _open(visitor, db, version)
        text = versions.text(db, version)
    clauses = [] if span else [(c.start, missed.named(c), text[c.start : c.end][:60]) for c in missed.clauses(text)]
    rules = sorted(approvals.shipped().rules.values(), key=lambda rule: rule.id)
    kept = [rule for rule in rules if rule.kind == "regulation"]
    groups = [(category, list(group)) for category, group in groupby(kept, key=lambda rule: rule.category)]
    return render(
        request, "review/add.html", visitor=visitor, status=422 if trouble else 200, head=head, span=span,
        quoted=text[max(span[0], 0) : span[1]].strip() if span else "", clauses=clauses, groups=groups,
        confirms=sorted(CONFIRMS.get(visitor.user.role, ())), trouble=trouble,
        given=given or dict.fromkeys(("clause", "quote", "subject", "severity", "reason"), ""),
    )  # fmt: skip


def _open(visitor: Visitor, db: sqlite3.Connection, version: int) -> Head:
    """Return a version the person may add to: one they see, and are not reading blind.

    Raises:
        StoreError: GA331, there is none; GA347, they are reading it or another text of its regulation blind.
    """
    head = reviews.head(db, version, visitor.commune)
    if seconds.under_way(db, version, visitor.user):
        raise StoreError(
            "GA347", "Đồng chí đang rà soát lần hai văn bản này. Xin kết thúc rồi mới trao đổi, thêm phát hiện."
        )
    visitor.veil.check(version)
    return head


def _finding_of(visitor: Visitor, db: sqlite3.Connection, version: int, finding: int) -> None:
    _open(visitor, db, version)
    if findings.get(db, finding).version_id != version:
        raise missing()
