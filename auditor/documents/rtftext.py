"""One flow of an rtf file (the body, a footnote, a header): its paragraphs and the rows of its tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from auditor.documents.interface import Block
from auditor.documents.legacy import Fonts
from auditor.documents.tables import Row, blocks_of


@dataclass(slots=True)
class Paragraph:
    """Runs of font name and words, and what is known of them."""

    runs: list[tuple[str, str]] = field(default_factory=list)
    heading: bool = False
    in_table: bool = False

    def joined(self) -> Iterator[tuple[str, str]]:
        """Yield font and words, pieces of one font joined."""
        for font, pieces in groupby(self.runs, key=itemgetter(0)):
            yield font, "".join(words for _, words in pieces)

    def text(self, fonts: Fonts) -> str:
        """Return the words, old letters read and halves of one character joined."""
        words = "".join(fonts.read(font, words) for font, words in self.joined())
        return words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


@dataclass(slots=True)
class _Cell:
    """A cell as a row defines it: its right edge in twips, and whether it continues the one to the left or above."""

    edge: int
    left: bool
    above: bool


@dataclass(slots=True)
class _Row:
    cells: list[list[Paragraph]]
    shape: list[_Cell]
    header: bool | None


class Flow:
    """Paragraphs and rows in reading order."""

    def __init__(self) -> None:
        self.paragraph = Paragraph()
        self._parts: list[Paragraph | _Row] = []
        self._cell: list[Paragraph] = []
        self._cells: list[list[Paragraph]] = []
        self._shape: list[_Cell] = []
        self._header: bool | None = None
        self._left = self._above = False

    def say(self, font: str, words: str) -> None:
        """Add words to the paragraph that is open."""
        self.paragraph.runs.append((font, words))

    def word(self, word: str, number: int | None) -> None:
        """Take in a control word that ends a paragraph, a cell or a row, or shapes one."""
        match word:
            case "par" | "sect" | "page" | "column":
                self._close(keep=word == "par")
            case "pard":
                self.paragraph.in_table = self.paragraph.heading = False
            case "intbl":
                self.paragraph.in_table = True
            case "cell":
                self.paragraph.in_table = True
                self._close()
                self._cells.append(self._cell)
                self._cell = []
            case "nestcell" | "nestrow":
                self.paragraph.in_table = True
                self._close()
            case "row":
                self._end_row()
            case "trowd":
                self._shape, self._header, self._left, self._above = [], None, False, False
            case "trhdr":
                self._header = True
            case "clmrg":
                self._left = True
            case "clvmrg":
                self._above = True
            case "cellx":
                self._shape.append(_Cell(number or 0, self._left, self._above))
                self._left = self._above = False

    def end(self) -> None:
        """Close whatever is open at the end of the flow."""
        self._close()
        if self._cell or self._cells:
            self._end_row()

    def runs(self) -> Iterator[tuple[str, str]]:
        """Yield font and words of every run."""
        for part in self._parts:
            paragraphs = [part] if isinstance(part, Paragraph) else [one for cell in part.cells for one in cell]
            for paragraph in paragraphs:
                yield from paragraph.joined()

    def blocks(self, fonts: Fonts) -> Iterator[Block]:
        """Yield the blocks of the flow."""
        table = 0
        rows: list[_Row] = []
        for part in (*self._parts, None):
            if isinstance(part, _Row):
                rows.append(part)
                continue
            if rows:
                framed = all(len(row.cells) <= 1 for row in rows)
                yield from _framed(rows, fonts) if framed else blocks_of(_grid(rows, fonts), table)
                table += not framed
                rows = []
            if part is not None and (words := part.text(fonts).strip()):
                yield Block(words, heading=part.heading)

    def _close(self, *, keep: bool = True) -> None:
        """End the paragraph; the next one begins with the same properties."""
        before = self.paragraph
        self.paragraph = Paragraph(heading=before.heading and keep, in_table=before.in_table)
        if before.in_table:
            if before.runs:
                self._cell.append(before)
            return
        if self._cells:
            self._end_row()
        self._parts.append(before)

    def _end_row(self) -> None:
        if self._cell:
            self._cells.append(self._cell)
        if self._cells:
            self._parts.append(_Row(self._cells, self._shape, self._header))
        self._cell, self._cells = [], []


def _framed(rows: Sequence[_Row], fonts: Fonts) -> Iterator[Block]:
    """Yield the paragraphs of a table of one column, which only frames them."""
    for row in rows:
        for cell in row.cells:
            for paragraph in cell:
                if words := paragraph.text(fonts).strip():
                    yield Block(words, heading=paragraph.heading)


def _grid(rows: Sequence[_Row], fonts: Fonts) -> list[Row]:
    """Place cells on the grid all rows share; merged cells stand once."""
    edges = sorted({0, *(cell.edge for row in rows for cell in row.shape)})
    column = {edge: at for at, edge in enumerate(edges)}
    found: list[Row] = []
    for row in rows:
        cells: list[tuple[int, str]] = []
        start = 0
        for at, paragraphs in enumerate(row.cells):
            shape = row.shape[at] if at < len(row.shape) else None
            words = "\n".join(text for one in paragraphs if (text := one.text(fonts).strip()))
            if shape is None or not (shape.left or shape.above):
                cells.append((start if shape is not None else at, words))
            start = column[shape.edge] if shape is not None else start + 1
        found.append(Row(tuple(cells), row.header))
    return found
