"""What targets are counted from: as of a day, with what was not reviewed never clean."""

from __future__ import annotations

from datetime import date, timedelta

from auditor.indicators.targets import Period
from auditor.store import findings, regulations, standing
from auditor.store.clock import today
from tests.store.regulations import DAY, lawyer, put


def _now(whole: bool = False) -> Period:
    return Period(None if whole else date(today().year, 1, 1), today())


def _total(store, period: Period | None = None, commune: int | None = None):
    return standing.counted_target5(store, period or _now(), commune).total


def test_an_empty_store_has_no_share(store):
    total = _total(store)
    assert (total.in_force, total.share, total.coverage) == (0, None, None)


def test_what_was_not_reviewed_counts_in_a_and_is_not_clean(store):
    put(store)
    total = _total(store)
    assert (total.in_force, total.reviewed, total.clean, total.not_reviewed) == (1, 0, 0, 1)


def test_a_closed_review_without_s4_is_clean_and_one_with_s4_is_not(store):
    put(store, "A", closed=True)
    put(store, "B", s4=2, closed=True)
    put(store, "C", s4=1, decision="dismissed", closed=True)
    total = _total(store)
    assert (total.in_force, total.reviewed, total.clean, total.discriminating) == (3, 3, 2, 1)
    assert (total.found, total.found_clauses) == (1, 2)


def test_what_waits_for_advice_is_not_clean(store):
    put(store, s4=1, decision="consult", closed=True)
    total = _total(store)
    assert (total.clean, total.consulting) == (0, 1)


def test_a_draft_is_not_in_force(store):
    put(store, adopted=None, closed=True)
    assert _total(store).in_force == 0


def test_an_abolished_text_leaves_a_from_that_day_on(store):
    regulation, version = put(store, closed=True)
    with store.change() as change:
        regulations.enter_state(change, regulation, "abolished", today(), version_id=version)
    assert _total(store).in_force == 0
    assert _total(store, Period(date(today().year, 1, 1), today() - timedelta(days=1))).in_force == 1
    assert _total(store).abolished == 1


def test_a_state_taken_back_is_as_if_it_had_never_been(store):
    regulation, version = put(store, closed=True)
    with store.change() as change:
        regulations.enter_state(change, regulation, "abolished", today(), version_id=version)
    with store.change() as change:
        change.db.execute("UPDATE states SET undone_at = ? WHERE state = 'abolished'", [change.at])
        change.note("regulation.state_undo", "regulation", regulation)
    assert _total(store).in_force == 1


def test_before_its_review_a_text_was_not_reviewed(store):
    put(store, closed=True)
    yesterday = Period(date(today().year, 1, 1), today() - timedelta(days=1))
    total = _total(store, yesterday)
    assert (total.in_force, total.reviewed, total.not_reviewed) == (1, 0, 1)


def test_an_undone_decision_counts_no_longer(store):
    _, version = put(store, s4=1, closed=True)
    person = lawyer(store)
    with store.change(person.id) as change:
        (one,) = findings.of_version(change.db, version)
        findings.undo(change, one.id, person)
    total = _total(store)
    assert (total.discriminating, total.clean, total.not_reviewed) == (0, 0, 1)


def test_a_newer_text_replaces_the_older_one(store):
    regulation, _ = put(store, closed=True)
    with store.change() as change:
        own = regulations.get(change.db, regulation)
        copy = change.db.execute("SELECT file_id FROM versions").fetchone()["file_id"]
        values = {"file_id": copy, "filename": "b.txt", "reading": "audited", "at": change.at}
        newer = change.insert("versions", values)
        regulations.attach(change, own, newer, adopted_on=today())
    total = _total(store)
    assert (total.in_force, total.clean, total.not_reviewed, total.amended) == (1, 0, 1, 1)


def test_the_documents_behind_a_figure_are_as_many_as_it_says(store):
    put(store, "A", closed=True)
    _, accused = put(store, "B", s4=1, closed=True)
    put(store, "C", commune="Mường Tè")
    total = _total(store)
    for figure in ("in_force", "reviewed", "clean", "discriminating", "not_reviewed", "found", "newly_recognised"):
        assert len(standing.behind(store, _now(), figure)) == getattr(total, figure), figure
    ((_, version),) = standing.behind(store, _now(), "discriminating")
    assert version == accused


def test_a_commune_counts_only_its_own(store):
    put(store, "A", closed=True)
    put(store, "C", commune="Mường Tè")
    known = standing.standings(store)
    own = next(one for one in known.communes.values() if one.name == "xã Mường Tè")
    assert _total(store, commune=own.id).in_force == 1
    assert len(standing.behind(store, _now(), "in_force", own.code)) == 1


def test_a_change_is_seen_at_once(store):
    put(store, "A")
    assert _total(store).in_force == 1
    put(store, "B", adopted=DAY)
    assert _total(store).in_force == 2
