"""What Word styles say about a paragraph or run: heading, numbering, hidden, font; inherited through ``basedOn``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFF = frozenset({"0", "false", "off"})


@dataclass(frozen=True, slots=True)
class Style:
    """One style; None where it says nothing itself."""

    key: str
    name: str
    based: str | None
    number: str | None
    level: int | None
    hidden: bool | None
    outline: int | None
    font: str | None


class Styles:
    """The styles of a document, looked up through their ancestors."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self._default: str | None = None
        self.font: str | None = None
        if root is None:
            return
        self.font = font_of(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        for node in root.iterfind(W + "style"):
            key = node.get(W + "styleId") or ""
            numbered = node.find(f"{W}pPr/{W}numPr")
            run = node.find(W + "rPr")
            self._styles[key] = Style(
                key,
                (value(node.find(W + "name")) or "").lower(),
                value(node.find(W + "basedOn")),
                value(numbered.find(W + "numId")) if numbered is not None else None,
                number(value(numbered.find(W + "ilvl"))) if numbered is not None else None,
                toggle(run, "vanish"),
                number(value(node.find(f"{W}pPr/{W}outlineLvl"))),
                font_of(run),
            )
            if node.get(W + "type") == "paragraph" and node.get(W + "default") in {"1", "true", "on"}:
                self._default = key

    def chain(self, key: str | None) -> Iterator[Style]:
        """Yield a style and its ancestors, nearest first; without a key the default paragraph style's."""
        at = key if key is not None else self._default
        seen: set[str] = set()
        while at is not None and at in self._styles and at not in seen:
            seen.add(at)
            yield self._styles[at]
            at = self._styles[at].based

    def is_heading(self, key: str | None) -> bool:
        """Tell whether a paragraph style is a heading or title."""
        return any(
            style.name.startswith(("heading", "title", "subtitle", "tiêu đề"))
            or (style.outline is not None and style.outline < 9)
            for style in self.chain(key)
        )

    def is_contents(self, key: str | None) -> bool:
        """Tell whether a paragraph style is a line of the table of contents."""
        return any(style.name.startswith(("toc ", "table of figures")) for style in self.chain(key))

    def hidden(self, key: str | None) -> bool:
        """Tell whether a style hides its text."""
        return next((style.hidden for style in self.chain(key) if style.hidden is not None), False)

    def font_in(self, key: str | None) -> str | None:
        """Return the font a style sets."""
        return next((style.font for style in self.chain(key) if style.font is not None), None)


def value(node: etree._Element | None) -> str | None:
    """Return the ``w:val`` of a node."""
    return node.get(W + "val") if node is not None else None


def number(text: str | None) -> int | None:
    """Return a whole number, or None where there is none or it is misspelt."""
    try:
        return int(text) if text is not None else None
    except ValueError:
        return None


def toggle(properties: etree._Element | None, name: str) -> bool | None:
    """Return whether a property is switched on, or None where it is not mentioned."""
    node = properties.find(W + name) if properties is not None else None
    return None if node is None else (value(node) or "1") not in OFF


def font_of(properties: etree._Element | None) -> str | None:
    """Return the name of the font for Latin letters."""
    fonts = properties.find(W + "rFonts") if properties is not None else None
    return (fonts.get(W + "ascii") or fonts.get(W + "hAnsi")) if fonts is not None else None
