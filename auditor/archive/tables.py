"""The columns of ``records.parquet``, ``findings.parquet``, ``people.parquet`` and ``duplicates.parquet``.

Every table has ``seq``, the place of the input in the archive counted from 0 over everything read, and ``record``, its
id; ids may repeat in an archive, ``seq`` never does. The other columns are the fields of the audit record
(:mod:`auditor.record`), those of its source, its story and a finding's locator without a prefix.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pyarrow as pa
from pydantic import BaseModel

from auditor.record import AuditRecord, Finding

_TEXT, _INT, _FLAG, _REAL = pa.string(), pa.int32(), pa.bool_(), pa.float64()
_SPAN = [("start", _INT), ("end", _INT), ("quote", _TEXT)]
_PLACE = ("part", "chapter", "section", "article", "clause", "point")
_STORY_FLAGS = ("about_gender_equality", "central_women", "challenges_stereotype", "names_law", "gender_violence",
                "help_line")  # fmt: skip
SEVERITIES = ("S4", "S4x", "S3", "S2", "S1")

_RECORD: dict[str, pa.DataType] = {
    "record": _TEXT, "kind": _TEXT, "title": _TEXT, "date": pa.date32(), "outlet": _TEXT, "unit": _TEXT,
    "path": _TEXT, "form": _TEXT, "encoding": _TEXT, "ocr": _FLAG, "ocr_confidence": _REAL, "sha256": _TEXT,
    "engine": _TEXT, "rulebook": _TEXT, "as_of": pa.date32(), "text_length": _INT,
    **dict.fromkeys(SEVERITIES, _INT),
    "positives": pa.list_(pa.struct([("rule", _TEXT), *_SPAN])),
    "suspects": pa.list_(pa.struct([*_SPAN, ("score", _REAL)])),
    "missing": pa.list_(_TEXT), "warnings": pa.list_(_TEXT),
    "topic": _TEXT, **dict.fromkeys(_STORY_FLAGS, _FLAG), "byline_gender": _TEXT, "genre": _TEXT, "section": _TEXT,
    "fingerprint": _TEXT,
}  # fmt: skip
_FINDING: dict[str, pa.DataType] = {
    "id": _TEXT, "rule": _TEXT, "category": _TEXT, "severity": _TEXT, "confidence": _REAL,
    "start": _INT, "end": _INT, "quote": _TEXT, **dict.fromkeys(_PLACE, _TEXT), "paragraph": _INT, "page": _INT,
    "title": _TEXT, "message": _TEXT, "why": _TEXT, "basis": pa.list_(_TEXT), "suggestion": _TEXT,
    "trace": pa.list_(_TEXT), "voice": _TEXT, "speaker": _TEXT, "field": _TEXT,
}  # fmt: skip
_PERSON: dict[str, pa.DataType] = {
    "name": _TEXT, "mentions": pa.list_(_TEXT), "gender": _TEXT, "gender_cue": _TEXT, "quoted": _TEXT,
    "function": _TEXT, "occupation": _TEXT, "leader": _FLAG, "family_role": _TEXT, "victim": _FLAG,
    "in_caption": _FLAG,
}  # fmt: skip


_KEYS: dict[str, pa.DataType] = {"seq": pa.int64(), "record": _TEXT}

RECORDS = pa.schema({"seq": pa.int64(), **_RECORD})
FINDINGS = pa.schema({**_KEYS, **_FINDING})
PEOPLE = pa.schema({**_KEYS, **_PERSON})
DUPLICATES = pa.schema({
    **_KEYS, "date": pa.date32(), "outlet": _TEXT, "title": _TEXT, "path": _TEXT,
    "original_seq": pa.int64(), "original": _TEXT, "similarity": _REAL,
})  # fmt: skip
PART = pa.schema({
    **_RECORD,
    "findings": pa.list_(pa.struct(list(_FINDING.items()))), "people": pa.list_(pa.struct(list(_PERSON.items()))),
    "signature": pa.binary(), "code": _TEXT, "message": _TEXT,
})  # fmt: skip
"""One row for each input of a batch: ``code`` and ``message`` of those rejected, ``signature`` of those compared."""


def row(record: AuditRecord, signature: bytes | None) -> dict[str, Any]:
    """Return a record as a row of a part."""
    source, story, error = record.source, record.story, record.error
    severities: Counter[str] = Counter(finding.severity for finding in record.findings)
    return {
        "record": record.id, "kind": record.kind, "title": record.title, "date": record.date,
        "outlet": record.outlet, "unit": record.unit,
        "path": source.path, "form": source.form, "encoding": source.encoding, "ocr": source.ocr,
        "ocr_confidence": source.ocr_confidence, "sha256": source.sha256,
        "engine": record.engine, "rulebook": record.rulebook, "as_of": record.as_of, "text_length": record.text_length,
        **{severity: severities[severity] for severity in SEVERITIES},
        "positives": [_values(one) for one in record.positives],
        "suspects": [_values(one) for one in record.suspects],
        "missing": record.missing, "warnings": [one.code for one in record.warnings],
        **(_values(story) if story else {}),
        "findings": [_finding(one) for one in record.findings],
        "people": [_values(one) for one in record.people],
        "signature": signature,
        "code": error.code if error else None, "message": error.message if error else None,
    }  # fmt: skip


def _finding(finding: Finding) -> dict[str, Any]:
    basis = [":".join(filter(None, (one.law, one.article, one.clause, one.point))) for one in finding.basis]
    return {**_values(finding), **_values(finding.locator), "basis": basis}


def _values(model: BaseModel) -> dict[str, Any]:
    """Return the fields of a model, those of models in it left as they are."""
    return model.__dict__
