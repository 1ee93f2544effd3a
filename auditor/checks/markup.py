"""HTML as an editor holds it: its words, each with its place in the source.

The parser of the standard library is used because it tells where everything stands, which tree builders do not. What
is not shown is not read; blocks become paragraphs; white space runs together as a browser shows it.
"""

from __future__ import annotations

import html
from html.parser import HTMLParser
from itertools import accumulate

from auditor.checks.mapped import Mapped, joined, plain, standing_for

_UNSEEN = frozenset(
    ("script", "style", "template", "noscript", "head", "svg", "math", "iframe", "object", "select", "textarea")
)
_BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "body", "caption", "dd", "div", "dl", "dt", "fieldset", "figcaption",
     "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol",
     "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul")
)  # fmt: skip
PARAGRAPH = "\n\n"


def read(source: str) -> Mapped:
    """Return the words of a piece of HTML, whole page or fragment, however broken it is."""
    reader = _Reader(source)
    reader.feed(source)
    reader.close()
    return joined(reader.parts)


class _Reader(HTMLParser):
    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self.parts: list[Mapped] = []
        self._source = source
        self._lines = [0, *accumulate(len(line) + 1 for line in source.split("\n"))]
        self._unseen: list[str] = []
        self._break: tuple[str, int] | None = None
        self._space: int | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen.append(tag)
        elif tag == "br":
            self._break_at("\n")
        elif tag in _BLOCKS:
            self._break_at(PARAGRAPH)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _UNSEEN:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unseen:
            while self._unseen.pop() != tag:
                pass
        elif tag in _BLOCKS:
            self._break_at(PARAGRAPH)

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        at = self._at()
        for start, end, blank in _runs(data):
            if blank:
                self._space = at + start if self._space is None else self._space
            else:
                self._say(plain(data[start:end], at + start))

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name}")

    def _reference(self, words: str) -> None:
        if self._unseen:
            return
        at = self._at()
        end = at + len(words) + (self._source[at + len(words) :][:1] == ";")
        meant = html.unescape(words + ";")
        if meant.isspace():
            self._space = at if self._space is None else self._space
        else:
            self._say(standing_for(meant, at, end))

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def _break_at(self, kind: str) -> None:
        if not self._unseen and (self._break is None or len(kind) > len(self._break[0])):
            self._break = (kind, self._at())

    def _say(self, words: Mapped) -> None:
        if self._break is not None:
            if self.parts:
                self.parts.append(standing_for(self._break[0], self._break[1], words.starts[0]))
        elif self._space is not None and self.parts:
            self.parts.append(standing_for(" ", self._space, self._space + 1))
        self._break = self._space = None
        self.parts.append(words)


def _runs(data: str) -> list[tuple[int, int, bool]]:
    """Cut words at white space; a run of it is one piece."""
    runs: list[tuple[int, int, bool]] = []
    start = 0
    for at in range(1, len(data) + 1):
        if at == len(data) or data[at].isspace() != data[start].isspace():
            runs.append((start, at, data[start].isspace()))
            start = at
    return runs
