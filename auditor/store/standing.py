"""What the targets are counted from: every text of every regulation with its days, as one reading of the store.

The values are those of :mod:`auditor.indicators.targets`, which count as of any day. Reading them takes a few queries
over narrow indexes; what was read is kept until the audit trail has grown, for every change of the store leaves a line
there. Decisions, repairs and closed reviews count from the day they were taken to the day they were replaced or taken
back (:mod:`auditor.store.history`), so that a past day is counted as it stood at its end.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from auditor.indicators.targets import Period, RegulationStanding, Target5, Unlawful, counted, target5
from auditor.store import clock, history
from auditor.store.database import Store
from auditor.store.history import Clause

PART = "part"


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune with its number of villages."""

    id: int
    code: str
    name: str
    villages: int


@dataclass(frozen=True, slots=True)
class Standings:
    """One reading of the store.

    Attributes:
        texts: every filed text of every regulation, older ones too.
        communes: by code, in the order of the list of the province.
        versions: id of the version that each of ``texts`` is, in the same order.
        lines: how long the audit trail was.
    """

    texts: tuple[RegulationStanding, ...]
    versions: tuple[int, ...]
    communes: Mapping[str, Commune]
    lines: int

    def of_commune(self, commune_id: int | None) -> Standings:
        """Return what lies in one commune, all for None."""
        if commune_id is None:
            return self
        own = {code: one for code, one in self.communes.items() if one.id == commune_id}
        kept = [i for i, text in enumerate(self.texts) if text.commune in own]
        return Standings(
            tuple(self.texts[i] for i in kept), tuple(self.versions[i] for i in kept), own, self.lines
        )  # fmt: skip

    def under(self, veiled: frozenset[int]) -> Standings:
        """Return the same with nothing known of the reviews of some regulations."""
        if not veiled:
            return self
        return replace(self, texts=tuple(_bare(one) if one.id in veiled else one for one in self.texts))


def standings(store: Store) -> Standings:
    """Return what the targets are counted from, read anew only where the store has changed."""
    with store.read() as db:
        lines = lines_of(db)
    return _read(store.path, lines)


def lines_of(db: sqlite3.Connection) -> int:
    """Return how long the audit trail is: two readings of the same length are of the same store."""
    return int(db.execute("SELECT coalesce(max(id), 0) FROM trail").fetchone()[0])


def counted_target5(
    store: Store, period: Period, commune_id: int | None = None, veiled: frozenset[int] = frozenset()
) -> Target5:
    """Count target 5 of a period, in one commune or in all.

    Args:
        veiled: regulations the asking person reads blind; they count as not reviewed.
    """
    return _target5(store.path, standings(store).lines, period, commune_id, veiled)


def behind(
    store: Store, period: Period, figure: str, commune: str | None = None, veiled: frozenset[int] = frozenset()
) -> tuple[tuple[RegulationStanding, int], ...]:
    """Return the texts behind a figure of target 5, each with the id of its version.

    Args:
        figure: a name of :class:`auditor.indicators.targets.Counts` other than ``villages``.
        commune: code of the only commune, None for all.
        veiled: as in :func:`counted_target5`.
    """
    return _behind(store.path, standings(store).lines, period, figure, commune, veiled)


def clauses_behind(
    store: Store, period: Period, figure: str, commune: str | None = None, veiled: frozenset[int] = frozenset()
) -> tuple[Clause, ...]:
    """Return the clauses behind ``found_clauses``, ``repaired_clauses`` or ``open_clauses``, by version."""
    return _clauses_behind(store.path, standings(store).lines, period, figure, commune, veiled)


@lru_cache(maxsize=2)
def _read(path: Path, lines: int) -> Standings:
    with Store(path).read() as db:
        return _standings(db, lines)


@lru_cache(maxsize=64)
def _target5(path: Path, lines: int, period: Period, commune_id: int | None, veiled: frozenset[int]) -> Target5:
    own = _read(path, lines).of_commune(commune_id).under(veiled)
    return target5(own.texts, {code: one.villages for code, one in own.communes.items()}, period)


@lru_cache(maxsize=32)
def _behind(
    path: Path, lines: int, period: Period, figure: str, commune: str | None, veiled: frozenset[int]
) -> tuple[tuple[RegulationStanding, int], ...]:
    known = _read(path, lines).under(veiled)
    versions = {id(text): version for text, version in zip(known.texts, known.versions, strict=True)}
    own = (text for text in known.texts if commune in {None, text.commune})
    return tuple((text, versions[id(text)]) for text in counted(own, period, figure))


@lru_cache(maxsize=8)
def _clauses_behind(
    path: Path, lines: int, period: Period, figure: str, commune: str | None, veiled: frozenset[int]
) -> tuple[Clause, ...]:
    texts = _behind(path, lines, period, "found", commune, veiled)
    place = {version: at for at, (_, version) in enumerate(texts)}
    mended = {"found_clauses": None, "repaired_clauses": True, "open_clauses": False}[figure]
    with Store(path).read() as db:
        found = [
            one
            for one in history.clauses(db)
            if one.version_id in place and one.stood(period.end) and mended in {None, one.mended(period.end)}
        ]
    return tuple(sorted(found, key=lambda one: (place[one.version_id], one.finding_id)))


def _bare(text: RegulationStanding) -> RegulationStanding:
    return replace(text, reviewed_on=None, verdict="unreviewed", unlawful=(), closed=(), consulting=(), undecided=())


def _standings(db: sqlite3.Connection, lines: int) -> Standings:
    db.row_factory = None
    communes = {
        row[1]: Commune(*row)
        for row in db.execute(
            "SELECT id, code, type || ' ' || name, (SELECT count(*) FROM units AS v WHERE v.parent_id = units.id AND"
            " v.active) FROM units WHERE kind = 'commune' ORDER BY code"
        )
    }
    places = {
        id: (code, village)
        for id, code, village in db.execute(
            "SELECT regulations.id, communes.code, villages.type || ' ' || villages.name FROM regulations JOIN units AS"
            " villages ON villages.id = unit_id JOIN units AS communes ON communes.id = villages.parent_id"
        )
    }
    states = _states(db)
    filed = db.execute(
        "SELECT id, regulation_id, adopted_on, recognised_on, reviewed_at, verdict FROM versions"
        " WHERE regulation_id IS NOT NULL AND reading != 'withdrawn' ORDER BY regulation_id DESC, number DESC"
    ).fetchall()
    unlawful, closed, consulting = _unlawful(db), history.closings(db), history.consulting(db)
    undecided = history.undecided(db, (row[0] for row in filed if row[4] and row[5] == "unreviewed"))
    texts: list[RegulationStanding] = []
    versions: list[int] = []
    newer: tuple[int, date | None] = (0, None)
    # From the newest to the oldest text of each regulation, so that each knows when a newer one was adopted.
    for id, regulation, adopted, recognised, reviewed, verdict in filed:
        own = states.get(id, ())
        adopted_on = _day(adopted) or next((on for on, state in own if state == "adopted"), None)
        recognised_on = _day(recognised) or next((on for on, state in own if state == "recognised"), None)
        replaced_on = newer[1] if newer[0] == regulation else None
        texts.append(RegulationStanding(
            regulation, *places[regulation], adopted_on, recognised_on, replaced_on, own,
            _local(reviewed) if reviewed else None, verdict, unlawful.get(id, ()), closed.get(id, ()),
            consulting.get(id, ()), undecided.get(id, ()),
        ))  # fmt: skip
        versions.append(id)
        since = min((day for day in (adopted_on, recognised_on, replaced_on) if day), default=None)
        newer = (regulation, since)
    return Standings(tuple(texts), tuple(versions), communes, lines)


def _states(db: sqlite3.Connection) -> dict[int, tuple[tuple[date, str], ...]]:
    """Return the states of each version in order; what was ended in part only goes on."""
    found: dict[int, list[tuple[date, str]]] = defaultdict(list)
    for version, state, on, scope in db.execute(
        "SELECT version_id, state, on_date, scope FROM states WHERE undone_at IS NULL AND version_id IS NOT NULL"
        " ORDER BY regulation_id, on_date, id"
    ):
        ended_in_part = state == "abolished" and scope == PART
        found[version].append((date.fromisoformat(on), "abolished_part" if ended_in_part else state))
    return {version: tuple(own) for version, own in found.items()}


def _unlawful(db: sqlite3.Connection) -> dict[int, tuple[Unlawful, ...]]:
    """Return the clauses confirmed as S4 now or earlier, by version."""
    found: dict[int, list[Unlawful]] = defaultdict(list)
    for version, since, count in history.uneventful(db):
        found[version] += [_clause(since, None, None)] * count
    for one in history.clauses(db, eventful=True):
        found[one.version_id].append(_clause(one.since, one.recommended, one.repaired, one.until))
    return {version: tuple(own) for version, own in found.items()}


# Clauses decided on one day are one value: thousands of them are read at a time.
_clause = lru_cache(maxsize=10_000)(Unlawful)


@lru_cache(maxsize=10_000)
def _day(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None


@lru_cache(maxsize=10_000)
def _local(moment: str) -> date:
    return clock.local(moment).date()
