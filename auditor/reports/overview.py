"""A scan as one self-contained page in Vietnamese: what was read, what is suspected, who is in the news."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

from auditor.archive.summary import Genders, Group, Summary
from auditor.indicators.results import Figure, Share
from auditor.indicators.scores import load_scores
from auditor.record import GENDER_SEVERITIES
from auditor.reports.index import wording
from auditor.reports.index.charts import Bars, count_bars, share_bars
from auditor.reports.pages import templates
from auditor.reports.wording import FUNCTIONS, KINDS, SEVERITIES, TOPICS
from auditor.rulebook.loader import load_rulebook

SHOWN = 30
NO_OUTLET, NO_MONTH, OTHERS = "(không ghi cơ quan)", "(không ghi ngày)", "các cơ quan khác"


def write_overview(summary: Summary, out: IO[bytes]) -> None:
    """Write the page."""
    rules = load_rulebook().rules
    months = [(_month(label), group) for label, group in _groups(summary.months, NO_MONTH)]
    outlets = _groups(summary.outlets[:SHOWN], NO_OUTLET)
    found = sum(summary.findings[severity] for severity in GENDER_SEVERITIES)
    stream = templates().get_template("overview.html").stream(
        scan=summary,
        say=wording,
        figure=figure,
        found=found,
        kinds=[(KINDS[kind], count) for kind, count in summary.kinds.items()],
        severities=count_bars(
            (f"{severity}: {SEVERITIES[severity]}", count, wording.number(count))
            for severity, count in summary.findings.items()
            if severity in GENDER_SEVERITIES
        ),
        other=(SEVERITIES["S4x"], summary.findings["S4x"]),
        rules=[
            (rule, rules[rule].title, rules[rule].severity, count)
            for rule, count in sorted(summary.rules.items(), key=lambda pair: -pair[1])
            if rule in rules
        ],
        people=_women(_roles(summary)),
        people_rows=_roles(summary),
        topics=count_bars(
            (TOPICS[topic].capitalize(), count, wording.number(count))
            for topic, count in sorted(summary.topics.items(), key=lambda pair: -pair[1])
        ),
        months=months,
        months_chart=_women((label, group.people) for label, group in months),
        outlets=outlets,
        outlets_chart=_women((label, group.people) for label, group in outlets),
        more_outlets=(OTHERS, len(summary.outlets) - SHOWN, sum(one.audited for one in summary.outlets[SHOWN:])),
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


def _roles(summary: Summary) -> list[tuple[str, Genders]]:
    roles = [
        ("Mọi nhân vật", summary.people),
        ("Được dẫn lời", summary.quoted),
        ("Giữ chức vụ lãnh đạo", summary.leaders),
    ]
    return roles + [(FUNCTIONS[name].capitalize(), people) for name, people in summary.functions.items()]


def _women(rows: Iterable[tuple[str, Genders]]) -> Bars:
    figures = [(label, figure(people)) for label, people in rows]
    return share_bars(((label, one, wording.value(one)) for label, one in figures), level=True)


def _groups(groups: Iterable[Group], unnamed: str) -> list[tuple[str, Group]]:
    return [(group.label or unnamed, group) for group in groups]


def _month(label: str) -> str:
    """Write ``2025-06`` as it is written in Vietnamese."""
    year, _, month = label.partition("-")
    return f"{int(month)}/{year}" if month else label
