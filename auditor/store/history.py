"""What stood on earlier days, also where it was decided anew or taken back since.

What stands now is read where it stands; the stretches that are over are kept by :func:`remember` and its like in the
moment they end. A day counts as its end in Vietnam: what began and ended on one day never stood at the end of any.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from auditor.record import GENDER_SEVERITIES
from auditor.store import clock
from auditor.store.database import Change
from auditor.store.words import Repair

_EVENTS = (
    "SELECT finding_id FROM past_standings UNION SELECT finding_id FROM past_repairs"
    " UNION SELECT finding_id FROM letter_findings"
    " UNION SELECT id FROM findings WHERE state = 'confirmed' AND final_severity = 'S4' AND repair = 'repaired'"
)
"""Findings that were decided anew, told of in a letter, or repaired."""
Stretch = tuple[date, date | None]
"""First day of a stretch and the day it was over, None while it lasts."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of days in which a clause stood confirmed as S4.

    Attributes:
        since: first day.
        until: day it was over, None while it lasts.
        recommended: day a letter about it was sent.
        repaired: day it was confirmed as repaired.
    """

    finding_id: int
    version_id: int
    since: date
    until: date | None
    recommended: date | None
    repaired: date | None

    def stood(self, day: date) -> bool:
        """Say whether the clause stood confirmed at the end of a day."""
        return self.since <= day and (self.until is None or day < self.until)

    def mended(self, day: date) -> bool:
        """Say whether it counted as repaired at the end of a day."""
        return self.repaired is not None and self.repaired <= day

    def repair(self, day: date) -> Repair:
        """Return how far it was at the end of a day: open, recommended or repaired."""
        if self.mended(day):
            return "repaired"
        return "recommended" if self.recommended is not None and self.recommended <= day else "open"


def remember(change: Change, finding_id: int, state: str, severity: str | None, decided_at: str | None) -> None:
    """Keep what a finding stood at until now, in the moment that ends; nothing of one never decided before."""
    row = change.db.execute("SELECT max(until_at) FROM past_standings WHERE finding_id = ?", [finding_id]).fetchone()
    if decided_at is None and row[0] is None:
        return
    values = {"finding_id": finding_id, "state": state, "severity": severity if state == "confirmed" else None}
    since = max(decided_at or "", row[0] or "")
    change.insert("past_standings", {**values, "from_at": since, "until_at": change.at})


def remember_repair(change: Change, finding_id: int) -> None:
    """Keep that a finding counted as repaired until now, in the moment that is taken back."""
    since = dict(_repaired(change.db, f"id = {int(finding_id)}")).get(finding_id)
    if since is not None:
        change.insert("past_repairs", {"finding_id": finding_id, "from_at": since, "until_at": change.at})


def remember_closing(change: Change, version_id: int) -> None:
    """Keep that the review of a version stood closed until now, in the moment it is opened or closed anew."""
    row = change.db.execute("SELECT reviewed_at FROM versions WHERE id = ?", [version_id]).fetchone()
    if row and row[0]:
        change.insert("past_closings", {"version_id": version_id, "from_at": row[0], "until_at": change.at})


def clauses(db: sqlite3.Connection, *, eventful: bool = False) -> Iterator[Clause]:
    """Yield every stretch of days in which a clause stood confirmed as S4.

    Args:
        eventful: leave out those of :func:`uneventful`.
    """
    sent: Mapping[int, tuple[str, str | None]] = {
        finding: (sent_on, withdrawn)
        for finding, sent_on, withdrawn in db.execute(
            "SELECT finding_id, sent_on, withdrawn_at FROM letter_findings JOIN letters ON letters.id = letter_id"
            " WHERE sent_on IS NOT NULL AND letters.state IN ('sent', 'answered', 'closed', 'withdrawn')"
            # Last, so that it is kept: the earliest letter that still stands.
            " ORDER BY withdrawn_at IS NULL, sent_on DESC"
        )
    }
    repairs: dict[int, list[Stretch]] = defaultdict(list)
    for finding, since, until in db.execute("SELECT finding_id, from_at, until_at FROM past_repairs ORDER BY id"):
        repairs[finding].append((_day(since), _day(until)))
    # Two queries, each over an index: few findings were ever decided otherwise.
    for which in ("state = 'confirmed'", "state != 'confirmed' AND id IN (SELECT finding_id FROM past_standings)"):
        for finding, since in _repaired(db, which):
            repairs[finding].append((_day(since), None))
    for finding, version, stretch in _confirmed(db, f"id IN ({_EVENTS})" if eventful else "true"):
        yield from _pieces(finding, version, stretch, sent.get(finding), repairs.get(finding, ()))


def uneventful(db: sqlite3.Connection) -> Iterator[tuple[int, date, int]]:
    """Yield how many clauses of a version were confirmed as S4 on a day and nothing has happened to since.

    They are nearly all there are, so they are counted where they lie.
    """
    for version, day, count in db.execute(
        f"SELECT version_id, {clock.day_in_sql('decided_at')} AS day, count(*) FROM findings WHERE state = 'confirmed'"
        f" AND final_severity = 'S4' AND id NOT IN ({_EVENTS}) GROUP BY version_id, day"
    ):
        yield version, date.fromisoformat(day), count


def consulting(db: sqlite3.Connection) -> dict[int, tuple[Stretch, ...]]:
    """Return the stretches of days in which a finding suggested as S4 waited for advice, by version."""
    found: dict[int, list[Stretch]] = defaultdict(list)
    waiting = "FROM findings WHERE state = 'consult' AND severity = 'S4' AND id"
    for version, decided in db.execute(
        f"SELECT DISTINCT version_id, decided_at {waiting} NOT IN (SELECT finding_id FROM past_standings)"
    ):
        found[version].append((_day(decided), None))
    again = _again(db)
    for id, version, decided in db.execute(
        f"SELECT id, version_id, decided_at {waiting} IN (SELECT finding_id FROM past_standings)"
    ):
        found[version].append((_day(max(decided, again[id])), None))
    for version, since, until in _past(db, "past.state = 'consult' AND findings.severity = 'S4'"):
        found[version].append((_day(since), _day(until)))
    return {version: tuple(own) for version, own in found.items()}


def undecided(db: sqlite3.Connection, closed: Iterable[int]) -> dict[int, tuple[Stretch, ...]]:
    """Return the stretches of days in which a gender finding that had been decided was open again, by version.

    Args:
        closed: versions whose review is closed and whose verdict waits all the same: what is open there now counts.
    """
    found: dict[int, list[Stretch]] = defaultdict(list)
    gender = ", ".join(f"'{level}'" for level in GENDER_SEVERITIES)
    again = _again(db)
    for version in closed:
        for id, at in db.execute(
            f"SELECT id, at FROM findings WHERE version_id = ? AND state = 'suggested' AND severity IN ({gender})",
            [version],
        ):
            found[version].append((_day(max(at, again.get(id, ""))), None))
    for version, since, until in _past(db, f"past.state = 'suggested' AND findings.severity IN ({gender})"):
        found[version].append((_day(since), _day(until)))
    return {version: tuple(own) for version, own in found.items()}


def closings(db: sqlite3.Connection) -> dict[int, tuple[Stretch, ...]]:
    """Return the stretches of days in which the review of a version stood closed that are over, by version."""
    found: dict[int, list[Stretch]] = defaultdict(list)
    for version, since, until in db.execute("SELECT version_id, from_at, until_at FROM past_closings"):
        found[version].append((_day(since), _day(until)))
    return {version: tuple(own) for version, own in found.items()}


def _confirmed(db: sqlite3.Connection, which: str) -> Iterator[tuple[int, int, Stretch]]:
    again = _again(db)
    for id, version, decided in db.execute(
        "SELECT id, version_id, decided_at FROM findings WHERE state = 'confirmed' AND final_severity = 'S4'"
        f" AND {which}"
    ):
        yield id, version, (_day(max(decided, again.get(id, ""))), None)
    for id, version, since, until in db.execute(
        "SELECT finding_id, version_id, from_at, until_at FROM past_standings AS past JOIN findings"
        " ON findings.id = finding_id WHERE past.state = 'confirmed' AND past.severity = 'S4' ORDER BY past.id"
    ):
        yield id, version, (_day(since), _day(until))


def _again(db: sqlite3.Connection) -> dict[int, str]:
    """Return since when findings stand as they do that stood otherwise before."""
    return dict(db.execute("SELECT finding_id, max(until_at) FROM past_standings GROUP BY finding_id").fetchall())


def _past(db: sqlite3.Connection, which: str) -> Iterator[tuple[int, str, str]]:
    yield from db.execute(
        "SELECT version_id, from_at, until_at FROM past_standings AS past JOIN findings ON findings.id = finding_id"
        f" WHERE {which}"
    )


def _repaired(db: sqlite3.Connection, which: str) -> Iterator[tuple[int, str]]:
    """Yield since when findings count as repaired."""
    yield from db.execute(
        "SELECT id, coalesce((SELECT max(at) FROM trail WHERE subject = 'finding' AND subject_id = findings.id"
        f" AND action = 'finding.repaired'), decided_at) FROM findings WHERE repair = 'repaired' AND {which}"
    )


def _pieces(
    finding: int, version: int, stretch: Stretch, sent: tuple[str, str | None] | None, repairs: Iterable[Stretch]
) -> Iterator[Clause]:
    """Cut a stretch where a letter was withdrawn and where a repair was taken back."""
    recommended = date.fromisoformat(sent[0]) if sent else None
    withdrawn = _day(sent[1]) if sent and sent[1] else None
    edges = {until for _, until in repairs if until is not None} | ({withdrawn} if withdrawn else set())
    begin, end = stretch
    for edge in (*sorted(edge for edge in edges if begin < edge and (end is None or edge < end)), end):
        mended = next((since for since, until in repairs if _meets(since, until, begin, edge)), None)
        letter = None if withdrawn and begin >= withdrawn else recommended
        yield Clause(finding, version, begin, edge, letter, mended)
        if edge is not None:
            begin = edge


def _meets(since: date, until: date | None, begin: date, end: date | None) -> bool:
    """Say whether a repair falls into a stretch that ends no later than it."""
    return (until is None or until > begin) and (end is None or since < end)


@lru_cache(maxsize=10_000)
def _day(moment: str) -> date:
    return clock.local(moment).date()
