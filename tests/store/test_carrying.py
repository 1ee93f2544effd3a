"""Decisions carried from an old text to a new one, and what counts as repaired."""

from __future__ import annotations

from datetime import timedelta

import pytest

from auditor.errors import StoreError
from auditor.store import carrying, clock, files, findings, letters, recommendations, versions
from auditor.store.findings import CARRIED
from tests.store import desk

MOVED = desk.OLD.replace(f"\n2. {desk.VOTE}", "").replace("Điều 4. Hiệu lực\n", f"Điều 4. Hiệu lực\n{desk.VOTE}\n")


def texts(change, new, *found, decision="confirmed"):
    user = desk.person(change)
    regulation = desk.regulation(change)
    old = desk.text(change, regulation, desk.OLD, *desk.both())
    desk.decided(change, old, user, decision)
    return user, old, desk.text(change, regulation, new, *found)


def kinds(plan):
    return {fate.old.finding.rule: fate.kind for fate in plan.fates}


def test_an_unchanged_clause_takes_the_decision_and_its_person_along(store):
    with store.change() as change:
        user, old, new = texts(change, desk.NEW, *desk.both(desk.NEW))
        other = desk.person(change, "reviewer")
    with store.change(other.id) as change:
        plan = carrying.plan(change.db, old, new)
        assert kinds(plan) == {"HU-PART-01": "repaired", "HU-PROP-01": "carry"}
        assert carrying.carry(change, plan)[0] == 1
        (found,) = findings.of_version(change.db, new.id)
        assert (found.state, found.decided_by, found.severity) == ("confirmed", user.id, "S4")
        assert found.carried_from == plan.of_kind("carry")[0].old.id
        row = change.db.execute("SELECT reason FROM decisions ORDER BY id DESC LIMIT 1").fetchone()
        assert row["reason"] == f"{CARRIED}: Trái Luật Bình đẳng giới."
        assert versions.get(change.db, new.id).verdict == "discriminating"
        assert kinds(carrying.plan(change.db, old, new))["HU-PROP-01"] == "done"


@pytest.mark.parametrize("decision", ["dismissed", "consult"])
def test_dismissed_and_asked_ones_are_carried_too(store, decision):
    with store.change() as change:
        _, old, new = texts(change, desk.OLD, *desk.both(), decision=decision)
        carrying.carry(change, carrying.plan(change.db, old, new))
        assert {one.state for one in findings.of_version(change.db, new.id)} == {decision}


def test_a_clause_that_only_moved_takes_its_decision_along(store):
    with store.change() as change:
        _, old, new = texts(change, MOVED, *desk.both(MOVED))
        plan = carrying.plan(change.db, old, new)
        fate = next(fate for fate in plan.fates if fate.old.finding.rule == "HU-PART-01")
        assert fate.kind in {"carry", "look"}
        assert fate.change in {"moved", "edited"}


def test_a_finding_the_machine_no_longer_makes_is_copied_where_its_clause_stands(store):
    with store.change() as change:
        _, old, new = texts(change, desk.OLD)
        plan = carrying.plan(change.db, old, new)
        assert set(kinds(plan).values()) == {"copy"}
        carrying.carry(change, plan)
        assert [one.finding.quote for one in findings.of_version(change.db, new.id)] == [desk.VOTE, desk.LAND]
        assert versions.get(change.db, new.id).verdict == "discriminating"


def test_an_edited_clause_that_still_excludes_is_for_people_to_look_at(store):
    words = "Chỉ đàn ông từ 18 tuổi, là chủ hộ, được biểu quyết việc bản."
    text = desk.OLD.replace(desk.VOTE, words)
    found = [desk.finding(text, words, "HU-PART-02", "HU-PART"), *desk.both(text)]
    with store.change() as change:
        user, old, new = texts(change, text, *found)
        plan = carrying.plan(change.db, old, new)
        assert kinds(plan)["HU-PART-01"] == "look"
        with pytest.raises(StoreError, match="GA369"):
            carrying.repair(change, plan, [plan.of_kind("look")[0].old.id], user)


def test_a_repair_is_confirmed_by_a_person_closes_the_letter_and_can_be_taken_back(store):
    with store.change() as change:
        user, old, new = texts(change, desk.NEW, *desk.both(desk.NEW))
    with store.change(user.id) as change:
        vote = next(one for one in findings.of_version(change.db, old.id) if one.finding.rule == "HU-PART-01")
        letter = letters.draft(change, old.id, [vote.id], recommendations.PAPER)
        day = clock.today() - timedelta(days=9)
        letters.send(change, letter.id, "1/STP", day, None, files.keep(change, b"x", "thu.docx"))
        plan = carrying.plan(change.db, old, new)
        assert versions.get(change.db, old.id).s4_open == 2
        _, line = carrying.repair(change, plan, [vote.id], user)
        assert findings.get(change.db, vote.id).repair == "repaired"
        assert letters.get(change.db, letter.id).state == "closed"
        assert versions.get(change.db, old.id).s4_open == 1
        carrying.undo(change, new.id, line)
        assert findings.get(change.db, vote.id).repair == "recommended"
        assert letters.get(change.db, letter.id).state == "sent"
        assert versions.get(change.db, old.id).s4_open == 2
        with pytest.raises(StoreError, match="GA340"):
            carrying.undo(change, new.id, line)


def test_only_who_may_confirm_a_severity_may_say_that_it_is_repaired(store):
    with store.change() as change:
        _, old, new = texts(change, desk.NEW, *desk.both(desk.NEW))
        other = desk.person(change, "reviewer")
        plan = carrying.plan(change.db, old, new)
        with pytest.raises(StoreError, match="GA339"):
            carrying.repair(change, plan, [plan.of_kind("repaired")[0].old.id], other)


def test_a_repair_two_texts_later_closes_the_letter_about_the_first(store):
    last = desk.NEW.replace(desk.LAND, "Con trai, con gái được chia đất như nhau.")
    with store.change() as change:
        user, old, new = texts(change, desk.NEW, *desk.both(desk.NEW))
    with store.change(user.id) as change:
        land = next(one for one in findings.of_version(change.db, old.id) if one.finding.rule == "HU-PROP-01")
        letter = letters.draft(change, old.id, [land.id], recommendations.PAPER)
        letters.send(change, letter.id, "1/STP", clock.today(), None, files.keep(change, b"x", "thu.docx"))
        carrying.carry(change, carrying.plan(change.db, old, new))
        (carried,) = findings.of_version(change.db, new.id)
        assert carried.repair == "recommended"
        regulation = desk.regulations.get(change.db, new.regulation_id)
        third = desk.text(change, regulation, last)
        carrying.repair(change, carrying.plan(change.db, new, third), [carried.id], user)
        assert letters.get(change.db, letter.id).state == "closed"
        assert findings.get(change.db, land.id).repair == "repaired"


def test_what_was_carried_can_be_taken_back(store):
    with store.change() as change:
        _, old, new = texts(change, desk.OLD, *desk.both()[:1])
        _, line = carrying.carry(change, carrying.plan(change.db, old, new))
        assert len(findings.of_version(change.db, new.id)) == 2
        carrying.undo(change, new.id, line)
        (left,) = findings.of_version(change.db, new.id)
        assert (left.state, left.carried_from) == ("suggested", None)
        assert versions.get(change.db, new.id).verdict == "unreviewed"
