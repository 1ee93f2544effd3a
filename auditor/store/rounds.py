"""Yearly rounds of review: the community's own around 18/11 (NĐ 61/2023 Đ.15 k.4) and the commune's (Đ.18 k.1 g).

A round holds an item for every regulation in force when it began, with the text and verdict of that day; those that
came into force later can be taken in. Marks are undone by the line of the audit trail that tells what stood before.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from auditor.errors import StoreError
from auditor.store import clock
from auditor.store.database import Change, missing
from auditor.store.states import IN_FORCE
from auditor.store.users import User
from auditor.store.waiting import Waiting
from auditor.store.words import State, Verdict

Outcome = Literal["", "keep", "amend", "suspend", "abolish"]
OUTCOMES: dict[Outcome, str] = {
    "keep": "tiếp tục thực hiện",
    "amend": "cần sửa đổi, bổ sung, thay thế",
    "suspend": "đề nghị tạm ngừng",
    "abolish": "đề nghị bãi bỏ",
}
Kind = Literal["community", "commune"]
KINDS: dict[Kind, str] = {"community": "cộng đồng dân cư rà soát", "commune": "Ủy ban nhân dân xã rà soát"}
_COLUMN: dict[Kind, str] = {"community": "community_on", "commune": "commune_on"}
PAGE = 100


@dataclass(frozen=True, slots=True)
class Round:
    """A yearly round; ``at`` is when it was made."""

    id: int
    year: int
    name: str
    opens_on: date
    closes_on: date
    at: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a commune is: of so many regulations, so many reviewed by community and commune, and what came of it."""

    commune_id: int
    commune: str
    regulations: int
    community: int
    reviewed: int
    keep: int
    amend: int
    suspend: int
    abolish: int
    discriminating: int
    unreviewed: int


@dataclass(frozen=True, slots=True)
class Item:
    """A regulation in a round; ``verdict`` is what its text stands at now, ``then`` when the round began."""

    id: int
    regulation_id: int
    title: str
    village: str
    commune_id: int
    commune: str
    state: State
    verdict: Verdict
    then: Verdict
    community_on: date | None
    commune_on: date | None
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class News:
    """What is new in a regulation since the round before.

    Attributes:
        added: it was not in that round.
        text: it has another text.
        was: its verdict then; ``verdict`` is that of now.
        confirmed: findings confirmed since that round began.
    """

    regulation_id: int
    title: str
    village: str
    commune: str
    added: bool
    text: bool
    was: Verdict | None
    verdict: Verdict
    confirmed: int


def every(db: sqlite3.Connection) -> list[Round]:
    """Return all rounds, the latest first."""
    return [_round(row) for row in db.execute("SELECT * FROM rounds ORDER BY year DESC")]


def of_year(db: sqlite3.Connection, year: int) -> Round:
    """Return the round of a year.

    Raises:
        StoreError: GA331, there is none.
    """
    row = db.execute("SELECT * FROM rounds WHERE year = ?", [year]).fetchone()
    if row is None:
        raise missing()
    return _round(row)


def open_round(change: Change, year: int, name: str, opens_on: date, closes_on: date) -> Round:
    """Begin a round with an item for every regulation in force.

    Raises:
        StoreError: GA368, the year has its round, or the days are out of order.
    """
    if change.db.execute("SELECT 1 FROM rounds WHERE year = ?", [year]).fetchone():
        raise StoreError("GA368", f"Năm {year} đã có đợt rà soát. Xin mở đợt ấy để làm tiếp.")
    if closes_on < opens_on or opens_on.year != year:
        raise StoreError("GA368", "Ngày kết thúc phải sau ngày bắt đầu, và đợt phải bắt đầu trong năm đã chọn.")
    values = {"year": year, "name": " ".join(name.split()) or f"Đợt rà soát năm {year}", "opens_on": opens_on}
    id = change.insert("rounds", {**values, "closes_on": closes_on, "user_id": change.actor, "at": change.at})
    change.note("round.open", "round", id, year=year)
    found = of_year(change.db, year)
    take_in(change, found)
    return found


def take_in(change: Change, round: Round) -> int:
    """Add items for regulations that came into force since the round began, and return how many."""
    done = change.db.execute(
        "INSERT INTO round_items (round_id, regulation_id, version_id, verdict)"
        " SELECT ?, regulations.id, regulations.version_id, coalesce(verdict, 'unreviewed') FROM regulations"
        " LEFT JOIN versions ON versions.id = regulations.version_id"
        f" WHERE {IN_FORCE} AND regulations.id NOT IN (SELECT regulation_id FROM round_items WHERE round_id = ?)",
        [round.id, round.id],
    )
    change.note("round.take_in", "round", round.id, regulations=done.rowcount)
    return done.rowcount


def progress(
    db: sqlite3.Connection, round: Round, commune: int | None = None, veiled: Iterable[int] = ()
) -> list[Progress]:
    """Return how far each commune is, by name; only one where it is given.

    Args:
        veiled: regulations the asking person reads blind, counted under no verdict.
    """
    shown = f" AND regulations.id NOT IN ({', '.join(str(int(id)) for id in veiled)})"
    rows = db.execute(
        "SELECT communes.id AS commune_id, communes.type || ' ' || communes.name AS commune, count(*) AS regulations,"
        " count(community_on) AS community, count(commune_on) AS reviewed, sum(outcome = 'keep') AS keep,"
        " sum(outcome = 'amend') AS amend, sum(outcome = 'suspend') AS suspend, sum(outcome = 'abolish') AS abolish,"
        f" sum(coalesce(versions.verdict, 'unreviewed') = 'discriminating'{shown}) AS discriminating,"
        f" sum(coalesce(versions.verdict, 'unreviewed') = 'unreviewed'{shown}) AS unreviewed"
        f"{_TABLES} WHERE round_id = ? AND (? IS NULL OR communes.id = ?)"
        " GROUP BY communes.id ORDER BY communes.folded",
        [round.id, commune, commune],
    )
    return [Progress(**dict(row)) for row in rows]


def reviewed(db: sqlite3.Connection, commune: int | None = None) -> dict[int, tuple[int, int, int]]:
    """Return of each round how many regulations it holds, and how many of them community and commune have reviewed."""
    joined = " JOIN regulations ON regulations.id = regulation_id JOIN units ON units.id = unit_id WHERE parent_id = ?"
    rows = db.execute(
        "SELECT round_id, count(*) AS n, count(community_on) AS community, count(commune_on) AS commune"
        f" FROM round_items{joined if commune else ''} GROUP BY round_id",
        [commune] if commune else [],
    )
    return {row["round_id"]: (row["n"], row["community"], row["commune"]) for row in rows}


def items(
    db: sqlite3.Connection, round: Round, commune: int | None = None, *, only_due: bool = False, page: int = 1
) -> tuple[list[Item], int]:
    """Return one page of the items of a round by commune and village, and how many there are; or only those due."""
    where = "round_id = ? AND (? IS NULL OR communes.id = ?)"
    where += " AND (community_on IS NULL OR commune_on IS NULL)" if only_due else ""
    values = [round.id, commune, commune]
    total = db.execute(f"SELECT count(*) AS n{_TABLES} WHERE {where}", values).fetchone()["n"]
    order = f"ORDER BY communes.folded, villages.folded, round_items.id LIMIT {PAGE} OFFSET {PAGE * (page - 1)}"
    return [_item(row) for row in db.execute(f"{_ITEM}{_TABLES} WHERE {where} {order}", values)], total


def all_items(db: sqlite3.Connection, round: Round, commune: int | None = None) -> Iterator[Item]:
    """Yield every item of a round, by commune and village."""
    where = "round_id = ? AND (? IS NULL OR communes.id = ?) ORDER BY communes.folded, villages.folded, round_items.id"
    yield from map(_item, db.execute(f"{_ITEM}{_TABLES} WHERE {where}", [round.id, commune, commune]))


def mark(
    change: Change,
    round: Round,
    kind: Kind,
    on: date | None,
    outcome: Outcome,
    *,
    ids: Iterable[int] = (),
    commune: int | None = None,
) -> tuple[int, int]:
    """Mark reviews as held on a day with an outcome; None for the day takes a mark away.

    Args:
        ids: the items to mark.
        commune: only items of this commune are marked; without ``ids`` all of them not marked yet.

    Returns:
        How many were marked, and the line of the audit trail that :func:`undo` takes.

    Raises:
        StoreError: GA368, the day is not of the year of the round or has not come, or nothing was chosen.
    """
    if on is not None and (on > clock.today() or on.year != round.year):
        raise StoreError("GA368", f"Ngày rà soát phải trong năm {round.year} và không ở tương lai.")
    chosen = list(ids)
    column = _COLUMN[kind]
    if chosen:
        where, values = f"round_items.id IN ({', '.join('?' for _ in chosen)})", chosen
    elif commune is not None:
        where, values = f"{column} IS NULL", []
    else:
        raise StoreError("GA368", "Xin chọn ít nhất một bản trong danh sách rồi đánh dấu.")
    rows = change.db.execute(
        f"SELECT round_items.id, {column} AS day, outcome{_TABLES}"
        f" WHERE round_id = ? AND (? IS NULL OR communes.id = ?) AND {where}",
        [round.id, commune, commune, *values],
    ).fetchall()
    for row in rows:
        change.update("round_items", row["id"], {column: on, "outcome": outcome or row["outcome"]})
    before = [[row["id"], row["day"], row["outcome"]] for row in rows]
    change.note("round.mark", "round", round.id, kind=kind, on=on.isoformat() if on else None, before=before)
    line = change.db.execute("SELECT max(id) AS id FROM trail").fetchone()["id"]
    return len(rows), line


def undo(change: Change, round: Round, line: int) -> int:
    """Put items back as they stood before a mark of the same person, and return how many.

    Raises:
        StoreError: GA340, the mark is someone else's or there is none.
    """
    row = change.db.execute(
        "SELECT data FROM trail WHERE id = ? AND action = 'round.mark' AND subject_id = ? AND actor IS ?",
        [line, round.id, change.actor],
    ).fetchone()
    if row is None:
        raise StoreError("GA340", "Chỉ người vừa đánh dấu mới hoàn tác được việc của mình.")
    data = json.loads(row["data"])
    column = _COLUMN["commune" if data["kind"] == "commune" else "community"]
    for id, day, outcome in data["before"]:
        change.update("round_items", id, {column: day, "outcome": outcome})
    change.note("round.undo", "round", round.id, line=line)
    return len(data["before"])


def before(db: sqlite3.Connection, round: Round) -> Round | None:
    """Return the round before, None where this is the first."""
    row = db.execute("SELECT * FROM rounds WHERE year < ? ORDER BY year DESC LIMIT 1", [round.year]).fetchone()
    return _round(row) if row else None


def news(
    db: sqlite3.Connection, round: Round, last: Round, commune: int | None = None, veiled: Collection[int] = ()
) -> list[News]:
    """Return the regulations of a round in which something is new since the last one, by commune and village.

    Args:
        veiled: regulations the asking person reads blind: of them only a new text is told.
    """
    confirmed = "SELECT version_id, count(*) AS n FROM findings INDEXED BY findings_confirmed"
    confirmed += " WHERE state = 'confirmed' AND decided_at > :since GROUP BY version_id"
    rows = db.execute(
        f"WITH fresh AS MATERIALIZED ({confirmed})"
        " SELECT regulations.id AS regulation_id, title, villages.type || ' ' || villages.name AS village,"
        " communes.type || ' ' || communes.name AS commune, old.id IS NULL AS added,"
        " coalesce(old.version_id != regulations.version_id, 0) AS text, old.verdict AS was,"
        " coalesce(versions.verdict, 'unreviewed') AS verdict, coalesce(fresh.n, 0) AS confirmed"
        f"{_TABLES} LEFT JOIN round_items AS old ON old.round_id = :last AND old.regulation_id = regulations.id"
        " LEFT JOIN fresh ON fresh.version_id = regulations.version_id"
        " WHERE round_items.round_id = :round AND (:commune IS NULL OR communes.id = :commune)"
        " AND (added OR old.version_id != regulations.version_id"
        " OR was != coalesce(versions.verdict, 'unreviewed') OR fresh.n)"
        " ORDER BY communes.folded, villages.folded",
        {"since": last.at, "last": last.id, "round": round.id, "commune": commune},
    )
    found = [News(**{**dict(row), "added": bool(row["added"]), "text": bool(row["text"])}) for row in rows]
    told = [replace(one, was=None, confirmed=0) if one.regulation_id in veiled else one for one in found]
    return [one for one in told if one.regulation_id not in veiled or one.added or one.text]


_TABLES = (
    " FROM round_items JOIN regulations ON regulations.id = round_items.regulation_id"
    " JOIN units AS villages ON villages.id = regulations.unit_id"
    " JOIN units AS communes ON communes.id = villages.parent_id"
    " LEFT JOIN versions INDEXED BY versions_standing ON versions.regulation_id = regulations.id"
    " AND versions.id = regulations.version_id"
)
_ITEM = (
    "SELECT round_items.id, regulations.id AS regulation_id, title, villages.type || ' ' || villages.name AS village,"
    " communes.id AS commune_id, communes.type || ' ' || communes.name AS commune, regulations.state,"
    " coalesce(versions.verdict, 'unreviewed') AS verdict, round_items.verdict AS \"then\", community_on,"
    " commune_on, outcome"
)


def _item(row: sqlite3.Row) -> Item:
    days = {name: date.fromisoformat(row[name]) if row[name] else None for name in ("community_on", "commune_on")}
    return Item(**{**dict(row), **days})


def _round(row: sqlite3.Row) -> Round:
    opens, closes = date.fromisoformat(row["opens_on"]), date.fromisoformat(row["closes_on"])
    return Round(row["id"], row["year"], row["name"], opens, closes, row["at"])


def waiting(db: sqlite3.Connection, user: User) -> list[Waiting]:
    """Return the block about the regulations a clerk's commune has still to review in the round of this year."""
    row = db.execute(
        "SELECT * FROM rounds WHERE year = ? AND opens_on <= ?", [clock.today().year, clock.today().isoformat()]
    )
    found = row.fetchone()
    if user.role != "commune" or user.unit_id is None or found is None:
        return []
    round = _round(found)
    left = items(db, round, user.unit_id, only_due=True)[1]
    to = f"/dot-ra-soat/{round.year}/xa/{user.unit_id}?con=1"
    return [Waiting(round.name, left, to, "bản còn phải rà soát")] if left else []


def total(found: Sequence[Progress]) -> Progress:
    """Add up the progress of communes."""
    names = [name for name in Progress.__slots__ if name not in {"commune_id", "commune"}]
    return Progress(0, "Cả tỉnh", **{name: sum(getattr(one, name) for one in found) for name in names})
