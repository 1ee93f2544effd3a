"""Waivers run out; approvals hold for the words that were read."""

from __future__ import annotations

from datetime import timedelta

import pytest

from auditor.errors import StoreError
from auditor.store import approvals, clock, findings, versions, waivers
from tests.reviewed import FOUND, hand_in, of, person


@pytest.fixture
def legal(store):
    with store.change() as change:
        return person(change, "phapche", "legal")


def _confirmed(store, legal):
    version = hand_in(store)
    with store.change(legal.id) as change:
        return findings.decide(change, of(store, version, "S4").id, legal, "confirmed", "trái luật")


def test_a_waiver_hides_nothing_and_runs_out(store, legal):
    one = _confirmed(store, legal)
    tomorrow = clock.today() + timedelta(days=1)
    with store.change(legal.id) as change:
        waivers.add(change, one.id, "bản đang sửa quy ước", legal.id, tomorrow)
    with store.read() as db:
        assert versions.get(db, one.version_id).verdict == "discriminating"
        assert [waiver.finding_id for waiver in waivers.listed(db, tomorrow, running=True)] == [one.id]
        after = tomorrow + timedelta(days=1)
        assert waivers.listed(db, after, running=True) == []
        assert [waiver.running(after) for waiver in waivers.listed(db, after, running=False)] == [False]


def test_a_waiver_that_ran_out_waits_for_its_owner(store, legal):
    one = _confirmed(store, legal)
    with store.change(legal.id) as change:
        id = waivers.add(change, one.id, "đang sửa", legal.id, clock.today() + timedelta(days=1))
        assert waivers.waiting(change.db, legal) == []
        change.update("waivers", id, {"ends_on": clock.today() - timedelta(days=1)})
        assert [block.number for block in waivers.waiting(change.db, legal)] == [1]


@pytest.mark.parametrize(
    ("reason", "days"), [("", 5), ("đang sửa", 0), ("đang sửa", None)], ids=["no reason", "today", "no day"]
)
def test_a_waiver_needs_a_reason_and_a_coming_day(store, legal, reason, days):
    one = _confirmed(store, legal)
    day = None if days is None else clock.today() + timedelta(days=days)
    with pytest.raises(StoreError, match="GA343"), store.change(legal.id) as change:
        waivers.add(change, one.id, reason, legal.id, day)


def test_only_a_confirmed_finding_is_waived(store, legal):
    one = of(store, hand_in(store), "S4")
    with pytest.raises(StoreError, match="GA343"), store.change(legal.id) as change:
        waivers.add(change, one.id, "đang sửa", legal.id, clock.today() + timedelta(days=5))


def test_an_approved_rule_is_approved_until_it_is_worded_otherwise(store, legal):
    book = approvals.shipped()
    rule = book.rules["HU-PROP-01"]
    with store.change(legal.id) as change:
        approvals.approve(change, "rule", rule.id, approvals.fingerprint(rule), True, "đã đọc")
        assert approvals.approved_rules(change.db) == {rule.id}
        other = rule.model_copy(update={"message": "Lời khác."})
        changed = approvals.latest(change.db, "rule", {rule.id: approvals.fingerprint(other)})[rule.id]
        assert (changed.holds, changed.reworded) == (False, True)
        approvals.undo(change, "rule", rule.id)
        assert approvals.approved_rules(change.db) == frozenset()


def test_a_stale_page_approves_nothing(store, legal):
    with pytest.raises(StoreError, match="GA350"), store.change(legal.id) as change:
        approvals.approve(change, "rule", "HU-PROP-01", "0" * 16, True, "đã đọc")


def test_a_reviewed_citation_shows_on_findings(store, legal):
    (citation,) = approvals.citations(approvals.shipped(), ["LBDG:40.1.c"])
    assert "hương ước" in citation.text
    with store.change(legal.id) as change:
        approvals.approve(change, "citation", citation.key, citation.fingerprint, True, "đã đối chiếu")
        reviewed = approvals.reviewed_citations(change.db)
    assert [basis.reviewed for basis in approvals.marked(FOUND[0], reviewed).basis] == [True]
    assert [basis.reviewed for basis in approvals.marked(FOUND[0], frozenset()).basis] == [False]


def test_precision_counts_confirmed_and_dismissed_alone(store, legal):
    for number, decision in enumerate(("confirmed", "dismissed", "dismissed", "consult")):
        one = of(store, hand_in(store, name=f"{number}.txt"), "S4")
        with store.change(legal.id) as change:
            findings.decide(change, one.id, legal, decision, "lý do")
    hand_in(store, name="x.txt")
    with store.read() as db:
        tally = approvals.tallies(db)["HU-PROP-01"]
        assert approvals.tallies(db, "HU-PROP-01") == {"HU-PROP-01": tally}
    assert (tally.hits, tally.confirmed, tally.dismissed, tally.decided) == (5, 1, 2, 3)
