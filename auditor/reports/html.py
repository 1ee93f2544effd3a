"""One self-contained page: the whole text with findings marked, their reasons beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from auditor.record import GENDER_SEVERITIES, AuditRecord
from auditor.reports.interface import SEVERITY_NAMES, Result, citations, place

TEMPLATES = Path(__file__).with_name("templates")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text with the marks that cover it: anchors of findings, and classes for the style."""

    text: str
    anchors: tuple[str, ...]
    classes: tuple[str, ...]


def write(results: Iterable[Result], out: TextIO, with_text: bool) -> None:
    """Write the page."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(place=place, citations=citations, names=SEVERITY_NAMES)
    documents = [
        (i, result.record, list(segments(result)), *_sorted(result.record)) for i, result in enumerate(results)
    ]
    audited = [record for _, record, *_ in documents if record.status == "audited"]
    found = [f for record in audited for f in record.findings if f.severity in GENDER_SEVERITIES]
    page = environment.get_template("report.html").render(
        documents=documents,
        audited=len(audited),
        unreadable=len(documents) - len(audited),
        found=found,
        severities=[s for s in GENDER_SEVERITIES if any(f.severity == s for f in found)],
        categories=sorted({f.category for f in found}),
        versions=sorted({f"{record.engine} · {record.rulebook}" for record in audited}),
    )
    out.write(page)


def _sorted(record: AuditRecord) -> tuple[list[object], list[object]]:
    gender: list[object] = [f for f in record.findings if f.severity in GENDER_SEVERITIES]
    return gender, [f for f in record.findings if f.severity not in GENDER_SEVERITIES]


def segments(result: Result) -> Iterator[Segment]:
    """Cut a text at every edge of a mark, so that overlapping marks each keep their whole stretch."""
    if result.text is None:
        return
    record = result.record
    marks = [
        *((f.start, f.end, f.id, f.severity) for f in record.findings),
        *((p.start, p.end, "", "positive") for p in record.positives),
        *((s.start, s.end, "", "suspect") for s in record.suspects),
    ]
    edges = sorted({0, len(result.text), *(edge for start, end, *_ in marks for edge in (start, end))})
    for start, end in zip(edges, edges[1:], strict=False):
        over = [mark for mark in marks if mark[0] <= start and end <= mark[1]]
        anchors = tuple(name for at, _, name, _ in over if name and at == start)
        yield Segment(result.text[start:end], anchors, tuple(sorted({kind for *_, kind in over})))
