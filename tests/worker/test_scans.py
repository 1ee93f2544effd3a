"""The worker measures the file of an outlet."""

from __future__ import annotations

from pathlib import Path

from auditor.store import Store, files, jobs, outlets, scans
from auditor.worker.jobs import Reader
from tests.indicators.records import article


def _done(store: Store, lines: str, year: int = 2026) -> scans.Scan:
    with store.change() as change:
        outlet = outlets.add(change, "Báo A", "press", in_scope=True)
        id = scans.ask(change, outlet.id, year, files.keep(change, lines.encode(), "bai.jsonl"))
    with store.change() as change:
        job = jobs.claim(change, "w")
    assert job is not None
    Reader(store).do(job)
    with store.read() as db:
        assert jobs.get(db, job.id).state == "done"
        return scans.get(db, id)


def test_a_file_is_measured_and_its_articles_are_kept(tmp_path: Path) -> None:
    store = Store(tmp_path / "desk.db")
    found = _done(store, "\n".join(article(f"bai-{n}", outlet=None).to_json() for n in range(35)))
    assert (found.state, found.articles) == ("done", 35)
    with store.read() as db:
        assert db.execute("SELECT count(*) FROM articles").fetchone()[0] == 35


def test_a_file_that_cannot_be_measured_says_why_and_is_no_stuck_job(tmp_path: Path) -> None:
    found = _done(Store(tmp_path / "desk.db"), article("a").to_json(), 2024)
    assert found.state == "failed"
    assert "GA312" in (found.error or "")
