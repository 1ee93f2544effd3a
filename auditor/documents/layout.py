"""One PDF page as lines and ruled tables, from the places of its letters.

pdfium hands out letters in the order the page draws them, which for office programs is reading order, columns included;
that order is kept. Places decide only where lines break apart and which letters stand inside a ruled table.
All lengths are points, the origin is the lower left corner.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from auditor.documents.interface import Word
from auditor.documents.tables import Row

Box = tuple[float, float, float, float]
GAP = 2.2
TOUCH = 3.0
THIN = 3.0


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one base line without a wide gap; ``first`` is the width of its first word.

    A line recognised in a picture knows its ``words``.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    first: float
    words: tuple[Word, ...] = ()

    @property
    def size(self) -> float:
        """Height of the line."""
        return self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Ruled:
    """A ruled table in its place among the lines."""

    rows: tuple[Row, ...]


@dataclass(slots=True)
class _Grid:
    """Ruled lines that touch each other; cells are filled with letters as they come."""

    across: list[Box]
    down: list[Box]
    xs: list[float] = field(default_factory=list)
    ys: list[float] = field(default_factory=list)
    cells: dict[tuple[int, int], list[str]] = field(default_factory=dict)
    words: dict[int, list[tuple[int, Word]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.xs = _merged([(box[0] + box[2]) / 2 for box in self.down])
        self.ys = _merged([(box[1] + box[3]) / 2 for box in self.across])[::-1]

    def holds(self, x: float, y: float) -> bool:
        return self.xs[0] < x < self.xs[-1] and self.ys[-1] < y < self.ys[0]

    def cell(self, x: float, y: float) -> tuple[int, int]:
        """Return row and column of a point, following merged cells up and to the left."""
        row = next(i for i in range(len(self.ys) - 1) if self.ys[i + 1] <= y)
        column = next(i for i in range(len(self.xs) - 1) if x <= self.xs[i + 1])
        while row and not any(_near(b[1], b[3], self.ys[row]) and _within(b[0], x, b[2]) for b in self.across):
            row -= 1
        level = (self.ys[row] + self.ys[row + 1]) / 2
        while column and not any(_near(b[0], b[2], self.xs[column]) and _within(b[1], level, b[3]) for b in self.down):
            column -= 1
        return row, column

    def rows(self, page: int) -> tuple[Row, ...]:
        words = {place: " ".join("".join(letters).split()) for place, letters in self.cells.items()}
        return tuple(
            Row(
                tuple((column, words[row, column]) for r, column in sorted(words) if r == row),
                page=page,
                words=tuple(word for _, word in sorted(self.words.get(row, ()), key=lambda pair: pair[0])),
            )
            for row in sorted({row for row, _ in words})
        )


def layout(letters: Sequence[tuple[str, Box]], rules: Iterable[Box], number: int) -> list[Line | list[Line] | Ruled]:
    """Arrange the letters of a page.

    Args:
        letters: letters with their boxes (left, bottom, right, top) in drawing order; ``\\n`` ends a run.
        rules: boxes of thin lines and frames.
        number: page counted from 1.

    Returns:
        In reading order: lines, rows of lines side by side, and ruled tables.
    """
    grids = _grids(rules)
    runs: list[list[tuple[str, Box]]] = [[]]
    order: list[int | _Grid] = []
    for letter, box in letters:
        if letter in "\r\n":
            if runs[-1]:
                runs.append([])
            for grid in grids:
                for words in grid.cells.values():
                    if words[-1] != " ":
                        words.append(" ")
            continue
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        inside = next((grid for grid in grids if grid.holds(x, y)), None)
        if inside is not None:
            if runs[-1]:
                runs.append([])
            if inside not in order:
                order.append(inside)
            inside.cells.setdefault(inside.cell(x, y), []).append(letter)
            continue
        if not runs[-1]:
            order.append(len(runs) - 1)
        runs[-1].append((letter, box))
    found: list[Line | Ruled] = []
    for item in order:
        if isinstance(item, _Grid):
            found.append(Ruled(item.rows(number)))
        else:
            found.extend(_lines(runs[item]))
    return _columns(_rows(found))


def arranged(lines: Iterable[Line], rules: Iterable[Box], number: int) -> list[Line | list[Line] | Ruled]:
    """Arrange the recognised lines of a page, in reading order, as :func:`layout` arranges letters."""
    grids = _grids(rules)
    found: list[Line | _Grid] = []
    for line in lines:
        middle = (line.left + line.right) / 2, (line.bottom + line.top) / 2
        inside = next((grid for grid in grids if grid.holds(*middle)), None)
        if inside is None:
            found.append(line)
            continue
        if inside not in found:
            found.append(inside)
        row, column = inside.cell(*middle)
        inside.cells.setdefault((row, column), []).append(f"{line.text} ")
        inside.words.setdefault(row, []).extend((column, word) for word in line.words)
    return _columns(_rows([Ruled(item.rows(number)) if isinstance(item, _Grid) else item for item in found]))


def _lines(run: list[tuple[str, Box]]) -> list[Line]:
    """Break a run of letters where there is a wide gap."""
    solid = [box for letter, box in run if not letter.isspace()]
    if not solid:
        return []
    size = median(box[3] - box[1] for box in solid) or 1.0
    parts: list[list[tuple[str, Box]]] = [[]]
    last: Box | None = None
    for letter, box in run:
        if not letter.isspace():
            if last is not None and (
                box[0] - last[2] > GAP * size or box[2] < last[0] - size or abs(box[1] - last[1]) > size
            ):
                parts.append([])
            last = box
        parts[-1].append((letter, box))
    return [line for part in parts if (line := _line(part)) is not None]


def _line(part: list[tuple[str, Box]]) -> Line | None:
    text = " ".join("".join(letter for letter, _ in part).split())
    solid = [box for letter, box in part if not letter.isspace()]
    if not text or not solid:
        return None
    word = len(text.split(" ", 1)[0])
    return Line(
        text,
        min(box[0] for box in solid),
        max(box[2] for box in solid),
        median(box[1] for box in solid),
        median(box[3] for box in solid),
        solid[min(word, len(solid)) - 1][2] - solid[0][0],
    )


def _rows(found: list[Line | Ruled]) -> list[Line | list[Line] | Ruled]:
    """Put lines that follow each other on one base line side by side."""
    rows: list[Line | list[Line] | Ruled] = []
    for item in found:
        before = rows[-1] if rows else None
        last = before[-1] if isinstance(before, list) else before
        if (
            isinstance(item, Line)
            and isinstance(last, Line)
            and abs(item.bottom - last.bottom) < 0.4 * last.size
            and item.left > last.right
        ):
            if isinstance(before, list):
                before.append(item)
            else:
                rows[-1] = [last, item]
        else:
            rows.append(item)
    return rows


def _columns(rows: list[Line | list[Line] | Ruled], least: int = 6) -> list[Line | list[Line] | Ruled]:
    """Take two columns of running text, drawn line by line across, apart again."""
    out: list[Line | list[Line] | Ruled] = []
    block: list[list[Line]] = []

    def close() -> None:
        if len(block) >= least and max(r[0].right for r in block) < min(r[1].left for r in block):
            out.extend(row[0] for row in block)
            out.extend(row[1] for row in block)
        else:
            out.extend(block)
        block.clear()

    for row in rows:
        if isinstance(row, list) and len(row) == 2 and min(len(part.text) for part in row) > 15:
            block.append(row)
        else:
            close()
            out.append(row)
    close()
    return out


def _grids(rules: Iterable[Box]) -> list[_Grid]:
    """Group ruled lines that touch, and keep groups of at least two columns."""
    across: list[Box] = []
    down: list[Box] = []
    for left, bottom, right, top in rules:
        wide, high = right - left, top - bottom
        if high <= THIN < wide:
            across.append((left, bottom, right, top))
        elif wide <= THIN < high:
            down.append((left, bottom, right, top))
        elif wide > THIN and high > THIN:
            across += [(left, bottom, right, bottom), (left, top, right, top)]
            down += [(left, bottom, left, top), (right, bottom, right, top)]
    if len(across) + len(down) > 4000:  # a drawing, not a table
        return []
    groups: list[list[tuple[Box, bool]]] = []
    for box, level in [*((box, True) for box in across), *((box, False) for box in down)]:
        near = [group for group in groups if any(_touch(box, other) for other, _ in group)]
        groups = [group for group in groups if group not in near]
        groups.append([(box, level), *(one for group in near for one in group)])
    grids = [_Grid([b for b, level in g if level], [b for b, level in g if not level]) for g in groups]
    return [grid for grid in grids if len(grid.xs) > 2 and len(grid.ys) > 1]


def _touch(one: Box, other: Box) -> bool:
    return all(one[at] <= other[at + 2] + TOUCH and other[at] <= one[at + 2] + TOUCH for at in (0, 1))


def _near(low: float, high: float, place: float) -> bool:
    return abs((low + high) / 2 - place) < TOUCH


def _within(low: float, place: float, high: float) -> bool:
    return low - TOUCH <= place <= high + TOUCH


def _merged(places: list[float]) -> list[float]:
    """Sort places and make one of those that lie close together."""
    out: list[float] = []
    for place in sorted(places):
        if not out or place - out[-1] > TOUCH:
            out.append(place)
    return out
