"""Units of a document: lines and items that each begin something, before their order is understood.

In plain text single newlines are ambiguous. A line that opens with a mark begins a unit; any other line continues the
one before if that was too full for its first word (hard-wrapped text), or if the sentence plainly runs on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from auditor.documents.headings import is_capital
from auditor.documents.interface import Block, Document, PlacedBlock
from auditor.documents.marks import Level, Mark, follows, mark_at
from auditor.text import trim

_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_RUNS_ON = re.compile(
    r"(?:,|\b(?:tại|theo|của|và|hoặc|với|khoản|điểm|điều|khoản\s+\d+|điểm\s+[a-zđ]|các|những|về|cho|là|do|từ|đến))$",
    re.IGNORECASE,
)
_ENDS = '.;:!?…”"’»'
_LETTER = re.compile(r"(?<=[:;,.])\s+\(?([a-zđ])\)\s*(?=\S)")
_NUMBER = re.compile(r"(?<=[:;.])\s+(?:\((\d{1,2})\)\s*|(\d{1,2})\)\s*|(\d{1,2})\.\s+)(?=[^\W\d_]|[\"“])")
_DASH = re.compile(r"(?<=[:;.])\s*([-–—•+])\s+(?=[^\W_]|[\"“])")
_HEAD = re.compile(r"(?<=[.;:!?])\s+(?=Điều\s+\d{1,3}\s?[.:]\s+[^\W\d_]|(?:CHƯƠNG|Chương)\s+[IVXLC]+\b)")


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of text that begins something.

    Attributes:
        start: offset into the document's text; white space at both ends is left out.
        end: half-open end.
        block: the block it stands in.
        paragraph: number of its paragraph in the document, counted from 1.
        mark: the label it begins with.
    """

    start: int
    end: int
    block: PlacedBlock
    paragraph: int
    mark: Mark | None = None

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table."""
        return self.block.block.table is not None

    def words(self, text: str) -> str:
        """Return its words without the label."""
        return text[self.mark.end if self.mark is not None else self.start : self.end]


def units(document: Document) -> list[Unit]:
    """Cut a document into units, in order; every character that is not blank falls into exactly one."""
    text = document.text
    width = _width(document)
    listed = document.kind == "regulation"
    found: list[Unit] = []
    paragraph = 0
    for block in _whole(document):
        if block.block.table is not None:
            paragraph += 1
            found.append(Unit(*trim(text, block.start, block.end), block, paragraph))
            continue
        for start, end in _paragraphs(text, block, width):
            paragraph += 1
            for first, last in _items(text, start, end, listed):
                mark = mark_at(text, first, last)
                found.append(Unit(first, last, block, paragraph, mark if _is_allowed(mark, listed) else None))
    return found


def _is_allowed(mark: Mark | None, listed: bool) -> bool:
    """In an article only lists count: its words cite chapters and articles, they do not have any."""
    return mark is not None and (listed or mark.level >= Level.CLAUSE)


def _whole(document: Document) -> Iterator[PlacedBlock]:
    """Yield the blocks, and as plain ones whatever stands between them."""
    at = 0
    for block in document.blocks:
        yield from _gap(document, at, block.start)
        if not document.text[block.start : block.end].isspace() and block.start < block.end:
            yield block
        at = max(at, block.end)
    yield from _gap(document, at, len(document.text))


def _gap(document: Document, start: int, end: int) -> Iterator[PlacedBlock]:
    start, end = trim(document.text, start, end)
    if start < end:
        yield PlacedBlock(Block(document.text[start:end]), start, end)


def _width(document: Document) -> int | None:
    """Find the width at which a text was hard-wrapped, in letters; None where it was not."""
    lengths = sorted(
        len(line)
        for block in document.blocks
        if block.block.table is None
        for line in _BREAK.split(document.text[block.start : block.end])
        if line.strip()
    )
    if len(lengths) < 4:
        return None
    widest = lengths[-1]
    full = sum(1 for length in lengths if length > 0.8 * widest)
    return widest if 30 <= widest <= 130 and full >= max(3, 0.25 * len(lengths)) else None


def _paragraphs(text: str, block: PlacedBlock, width: int | None) -> Iterator[tuple[int, int]]:
    """Yield the paragraphs of a block, wrapped lines joined."""
    lines: list[tuple[int, int]] = []
    at = block.start
    for match in _BREAK.finditer(text, block.start, block.end):
        lines.append((at, match.start()))
        at = match.end()
    lines.append((at, block.end))
    solid = [trimmed for line in lines if (trimmed := trim(text, *line))[0] < trimmed[1]]
    start: int | None = None
    last: tuple[int, int] | None = None
    for line in solid:
        if last is not None and start is not None and _begins(text, last, line, width):
            yield start, last[1]
            start = None
        start = line[0] if start is None else start
        last = line
    if start is not None and last is not None:
        yield start, last[1]


def _begins(text: str, last: tuple[int, int], line: tuple[int, int], width: int | None) -> bool:
    """Tell whether a line begins a paragraph of its own."""
    before, after = text[last[0] : last[1]], text[line[0] : line[1]]
    runs_on = _RUNS_ON.search(before) is not None
    mark = mark_at(text, *line)
    if mark is not None:
        return not (runs_on and mark.level <= Level.ARTICLE and not before.endswith(","))
    if before[-1] not in _ENDS and (after[0].islower() or runs_on):
        return is_capital(before) and not runs_on
    if width is None or is_capital(before) != is_capital(after):
        return True
    return len(before) + 1 + len(after.split(None, 1)[0]) <= 0.92 * width


def _items(text: str, start: int, end: int, listed: bool) -> Iterator[tuple[int, int]]:
    """Cut a paragraph before articles, numbers, letters and dashes that stand inside it."""
    cuts = [match.end() for match in _HEAD.finditer(text, start, end)] if listed else []
    for finder in (_numbers, _letters, _dashes):
        edges = [start, *cuts, end]
        cuts = sorted({*cuts, *(cut for a, b in pairwise(edges) for cut in finder(text, a, b))})
    edges = [start, *cuts, end]
    for a, b in pairwise(edges):
        first, last = trim(text, a, b)
        if first < last:
            yield first, last


def _numbers(text: str, start: int, end: int) -> list[int]:
    cuts: list[int] = []
    style = 0
    for match in _NUMBER.finditer(text, start, end):
        form = match.lastindex or 0
        if form == 3 and not text[match.end()].isupper() and text[match.end()] not in '"“':
            continue
        number = int(match.group(form))
        if number == 1 and not cuts:
            style = form
        elif not cuts or form != style:
            continue
        if number == len(cuts) + 1:
            cuts.append(match.end() - len(match.group().lstrip()))
    return cuts if len(cuts) > 1 else []


def _letters(text: str, start: int, end: int) -> list[int]:
    cuts: list[int] = []
    last = ""
    opening = mark_at(text, *trim(text, start, end)) if text[start:end].strip() else None
    if opening is not None and opening.level is Level.POINT and opening.number:
        last = opening.number
    begun = bool(last)
    for match in _LETTER.finditer(text, start, end):
        letter = match.group(1)
        if (letter == "a" and not last) or (last and follows(letter, last)):
            cuts.append(match.end() - len(match.group().lstrip()))
            last = letter
    return cuts if len(cuts) > (0 if begun else 1) else []


def _dashes(text: str, start: int, end: int) -> list[int]:
    found = list(_DASH.finditer(text, start, end))
    opening = mark_at(text, *trim(text, start, end)) if text[start:end].strip() else None
    begun = opening is not None and opening.level is Level.DASH
    while found and not begun and text[found[0].start() - 1] != ":":
        found.pop(0)
    found = [match for match in found if text[match.start() - 1] != "." or match.group().startswith((" ", "\t"))]
    return [match.start(1) for match in found] if len(found) > (0 if begun else 1) else []
