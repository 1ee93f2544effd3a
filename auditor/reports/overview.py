"""A scan as one self-contained page in Vietnamese: what was read, what is suspected, who is in the news."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import IO

from auditor.archive.summary import Genders, Group, Summary
from auditor.indicators.figures import share_of_articles
from auditor.indicators.loader import load_indicators
from auditor.indicators.results import Figure, Share
from auditor.indicators.scores import load_scores
from auditor.record import GENDER_SEVERITIES
from auditor.reports.index import wording
from auditor.reports.index.charts import Bars, share_bars
from auditor.reports.months import Month, monthly
from auditor.reports.pages import templates
from auditor.reports.wording import FUNCTIONS, KINDS, SEVERITIES, TOPICS
from auditor.rulebook.loader import load_rulebook

OUTLETS, MONTHS = 30, 120
NO_OUTLET, NO_MONTH = "(không ghi cơ quan)", "(không ghi ngày)"
OTHER_OUTLETS, OTHER_MONTHS = "các cơ quan khác", "các tháng trước"
NARROW, WIDE = 300, 780


@dataclass(frozen=True, slots=True)
class Tally:
    """A row of a table of counts; its bar is ``share`` of the longest, ``tone`` names its colour."""

    label: str
    count: int
    share: float
    tone: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table of outlets or months; ``women`` is None for a sum of many, which has no interval."""

    label: str
    group: Group
    share: float
    women: Figure | None


def write_overview(summary: Summary, out: IO[bytes]) -> None:
    """Write the page."""
    method = load_indicators().method
    months = _latest(summary.months)
    drawn = [Month(_month(one.label), one.label, one.audited, figure(one.people)) for one in months if one.label]
    stream = templates().get_template("overview.html").stream(
        scan=summary,
        say=wording,
        method=method,
        kinds=[(KINDS[kind], count) for kind, count in summary.kinds.items()],
        read=_read(summary),
        found=sum(summary.findings[severity] for severity in GENDER_SEVERITIES),
        suspected=share_of_articles(summary.with_findings, summary.audited, method),
        severities=_tallies((f"{one}: {SEVERITIES[one]}", count, one, "") for one, count in summary.findings.items()),
        rules=_rules(summary.rules),
        role_bars=_shares(_roles(summary), 1, every=True),
        roles=_roles(summary),
        topics=_tallies(
            (TOPICS[topic].capitalize(), count, "", "") for topic, count in _most_first(summary.topics)
        ),
        charts=[("wide", monthly(drawn, WIDE)), ("narrow", monthly(drawn, NARROW))] if len(drawn) > 1 else [],
        months=_rows([(_month(one.label) if one.label else NO_MONTH, one) for one in months],
                     summary.months, OTHER_MONTHS),
        outlets=_rows([(one.label or NO_OUTLET, one) for one in summary.outlets[:OUTLETS]],
                      summary.outlets, OTHER_OUTLETS),
        outlet_bars=_shares(
            [(one.label or NO_OUTLET, figure(one.people)) for one in summary.outlets[:OUTLETS]], 2, every=False
        ),
        rejects=_tallies((one.example, one.count, "", one.code) for one in summary.rejects),
        scores=load_scores(),
    )  # fmt: skip
    out.writelines(wording.encoded(piece) for piece in stream)


def figure(people: Genders) -> Figure:
    """Return the share of women as a figure: not said below the least sample, with what unknown gender leaves open."""
    known, everyone = people.women + people.men, people.women + people.men + people.unknown
    if people.low is None or people.high is None or not known:
        return Figure(Share(people.women, known, None, None, None), "too_few", people.unknown)
    share = Share(people.women, known, people.women / known, people.low, people.high)
    return Figure(
        share, "measured", people.unknown, (people.women + people.unknown) / everyone, people.women / everyone
    )


def _read(summary: Summary) -> list[Tally]:
    return _tallies((
        ("được soát", summary.audited, "positive", ""),
        ("trùng với bài khác, đã tách riêng", summary.duplicates, "S1", ""),
        ("không soát được", summary.rejected, "S4", ""),
    ))  # fmt: skip


def _rules(counts: dict[str, int]) -> list[Tally]:
    """Name the rules; one that the rulebook does not know any more keeps its id."""
    rules = load_rulebook().rules
    named = ((rules.get(rule), rule, count) for rule, count in _most_first(counts))
    return _tallies(
        (known.title, count, known.severity, rule) if known else ("(quy tắc không còn trong bộ)", count, "", rule)
        for known, rule, count in named
    )


def _roles(summary: Summary) -> list[tuple[str, Figure]]:
    roles = [
        ("Mọi nhân vật", summary.people),
        ("Được dẫn lời", summary.quoted),
        ("Giữ chức vụ lãnh đạo", summary.leaders),
        *((FUNCTIONS[name].capitalize(), people) for name, people in summary.functions.items()),
    ]
    return [(label, figure(people)) for label, people in roles]


def _shares(rows: Sequence[tuple[str, Figure]], least: int, *, every: bool) -> Bars | None:
    """Chart shares of women, ``every`` also those whose sample is too small; None where fewer than some are enough."""
    enough = [(label, one) for label, one in rows if one.share.value is not None]
    shown = rows if every else enough
    if len(enough) < least:
        return None
    return share_bars(((label, one, wording.value(one)) for label, one in shown), level=True)


def _latest(months: Sequence[Group]) -> list[Group]:
    """Return the latest months in order, then the articles without a date."""
    dated = [one for one in months if one.label]
    return dated[-MONTHS:] + [one for one in months if not one.label]


def _rows(shown: Sequence[tuple[str, Group]], every: Sequence[Group], others: str) -> list[Row]:
    """Lay out the groups that are shown, and the sum of those that are not."""
    most = max((one.audited for one in every), default=0) or 1
    rows = [Row(label, one, one.audited / most, figure(one.people)) for label, one in shown]
    labels = {one.label for _, one in shown}
    rest = [one for one in every if one.label not in labels]
    if rest:
        # One row for many may be more than any other.
        total = _sum(rest)
        rows.append(Row(f"{others} ({wording.number(len(rest))})", total, min(total.audited / most, 1.0), None))
    return rows


def _sum(groups: Sequence[Group]) -> Group:
    people = Genders(
        women=sum(one.people.women for one in groups), men=sum(one.people.men for one in groups),
        unknown=sum(one.people.unknown for one in groups), low=None, high=None,
    )  # fmt: skip
    return Group(
        label="", audited=sum(one.audited for one in groups), with_findings=sum(one.with_findings for one in groups),
        findings=sum(one.findings for one in groups), duplicates=sum(one.duplicates for one in groups), people=people,
    )  # fmt: skip


def _tallies(rows: Iterable[tuple[str, int, str, str]]) -> list[Tally]:
    """Lay out rows of label, count, tone and code."""
    rows = list(rows)
    most = max((count for _, count, _, _ in rows), default=0) or 1
    return [Tally(label, count, count / most, tone, code) for label, count, tone, code in rows]


def _most_first(counts: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _month(label: str) -> str:
    """Write ``2025-06`` as it is written in Vietnamese."""
    year, _, month = label.partition("-")
    return f"{int(month)}/{int(year)}"
