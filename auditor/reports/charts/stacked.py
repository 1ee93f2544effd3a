"""Bars of counts, one beside the other: how many texts are clean, not clean, waiting, not reviewed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LABEL, PLOT, VALUE, ROW, TOP = 150, 470, 140, 28, 6
STROKES = 7
"""Distance of the strokes that tell kinds of pieces apart without their colour."""
LEAST_FOR_NUMBER = 20
"""Width a piece needs to carry its number."""


Part = tuple[str, str]
"""One kind of piece: its class, and what it is called."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a bar; ``number`` is empty where it would not fit."""

    look: str
    x: float
    width: float
    number: str

    def strokes(self, y: float, height: int) -> str:
        """Return the path of the strokes over the piece, empty for a kind that has none."""
        return strokes(self.look, self.x, y, self.width, height)


@dataclass(frozen=True, slots=True)
class Row:
    """One bar; ``words`` tell all its counts, ``value`` is shown at its end."""

    y: float
    label: str
    value: str
    words: str
    href: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Stacked:
    """The chart; ``key`` are the kinds of pieces in their order."""

    width: float
    height: float
    rows: tuple[Row, ...]
    key: tuple[Part, ...]

    def swatch(self, look: str) -> str:
        """Return the path of the strokes over the swatch of a kind in the key, 22 wide and 12 high."""
        return strokes(look, 1, 1, 22, 12)


REVIEW: tuple[Part, ...] = (
    ("clean", "không có phân biệt đối xử"),
    ("discriminating", "có phân biệt đối xử, chưa sửa"),
    ("consulting", "chờ tham vấn"),
    ("unreviewed", "chưa rà soát"),
)
"""The parts of target 5 in the order of the counts ``clean, discriminating, consulting, not_reviewed``."""


def stacked(
    rows: Iterable[tuple[str, Sequence[int], str, str]], parts: Sequence[Part] = REVIEW, noun: str = "văn bản"
) -> Stacked:
    """Lay out bars of counts; the longest fills the width.

    Args:
        rows: label, a count for each part, the value at the end of the bar ("3/12"), address or "".
        parts: what the counts are of.
        noun: what is counted.
    """
    known = list(rows)
    longest = max((sum(counts) for _, counts, _, _ in known), default=0) or 1
    drawn = tuple(
        Row(
            TOP + ROW * at, label, value, f"{label}: {_words(counts, parts, noun)}", href,
            tuple(_pieces(counts, parts, PLOT / longest)),
        )
        for at, (label, counts, value, href) in enumerate(known)
    )  # fmt: skip
    return Stacked(LABEL + PLOT + VALUE, TOP * 2 + ROW * len(drawn), drawn, tuple(parts))


def strokes(look: str, x: float, y: float, width: float, height: int) -> str:
    """Return the path of the strokes over a rectangle: slanted where a text discriminates, upright where it waits."""
    if look == "discriminating":
        # Worked out here and not in the template: long bars have hundreds.
        return "".join(
            f"M{x + max(n - height, 0):.1f} {y + min(n, height):.1f}"
            f"L{x + min(n, width):.1f} {y + max(n - width, 0):.1f}"
            for n in range(0, int(width + height), STROKES)
        )
    if look == "consulting" and width > STROKES - 1:
        return "".join(f"M{x + n:.1f} {y}v{height}" for n in range(4, int(width), STROKES))
    return ""


def _pieces(counts: Sequence[int], parts: Sequence[Part], unit: float) -> Iterable[Piece]:
    x = float(LABEL)
    for (look, _), count in zip(parts, counts, strict=True):
        width = count * unit
        if count:
            yield Piece(look, x, width, str(count) if width >= LEAST_FOR_NUMBER else "")
        x += width


def _words(counts: Sequence[int], parts: Sequence[Part], noun: str) -> str:
    if not sum(counts):
        return f"chưa có {noun}"
    said = (f"{count} {name}" for (_, name), count in zip(parts, counts, strict=True) if count)
    return f"{sum(counts)} {noun}: {', '.join(said)}"
