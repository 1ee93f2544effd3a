"""The user guide inside the desk: the Markdown files of ``api/guide``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from api.access import Visitor, anyone_logged_in
from api.pages import render
from auditor.store.database import missing

FOLDER = Path(__file__).parent.parent / "guide"
PICTURES = "anh"
PAGES = {
    "ban-ra-soat": "Bàn rà soát",
    "toa-soan": "Soát bài trước khi đăng",
    "quet-kho": "Quét kho tin bài",
    "ma-loi": "Mã lỗi",
}
"""The files that are shown, in their order, and how their links are called."""

router = APIRouter()
Someone = Annotated[Visitor, Depends(anyone_logged_in)]


@dataclass(frozen=True, slots=True)
class Guide:
    """A file of the guide as a page; ``contents`` has anchor and words of each second heading."""

    title: str
    html: Markup
    contents: tuple[tuple[str, str], ...]


@router.get("/huong-dan")
def first(visitor: Someone) -> Response:
    """Go to the guide of the desk."""
    return RedirectResponse("/huong-dan/ban-ra-soat", status_code=303)


@router.get("/huong-dan/{name}")
def show(request: Request, visitor: Someone, name: str) -> Response:
    """Show one file of the guide; its own links end in ``.md``."""
    known = name.removesuffix(".md")
    if known not in PAGES:
        raise missing()
    return render(request, "guide.html", visitor=visitor, guide=guide(known), here=known, pages=PAGES)


@router.get(f"/huong-dan/{PICTURES}/{{name}}")
def picture(visitor: Someone, name: str) -> Response:
    """Send a picture of the guide."""
    path = FOLDER / PICTURES / name
    if name not in {one.name for one in path.parent.glob("*.png")}:
        raise missing()
    return Response(path.read_bytes(), media_type="image/png", headers={"Cache-Control": "max-age=3600"})


@cache
def guide(name: str) -> Guide:
    """Return a file of the guide as a page."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse((FOLDER / f"{name}.md").read_text(encoding="utf-8"))
    headings = [
        (one, tokens[at + 1].content) for at, one in enumerate(tokens) if one.type == "heading_open"
    ]  # fmt: skip
    contents = []
    for number, (one, words) in enumerate(headings):
        one.attrSet("id", f"muc-{number}")
        if one.tag == "h2":
            contents.append((f"muc-{number}", words))
    html = Markup(reader.renderer.render(list(map(_fitted, tokens)), reader.options, {}))
    return Guide(headings[0][1], html, tuple(contents))


def _fitted(token: Token) -> Token:
    """Fit a part of the file to the page: tables in the desk's clothes, no links to files that are not served."""
    if token.type == "table_open":
        token.attrSet("class", "list")
    if token.children:
        kept: list[Token] = []
        outside = False
        for one in token.children:
            if one.type == "link_open":
                outside = str(one.attrGet("href")).startswith("../")
            if not (outside and one.type in {"link_open", "link_close"}):
                kept.append(one)
        token.children = kept
    return token
