"""The numbers Word draws before paragraphs: "Điều 1.", "a)", "-", from numbering.xml and styles.

After ECMA-376 part 1, 17.9: lists that share an abstract numbering count on together, a level starts anew after any
higher level unless ``lvlRestart`` says otherwise, and a start override holds once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from auditor.documents.styles import Styles, W, number, toggle, value

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_BULLETS = "•-–—+*"
MOST = 32_000


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is drawn; ``restart`` counts levels from 1, None is Word's default."""

    text: str
    form: str
    start: int = 1
    restart: int | None = None
    suffix: str = "tab"
    legal: bool = False


class Numbering:
    """Counts numbered paragraphs as Word does while they pass by in order.

    Args:
        root: the root of numbering.xml.
        styles: the styles of the document.
        running: articles ("Điều 5.") run on through chapters: LibreOffice drops the mark that says so.
    """

    def __init__(self, root: etree._Element | None, styles: Styles, *, running: bool = False) -> None:
        self._running = running
        self._styles = styles
        self._levels: dict[str, dict[int, Level]] = {}
        self._by_style: dict[tuple[str, str], int] = {}
        self._abstract: dict[str, str] = {}
        self._changed: dict[tuple[str, int], Level] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if root is not None:
            self._read(root)

    def label(self, paragraph: etree._Element) -> str:
        """Count a paragraph and return the number drawn before its words, with the space after it."""
        key, at = self._place(paragraph)
        abstract = self._abstract.get(key or "")
        if key is None or abstract is None:
            return ""
        level = self._level(key, at)
        if level is None:
            return ""
        counts = self._counts.setdefault(abstract, {})
        if (key, at) in self._starts:
            counts[at] = self._starts.pop((key, at)) - 1
        counts[at] = min(counts.get(at, level.start - 1) + 1, MOST)
        for deeper in [other for other in counts if other > at]:
            below = self._level(key, deeper)
            restart = below.restart if below is not None else None
            if self._running and below is not None and below.text.lower().startswith("điều"):
                restart = 0
            if at < (deeper if restart is None else restart):
                del counts[deeper]
        drawn = self._draw(key, level, counts)
        return drawn + ("" if level.suffix == "nothing" or not drawn else " ")

    def _draw(self, key: str, level: Level, counts: dict[int, int]) -> str:
        if level.form == "bullet":
            return level.text if level.text and level.text in _BULLETS else "•"
        if level.form == "none" and "%" in level.text:
            return re.sub(r"%\d", "", level.text).strip()

        def one(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            part = self._level(key, at)
            if part is None:
                return ""
            return written(counts.get(at, part.start), "decimal" if level.legal else part.form)

        return re.sub(r"%([1-9])", one, level.text).strip()

    def _level(self, key: str, at: int) -> Level | None:
        return self._changed.get((key, at)) or self._levels.get(self._abstract.get(key, ""), {}).get(at)

    def _place(self, paragraph: etree._Element) -> tuple[str | None, int]:
        """Find list and level: the paragraph's own words first, then its style's."""
        direct = paragraph.find(f"{W}pPr/{W}numPr")
        key = value(direct.find(W + "numId")) if direct is not None else None
        at = number(value(direct.find(W + "ilvl"))) if direct is not None else None
        style = value(paragraph.find(f"{W}pPr/{W}pStyle"))
        if key is None:
            for ancestor in self._styles.chain(style):
                if ancestor.number is not None:
                    key = ancestor.number
                    if at is None:
                        linked = self._by_style.get((self._abstract.get(key, ""), ancestor.key))
                        at = linked if linked is not None else ancestor.level
                    break
        return (None, 0) if key in {None, "0"} else (key, at or 0)

    def _read(self, root: etree._Element) -> None:
        links: dict[str, str] = {}
        for abstract in root.iterfind(W + "abstractNum"):
            key = abstract.get(W + "abstractNumId") or ""
            levels: dict[int, Level] = {}
            for node in abstract.iterfind(W + "lvl"):
                at = number(node.get(W + "ilvl")) or 0
                levels[at] = _level(node)
                style = value(node.find(W + "pStyle"))
                if style is not None:
                    self._by_style[(key, style)] = at
            self._levels[key] = levels
            link = value(abstract.find(W + "numStyleLink"))
            if link is not None:
                links[key] = link
        for node in root.iterfind(W + "num"):
            key = node.get(W + "numId") or ""
            self._abstract[key] = value(node.find(W + "abstractNumId")) or ""
            for override in node.iterfind(W + "lvlOverride"):
                at = number(override.get(W + "ilvl")) or 0
                inner = override.find(W + "lvl")
                if inner is not None:
                    self._changed[(key, at)] = _level(inner)
                start = number(value(override.find(W + "startOverride")))
                if start is not None:
                    self._starts[(key, at)] = start
        for key, link in links.items():
            for linked in self._styles.chain(link):
                target = self._abstract.get(linked.number or "")
                if target is not None and target != key:
                    self._levels[key] = self._levels.get(target, {})
                    break


def _level(node: etree._Element) -> Level:
    start = number(value(node.find(W + "start")))
    return Level(
        value(node.find(W + "lvlText")) or "",
        value(node.find(W + "numFmt")) or "decimal",
        1 if start is None else start,
        number(value(node.find(W + "lvlRestart"))),
        value(node.find(W + "suff")) or "tab",
        bool(toggle(node, "isLgl")),
    )


def written(count: int, form: str) -> str:
    """Write a count as Word draws it; unknown forms come out in digits.

    Letters go a … z, aa, bb: Word has no Vietnamese row (a, b, c, d, đ, e); such points are typed by hand.
    """
    if count < 1 or count > MOST:
        return str(count)
    if form == "decimalZero":
        return f"{count:02d}"
    if form in {"upperRoman", "lowerRoman"}:
        drawn = ""
        for worth, letters in _ROMAN:
            while count >= worth:
                drawn += letters
                count -= worth
        return drawn.upper() if form == "upperRoman" else drawn
    if form in {"upperLetter", "lowerLetter"}:
        letter = chr(ord("a") + (count - 1) % 26) * min((count - 1) // 26 + 1, 9)
        return letter.upper() if form == "upperLetter" else letter
    return str(count)
