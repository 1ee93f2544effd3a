"""Rows of a table, whatever the form: which row is the header, and how a row becomes a block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from auditor.documents.interface import CELL_BREAK, Block, Word, place_words

HEADER_LETTERS = 60


@dataclass(frozen=True, slots=True)
class Row:
    """A row as read.

    Attributes:
        cells: pairs of grid column (counted from 0) and words; a merged cell stands once, where it begins.
        header: the source marks the row as a header, None where it says nothing.
        page: page counted from 1, where the form has pages.
        words: the words of all cells in order, where they were recognised in a picture.
    """

    cells: tuple[tuple[int, str], ...]
    header: bool | None = None
    page: int | None = None
    words: tuple[Word, ...] = ()


def blocks_of(rows: Sequence[Row], table: int) -> Iterator[Block]:
    """Yield one block for each row that is not blank; the header row is marked.

    Args:
        rows: rows of one table in order.
        table: index of the table in its document.
    """
    filled = [replace(row, cells=tuple((at, words) for at, words in row.cells if words.strip())) for row in rows]
    filled = [row for row in filled if row.cells]
    first = _header_rows(filled)
    for index, row in enumerate(filled):
        columns = tuple(at for at, _ in row.cells)
        text = CELL_BREAK.join(words.replace(CELL_BREAK, " ¦ ") for _, words in row.cells)
        yield Block(
            text,
            page=row.page,
            table=table,
            columns=() if columns == tuple(range(len(columns))) else columns,
            header=index < first,
            words=place_words(row.words, text),
        )


def _header_rows(rows: Sequence[Row]) -> int:
    """Count the header rows: those marked, else the first if its cells are short labels above fuller rows."""
    marked = 0
    while marked < len(rows) and rows[marked].header:
        marked += 1
    if marked:
        return marked if marked < len(rows) else 0
    if len(rows) < 2 or len(rows[0].cells) < 2:
        return 0
    labels = [words.strip() for _, words in rows[0].cells]
    below = rows[1].cells
    looks = all(
        len(words) <= HEADER_LETTERS and "\n" not in words and words[-1] not in ".;:" and not words[0].isdigit()
        for words in labels
    )
    return 1 if looks and len(below) >= 2 and len({words.lower() for words in labels}) == len(labels) else 0
