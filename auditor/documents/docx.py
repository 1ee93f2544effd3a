"""Word files (docx, docm), read from their XML as a reader of the accepted text sees them.

python-docx renders no numbers and knows neither text boxes nor tracked changes, so the parts are read with lxml.
Numbers are drawn, insertions and moved-to text kept; deletions, moved-from text, comments and hidden text are out.
Text boxes, footnotes, headers and footers come once each, as notes beside the running text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from auditor.documents.codes import Code, trouble, warning
from auditor.documents.interface import Block, Reading
from auditor.documents.legacy import Fonts, settle
from auditor.documents.limits import Limits
from auditor.documents.numbering import Numbering
from auditor.documents.package import Package
from auditor.documents.styles import Styles, W, font_of, number, toggle, value
from auditor.documents.tables import Row, blocks_of

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_OUT = frozenset(
    {
        W + name
        for name in ("del", "moveFrom", "instrText", "delText", "delInstrText", "pPr", "rPr", "sectPr", "tblPr", "rt")
    }
)
_BREAKS = {
    W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-",
    W + "softHyphen": "\xad",
}  # fmt: skip
_WORDS = (W + "t", W + "softHyphen")
_COUNTED = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES|PAGEREF)\b", re.IGNORECASE)
_PAGE_LINE = re.compile(r"^\W*(?:trang|page)?[\W\d]*$", re.IGNORECASE)
_BESIDE = re.compile(r"word/(?:header|footer|footnotes|endnotes)\d*\.xml")


def read(data: bytes, name: str, limits: Limits, *, running: bool = False) -> Reading:
    """Read a Word file.

    Args:
        running: see :class:`Numbering`.

    Raises:
        DocumentError: GA204 damaged, GA207 bomb, GA209 too slow, GA217 unsafe XML, GA218 nested too deep.
    """
    package = Package(data, limits)
    root = package.xml("word/document.xml")
    body = root.find(W + "body") if root is not None else None
    if body is None:
        raise trouble(Code.DAMAGED, detail="word/document.xml")
    styles = Styles(package.xml("word/styles.xml"))
    fonts = Fonts(_runs(body, styles))
    walker = _Walker(Numbering(package.xml("word/numbering.xml"), styles, running=running), styles, fonts, limits)
    blocks = list(walker.blocks(body))
    seen: set[str] = set()
    for part in sorted((one for one in package.names if _BESIDE.fullmatch(one)), key=_beside_order):
        beside = package.xml(part)
        for block in walker.beside(beside) if beside is not None else ():
            if block.text not in seen and not _PAGE_LINE.match(block.text):
                seen.add(block.text)
                blocks.append(block)
    settled, encoding = settle(blocks, fonts.encoding)
    warnings = [warning(Code.CONVERTED, encoding=encoding.upper())] if encoding != "unicode" else []
    if any(part.endswith("vbaProject.bin") for part in package.names):
        warnings.append(warning(Code.MACRO))
    return Reading("docx", settled, encoding=encoding, warnings=tuple(warnings))


def _beside_order(part: str) -> tuple[int, str]:
    return ("foot" not in part or "footer" in part, part)


def _runs(body: etree._Element, styles: Styles) -> Iterator[tuple[str, str]]:
    """Yield the font and words of every run, for the decision whether old fonts hold old letters."""
    for run in body.iter(W + "r"):
        # A soft hyphen is the letter ư in TCVN3.
        words = "".join("\xad" if node.tag == W + "softHyphen" else node.text or "" for node in run.iter(*_WORDS))
        if words:
            yield _font(run, styles), words


def _font(run: etree._Element, styles: Styles) -> str:
    own = run.find(W + "rPr")
    named = font_of(own) or styles.font_in(value(own.find(W + "rStyle")) if own is not None else "")
    if named is None:
        paragraph = next(run.iterancestors(W + "p"), None)
        style = value(paragraph.find(f"{W}pPr/{W}pStyle")) if paragraph is not None else None
        named = styles.font_in(style) or styles.font
    return named or ""


class _Walker:
    """Walks parts in reading order; counts numbers and tables as they pass."""

    def __init__(self, numbering: Numbering, styles: Styles, fonts: Fonts, limits: Limits) -> None:
        self._numbering = numbering
        self._styles = styles
        self._fonts = fonts
        self._check = limits.clock()
        self._tables = 0
        self._carried = ""

    def blocks(self, parent: etree._Element, note: bool = False) -> Iterator[Block]:
        """Yield the blocks under a body, cell or text box."""
        for child in parent:
            if child.tag == W + "p":
                yield from self._paragraph(child, note)
            elif child.tag == W + "tbl":
                yield from self._table(child, note)
            elif child.tag == _MC + "AlternateContent":
                yield from self.blocks(_chosen(child), note)
            elif isinstance(child.tag, str) and child.tag not in _OUT:
                yield from self.blocks(child, note)

    def beside(self, root: etree._Element) -> Iterator[Block]:
        """Yield the blocks of footnotes, a header or a footer."""
        for block in self.blocks(root, note=True):
            yield Block(block.text, note=True)

    def _paragraph(self, paragraph: etree._Element, note: bool) -> Iterator[Block]:
        self._check()
        style = value(paragraph.find(f"{W}pPr/{W}pStyle"))
        boxes: list[etree._Element] = []
        words = self._carried + "".join(self._inline(paragraph, self._styles.hidden(style), boxes, _Field()))
        self._carried = ""
        mark = paragraph.find(f"{W}pPr/{W}rPr")
        if mark is not None and (mark.find(W + "del") is not None or mark.find(W + "moveFrom") is not None):
            # The end of this paragraph was deleted: what is left of it runs into the next one.
            self._carried = words if words.strip() else ""
        elif words.strip() or not (toggle(mark, "vanish") or self._styles.hidden(style)):
            label = self._numbering.label(paragraph)
            if words.strip():
                contents = self._styles.is_contents(style)
                heading = self._styles.is_heading(style) and not contents
                # A label without a space after it ("CHƯƠNG I") is often followed by a line break: that break stays.
                said = label + (words.strip() if label.endswith(" ") else words.strip(" \t").rstrip())
                yield Block(said.strip(), heading=heading, note=note or contents)
        for box in boxes:
            yield from self.blocks(box, note=True)

    def _inline(self, node: etree._Element, hidden: bool, boxes: list[etree._Element], within: _Field) -> Iterator[str]:
        """Yield the words of a paragraph as accepted; text boxes are set aside."""
        for child in node:
            tag = child.tag
            if not isinstance(tag, str):
                continue
            if tag == W + "instrText":
                within.instruct(child.text or "")
            elif tag in _OUT:
                continue
            elif tag == W + "fldChar":
                within.turn(child.get(W + "fldCharType") or "")
            elif tag == W + "fldSimple" and _COUNTED.match(child.get(W + "instr") or ""):
                continue
            elif tag == W + "r":
                if not self._is_hidden(child, hidden):
                    words = "".join(self._inline(child, hidden, boxes, within))
                    yield self._fonts.read(_font(child, self._styles), words) if self._fonts.old else words
            elif tag == W + "txbxContent":
                boxes.append(child)
            elif tag == _MC + "AlternateContent":
                yield from self._inline(_chosen(child), hidden, boxes, within)
            elif within.silent:
                continue
            elif tag in {W + "t", _MATH + "t"}:
                yield child.text or ""
            elif tag in _BREAKS:
                yield _BREAKS[tag]
            elif tag == W + "sym":
                letter = chr(code_point(child.get(W + "char")))
                yield letter if not "\ue000" <= letter <= "\uf8ff" else "•"
            else:
                yield from self._inline(child, hidden, boxes, within)

    def _is_hidden(self, run: etree._Element, hidden: bool) -> bool:
        own = run.find(W + "rPr")
        said = toggle(own, "vanish")
        if said is None and own is not None and own.find(W + "rStyle") is not None:
            said = self._styles.hidden(value(own.find(W + "rStyle"))) or None
        return hidden if said is None else said

    def _table(self, table: etree._Element, note: bool) -> Iterator[Block]:
        """Yield a row a block; a table of one column only frames its paragraphs and is read as if it were not there."""
        rows = list(_below(table, W + "tr"))
        if all(len(list(_below(row, W + "tc"))) <= 1 for row in rows):
            for row in rows:
                if not _is_deleted(row):
                    for cell in _below(row, W + "tc"):
                        yield from self.blocks(cell, note)
            return
        self._tables += 1
        index = self._tables - 1
        boxes: list[Block] = []
        found = [
            Row(tuple(self._cells(row, boxes)), toggle(row.find(W + "trPr"), "tblHeader"))
            for row in rows
            if not _is_deleted(row)
        ]
        for block in blocks_of(found, index):
            yield block if not note else Block(block.text, note=True)
        yield from boxes

    def _cells(self, row: etree._Element, boxes: list[Block]) -> Iterator[tuple[int, str]]:
        """Yield grid column and words of each cell; a cell merged downwards stands once, in its first row."""
        at = number(value(row.find(f"{W}trPr/{W}gridBefore"))) or 0
        for cell in _below(row, W + "tc"):
            merged = cell.find(f"{W}tcPr/{W}vMerge")
            inside = list(self.blocks(cell))
            boxes.extend(block for block in inside if block.note)
            if merged is None or merged.get(W + "val") == "restart":
                yield at, "\n".join(block.text for block in inside if not block.note)
            at += max(number(value(cell.find(f"{W}tcPr/{W}gridSpan"))) or 1, 1)


class _Field:
    """Where a paragraph stands inside fields; the results of page numbers are no words of the text."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._silent: list[bool] = []

    @property
    def silent(self) -> bool:
        """Whether words here are a page number."""
        return any(self._silent)

    def instruct(self, words: str) -> None:
        """Take in a piece of the instruction of the innermost field."""
        if self._open:
            self._open[-1] += words

    def turn(self, kind: str) -> None:
        """Pass the beginning, the middle or the end of a field."""
        if kind == "begin":
            self._open.append("")
            self._silent.append(False)
        elif kind == "separate" and self._open:
            self._silent[-1] = _COUNTED.match(self._open[-1]) is not None
        elif kind == "end" and self._open:
            self._open.pop()
            self._silent.pop()


def _chosen(alternatives: etree._Element) -> etree._Element:
    """Return the one of several stored forms of the same thing that Word itself would show."""
    choice = alternatives.find(_MC + "Choice")
    fallback = alternatives.find(_MC + "Fallback")
    if choice is not None and (next(choice.iter(W + "t"), None) is not None or fallback is None):
        return choice
    return fallback if fallback is not None else alternatives


def _below(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield rows or cells of a table, through content controls, not those of tables inside."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in {W + "sdt", W + "sdtContent", W + "ins", W + "customXml"}:
            yield from _below(child, tag)


def _is_deleted(row: etree._Element) -> bool:
    return row.find(f"{W}trPr/{W}del") is not None


def code_point(text: str | None) -> int:
    """Return a code point written in hexadecimal, U+FFFD where it is misspelt."""
    try:
        point = int(text or "", 16)
    except ValueError:
        return 0xFFFD
    return point if 0 < point < 0xD800 or 0xE000 <= point < 0x110000 else 0xFFFD
