"""Lines of pages become paragraphs: margins out, wrapped lines joined, also over the turn of a page.

A line ends its paragraph when the first word of the next line would still have fitted on it; a line that opens with a
mark ("Điều 5.", "2.", "a)", "–") begins a new one whatever came before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from auditor.documents.interface import Block, place_words
from auditor.documents.layout import Line, Ruled
from auditor.documents.tables import Row, blocks_of

Item = Line | list[Line] | Ruled
MARGIN = 0.09
INDENT = 6.0
_PAGE_NUMBER = re.compile(r"^\W*(?:trang|page)?\W*\d{1,4}(?:\s*(?:/|trên|of)\s*\d{1,4})?\W*$", re.IGNORECASE)
_PRINTED = re.compile(r"^\d{1,2}/\d{1,2}/\d{2,4},? \d{1,2}:\d{2}\b|^https?://\S+(?:\s+\d+/\d+)?$|^about:blank")
_OPENS = re.compile(
    r"(?:điều\s+\d|chương\s+[ivxlc\d]|mục\s+[\divx]|phần\s+(?:thứ|[ivx\d])|khoản\s+\d)|[IVXLC]{1,6}[.)/]\s|\d{1,2}(?:\.\d{1,2})*[.)/]\s"
    r"|\(?[a-zđ]\)\s|[a-zđ]\.\s|[-–—+•●▪◦]\s?\S",
)
_HYPHEN = re.compile("\x02$|[^\\W\\d_]-$")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Page:
    """What one page holds, in reading order; ``height`` in points."""

    number: int
    height: float
    items: tuple[Item, ...]


def blocks_of_pages(pages: Sequence[Page]) -> tuple[Block, ...]:
    """Turn pages into paragraphs and table rows; a paragraph bears the page it begins on."""
    joiner = _Joiner()
    repeated = _repeated(pages)
    for page in pages:
        joiner.turn(page)
        for item in page.items:
            if not _is_margin(item, page, repeated):
                joiner.add(item)
    return tuple(joiner.close())


def _repeated(pages: Sequence[Page]) -> frozenset[str]:
    """Find what stands in the margins of at least half of the pages, page numbers aside."""
    margins = ({_folded(item) for item in page.items if _in_margin(item, page)} for page in pages)
    seen = Counter(words for margin in margins for words in margin)
    return frozenset(words for words, count in seen.items() if count >= 2 and count >= len(pages) / 2)


def _in_margin(item: Item, page: Page) -> bool:
    if isinstance(item, Ruled):
        return False
    line = item[0] if isinstance(item, list) else item
    return line.bottom > page.height * (1 - MARGIN) or line.top < page.height * MARGIN


def _is_margin(item: Item, page: Page, repeated: frozenset[str]) -> bool:
    if not _in_margin(item, page):
        return False
    words = _words(item)
    if _PAGE_NUMBER.match(words) or _PRINTED.match(words):
        return True
    # "Điều 1.", "Điều 2." at the top of two pages are articles, not one header that counts.
    return _folded(item) in repeated and not _OPENS.match(words.lower())


def _words(item: Item) -> str:
    if isinstance(item, Ruled):
        return ""
    return " ".join(line.text for line in item) if isinstance(item, list) else item.text


def _folded(item: Item) -> str:
    return _DIGITS.sub("#", _words(item).lower())


def _is_rest(before: Line, line: Line) -> bool:
    """Tell whether a word or two belong to a centred line above that was too long for its narrow column."""
    return (
        abs(before.left + before.right - line.left - line.right) < 6
        and len(line.text.split()) <= 2 < len(before.text.split())
        and before.text[-1] not in ".;:!?)"
        and line.text[0].isalnum()
        and before.text.isupper() == (line.text.isupper() or (line.text.isdigit() and before.text.isupper()))
        and not _OPENS.match(before.text.lower())
    )


class _Joiner:
    """Takes items one by one and yields blocks."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._open: list[Line] = []
        self._rows: list[Row] = []
        self._began = self._page = 1
        self._turned = False
        self._tables = 0
        self._left = self._right = self._pitch = 0.0

    def turn(self, page: Page) -> None:
        """Go on to the next page."""
        self._page = page.number
        self._turned = True
        lines = [item for item in page.items if isinstance(item, Line)]
        if lines:
            rights = sorted(line.right for line in lines)
            self._left = min(line.left for line in lines)
            self._right = rights[int(0.9 * (len(rights) - 1))]
            steps = [one.bottom - two.bottom for one, two in pairwise(lines)]
            self._pitch = median([step for step in steps if 0 < step < 60] or [0.0])

    def add(self, item: Item) -> None:
        """Take the next item."""
        if isinstance(item, Line):
            self._close_rows()
            if self._open and not self._goes_on(self._open[-1], item):
                self._close_paragraph()
            if not self._open:
                self._began = self._page
            self._open.append(item)
        else:
            self._close_paragraph()
            if isinstance(item, list):
                cells = tuple((at, line.text) for at, line in enumerate(item))
                words = tuple(word for line in item for word in line.words)
                self._rows.append(Row(cells, False, self._page, words))
            else:
                self._close_rows()
                self._table(item.rows)
        self._turned = False

    def close(self) -> list[Block]:
        """End the document."""
        self._close_paragraph()
        self._close_rows()
        return self._blocks

    def _goes_on(self, before: Line, line: Line) -> bool:
        """Tell whether a line continues the open paragraph."""
        if _OPENS.match(line.text) or _OPENS.match(line.text[:1].lower() + line.text[1:]):
            return False
        if before.text[-1] in "-\x02" and line.text[0].islower():
            return True
        open_end = before.text[-1] not in '.;:!?…”"' and line.text[0].islower()
        if self._turned:
            return open_end or (before.text[-1] not in '.;:!?…”"' and self._is_full(before, line))
        step = before.bottom - line.bottom
        if step <= 0:  # the next column
            return open_end
        if abs(line.size - before.size) > 0.15 * before.size or (self._pitch and step > 1.3 * self._pitch):
            return False
        if open_end or _is_rest(before, line):
            return True
        if not self._is_full(before, line):
            return False
        indented = line.left > before.left + INDENT
        both = len(self._open) == 1 and line.left > self._left + INDENT and abs(line.left - before.left) < INDENT
        return not (indented or both) or bool(_OPENS.match(self._open[0].text))

    def _is_full(self, before: Line, line: Line) -> bool:
        return before.right + line.first + 0.25 * line.size > self._right

    def _close_paragraph(self) -> None:
        words = ""
        for line in self._open:
            if line.text[0].islower() and _HYPHEN.search(words):
                words = words[:-1] + line.text
            else:
                words = f"{words} {line.text}" if words else line.text
        if words:
            words = words.replace("\x02", "-")
            seen = place_words([word for line in self._open for word in line.words], words)
            self._blocks.append(Block(words, page=self._began, words=seen))
        self._open = []

    def _close_rows(self) -> None:
        if self._rows:
            rows, self._rows = self._rows, []
            self._table(rows)

    def _table(self, rows: Sequence[Row]) -> None:
        before = self._blocks[-1] if self._blocks else None
        goes_on = self._turned and before is not None and before.table is not None and not self._open
        found = list(blocks_of(rows, self._tables))
        if goes_on and before is not None and found and not found[0].header:
            found = [replace(b, table=before.table) for b in found]
        else:
            self._tables += 1
        self._blocks.extend(found)
