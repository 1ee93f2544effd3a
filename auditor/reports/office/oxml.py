"""The bits of WordprocessingML that python-docx has no words for, and files that are the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from auditor.reports.office.words import legible

EPOCH = (1980, 1, 1, 0, 0, 0)
TWIPS = 567  # to a centimetre


def element(tag: str, **attributes: str | int) -> Any:
    """Make an element ``w:…`` with attributes of the same namespace."""
    node = OxmlElement(tag)
    for name, value in attributes.items():
        node.set(qn(f"w:{name}"), str(value))
    return node


def with_children(node: Any, *children: Any) -> Any:
    """Append children and return the node."""
    for child in children:
        node.append(child)
    return node


def run(text: str, *, bold: bool = False, italic: bool = False, half_points: int | None = None) -> Any:
    """Make a run; line ends become breaks."""
    look = element("w:rPr")
    if bold:
        look.append(element("w:b"))
    if italic:
        look.append(element("w:i"))
    if half_points is not None:
        look.append(element("w:sz", val=half_points))
        look.append(element("w:szCs", val=half_points))
    node = with_children(element("w:r"), look)
    for number, line in enumerate(legible(text).split("\n")):
        if number:
            node.append(element("w:br"))
        words = element("w:t")
        words.text = line
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        node.append(words)
    return node


def field(instruction: str) -> list[Any]:
    """Make the runs of a field, for example ``PAGE``."""
    made = []
    for kind in ("begin", "separate", "end"):
        made.append(with_children(element("w:r"), element("w:fldChar", fldCharType=kind)))
        if kind == "begin":
            code = element("w:instrText")
            code.text = f" {instruction} "
            made.append(with_children(element("w:r"), code))
        elif kind == "separate":
            made.append(run("2"))
    return made


def rule(length: float, room: float) -> Any:
    """Make a paragraph that is a thin line of a length in the middle of some room, both in centimetres."""
    look = with_children(element("w:pPr"), element("w:pStyle", val="Cell"))
    look.append(with_children(element("w:pBdr"), element("w:top", val="single", sz=6, space=1, color="000000")))
    side = round((room - length) / 2 * TWIPS)
    look.append(element("w:spacing", before=40, after=0, line=120, lineRule="exact"))
    look.append(element("w:ind", left=side, right=side))
    return with_children(element("w:p"), look)


def grid(widths: Sequence[float], *, ruled: bool, alt: str = "") -> Any:
    """Make an empty table of fixed column widths in centimetres, with or without lines."""
    look = element("w:tblPr")
    look.append(element("w:tblStyle", val="TableGrid" if ruled else "TableNormal"))
    look.append(element("w:tblW", w=round(sum(widths) * TWIPS), type="dxa"))
    look.append(element("w:jc", val="center"))
    look.append(element("w:tblLayout", type="fixed"))
    side = 70 if ruled else 0
    level = 30 if ruled else 0
    rooms = (("top", level), ("left", side), ("bottom", level), ("right", side))
    margins = [element(f"w:{name}", w=room, type="dxa") for name, room in rooms]
    look.append(with_children(element("w:tblCellMar"), *margins))
    if alt:
        look.append(element("w:tblDescription", val=legible(alt)))
    columns = [element("w:gridCol", w=round(width * TWIPS)) for width in widths]
    return with_children(element("w:tbl"), look, with_children(element("w:tblGrid"), *columns))


def row(
    cells: Sequence[Any], widths: Sequence[float], *, header: bool = False, shade: str = "", whole: bool = True
) -> Any:
    """Make a row of cells; a header row stands again on each page.

    Args:
        cells: for each cell its paragraph or list of paragraphs.
        whole: no page breaks it in two.
    """
    look = element("w:trPr")
    if whole:
        look.append(element("w:cantSplit"))
    if header:
        look.append(element("w:tblHeader"))
    node = with_children(element("w:tr"), look)
    for content, width in zip(cells, widths, strict=True):
        room = with_children(element("w:tcPr"), element("w:tcW", w=round(width * TWIPS), type="dxa"))
        if shade:
            room.append(element("w:shd", val="clear", color="auto", fill=shade))
        room.append(element("w:vAlign", val="center" if header else "top"))
        paragraphs = content if isinstance(content, list) else [content]
        node.append(with_children(element("w:tc"), room, *paragraphs))
    return node


def paragraph(style: str, runs: Sequence[Any], *, align: str = "") -> Any:
    """Make a paragraph of a style; ``align`` is left, center, right or both."""
    look = with_children(element("w:pPr"), element("w:pStyle", val=style))
    if align:
        look.append(element("w:jc", val=align))
    return with_children(element("w:p"), look, *runs)


def keep_next(node: Any) -> None:
    """Hold a paragraph on one page with the next."""
    node.pPr.find(qn("w:pStyle")).addnext(element("w:keepNext"))


def dots(room: float) -> Any:
    """Make a paragraph of dots to write on, as long as the room in centimetres."""
    look = with_children(element("w:pPr"), element("w:pStyle", val="Body"))
    stop = element("w:tab", val="right", leader="dot", pos=round(room * TWIPS))
    look.append(with_children(element("w:tabs"), stop))
    return with_children(element("w:p"), look, with_children(element("w:r"), element("w:tab")))


def timeless(data: bytes) -> bytes:
    """Return a zip with no moment of writing in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o600 << 16
            member.create_system = 3
            new.writestr(member, old.read(name))
    return out.getvalue()
