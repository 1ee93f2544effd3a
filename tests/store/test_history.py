"""A past day is counted as it stood at its end, whatever was decided since."""

from __future__ import annotations

from datetime import date

import pytest

from auditor.indicators.targets import Period
from auditor.store import carrying, clock, files, findings, letters, reviews, standing, versions, yearly
from auditor.store.migrations import STEPS, _statements
from tests.store import desk
from tests.store.regulations import lawyer, put


@pytest.fixture
def on(monkeypatch):
    """Return a way to let the clock of the store stand at noon of a day of 2026."""

    def stand(words: str) -> None:
        day = f"2026-{words}"
        monkeypatch.setattr(clock, "now", lambda: f"{day}T05:00:00.000000+00:00")
        monkeypatch.setattr(clock, "today", lambda: date.fromisoformat(day))

    return stand


@pytest.fixture
def legal(store):
    return lawyer(store)


def total(store, words: str):
    return standing.counted_target5(store, Period(date(2026, 1, 1), date.fromisoformat(f"2026-{words}"))).total


def put_text(store, on, **more) -> int:
    on("02-03")
    return put(store, **{"s4": 1, "decision": None, **more})[1]


def decide(store, legal, version: int, decision: str, severity: str | None = None) -> None:
    with store.change(legal.id) as change:
        (one,) = findings.of_version(change.db, version)
        findings.decide(change, one.id, legal, decision, "đọc nguyên văn", severity=severity)


def undo(store, legal, version: int) -> None:
    with store.change(legal.id) as change:
        (one,) = findings.of_version(change.db, version)
        findings.undo(change, one.id, legal)


def test_a_decision_replaced_later_counts_until_the_day_it_was_replaced(store, on, legal):
    version = put_text(store, on)
    for day, decision in (("03-02", "confirmed"), ("04-07", "dismissed")):
        on(day)
        decide(store, legal, version, decision)
    assert [total(store, day).found_clauses for day in ("03-01", "03-02", "04-06", "04-07", "11-15")] == [0, 1, 1, 0, 0]


def test_a_decision_taken_back_counts_for_the_days_it_stood_and_what_stood_before_counts_again(store, on, legal):
    version = put_text(store, on)
    for day, decision in (("03-02", "confirmed"), ("04-07", "dismissed")):
        on(day)
        decide(store, legal, version, decision)
    on("05-04")
    undo(store, legal, version)
    assert [total(store, day).found_clauses for day in ("03-20", "04-20", "05-03", "05-04", "12-31")] == [1, 0, 0, 1, 1]


def test_another_severity_is_another_decision(store, on, legal):
    version = put_text(store, on)
    for day, severity in (("03-02", "S4"), ("04-07", "S3"), ("06-01", "S4")):
        on(day)
        decide(store, legal, version, "confirmed", severity)
    assert [total(store, day).open_clauses for day in ("03-20", "04-20", "06-20")] == [1, 0, 1]


def test_what_waited_for_advice_on_a_day_was_not_clean_then(store, on, legal):
    version = put_text(store, on)
    on("03-02")
    decide(store, legal, version, "consult")
    with store.change(legal.id) as change:
        reviews.close(change, version, legal)
    on("04-07")
    decide(store, legal, version, "dismissed")
    then, now = total(store, "03-20"), total(store, "04-20")
    assert (then.reviewed, then.consulting, then.clean) == (1, 1, 0)
    assert (now.reviewed, now.consulting, now.clean) == (1, 0, 1)


def test_a_review_opened_again_was_closed_on_the_days_before(store, on, legal):
    version = put_text(store, on, s4=0)
    for day, step in (("03-02", reviews.close), ("04-07", reviews.reopen), ("05-04", reviews.close)):
        on(day)
        with store.change(legal.id) as change:
            step(change, version, legal)
    assert [total(store, day).clean for day in ("03-01", "03-20", "04-20", "05-20")] == [0, 1, 0, 1]


def test_a_text_whose_decision_was_taken_back_is_not_reviewed_from_that_day_on_only(store, on, legal):
    version = put_text(store, on)
    on("03-02")
    decide(store, legal, version, "dismissed")
    with store.change(legal.id) as change:
        reviews.close(change, version, legal)
    on("04-07")
    undo(store, legal, version)
    assert [total(store, day).clean for day in ("03-20", "04-06", "04-20")] == [1, 1, 0]
    on("05-04")
    decide(store, legal, version, "dismissed")
    assert [total(store, day).clean for day in ("03-20", "04-20", "05-20")] == [1, 0, 1]


def test_a_letter_withdrawn_later_had_been_sent_on_the_days_before(store, on, legal):
    version = put_text(store, on)
    on("03-02")
    decide(store, legal, version, "confirmed")
    letter = _send(store, legal, version)
    on("04-07")
    with store.change(legal.id) as change:
        letters.withdraw(change, letter)
    assert [total(store, day).recommended for day in ("03-01", "03-20", "04-20")] == [0, 1, 0]
    assert total(store, "04-20").found_clauses == 1


def test_a_repair_taken_back_counts_for_the_days_it_stood(store, on, legal):
    on("02-03")
    with store.change(legal.id) as change:
        regulation = desk.regulation(change)
        old = desk.text(change, regulation, desk.OLD, *desk.both())
        change.update("versions", old.id, {"adopted_on": "2026-01-05"})
        desk.decided(change, old, legal)
        new = desk.text(change, regulation, desk.NEW, *desk.both(desk.NEW))
    on("03-02")
    with store.change(legal.id) as change:
        plan = carrying.plan(change.db, versions.get(change.db, old.id), versions.get(change.db, new.id))
        _, line = carrying.repair(change, plan, [fate.old.id for fate in plan.of_kind("repaired")], legal)
    on("04-07")
    with store.change(legal.id) as change:
        carrying.undo(change, new.id, line)
    assert [total(store, day).repaired_clauses for day in ("03-01", "03-20", "04-20")] == [0, 1, 0]
    assert {total(store, day).found_clauses for day in ("03-01", "03-20", "04-20")} == {2}


def test_a_report_of_a_past_day_lists_the_clauses_of_that_day_with_what_had_come_of_them(store, on, legal):
    version = put_text(store, on)
    on("03-02")
    decide(store, legal, version, "confirmed")
    on("04-07")
    _send(store, legal, version)
    on("05-04")
    decide(store, legal, version, "dismissed")

    def listed(words: str) -> list[str]:
        figures = yearly.figures_of_year(store, 2026, date.fromisoformat(f"2026-{words}"), {})
        assert sum(row.found_clauses for row in figures.target5) == len(figures.clauses)
        return [clause.state for clause in figures.clauses]

    assert [listed(day) for day in ("03-01", "03-20", "04-20", "05-20")] == [
        [], ["chưa kiến nghị"], ["đã kiến nghị"], []
    ]  # fmt: skip


def test_the_clauses_behind_a_figure_are_as_many_as_it_says(store, on, legal):
    version = put_text(store, on)
    for day, decision in (("03-02", "confirmed"), ("04-07", "dismissed")):
        on(day)
        decide(store, legal, version, decision)
    for day in ("03-20", "04-20"):
        period = Period(date(2026, 1, 1), date.fromisoformat(f"2026-{day}"))
        for figure in ("found_clauses", "repaired_clauses", "open_clauses"):
            assert len(standing.clauses_behind(store, period, figure)) == getattr(total(store, day), figure)


def test_a_store_made_before_gets_the_history_it_would_have_kept(store, on, legal):
    version = put_text(store, on)
    for day, decision in (("03-02", "confirmed"), ("03-09", "consult"), ("04-07", "dismissed")):
        on(day)
        decide(store, legal, version, decision)
    on("05-04")
    undo(store, legal, version)
    for day, step in (("05-05", reviews.close), ("05-06", reviews.reopen)):
        on(day)
        with store.change(legal.id) as change:
            step(change, version, legal)
    kept = _kept(store)
    assert [len(rows) for rows in kept] == [3, 1]
    with store.change() as change:
        change.db.execute("DELETE FROM past_standings")
        change.db.execute("DELETE FROM past_closings")
        for statement in _statements((STEPS / "0005_history.sql").read_text(encoding="utf-8")):
            if "INSERT INTO past_" in statement:
                change.db.execute(statement[statement.index("INSERT") :])
    assert _kept(store) == kept


def test_taking_out_a_finding_takes_its_history_along(store, on, legal):
    version = put_text(store, on)
    for day, decision in (("03-02", "confirmed"), ("04-07", "dismissed")):
        on(day)
        decide(store, legal, version, decision)
    with store.change() as change:
        change.db.execute("DELETE FROM decisions")
        change.db.execute("DELETE FROM findings")
    assert _kept(store)[0] == []


def _send(store, legal, version: int) -> int:
    with store.change(legal.id) as change:
        found = [one.id for one in findings.of_version(change.db, version) if one.state == "confirmed"]
        letter = letters.draft(change, version, found, {})
        paper = files.keep(change, b"docx", "kien-nghi.docx")
        letters.send(change, letter.id, "1/STP", clock.today(), None, paper)
        return letter.id


def _kept(store) -> list[list[tuple[object, ...]]]:
    with store.read() as db:
        return [
            [tuple(row) for row in db.execute(f"SELECT {columns} FROM {table} ORDER BY from_at")]
            for table, columns in (
                ("past_standings", "finding_id, state, severity, from_at, until_at"),
                ("past_closings", "version_id, from_at, until_at"),
            )
        ]
