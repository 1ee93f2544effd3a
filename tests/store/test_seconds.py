"""Blind second reviews: drawn by the text, blind until both have finished."""

from __future__ import annotations

import hashlib

import pytest

from auditor.errors import StoreError
from auditor.store import comments, findings, queue, reviews, seconds
from tests.reviewed import hand_in, of, person


@pytest.fixture
def pair(store):
    with store.change() as change:
        return [person(change, login, "reviewer") for login in ("mot", "hai")]


@pytest.fixture
def drawn(store):
    with store.change() as change:
        seconds.set_share(change, 100)
    return hand_in(store)


def _first(store, user, version, decisions):
    with store.change(user.id) as change:
        for severity, decision in decisions.items():
            findings.decide(change, of(store, version, severity).id, user, decision, "lần đầu")


def _second(store, user, version, decisions):
    with store.change(user.id) as change:
        seconds.take(change, version, user)
        for severity, decision in decisions.items():
            seconds.decide(change, of(store, version, severity).id, user, decision, "lần hai")


def test_about_the_share_is_drawn_and_always_the_same():
    texts = [hashlib.sha256(str(number).encode()).hexdigest() for number in range(4000)]
    drawn = [text for text in texts if seconds.drawn(text, 10)]
    assert 320 < len(drawn) < 480
    assert drawn == [text for text in texts if seconds.drawn(text, 10)]
    assert not any(seconds.drawn(text, 0) for text in texts)
    assert all(seconds.drawn(text, 100) for text in texts)


def test_the_share_is_a_percentage(store):
    with pytest.raises(StoreError, match="GA345"), store.change() as change:
        seconds.set_share(change, 101)


def _both(store, one, two, version):
    _second(store, two, version, {"S4": "dismissed", "S3": "consult", "S2": "confirmed"})
    with store.change(two.id) as change:
        seconds.finish(change, version, two)
    _first(store, one, version, {"S4": "consult", "S3": "consult", "S2": "confirmed"})
    with store.change(one.id) as change:
        reviews.close(change, version, one)


def test_blind_decisions_change_nothing_until_both_have_finished(store, pair, drawn):
    _second(store, pair[1], drawn, {"S4": "dismissed", "S3": "consult", "S2": "confirmed"})
    with store.change(pair[1].id) as change:
        seconds.finish(change, drawn, pair[1])
    assert of(store, drawn, "S4").state == "suggested"
    with store.read() as db:
        assert seconds.pairs(db, drawn) == []
        assert seconds.all_pairs(db) == []
        assert reviews.history(db, of(store, drawn, "S4").id) == []


def test_what_two_decided_alone_is_compared_once_both_have_finished(store, pair, drawn):
    _both(store, *pair, drawn)
    with store.read() as db:
        assert [one.alike for one in seconds.pairs(db, drawn)] == [True, False, True]
        assert sorted(seconds.all_pairs(db)) == [
            ("confirmed", "confirmed"),
            ("consult", "consult"),
            ("consult", "dismissed"),
        ]


def test_what_is_decided_after_the_two_met_does_not_count_as_agreement(store, pair, drawn):
    one, _ = pair
    _both(store, *pair, drawn)
    with store.change(one.id) as change:
        findings.undo(change, of(store, drawn, "S4").id, one)
        findings.decide(change, of(store, drawn, "S4").id, one, "dismissed", "theo người thứ hai")
    with store.read() as db:
        assert ("consult", "dismissed") in seconds.all_pairs(db)


def test_who_decided_or_wrote_in_the_first_review_cannot_read_it_blind(store, pair, drawn):
    one, two = pair
    _first(store, one, drawn, {"S2": "dismissed"})
    with store.change(two.id) as change:
        comments.add(change, drawn, "đã xem")
    with store.read() as db:
        assert queue.count(db, "second", one) == queue.count(db, "second", two) == 0
    for user in pair:
        with pytest.raises(StoreError, match="GA346"), store.change(user.id) as change:
            seconds.take(change, drawn, user)


def test_the_blind_reader_takes_no_part_in_the_first_review(store, pair, drawn):
    _second(store, pair[1], drawn, {})
    with pytest.raises(StoreError, match="GA347"):
        _first(store, pair[1], drawn, {"S2": "dismissed"})
    with pytest.raises(StoreError, match="GA346"):
        _second(store, pair[0], drawn, {})


def test_a_second_review_is_finished_when_all_is_decided(store, pair, drawn):
    _second(store, pair[1], drawn, {"S4": "consult"})
    with pytest.raises(StoreError, match="Còn 2"), store.change(pair[1].id) as change:
        seconds.finish(change, drawn, pair[1])
