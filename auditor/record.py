"""The audit record: what other programs read from this project (schema ``auditor/1``).

A field is never renamed or dropped within a version; new fields may be added. All offsets are 0-based half-open
code-point offsets into the normalised text of the document.
"""

from __future__ import annotations

import json
from datetime import date as Date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA: Literal["auditor/1"] = "auditor/1"
Severity = Literal["S4", "S4x", "S3", "S2", "S1", "S0"]
GENDER_SEVERITIES: tuple[Severity, ...] = ("S4", "S3", "S2", "S1")
Voice = Literal[
    "norm", "prohibited", "abolished", "criticised", "quoted", "law", "history", "name", "symmetric", "measure"
]


Gender = Literal["female", "male", "unknown"]
Quoted = Literal["direct", "indirect", "no"]
Function = Literal["subject", "spokesperson", "expert", "personal_experience", "eyewitness", "popular_opinion", "other"]
Topic = Literal["politics", "economy", "health", "social", "crime", "gender", "culture"]


class Model(BaseModel):
    """A frozen value whose unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SourceRecord(Model):
    """Where the document came from."""

    path: str
    form: str
    encoding: str = "unicode"
    ocr: bool = False
    ocr_confidence: float | None = None
    sha256: str = ""


class LocatorRecord(Model):
    """The place of a finding in the outline; unknown parts are null, ``paragraph`` and ``page`` count from 1."""

    part: str | None = None
    chapter: str | None = None
    section: str | None = None
    article: str | None = None
    clause: str | None = None
    point: str | None = None
    paragraph: int | None = None
    page: int | None = None


class Region(Model):
    """Where a finding stands in a scan or photo: a page counted from 1, and a box on it.

    ``left``, ``top``, ``right``, ``bottom`` are fractions (0 to 1) of the page as it came, turned only as its file
    says, from its upper left corner. A finding that runs over a page break is marked on the page it begins on.
    """

    page: int
    left: float
    top: float
    right: float
    bottom: float


class Basis(Model):
    """A provision a finding meets. ``reviewed`` is true only where a lawyer's decision is recorded."""

    law: str
    article: str
    clause: str | None = None
    point: str | None = None
    title: str = ""
    short: str = ""
    reviewed: bool = False


class Finding(Model):
    """One suggested finding; ``quote`` is exactly the slice ``[start, end)`` of the text.

    ``ocr_confidence``, the mean confidence (0 to 1) of its recognised words, and ``region``, where they stand in the
    picture, are null for a finding in what was read as text.
    """

    id: str
    rule: str
    category: str
    severity: Severity
    confidence: float
    start: int
    end: int
    quote: str
    locator: LocatorRecord
    title: str
    message: str
    why: str
    basis: tuple[Basis, ...]
    suggestion: str
    trace: tuple[str, ...]
    voice: Voice = "norm"
    speaker: str | None = None
    field: Literal["title", "body", "caption"] = "body"
    ocr_confidence: float | None = None
    region: Region | None = None


class Positive(Model):
    """A clause that forbids or repairs discrimination."""

    rule: str
    start: int
    end: int
    quote: str


class Suspect(Model):
    """A sentence the evidence speaks against, but not enough for a finding (nghi vấn): for people to read."""

    start: int
    end: int
    quote: str
    score: float


class AdviceRecord(Model):
    """Content a text could well have: one of ``missing``, with what to say of it. Never a fault."""

    id: str
    title: str
    advice: str


class Notice(Model):
    """Something that could be read or judged only in part."""

    code: str
    message: str


class ErrorRecord(Model):
    """Why an input could not be audited."""

    code: str
    message: str


class PersonRecord(Model):
    """One person in an article, as the Global Media Monitoring Project counts people in the news.

    ``name`` is the fullest form printed; ``mentions`` are the forms printed with a name in them, each once, in order.
    ``gender_cue`` says in Vietnamese what tells the gender, or why nothing does. ``family_role`` is set only where the
    text knows the person by a relation.
    """

    name: str
    mentions: tuple[str, ...]
    gender: Gender
    gender_cue: str
    quoted: Quoted
    function: Function
    occupation: str | None = None
    leader: bool = False
    family_role: str | None = None
    victim: bool = False
    in_caption: bool = False


class StoryRecord(Model):
    """What an article is about.

    ``topic`` is one of the seven major topics of the Global Media Monitoring Project: politics and government; economy;
    science and health; social and legal; crime and violence; gender; arts, media and sport. ``names_law`` is true where
    a law or policy on gender equality is named, ``help_line`` where help for victims is offered. ``fingerprint`` is 16
    hexadecimal digits alike in texts that are nearly the same, by which wire copy is known.
    """

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
    fingerprint: str = ""


class AuditRecord(Model):
    """The result of auditing one document or item."""

    schema_: Literal["auditor/1"] = Field(default=SCHEMA, serialization_alias="schema")
    id: str
    kind: Literal["regulation", "article"] | None
    title: str | None = None
    date: Date | None = None
    outlet: str | None = None
    unit: str | None = None
    source: SourceRecord
    engine: str
    rulebook: str
    as_of: Date
    status: Literal["audited", "unreadable"] = "audited"
    error: ErrorRecord | None = None
    text_length: int = 0
    findings: tuple[Finding, ...] = ()
    warnings: tuple[Notice, ...] = ()
    positives: tuple[Positive, ...] = ()
    missing: tuple[str, ...] = ()
    advice: tuple[AdviceRecord, ...] = ()
    suspects: tuple[Suspect, ...] = ()
    people: tuple[PersonRecord, ...] = ()
    story: StoryRecord | None = None

    def to_json(self, text: str | None = None) -> str:
        """Return the record as one line of JSON, with the normalised text if it is given."""
        data = self.model_dump(mode="json", by_alias=True)
        if text is not None:
            data["text"] = text
        return json.dumps(data, ensure_ascii=False)
