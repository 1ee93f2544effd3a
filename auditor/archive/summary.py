"""The counts of a scan, in the form that ``summary.json`` has and the overview is drawn from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import BaseModel, ConfigDict, Field

from auditor.archive.tables import SEVERITIES
from auditor.indicators.loader import load_indicators
from auditor.indicators.models import Method
from auditor.indicators.statistics import WomenSums

UNNAMED = ""


class Model(BaseModel):
    """A frozen value whose unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True)


class Genders(Model):
    """People by gender, with the 95 % interval of women ÷ (women + men), articles being drawn and not people.

    ``low`` and ``high`` are shares from 0 to 1, None where too few articles name people of known gender.
    """

    women: int
    men: int
    unknown: int
    low: float | None
    high: float | None


class Group(Model):
    """The articles of one outlet or month; ``label`` is empty where none is named."""

    label: str
    audited: int
    with_findings: int
    findings: int
    duplicates: int
    people: Genders


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
        people: everyone in an article; ``quoted`` are those whose words are given, ``leaders`` those in a leading
            office.
        functions: people by their function in the story.
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
    people: Genders
    quoted: Genders
    leaders: Genders
    functions: dict[str, Genders]
    topics: dict[str, int]
    outlets: tuple[Group, ...]
    months: tuple[Group, ...]
    rejects: tuple[Rejects, ...]


@dataclass
class _People:
    """People counted, article by article."""

    unknown: int = 0
    known: WomenSums = field(default_factory=WomenSums)

    def add(self, genders: Iterable[str]) -> None:
        found = Counter(genders)
        self.unknown += found["unknown"]
        self.known.add(found["female"], found["male"])

    def genders(self, method: Method) -> Genders:
        known = self.known
        low, high = known.interval(method.confidence) if known.articles >= method.minimum else (None, None)
        return Genders(women=known.women, men=known.men, unknown=self.unknown, low=low, high=high)


@dataclass
class _Sums:
    """The counts of one group."""

    audited: int = 0
    with_findings: int = 0
    findings: int = 0
    duplicates: int = 0
    people: _People = field(default_factory=_People)

    def group(self, label: str, method: Method) -> Group:
        return Group(
            label=label, audited=self.audited, with_findings=self.with_findings, findings=self.findings,
            duplicates=self.duplicates, people=self.people.genders(method),
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
    people: _People = field(default_factory=_People)
    quoted: _People = field(default_factory=_People)
    leaders: _People = field(default_factory=_People)
    functions: defaultdict[str, _People] = field(default_factory=lambda: defaultdict(_People))
    rejects: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    outlets: defaultdict[str, _Sums] = field(default_factory=lambda: defaultdict(_Sums))
    months: defaultdict[str, _Sums] = field(default_factory=lambda: defaultdict(_Sums))

    def add_audited(self, rows: pa.Table) -> None:
        """Count the audited rows of a part."""
        self.audited += len(rows)
        kinds, topics, outlets, days = (rows[name].to_pylist() for name in ("kind", "topic", "outlet", "date"))
        self.kinds.update(kinds)
        self.topics.update(topic for topic in topics if topic is not None)
        for outlet, day, findings, people in zip(
            outlets,
            days,
            _lists(rows, "findings", "rule", "severity"),
            _lists(rows, "people", "gender", "quoted", "leader", "function"),
            strict=True,
        ):
            self.rules.update(rule for rule, _ in findings)
            self.findings.update(severity for _, severity in findings)
            of_gender = sum(severity != "S4x" for _, severity in findings)
            self.with_findings += of_gender > 0
            genders = [gender for gender, *_ in people]
            self.people.add(genders)
            self.quoted.add(gender for gender, quoted, _, _ in people if quoted != "no")
            self.leaders.add(gender for gender, _, leader, _ in people if leader)
            for function in sorted({function for *_, function in people}):
                self.functions[function].add(gender for gender, *_, own in people if own == function)
            for sums in self._groups(outlet, day):
                sums.audited += 1
                sums.findings += of_gender
                sums.with_findings += of_gender > 0
                sums.people.add(genders)

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
        method = load_indicators().method
        return Summary(
            archive=archive, engine=engine, rulebook=rulebook, started=started,
            read=self.audited + rejected + self.duplicates, audited=self.audited, rejected=rejected,
            duplicates=self.duplicates, left_out=self.left_out,
            kinds=dict(sorted(self.kinds.items())),
            with_findings=self.with_findings,
            findings={severity: self.findings[severity] for severity in SEVERITIES},
            rules=dict(sorted(self.rules.items())),
            people=self.people.genders(method), quoted=self.quoted.genders(method),
            leaders=self.leaders.genders(method),
            functions={name: people.genders(method) for name, people in sorted(self.functions.items())},
            topics=dict(sorted(self.topics.items())),
            outlets=tuple(
                sums.group(label, method)
                for label, sums in sorted(self.outlets.items(), key=lambda pair: (-pair[1].audited, pair[0]))
            ),
            months=tuple(sums.group(label, method) for label, sums in sorted(self.months.items())),
            rejects=tuple(
                Rejects(code=code, count=count, example=self.examples[code])
                for code, count in sorted(self.rejects.items(), key=lambda pair: (-pair[1], pair[0]))
            ),
        )  # fmt: skip

    def _groups(self, outlet: str | None, day: date | None) -> tuple[_Sums, _Sums]:
        return self.outlets[outlet or UNNAMED], self.months[day.isoformat()[:7] if day else UNNAMED]


def _lists(rows: pa.Table, column: str, *fields: str) -> Iterator[list[tuple[Any, ...]]]:
    """Yield for each row some fields of the values in its list; the others are not made into objects of Python."""
    nested = rows[column].combine_chunks()
    values = pc.list_flatten(nested)
    flat = list(zip(*(values.field(name).to_pylist() for name in fields), strict=True))
    start = 0
    for length in pc.list_value_length(nested).to_pylist():
        yield flat[start : start + length]
        start += length
