"""An element of a web page becomes blocks, as a browser would draw it: paragraphs, list numbers, rows of tables."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from unicodedata import normalize

from lxml import etree

from auditor.documents.codes import Code, trouble
from auditor.documents.interface import Block, Field
from auditor.documents.legacy import joined
from auditor.documents.limits import Limits
from auditor.documents.numbering import written
from auditor.documents.styles import number
from auditor.documents.tables import Row, blocks_of

SKIPPED = frozenset(
    {
        "script", "style", "noscript", "template", "head", "iframe", "object", "embed", "svg", "canvas", "math",
        "button", "input", "select", "textarea", "option", "datalist", "video", "audio", "map", "del", "rp",
        "rt", "applet", "frameset",
    }
)  # fmt: skip
_BLOCKS = frozenset(
    {
        "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "pre",
        "table", "tr", "td", "th", "tbody", "thead", "tfoot", "caption", "section", "article", "main", "header",
        "footer", "nav", "aside", "figure", "figcaption", "center", "address", "form", "fieldset", "hr", "body",
        "html", "details", "summary", "legend", "dir", "menu",
    }
)  # fmt: skip
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_NO_TEXT = re.compile(r"mso-element\s*:\s*(?:comment|header|footer)", re.IGNORECASE)
_FONT = re.compile(r"font-family\s*:\s*([^;}]+)|font\s*:[^;}]*?(['\"]?\.?vn[^;},]+)", re.IGNORECASE)
_SELECTOR = re.compile(r"\s*([a-z][a-z0-9]*)?(?:\.([\w-]+))?\s*", re.IGNORECASE)
_LIST_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_NO_NUMBERS = re.compile(r"list-style(?:-type)?\s*:\s*none", re.IGNORECASE)
_CAPTION = re.compile(r"caption|chu-?thich|pcaption|image-?desc|photo-?desc|desc-?image", re.IGNORECASE)
_BREAK = "\v"
PROSE_LETTERS = 40
MOST_COLUMNS = 200
MOST_STYLE = 2_000
MOST_STYLES = 200_000


@dataclass(frozen=True, slots=True)
class Found:
    """A block, the element it stands in, the share of its letters that are links, and how many links these are."""

    block: Block
    element: etree._Element
    linked: float
    links: int = 0

    @property
    def prose(self) -> int:
        """Letters of running text, 0 where it is none."""
        words = self.block.text
        return len(words) if len(words) >= PROSE_LETTERS and self.linked < 0.5 else 0


class Fonts:
    """Which font the style sheets of a page give to a tag or class."""

    def __init__(self, root: etree._Element) -> None:
        self._named: dict[tuple[str, str], str] = {}
        for sheet in root.iter("style"):
            for rule in (sheet.text or "")[:MOST_STYLES].split("}"):
                before, _, body = rule.rpartition("{")
                font = _FONT.search(body[:MOST_STYLE])
                for selector in before.rpartition("{")[2].split(",") if font else ():
                    match = _SELECTOR.fullmatch(selector)
                    if match and font:
                        self._named[((match[1] or "").lower(), match[2] or "")] = font[1] or font[2]

    def of(self, node: etree._Element) -> str | None:
        """Return the font an element sets."""
        face = node.get("face") if node.tag == "font" else None
        own = _FONT.search(_style(node))
        if face or own:
            return face or (own and (own[1] or own[2])) or None
        tag = str(node.tag)
        for name in (node.get("class") or "").split():
            found = self._named.get((tag, name)) or self._named.get(("", name))
            if found:
                return found
        return self._named.get((tag, ""))


@dataclass(frozen=True, slots=True)
class _Within:
    """What an element hands on to those inside it."""

    font: str = ""
    linked: bool = False
    heading: bool = False
    field: Field = "body"
    pre: bool = False
    depth: int = 0


class Walker:
    """Walks an element in reading order.

    Args:
        fonts: fonts of the page.
        say: gets font and words of every run, gives the words as they are to stand.
    """

    def __init__(self, fonts: Fonts, say: Callable[[str, str], str], limits: Limits) -> None:
        self._fonts = fonts
        self._say = say
        self._limits = limits
        self._check = limits.clock()
        self._tables = 0
        self._pieces: list[tuple[str, str, bool]] = []
        self._label = ""
        self._counts: dict[etree._Element, int] = {}
        self.found: list[Found] = []

    def walk(self, node: etree._Element) -> list[Found]:
        """Return the blocks of an element in reading order.

        Raises:
            DocumentError: GA209 too slow, GA218 nested too deep.
        """
        self._element(node, _Within())
        self._flush(node, _Within())
        return self.found

    def _element(self, node: etree._Element, within: _Within) -> None:
        tag = node.tag
        if not isinstance(tag, str) or tag in SKIPPED or is_hidden(node):
            return
        if within.depth > self._limits.nesting:
            raise trouble(Code.DEEP_XML)
        if tag == "br":
            self._pieces.append((within.font, _BREAK, within.linked))
            return
        inner = self._inside(node, tag, within)
        block = tag in _BLOCKS or inner.field != within.field
        if block:
            self._check()
            above = node.getparent()
            self._flush(node if above is None else above, within)
        if tag == "table" and not is_layout(node):
            self._table(node)
            return
        if tag == "li":
            self._label = self._number(node)
        self._text(node.text, inner)
        for child in node:
            self._element(child, inner)
            self._text(child.tail, inner)
        if block:
            self._flush(node, inner)
            self._label = "" if tag in {"li", "ol", "ul"} else self._label

    def _inside(self, node: etree._Element, tag: str, within: _Within) -> _Within:
        captioned = tag == "figcaption" or _CAPTION.search(node.get("class") or "") is not None
        return replace(
            within,
            font=self._fonts.of(node) or within.font,
            linked=within.linked or (tag == "a" and not (node.get("href") or "#").startswith("#")),
            heading=within.heading or tag in _HEADINGS,
            field="caption" if captioned else within.field,
            pre=within.pre or tag == "pre",
            depth=within.depth + 1,
        )

    def _text(self, words: str | None, within: _Within) -> None:
        if words:
            words = words.replace("\r\n", "\n").replace("\n", _BREAK) if within.pre else words.replace(_BREAK, " ")
            self._pieces.append((within.font, words, within.linked))

    def _flush(self, node: etree._Element, within: _Within) -> None:
        """End the block that is open; two line breaks end one too."""
        pieces, self._pieces = self._pieces, []
        if not pieces:
            return
        linked = sum(len(words.strip()) for _, words, link in pieces if link)
        links = sum(1 for _, words, link in pieces if link and words.strip())
        solid = sum(len(words.strip()) for _, words, _ in pieces)
        words = "".join(self._say(font, words) for font, words in joined(piece[:2] for piece in pieces))
        parts = [part for part in re.split(rf"{_BREAK}\s*{_BREAK}[\s{_BREAK}]*", words) if part.strip()]
        for part in parts:
            lines = (" ".join(line.split()) for line in part.split(_BREAK))
            text = normalize("NFC", "\n".join(line for line in lines if line))
            block = Block(self._label + text, heading=within.heading, field=within.field)
            self._label = ""
            self.found.append(Found(block, node, linked / max(solid, 1) if len(parts) == 1 else 0.0, links))

    def _number(self, item: etree._Element) -> str:
        """Draw the number of a list item."""
        above = item.getparent()
        if above is None or above.tag != "ol" or _NO_NUMBERS.search(_style(above)):
            return ""
        start, own = number(above.get("start")), number(item.get("value"))
        at = self._counts.get(above, (1 if start is None else start) - 1) + 1 if own is None else own
        self._counts[above] = at
        return f"{written(at, _LIST_FORMS.get(above.get('type') or '', 'decimal'))}. "

    def _table(self, table: etree._Element) -> None:
        """Add a block a row; cells keep their column, a cell that spans rows stands in its first."""
        rows: list[Row] = []
        taken: dict[int, int] = {}
        nodes = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
        linked = 0.0
        for node in nodes:
            self._check()
            cells: list[tuple[int, str]] = []
            at = 0
            heads = 0
            taken = {column: left - 1 for column, left in taken.items() if left > 1}
            for cell in node.iterchildren("td", "th"):
                while at in taken and at < MOST_COLUMNS:
                    at += 1
                inner = Walker(self._fonts, self._say, self._limits)
                found = inner.walk(cell)
                linked += sum(one.linked for one in found)
                cells.append((at, "\n".join(one.block.text for one in found)))
                heads += cell.tag == "th"
                span = min(max(number(cell.get("colspan")) or 1, 1), MOST_COLUMNS)
                down = min(max(number(cell.get("rowspan")) or 1, 1), len(nodes))
                taken |= {column: down for column in range(at, min(at + span, MOST_COLUMNS)) if down > 1}
                at += span
            above = node.getparent()
            head = above is not None and above.tag == "thead"
            rows.append(Row(tuple(cells), True if head or (cells and heads == len(cells)) else None))
        share = linked / max(sum(len(row.cells) for row in rows), 1)
        self.found.extend(Found(block, table, share) for block in blocks_of(rows, self._tables))
        self._tables += 1


def _style(node: etree._Element) -> str:
    return (node.get("style") or "")[:MOST_STYLE]


def words_in(node: etree._Element) -> str:
    """Return all words under an element."""
    return "".join(str(words) for words in node.itertext()).strip()


def is_hidden(node: etree._Element) -> bool:
    """Tell whether a browser does not draw an element, or Word keeps its comments or page headers in it."""
    style = _style(node)
    return (
        node.get("hidden") is not None
        or node.get("aria-hidden") == "true"
        or _HIDDEN.search(style) is not None
        or _NO_TEXT.search(style) is not None
        or "msoDel" in (node.get("class") or "").split()
    )


def is_layout(table: etree._Element) -> bool:
    """Tell whether a table only lays out a page: one column, or cells that hold whole texts or other tables."""
    if next(table.iterdescendants("table"), None) is not None:
        return True
    widest = 0
    for row in table.iter("tr"):
        cells = list(row.iterchildren("td", "th"))
        widest = max(widest, len(cells))
        for cell in cells:
            if next(cell.iter("h1"), None) is not None:
                return True
            texts = [len(words_in(one)) for one in cell.iter("p", "div")]
            loose = sum(len((one.tail or "").strip()) > PROSE_LETTERS for one in cell.iter("br"))
            if sum(length > 2 * PROSE_LETTERS for length in texts) + loose >= 3:
                return True
    return widest <= 1
