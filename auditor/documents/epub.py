"""Electronic books (epub): their pages in reading order, each read as a web page.

No library is needed: the order stands in one XML part, and ``Package`` and ``html`` bring limits and safety along.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from urllib.parse import unquote

from auditor.documents import html
from auditor.documents.codes import Code, trouble
from auditor.documents.interface import Block, Reading
from auditor.documents.limits import Limits
from auditor.documents.package import Package

_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>", re.IGNORECASE | re.DOTALL)
HEAD = 10_000


def read(data: bytes, name: str, limits: Limits) -> Reading:
    """Read an electronic book.

    Raises:
        DocumentError: GA204 damaged, GA205 locked, GA207 bomb, GA208 too many pages, GA209 too slow, GA217 unsafe XML.
    """
    package = Package(data, limits)
    if "META-INF/encryption.xml" in package.names and not _only_fonts(package):
        raise trouble(Code.LOCKED)
    container = package.xml("META-INF/container.xml")
    book = container.find(f"{_CONTAINER}rootfiles/{_CONTAINER}rootfile") if container is not None else None
    place = (book.get("full-path") or "") if book is not None else ""
    opf = package.xml(place)
    if opf is None:
        raise trouble(Code.DAMAGED, detail="epub")
    files = {one.get("id"): one for one in opf.iterfind(f"{_OPF}manifest/{_OPF}item")}
    spine = [files[one.get("idref")] for one in opf.iterfind(f"{_OPF}spine/{_OPF}itemref") if one.get("idref") in files]
    if len(spine) > limits.pages:
        raise trouble(Code.TOO_MANY_PAGES, pages=len(spine), limit=limits.pages)
    check = limits.clock()
    blocks: list[Block] = []
    encoding = "unicode"
    warnings: tuple[tuple[str, str], ...] = ()
    for item in spine:
        check()
        inside = posixpath.normpath(posixpath.join(posixpath.dirname(place), unquote(item.get("href") or "")))
        page = package.part(inside)
        if page is None or "nav" in (item.get("properties") or "").split():
            continue
        text, _ = html.decode(page)
        # A page may declare entities of its own; the forgiving parser knows the usual ones and expands no others.
        found = html.read_text(_DOCTYPE.sub("", text[:HEAD], count=1) + text[HEAD:], "epub", limits, whole=True)
        first = 1 + max((block.table for block in blocks if block.table is not None), default=-1)
        blocks.extend(
            block if block.table is None else replace(block, table=first + block.table) for block in found.blocks
        )
        if found.encoding != "unicode":
            encoding, warnings = found.encoding, found.warnings
    title = opf.findtext(f"{_OPF}metadata/{_DC}title")
    return Reading("epub", tuple(blocks), encoding=encoding, title=(title or "").strip() or None, warnings=warnings)


def _only_fonts(package: Package) -> bool:
    """Tell whether nothing but fonts is scrambled, which shops do to books that anyone may read."""
    part = package.part("META-INF/encryption.xml") or b""
    uris = re.findall(rb"""URI=["']([^"']+)""", part)
    return all(uri.lower().endswith((b".ttf", b".otf", b".woff", b".woff2")) for uri in uris)
