"""Handing texts in: the form, each file of a browser with scripts, and how far the files of an upload are."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from api.access import Visitor, requires
from api.bodies import LARGEST, MOST, too_large
from api.pages import go, render
from api.parameters import no_file
from auditor.store import filing, uploads, versions
from auditor.store.uploads import Item

router = APIRouter()
May = Annotated[Visitor, Depends(requires("upload"))]
ON_A_PAGE = 200


@router.get("/tai-len")
def upload_page(request: Request, visitor: May) -> Response:
    """Show where to hand in texts, and the latest uploads."""
    with visitor.store.read() as db:
        recent = uploads.recent(db, visitor.commune)
        unfiled = filing.count(db, visitor.commune)
    return render(
        request, "uploads/form.html", visitor=visitor, recent=recent, unfiled=unfiled, largest=LARGEST, most=MOST
    )  # fmt: skip


@router.post("/tai-len")
async def upload(request: Request, visitor: May) -> Response:
    """Take in all files of the form."""
    async with request.form() as form:
        given = [one for one in form.getlist("tep") if isinstance(one, UploadFile) and one.filename]
        if not given:
            return go("/tai-len", "Chưa chọn tệp nào. Xin chọn ít nhất một tệp rồi bấm Tải lên.", tone="bad")
        upload_id = await run_in_threadpool(_start, visitor)
        for file in given:
            await run_in_threadpool(_keep, visitor, upload_id, file)
    return go(f"/tai-len/{upload_id}", f"Đã nhận {len(given)} tệp.")


@router.post("/tai-len/dot")
def start(visitor: May) -> Response:
    """Begin an upload whose files come one by one."""
    return JSONResponse({"upload": _start(visitor)}, status_code=201)


@router.post("/tai-len/{upload:int}/tep")
async def upload_one(request: Request, upload: int, visitor: May) -> Response:
    """Take in one file of an upload; what is answered is kept."""
    async with request.form() as form:
        given = form.get("tep")
        if not isinstance(given, UploadFile) or not given.filename:
            lost = no_file()
            return JSONResponse({"code": lost.code, "message": lost.message}, status_code=422)
        item = await run_in_threadpool(_keep, visitor, upload, given)
    said = {"new": "đã nhận", "archive": "đã nhận", "known": "đã có", "refused": "chưa nhận"}[item.outcome]
    answer = {"item": item.id, "outcome": item.outcome, "said": said, "code": item.code, "message": item.message}
    return JSONResponse(answer, status_code=413 if item.code == "GA413" else 201)


@router.get("/tai-len/{upload:int}")
def batch(request: Request, upload: int, visitor: May, trang: int = 1) -> Response:
    """Show an upload, file by file."""
    return _files(request, upload, visitor, trang, "uploads/batch.html")


@router.get("/tai-len/{upload:int}/bang")
def table(request: Request, upload: int, visitor: May, trang: int = 1) -> Response:
    """Show only the files of an upload, for a page that stands already."""
    return _files(request, upload, visitor, trang, "uploads/files.html")


@router.post("/tai-len/tep/{item:int}/doc-lai")
def retry(item: int, visitor: May) -> Response:
    """Read a file once more that could not be read."""
    with visitor.store.change(visitor.user.id) as change:
        found = uploads.item(change.db, item, visitor.commune)
        uploads.retry(change, found)
    return go(f"/tai-len/{found.upload_id}", f"Sẽ đọc lại “{found.filename}”.")


@router.post("/tai-len/tep/{item:int}/rut")
def withdraw(item: int, visitor: May) -> Response:
    """Take a text back that was handed in by mistake."""
    with visitor.store.change(visitor.user.id) as change:
        found = _own(visitor, uploads.item(change.db, item, visitor.commune))
        versions.withdraw(change, found)
        back = uploads.item(change.db, item)
    say = f"Đã rút “{back.filename}”."
    return go(f"/tai-len/{back.upload_id}", say, undo=f"/tai-len/tep/{item}/khoi-phuc")


@router.post("/tai-len/tep/{item:int}/khoi-phuc")
def restore(item: int, visitor: May) -> Response:
    """Bring back a text that was taken back."""
    with visitor.store.change(visitor.user.id) as change:
        found = uploads.item(change.db, item, visitor.commune)
        uploads.restore(change, found)
    return go(f"/tai-len/{found.upload_id}", f"Đã khôi phục “{found.filename}”.")


def _own(visitor: Visitor, item: Item) -> int:
    """Return the version of an item, if it came with this item and not with an earlier one."""
    if item.version_id is None or item.outcome != "new":
        raise uploads.not_its_own()
    return item.version_id


def _start(visitor: Visitor) -> int:
    with visitor.store.change(visitor.user.id) as change:
        return uploads.start(change)


def _keep(visitor: Visitor, upload: int, file: UploadFile) -> Item:
    """Keep one file in one transaction, or that it was refused."""
    name = file.filename or ""
    with visitor.store.change(visitor.user.id) as change:
        uploads.get(change.db, upload, visitor.commune)
        if (file.size or 0) > LARGEST:
            error = too_large("Tệp")
            item = uploads.refuse(change, upload, name, error.code, error.message)
        else:
            item = uploads.take_in(change, upload, file.file, name, commune=visitor.commune)
        return uploads.item(change.db, item)


def _files(request: Request, upload: int, visitor: Visitor, page: int, template: str) -> Response:
    with visitor.store.read() as db:
        found = uploads.get(db, upload, visitor.commune)
        items = uploads.items(db, upload, limit=ON_A_PAGE, offset=ON_A_PAGE * (max(page, 1) - 1))
    pages = -(-found.files // ON_A_PAGE)
    return render(
        request, template, visitor=visitor, upload=found, items=items, page=page, pages=pages, veil=visitor.veil
    )
