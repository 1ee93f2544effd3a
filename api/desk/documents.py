"""The regulations on record: the list, one of them, search, and the files as they were handed in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response, StreamingResponse

from api.access import Visitor, requires
from api.pages import render
from auditor.store import Store, documents, files, regulations, search, units, versions
from auditor.store.documents import ON_A_PAGE, SORTS, Wanted
from auditor.store.words import STATES, VERDICTS

router = APIRouter()
Sees = Annotated[Visitor, Depends(requires("see"))]


@router.get("/ho-so")
def record(
    request: Request,
    visitor: Sees,
    xa: str = "",
    trang_thai: str = "",
    ket_luan: str = "",
    tu: str = "",
    xep: str = "xa",
    trang: int = 1,
) -> Response:
    """List regulations, filtered and sorted, with counts by verdict."""
    state = trang_thai if trang_thai in STATES else ""
    verdict = ket_luan if ket_luan in VERDICTS else ""
    commune = visitor.commune or (int(xa) if xa.isdigit() else None)
    veil = visitor.veil
    wanted = Wanted(commune, state, verdict, tu.strip(), veil.regulations)
    with visitor.store.read() as db:
        counts = documents.counts(db, Wanted(commune, state, "", wanted.words, veil.regulations))
        total = counts.verdicts.get(verdict, 0) if verdict else counts.total
        pages = max(1, -(-total // ON_A_PAGE))
        page = min(max(trang, 1), pages)
        found = documents.listed(db, wanted, sort=xep, page=page)
        communes = units.communes(db) if visitor.commune is None else []
    chosen = {"xa": xa, "trang_thai": state, "tu": wanted.words, "xep": xep if xep in SORTS else "xa"}
    return render(
        request, "documents/list.html", visitor=visitor, found=found, counts=counts, total=total, page=page,
        pages=pages, communes=communes, chosen=chosen, verdict=verdict, sorts=SORTS,
        query=_query(**chosen, ket_luan=verdict), narrowed=_query(**chosen), veil=veil,
        concluded=sum(counts.verdicts.values()) - counts.verdicts.get("unreviewed", 0),
    )  # fmt: skip


@router.get("/ho-so/{regulation:int}")
def one(request: Request, regulation: int, visitor: Sees) -> Response:
    """Show a regulation: its texts, its states, what stands open, what people wrote."""
    veil = visitor.veil
    blind = regulation in veil.regulations
    with visitor.store.read() as db:
        place = documents.place_of(db, regulation, visitor.commune)
        found = regulations.get(db, regulation)
        texts = versions.of_regulation(db, regulation)
        tally = documents.tally(db, found.version_id) if found.version_id and not blind else []
        stood = documents.stood(db, regulation)
        comments = [] if blind else documents.comments(db, regulation)
    current = next((text for text in texts if text.id == found.version_id), None)
    return render(
        request, "documents/one.html", visitor=visitor, regulation=found, place=place, versions=texts, current=current,
        tally=tally, stood=stood, comments=comments, veil=veil, blind=blind,
    )  # fmt: skip


@router.get("/ho-so/ban-goc/{version:int}")
def original(version: int, visitor: Sees) -> Response:
    """Send a file as it was handed in; never as a page."""
    with visitor.store.read() as db:
        found = versions.seen(db, version, visitor.commune)
        file = files.find(db, found.file_id)
    return StreamingResponse(
        _pieces(visitor.store, file.id), media_type=_safe(file.media),
        headers={"Content-Disposition": attachment(found.filename), "Content-Length": str(file.size)},
    )  # fmt: skip


@router.get("/tim")
def find(request: Request, visitor: Sees, q: str = "", trang: int = 1) -> Response:
    """Search in titles, places and texts, with or without marks."""
    page = max(trang, 1)
    with visitor.store.read() as db:
        found = search.search(db, q, commune=visitor.commune, page=page)
    pages = -(-found.total // search.ON_A_PAGE)
    return render(
        request, "documents/search.html", visitor=visitor, q=q.strip(), found=found, page=page, pages=pages,
        counted=search.COUNTED, query=_query(q=q), veil=visitor.veil,
    )  # fmt: skip


def attachment(filename: str) -> str:
    """Return the header that makes a browser save a file under its name, marks and all."""
    name = PurePosixPath(filename).name
    plain = "".join(char if char.isascii() and (char.isalnum() or char in "._-") else "_" for char in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _safe(media: str) -> str:
    return "application/octet-stream" if "html" in media or "svg" in media or "xml" in media.split("+")[-1] else media


def _pieces(store: Store, file: int) -> Iterator[bytes]:
    with store.read() as db:
        yield from files.pieces(db, file)


def _query(**parts: str) -> str:
    """Return parts of an address that say something, ending in "&" where there are any."""
    words = urlencode({key: value for key, value in parts.items() if value})
    return f"{words}&" if words else ""
