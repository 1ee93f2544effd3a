"""The figures of a year as the yearly reports print them, and the documents behind each of them."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from functools import cache
from typing import Any

from auditor import __version__
from auditor.indicators.targets import Counts, Period
from auditor.record import Finding
from auditor.reports.office.figures import (
    ClauseRow,
    CommuneRow,
    Condition,
    Decree61,
    Narrative,
    OutletRow,
    UnitEvents,
    Versions,
    YearlyFigures,
)
from auditor.reports.wording import CATEGORIES, place
from auditor.rulebook.loader import load_rulebook
from auditor.store import clock, conditions, events, goals, scans, standing
from auditor.store.conditions import OutletYear
from auditor.store.database import Store, loaded
from auditor.store.evidence import DECISION, PLAN, REPORT
from auditor.store.words import REPAIRS

METHOD = "auditor-targets/1"
TITLES = 3
"""How many events of a unit are named in its row."""
FIGURES = (
    "in_force", "recognised", "reviewed", "clean", "discriminating", "consulting", "not_reviewed", "found",
    "recommended", "open", "newly_recognised", "refused", "amended", "suspended", "abolished",
)  # fmt: skip
"""The figures of target 5 whose documents are kept with a report."""
TELLING = frozenset({"reviewed", "clean", "discriminating", "consulting", "found", "recommended", "open"})
"""Those that tell what a review said of a document."""


def tells_of(sources: Mapping[str, Any], versions: Collection[int]) -> bool:
    """Say whether an issued report tells what reviews said of some versions."""
    return any(
        id in versions
        for figures in sources.get("target5", {}).values()
        for figure in TELLING & figures.keys()
        for id in figures[figure]
    )


def period_of(year: int, cut_off: date) -> Period:
    """Return what a report of a year counts: from its first day to the cut-off."""
    return Period(date(year, 1, 1), cut_off)


def figures_of_year(
    store: Store, year: int, cut_off: date, narrative: Mapping[str, str], *, clauses: bool = True,
    veiled: frozenset[int] = frozenset(),
) -> YearlyFigures:  # fmt: skip
    """Count everything a yearly report prints, as of the end of a day.

    Args:
        narrative: texts by the names of :class:`auditor.reports.office.figures.Narrative`; other keys are passed over.
        clauses: False leaves out the list of clauses, for pages that do not show it.
        veiled: regulations the asking person reads blind; they count as not reviewed.
    """
    five = standing.counted_target5(store, period_of(year, cut_off), veiled=veiled)
    communes = standing.standings(store).communes
    told = {key: words for key, words in narrative.items() if key in Narrative.model_fields}
    with store.read() as db:
        return YearlyFigures(
            year=year, cut_off=cut_off, target1=_target1(db, year, cut_off), target4=_target4(db, year, cut_off),
            target5=tuple(_commune(communes[code].name, counts) for code, counts in five.by_commune.items()),
            clauses=_clauses(store, db, year, cut_off) if clauses else (), decree61=_decree(five.total),
            versions=Versions(engine=__version__, rulebook=rulebook(), method=METHOD), narrative=Narrative(**told),
        )  # fmt: skip


def sources_of_year(store: Store, year: int, cut_off: date) -> dict[str, Any]:
    """Return the documents behind the figures.

    Returns:
        ``target5``: ids of versions by code of the commune and name of the figure; ``target1``: ids of events by
        unit; ``target4``: ids of the outlets in scope.
    """
    period = period_of(year, cut_off)
    five: dict[str, dict[str, list[int]]] = defaultdict(dict)
    for figure in FIGURES:
        for text, version in standing.behind(store, period, figure):
            five[text.commune].setdefault(figure, []).append(version)
    with store.read() as db:
        one: dict[str, list[int]] = defaultdict(list)
        for event in events.between(db, date(year, 1, 1), cut_off):
            one[event.unit or event.organiser].append(event.id)
        outlets = [known.outlet.id for known in goals.outlets(db, year, cut_off)[1]]
    return {"target5": five, "target1": one, "target4": outlets}


@cache
def rulebook() -> str:
    """Return the version of the shipped rulebook."""
    return load_rulebook().version


def _target1(db: sqlite3.Connection, year: int, cut_off: date) -> tuple[UnitEvents, ...]:
    titles: dict[str, dict[str, None]] = defaultdict(dict)
    for event in events.between(db, date(year, 1, 1), cut_off):
        titles[event.unit or event.organiser][event.title] = None
    return tuple(
        UnitEvents(
            unit=body.name, events=body.events, women=body.women, men=body.men,
            detail="; ".join([*titles[body.name]][:TITLES]) + ("; …" if len(titles[body.name]) > TITLES else ""),
        )
        for body in goals.bodies(db, year, cut_off)[1]
    )  # fmt: skip


def _target4(db: sqlite3.Connection, year: int, cut_off: date) -> tuple[OutletRow, ...]:
    return tuple(_outlet(db, one, cut_off) for one in goals.outlets(db, year, cut_off)[1])


def _outlet(db: sqlite3.Connection, one: OutletYear, cut_off: date) -> OutletRow:
    proofs = conditions.proofs(db, one.outlet.id, one.year, cut_off)
    scan = scans.latest(db, one.outlet.id, one.year, before=clock.end_of(cut_off))
    figures = {(row["indicator"], row["part"]): row for row in scan.figures["figures"]} if scan and scan.figures else {}
    quoted, violence = figures.get(("B1.1.2", "all"), {}), figures.get(("B1.5.5", "all"), {})
    women, known = quoted.get("numerator", 0), quoted.get("denominator", 0)

    def condition(key: str, *subjects: str) -> Condition:
        said = "; ".join(
            f"số {proof.number} ngày {_vn(proof.on_date)}" for proof in proofs if proof.subject in subjects
        )
        return Condition(met=getattr(one, key) == "met", detail=said)

    return OutletRow(
        name=one.outlet.name, group=one.outlet.kind, decision=condition("decision", DECISION),
        questionnaire=condition("questionnaire"),
        measurement=Condition(met=one.measurement == "met", detail=f"{one.articles} tin bài"),
        report=condition("report", REPORT, PLAN), articles=one.articles, women=women, men=known - women,
        unknown=quoted.get("unknown") or 0,
        stereotypes=figures.get(("B1.2.1", "all"), {}).get("numerator", 0),
        violence=violence.get("denominator", 0), violence_met=violence.get("numerator", 0),
    )  # fmt: skip


def _commune(name: str, counts: Counts) -> CommuneRow:
    return CommuneRow(
        commune=name, villages=counts.villages, adopted=counts.in_force, recognised=counts.recognised,
        reviewed=counts.reviewed, clean=counts.clean, found_texts=counts.found, found_clauses=counts.found_clauses,
        recommended=counts.recommended, suspended=counts.suspended, amended=counts.amended,
        abolished=counts.abolished, open=counts.open,
    )  # fmt: skip


def _decree(counts: Counts) -> Decree61:
    return Decree61(
        recognised=counts.newly_recognised, not_recognised=counts.refused, amended=counts.amended,
        suspended=counts.suspended, abolished=counts.abolished,
    )  # fmt: skip


def _clauses(store: Store, db: sqlite3.Connection, year: int, cut_off: date) -> tuple[ClauseRow, ...]:
    """Return the clauses confirmed as S4 in the texts that count, by commune and village."""
    stood = {one.finding_id: one for one in standing.clauses_behind(store, period_of(year, cut_off), "found_clauses")}
    rows = db.execute(
        "SELECT findings.id, data, title, villages.type || ' ' || villages.name AS"
        " village, communes.type || ' ' || communes.name AS commune FROM findings JOIN versions"
        " ON versions.id = findings.version_id JOIN regulations ON regulations.id = regulation_id JOIN units AS"
        " villages ON villages.id = unit_id JOIN units AS communes ON communes.id = villages.parent_id"
        " WHERE findings.id IN (SELECT value FROM json_each(?))"
        " ORDER BY communes.code, villages.folded, findings.version_id, start",
        [json.dumps([*stood])],
    )
    found = []
    for row in rows:
        finding = Finding.model_validate(loaded(row["data"]))
        found.append(ClauseRow(
            commune=row["commune"], village=row["village"], regulation=row["title"], place=place(finding.locator),
            quote=finding.quote, category=CATEGORIES.get(finding.category, finding.category),
            severity="S4", basis=finding.basis, state=REPAIRS[stood[row["id"]].repair(cut_off)],
        ))  # fmt: skip
    return tuple(found)


def _vn(day: str | None) -> str:
    return date.fromisoformat(day).strftime("%d/%m/%Y") if day else "…"
