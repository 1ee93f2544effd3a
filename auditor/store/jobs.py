"""The queue of slow jobs: each is claimed under a lease, tried again when its worker dies, and never lost.

A worker renews its lease while it works. A job whose lease ran out is taken by the next worker; after the last attempt
it fails with a reason that people can read.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from auditor.store import clock
from auditor.store.database import Change, loaded, missing

ATTEMPTS = 3
LEASE = 60.0
"""Seconds a lease lasts unless it is renewed."""


@dataclass(frozen=True, slots=True)
class Job:
    """One job; ``done`` of ``total`` steps say how far it is, 0 of 0 where nobody knows."""

    id: int
    kind: str
    payload: Mapping[str, Any]
    state: str
    attempts: int
    worker: str | None
    done: int
    total: int
    error_code: str | None
    error: str | None
    user_id: int | None
    at: str
    ended_at: str | None


_COLUMNS = ", ".join(Job.__slots__)


def put(change: Change, kind: str, payload: Mapping[str, Any]) -> int:
    """Queue a job and return its id."""
    return change.insert("jobs", {"kind": kind, "payload": dict(payload), "user_id": change.actor, "at": change.at})


def get(db: sqlite3.Connection, id: int) -> Job:
    """Return a job by its id.

    Raises:
        StoreError: GA331, there is no such job.
    """
    row = db.execute(f"SELECT {_COLUMNS} FROM jobs WHERE id = ?", [id]).fetchone()
    if row is None:
        raise missing()
    return _job(row)


def claim(change: Change, worker: str) -> Job | None:
    """Take the oldest job that is due: queued, or running under a lease that ran out."""
    row = change.db.execute(
        "SELECT id, attempts FROM jobs WHERE (state = 'queued' AND (not_before IS NULL OR not_before <= :now))"
        " OR (state = 'running' AND lease_until < :now) ORDER BY id LIMIT 1",
        {"now": change.at},
    ).fetchone()
    if row is None:
        return None
    values = {"state": "running", "attempts": row["attempts"] + 1, "worker": worker, "lease_until": clock.later(LEASE)}
    change.update("jobs", row["id"], values)
    return get(change.db, row["id"])


def progress(change: Change, job: Job, done: int, total: int) -> bool:
    """Renew the lease and say how far a job is; False where another worker holds the job now."""
    return bool(
        change.db.execute(
            "UPDATE jobs SET done = ?, total = ?, lease_until = ? WHERE id = ? AND worker = ? AND state = 'running'",
            [done, total, clock.later(LEASE), job.id, job.worker],
        ).rowcount
    )


def finish(change: Change, job: Job) -> None:
    """Mark a job done, in the same change as its results."""
    change.update("jobs", job.id, {"state": "done", "lease_until": None, "ended_at": change.at})


def fail(change: Change, job: Job, code: str, message: str, *, again_in: float | None = None) -> None:
    """Put a job back for another attempt in some seconds, or end it with its reason."""
    if again_in is not None and job.attempts < ATTEMPTS:
        change.update("jobs", job.id, {"state": "queued", "not_before": clock.later(again_in), "lease_until": None})
        return
    ended = {"state": "failed", "error_code": code, "error": message, "lease_until": None, "ended_at": change.at}
    change.update("jobs", job.id, ended)


def unfinished(db: sqlite3.Connection) -> list[Job]:
    """Return the jobs that are queued or running, the oldest first."""
    rows = db.execute(f"SELECT {_COLUMNS} FROM jobs WHERE state IN ('queued', 'running') ORDER BY id")
    return [_job(row) for row in rows]


def _job(row: sqlite3.Row) -> Job:
    return Job(**{**dict(row), "payload": loaded(row["payload"])})
