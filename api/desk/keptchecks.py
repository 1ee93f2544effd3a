"""Checks an outlet chose to keep, with their texts: only the outlet itself reads them."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from api.access import Visitor, requires
from api.desk.apikeys import base_of, outlet_of
from api.pages import go, render
from api.parameters import Page
from auditor.store import approvals, kept, policies

router = APIRouter(prefix="/toa-soan/{outlet:int}/khoa/bai")
Own = Annotated[Visitor, Depends(requires("own_outlet"))]
ROWS = 30


@router.get("")
def kept_of(request: Request, visitor: Own, outlet: int, trang: Page = 1) -> Response:
    """Show the kept checks of the own outlet."""
    found = outlet_of(visitor, outlet)
    with visitor.store.read() as db:
        count = kept.count(db, outlet)
        lines = kept.of_outlet(db, outlet, ROWS, (trang - 1) * ROWS)
        _, policy = policies.of_outlet(db, outlet)
    return render(
        request, "apikeys/kept.html", visitor=visitor, outlet=found, base=base_of(outlet), count=count, lines=lines,
        keeping=policy.get("keep_days") or 0, page=trang, pages=-(-count.checks // ROWS),
    )  # fmt: skip


@router.get("/xoa-het")
def ask(request: Request, visitor: Own, outlet: int) -> Response:
    """Ask whether all kept checks shall be deleted."""
    found = outlet_of(visitor, outlet)
    with visitor.store.read() as db:
        count = kept.count(db, outlet)
    return render(request, "apikeys/clear.html", visitor=visitor, outlet=found, base=base_of(outlet), count=count)


@router.post("/xoa-het")
def clear(visitor: Own, outlet: int) -> Response:
    """Delete all kept checks."""
    outlet_of(visitor, outlet)
    with visitor.store.change(visitor.user.id) as change:
        gone = kept.clear(change, outlet)
    return go(f"{base_of(outlet)}/bai", f"Đã xoá hẳn {gone} bài đã lưu.")


@router.get("/{kept_id:int}")
def one(request: Request, visitor: Own, outlet: int, kept_id: int) -> Response:
    """Show one kept check with its text."""
    found = outlet_of(visitor, outlet)
    with visitor.store.read() as db:
        check = kept.get(db, outlet, kept_id)
    book = approvals.shipped().rules
    rules = [(id, book[id].title if id in book else "", times) for id, times in Counter(check.line.rules).items()]
    return render(
        request, "apikeys/check.html", visitor=visitor, outlet=found, base=base_of(outlet), check=check, rules=rules
    )  # fmt: skip


@router.post("/{kept_id:int}/xoa")
def remove(visitor: Own, outlet: int, kept_id: int) -> Response:
    """Delete one kept check."""
    outlet_of(visitor, outlet)
    with visitor.store.change(visitor.user.id) as change:
        kept.remove(change, outlet, kept_id)
    return go(f"{base_of(outlet)}/bai", "Đã xoá hẳn bài này.")
