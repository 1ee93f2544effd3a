"""A worker outlives every text."""

from __future__ import annotations

import os
import signal
import time

import pytest

from auditor.store import Store, jobs
from auditor.worker import loop
from auditor.worker.loop import Worker
from auditor.worker.supervisor import Supervisor
from tests.worker import poison


@pytest.fixture
def worker(store, monkeypatch):
    monkeypatch.setattr(loop, "AGAIN", 0.0)
    worker = Worker(store, "w", poison.make)
    yield worker
    worker.end()


def states(store: Store) -> list[tuple[str, str | None, str]]:
    with store.read() as db:
        rows = db.execute(
            "SELECT filename, versions.error_code, jobs.state FROM versions JOIN jobs"
            " ON jobs.payload ->> 'version' = versions.id ORDER BY versions.id"
        )
        return [tuple(row) for row in rows]


def test_a_text_that_kills_its_reader_is_given_up_after_three_times_and_blocks_no_other(store, hand_in, worker):
    hand_in(a_txt=poison.POISON, b_txt=b"b")
    steps = 0
    while worker.step():
        steps += 1
    assert states(store) == [("a.txt", "GA261", "failed"), ("b.txt", "GA201", "done")]
    assert steps == 4
    with store.read() as db:
        assert jobs.get(db, 1).crashes == jobs.CRASHES


def test_a_text_that_takes_too_long_is_given_up_at_once(store, hand_in, worker, monkeypatch):
    monkeypatch.setattr(loop, "PATIENCE", 0.0)
    hand_in(a_txt=b"a")
    worker.step()
    assert states(store)[0][1:] in {("GA262", "failed"), ("GA201", "done")}


def test_a_job_taken_too_often_is_given_up(store, hand_in, worker):
    hand_in(a_txt=b"a")
    with store.change() as change:
        change.update("jobs", 1, {"attempts": jobs.ATTEMPTS})
    worker.step()
    assert states(store) == [("a.txt", "GA261", "failed")]


def test_nothing_to_do_is_said(worker):
    assert worker.step() is False


def test_a_worker_that_is_killed_is_started_again_and_its_job_is_done(store, hand_in):
    text = "QUY ƯỚC\nBản Nà Khương\n\nĐiều 1. Con gái đã lấy chồng không được chia đất của cha mẹ đẻ.\n"
    with Supervisor(store) as supervisor:
        first = wait_for(lambda: supervisor.pid)
        hand_in(a_txt=text.encode())
        wait_for(lambda: store_says(store, "SELECT 1 FROM jobs WHERE state = 'running'"))
        os.kill(first, signal.SIGKILL)
        wait_for(lambda: store_says(store, "SELECT 1 FROM versions WHERE reading = 'audited'"))
        assert wait_for(lambda: supervisor.pid) != first
    assert supervisor.pid is None


def store_says(store, sql):
    with store.read() as db:
        return db.execute(sql).fetchone()


def wait_for(what, seconds=120.0):
    end = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.05)
    return found
