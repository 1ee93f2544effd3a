"""Processes check beside those who wait, and give what checking here gives."""

from __future__ import annotations

import pytest

from auditor.audit import Auditor
from auditor.checks import pool as pools
from auditor.checks.article import Article
from auditor.checks.check import check
from auditor.checks.pool import ProcessPool, Task
from auditor.errors import ApiError

BODY = "Phụ nữ chân yếu tay mềm thì không làm lãnh đạo được."


@pytest.fixture(scope="module")
def pool():
    pool = ProcessPool(1)
    yield pool
    pool.close()


@pytest.mark.parametrize("people", [True, False])
def test_what_they_give_is_what_a_check_here_gives(pool, people):
    found = pool.submit(Task(Article(body=BODY), people=people)).result(60)
    assert found == check(Auditor(people=people), Article(body=BODY))
    assert found.record.findings


def test_who_comes_when_too_many_wait_is_turned_away(pool, monkeypatch):
    monkeypatch.setattr(pools, "WAITING", 1)
    full = ProcessPool(0)
    task = Task(Article(body=BODY))
    full.submit(task)
    with pytest.raises(ApiError, match="GA432"):
        full.submit(task)
