"""One self-contained page in Vietnamese, for people who decide what to do with a finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TextIO

from auditor.record import GENDER_SEVERITIES, AuditRecord, Finding
from auditor.reports.interface import Result
from auditor.reports.pages import templates
from auditor.reports.wording import (
    CATEGORIES,
    FUNCTIONS,
    GENDERS,
    KINDS,
    QUOTES,
    SEVERITIES,
    TOPICS,
    law,
    percent,
    place,
    standing,
)

# The strongest mark names the colour of a segment that several marks cover.
STRENGTH = (*GENDER_SEVERITIES, "S4x", "S0", "suspect", "positive")


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch ``[start, end)`` of a text with the anchor of the card that explains it."""

    start: int
    end: int
    look: str
    card: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a text that the same marks cover, the strongest first; ``opens`` are the marks that begin here."""

    text: str
    marks: tuple[Mark, ...]
    opens: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One document as the template sees it."""

    anchor: str
    record: AuditRecord
    gender: tuple[tuple[str, Finding], ...]
    others: tuple[tuple[str, Finding], ...]
    segments: tuple[Segment, ...]


def write_html(results: Iterable[Result], out: TextIO, with_text: bool) -> None:
    """Write one page; the whole text of a document is always in it where it is known."""
    environment = templates()
    environment.filters.update(place=place, law=law, standing=standing, percent=percent)
    pages = [_page(f"d{number}", result) for number, result in enumerate(results, 1)]
    shown = [finding for page in pages for finding in page.record.findings]
    severities = Counter(finding.severity for finding in shown)
    categories = Counter(finding.category for finding in shown)
    template = environment.get_template("report.html")
    stream = template.stream(
        pages=pages,
        unreadable=sum(page.record.status == "unreadable" for page in pages),
        with_gender=sum(bool(page.gender) for page in pages),
        severities=[(level, severities[level]) for level in (*GENDER_SEVERITIES, "S4x", "S0") if severities[level]],
        categories=sorted(categories.items()),
        severity_names=SEVERITIES,
        category_names=CATEGORIES,
        kinds=KINDS,
        genders=GENDERS,
        quotes=QUOTES,
        functions=FUNCTIONS,
        topics=TOPICS,
    )
    out.writelines(stream)


def cut(text: str, marks: Iterable[Mark]) -> Iterator[Segment]:
    """Cut a text wherever a mark begins or ends; the segments joined are the text again."""
    inside = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]
    inside.sort(key=lambda mark: (STRENGTH.index(mark.look), mark.start, mark.end, mark.card))
    edges = sorted({0, len(text), *(mark.start for mark in inside), *(mark.end for mark in inside)})
    starting: dict[int, list[Mark]] = {}
    ending: dict[int, set[Mark]] = {}
    order = {mark: rank for rank, mark in enumerate(inside)}
    for mark in inside:
        starting.setdefault(mark.start, []).append(mark)
        ending.setdefault(mark.end, set()).add(mark)
    open_marks: set[Mark] = set()
    for start, end in pairwise(edges):
        opens = starting.get(start, [])
        open_marks = (open_marks - ending.get(start, set())) | set(opens)
        yield Segment(text[start:end], tuple(sorted(open_marks, key=order.__getitem__)), tuple(opens))


def _page(anchor: str, result: Result) -> Page:
    record = result.record
    numbered = [(f"{anchor}-f{number}", finding) for number, finding in enumerate(record.findings, 1)]
    marks = [Mark(finding.start, finding.end, finding.severity, card) for card, finding in numbered]
    marks += [
        Mark(suspect.start, suspect.end, "suspect", f"{anchor}-s{number}")
        for number, suspect in enumerate(record.suspects, 1)
    ]
    marks += [
        Mark(positive.start, positive.end, "positive", f"{anchor}-p{number}")
        for number, positive in enumerate(record.positives, 1)
    ]
    return Page(
        anchor=anchor,
        record=record,
        gender=tuple(pair for pair in numbered if pair[1].severity in GENDER_SEVERITIES),
        others=tuple(pair for pair in numbered if pair[1].severity not in GENDER_SEVERITIES),
        segments=tuple(cut(result.text, marks)) if result.text else (),
    )
