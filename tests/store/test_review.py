"""Decisions, the verdict they make, and closing a review."""

from __future__ import annotations

import pytest

from auditor.errors import StoreError
from auditor.store import findings, missed, queue, reviews, units, versions
from auditor.store.approvals import shipped
from auditor.store.words import CONFIRMS, DISMISSES, ROLES
from tests.reviewed import MISSED, TEXT, hand_in, of, person


@pytest.fixture
def people(store):
    with store.change() as change:
        commune = units.find_commune(change.db, "Bình Lư")
        outlet = change.insert("outlets", {"name": "Báo Lai Châu", "kind": "press"})
        return {
            role: person(
                change,
                role,
                role,
                unit_id=commune.id if role == "commune" else None,
                outlet_id=outlet if role == "newsroom" else None,
            )
            for role in ROLES
        }


def _decide(store, user, one, decision, reason="đã đọc", **more):
    with store.change(user.id) as change:
        return findings.decide(change, one.id, user, decision, reason, **more)


def _verdict(store, version):
    with store.read() as db:
        return versions.get(db, version).verdict


@pytest.mark.parametrize("role", ["legal", "reviewer", "commune", "viewer", "admin"])
@pytest.mark.parametrize("severity", ["S4", "S3", "S2"])
def test_a_role_confirms_only_what_it_is_entitled_to(store, people, role, severity):
    one = of(store, hand_in(store), severity)
    if severity in CONFIRMS.get(role, ()):
        assert _decide(store, people[role], one, "confirmed").state == "confirmed"
    else:
        with pytest.raises(StoreError, match="GA339"):
            _decide(store, people[role], one, "confirmed")


@pytest.mark.parametrize("role", ["legal", "reviewer", "commune", "viewer"])
def test_a_commune_dismisses_nothing_of_its_own_regulation(store, people, role):
    one = of(store, hand_in(store), "S4")
    if DISMISSES.get(role):
        assert _decide(store, people[role], one, "dismissed").state == "dismissed"
    else:
        with pytest.raises(StoreError, match="GA339"):
            _decide(store, people[role], one, "dismissed")


def test_a_reviewer_does_not_turn_a_suggested_s4_into_less(store, people):
    with pytest.raises(StoreError, match="GA339"):
        _decide(store, people["reviewer"], of(store, hand_in(store), "S4"), "confirmed", severity="S3")


def test_a_reviewer_does_not_undo_by_deciding_what_the_law_confirmed(store, people):
    one = of(store, hand_in(store), "S4")
    _decide(store, people["legal"], one, "confirmed")
    with pytest.raises(StoreError, match="GA339"):
        _decide(store, people["reviewer"], one, "dismissed")
    assert of(store, one.version_id, "S4").state == "confirmed"


def test_a_decision_needs_a_reason(store, people):
    with pytest.raises(StoreError, match="GA338"):
        _decide(store, people["legal"], of(store, hand_in(store), "S4"), "confirmed", "  ")


def test_undoing_brings_back_what_stood_before(store, people):
    version = hand_in(store)
    one = of(store, version, "S4")
    _decide(store, people["reviewer"], one, "consult", "hỏi pháp chế")
    _decide(store, people["legal"], one, "confirmed")
    assert _verdict(store, version) == "discriminating"
    with store.change(people["legal"].id) as change:
        assert findings.undo(change, one.id, people["legal"]).state == "consult"
    assert _verdict(store, version) == "consulting"
    with pytest.raises(StoreError, match="GA340"), store.change(people["legal"].id) as change:
        findings.undo(change, one.id, people["legal"])


def test_a_text_is_clean_only_after_a_person_closed_its_review(store, people):
    version = hand_in(store)
    with pytest.raises(StoreError, match="GA344"), store.change() as change:
        reviews.close(change, version, people["reviewer"])
    for severity in ("S4", "S3", "S2"):
        _decide(store, people["reviewer"], of(store, version, severity), "dismissed")
    assert _verdict(store, version) == "unreviewed"
    with pytest.raises(StoreError, match="GA344"), store.change() as change:
        reviews.close(change, version, people["commune"])
    with store.change(people["reviewer"].id) as change:
        assert reviews.close(change, version, people["reviewer"]).verdict == "clean"
    with store.change(people["reviewer"].id) as change:
        findings.undo(change, of(store, version, "S3").id, people["reviewer"])
    assert _verdict(store, version) == "unreviewed"


def test_the_queue_holds_what_waits_and_the_next_is_the_oldest(store, people):
    first, second = hand_in(store), hand_in(store, commune="Than Uyên", name="b.txt")
    reviewer, legal = people["reviewer"], people["legal"]
    with store.read() as db:
        assert [one.id for one in queue.listed(db, "first", reviewer)] == [first, second]
        assert queue.listed(db, "first", reviewer)[0].counts == {"S4": 1, "S3": 1, "S2": 1}
        assert queue.following(db, reviewer, first) == second
        assert queue.count(db, "first", people["commune"], commune=people["commune"].unit_id) == 1
    for severity in ("S3", "S2"):
        _decide(store, reviewer, of(store, first, severity), "dismissed")
    _decide(store, reviewer, of(store, first, "S4"), "consult")
    with store.change(reviewer.id) as change:
        reviews.close(change, first, reviewer)
    with store.read() as db:
        assert [one.id for one in queue.listed(db, "first", reviewer)] == [second]
        assert [(one.id, one.counts) for one in queue.listed(db, "consult", legal)] == [(first, {"S4": 1})]
        assert queue.listed(db, "first", reviewer, severity="S1") == []


def test_a_missed_finding_is_added_where_it_stands_and_taken_back(store, people):
    version = hand_in(store)
    start, end = missed.find(TEXT, "Vợ  phải\nnghe chồng")
    with store.change(people["reviewer"].id) as change:
        one = missed.add(
            change, version, people["reviewer"], shipped(), (start - 1, end + 1), "HU-FAM", "S3", "bắt vợ phục tùng"
        )
    assert (one.finding.quote, one.finding.id[0], one.origin) == (f"{MISSED}.", "p", "person")
    assert (one.state, one.finding.locator.article, one.finding.locator.clause) == ("confirmed", "2", "2")
    with pytest.raises(StoreError, match="GA340"), store.change(people["legal"].id) as change:
        missed.remove(change, one.id, people["legal"])
    with store.change(people["reviewer"].id) as change:
        missed.remove(change, one.id, people["reviewer"])
    with store.read() as db:
        assert all(other.origin == "machine" for other in findings.of_version(db, version))


def test_a_missed_s4_that_a_reviewer_adds_waits_for_the_law(store, people):
    version = hand_in(store)
    with store.change(people["reviewer"].id) as change:
        span = missed.find(TEXT, MISSED)
        assert missed.add(change, version, people["reviewer"], shipped(), span, "HU-FAM", "S4", "vì").state == "consult"
    assert _verdict(store, version) == "consulting"


@pytest.mark.parametrize(
    ("quote", "words"), [("không có trong bài", "Không tìm thấy"), ("đất", "nhiều lần"), (" ", "Không tìm")]
)
def test_a_quote_must_stand_in_the_text_once(quote, words):
    with pytest.raises(StoreError, match=words):
        missed.find(TEXT, quote)


def test_a_suspect_waits_until_a_person_makes_a_finding_of_it(store, people):
    version = hand_in(store)
    with store.read() as db:
        (suspect,) = missed.suspects(versions.record(db, version), findings.of_version(db, version))
    with store.change(people["legal"].id) as change:
        span = (suspect.start, suspect.end)
        missed.add(change, version, people["legal"], shipped(), span, "HU-FAM", "S2", "đúng như máy nghi")
        assert not missed.suspects(versions.record(change.db, version), findings.of_version(change.db, version))
