"""The numbers Word draws before paragraphs: "Điều 1.", "a)", "-", from numbering.xml and styles."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_BULLETS = "•-–—+*"


@dataclass(frozen=True, slots=True)
class _Level:
    text: str
    form: str
    start: int
    restart: int | None


class Numbering:
    """Counts numbered paragraphs as Word does while they pass by in order."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._abstract: dict[str, str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._styles: dict[str, tuple[str | None, str | None, int | None, bool]] = {}
        if numbering is not None:
            self._read_numbering(numbering)
        if styles is not None:
            self._read_styles(styles)

    def is_heading(self, paragraph: etree._Element) -> bool:
        """Tell whether a paragraph's style is a heading."""
        style = _value(paragraph.find(f"{W}pPr/{W}pStyle"))
        while style in self._styles:
            based, _, _, heading = self._styles[style]
            if heading:
                return True
            style = based
        return False

    def label(self, paragraph: etree._Element) -> str:
        """Return the number drawn before a paragraph, or an empty string; counts it."""
        number, level = self._number(paragraph)
        if number is None or number == "0" or number not in self._abstract:
            return ""
        abstract = self._abstract[number]
        levels = self._levels.get(abstract, {})
        rule = levels.get(level)
        if rule is None:
            return ""
        counts = self._counts.setdefault(abstract, {})
        if (number, level) in self._starts:  # a list that starts anew does so once
            counts[level] = self._starts.pop((number, level)) - 1
        counts[level] = counts.get(level, rule.start - 1) + 1
        for deeper in [at for at in counts if at > level]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart != 0 and (restart is None or level < restart):
                del counts[deeper]
        if rule.form == "bullet":
            return rule.text if rule.text in _BULLETS else "-"
        if rule.form == "none":
            return ""

        def drawn(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            part = levels.get(at, rule)
            return _draw(counts.get(at, part.start), part.form)

        return re.sub(r"%(\d)", drawn, rule.text).strip()

    def _number(self, paragraph: etree._Element) -> tuple[str | None, int]:
        direct = paragraph.find(f"{W}pPr/{W}numPr")
        number = _value(direct.find(W + "numId")) if direct is not None else None
        level = _value(direct.find(W + "ilvl")) if direct is not None else None
        style = _value(paragraph.find(f"{W}pPr/{W}pStyle"))
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            based, styled, styled_level, _ = self._styles[style]
            number = number if number is not None else styled
            if level is None and styled_level is not None:
                level = str(styled_level)
            style = based
        return number, int(level or 0)

    def _read_numbering(self, root: etree._Element) -> None:
        for abstract in root.findall(W + "abstractNum"):
            key = abstract.get(W + "abstractNumId") or ""
            self._levels[key] = {
                int(level.get(W + "ilvl") or 0): _Level(
                    _value(level.find(W + "lvlText")) or "",
                    _value(level.find(W + "numFmt")) or "decimal",
                    int(_value(level.find(W + "start")) or 1),
                    int(restart) if (restart := _value(level.find(W + "lvlRestart"))) is not None else None,
                )
                for level in abstract.findall(W + "lvl")
            }
        for number in root.findall(W + "num"):
            key = number.get(W + "numId") or ""
            self._abstract[key] = _value(number.find(W + "abstractNumId")) or ""
            for override in number.findall(W + "lvlOverride"):
                start = _value(override.find(W + "startOverride"))
                if start is not None:
                    self._starts[(key, int(override.get(W + "ilvl") or 0))] = int(start)

    def _read_styles(self, root: etree._Element) -> None:
        for style in root.findall(W + "style"):
            name = (_value(style.find(W + "name")) or "").lower()
            numbered = style.find(f"{W}pPr/{W}numPr")
            number = _value(numbered.find(W + "numId")) if numbered is not None else None
            level = _value(numbered.find(W + "ilvl")) if numbered is not None else None
            self._styles[style.get(W + "styleId") or ""] = (
                _value(style.find(W + "basedOn")),
                number,
                int(level) if level is not None else None,
                name.startswith(("heading", "title")),
            )


def _value(node: etree._Element | None) -> str | None:
    return node.get(W + "val") if node is not None else None


def _draw(count: int, form: str) -> str:
    if form == "decimalZero":
        return f"{count:02d}"
    if form in {"upperRoman", "lowerRoman"}:
        drawn = ""
        for value, letters in _ROMAN:
            while count >= value:
                drawn += letters
                count -= value
        return drawn.upper() if form == "upperRoman" else drawn
    if form in {"upperLetter", "lowerLetter"}:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    return str(count)
