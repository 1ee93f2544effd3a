"""Filing a text: what is guessed, what a person says, and taking it back."""

from __future__ import annotations

from datetime import date

import pytest

from auditor.audit import Auditor
from auditor.documents.interface import document_of
from auditor.errors import StoreError
from auditor.store import files, filing, regulations, trail, units, versions
from auditor.store.filing import Filing

TEXT = (
    "QUY ƯỚC\nBản Nà Khương, xã Bình Lư\n\nĐiều 1. Bản có 96 hộ.\n\n"
    "Điều 2. Hội nghị thông qua ngày 02 tháng 3 năm 2025.\n"
)
TOLD = {
    "village": "Nà Khương", "village_type": "bản", "commune": "Bình Lư", "commune_type": "xã",
    "name_kind": "quy ước", "adopted_on": "2025-03-02", "households_total": 96, "drafted": False,
}  # fmt: skip


@pytest.fixture(scope="module")
def record():
    return Auditor(people=False).audit(document_of(TEXT))


@pytest.fixture
def read(store, record):
    """Return a way to put in a text that has been read, with what it says of itself."""

    def put(name: str = "a.txt", **told) -> int:
        with store.change() as change:
            version = versions.hand_in(change, files.keep(change, name.encode(), name), name)
            versions.audited(change, version.id, record, TEXT, particulars={**TOLD, **told})
            return version.id

    return put


def village(store, name="Nà Khương"):
    with store.change() as change:
        commune = units.find_commune(change.db, "Bình Lư")
        return units.village(change, commune, "bản", name)


def guess(store, version):
    with store.read() as db:
        return filing.guess(db, versions.get(db, version), units.communes(db))


def file(store, version, **more):
    with store.change() as change:
        commune = units.find_commune(change.db, "Bình Lư")
        values = {
            "commune": commune, "village_type": "bản", "village_name": "Nà Khương", "name": "quy ước", "title": "",
            "state": "adopted", "state_on": date(2025, 3, 2),
        }  # fmt: skip
        return filing.file(change, version, Filing(**{**values, **more}))


def test_a_guess_is_matched_with_the_units_that_are_known(store, read):
    known = village(store)
    found = guess(store, read())
    assert (found.commune.full, found.village, found.state, found.state_on) == (
        "xã Bình Lư", known, "adopted", date(2025, 3, 2),
    )  # fmt: skip
    assert found.sure


@pytest.mark.parametrize(
    "told", [{"village": "Khác"}, {"commune": "Không Có"}, {"name_kind": None}, {"adopted_on": None}]
)
def test_a_guess_that_lacks_anything_is_not_sure(store, read, told):
    village(store)
    assert not guess(store, read(**told)).sure


def test_a_village_written_without_marks_or_under_another_type_is_found(store, read):
    known = village(store)
    assert guess(store, read(village="Na Khuong", village_type="thôn")).village == known


def test_a_village_whose_name_differs_in_marks_is_another_and_is_named_beside_the_guess(store, read):
    known = village(store, "Nà Khường")
    found = guess(store, read())
    assert (found.village, found.near, found.sure) == (None, (known,), False)


def test_a_name_without_marks_that_may_be_of_two_villages_is_not_guessed(store, read):
    for name in ("Nà Khương", "Nà Khường"):
        village(store, name)
    found = guess(store, read(village="Na Khuong"))
    assert found.village is None and len(found.near) == 2
    with pytest.raises(StoreError, match="GA394"):
        file(store, found.version.id, village_name="Na Khuong")


def test_a_filed_text_is_the_first_of_a_new_regulation_of_a_new_village(store, read):
    filed = file(store, read())
    assert (filed.title, filed.state, filed.state_on) == ("Quy ước bản Nà Khương", "adopted", "2025-03-02")
    with store.read() as db:
        assert [one.number for one in versions.of_regulation(db, filed.id)] == [1]
        assert filing.count(db) == 0


def test_the_next_text_of_a_village_is_the_next_of_its_regulation(store, read):
    first = file(store, read())
    again = file(store, read("b.txt"))
    assert first.id == again.id
    with store.read() as db:
        assert [one.number for one in versions.of_regulation(db, first.id)] == [2, 1]


def test_a_new_regulation_may_be_asked_for_and_then_one_must_be_chosen(store, read):
    first = file(store, read())
    second = file(store, read("b.txt"), new=True)
    assert first.id != second.id
    with pytest.raises(StoreError, match="GA358"):
        file(store, read("c.txt"))
    assert file(store, read("d.txt"), regulation_id=second.id).id == second.id


def test_a_regulation_of_another_village_is_refused(store, read):
    first = file(store, read())
    with pytest.raises(StoreError, match="GA354"):
        file(store, read("b.txt"), village_name="Khác", regulation_id=first.id)


def test_a_text_that_has_not_been_read_is_not_filed(store):
    with store.change() as change:
        version = versions.hand_in(change, files.keep(change, b"x", "x.txt"), "x.txt")
    with pytest.raises(StoreError, match="GA355"):
        file(store, version.id)


def test_a_sure_guess_is_filed_as_it_is(store, read):
    village(store)
    found = guess(store, read())
    with store.change() as change:
        filed = filing.file_as_guessed(change, found)
    assert filed.state == "adopted"
    with store.read() as db:
        assert versions.get(db, found.version.id).adopted_on == "2025-03-02"


def test_taking_the_only_text_out_takes_its_regulation_away(store, read):
    version = read()
    filed = file(store, version)
    with store.change() as change:
        filing.unfile(change, version)
    with store.read() as db:
        assert filing.count(db) == 1
        with pytest.raises(StoreError, match="GA331"):
            regulations.get(db, filed.id)
        assert trail.verify(db).broken_at is None


def test_taking_the_newest_text_out_leaves_the_regulation_as_it_stood(store, read):
    file(store, read())
    newer = read("b.txt")
    filed = file(store, newer, state="recognised", state_on=date(2025, 5, 5))
    with store.change() as change:
        filing.unfile(change, newer)
        back = regulations.get(change.db, filed.id)
    assert (back.state, back.version_id) == ("adopted", 1)


def test_an_older_text_is_not_taken_out(store, read):
    older = read()
    file(store, older)
    file(store, read("b.txt"))
    with pytest.raises(StoreError, match="GA357"), store.change() as change:
        filing.unfile(change, older)


def test_what_was_read_is_shown_with_the_words_around_it(store, read):
    at = filing.read_at(TEXT, guess(store, read()))
    assert "xã Bình Lư" in at["commune"]
    assert "ngày 02 tháng 3 năm 2025" in at["adopted_on"]
    assert "96 hộ" in at["households"]
    assert "recognised_on" not in at
