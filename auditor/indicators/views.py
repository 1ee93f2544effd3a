"""What figures need of audit records, whatever they are read from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from auditor.record import Function, Gender, Quoted, Severity, Topic

Decision = Literal["confirmed", "dismissed"]
Decisions = dict[tuple[str, str], Decision]
YEARS = range(1900, 2200)


def plausible(day: Date | None) -> Date | None:
    """Take a date that no article can have, a slip of typing, for none."""
    return day if day is not None and day.year in YEARS else None


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
        return plausible(day)


@dataclass(frozen=True, slots=True)
class Broken:
    """A line that is no record, and whether at least its schema could be told to be another one."""

    place: str
    other_schema: bool


@dataclass(frozen=True, slots=True)
class Copy:
    """An article that a scan set apart as a copy of another; all that is known of it."""

    id: str
    outlet: str | None
    date: Date | None


Item = RecordView | Broken | Copy
