"""One picture of a page becomes lines and tables with their words, boxes and confidence, as a PDF page with text does.

A page read the wrong way up is plain to see: on composed pages words come out with a mean confidence of 0.94 to 0.96
the right way up and of 0.41 to 0.46 upside down. So the page is turned only where the first reading is poor, and
Tesseract's own orientation data is not needed.

What is too poor to trust was measured by blurring, thinning and noising a page: at a mean confidence of 0.75 (0.90 of
the words possible syllables) 0.84 of the characters were right, at 0.59 (0.86) 0.66, at 0.54 (0.84) half of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from statistics import fmean, median
from time import monotonic

import cv2
import numpy as np

from auditor.documents.cleaning import DARK, cleaned, letter_boxes, ruled_lines
from auditor.documents.codes import Code
from auditor.documents.gaps import with_gaps_filled
from auditor.documents.interface import Word
from auditor.documents.layout import GAP, Line, arranged
from auditor.documents.paragraphs import Page
from auditor.documents.quality import is_syllable, words_of
from auditor.documents.straighten import DPI, Matrix, Picture, straightened
from auditor.documents.tesseract import SeenLine, SeenWord, recognised
from auditor.errors import DocumentError

# What dust makes of the number that opens a line ("—2," for "2.").
_MARK = re.compile(r"^[—–_=|~.:;'‘`]*(\d{1,2})[.,·:]{1,2}$")
POINT = 72 / DPI
GOOD = 0.6
TRUSTED = 0.7
SPELT = 0.8
FEW_LETTERS = 6
MOST_LETTERS = 12_000


@dataclass(frozen=True, slots=True)
class Recognised:
    """One page as recognised.

    Attributes:
        page: its lines and tables; without items where nothing can be trusted.
        confidence: mean confidence of its words, 0.0 without words.
        fault: GA211 no letters on it, GA252 too poor to trust, GA209 too slow; None for a page that was read.
    """

    page: Page
    confidence: float = 0.0
    fault: Code | None = None


def recognise(picture: Picture, number: int, seconds: float) -> Recognised:
    """Read one picture.

    Args:
        picture: grey or colour.
        number: page counted from 1.
        seconds: time for the whole page.

    Raises:
        DocumentError: GA251 Tesseract is not installed, GA204 it failed.
    """
    end = monotonic() + seconds
    matrix, size = straightened(picture)
    straight = cv2.warpPerspective(picture, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    page = cleaned(np.asarray(straight, np.uint8))
    del straight
    nothing = Page(number, page.shape[0] * POINT, ())
    count = len(letter_boxes(page))
    if not FEW_LETTERS <= count <= MOST_LETTERS:
        return Recognised(nothing, fault=Code.SCAN if count < FEW_LETTERS else Code.POOR_SCAN)
    try:
        lines, turns = _right_way_up(page, end)
    except DocumentError as error:
        if error.code != Code.TOO_SLOW:
            raise
        return Recognised(nothing, fault=Code.TOO_SLOW)
    poor = Code.POOR_SCAN if any(len(line.words) > 2 for line in lines) else Code.SCAN
    lines = [line for line in map(_without_dust, lines) if line is not None]
    words = [word for line in lines for word in line.words]
    if not words:
        return Recognised(nothing, fault=poor)
    confidence = fmean(word.confidence for word in words)
    if confidence < TRUSTED or _spelt(words) < SPELT:
        return Recognised(nothing, confidence, Code.POOR_SCAN)
    for _ in range(turns):
        matrix = np.array([[0.0, 1.0, 0.0], [-1.0, 0.0, page.shape[1]], [0.0, 0.0, 1.0]]) @ matrix
        page = np.rot90(page)
    placed = _Placed(
        np.linalg.inv(matrix).astype(np.float64), picture.shape[1], picture.shape[0], page.shape[0], number
    )
    rules = [placed.points(box) for box in ruled_lines(np.ascontiguousarray(page))]
    items = arranged([part for line in _levelled(lines) for part in placed.parts(line)], rules, number)
    return Recognised(Page(number, page.shape[0] * POINT, tuple(items)), confidence)


def _right_way_up(page: Picture, end: float) -> tuple[list[SeenLine], int]:
    """Read a page; where that is poor, try a band of it turned. Returns lines and the quarter turns to the left."""
    lines = recognised(page, end - monotonic())
    if _trust(lines) >= GOOD:
        return with_gaps_filled(page, lines, partial(_block, end)), 0
    rows = (page < DARK).sum(axis=1).cumsum()
    tall = max(page.shape[0] // 6, 1)
    top = int(np.argmax(rows[tall:] - rows[:-tall])) if len(rows) > tall else 0
    for turns in (2, 1, 3):
        band = np.rot90(page[top : top + tall], turns)
        if _trust(recognised(np.ascontiguousarray(band), end - monotonic())) >= GOOD:
            page = np.ascontiguousarray(np.rot90(page, turns))
            return with_gaps_filled(page, recognised(page, end - monotonic()), partial(_block, end)), turns
    return lines, 0


def _block(end: float, band: Picture) -> list[SeenLine]:
    """Read a band of a page; nothing of it counts unless it can be trusted."""
    lines = recognised(band, end - monotonic(), block=True)
    return lines if _trust(lines) >= GOOD else []


def _trust(lines: Sequence[SeenLine]) -> float:
    words = [word for line in lines for word in line.words]
    return fmean(word.confidence for word in words) * _spelt(words) if words else 0.0


def _spelt(words: Sequence[SeenWord]) -> float:
    """Return the share of words that can be Vietnamese syllables; 1.0 where there are none to look at."""
    found = [part for word in words for part in words_of(word.text)]
    return sum(map(is_syllable, found)) / len(found) if found else 1.0


def _without_dust(line: SeenLine) -> SeenLine | None:
    """Drop what no person would read as letters: doubtful signs without letters or digits, and lines of rubbish."""
    words = tuple(word for word in line.words if word.confidence >= 0.5 or any(map(str.isalnum, word.text)))
    if not words or not any(sign.isalnum() for word in words for sign in word.text):
        return None
    confidence = fmean(word.confidence for word in words)
    sure = any(word.confidence >= 0.5 and len(word.text) > 1 and _spelt([word]) == 1 for word in words)
    if confidence < 0.35 or (confidence < 0.6 and not sure):
        return None
    return replace(line, words=_numbered(words))


def _numbered(words: tuple[SeenWord, ...]) -> tuple[SeenWord, ...]:
    """Mend the number that opens a line of several words."""
    first, *others = words
    return (replace(first, text=_MARK.sub(r"\1.", first.text)), *others) if others else words


def _levelled(lines: list[SeenLine]) -> list[SeenLine]:
    """Give lines of about the usual letter size that very size; capitals and marks make the measured one jump."""
    usual = median(line.size for line in lines)
    return [replace(line, size=usual) if 0.65 * usual < line.size < 1.5 * usual else line for line in lines]


@dataclass(frozen=True, slots=True)
class _Placed:
    """Leads pixels of the straight page to points for the layout, and to fractions of the picture for the reader."""

    back: Matrix
    wide: int
    high: int
    tall: int
    number: int

    def points(self, box: tuple[float, ...]) -> tuple[float, float, float, float]:
        """Return left, bottom, right, top in points from the lower left corner."""
        left, top, right, bottom = box
        return left * POINT, (self.tall - bottom) * POINT, right * POINT, (self.tall - top) * POINT

    def parts(self, line: SeenLine) -> list[Line]:
        """Turn a line into lines without a wide gap."""
        parts: list[list[SeenWord]] = [[]]
        for word in line.words:
            if parts[-1] and word.box[0] - parts[-1][-1].box[2] > GAP * line.size:
                parts.append([])
            parts[-1].append(word)
        return [self._line(part, line) for part in parts if any(sign.isalnum() for word in part for sign in word.text)]

    def _line(self, words: list[SeenWord], line: SeenLine) -> Line:
        left, right = min(word.box[0] for word in words), max(word.box[2] for word in words)
        base = (self.tall - line.base) * POINT
        return Line(
            " ".join(word.text for word in words), left * POINT, right * POINT, base, base + line.size * POINT,
            (words[0].box[2] - words[0].box[0]) * POINT, tuple(map(self._word, words)),
        )  # fmt: skip

    def _word(self, word: SeenWord) -> Word:
        left, top, right, bottom = word.box
        corners = np.array([[left, right, right, left], [top, top, bottom, bottom], [1, 1, 1, 1]])
        across, down, depth = self.back @ corners
        xs = np.clip(across / depth / self.wide, 0, 1).round(4)
        ys = np.clip(down / depth / self.high, 0, 1).round(4)
        box = (float(xs.min()), float(ys.min()), float(xs.max()), float(ys.max()))
        return Word(word.text, self.number, box, word.confidence)
