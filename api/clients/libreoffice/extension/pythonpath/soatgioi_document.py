"""The words of a Writer document, each with the way back to its place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

PARAGRAPH = "\n\n"
STEP = 32_000
"""Letters a cursor goes at once; LibreOffice counts them in 16 bits."""


@dataclass(frozen=True)
class Piece:
    """A stretch of words in one format: where it begins in the text that is sent, and its place in the document."""

    start: int
    words: str
    portion: Any
    exact: bool


@dataclass(frozen=True)
class Laid:
    """All words of a document, and the pieces they came from, in order."""

    text: str
    pieces: tuple[Piece, ...]

    def cursor(self, start: int, end: int) -> Any:
        """Return a cursor over the words from ``start`` to ``end`` (code points); None outside of one text."""
        starts = [piece.start for piece in self.pieces]
        first = self.pieces[bisect_right(starts, start) - 1]
        last = self.pieces[bisect_right(starts, end - 1) - 1]
        cursor = _at(first, start - first.start, after=False)
        try:
            cursor.gotoRange(_at(last, end - last.start, after=True), True)
        except Exception:  # UNO raises a RuntimeException where the two are in different texts
            return None
        return cursor


def read(document: Any) -> Laid:
    """Read a document: its text with the tables, then frames, then footnotes and endnotes."""
    pieces: list[Piece] = []
    words: list[str] = []
    at = 0
    for text in _texts(document):
        for paragraph in _paragraphs(text):
            portions = [(portion.getString(), portion) for portion in _portions(paragraph)]
            if not any(string.strip() for string, _ in portions):
                continue
            if words:
                words.append(PARAGRAPH)
                at += len(PARAGRAPH)
            for string, portion in portions:
                if string:
                    pieces.append(Piece(at, string, portion, portion.TextPortionType == "Text"))
                    words.append(string)
                    at += len(string)
    return Laid("".join(words), tuple(pieces))


def _texts(document: Any) -> Iterator[Any]:
    yield document.getText()
    frames = document.getTextFrames()
    for name in frames.getElementNames():
        yield frames.getByName(name)
    for notes in (document.getFootnotes(), document.getEndnotes()):
        for number in range(notes.getCount()):
            yield notes.getByIndex(number)


def _paragraphs(text: Any) -> Iterator[Any]:
    for part in each(text):
        if part.supportsService("com.sun.star.text.TextTable"):
            for name in part.getCellNames():
                yield from _paragraphs(part.getCellByName(name))
        elif part.supportsService("com.sun.star.text.Paragraph"):
            yield part


def _portions(paragraph: Any) -> Iterator[Any]:
    """Return what is read of a paragraph: its words and fields, without what was struck out in tracked changes."""
    deleted = False
    for portion in each(paragraph):
        kind = portion.TextPortionType
        if kind == "Redline" and portion.RedlineType == "Delete":
            deleted = portion.IsStart and not portion.IsCollapsed
        elif kind in ("Text", "TextField") and not deleted:
            yield portion
        elif kind == "InContentMetadata" and not deleted:
            yield from _portions(portion)


def each(holder: Any) -> Iterator[Any]:
    """Return what an enumeration access holds."""
    found = holder.createEnumeration()
    while found.hasMoreElements():
        yield found.nextElement()


def _at(piece: Piece, letters: int, after: bool) -> Any:
    """Return a cursor so many letters into a piece; a field is one letter, which is taken whole."""
    portion = piece.portion
    if not piece.exact:
        return portion.getText().createTextCursorByRange(portion.getEnd() if after else portion.getStart())
    cursor = portion.getText().createTextCursorByRange(portion.getStart())
    while letters > 0:
        cursor.goRight(min(letters, STEP), False)
        letters -= STEP
    return cursor
