"""Measurements of outlets: the file, the articles it held, and the figures they gave.

Articles are kept as their records (titles, findings, offsets), never as whole texts. The job of kind ``scan`` measures
a new file, or counts again an earlier one after people have decided findings.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from auditor.errors import StoreError
from auditor.record import GENDER_SEVERITIES, AuditRecord
from auditor.store import jobs
from auditor.store.database import Change, loaded, missing
from auditor.store.files import File

JOB = "scan"


@dataclass(frozen=True, slots=True)
class Scan:
    """One measurement; ``articles`` is the number its figures rest on, ``figures`` the index or None."""

    id: int
    outlet_id: int
    year: int
    file_id: int | None
    filename: str
    state: str
    articles: int
    figures: Mapping[str, Any] | None
    error: str | None
    at: str


_SELECT = (
    "SELECT scans.id, outlet_id, year, file_id, coalesce(files.name, '') AS filename, state, articles,"
    " result AS figures, error, scans.at FROM scans LEFT JOIN files ON files.id = file_id"
)


def get(db: sqlite3.Connection, id: int, *, outlet_id: int | None = None) -> Scan:
    """Return a measurement.

    Raises:
        StoreError: GA331, there is no such measurement, or it is another outlet's.
    """
    row = db.execute(f"{_SELECT} WHERE scans.id = ?", [id]).fetchone()
    if row is None or outlet_id not in {None, row["outlet_id"]}:
        raise missing()
    return _scan(row)


def of_year(db: sqlite3.Connection, outlet_id: int, year: int) -> list[Scan]:
    """Return the measurements of an outlet in a year, the latest first."""
    rows = db.execute(f"{_SELECT} WHERE outlet_id = ? AND year = ? ORDER BY scans.id DESC", [outlet_id, year])
    return [_scan(row) for row in rows]


def latest(db: sqlite3.Connection, outlet_id: int, year: int, *, before: str | None = None) -> Scan | None:
    """Return the measurement that counts: the latest that is done, of those asked for before a moment."""
    row = db.execute(
        f"{_SELECT} WHERE outlet_id = :outlet AND year = :year AND state = 'done'"
        " AND (:before IS NULL OR scans.at < :before) ORDER BY scans.id DESC LIMIT 1",
        {"outlet": outlet_id, "year": year, "before": before},
    ).fetchone()
    return _scan(row) if row else None


def ask(change: Change, outlet_id: int, year: int, file: File, *, only_named: bool = False) -> int:
    """Queue the measuring of a file that is kept; return the id of the measurement."""
    values = {"outlet_id": outlet_id, "year": year, "file_id": file.id, "state": "waiting"}
    id = change.insert("scans", {**values, "user_id": change.actor, "at": change.at})
    jobs.put(change, JOB, {"scan": id, "only_named": only_named})
    change.note("scan.ask", "scan", id, outlet=outlet_id, year=year, sha256=file.sha256)
    return id


def measured(
    change: Change, id: int, records: tuple[AuditRecord, ...], figures: Mapping[str, Any], counted: int
) -> None:
    """Keep what measuring a file gave, in place of what an earlier attempt left."""
    scan = get(change.db, id)
    change.db.execute("DELETE FROM articles WHERE scan_id = ?", [id])
    for record in records:
        found = sum(finding.severity in GENDER_SEVERITIES for finding in record.findings)
        lean = record.model_copy(update={"suspects": (), "positives": ()})
        values = {"outlet_id": scan.outlet_id, "scan_id": id, "key": record.id, "title": record.title}
        told = {"published_on": record.date, "record": lean.to_json(), "suspect": found, "at": change.at}
        change.insert("articles", {**values, **told})
    recounted(change, id, figures, counted)


def recounted(change: Change, id: int, figures: Mapping[str, Any], counted: int) -> None:
    """Keep figures counted again from the articles that are kept."""
    change.update("scans", id, {"state": "done", "result": dict(figures), "articles": counted, "error": None})
    change.note("scan.done", "scan", id, articles=counted)


def failed(change: Change, id: int, error: str) -> None:
    """Keep why a file could not be measured; figures that stand already stay."""
    done = get(change.db, id).state == "done"
    change.update("scans", id, {"error": error, **({} if done else {"state": "failed"})})
    change.note("scan.failed", "scan", id, error=error)


def recount(change: Change, id: int) -> None:
    """Queue the counting again of a measurement, unless that waits already.

    Raises:
        StoreError: GA378, the measurement is not done yet.
    """
    if get(change.db, id).state != "done":
        raise StoreError("GA378", "Lần đo này chưa xong nên chưa tính lại được. Xin đợi máy đo xong.")
    waiting = change.db.execute(
        "SELECT 1 FROM jobs WHERE kind = ? AND state = 'queued' AND payload ->> 'scan' = ?", [JOB, id]
    ).fetchone()
    if not waiting:
        jobs.put(change, JOB, {"scan": id, "recount": True})


def _scan(row: sqlite3.Row) -> Scan:
    return Scan(**{**dict(row), "figures": loaded(row["figures"])})
