"""What the styles of an OpenDocument text say: font, hidden, heading, and how lists are numbered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from auditor.documents.numbering import written
from auditor.documents.styles import number

STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_BULLETS = "•-–—+*"


@dataclass(frozen=True, slots=True)
class ListLevel:
    """How one level of a list is drawn."""

    prefix: str
    suffix: str
    form: str
    shown: int = 1
    start: int = 1
    bullet: str = ""


class OdtStyles:
    """The styles of a document.

    Args:
        roots: content.xml and styles.xml; the first one's styles win.
    """

    def __init__(self, *roots: etree._Element | None) -> None:
        self._styles: dict[tuple[str, str], etree._Element] = {}
        self._defaults: dict[str, etree._Element] = {}
        self._faces: dict[str, str] = {}
        self._lists: dict[str, dict[int, ListLevel]] = {}
        for root in roots:
            if root is not None:
                self._read(root)

    def _read(self, root: etree._Element) -> None:
        for node in root.iter(STYLE + "style"):
            self._styles.setdefault((node.get(STYLE + "family") or "", node.get(STYLE + "name") or ""), node)
        for node in root.iter(STYLE + "default-style"):
            self._defaults.setdefault(node.get(STYLE + "family") or "", node)
        for node in root.iter(STYLE + "font-face"):
            self._faces.setdefault(node.get(STYLE + "name") or "", node.get(SVG + "font-family") or "")
        for node in root.iter(TEXT + "list-style", TEXT + "outline-style"):
            name = node.get(STYLE + "name") or "" if node.tag == TEXT + "list-style" else "outline"
            self._lists.setdefault(name, dict(_levels(node)))

    def _chain(self, family: str, name: str | None) -> Iterator[etree._Element]:
        seen: set[str] = set()
        while name and name not in seen and (node := self._styles.get((family, name))) is not None:
            seen.add(name)
            yield node
            name = node.get(STYLE + "parent-style-name")

    def _said(self, family: str, name: str | None, attribute: str) -> str | None:
        for node in self._chain(family, name):
            for properties in node.iterfind(STYLE + "text-properties"):
                if (found := properties.get(attribute)) is not None:
                    return found
        return None

    def font(self, family: str, name: str | None) -> str | None:
        """Return the font a style sets; that of the default paragraph where ``name`` is None."""
        if name is None and family in self._defaults:
            properties = self._defaults[family].find(STYLE + "text-properties")
            named = properties.get(STYLE + "font-name") if properties is not None else None
            return self._faces.get(named or "", named)
        named = self._said(family, name, STYLE + "font-name")
        return self._faces.get(named, named) if named is not None else self._said(family, name, FO + "font-family")

    def hidden(self, family: str, name: str | None) -> bool:
        """Tell whether a style hides its words."""
        return self._said(family, name, TEXT + "display") == "none"

    def is_heading(self, name: str | None) -> bool:
        """Tell whether a paragraph style is a heading or title."""
        return any(
            (node.get(STYLE + "display-name") or node.get(STYLE + "name") or "").lower().replace("_20_", " ")
            .startswith(("heading", "title", "subtitle", "tiêu đề"))
            for node in self._chain("paragraph", name)
        )  # fmt: skip

    def list_of(self, name: str | None) -> str | None:
        """Return the list style a paragraph style brings along."""
        return next(
            (found for node in self._chain("paragraph", name) if (found := node.get(STYLE + "list-style-name"))), None
        )

    def level(self, name: str, at: int) -> ListLevel | None:
        """Return how a level of a list, counted from 1, is drawn."""
        return self._lists.get(name, {}).get(at)

    def label(self, name: str, at: int, counts: dict[int, int]) -> str:
        """Draw the number of an item with the space after it."""
        level = self.level(name, at)
        if level is None:
            return ""
        if level.bullet:
            return f"{level.bullet if level.bullet in _BULLETS else '•'} "
        if not level.form:
            drawn = (level.prefix + level.suffix).strip()
            return f"{drawn} " if drawn else ""
        parts = []
        for one in range(max(at - level.shown + 1, 1), at + 1):
            shown = self.level(name, one)
            if shown is not None and shown.form:
                parts.append(written(counts.get(one, shown.start), shown.form))
        return f"{level.prefix}{'.'.join(parts)}{level.suffix}".strip() + " "


def _levels(node: etree._Element) -> Iterator[tuple[int, ListLevel]]:
    for level in node:
        at = number(level.get(TEXT + "level")) if isinstance(level.tag, str) else None
        if at is None:
            continue
        bullet = level.get(TEXT + "bullet-char") or ""
        if level.tag == TEXT + "list-level-style-image":
            bullet = "•"
        shown = number(level.get(TEXT + "display-levels"))
        start = number(level.get(TEXT + "start-value"))
        yield (
            at,
            ListLevel(
                level.get(STYLE + "num-prefix") or "",
                level.get(STYLE + "num-suffix") or "",
                _FORMS.get(level.get(STYLE + "num-format") or "", ""),
                1 if shown is None else shown,
                1 if start is None else start,
                bullet,
            ),
        )
