"""Where words of the normalised text stand in the paragraphs of a Word file.

The two differ: numbers that Word draws ("Điều 1.") are in the text and in no paragraph, cells are joined by bars,
spaces made one, letters composed, old code tables converted. So only letters and digits are compared, a lead that is
nowhere else is left off word by word, and where nothing fits, the letters that old code tables leave alone are tried.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from unicodedata import normalize

# A lead that Word draws is short: "Chương II", "Điều 12.", "12.3.4 a)".
LEAD = 4
# Fewer letters than these may stand anywhere.
FEWEST, FEWEST_OLD = 4, 14
Fold = Callable[[str], str]
_BREAK = re.compile(r"\n\s*\n| \| |\n")


@dataclass(frozen=True, slots=True)
class Spot:
    """Words in a paragraph: its index, and half-open offsets into its text."""

    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a finding begins and where it ends; both are the same for words within one paragraph."""

    first: Spot
    last: Spot


def _modern(letter: str) -> str:
    return "".join(one for one in normalize("NFC", letter).casefold() if one.isalnum())


def _one_byte(letter: str) -> str:
    """Keep what TCVN3 and its like leave alone: one strange letter stands for each Vietnamese one."""
    return letter.casefold() if letter.isascii() and letter.isalnum() else ""


def _two_bytes(letter: str) -> str:
    """Keep what VNI leaves alone: it writes the plain letter, and the marks behind it."""
    plain = normalize("NFD", letter)[:1]
    return plain.casefold() if letter not in "ơưƠƯ" and plain.isascii() and plain.isalnum() else ""


class _Stream:
    """A text folded to what is compared, with the way back."""

    def __init__(self, text: str, fold: Fold) -> None:
        kept: list[str] = []
        self.origin: list[int] = []
        for at, letter in enumerate(text):
            for one in fold(letter):
                kept.append(one)
                self.origin.append(at)
        self.folded = "".join(kept)

    def place(self, at: int) -> int:
        """Return how many folded letters stand before an offset of the text."""
        return bisect_right(self.origin, at - 1)


class Finder:
    """Finds spans of a text in paragraphs.

    Args:
        text: the normalised text.
        paragraphs: the words of the paragraphs that can be marked, in reading order.
    """

    def __init__(self, text: str, paragraphs: Sequence[str]) -> None:
        self._text = text
        self._streams: dict[Fold, tuple[_Stream, _Stream]] = {}
        self._starts: list[int] = []
        joined: list[str] = []
        at = 0
        for words in paragraphs:
            words = _composed(words)
            self._starts.append(at)
            joined.append(words)
            at += len(words) + 1
        self._whole = "\n".join(joined)

    def find(self, start: int, end: int) -> Anchor | None:
        """Return where ``[start, end)`` of the text stands; None where it is in no paragraph."""
        spots = [spot for piece in self._pieces(start, end) if (spot := self._spot(*piece)) is not None]
        return Anchor(min(spots, key=_order), max(spots, key=_order)) if spots else None

    def _pieces(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Cut a span where blocks, cells or lines meet: between them numbers may be drawn."""
        at = start
        for match in _BREAK.finditer(self._text, start, end):
            yield at, match.start()
            at = match.end()
        yield at, end

    def _spot(self, start: int, end: int) -> Spot | None:
        for fold, fewest in ((_modern, FEWEST), (_one_byte, FEWEST_OLD), (_two_bytes, FEWEST_OLD)):
            here, there = self._folded(fold)
            for lead in self._leads(start, end):
                first, last = here.place(lead), here.place(end)
                words = here.folded[first:last]
                if len(words) < fewest and (lead > start or fewest == FEWEST_OLD):
                    break
                found = _nth(there.folded, words, _count(here.folded, words, first)) if words else None
                if found is not None:
                    begin, after = there.origin[found], there.origin[found + len(words) - 1] + 1
                    return self._placed(fold, self._text[lead:end], begin, after)
        return None

    def _folded(self, fold: Fold) -> tuple[_Stream, _Stream]:
        """Fold both texts, once, and in the ways of old code tables only when they are asked for."""
        if fold not in self._streams:
            self._streams[fold] = _Stream(self._text, fold), _Stream(self._whole, fold)
        return self._streams[fold]

    def _leads(self, start: int, end: int) -> Iterator[int]:
        """Yield where a span begins, with fewer and fewer words at its front."""
        yield start
        for number, match in enumerate(re.finditer(r"\S+\s+", self._text[start:end]), 1):
            if number > LEAD:
                return
            yield start + match.end()

    def _placed(self, fold: Fold, words: str, begin: int, after: int) -> Spot:
        """Return the spot of the letters ``[begin, after)``, and beside them what belongs to the words uncompared."""
        index = bisect_right(self._starts, begin) - 1
        first = self._starts[index]
        limit = self._starts[index + 1] - 1 if index + 1 < len(self._starts) else len(self._whole)
        after = min(after, limit)
        after += _beside(fold, words[::-1], self._whole[after:limit])
        begin -= _beside(fold, words, self._whole[first:begin][::-1])
        return Spot(index, begin - first, after - first)


def _beside(fold: Fold, words: str, around: str) -> int:
    """Count the letters at an end of words that were not compared: marks, and letters of old code tables.

    Args:
        words: from that end inwards.
        around: what stands in the paragraph from that end outwards.
    """
    marks = ""
    for letter in words:
        if fold(letter):
            break
        marks = letter + marks
    if fold is _modern:
        return next((at for at, letter in enumerate(marks) if around[at : at + 1] != letter), len(marks))
    # Whole words may have no letter that was compared ("đẻ"), so as many spaces are passed as they have.
    rooms = len(marks.split()) - (not marks[:1].isspace())
    letters = 0
    while letters < len(around) and not fold(around[letters]) and (not around[letters].isspace() or rooms > 0):
        rooms -= around[letters].isspace()
        letters += 1
    return len(around[:letters].rstrip())


def _order(spot: Spot) -> tuple[int, int]:
    return spot.paragraph, spot.start


def _composed(words: str) -> str:
    """Compose letters written in parts, keeping the length: what is folded away leaves its room empty."""
    if words.isascii() or normalize("NFC", words) == words:
        return words
    out: list[str] = []
    for group in re.findall(r"[^\u0300-\u036f][\u0300-\u036f]*|[\u0300-\u036f]+", words, re.DOTALL):
        whole = normalize("NFC", group)
        out.append(whole + "\u200b" * (len(group) - len(whole)) if len(whole) <= len(group) else group)
    return "".join(out)


def _count(text: str, words: str, before: int) -> int:
    """Count how often words stand in a text before an offset; overlaps too."""
    found = 0
    at = text.find(words)
    while 0 <= at < before:
        found += 1
        at = text.find(words, at + 1)
    return found


def _nth(text: str, words: str, wanted: int) -> int | None:
    """Return where words stand for the ``wanted``-th time from 0, or for the last time before it."""
    at = text.find(words)
    while at >= 0 and wanted:
        further = text.find(words, at + 1)
        if further < 0:
            break
        at = further
        wanted -= 1
    return at if at >= 0 else None
