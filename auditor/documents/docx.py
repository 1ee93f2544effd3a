"""Word files (docx, docm), read from their XML: numbering as a reader sees it, tables, text boxes once, deletions out.

python-docx gives neither rendered numbers nor text boxes nor tracked changes, so the parts are read with lxml; entities
and external references are refused before anything is parsed.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from auditor.documents.codes import Code, trouble, warning
from auditor.documents.interface import CELL_BREAK, Block, Reading
from auditor.documents.limits import Limits
from auditor.documents.numbering import Numbering

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIPPED = frozenset({W + "del", W + "moveFrom", MC + "Fallback", W + "instrText", W + "delText", W + "pPr", W + "rPr"})
DEPTH = 120


def read(data: bytes, name: str, limits: Limits) -> Reading:
    """Read a Word file.

    Raises:
        DocumentError: GA204 damaged, GA205 locked, GA207 bomb, GA217 unsafe XML, GA218 nested too deep.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise trouble(Code.LOCKED)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = _Parts(archive, limits)
        body = parts.xml("word/document.xml")
    except (zipfile.BadZipFile, KeyError, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise trouble(Code.DAMAGED, detail="docx") from error
    if body is None:
        raise trouble(Code.DAMAGED, detail="word/document.xml")
    walker = _Walker(Numbering(parts.xml("word/numbering.xml"), parts.xml("word/styles.xml")))
    blocks = list(walker.blocks(body))
    for part in sorted(n for n in parts.names if n.startswith(("word/header", "word/foot", "word/endnotes"))):
        root = parts.xml(part)
        if root is not None:
            known = {block.text for block in blocks}
            blocks.extend(block for block in walker.notes(root) if block.text.strip() and block.text not in known)
    macro = any(name.endswith("vbaProject.bin") for name in parts.names)
    return Reading("docx", tuple(blocks), warnings=(warning(Code.MACRO),) if macro else ())


class _Parts:
    """The XML parts of the package, read within limits."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        self._archive = archive
        self._limits = limits
        self.names = archive.namelist()
        if sum(info.file_size for info in archive.infolist()) > limits.expanded:
            raise trouble(Code.BOMB, limit=f"{limits.expanded} byte")
        for info in archive.infolist():
            if info.file_size > limits.ratio_from and info.file_size > limits.ratio * max(info.compress_size, 1):
                raise trouble(Code.BOMB, limit=f"{limits.ratio} lần")

    def xml(self, name: str) -> etree._Element | None:
        if name not in self.names:
            return None
        data = self._archive.read(name)
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise trouble(Code.UNSAFE_XML)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            deep = "depth" in str(error).lower()
            raise (trouble(Code.DEEP_XML) if deep else trouble(Code.DAMAGED, detail=name)) from error


@dataclass
class _Walker:
    """Walks the body in reading order."""

    numbering: Numbering
    tables: int = 0
    _boxes: list[etree._Element] = field(default_factory=list)

    def blocks(self, root: etree._Element) -> Iterator[Block]:
        body = root.find(W + "body")
        yield from self._children(body if body is not None else root, 0)

    def notes(self, root: etree._Element) -> Iterator[Block]:
        """Yield footnotes, headers and footers: read, but beside the running text."""
        for paragraph in root.iter(W + "p"):
            yield Block("".join(_text(paragraph, self._boxes)).strip(), note=True)

    def _children(self, parent: etree._Element, depth: int) -> Iterator[Block]:
        if depth > DEPTH:
            raise trouble(Code.DEEP_XML)
        for child in parent:
            if child.tag == W + "p":
                yield from self._paragraph(child)
            elif child.tag == W + "tbl":
                yield from self._table(child, depth)
            elif child.tag not in _SKIPPED and isinstance(child.tag, str) and child.tag != W + "sectPr":
                yield from self._children(child, depth + 1)

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Block]:
        self._boxes = []
        words = "".join(_text(paragraph, self._boxes)).strip()
        boxes = self._boxes
        if words:
            label = self.numbering.label(paragraph)
            yield Block(f"{label} {words}" if label else words, heading=self.numbering.is_heading(paragraph))
        for box in boxes:
            for inner in box.iter(W + "p"):
                inside = "".join(_text(inner, [])).strip()
                if inside:
                    yield Block(inside, note=True)

    def _table(self, table: etree._Element, depth: int) -> Iterator[Block]:
        index = self.tables
        self.tables += 1
        for number, row in enumerate(table.iter(W + "tr")):
            if next(row.iterancestors(W + "tbl")) is not table:
                continue
            cells: list[str] = []
            nested: list[etree._Element] = []
            for cell in row.findall(W + "tc"):
                merged = cell.find(f"{W}tcPr/{W}vMerge")
                if merged is not None and merged.get(W + "val") != "restart":
                    continue
                parts = [" ".join("".join(_text(p, [])).split()) for p in cell.findall(W + "p")]
                cells.append(" ".join(part for part in parts if part))
                nested.extend(cell.findall(W + "tbl"))
            if any(cells):
                yield Block(CELL_BREAK.join(cell for cell in cells if cell), table=index, header=number == 0)
            if depth > DEPTH // 4 and nested:
                raise trouble(Code.DEEP_XML)
            for inner in nested:
                yield from self._table(inner, depth + 1)


def _text(node: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
    """Yield the words of a paragraph as accepted; text boxes are set aside."""
    for child in node:
        tag = child.tag
        if tag in _SKIPPED or not isinstance(tag, str):
            continue
        if tag == W + "r" and child.find(f"{W}rPr/{W}vanish") is not None:
            continue
        if tag == W + "txbxContent":
            boxes.append(child)
        elif tag == W + "t":
            yield child.text or ""
        elif tag in {W + "tab", W + "br", W + "cr"}:
            yield " "
        elif tag == W + "noBreakHyphen":
            yield "-"
        else:
            yield from _text(child, boxes)
