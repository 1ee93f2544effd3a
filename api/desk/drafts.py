"""The check of a draft by the commune clerk, before it is posted and before it is recognised."""

from __future__ import annotations

from functools import cache
from typing import Annotated
from unicodedata import normalize

from fastapi import APIRouter, Depends, Form, Path, Request, UploadFile
from fastapi.responses import Response

from api.access import Visitor, requires
from api.bodies import too_large, too_long
from api.pages import day_given, go, number, render
from auditor.audit import Auditor
from auditor.documents.interface import document_of
from auditor.errors import ApiError
from auditor.record import GENDER_SEVERITIES
from auditor.store import approvals, clock, deadlines, drafts, duties, findings, versions
from auditor.store.duties import Duty
from auditor.store.findings import Reviewed

router = APIRouter()
Sends = Annotated[Visitor, Depends(requires("upload"))]
LONGEST = 500_000
"""Most characters of a pasted text."""
LARGEST = 30 * 2**20
"""Most bytes of a file; larger ones go through the page for uploads."""


@router.get("/du-thao")
def index(request: Request, visitor: Sends) -> Response:
    """Offer to check a draft, and list those checked before."""
    with visitor.store.read() as db:
        known = drafts.listed(db, visitor.commune)
    return render(request, "drafts/list.html", visitor=visitor, known=known, veil=visitor.veil)


@router.post("/du-thao")
def check(
    visitor: Sends,
    title: Annotated[str, Form()] = "",
    text: Annotated[str, Form()] = "",
    file: UploadFile | None = None,
) -> Response:
    """Take in a draft: a pasted text is checked at once, a file by the worker."""
    if file is not None and file.filename:
        return _file(visitor, file)
    words = normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not words:
        raise _nothing()
    if len(words) > LONGEST:
        raise too_long(f"Nội dung dán vào dài hơn {number(LONGEST)} ký tự", "Xin lưu thành tệp rồi tải lên.")
    name = " ".join(title.split())[:120] or "Dự thảo"
    record = _auditor().audit(document_of(words, id=name))
    with visitor.store.change(visitor.user.id) as change:
        version = drafts.add(change, words.encode(), f"{name}.txt", "text/plain; charset=utf-8", later=False)
        versions.audited(change, version.id, record, words)
    return go(f"/du-thao/{version.id}", "Đã soát dự thảo.")


@router.get("/du-thao/{version:int}")
def show(
    request: Request, visitor: Sends, id: Annotated[int, Path(alias="version")], ngay: str = "", so_ho: str = ""
) -> Response:
    """Show what the machine suggests about a draft, what could be added, and the steps with their days."""
    start = day_given(ngay) or clock.today()
    households = int(so_ho) if so_ho.isdigit() and 0 < int(so_ho) < 100_000 else None
    with visitor.store.read() as db:
        version = drafts.get(db, id, visitor.commune)
        if request.headers.get("hx-request"):
            # The open page asks whether its draft was read; then it is shown anew, with its scripts.
            return Response(status_code=204, headers={} if version.reading == "waiting" else {"HX-Refresh": "true"})
        found, record, ticked = findings.of_version(db, id), versions.record(db, id), approvals.reviewed_citations(db)
    if id in visitor.veil.versions:
        found = [one.unjudged() for one in found if one.origin == "machine"]
    if households is None and isinstance(version.particulars.get("households"), int):
        households = version.particulars["households"]
    return render(
        request, "drafts/draft.html", visitor=visitor, version=version, record=record, start=start,
        households=households,
        gender=_graver([one for one in found if one.severity in GENDER_SEVERITIES]),
        others=[one for one in found if one.severity not in GENDER_SEVERITIES], s4=_count(found, "S4"),
        advice=record.advice if record else (),
        plan=[deadlines.with_ticks(one, ticked) for one in deadlines.planned(start)],
        posting=_told(duties.BEFORE_POSTING, ticked), recognition=_told(duties.BEFORE_RECOGNITION, ticked),
    )  # fmt: skip


def _file(visitor: Visitor, file: UploadFile) -> Response:
    data = file.file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise too_large("Tệp", LARGEST, "Xin tải lên ở trang “Tải lên”.")
    if not data:
        raise _nothing()
    with visitor.store.change(visitor.user.id) as change:
        name = (file.filename or "du-thao").replace("\\", "/").rsplit("/", 1)[-1][:200]
        version = drafts.add(change, data, name, "application/octet-stream", later=True)
    return go(f"/du-thao/{version.id}", "Đã nhận tệp; phần mềm đang đọc và soát.")


def _nothing() -> ApiError:
    return ApiError("GA408", "Chưa có nội dung để soát: ô còn trống hoặc tệp rỗng. Xin chọn tệp hoặc dán nội dung.")


@cache
def _auditor() -> Auditor:
    """Return the auditor, loaded when the first pasted text comes."""
    return Auditor(people=False)


def _graver(found: list[Reviewed]) -> list[Reviewed]:
    return sorted(found, key=lambda one: (GENDER_SEVERITIES.index(one.severity), one.finding.start))


def _count(found: list[Reviewed], severity: str) -> int:
    return sum(one.severity == severity for one in found)


def _told(told: tuple[Duty, ...], ticked: frozenset[str]) -> list[Duty]:
    return [duties.with_ticks(one, ticked) for one in told]
