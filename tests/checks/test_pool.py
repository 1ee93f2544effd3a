"""Processes audit beside those who wait, and give the record that auditing here gives."""

from __future__ import annotations

import pytest

from auditor.audit import Auditor
from auditor.checks import pool as pools
from auditor.checks.article import Article, lay_out
from auditor.checks.pool import ProcessPool, Task
from auditor.errors import ApiError

BODY = "Phụ nữ chân yếu tay mềm thì không làm lãnh đạo được."


@pytest.fixture(scope="module")
def pool():
    pool = ProcessPool(1)
    yield pool
    pool.close()


@pytest.mark.parametrize("people", [True, False])
def test_the_record_is_the_one_an_auditor_here_gives(pool, people):
    document = lay_out(Article(body=BODY)).document
    found = pool.submit(Task(document, None, people)).result(60)
    assert found == Auditor(people=people).audit(document)


def test_who_comes_when_too_many_wait_is_turned_away(pool, monkeypatch):
    monkeypatch.setattr(pools, "WAITING", 1)
    full = ProcessPool(0)
    task = Task(lay_out(Article(body=BODY)).document, None, False)
    full.submit(task)
    with pytest.raises(ApiError, match="GA432"):
        full.submit(task)
