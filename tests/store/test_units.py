"""The province, its communes and villages."""

from __future__ import annotations

import pytest
from vietnam_provinces import ProvinceCode, Ward

from auditor.errors import StoreError
from auditor.store import units, villages
from auditor.store.migrations import STEPS, _statements


def test_the_communes_are_those_of_the_national_list(store):
    with store.read() as db:
        ours = {(unit.code, unit.full) for unit in units.communes(db)}
    wards = [ward for ward in Ward.iter_all() if ward.province_code == ProvinceCode.P_12]
    assert ours == {(f"{ward.code.value:05}", ward.name[0].lower() + ward.name[1:]) for ward in wards}
    assert len(ours) == 38


@pytest.mark.parametrize("words", ["Bình Lư", "binh lu", "xã Bình Lư", "XÃ  BÌNH LƯ", "03390"])
def test_a_commune_is_found_by_name_with_or_without_type_and_marks(store, words):
    with store.read() as db:
        found = units.find_commune(db, words)
    assert found is not None
    assert found.full == "xã Bình Lư"


def test_a_village_is_made_once_however_it_is_written(store):
    with store.change() as change:
        commune = units.find_commune(change.db, "Bình Lư")
        first = units.village(change, commune, "bản", "Nà Khương", 50)
        again = units.village(change, commune, "Bản", " nà  khương ", 52)
        assert (first.id, first.households, again.households) == (again.id, 50, 52)
        assert [unit.full for unit in units.villages(change.db, commune.id)] == ["bản Nà Khương"]


def test_a_village_needs_a_name(store):
    with pytest.raises(StoreError, match="GA333"), store.change() as change:
        commune = units.find_commune(change.db, "Bình Lư")
        units.village(change, commune, "bản", "  ")


@pytest.fixture
def binh_lu(store):
    with store.read() as db:
        return units.find_commune(db, "Bình Lư")


def _village(store, commune, name, type="bản", **more):
    with store.change() as change:
        return units.village(change, commune, type, name, **more)


def test_villages_whose_names_differ_in_marks_are_different(store, binh_lu):
    assert _village(store, binh_lu, "Mé").id != _village(store, binh_lu, "Mè").id
    assert _village(store, binh_lu, "Hoà").id == _village(store, binh_lu, "Hòa").id


def test_a_name_without_marks_is_that_of_the_only_village_it_can_be(store, binh_lu):
    me = _village(store, binh_lu, "Mé")
    assert _village(store, binh_lu, "Me").id == me.id
    assert _village(store, binh_lu, "me", "BẢN").id == me.id


def test_a_name_without_marks_that_may_be_of_several_is_asked_about(store, binh_lu):
    for name in ("Mé", "Mè"):
        _village(store, binh_lu, name)
    with pytest.raises(StoreError, match=r"GA394: .*bản Mè, bản Mé|GA394: .*bản Mé, bản Mè"):
        _village(store, binh_lu, "Me")
    plain = _village(store, binh_lu, "Me", exact=True)
    assert _village(store, binh_lu, "Me").id == plain.id


def test_names_are_searched_without_marks_and_listed_by_name(store, binh_lu):
    for name in ("Mé 2", "Mé", "Mè"):
        _village(store, binh_lu, name)
    with store.read() as db:
        assert [unit.name for unit in units.alike(db, binh_lu.id, "bản", "me")] == ["Mè", "Mé"]
        found = db.execute("SELECT count(*) FROM units WHERE kind = 'village' AND instr(folded, 'me')").fetchone()[0]
    assert found == 3


def test_a_table_tells_villages_apart_by_marks_and_asks_where_one_has_none(store, binh_lu):
    rows = [villages.HEAD, ("Bình Lư", "bản", "Mé", ""), ("Bình Lư", "bản", "Mè", ""), ("Bình Lư", "bản", "Me", "")]
    with store.change() as change:
        judged = villages.judge(change.db, rows)
        assert [row.name for row in judged.good] == ["Mé", "Mè"]
        assert [(fault.number, "ghi đủ dấu" in fault.why) for fault in judged.faults] == [(4, True)]
        assert villages.bring_in(change, judged.good).added == 2
        again = villages.judge(change.db, [villages.HEAD, ("Bình Lư", "bản", "Me", "")])
    assert "có thể là nhiều thôn, bản" in again.faults[0].why


def test_a_store_made_before_keeps_its_villages_and_tells_new_ones_apart(store, binh_lu):
    me = _village(store, binh_lu, "Mé")
    with store.change() as change:
        change.db.execute("UPDATE units SET folded = fold(type || ' ' || name)")
        for statement in _statements((STEPS / "0006_villages.sql").read_text(encoding="utf-8")):
            change.db.execute(statement)
    assert _village(store, binh_lu, "Mé").id == me.id
    assert _village(store, binh_lu, "Mè").id != me.id
