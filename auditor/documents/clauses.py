"""The values the outline hands out: a clause, its place, its role, the cells of a row."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from auditor.documents.interface import Field

Span = tuple[int, int]
"""Half-open code-point offsets into ``Document.text``."""


class Role(StrEnum):
    """What a clause is for.

    ``heading`` names what follows; ``norm`` says something and is to be judged, in doubt too; ``cell_row`` is a row of
    a table; ``letterhead`` and ``signature`` frame a document and say nothing.
    """

    HEADING = "heading"
    NORM = "norm"
    CELL_ROW = "cell_row"
    LETTERHEAD = "letterhead"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Locator:
    """The place of a clause; parts are bare strings ("II", "7", "đ"), paragraph and page count from 1."""

    part: str | None = None
    chapter: str | None = None
    section: str | None = None
    article: str | None = None
    clause: str | None = None
    point: str | None = None
    paragraph: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row.

    Attributes:
        start: offset into the document's text.
        end: half-open end.
        header: span of the column's header, None where the table has none.
    """

    start: int
    end: int
    header: Span | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause.

    Attributes:
        start: offset into the document's text.
        end: half-open end, before any line break.
        locator: where a reader finds it.
        role: what it is for.
        governed_by: spans of the headings and lead-ins that govern it, outermost first, for a row last its header.
        field: which field of an article it stands in.
        label_end: where the words begin, after "Điều 7.", "a)" or "- "; ``start`` where there is no label.
        cells: the cells of a row.
    """

    start: int
    end: int
    locator: Locator
    role: Role
    governed_by: tuple[Span, ...] = ()
    field: Field = "body"
    label_end: int = 0
    cells: tuple[Cell, ...] = ()
