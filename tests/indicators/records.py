"""Records built by hand, for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from auditor.indicators.index import build_index
from auditor.indicators.ledger import Selection
from auditor.indicators.loader import load_indicators
from auditor.indicators.results import Figure, Gap, Index
from auditor.indicators.views import Decisions, RecordView
from auditor.record import AuditRecord, Finding, Gender, LocatorRecord, PersonRecord, SourceRecord, StoryRecord

DAY = date(2026, 3, 8)


def person(gender: Gender = "female", **values: Any) -> PersonRecord:
    """Return a person; quoted by nobody, the subject of the story."""
    base: dict[str, Any] = {"name": "A", "mentions": ("A",), "gender_cue": "", "quoted": "no", "function": "subject"}
    return PersonRecord.model_validate(base | {"gender": gender} | values)


def finding(id: str, rule: str = "MD-LANG-01", severity: str = "S3") -> Finding:
    """Return a finding of a rule."""
    return Finding.model_validate(
        {"id": id, "rule": rule, "category": rule[:-3], "severity": severity, "confidence": 0.9, "start": 0, "end": 1,
         "quote": "x", "locator": LocatorRecord(), "title": "", "message": "", "why": "", "basis": (),
         "suggestion": "", "trace": ()}
    )  # fmt: skip


def article(id: str, *people: PersonRecord, findings: tuple[Finding, ...] = (), **values: Any) -> AuditRecord:
    """Return the record of an article; values are of the story or, if it has no such field, of the record."""
    story: dict[str, Any] = {"topic": "social"}
    story |= {key: values.pop(key) for key in list(values) if key in StoryRecord.model_fields}
    base: dict[str, Any] = {
        "id": id, "kind": "article", "date": DAY, "outlet": "Báo A", "source": SourceRecord(path="p", form="jsonl"),
        "engine": "0.1.0", "rulebook": "r", "as_of": DAY, "people": people, "findings": findings,
        "story": StoryRecord.model_validate(story),
    }  # fmt: skip
    return AuditRecord.model_validate(base | values)


def view(record: AuditRecord) -> RecordView:
    """Return what figures see of a record."""
    return RecordView.model_validate_json(record.to_json())


def index_of(
    records: list[AuditRecord], decisions: Decisions | None = None, **selection: Any
) -> Index:  # fmt: skip
    """Return the index of records."""
    return build_index(map(view, records), load_indicators(), Selection(**selection), decisions)


def figure(index: Index, id: str, part: str = "all", label: str = "Tất cả") -> Figure:
    """Return one figure of an index."""
    (line,) = (line for line in index.lines if (line.indicator.id, line.part.id) == (id, part))
    return line.figures[index.labels.index(label)]


def gap(index: Index, id: str) -> Gap:
    """Return one gap of an index, over all articles."""
    (line,) = (line for line in index.lines if line.indicator.id == id)
    return line.gaps[0]
