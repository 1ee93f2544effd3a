"""The clauses of a document: who governs what, and where each stands.

Forms differ and numbers are typed by hand, so a stack of open headings, lead-ins and list items follows the text down:
a mark closes everything at its depth or below, a heading or a line that introduces a list governs what lies under it.
Clauses come in order, never overlap, and together cover every character that is not blank.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.documents.clauses import Cell, Clause, Locator, Role, Span
from auditor.documents.frame import letterhead, signatures
from auditor.documents.headings import is_capital, is_open, leads, names
from auditor.documents.interface import CELL_BREAK, Document
from auditor.documents.lines import Unit, units
from auditor.documents.marks import FIELDS, Level, Mark

__all__ = ["Cell", "Clause", "Locator", "Role", "outline"]

LIST_LETTERS = 120
TITLE_WORDS = 25
TITLE_ALONE = 3


def outline(document: Document) -> tuple[Clause, ...]:
    """Find the clauses of a document.

    In an article every unit is a norm: a headline is a statement too, and is judged as one.
    """
    return tuple(_Outliner(document).clauses())


@dataclass(frozen=True, slots=True)
class _Open:
    """A heading, lead-in or list item that is still open.

    ``lead`` says that it governs only the list it introduces; ``bars`` that what it governs came after such a list.
    """

    level: int
    style: str = ""
    ordinal: int | None = None
    field: str | None = None
    number: str | None = None
    governs: Span | None = None
    lead: bool = False
    bars: bool = False
    chain: bool = False


class _Outliner:
    """Follows the units of one document."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._units = units(document)
        self._regulation = document.kind == "regulation"
        self._flow = [at for at, unit in enumerate(self._units) if not unit.block.block.note]
        self._next = dict(zip(self._flow, self._flow[1:], strict=False))
        self._head = letterhead(self._text, self._units) if self._regulation else frozenset()
        self._tail = signatures(self._text, self._units) if self._regulation else frozenset()
        self._chapters = any(
            unit.mark is not None and unit.mark.level is Level.CHAPTER and unit.mark.style != "I"
            for unit in self._units
        )
        self._stack: list[_Open] = []
        self._header: tuple[int, Unit] | None = None
        self._before: Unit | None = None
        self._front = False
        self._wants_title: int | None = None

    def clauses(self) -> list[Clause]:
        """Turn every unit into a clause."""
        found: list[Clause] = []
        for at, unit in enumerate(self._units):
            if unit.block.block.note:
                locator = Locator(paragraph=unit.paragraph, page=unit.block.block.page)
                found.append(self._clause(unit, Role.NORM, (), locator=locator))
                continue
            if at in self._head or at in self._tail:
                self._front = self._front or at in self._head
                role = Role.LETTERHEAD if at in self._head else Role.SIGNATURE
                found.append(self._clause(unit, role, ()))
            elif unit.is_row:
                found.append(self._row(unit))
            elif unit.mark is not None:
                found.append(self._marked(at, unit, unit.mark))
            else:
                found.append(self._unmarked(at, unit))
            self._before = unit
        return found

    def _marked(self, at: int, unit: Unit, mark: Mark) -> Clause:
        """Place a unit that begins with a label."""
        self._front = False
        self._wants_title = None
        base = Level.SECTION if mark.style == "I" and self._chapters else mark.level
        level = self._level(unit, mark, base)
        self._stack = [entry for entry in self._stack if entry.level < level]
        governed = self._governing()
        words = unit.words(self._text)
        role = self._role(at, words, mark, level)
        named = FIELDS.get(base) if level == base or mark.style.startswith("11") else None
        governs = (
            self._regulation and (role is Role.HEADING or leads(words) or (is_open(words) and self._is_over(at, level)))
        ) or leads(words)
        self._stack.append(
            _Open(
                level,
                mark.style,
                mark.ordinal,
                named,
                mark.number,
                governs=(unit.start, unit.end) if governs else None,
                lead=leads(words),
            )
        )
        if role is Role.HEADING and not words.strip() and level <= Level.SECTION:
            self._wants_title = level + 1
        return self._clause(unit, role, governed)

    def _level(self, unit: Unit, mark: Mark, base: int) -> int:
        """Find the depth of a mark: beside its predecessor, else in the list just introduced, else its usual one."""
        for entry in reversed(self._stack):
            if entry.style == mark.style and (
                mark.level is Level.DASH or (entry.ordinal is not None and mark.ordinal == entry.ordinal + 1)
            ):
                if entry is self._stack[-1] and mark.style == "-" and self._introduces(unit):
                    break
                return entry.level
        if mark.level < Level.CLAUSE:
            return base
        inner = self._stack[-1].level if self._stack else 0
        if mark.level is Level.DASH:
            return max(base, inner + 2) if inner >= base else base
        if mark.style.startswith("11"):
            return base + 2 * (mark.style.count("1") - 1)
        introduced = self._before is not None and leads(self._before.words(self._text))
        if mark.ordinal == 1 and introduced and base <= inner < Level.LIST:
            return inner + 2
        return base

    def _introduces(self, unit: Unit) -> bool:
        """Tell whether the item before introduces this one: it ends in a colon, and this one begins in lower case."""
        before = self._before
        return before is not None and leads(before.words(self._text)) and unit.words(self._text)[:1].islower()

    def _role(self, at: int, words: str, mark: Mark, level: int) -> Role:
        if not self._regulation:
            return Role.NORM
        if level <= Level.SECTION:
            closed = words.rstrip().endswith((".", ";", ":"))
            return Role.NORM if closed and not names(words.rstrip(" .;:")) and not is_capital(words) else Role.HEADING
        if not names(words):
            return Role.NORM if words.strip() or mark.level is not Level.ARTICLE else Role.HEADING
        if mark.level is Level.ARTICLE:
            return Role.HEADING if self._has_body(at) or len(words.split()) <= TITLE_ALONE else Role.NORM
        return Role.HEADING if self._is_over(at, level) and len(words.split()) <= 12 else Role.NORM

    def _has_body(self, at: int) -> bool:
        """Tell whether anything follows before the next article."""
        follower = self._follower(at)
        if follower is None:
            return False
        mark = follower.mark
        return mark is None or mark.level > Level.ARTICLE

    def _is_over(self, at: int, level: int) -> bool:
        """Tell whether the next unit is a labelled one that lies deeper."""
        follower = self._follower(at)
        return follower is not None and follower.mark is not None and follower.mark.level > level

    def _follower(self, at: int) -> Unit | None:
        after = self._next.get(at)
        return None if after is None or after in self._tail else self._units[after]

    def _unmarked(self, at: int, unit: Unit) -> Clause:
        """Place a unit without a label: a heading, a lead-in, or a paragraph."""
        words = self._text[unit.start : unit.end]
        follower = self._follower(at)
        heading = self._heading_level(unit, words, follower) if self._regulation and follower is not None else None
        bars = self._list_ended()
        self._wants_title = None
        span = (unit.start, unit.end)
        if heading is not None:
            self._stack = [entry for entry in self._stack if entry.level < heading]
            governed = self._governing(bars)
            governs = span if heading != Level.TITLE else None
            self._stack.append(_Open(heading, governs=governs, bars=bars))
            self._front = self._front or (is_capital(words) and not self._has_place())
            return self._clause(unit, Role.HEADING, governed)
        self._front = False
        mark = follower.mark if follower is not None else None
        if mark is not None and (leads(words) or (is_open(words) and self._regulation and len(words) <= LIST_LETTERS)):
            level = min(mark.level, Level.POINT) - 5
            if mark.level >= Level.CLAUSE:
                self._stack = [entry for entry in self._stack if entry.level < level]
                governed = self._governing(bars)
                self._stack.append(_Open(level, governs=span, lead=True, bars=bars))
                return self._clause(unit, Role.NORM, governed)
        if not self._continues_list(words):
            self._stack = [entry for entry in self._stack if entry.level < Level.POINT - 5]
        governed = self._governing(bars)
        if leads(words):
            self._stack.append(_Open(Level.LIST, governs=span, lead=True, bars=bars, chain=True))
        return self._clause(unit, Role.NORM, governed)

    def _heading_level(self, unit: Unit, words: str, follower: Unit | None) -> int | None:
        """Return the depth of a heading without a label, None for what is no heading."""
        count = len(words.split())
        if self._wants_title is not None and count <= TITLE_WORDS and is_open(words):
            return self._wants_title
        if not names(words):
            return None
        if is_capital(words) or unit.block.block.heading:
            return Level.UNMARKED_HEADING
        if self._front and not self._has_place():
            return Level.TITLE
        mark = follower.mark if follower is not None else None
        if mark is not None and mark.level >= Level.CLAUSE and count <= 12:
            return min(mark.level, Level.POINT) - 5
        return None

    def _has_place(self) -> bool:
        return any(entry.field is not None for entry in self._stack)

    def _continues_list(self, words: str) -> bool:
        """Tell whether a paragraph is still an item of an unlabelled list: items stay short, or the last one ran on."""
        if not self._stack or not self._stack[-1].chain or self._before is None:
            return False
        before = self._text[self._before.start : self._before.end].rstrip()
        if leads(before) or before.endswith((";", ",")):
            return True
        return len(words) <= LIST_LETTERS and len(before) <= LIST_LETTERS and not leads(words) and is_open(before)

    def _row(self, unit: Unit) -> Clause:
        """Place a row of a table under the header of its columns."""
        block = unit.block.block
        self._front = False
        table = block.table if block.table is not None else -1
        if block.header:
            if self._header is None or self._header[0] != table:
                self._header = (table, unit)
            return self._clause(unit, Role.HEADING, self._governing(), cells=_cells(self._text, unit, None))
        header = self._header[1] if self._header is not None and self._header[0] == table else None
        governed = self._governing()
        if header is not None:
            governed = (*governed, (header.start, header.end))
        return self._clause(unit, Role.CELL_ROW, governed, cells=_cells(self._text, unit, header))

    def _list_ended(self) -> bool:
        """Tell whether the unit before was the last item of a labelled list: marked, and closed by a full stop."""
        before = self._before
        if before is None or before.mark is None or leads(before.words(self._text)):
            return False
        return self._text[before.start : before.end].rstrip('"”’»)').endswith((".", "!", "…"))

    def _governing(self, bars: bool = False) -> tuple[Span, ...]:
        """Return what governs the next unit; after a list has ended its lead-in governs no more."""
        last = max((at for at, entry in enumerate(self._stack) if entry.bars), default=0)
        last = len(self._stack) if bars else last
        return tuple(
            entry.governs
            for at, entry in enumerate(self._stack)
            if entry.governs is not None and not (entry.lead and at < last)
        )

    def _clause(
        self,
        unit: Unit,
        role: Role,
        governed: tuple[Span, ...],
        *,
        cells: tuple[Cell, ...] = (),
        locator: Locator | None = None,
    ) -> Clause:
        if locator is None:
            place = {entry.field: entry.number for entry in self._stack if entry.field is not None}
            locator = Locator(
                part=place.get("part"),
                chapter=place.get("chapter"),
                section=place.get("section"),
                article=place.get("article"),
                clause=place.get("clause"),
                point=place.get("point"),
                paragraph=unit.paragraph,
                page=unit.block.block.page,
            )
        label_end = unit.mark.end if unit.mark is not None else unit.start
        return Clause(unit.start, unit.end, locator, role, governed, unit.block.block.field, label_end, cells)


def _cells(text: str, unit: Unit, header: Unit | None) -> tuple[Cell, ...]:
    """Find the cells of a row; a column without a header of its own takes the one that spans it from the left."""
    heads = (
        list(zip(_columns(unit_spans(text, header), header), unit_spans(text, header), strict=True)) if header else []
    )
    spans = unit_spans(text, unit)
    found: list[Cell] = []
    for column, (start, end) in zip(_columns(spans, unit), spans, strict=True):
        over = [span for at, span in heads if at <= column]
        found.append(Cell(start, end, over[-1] if over else None))
    return tuple(found)


def unit_spans(text: str, unit: Unit | None) -> Sequence[Span]:
    """Return the spans between the cell breaks of a row."""
    if unit is None:
        return ()
    spans: list[Span] = []
    at = unit.start
    for part in text[unit.start : unit.end].split(CELL_BREAK):
        spans.append((at, at + len(part)))
        at += len(part) + len(CELL_BREAK)
    return spans


def _columns(spans: Sequence[Span], unit: Unit | None) -> Sequence[int]:
    said = unit.block.block.columns if unit is not None else ()
    return said if len(said) == len(spans) else range(len(spans))
