"""Read audit records, and people's decisions on findings, a line at a time."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date as Date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from auditor.errors import StoreError
from auditor.record import SCHEMA, Function, Gender, Quoted, Severity, Topic

Decision = Literal["confirmed", "dismissed"]
Decisions = dict[tuple[str, str], Decision]
YEARS = range(1900, 2200)


class View(BaseModel):
    """The part of a record that figures need; later versions may add fields, which are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class PersonView(View):
    """What figures need of a :class:`~auditor.record.PersonRecord`."""

    gender: Gender
    quoted: Quoted
    function: Function
    occupation: str | None = None
    leader: bool = False
    family_role: str | None = None
    victim: bool = False
    in_caption: bool = False


class FindingView(View):
    """What figures need of a :class:`~auditor.record.Finding`."""

    id: str
    rule: str
    category: str
    severity: Severity


class StoryView(View):
    """What figures need of a :class:`~auditor.record.StoryRecord`."""

    topic: Topic
    about_gender_equality: bool = False
    central_women: bool = False
    challenges_stereotype: bool = False
    names_law: bool = False
    gender_violence: bool = False
    help_line: bool = False
    byline_gender: Gender = "unknown"
    genre: str | None = None
    section: str | None = None
    fingerprint: str = Field(default="", pattern=r"^([0-9a-f]{16})?$")


class RecordView(View):
    """What figures need of an :class:`~auditor.record.AuditRecord`."""

    id: str
    kind: Literal["regulation", "article"] | None
    status: Literal["audited", "unreadable"]
    date: Date | None = None
    outlet: str | None = None
    engine: str
    rulebook: str
    findings: tuple[FindingView, ...] = ()
    people: tuple[PersonView, ...] = ()
    story: StoryView | None = None

    @field_validator("date")
    @classmethod
    def _plausible(cls, day: Date | None) -> Date | None:
        """Take a date that no article can have, a slip of typing, for none."""
        return day if day is not None and day.year in YEARS else None


@dataclass(frozen=True, slots=True)
class Broken:
    """A line that is no record, and whether at least its schema could be told to be another one."""

    place: str
    other_schema: bool


class DecisionLine(BaseModel):
    """One person's decision on one finding."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    record: str
    finding: str
    decision: Decision
    reason: str = ""


def read_records(paths: Sequence[Path]) -> Iterator[RecordView | Broken]:
    """Yield the records of files of one record a line (.jsonl, or gzip by content), in order; blank lines are passed.

    Raises:
        StoreError: GA311 a file is missing or cannot be read.
    """
    for path in paths:
        for number, line in _lines(path):
            yield _record(line, f"{path}#{number}")


def read_decisions(path: Path) -> Decisions:
    """Return the last decision on each finding, by the ids of record and finding.

    Raises:
        StoreError: GA311 the file cannot be read; GA313 a line is no decision.
    """
    found: Decisions = {}
    for number, line in _lines(path):
        try:
            one = DecisionLine.model_validate_json(line)
        except ValidationError as error:
            raise StoreError(
                "GA313", f"{path}#{number}: dòng này không phải một quyết định. Mỗi dòng cần có record, finding và "
                "decision (confirmed hoặc dismissed), có thể thêm reason.",
            ) from error  # fmt: skip
        found[one.record, one.finding] = one.decision
    return found


def _record(line: bytes, place: str) -> RecordView | Broken:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        return Broken(place, other_schema=False)
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        return Broken(place, other_schema=isinstance(data, dict) and "schema" in data)
    try:
        return RecordView.model_validate(data)
    except ValidationError:
        return Broken(place, other_schema=False)


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            lines = gzip.GzipFile(fileobj=raw) if packed else raw
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield number, line
    except (OSError, EOFError, zlib.error) as error:
        raise StoreError(
            "GA311", f"Không đọc được {path} ({type(error).__name__}). Xin kiểm tra đường dẫn; tệp cần là bản ghi do "
            "“auditor check --format jsonl” ghi ra.",
        ) from error  # fmt: skip
