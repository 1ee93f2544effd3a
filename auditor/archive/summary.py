"""The counts of a scan, in the form that ``summary.json`` has and the overview is drawn from."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import pyarrow as pa
from pydantic import BaseModel, ConfigDict, Field

from auditor.archive.tables import SEVERITIES

UNNAMED = ""


class Model(BaseModel):
    """A frozen value whose unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True)


class Group(Model):
    """The articles of one outlet or month; ``label`` is empty where none is named."""

    label: str
    audited: int
    with_findings: int
    findings: int
    women: int
    men: int
    unknown: int
    duplicates: int


class Rejects(Model):
    """How many inputs were not audited for one reason, and what was said of the first."""

    code: str
    count: int
    example: str


class Summary(Model):
    """What a scan counted. ``read`` is ``audited + rejected + duplicates``.

    Attributes:
        archive: what was scanned, as given.
        left_out: inputs outside the days and outlets asked for; they are not in ``read``.
        kinds: audited texts by kind.
        with_findings: audited texts with a gender finding (S4 to S1).
        findings: suggested findings by severity; not one is confirmed by a person yet.
        rules: suggested findings by rule.
        gender: people by gender; ``quoted`` counts those whose words are given, ``leaders`` those in a leading office.
        functions: people by function in the story and gender.
        topics: articles by major topic.
        outlets: by outlet, most articles first.
        months: by month of the date, ``YYYY-MM``.
    """

    schema_: Literal["auditor-scan/1"] = Field(default="auditor-scan/1", alias="schema")
    archive: str
    engine: str
    rulebook: str
    started: date
    read: int
    audited: int
    rejected: int
    duplicates: int
    left_out: int
    kinds: dict[str, int]
    with_findings: int
    findings: dict[str, int]
    rules: dict[str, int]
    gender: dict[str, int]
    quoted: dict[str, int]
    leaders: dict[str, int]
    functions: dict[str, dict[str, int]]
    topics: dict[str, int]
    outlets: tuple[Group, ...]
    months: tuple[Group, ...]
    rejects: tuple[Rejects, ...]


@dataclass
class _Sums:
    """The counts of one group."""

    audited: int = 0
    with_findings: int = 0
    findings: int = 0
    duplicates: int = 0
    gender: Counter[str] = field(default_factory=Counter)

    def group(self, label: str) -> Group:
        return Group(
            label=label, audited=self.audited, with_findings=self.with_findings, findings=self.findings,
            women=self.gender["female"], men=self.gender["male"], unknown=self.gender["unknown"],
            duplicates=self.duplicates,
        )  # fmt: skip


@dataclass
class Count:
    """Counts the rows of parts as they pass."""

    audited: int = 0
    duplicates: int = 0
    left_out: int = 0
    with_findings: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    topics: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    gender: Counter[str] = field(default_factory=Counter)
    quoted: Counter[str] = field(default_factory=Counter)
    leaders: Counter[str] = field(default_factory=Counter)
    functions: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    rejects: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    outlets: defaultdict[str, _Sums] = field(default_factory=lambda: defaultdict(_Sums))
    months: defaultdict[str, _Sums] = field(default_factory=lambda: defaultdict(_Sums))

    def add_audited(self, rows: pa.Table) -> None:
        """Count the audited rows of a part."""
        self.audited += len(rows)
        columns = ("kind", "topic", "outlet", "date", "findings", "people")
        for kind, topic, outlet, day, findings, people in zip(*(rows[one].to_pylist() for one in columns), strict=True):
            self.kinds[kind] += 1
            if topic is not None:
                self.topics[topic] += 1
            self.rules.update(one["rule"] for one in findings)
            self.findings.update(one["severity"] for one in findings)
            of_gender = sum(one["severity"] != "S4x" for one in findings)
            self.with_findings += of_gender > 0
            gender = Counter(one["gender"] for one in people)
            self.gender.update(gender)
            for one in people:
                self.functions[one["function"]][one["gender"]] += 1
                self.quoted[one["gender"]] += one["quoted"] != "no"
                self.leaders[one["gender"]] += one["leader"]
            for sums in self._groups(outlet, day):
                sums.audited += 1
                sums.findings += of_gender
                sums.with_findings += of_gender > 0
                sums.gender.update(gender)

    def add_duplicates(self, rows: pa.Table) -> None:
        """Count the rows of a part that are copies."""
        self.duplicates += len(rows)
        for outlet, day in zip(rows["outlet"].to_pylist(), rows["date"].to_pylist(), strict=True):
            for sums in self._groups(outlet, day):
                sums.duplicates += 1

    def add_rejected(self, rows: pa.Table) -> None:
        """Count the rows of a part that were not audited."""
        for code, message in zip(rows["code"].to_pylist(), rows["message"].to_pylist(), strict=True):
            self.rejects[code] += 1
            self.examples.setdefault(code, message)

    def summary(self, *, archive: str, engine: str, rulebook: str, started: date) -> Summary:
        """Return all counts."""
        rejected = self.rejects.total()
        genders = ("female", "male", "unknown")
        return Summary(
            archive=archive, engine=engine, rulebook=rulebook, started=started,
            read=self.audited + rejected + self.duplicates, audited=self.audited, rejected=rejected,
            duplicates=self.duplicates, left_out=self.left_out,
            kinds=dict(sorted(self.kinds.items())),
            with_findings=self.with_findings,
            findings={severity: self.findings[severity] for severity in SEVERITIES},
            rules=dict(sorted(self.rules.items())),
            gender={one: self.gender[one] for one in genders},
            quoted={one: self.quoted[one] for one in genders},
            leaders={one: self.leaders[one] for one in genders},
            functions={name: {one: by[one] for one in genders} for name, by in sorted(self.functions.items())},
            topics=dict(sorted(self.topics.items())),
            outlets=tuple(
                sums.group(label)
                for label, sums in sorted(self.outlets.items(), key=lambda pair: (-pair[1].audited, pair[0]))
            ),
            months=tuple(sums.group(label) for label, sums in sorted(self.months.items())),
            rejects=tuple(
                Rejects(code=code, count=count, example=self.examples[code])
                for code, count in sorted(self.rejects.items(), key=lambda pair: (-pair[1], pair[0]))
            ),
        )  # fmt: skip

    def _groups(self, outlet: str | None, day: date | None) -> tuple[_Sums, _Sums]:
        return self.outlets[outlet or UNNAMED], self.months[day.isoformat()[:7] if day else UNNAMED]
