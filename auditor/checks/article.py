"""An article as a newsroom sends it, and the document it becomes.

The document is the same that an item file with the same words gives, so that a check, a scan and the command line
find the same.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date as Date
from typing import Annotated as Valid
from typing import Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from auditor.checks import markup
from auditor.checks.mapped import Mapped, annotated, plain
from auditor.documents.interface import BLOCK_BREAK, Document, Kind, PlacedBlock, Source, find_blocks
from auditor.documents.interface import Field as Part
from auditor.documents.kind import chosen_kind

MOST = 1_000_000
"""Code points of one field of an article."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def _day(value: object) -> object:
    """Refuse what pydantic would also take for a day: seconds since 1970, and moments."""
    if (isinstance(value, str) and _DAY.fullmatch(value)) or value is None or type(value) is Date:
        return value
    raise PydanticCustomError("day", "phải là ngày theo mẫu 2026-05-02")


Day = Valid[Date, BeforeValidator(_day)]
"""A day as programs write it."""


class Article(BaseModel):
    """One article, before publication.

    ``format`` says how ``lead``, ``body`` and ``captions`` are written; the title is always plain text.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(default="article", max_length=200)
    title: str = Field(default="", max_length=10_000)
    lead: str = Field(default="", max_length=MOST)
    body: str = Field(default="", max_length=MOST)
    captions: tuple[str, ...] = Field(default=(), max_length=500)
    format: Literal["text", "html"] = "text"
    byline: str | None = Field(default=None, max_length=1_000)
    section: str | None = Field(default=None, max_length=1_000)
    genre: Literal["news", "broadcast", "loudspeaker", "leaflet", "advert", "social"] | None = None
    kind: Kind = "article"
    date: Day | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A field of an article (title, lead, body, captions[0]…), and where it begins in the text of the document."""

    name: str
    start: int
    words: Mapped


@dataclass(frozen=True, slots=True)
class Place:
    """Where a span stands in a field as it was sent, in code points, half open."""

    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Laid:
    """An article laid out as a document, with the way back to its fields."""

    document: Document
    pieces: tuple[Piece, ...]

    def place(self, start: int, end: int) -> Place | None:
        """Return where a span of the document stands in a field; None between fields."""
        at = bisect_right([piece.start for piece in self.pieces], start) - 1
        if at < 0:
            return None
        piece = self.pieces[at]
        first, last = start - piece.start, min(end - piece.start, len(piece.words.text))
        return Place(piece.name, *piece.words.source_span(first, last)) if first < last else None


class Annotated(BaseModel):
    """A text with markup, as the LanguageTool protocol sends it, or a bare text; its words tell the kind ``auto``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str = Field(default="", max_length=MOST)
    data: str = Field(default="", max_length=4 * MOST)
    kind: Literal["auto", "article", "regulation"] = "auto"


Sent = Article | Annotated


def lay_out(sent: Sent, outlet: str | None = None) -> Laid:
    """Lay out what was sent as the document that is audited: title, lead and body, captions, a blank line between.

    Raises:
        ApiError: GA431, annotated text is not written as its protocol says.
    """
    if isinstance(sent, Annotated):
        words = annotated(sent.data)[0] if sent.data else plain(sent.text)
        return _laid([("text", "body", words)], Article(id="text", kind=chosen_kind(sent.kind, words.text)), outlet)
    return _laid(_fields(sent), sent, outlet)


def _laid(fields: Iterable[tuple[str, Part, Mapped]], article: Article, outlet: str | None) -> Laid:
    pieces: list[Piece] = []
    blocks: list[PlacedBlock] = []
    parts: list[str] = []
    at = 0
    for name, part, words in fields:
        if not words.text.strip():
            continue
        if parts:
            parts.append(BLOCK_BREAK)
            at += len(BLOCK_BREAK)
        pieces.append(Piece(name, at, words))
        blocks.extend(find_blocks(words.text, field=part, offset=at))
        parts.append(words.text)
        at += len(words.text)
    text = "".join(parts)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    document = Document(
        id=article.id, kind=article.kind, text=text, blocks=tuple(blocks),
        source=Source(article.id, article.format, digest),
        title=article.title.strip() or None, published=article.date, outlet=outlet, section=article.section,
        byline=article.byline, genre=article.genre,
    )  # fmt: skip
    return Laid(document, tuple(pieces))


def _fields(article: Article) -> Iterator[tuple[str, Part, Mapped]]:
    read = markup.read if article.format == "html" else plain
    yield "title", "title", plain(article.title)
    yield "lead", "body", read(article.lead)
    yield "body", "body", read(article.body)
    for number, caption in enumerate(article.captions):
        yield f"captions[{number}]", "caption", read(caption)
