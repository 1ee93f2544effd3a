"""Targets 4 and 1 as of a day, and the names of the documents behind the figures of target 5."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from auditor.indicators.applying import OutletStanding, Target1, Target4, target1, target4
from auditor.record import Finding
from auditor.store import conditions
from auditor.store.conditions import OutletYear
from auditor.store.database import loaded
from auditor.store.history import Clause

PROVINCE = "Đơn vị cấp tỉnh"


@dataclass(frozen=True, slots=True)
class Body:
    """One that target 1 asks of: a commune, or a body of the province that the register names.

    ``events`` are those of the year up to the cut-off, ``women`` and ``men`` those who came; None where no event of the
    body counted both.
    """

    name: str
    unit_id: int | None
    events: int
    women: int | None
    men: int | None


@dataclass(frozen=True, slots=True)
class Named:
    """A document behind a figure."""

    regulation_id: int
    version_id: int
    title: str
    village: str
    commune: str
    state: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Village:
    """A village with its regulations: pairs of id and title."""

    name: str
    commune: str
    regulations: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class NamedClause:
    """A clause behind a figure, with the document it stands in."""

    finding_id: int
    version_id: int
    regulation_id: int
    regulation: str
    village: str
    commune: str
    finding: Finding


def outlets(db: sqlite3.Connection, year: int, cut_off: date) -> tuple[Target4, list[OutletYear]]:
    """Count target 4 of a year as of a day, with what stands behind it."""
    known = [one for one in conditions.of_year(db, year, cut_off) if one.outlet.in_scope]
    return target4(map(_standing, known)), known


def bodies(db: sqlite3.Connection, year: int, cut_off: date) -> tuple[Target1, list[Body]]:
    """Count target 1 of a year as of a day: communes, and bodies of the province that stand in the register.

    A body of the province is asked once it has been named in the register in any year; others are not known here.
    """
    days = {"first": f"{year}-01-01", "last": min(cut_off, date(year, 12, 31)).isoformat()}
    sums = "count(events.id), sum(women), sum(men)"
    held = "removed_at IS NULL AND on_date BETWEEN :first AND :last"
    rows = db.execute(
        f"SELECT units.type || ' ' || units.name, units.id, {sums} FROM units LEFT JOIN events"
        f" ON unit_id = units.id AND {held} WHERE kind = 'commune' GROUP BY units.id ORDER BY code",
        days,
    ).fetchall()
    rows += db.execute(
        f"SELECT known.organiser, NULL, {sums} FROM (SELECT DISTINCT organiser FROM events WHERE unit_id IS NULL"
        f" AND removed_at IS NULL) AS known LEFT JOIN events ON events.organiser = known.organiser AND unit_id IS NULL"
        f" AND {held} GROUP BY known.organiser ORDER BY fold(known.organiser)",
        days,
    ).fetchall()
    found = [Body(*row) for row in rows]
    events = ((one.name, date(year, 1, 1)) for one in found for _ in range(one.events))
    return target1((one.name for one in found), events, year, date(year, 12, 31)), found


def named(db: sqlite3.Connection, versions: Iterable[int]) -> list[Named]:
    """Return the names of some versions, in the order of the ids given."""
    ids = list(versions)
    rows = db.execute(
        "SELECT regulations.id, versions.id, title, villages.type || ' ' || villages.name,"
        " communes.type || ' ' || communes.name, state, verdict FROM versions"
        " JOIN regulations ON regulations.id = regulation_id JOIN units AS villages ON villages.id = unit_id"
        f" JOIN units AS communes ON communes.id = villages.parent_id WHERE versions.id IN ({_marks(ids)})",
        ids,
    )
    found = {row[1]: Named(*row) for row in rows}
    return [found[id] for id in ids if id in found]


def villages(
    db: sqlite3.Connection, commune: int | None = None, *, limit: int = 50, offset: int = 0
) -> tuple[list[Village], int]:
    """Return one page of villages by commune and name with their regulations, and how many villages there are."""
    where = "villages.kind = 'village' AND villages.active AND (:commune IS NULL OR villages.parent_id = :commune)"
    total = db.execute(f"SELECT count(*) FROM units AS villages WHERE {where}", {"commune": commune}).fetchone()[0]
    rows = db.execute(
        "SELECT villages.id, villages.type || ' ' || villages.name, communes.type || ' ' || communes.name,"
        " (SELECT json_group_array(json_array(id, title)) FROM regulations WHERE unit_id = villages.id)"
        " FROM units AS villages JOIN units AS communes ON communes.id = villages.parent_id"
        f" WHERE {where} ORDER BY communes.code, villages.folded, villages.id LIMIT :limit OFFSET :offset",
        {"commune": commune, "limit": limit, "offset": offset},
    )
    found = [Village(name, place, tuple((id, title) for id, title in loaded(own))) for _, name, place, own in rows]
    return found, int(total)


def named_clauses(db: sqlite3.Connection, clauses: Iterable[Clause]) -> list[NamedClause]:
    """Return some clauses with their documents, in the order given."""
    ids = [one.finding_id for one in clauses]
    rows = db.execute(
        "SELECT findings.id, findings.version_id, regulations.id, title, villages.type || ' ' || villages.name,"
        " communes.type || ' ' || communes.name, data FROM findings JOIN versions ON versions.id = findings.version_id"
        " JOIN regulations ON regulations.id = regulation_id JOIN units AS villages ON villages.id = unit_id"
        f" JOIN units AS communes ON communes.id = villages.parent_id WHERE findings.id IN ({_marks(ids)})",
        ids,
    )
    found = {
        id: NamedClause(id, version, own, title, village, commune, Finding.model_validate_json(data))
        for id, version, own, title, village, commune, data in rows
    }
    return [found[id] for id in ids if id in found]


def _marks(ids: list[int]) -> str:
    return ", ".join("?" for _ in ids)


def _standing(one: OutletYear) -> OutletStanding:
    return OutletStanding(
        one.outlet.id, one.outlet.name, one.outlet.kind, one.decision == "met", one.questionnaire == "met",
        one.articles, one.report == "met",
    )  # fmt: skip
