"""What every reader returns, and what the rest of the program knows of a document.

A reader turns bytes into a :class:`Reading`. For forms made of parts (docx, pdf) these are blocks in reading
order, and :func:`compose` joins them into the text. Plain texts and items already are a text that may not be
altered, so there :func:`find_blocks` finds the blocks in it. Either way a :class:`Document` holds the NFC text
all offsets of a record point into, and blocks with their places in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, Protocol
from unicodedata import normalize

from auditor.documents.limits import Limits

Kind = Literal["regulation", "article"]
Field = Literal["title", "body", "caption"]
BLOCK_BREAK = "\n\n"
CELL_BREAK = " | "
_BLANK_LINE = re.compile(r"(?:\r\n|[\n\r\u2028])[^\S\n\r]*(?:\r\n|[\n\r\u2028])\s*|[\f\u2029]\s*")


@dataclass(frozen=True, slots=True)
class Word:
    """One word recognised in a picture.

    Attributes:
        page: page of the source counted from 1.
        box: left, top, right and bottom in fractions of the page as it came, from its upper left corner.
        confidence: how sure the recognition is, between 0.0 and 1.0.
        start: code-point offset of the word in the text of its block.
    """

    text: str
    page: int
    box: tuple[float, float, float, float]
    confidence: float
    start: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item or table row, as a reader of the page sees it.

    Attributes:
        text: the words, numbering rendered ("Điều 1. …", "a) …"); cells of a table row joined by ``CELL_BREAK``.
        page: page of the source counted from 1, None where the form has no pages.
        heading: the source marks it as a heading (a style, a tag); to know one by its words is the outline's work.
        table: index of the table this row belongs to, counted from 0, None outside tables.
        columns: for a table row, the grid column of each cell counted from 0; empty when the cells simply count up.
        header: this row is the header of its table.
        field: which field of an article it is.
        note: it stands beside the running text (text box, footnote, page header): it is read,
            but never opens or closes an article, clause or list.
        words: where each word stands in the picture, for blocks that were recognised; empty for blocks that were read.
    """

    text: str
    page: int | None = None
    heading: bool = False
    table: int | None = None
    columns: tuple[int, ...] = ()
    header: bool = False
    field: Field = "body"
    note: bool = False
    words: tuple[Word, ...] = ()

    def with_text(self, text: str) -> Block:
        """Return the same block with other words."""
        return replace(self, text=text)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader found in one file, before it becomes a document.

    Attributes:
        form: the form found by looking into the bytes, for example ``docx`` or ``pdf``.
        blocks: the blocks that make up the text; empty when ``text`` is given.
        text: the text exactly as it stands in the file, for forms whose text may not be altered (txt).
        encoding: ``unicode``, or the legacy encoding the text was converted from.
        ocr_confidence: mean confidence of the words recognised in pictures, None where all was read as text.
        warnings: pairs of code (GA2xx) and Vietnamese message about what could be read only in part.
    """

    form: str
    blocks: tuple[Block, ...] = ()
    text: str | None = None
    encoding: str = "unicode"
    title: str | None = None
    published: date | None = None
    byline: str | None = None
    section: str | None = None
    outlet: str | None = None
    ocr_confidence: float | None = None
    warnings: tuple[tuple[str, str], ...] = ()


Progress = Callable[[str, int, int], None]
"""Told while pages are recognised: the name of the file, pages done, pages to do."""


class Reader(Protocol):
    """Read one form.

    Raises:
        DocumentError: the bytes are damaged, encrypted, empty or hold no text.
    """

    def __call__(self, data: bytes, name: str, limits: Limits) -> Reading:
        """Read all bytes of a file within the limits; its name is for messages only."""
        ...


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document came from; the ``source`` of an audit record."""

    path: str
    form: str
    sha256: str
    encoding: str = "unicode"
    ocr: bool = False
    ocr_confidence: float | None = None


@dataclass(frozen=True, slots=True)
class PlacedBlock:
    """A block and its half-open code-point offsets in the text of its document."""

    block: Block
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """One document, ready to be audited.

    Attributes:
        id: the path as given, ``ZIP!MEMBER``, or the id of an item.
        text: NFC text; blocks joined by one blank line.
        blocks: the blocks with their offsets, in order, not overlapping.
    """

    id: str
    kind: Kind
    text: str
    blocks: tuple[PlacedBlock, ...]
    source: Source
    title: str | None = None
    published: date | None = None
    outlet: str | None = None
    unit: str | None = None
    section: str | None = None
    byline: str | None = None
    url: str | None = None
    genre: str | None = None
    warnings: tuple[tuple[str, str], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An input that cannot be audited, with its reason: a first-class result, never a log line."""

    id: str
    path: str
    code: str
    message: str
    form: str = "unknown"
    sha256: str = ""
    kind: Kind | None = None


Input = Document | Unreadable


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an item file, unparsed.

    Attributes:
        path: path of the file.
        number: place of the line in it, counted from 1.
        data: its bytes without the line end.
        whole: False where the line is longer than the limit, and ``data`` only its beginning.
    """

    path: str
    number: int
    data: bytes
    whole: bool = True

    @property
    def name(self) -> str:
        """What the line is called as long as nobody knows the id in it."""
        return f"{self.path}#{self.number}"


@dataclass(frozen=True, slots=True)
class File:
    """One file, unread.

    Attributes:
        name: its path as given, or ``ZIP!MEMBER``.
        data: its bytes, None for a file that is opened only when it is read.
        depth: how many archives deep it would lie if it were one.
    """

    name: str
    data: bytes | None = None
    depth: int = 1


Raw = Line | File | Unreadable
"""One thing that lies in a folder, an archive or an item file, found but not yet read."""


def compose(blocks: Iterable[Block]) -> tuple[str, tuple[PlacedBlock, ...]]:
    """Join blocks into one NFC text and place each block in it.

    Returns:
        The text, and the blocks that are not blank with their offsets.
    """
    placed: list[PlacedBlock] = []
    parts: list[str] = []
    at = 0
    for block in blocks:
        words = normalize("NFC", block.text).strip()
        if not words:
            continue
        if parts:
            at += len(BLOCK_BREAK)
        placed.append(PlacedBlock(block.with_text(words), at, at + len(words)))
        parts.append(words)
        at += len(words)
    return BLOCK_BREAK.join(parts), tuple(placed)


def place_words(words: Sequence[Word], text: str) -> tuple[Word, ...]:
    """Find recognised words in the text they were joined into; a hyphen at the end of a line may be gone."""
    placed: list[Word] = []
    at = 0
    for word in words:
        start = text.find(word.text, at)
        if start < 0:
            word = replace(word, text=word.text.rstrip("-"))
            start = text.find(word.text, at) if word.text else -1
        if start >= 0:
            placed.append(replace(word, start=start))
            at = start + len(word.text)
    return tuple(placed)


def find_blocks(text: str, *, field: Field = "body", offset: int = 0) -> tuple[PlacedBlock, ...]:
    """Find the paragraphs of a text that is not to be altered; blank lines separate them.

    Args:
        text: NFC text.
        field: the field all of it belongs to.
        offset: where ``text`` begins in the text of the document.

    Returns:
        Blocks that are exact slices of the text without white space at their ends; single newlines stay inside.
    """
    placed: list[PlacedBlock] = []
    start = 0
    for end, following in [*((m.start(), m.end()) for m in _BLANK_LINE.finditer(text)), (len(text), len(text))]:
        words = text[start:end]
        left = start + len(words) - len(words.lstrip())
        words = words.strip()
        if words:
            placed.append(PlacedBlock(Block(words, field=field), offset + left, offset + left + len(words)))
        start = following
    return tuple(placed)


def document_of(text: str, *, id: str = "text", kind: Kind = "regulation") -> Document:
    """Return bare NFC text as a document."""
    return Document(id, kind, text, find_blocks(text), Source(id, "txt", ""))


def compose_fields(fields: Iterable[tuple[Field, str]]) -> tuple[str, tuple[PlacedBlock, ...]]:
    """Join the fields of an item by one blank line, altering nothing but to NFC.

    Returns:
        The text, and the paragraphs found in each field with their offsets.
    """
    parts: list[str] = []
    placed: list[PlacedBlock] = []
    at = 0
    for name, words in fields:
        part = normalize("NFC", words)
        if parts:
            at += len(BLOCK_BREAK)
        placed.extend(find_blocks(part, field=name, offset=at))
        parts.append(part)
        at += len(part)
    return BLOCK_BREAK.join(parts), tuple(placed)
