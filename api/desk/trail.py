"""The audit trail to be read: newest first, of one thing or one person, and whether its chain is whole."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from api.access import Visitor, requires
from api.pages import go, number, render
from auditor.store import trail, trailwords, users

router = APIRouter()
Reader = Annotated[Visitor, Depends(requires("trail"))]
PAGE = 50
GREATEST = 2**63 - 1


@router.get("/nhat-ky")
def read_trail(
    request: Request,
    visitor: Reader,
    subject: Annotated[str, Query(alias="doi-tuong")] = "",
    subject_id: Annotated[str, Query(alias="so")] = "",
    actor: Annotated[str, Query(alias="nguoi")] = "",
    before: Annotated[str, Query(alias="truoc")] = "",
) -> Response:
    """Show a page of lines."""
    veil = visitor.veil
    with visitor.store.read() as db:
        people = users.everyone(db)
        found = list(
            trail.recent(
                db, subject=subject or None, subject_id=_id(subject_id), actor=_id(actor), before=_id(before),
                without=veil.versions, limit=PAGE + 1,
            )
        )  # fmt: skip
    asked = {"doi-tuong": subject, "so": subject_id, "nguoi": actor}
    query = urlencode({name: value for name, value in asked.items() if value})
    older = f"{query}&truoc={found[PAGE - 1].id}".lstrip("&") if len(found) > PAGE else ""
    return render(
        request, "trail/trail.html", visitor=visitor, entries=found[:PAGE], older=older, asked=asked, query=query,
        later=bool(before), people=[(one.id, f"{one.name} ({one.login})") for one in people], words=trailwords,
        names={one.id: one.name for one in people}, subjects=sorted(trailwords.SUBJECTS.items(), key=lambda s: s[1]),
        veil=veil,
    )  # fmt: skip


@router.post("/nhat-ky/kiem-tra")
def verify(visitor: Reader) -> Response:
    """Walk the whole chain and say whether it is whole; that it was checked is a line of its own."""
    with visitor.store.read() as db:
        found = trail.verify(db)
    with visitor.store.change(visitor.user.id) as change:
        change.note("trail.verify", "trail", None, lines=found.lines, intact=found.broken_at is None)
    if found.broken_at is not None:
        words = (
            f"Chuỗi nhật ký đứt ở dòng {number(found.broken_at)}: dòng ấy đã bị sửa, hoặc một dòng trước đó đã bị gỡ. "
            "Xin giữ nguyên tệp kho dữ liệu và báo người quản trị."
        )
        return go("/nhat-ky", words, tone="bad")
    return go("/nhat-ky", f"Nhật ký nguyên vẹn: {number(found.lines)} dòng. Mã cuối để ghi lại: {found.last}")


def _id(words: str) -> int | None:
    """Read a number of an address; words that are none ask for nothing, a number too large for one finds nothing."""
    return min(int(words[:20]), GREATEST) if words.isascii() and words.isdigit() else None
