"""Lists over all regulations: filtered, sorted, paged, counted, without reading a text.

What is filtered by words is the title, the village and the commune, with or without marks; searching in the texts is
:mod:`auditor.store.search`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field

from auditor.reports.wording import SEVERITIES
from auditor.store.database import missing
from auditor.store.words import VERDICTS, State, Verdict
from auditor.text import bare

ON_A_PAGE = 50
SORTS: Mapping[str, tuple[str, str]] = {
    "xa": ("Xã, phường rồi thôn, bản", "communes.folded, villages.folded, regulations.id"),
    "moi": ("Trạng thái mới nhất", "regulations.state_on DESC, regulations.id DESC"),
    "cho": ("Nhiều chỗ chờ người xem nhất", "coalesce({open}, 0) DESC, regulations.id"),
    "ten": ("Tên", "regulations.folded, regulations.id"),
}
"""Orders a list may have: how people read them, and SQL, with ``{open}`` for the findings nobody has decided."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; empty parts narrow nothing.

    Attributes:
        veiled: regulations the asking person reads blind: they stand under no verdict.
    """

    commune: int | None = None
    state: str = ""
    verdict: str = ""
    words: str = ""
    veiled: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Listed:
    """One regulation in a list; ``verdict`` is None where the asking person must not know it."""

    id: int
    title: str
    village: str
    commune: str
    state: State
    state_on: str
    version_id: int | None
    verdict: Verdict | None
    open_findings: int | None
    s4_open: int | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many regulations there are: in all, and by what their review says; those veiled only in all."""

    total: int
    verdicts: Mapping[Verdict, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a regulation belongs: its village and commune, with the id of the commune."""

    village: str
    commune: str
    commune_id: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How many findings of one severity stand how."""

    severity: str
    suggested: int
    confirmed: int
    dismissed: int
    consult: int
    repaired: int


@dataclass(frozen=True, slots=True)
class Comment:
    """What a person wrote about a text of a regulation."""

    version_id: int
    number: int | None
    by: str
    text: str
    at: str


@dataclass(frozen=True, slots=True)
class Stood:
    """One state of a regulation with the number of the text it was about."""

    state: State
    on: str
    number: int | None
    document: str
    note: str
    by: str | None


_FROM = (
    " FROM regulations JOIN units AS villages ON villages.id = regulations.unit_id"
    " JOIN units AS communes ON communes.id = villages.parent_id"
    " LEFT JOIN versions INDEXED BY versions_listed ON versions.id = regulations.version_id"
)
_VERDICT = "coalesce(versions.verdict, 'unreviewed')"


def listed(db: sqlite3.Connection, wanted: Wanted, *, sort: str = "xa", page: int = 1) -> list[Listed]:
    """Return one page of regulations, :data:`ON_A_PAGE` of them; pages count from 1."""
    where, values = _where(wanted)
    order = SORTS.get(sort, SORTS["xa"])[1].format(open=_shown(wanted, "versions.open_findings"))
    rows = db.execute(
        f"WITH page AS (SELECT regulations.id {_FROM} WHERE {where} ORDER BY {order} LIMIT :limit OFFSET :offset)"
        " SELECT regulations.id, regulations.title, villages.type || ' ' || villages.name AS village,"
        " communes.type || ' ' || communes.name AS commune, regulations.state, regulations.state_on,"
        f" regulations.version_id, {_shown(wanted, _VERDICT)} AS verdict,"
        f" {_shown(wanted, 'coalesce(versions.open_findings, 0)')} AS open_findings,"
        f" {_shown(wanted, 'coalesce(versions.s4_open, 0)')} AS s4_open"
        f" {_FROM} JOIN page ON page.id = regulations.id ORDER BY {order}",
        {**values, "limit": ON_A_PAGE, "offset": ON_A_PAGE * (max(page, 1) - 1)},
    )
    return [Listed(**dict(row)) for row in rows]


def counts(db: sqlite3.Connection, wanted: Wanted) -> Counts:
    """Return how many regulations a list has, by what their review says."""
    where, values = _where(wanted)
    verdict = _shown(wanted, _VERDICT)
    rows = db.execute(f"SELECT {verdict} AS verdict, count(*) AS count {_FROM} WHERE {where} GROUP BY 1", values)
    found: dict[Verdict | None, int] = {row["verdict"]: row["count"] for row in rows}
    return Counts(sum(found.values()), {verdict: found.get(verdict, 0) for verdict in VERDICTS})


def place_of(db: sqlite3.Connection, regulation_id: int, commune: int | None = None) -> Placed:
    """Return where a regulation belongs.

    Raises:
        StoreError: GA331, there is none, or it lies outside the only commune the asking person sees.
    """
    row = db.execute(
        "SELECT villages.type || ' ' || villages.name AS village, communes.type || ' ' || communes.name AS commune,"
        f" communes.id AS commune_id {_FROM} WHERE regulations.id = ?",
        [regulation_id],
    ).fetchone()
    if row is None or (commune is not None and row["commune_id"] != commune):
        raise missing()
    return Placed(**dict(row))


def tally(db: sqlite3.Connection, version_id: int) -> list[Tally]:
    """Return how the findings of a version stand, the gravest severity first."""
    rows = db.execute(
        "SELECT coalesce(final_severity, severity) AS severity, sum(state = 'suggested') AS suggested,"
        " sum(state = 'confirmed') AS confirmed, sum(state = 'dismissed') AS dismissed,"
        " sum(state = 'consult') AS consult, sum(state = 'confirmed' AND repair = 'repaired') AS repaired"
        " FROM findings WHERE version_id = ? GROUP BY 1",
        [version_id],
    )
    found = {row["severity"]: Tally(**dict(row)) for row in rows}
    return [found[severity] for severity in SEVERITIES if severity in found]


def comments(db: sqlite3.Connection, regulation_id: int, limit: int = 20) -> list[Comment]:
    """Return what people wrote about the texts of a regulation, the latest first."""
    rows = db.execute(
        "SELECT comments.version_id, number, users.name AS by, comments.text, comments.at FROM comments"
        " JOIN versions ON versions.id = comments.version_id JOIN users ON users.id = comments.user_id"
        " WHERE regulation_id = ? ORDER BY comments.id DESC LIMIT ?",
        [regulation_id, limit],
    )
    return [Comment(**dict(row)) for row in rows]


def stood(db: sqlite3.Connection, regulation_id: int) -> list[Stood]:
    """Return the states a regulation went through, the latest first, without those taken back."""
    rows = db.execute(
        "SELECT states.state, on_date AS 'on', number, document, note, users.name AS by FROM states"
        " LEFT JOIN versions ON versions.id = states.version_id LEFT JOIN users ON users.id = states.user_id"
        " WHERE states.regulation_id = ? AND undone_at IS NULL ORDER BY on_date DESC, states.id DESC",
        [regulation_id],
    )
    return [Stood(**dict(row)) for row in rows]


def _shown(wanted: Wanted, column: str) -> str:
    """Return the SQL of a column that is NULL of regulations the asking person must not know it of."""
    if not wanted.veiled:
        return column
    ids = ", ".join(str(int(id)) for id in sorted(wanted.veiled))
    return f"CASE WHEN regulations.id NOT IN ({ids}) THEN {column} END"


def _where(wanted: Wanted) -> tuple[str, dict[str, object]]:
    parts: dict[str, object] = {}
    clauses = ["true"]
    if wanted.commune is not None:
        clauses.append("villages.parent_id = :commune")
        parts["commune"] = wanted.commune
    if wanted.state:
        clauses.append("regulations.state = :state")
        parts["state"] = wanted.state
    if wanted.verdict:
        clauses.append(f"{_shown(wanted, _VERDICT)} = :verdict")
        parts["verdict"] = wanted.verdict
    for at, word in enumerate(bare(wanted.words).split()):
        clauses.append(
            f"(instr(regulations.folded, :w{at}) OR instr(villages.folded, :w{at}) OR instr(communes.folded, :w{at}))"
        )
        parts[f"w{at}"] = word
    return " AND ".join(clauses), parts
