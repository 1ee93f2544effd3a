"""The province, its communes and villages."""

from __future__ import annotations

import pytest
from vietnam_provinces import ProvinceCode, Ward

from auditor.errors import StoreError
from auditor.store import units


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
