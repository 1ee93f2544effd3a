"""Yearly rounds: who is in, what is marked, what is new."""

from __future__ import annotations

from datetime import date

import pytest

from auditor.errors import StoreError
from auditor.store import clock, findings, rounds, states, units
from tests.store import desk

YEAR = clock.today().year


def in_force(change, name, commune="Bình Lư", *found):
    regulation = desk.regulation(change, name, commune)
    version = desk.text(change, regulation, f"{desk.OLD}\n{name}", *found)
    states.enter(change, regulation.id, "recognised", date(YEAR - 2, 3, 2), document="1/QĐ-UBND")
    return regulation, version


def opened(change, year=YEAR):
    return rounds.open_round(change, year, "", date(year, 1, 1), date(year, 12, 31))


def test_a_round_takes_in_what_is_in_force_and_later_what_came_after(store):
    with store.change() as change:
        in_force(change, "Một")
        desk.regulation(change, "Hai")
        round = opened(change)
        assert rounds.items(change.db, round)[1] == 1
        assert round.name == f"Đợt rà soát năm {YEAR}"
        in_force(change, "Ba")
        assert rounds.take_in(change, round) == 1
        assert rounds.take_in(change, round) == 0


def test_a_year_has_one_round_and_its_days_are_in_order(store):
    with store.change() as change:
        opened(change)
        for year, opens, closes in (
            (YEAR, date(YEAR, 1, 1), date(YEAR, 2, 1)),
            (YEAR - 1, date(YEAR - 1, 2, 1), date(YEAR - 1, 1, 1)),
            (YEAR - 1, date(YEAR, 2, 1), date(YEAR, 3, 1)),
        ):
            with pytest.raises(StoreError, match="GA368"):
                rounds.open_round(change, year, "", opens, closes)


def test_marks_are_counted_by_commune_and_taken_back(store):
    with store.change() as change:
        user = desk.person(change)
        for name in ("Một", "Hai"):
            in_force(change, name)
        in_force(change, "Ba", "Tả Lèng")
        round = opened(change)
    with store.change(user.id) as change:
        commune = units.find_commune(change.db, "Bình Lư")
        items, _ = rounds.items(change.db, round, commune.id)
        day = date(YEAR, 1, 1)
        count, line = rounds.mark(change, round, "commune", day, "amend", ids=[items[0].id], commune=commune.id)
        assert count == 1
        assert [
            (one.commune, one.reviewed, one.regulations, one.amend) for one in rounds.progress(change.db, round)
        ] == [
            ("xã Bình Lư", 1, 2, 1),
            ("xã Tả Lèng", 0, 1, 0),
        ]
        assert rounds.mark(change, round, "commune", day, "keep", commune=commune.id)[0] == 1
        assert rounds.total(rounds.progress(change.db, round)).reviewed == 2
        assert rounds.undo(change, round, line) == 1
        assert rounds.items(change.db, round, commune.id)[0][0].outcome == ""


def test_a_commune_cannot_mark_what_is_of_another(store):
    with store.change() as change:
        in_force(change, "Một")
        round = opened(change)
        (item,), _ = rounds.items(change.db, round)
        assert rounds.mark(change, round, "community", date(YEAR, 1, 1), "", ids=[item.id], commune=0)[0] == 0


def test_another_persons_marks_are_not_taken_back(store):
    with store.change() as change:
        one, two = desk.person(change), desk.person(change, "reviewer")
        in_force(change, "Một")
        round = opened(change)
    with store.change(one.id) as change:
        commune = units.find_commune(change.db, "Bình Lư")
        _, line = rounds.mark(change, round, "community", date(YEAR, 1, 1), "", commune=commune.id)
    with store.change(two.id) as change, pytest.raises(StoreError, match="GA340"):
        rounds.undo(change, round, line)


def test_a_mark_is_of_the_year_of_its_round(store):
    with store.change() as change:
        in_force(change, "Một")
        round = opened(change, YEAR - 1)
        (item,), _ = rounds.items(change.db, round)
        with pytest.raises(StoreError, match="GA368"):
            rounds.mark(change, round, "commune", date(YEAR, 1, 1), "keep", ids=[item.id])


def test_what_is_new_since_last_year_is_told(store):
    with store.change() as change:
        user = desk.person(change)
        in_force(change, "Yên")
        amended, _ = in_force(change, "Sửa")
        _, confirmed = in_force(change, "Xác nhận", "Bình Lư", *desk.both())
        last = opened(change, YEAR - 1)
    with store.change(user.id) as change:
        in_force(change, "Mới")
        desk.text(change, amended, desk.NEW)
        desk.decided(change, confirmed, user)
        assert findings.of_version(change.db, confirmed.id)[0].state == "confirmed"
        round = opened(change)
        assert rounds.before(change.db, round) == last
        news = {one.village: one for one in rounds.news(change.db, round, last)}
    assert set(news) == {"bản Mới", "bản Sửa", "bản Xác nhận"}
    assert news["bản Mới"].added
    assert news["bản Sửa"].text
    told = news["bản Xác nhận"]
    assert (told.was, told.verdict, told.confirmed) == ("unreviewed", "discriminating", 2)
