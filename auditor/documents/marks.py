"""How a line begins: "Chương II", "Điều 5.", "1.", "a)", "–", and what each of these stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

_WORDS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_ORDINALS = {word: at for at, word in enumerate(_WORDS, 1)} | {"một": 1, "bốn": 4}
_NAMED = "nhất|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười"
_ROMAN = "[IVX]{1,6}"
LETTERS = "abcdđeghiklmnopqrstuvxy"
_LATIN = "abcdefghijklmnopqrstuvwxyz"


class Level(IntEnum):
    """Depth of a mark; there is room between for lists inside lists and for headings without a mark."""

    TITLE = 5
    PART = 10
    CHAPTER = 20
    SECTION = 30
    UNMARKED_HEADING = 35
    ARTICLE = 40
    CLAUSE = 50
    POINT = 60
    DASH = 70
    LIST = 90


FIELDS = {
    Level.PART: "part", Level.CHAPTER: "chapter", Level.SECTION: "section", Level.ARTICLE: "article",
    Level.CLAUSE: "clause", Level.POINT: "point",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """The label a line begins with.

    Attributes:
        level: what it is a label of.
        style: how it is written; items of one list share it.
        number: the bare number or letter as written, None for dashes and ordinals.
        ordinal: its place in its list counted from 1, None for dashes.
        end: offset at which the words begin.
    """

    level: Level
    style: str
    number: str | None
    ordinal: int | None
    end: int


_HEADS = (
    (Level.PART, re.compile(rf"(?:PHẦN|Phần)\s+(?:(?:thứ|THỨ)\s+)?({_ROMAN}|\d{{1,2}}|(?i:{_NAMED}))(?!\w)")),
    (
        Level.CHAPTER,
        re.compile(rf"(?:CHƯƠNG|Chương)\s+(?:(?:thứ|THỨ)\s+)?([IVXLC]{{1,7}}|\d{{1,2}}|(?i:{_NAMED}))(?!\w)"),
    ),
    (Level.SECTION, re.compile(rf"(?:MỤC|Mục|TIỂU MỤC|Tiểu mục)\s+({_ROMAN}|\d{{1,2}}|[A-Z])(?!\w)")),
    (Level.ARTICLE, re.compile(rf"(?:ĐIỀU|Điều)\s+(?:(?:thứ|THỨ)\s+)?(\d{{1,3}}[a-zđ]?|{_ROMAN}|(?i:{_NAMED}))(?!\w)")),
    (Level.CLAUSE, re.compile(r"(?:KHOẢN|Khoản)\s+(\d{1,2})(?!\w)")),
    (Level.POINT, re.compile(r"(?:ĐIỂM|Điểm)\s+([a-zđ])(?!\w)")),
)
_AFTER = re.compile(r"\s*(?:[.:)/](?!\d)|[-–—](?=\s|[^\W\d]))\s*|\s*$|\s+(?=[^\W\d_])")
_CITED = re.compile(
    r"(?:Luật|Bộ luật|Nghị (?:định|quyết)|Hiến pháp|Thông tư|Pháp lệnh|Quyết định|Quy (?:chế|ước)|Công ước|Chỉ thị"
    r"|Hương ước|Khoản|Điều)(?!\w)"
)
_ROMAN_MARK = re.compile(rf"({_ROMAN})\s?[.)/:\-–]\s+(?=\S)")
_CAPITAL = re.compile(r"([A-HĐ])\s?[.)/]\s+(?=\S)")
_NUMBER = re.compile(
    r"(?:\((\d{1,2})\)|(\d{1,2}(?:\.\d{1,2}){0,3})\s?([.)/:])(?![\d/]))\s*(?=[^\s])|(\d{1,2})\s?([-–])\s+(?=[^\W\d_])"
    r"|(\d{1,2}(?:\.\d{1,2}){1,3})\s+(?=[^\W\d_])"
)
_LETTER = re.compile(
    r"\(([a-zđ])\)\s*(?=\S)|([a-zđ])\s?\)\s*(?=\S)|([a-zđ])\s?([./:])\s+(?=\S)|([a-zđ])\s?([-–])\s+(?=\S)"
)
_ORDINAL = re.compile(rf"(?:Thứ\s+({_NAMED})|(Một|Hai|Ba|Bốn|Năm|Sáu|Bảy|Tám|Chín|Mười)\s+là)\s*[,:.\-–]\s*")
_DASH = re.compile(r"([-–—−‐*+•●○▪■□◦‣·✓❖➢⁃])\s*(?=[^\W_]|[\"“‘'(\[])")
_DASHES = "-–—−‐⁃"


def mark_at(text: str, start: int, end: int) -> Mark | None:
    """Return the label that ``text[start:end]`` begins with, or None."""
    head = text[start]
    if head in "PpCcMmTtĐKk":
        found = _head(text, start, end)
        if found is not None:
            return found
    if head.isdigit() or head == "(":
        match = _NUMBER.match(text, start, end)
        if match is not None:
            return _numbered(text, match)
    if "a" <= head <= "z" or head in "(đ":
        match = _LETTER.match(text, start, end)
        if match is not None:
            letter = next(part for part in match.group(1, 2, 3, 5) if part)
            style = "(a)" if match.group(1) else "a" + (match.group(4) or match.group(6) or ")")
            return Mark(Level.POINT, style, letter, ordinal_of(letter), match.end())
    if head in "IVX":
        match = _ROMAN_MARK.match(text, start, end)
        if match is not None and _roman(match.group(1)):
            return Mark(Level.CHAPTER, "I", match.group(1), _roman(match.group(1)), match.end())
    match = _CAPITAL.match(text, start, end)
    if match is not None and _is_short(text[match.end() : end]):
        return Mark(Level.PART, "A", match.group(1), ordinal_of(match.group(1).lower()), match.end())
    match = _ORDINAL.match(text, start, end)
    if match is not None:
        return Mark(Level.DASH, "thứ", None, _ORDINALS[(match.group(1) or match.group(2)).lower()], match.end())
    match = _DASH.match(text, start, end)
    if match is not None:
        return Mark(Level.DASH, "-" if match.group(1) in _DASHES else match.group(1), None, None, match.end())
    return None


def ordinal_of(letter: str) -> int:
    """Return the place of a letter in the Vietnamese row a, b, c, d, đ, e; letters outside it follow."""
    at = LETTERS.find(letter)
    return at + 1 if at >= 0 else 100 + _LATIN.find(letter)


def follows(letter: str, before: str) -> bool:
    """Tell whether a letter comes next after another, in the Vietnamese row or the Latin one."""
    for row in (LETTERS, _LATIN):
        if before in row and letter in row and row.index(letter) == row.index(before) + 1:
            return True
    return False


def _head(text: str, start: int, end: int) -> Mark | None:
    for level, pattern in _HEADS:
        match = pattern.match(text, start, end)
        if match is None:
            continue
        after = _AFTER.match(text, match.end(), end)
        if after is None:
            return None
        bare = not after.group().strip()
        if bare and after.end() < end and (not text[after.end()].isupper() or _CITED.match(text, after.end(), end)):
            return None
        number = match.group(1)
        return Mark(level, level.name, number if number[0].isupper() else number.lower(), _ordinal(number), after.end())
    return None


def _numbered(text: str, match: re.Match[str]) -> Mark | None:
    number = next(part for part in match.group(1, 2, 4, 6) if part)
    loose = match.group(5) or match.group(6)
    if loose and not text[match.end()].isupper():
        return None
    parts = number.split(".")
    plain = "1" * len(parts) + (match.group(3) or match.group(5) or ".")
    style = "(1)" if match.group(1) else plain
    return Mark(Level.CLAUSE, style, number, int(parts[-1]), match.end())


def _ordinal(number: str) -> int | None:
    if number.lower() in _ORDINALS:
        return _ORDINALS[number.lower()]
    digits = re.match(r"\d+", number)
    return int(digits.group()) if digits else _roman(number) or None


def _roman(letters: str) -> int:
    """Return the value of a Roman number, 0 if it is none."""
    worth = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    total = 0
    for one, two in zip(letters, (*letters[1:], ""), strict=True):
        value = worth.get(one, 0)
        total += -value if two and value < worth.get(two, 0) else value
    return total


def _is_short(words: str) -> bool:
    return len(words.split()) <= 14 and not words.rstrip().endswith((".", ";", ","))
