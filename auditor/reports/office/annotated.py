"""The regulation itself as a Word file with a comment at each clause.

The original docx is kept as it is, with comments added; of any other form a docx is made from the text. A finding whose
words stand in no paragraph (a text box, a footnote) is told in one comment at the end: none is lost.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.run import Run

from auditor.record import Finding
from auditor.reports.office.anchors import Anchor, Finder, Spot
from auditor.reports.office.oxml import paragraph, run, timeless
from auditor.reports.office.paper import BODY, Paper
from auditor.reports.office.words import legible, shortened
from auditor.reports.wording import SEVERITIES, law, place, standing

AUTHOR, INITIALS = "Soát giới", "SG"
Status = Literal["suggested", "confirmed", "dismissed", "consult"]
STATUSES: dict[Status, str] = {
    "suggested": "máy gợi ý, chưa có người xác nhận",
    "confirmed": "đã xác nhận",
    "dismissed": "đã bác bỏ",
    "consult": "chờ tham vấn",
}
LOST = "Không tìm được vị trí của các nội dung sau trong tệp (có thể nằm trong khung chữ, chú thích, đầu trang):"
# Their words are not those of the text as it is read.
_SILENT = {
    qn(f"w:{name}") for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "txbxContent", "rt")
} | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_MARKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}


@dataclass(frozen=True, slots=True)
class Note:
    """A comment to write.

    Attributes:
        start: offset into the normalised text.
        end: half-open end.
        text: what the comment says under its status.
        status: what people made of it.
    """

    start: int
    end: int
    text: str
    status: Status = "suggested"


@dataclass(frozen=True, slots=True)
class _Letters:
    """A stretch of a paragraph's text: the node it stands in, and where it begins."""

    node: Any
    start: int
    text: str


def note_of(finding: Finding, status: Status = "suggested") -> Note:
    """Return the comment a finding of an audit record makes."""
    lines = [f"{finding.severity}: {finding.title} ({SEVERITIES[finding.severity]})", place(finding.locator)]
    lines += [finding.message, f"Vì sao: {finding.why}"]
    lines += [f"{standing(basis)}: {law(basis)}" for basis in finding.basis]
    lines.append(f"Gợi ý sửa: {finding.suggestion}")
    return Note(finding.start, finding.end, "\n".join(line for line in lines if line.strip()), status)


def annotated_docx(original: bytes, text: str, notes: Sequence[Note], *, day: datetime | None = None) -> bytes:
    """Return the original Word file with a comment at each note.

    Args:
        original: a docx.
        text: the normalised text the offsets of the notes point into.
        day: when the comments are said to be written; without it they bear no day.

    Raises:
        ValueError: python-docx does not open the file (a docm, say): :func:`text_docx` can be used instead.
    """
    try:
        document = docx.Document(io.BytesIO(original))
    except Exception as error:
        # Damaged packages come as KeyError, BadZipFile, XMLSyntaxError and more.
        raise ValueError(type(error).__name__) from error
    paragraphs = list(_paragraphs(document.element.body))
    _comment(document, paragraphs, text, notes, day)
    out = io.BytesIO()
    document.save(out)
    return timeless(out.getvalue())


def text_docx(title: str, text: str, notes: Sequence[Note], *, day: datetime | None = None) -> bytes:
    """Return a docx made from the text alone, with a comment at each note."""
    paper = Paper(title)
    made = [
        paper.place(paragraph(BODY, [run(line.replace("\x0b", "\n").replace("\x0c", "\n"))]))
        for line in text.split("\n")
        if line.strip()
    ]
    _comment(paper.document, made, text, notes, day)
    return paper.data()


def _comment(document: Any, paragraphs: Sequence[Any], text: str, notes: Sequence[Note], day: datetime | None) -> None:
    finder = Finder(text, ["".join(one.text for one in _letters(node)) for node in paragraphs])
    lost: list[Note] = []
    for note in sorted(notes, key=lambda note: (note.start, note.end)):
        anchor = finder.find(note.start, note.end)
        runs = _runs_at(document, paragraphs, anchor) if anchor is not None else None
        if runs is None:
            lost.append(note)
        else:
            _write(document, runs, _words(note), day)
    if lost:
        told = [f"“{shortened(text[note.start : note.end])}”\n{_words(note)}" for note in lost]
        _write(document, [_last_run(document)], "\n\n".join([LOST, *told]), day)


def _words(note: Note) -> str:
    return f"Trạng thái: {STATUSES[note.status]}\n{note.text}"


def _write(document: Any, runs: Sequence[Run], words: str, day: datetime | None) -> None:
    comment = document.add_comment(list(runs), text=legible(words), author=AUTHOR, initials=INITIALS)
    node = comment._comment_elm
    node.attrib.pop(qn("w:date"), None)
    if day is not None:
        node.set(qn("w:date"), f"{day:%Y-%m-%dT%H:%M:%SZ}")


def _paragraphs(node: Any) -> Iterator[Any]:
    """Yield the paragraphs that can be marked, in reading order; those in text boxes cannot."""
    for child in node:
        if child.tag == qn("w:p"):
            yield child
        elif child.tag not in _SILENT:
            yield from _paragraphs(child)


def _letters(node: Any, start: int = 0) -> Iterator[_Letters]:
    """Yield the words of a paragraph with the nodes they stand in."""
    at = start
    for child in node:
        if child.tag in _SILENT:
            continue
        if child.tag == qn("w:t") or child.tag in _MARKS:
            words = _MARKS.get(child.tag) or child.text or ""
            yield _Letters(child, at, words)
            at += len(words)
        else:
            for one in _letters(child, at):
                yield one
                at = one.start + len(one.text)


def _runs_at(parent: Any, paragraphs: Sequence[Any], anchor: Anchor) -> tuple[Run, Run] | None:
    """Return the first and the last run of the words, cut out of the runs they stand in."""
    first = _cut(paragraphs[anchor.first.paragraph], anchor.first)
    last = _cut(paragraphs[anchor.last.paragraph], anchor.last)
    if not first or not last:
        return None
    # The second cut may have cut the first run again; its head is still where the words begin.
    return Run(first[0], parent), Run(last[-1], parent)


def _cut(node: Any, spot: Spot) -> list[Any]:
    """Cut the runs of a paragraph at both ends of a spot; return those between."""
    for at in (spot.start, spot.end):
        for one in list(_letters(node)):
            if one.start < at < one.start + len(one.text):
                _cut_run(one.node, at - one.start)
            elif one.start == at:
                _cut_run(one.node, 0)
    inside = []
    for one in _letters(node):
        owner = one.node.getparent()
        if one.text and spot.start <= one.start and one.start + len(one.text) <= spot.end and owner.tag == qn("w:r"):
            inside.append(owner)
    return inside


def _cut_run(node: Any, at: int) -> None:
    """Make all from a letter of a run on into a run of its own."""
    owner = node.getparent()
    before = [one for one in owner.iterchildren() if one.tag != qn("w:rPr")]
    if owner.tag != qn("w:r") or (at == 0 and before[0] is node):
        return
    rest = OxmlElement("w:r")
    look = owner.find(qn("w:rPr"))
    if look is not None:
        rest.append(deepcopy(look))
    moved = before[before.index(node) + (1 if at else 0) :]
    if at:
        tail = OxmlElement("w:t")
        tail.text, node.text = node.text[at:], node.text[:at]
        for words in (node, tail):
            words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        rest.append(tail)
    for one in moved:
        rest.append(one)
    owner.addnext(rest)


def _last_run(document: Any) -> Run:
    """Return the last run of the document; an empty one is made where there is none."""
    for node in reversed(list(_paragraphs(document.element.body))):
        runs = [one.node.getparent() for one in _letters(node) if one.node.getparent().tag == qn("w:r")]
        if runs:
            return Run(runs[-1], document)
    made: Run = document.add_paragraph().add_run()
    return made
