"""Texts of checks are kept only for those who want it, and no longer."""

from __future__ import annotations

import pytest

from auditor.checks.article import Article
from auditor.errors import StoreError
from auditor.store import clock, kept, keys, policies, trail
from auditor.store.answered import Answered

WORDS = "Phụ nữ chân yếu tay mềm."
DAY = 24 * 3600


@pytest.fixture
def outlet(store):
    with store.change() as change:
        found = change.insert("outlets", {"name": "Báo Lai Châu", "kind": "press"})
        keys.add(change, found, "CMS")
    return found


def check(outlet: int, days_ago: float = 0, **more) -> Answered:
    sent = Article(id="bai-1", title="Đầu đề", body=WORDS, captions=("Ảnh",))
    values = {"gate": "review", "incomplete": False, "rules": ("MD-ROLE-02",), "closed": (), "sent": sent, **more}
    return Answered(outlet_id=outlet, key_id=1, id="bai-1", at=clock.later(-days_ago * DAY), **values)


def put(store, outlet: int, *checks: Answered, days: int | None = None) -> None:
    with store.change() as change:
        if days is not None:
            policies.alter(change, outlet, {"keep_days": days})
        kept.keep(change, checks or [check(outlet)])


def ids(store, outlet: int) -> list[int]:
    with store.read() as db:
        return [line.id for line in kept.of_outlet(db, outlet, 50)]


def rows(store) -> int:
    with store.read() as db:
        return db.execute("SELECT count(*) FROM kept_checks").fetchone()[0]


def test_nothing_is_kept_unless_the_outlet_wants_it(store, outlet):
    put(store, outlet)
    assert rows(store) == 0


def test_a_check_is_kept_as_it_was_sent(store, outlet):
    put(store, outlet, days=7)
    with store.read() as db:
        found = kept.get(db, outlet, 1)
        count = kept.count(db, outlet)
    assert (found.body, found.captions, found.format) == (WORDS, ("Ảnh",), "text")
    assert (found.line.key, found.line.title, found.line.gate) == ("CMS", "Đầu đề", "review")
    assert found.line.rules == ("MD-ROLE-02",)
    assert (count.checks, count.first_at) == (1, found.line.at)


def test_what_another_outlet_keeps_is_not_found(store, outlet):
    put(store, outlet, days=7)
    with store.change() as change:
        other = change.insert("outlets", {"name": "Báo khác", "kind": "press", "policy": {"keep_days": 7}})
        with pytest.raises(StoreError, match="GA331"):
            kept.get(change.db, other, 1)
        with pytest.raises(StoreError, match="GA331"):
            kept.remove(change, other, 1)
        assert kept.clear(change, other) == 0
    assert ids(store, outlet) == [1]


def test_what_is_over_is_not_shown_and_then_deleted(store, outlet):
    put(store, outlet, check(outlet, 8), check(outlet, 6), days=7)
    assert (ids(store, outlet), rows(store)) == ([2], 2)
    with store.change() as change:
        assert kept.expired(change.db) == [outlet]
        assert kept.expire(change, outlet) == 1
        assert kept.expired(change.db) == []
    assert rows(store) == 1


@pytest.mark.parametrize(("days", "left"), [(3, 1), (0, 0), (30, 2)])
def test_a_shorter_time_and_none_at_all_hold_at_once_for_what_was_kept(store, outlet, days, left):
    put(store, outlet, check(outlet, 6), check(outlet, 1), days=7)
    with store.change() as change:
        policies.alter(change, outlet, {"keep_days": days})
    assert rows(store) == left


def test_a_text_that_comes_after_keeping_was_ended_is_not_kept(store, outlet):
    put(store, outlet, days=7)
    with store.change() as change:
        policies.alter(change, outlet, {"keep_days": 0})
        kept.keep(change, [check(outlet)])
    assert rows(store) == 0


def test_one_and_all_are_deleted_and_the_trail_tells_of_it_without_their_words(store, outlet):
    put(store, outlet, check(outlet), check(outlet), check(outlet), days=7)
    with store.change() as change:
        kept.remove(change, outlet, 2)
    assert ids(store, outlet) == [3, 1]
    with store.change() as change:
        assert kept.clear(change, outlet) == 2
    with store.read() as db:
        lines = [line for line in trail.recent(db) if line.action == "kept.remove"]
        assert WORDS not in "".join(str(line.data) for line in trail.recent(db))
    assert [line.data["count"] for line in lines] == [2, 1]


def test_deleted_words_are_gone_from_the_file(store, outlet):
    put(store, outlet, days=7)
    with store.change() as change:
        kept.clear(change, outlet)
    with store.read() as db:
        db.execute("COMMIT")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert WORDS.encode() not in store.path.read_bytes()


@pytest.mark.parametrize(
    "wrong",
    [{"keep_days": 367}, {"keep_days": -1}, {"keep_days": "7"}, {"block": "S9"}, {"confidence": 2}, {"per_day": -5},
     {"per_minute": 10**6}, {"khac": 1}],
)  # fmt: skip
def test_a_policy_that_cannot_be_used_is_refused(store, outlet, wrong):
    with store.change() as change, pytest.raises(StoreError, match="GA397"):
        policies.alter(change, outlet, wrong)


def test_a_policy_that_stays_the_same_leaves_no_line(store, outlet):
    with store.change() as change:
        assert policies.alter(change, outlet, {"block": "S3", "keep_days": 7})
        assert not policies.alter(change, outlet, {"block": "S3"})
        assert policies.gate_of(policies.of_outlet(change.db, outlet)[1]).block == "S3"
        assert [line.action for line in trail.recent(change.db)].count("outlet.policy") == 1
