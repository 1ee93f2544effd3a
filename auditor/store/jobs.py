"""The queue of slow jobs: each is claimed under a lease, tried again when its worker dies, and never lost.

A worker renews its lease while it works. A job whose lease ran out is taken by the next worker. Two counts end a job
that cannot be done, with a reason that people can read: how often it ended the process that read it, which is its own
doing, and how often it was taken at all, which may be a switch pulled at the wrong moment and so may happen more often.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from auditor.store import clock
from auditor.store.database import Change, loaded, missing

CRASHES = 3
"""How often a job may end the process that works on it."""
ATTEMPTS = 12
"""How often a job may be taken."""
ERRAND = "hook"
"""The kind of the quick jobs that are done beside the slow ones, by a thread of their own."""
LEASE = 30.0
"""Seconds a lease lasts unless it is renewed."""


@dataclass(frozen=True, slots=True)
class Job:
    """One job; ``done`` of ``total`` steps say how far it is, 0 of 0 where nobody knows."""

    id: int
    kind: str
    payload: Mapping[str, Any]
    state: str
    attempts: int
    crashes: int
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


_DUE = (
    "SELECT id, attempts FROM jobs WHERE (state = 'queued' AND (not_before IS NULL OR not_before <= :now)"
    " OR state = 'running' AND lease_until < :now) AND (kind = 'hook') = :errand ORDER BY kind = 'scan', id LIMIT 1"
)
"""SQL: the next job; measurements, which take hours, stand behind texts that people wait for."""


def due(db: sqlite3.Connection, *, errand: bool = False) -> bool:
    """Say whether a job waits to be taken, without keeping anyone from writing."""
    return db.execute(_DUE, {"now": clock.now(), "errand": errand}).fetchone() is not None


def claim(change: Change, worker: str, *, errand: bool = False) -> Job | None:
    """Take the next job that is due, an errand or another: queued, or running under a lease that ran out."""
    row = change.db.execute(_DUE, {"now": change.at, "errand": errand}).fetchone()
    if row is None:
        return None
    values = {"state": "running", "attempts": row["attempts"] + 1, "worker": worker, "lease_until": clock.later(LEASE)}
    change.update("jobs", row["id"], values)
    return get(change.db, row["id"])


def progress(change: Change, job: Job, done: int, total: int) -> bool:
    """Renew the lease and say how far a job is; False where another worker holds the job now."""
    return _renew(change, job, "done = ?, total = ?, ", done, total)


def renew(change: Change, job: Job) -> bool:
    """Renew the lease; False where another worker holds the job now."""
    return _renew(change, job, "")


def release(change: Change, worker: str) -> None:
    """End the leases of a worker that is known to be dead, so that its jobs are taken at once."""
    change.db.execute("UPDATE jobs SET lease_until = '' WHERE worker = ? AND state = 'running'", [worker])


def held(db: sqlite3.Connection, job: Job) -> bool:
    """Say whether a job is still that of the worker that took it; what it found counts only then."""
    row = db.execute(
        "SELECT 1 FROM jobs WHERE id = ? AND state = 'running' AND worker = ? AND attempts = ?",
        [job.id, job.worker, job.attempts],
    ).fetchone()
    return row is not None


def finish(change: Change, job: Job) -> None:
    """Mark a job done, in the same change as its results."""
    change.update("jobs", job.id, {"state": "done", "lease_until": None, "ended_at": change.at})


def fail(change: Change, job: Job, code: str, message: str) -> None:
    """End a job with its reason."""
    ended = {"state": "failed", "error_code": code, "error": message, "lease_until": None, "ended_at": change.at}
    change.update("jobs", job.id, ended)


def put_off(change: Change, job: Job, seconds: float) -> None:
    """Queue a job again for some seconds from now."""
    change.update("jobs", job.id, {"state": "queued", "lease_until": None, "not_before": clock.later(seconds)})


def crashed(change: Change, job: Job, again_in: float) -> bool:
    """Count that a job ended the process that worked on it, and queue it again; False where that was the last time."""
    crashes = job.crashes + 1
    queued = {"state": "queued", "lease_until": None, "not_before": clock.later(again_in)} if crashes < CRASHES else {}
    change.update("jobs", job.id, {"crashes": crashes, **queued})
    return bool(queued)


def again(change: Change, id: int) -> None:
    """Queue a job that failed once more, as if it had never been tried."""
    fresh = {"state": "queued", "attempts": 0, "crashes": 0, "done": 0, "total": 0, "not_before": None}
    change.update("jobs", id, {**fresh, "error_code": None, "error": None, "ended_at": None})


def ahead(db: sqlite3.Connection, id: int) -> int:
    """Return how many jobs are to be done before one."""
    row = db.execute(
        "SELECT count(*) AS count FROM jobs WHERE id < ?"
        " AND kind != 'hook' AND (state = 'running' OR (state = 'queued' AND kind != 'scan'))",
        [id],
    )
    return int(row.fetchone()["count"])


def unfinished(db: sqlite3.Connection) -> list[Job]:
    """Return the jobs that are queued or running, the oldest first."""
    rows = db.execute(f"SELECT {_COLUMNS} FROM jobs WHERE state IN ('queued', 'running') ORDER BY id")
    return [_job(row) for row in rows]


def _renew(change: Change, job: Job, more: str, *values: int) -> bool:
    done = change.db.execute(
        f"UPDATE jobs SET {more}lease_until = ? WHERE id = ? AND worker = ? AND attempts = ? AND state = 'running'",
        [*values, clock.later(LEASE), job.id, job.worker, job.attempts],
    )
    return bool(done.rowcount)


def _job(row: sqlite3.Row) -> Job:
    return Job(**{**dict(row), "payload": loaded(row["payload"])})
