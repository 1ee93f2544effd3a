"""Tables in a workbook of Excel in which no word of a document can act.

Words are written as words, never as formulas or links, and those that a formula could begin with are marked as
quoted, so that they stay words when somebody edits the cell or saves it as CSV.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import xlsxwriter

from auditor.reports.office.oxml import timeless
from auditor.reports.office.words import legible

Cell = str | int | float | date | None
# No moment of writing in the file: the same value gives the same bytes.
CREATED = datetime(2026, 1, 1)
LONGEST = 32_767  # letters that a cell holds
ACTING = ("=", "+", "-", "@", "\t", "\n")


class Ratio(float):
    """A share between 0 and 1 that is shown as a percentage."""


class Sheets:
    """A workbook that grows sheet by sheet."""

    def __init__(self, book: Any) -> None:
        self.book = book
        look = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
        grid = {**look, "border": 1}
        self._head = book.add_format(
            {**grid, "bold": True, "text_wrap": True, "align": "center", "bg_color": "#E7E6E6"}
        )
        self._title = book.add_format({**look, "bold": True, "font_size": 13})
        self._note = book.add_format({**look, "italic": True})
        self._words = book.add_format({**grid, "text_wrap": True})
        self._quoted = book.add_format({**grid, "text_wrap": True, "quote_prefix": True})
        self._count = book.add_format({**grid, "num_format": "#,##0"})
        self._share = book.add_format({**grid, "num_format": "0.0%"})
        self._day = book.add_format({**grid, "num_format": "dd/mm/yyyy", "align": "center"})

    def table(
        self, name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]], widths: Sequence[float], *,
        title: str = "", notes: Sequence[str] = (),
    ) -> Any:  # fmt: skip
        """Write a sheet: its title and notes, a head that stays in view, rows.

        Args:
            widths: of the columns, in letters.
        """
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        top = 0
        for words, look in ((title, self._title), *((note, self._note) for note in notes)):
            if words:
                sheet.write_string(top, 0, legible(words)[:LONGEST], look)
                top += 1
        for column, words in enumerate(head):
            sheet.write_string(top, column, words, self._head)
        sheet.freeze_panes(top + 1, 0)
        sheet.repeat_rows(top)
        last = top
        for last, row in enumerate(rows, top + 1):
            for column, cell in enumerate(row):
                self._cell(sheet, last, column, cell)
        if last > top:
            sheet.autofilter(top, 0, last, len(head) - 1)
        return sheet

    def _cell(self, sheet: Any, row: int, column: int, cell: Cell) -> None:
        if cell is None:
            sheet.write_blank(row, column, None, self._words)
        elif isinstance(cell, str):
            words = legible(cell)[:LONGEST]
            sheet.write_string(row, column, words, self._quoted if words.startswith(ACTING) else self._words)
        elif isinstance(cell, date):
            # Excel knows no day before 1900.
            if cell.year < 1900:
                sheet.write_string(row, column, f"{cell:%d/%m/%Y}", self._words)
            else:
                sheet.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), self._day)
        else:
            sheet.write_number(row, column, cell, self._share if isinstance(cell, Ratio) else self._count)


class Workbook:
    """The bytes of a workbook once it is closed."""

    data: bytes = b""


@contextmanager
def workbook(title: str) -> Iterator[tuple[Sheets, Workbook]]:
    """Open a workbook; its bytes are there when the block ends."""
    out = io.BytesIO()
    made = Workbook()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": legible(title), "author": "Soát giới", "created": CREATED})
        yield Sheets(book), made
    made.data = timeless(out.getvalue())
