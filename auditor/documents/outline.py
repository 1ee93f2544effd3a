"""The clauses of a document: Phần, Chương, Mục, Điều, khoản, điểm, dashes, lead-ins, tables, letterhead, signatures.

Forms differ and headings are typed by hand, so the words decide: how a line begins says what it is, and a line that
ends in a colon governs the list under it. Clauses come in order, never overlap, and cover all that is not blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from auditor.documents.interface import CELL_BREAK, Document, Field, PlacedBlock
from auditor.text import trim


class Role(StrEnum):
    """What a clause is for."""

    HEADING = "heading"
    NORM = "norm"
    ROW = "row"
    LETTERHEAD = "letterhead"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Locator:
    """The place of a clause; parts are bare strings ("II", "7", "đ"), paragraph and page count from 1."""

    part: str | None = None
    chapter: str | None = None
    section: str | None = None
    article: str | None = None
    clause: str | None = None
    point: str | None = None
    paragraph: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause.

    Attributes:
        start: code-point offset into the document's text.
        end: half-open end.
        governed_by: spans of the headings, lead-ins and table headers that govern it, outermost first.
    """

    start: int
    end: int
    locator: Locator
    role: Role
    governed_by: tuple[tuple[int, int], ...] = ()
    field: Field = "body"


LEVELS = ("part", "chapter", "section", "article", "clause", "point", "dash")
_NUMBER = r"[IVXLC]+|\d{1,3}[a-zđ]?"
_MARKERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(r"phần\s+(?:thứ\s+)?(\w+)\b[.:]?", re.IGNORECASE)),
    ("chapter", re.compile(rf"chương\s+(?:thứ\s+)?({_NUMBER}|\w+)\b[.:]?", re.IGNORECASE)),
    ("section", re.compile(rf"mục\s+({_NUMBER})\b[.:]?", re.IGNORECASE)),
    ("article", re.compile(r"điều\s+(?:thứ\s+)?(\d{1,3}[a-zđ]?)\s*[.:)\-–]?(?=\s|$)", re.IGNORECASE)),
    ("chapter", re.compile(r"([IVXLC]{1,6})\s*[.)\-–](?=\s)")),
    ("clause", re.compile(r"(?:khoản\s+)?(\d{1,2}(?:\.\d{1,2})*)\s*[.)/](?=\s|[^\W\d])", re.IGNORECASE)),
    ("point", re.compile(r"(?:điểm\s+)?([a-zđ])\s*[.)](?=\s)")),
    ("clause", re.compile(r"(thứ (?:nhất|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười))\s*[,:.]", re.IGNORECASE)),
    ("dash", re.compile(r"([-–—+•*·●▪])\s*(?=\S)")),
)
_REFERENCE = re.compile(r"\s*(?:khoản|điểm|điều|của|luật|bộ luật|nghị định)\b", re.IGNORECASE)
_INLINE = re.compile(r"(?<=[:;.])\s+(?=(?:[a-zđ]\)|\d{1,2}\)|[-–—+•])\s*\S)")
_LETTERHEAD = re.compile(
    r"cộng h[oò][aà] xã hội|độc lập\s*[-–—]\s*tự do|^\s*(?:ubnd|ủy ban nhân dân)\b[^.]{0,60}$|^\s*số\s*:|"
    r",\s*ngày\s+[\d.…]+\s*tháng\s+[\d.…]+\s*năm",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"^\W*(?:tm\.|thay mặt|xác nhận của|nơi nhận|\(?đã ký\)?|\(?ký,? ghi rõ|đại diện (?:các )?hộ|trưởng (?:bản|thôn|ban|xóm|ấp|khu)"
    r"|tổ trưởng|bí thư chi bộ|chủ tịch|người (?:lập|soạn|viết)|lưu:)[^.;]{0,90}$",
    re.IGNORECASE,
)
_DUTY = re.compile(r"\b(?:không được|phải|được|cấm|có trách nhiệm|chỉ|thì|bị|do|là)\b", re.IGNORECASE)
HEADING_WORDS = 22


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    block: PlacedBlock
    paragraph: int


def outline(document: Document) -> tuple[Clause, ...]:
    """Find the clauses of a document."""
    builder = _Builder(document.text)
    lines = list(_lines(document))
    tail = max(0, len(lines) - 12)
    for i, line in enumerate(lines):
        builder.add(line, early=i < 12, late=i >= tail)
    return tuple(builder.clauses)


def _lines(document: Document) -> Iterator[_Line]:
    """Yield the lines that begin something: a wrapped line continues its paragraph, an inline list is cut up."""
    text = document.text
    for paragraph, block in enumerate(document.blocks, 1):
        start = block.start
        if block.block.table is not None:
            yield _Line(block.start, block.end, block, paragraph)
            continue
        for match in re.finditer(r"\n", text[block.start : block.end]):
            at = block.start + match.end()
            if _begins(text, start, at, block.end):
                yield from _split(text, start, at, block, paragraph)
                start = at
        yield from _split(text, start, block.end, block, paragraph)


def _begins(text: str, start: int, at: int, end: int) -> bool:
    """Tell whether a new line begins a clause rather than continue a wrapped one."""
    after = text[at:end].lstrip()
    before = text[start:at].rstrip()
    if not after or not before:
        return False
    if _marker(after) is not None:
        return True
    return before[-1] in '.;:!?…”"' or (after[0].isupper() and len(before.split("\n")[-1]) < 60) or before.isupper()


def _split(text: str, start: int, end: int, block: PlacedBlock, paragraph: int) -> Iterator[_Line]:
    cuts = [start, *(match.end() for match in _INLINE.finditer(text, start, end)), end]
    for first, last in zip(cuts, cuts[1:], strict=False):
        a, b = trim(text, first, last)
        if a < b:
            yield _Line(a, b, block, paragraph)


def _marker(line: str) -> tuple[str, str, int] | None:
    """Return level, number and length of the marker a line begins with."""
    for level, pattern in _MARKERS:
        match = pattern.match(line)
        if match is None:
            continue
        if level == "article" and _REFERENCE.match(line, match.end()):
            return None
        return level, match.group(1), match.end()
    return None


class _Builder:
    """Walks the lines and remembers where it is."""

    def __init__(self, text: str) -> None:
        self.clauses: list[Clause] = []
        self._text = text
        self._place: dict[str, str] = {}
        self._leads: list[tuple[int, tuple[int, int], str | None]] = []
        self._header: tuple[int, tuple[int, int]] | None = None
        self._signing = False

    def add(self, line: _Line, *, early: bool, late: bool) -> None:
        words = self._text[line.start : line.end]
        block = line.block.block
        if block.table is not None:
            self._row(line)
            return
        marker = _marker(words)
        if marker is None and early and not self._place and _LETTERHEAD.search(words):
            self._emit(line, Role.LETTERHEAD)
            return
        if marker is None and late and (self._signing or _SIGNATURE.match(words)) and len(words.split()) < 16:
            self._signing = True
            self._emit(line, Role.SIGNATURE)
            return
        level, number, length = marker or ("", "", 0)
        depth = LEVELS.index(level) if level else len(LEVELS)
        if level and not block.note:
            self._enter(level, number)
        heading = _is_heading(level, words[length:].strip(), block.heading, words)
        if level or heading:
            self._leads = [lead for lead in self._leads if lead[0] < depth]
        elif self._leads and not words.endswith((";", ",")) and not self._listed(words):
            self._leads = [lead for lead in self._leads if lead[2] == "heading"]
        self._emit(line, Role.HEADING if heading else Role.NORM)
        if heading:
            self._leads = [lead for lead in self._leads if lead[0] != depth]
            self._leads.append((depth, (line.start, line.end), "heading"))
        elif words.rstrip().endswith(":"):
            self._leads.append((depth, (line.start, line.end), "list"))

    def _listed(self, words: str) -> bool:
        """An unmarked line right under a lead-in is an item of its list while lines stay short."""
        return self._leads[-1][2] == "list" and len(words) < 200 and not words.endswith(":")

    def _enter(self, level: str, number: str) -> None:
        if level == "dash":
            return
        for deeper in LEVELS[LEVELS.index(level) + 1 :]:
            self._place.pop(deeper, None)
        self._place[level] = number.lower() if level == "point" else number

    def _row(self, line: _Line) -> None:
        block = line.block.block
        if self._header is None or self._header[0] != block.table:
            self._header = (block.table or 0, (line.start, line.end))
            self._emit(line, Role.HEADING if block.header or CELL_BREAK in block.text else Role.ROW)
            return
        self._emit(line, Role.ROW, (self._header[1],))

    def _emit(self, line: _Line, role: Role, extra: tuple[tuple[int, int], ...] = ()) -> None:
        locator = replace(
            Locator(**{level: self._place.get(level) for level in LEVELS[:-1]}),
            paragraph=line.paragraph,
            page=line.block.block.page,
        )
        governed = tuple(span for _, span, _ in self._leads)
        self.clauses.append(Clause(line.start, line.end, locator, role, governed + extra, line.block.block.field))


def _is_heading(level: str, rest: str, styled: bool, words: str) -> bool:
    if level in {"clause", "point", "dash"}:
        return False
    if len(rest.split()) > HEADING_WORDS:
        return False
    if styled or words.isupper() or level in {"part", "chapter", "section"}:
        return not rest.endswith((".", ";")) or not _DUTY.search(rest)
    if level == "article":
        return not rest or (rest[-1] not in ".;:!?" and not _DUTY.search(rest))
    return False
