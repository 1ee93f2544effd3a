"""The audit trail shows every later alteration."""

from __future__ import annotations

import sqlite3

import pytest

from auditor.store import trail


def _some_lines(store):
    with store.change() as change:
        for number in range(5):
            change.note("finding.confirmed", "finding", number, reason="trái luật")


def test_an_untouched_trail_verifies(store):
    _some_lines(store)
    with store.read() as db:
        verdict = trail.verify(db)
    assert verdict.broken_at is None
    assert verdict.lines >= 5


@pytest.mark.parametrize("statement", ["UPDATE trail SET action = 'x' WHERE id = 3", "DELETE FROM trail WHERE id = 3"])
def test_the_database_refuses_to_alter_a_line(store, statement):
    _some_lines(store)
    with pytest.raises(sqlite3.IntegrityError), store.change() as change:
        change.db.execute(statement)


@pytest.mark.parametrize("statement", ["UPDATE trail SET action = 'x' WHERE id = 3", "DELETE FROM trail WHERE id = 3"])
def test_an_alteration_behind_the_triggers_breaks_the_chain(store, statement):
    _some_lines(store)
    with store.change() as change:
        change.db.execute("DROP TRIGGER trail_unaltered")
        change.db.execute("DROP TRIGGER trail_kept")
        change.db.execute(statement)
    with store.read() as db:
        assert trail.verify(db).broken_at in {3, 4}


def test_a_change_that_fails_leaves_neither_rows_nor_lines(store):
    with store.read() as db:
        before = trail.verify(db).lines
    with pytest.raises(ZeroDivisionError), store.change() as change:
        change.note("x", "y")
        raise ZeroDivisionError
    with store.read() as db:
        assert trail.verify(db).lines == before
