"""What may follow what, and what can be taken back."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from auditor.errors import StoreError
from auditor.store import clock, states, versions
from auditor.store.words import STATES
from tests.store import desk

PATHS = [
    ["draft", "posted", "adopted", "recognised"],
    ["posted", "adopted", "not_recognised", "draft", "posted", "adopted", "recognised"],
    ["recognised", "suspended", "amending", "posted", "adopted", "recognised"],
    ["recognised", "amending", "abolished", "draft"],
    ["adopted", "recognised", "suspended", "abolished"],
]


def walk(change, regulation, path):
    for step, state in enumerate(path):
        states.enter(change, regulation.id, state, date(2024, 1, 1) + timedelta(days=40 * step), document="1/QĐ-UBND")


def test_every_state_can_be_reached_and_left_or_begun_anew():
    reached = {state for path in PATHS for state in path}
    assert reached == set(STATES) == set(states.NEXT)
    assert all(states.NEXT[state] for state in STATES)


@pytest.mark.parametrize("path", PATHS, ids="-".join)
def test_a_regulation_goes_the_way_of_the_law(store, path):
    with store.change() as change:
        regulation = desk.regulation(change)
        walk(change, regulation, path)
        assert states.placed(change.db, regulation.id).regulation.state == path[-1]


REFUSED = [
    (before, after)
    for before in STATES
    for after in STATES
    if after not in states.NEXT[before] and before in {state for path in PATHS for state in path}
]


@pytest.mark.parametrize(("before", "after"), REFUSED)
def test_what_the_law_does_not_know_is_refused(store, before, after):
    path = next(path[: path.index(before) + 1] for path in PATHS if before in path)
    with store.change() as change:
        regulation = desk.regulation(change)
        walk(change, regulation, path)
        with pytest.raises(StoreError, match="GA361"):
            states.enter(change, regulation.id, after, date(2026, 1, 1), document="2/QĐ-UBND")


def test_an_older_day_is_put_in_between_where_it_fits(store):
    with store.change() as change:
        regulation = desk.regulation(change)
        states.enter(change, regulation.id, "recognised", date(2025, 3, 12), document="45/QĐ-UBND")
        states.enter(change, regulation.id, "adopted", date(2025, 3, 2))
        assert [one.state for one in states.history(change.db, regulation.id)] == ["adopted", "recognised"]
        with pytest.raises(StoreError, match="GA361"):
            states.enter(change, regulation.id, "abolished", date(2025, 3, 10), document="46/QĐ-UBND")


def test_a_day_to_come_and_a_decision_without_number_are_refused(store):
    with store.change() as change:
        regulation = desk.regulation(change)
        with pytest.raises(StoreError, match="GA362"):
            states.enter(change, regulation.id, "posted", clock.today() + timedelta(days=1))
        with pytest.raises(StoreError, match="GA363"):
            states.enter(change, regulation.id, "recognised", date(2025, 1, 2))


def test_the_days_of_adoption_and_recognition_go_to_the_text_and_come_back_with_undo(store):
    with store.change() as change:
        regulation = desk.regulation(change)
        version = desk.text(change, regulation, desk.OLD)
        adopted = states.enter(change, regulation.id, "adopted", date(2025, 3, 2))
        recognised = states.enter(change, regulation.id, "recognised", date(2025, 3, 12), document="45/QĐ-UBND")
        known = versions.get(change.db, version.id)
        assert (known.adopted_on, known.recognised_on) == ("2025-03-02", "2025-03-12")
        with pytest.raises(StoreError, match="GA364"):
            states.take_back(change, regulation.id, adopted.id)
        assert states.take_back(change, regulation.id, recognised.id).state == "adopted"
        assert states.take_back(change, regulation.id, adopted.id).state == "draft"
        known = versions.get(change.db, version.id)
        assert (known.adopted_on, known.recognised_on) == (None, None)


def test_a_regulation_being_amended_is_still_in_force_and_an_abolished_one_is_not(store):
    with store.change() as change:
        found = {}
        for name, path in {
            "Một": ["draft", "posted"],
            "Hai": ["adopted", "recognised", "amending", "posted"],
            "Ba": ["recognised", "abolished", "draft"],
            "Bốn": ["recognised", "suspended"],
        }.items():
            regulation = desk.regulation(change, name)
            walk(change, regulation, path)
            row = change.db.execute(
                f"SELECT 1 FROM regulations WHERE id = ? AND {states.IN_FORCE}", [regulation.id]
            ).fetchone()
            found[name] = row is not None
    assert found == {"Một": False, "Hai": True, "Ba": False, "Bốn": True}


def test_a_report_waits_for_its_answer_and_both_can_be_taken_back(store):
    with store.change() as change:
        regulation = desk.regulation(change)
        id = states.receive(change, regulation.id, "report", date(2026, 11, 2), source="household")
        (due,) = states.due(change.db, regulation.id, 2026)
        assert (due.key, due.due, due.done) == ("suspension", date(2026, 11, 5), None)
        states.answer(change, regulation.id, id, date(2026, 11, 4), "7/UBND")
        (due,) = states.due(change.db, regulation.id, 2026)
        assert due.done == date(2026, 11, 4)
        states.answer(change, regulation.id, id, None)
        states.drop(change, regulation.id, id)
        assert states.due(change.db, regulation.id, 2026) == ()


def test_a_regulation_of_another_commune_is_not_found(store):
    with store.change() as change:
        regulation = desk.regulation(change)
        commune = states.placed(change.db, regulation.id).commune
        assert states.placed(change.db, regulation.id, commune.id)
        with pytest.raises(StoreError, match="GA331"):
            states.placed(change.db, regulation.id, commune.id + 1)


def test_every_step_of_a_path_is_allowed_by_the_table():
    for path in PATHS:
        assert path[0] in states.FIRST
        assert all(after in states.NEXT[before] for before, after in pairwise(path))
