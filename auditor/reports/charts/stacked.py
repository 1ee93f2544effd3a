"""Bars of counts, one beside the other: how many texts are clean, not clean, waiting, not reviewed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LABEL, PLOT, VALUE, ROW, TOP = 150, 470, 140, 28, 6
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
