"""Regulations put into a store by hand: a text, its days, its findings and what people decided."""

from __future__ import annotations

from datetime import date

from auditor.store import Store, files, findings, regulations, units, users, versions
from auditor.store.words import Decision
from tests.indicators.records import finding
from tests.store.texts import record_of

DAY = date(2026, 2, 3)


def lawyer(store: Store) -> users.User:
    """Return someone who may confirm an S4."""
    with store.change() as change:
        found = next((user for user in users.everyone(change.db) if user.role == "legal"), None)
        return found or users.add(change, "phapche", "Pháp chế", "legal", "mot mat khau du dai", must_change=False)


def put(
    store: Store,
    village: str = "Nà Khương",
    *,
    commune: str = "Bình Lư",
    adopted: date | None = DAY,
    s4: int = 0,
    decision: Decision | None = "confirmed",
    closed: bool = False,
) -> tuple[int, int]:
    """Put in a regulation with one text; return the ids of both.

    Args:
        s4: findings of that severity, each decided as ``decision`` says.
        closed: whether the review is closed.
    """
    person = lawyer(store)
    with store.change(person.id) as change:
        where = units.find_commune(change.db, commune)
        assert where is not None
        place = units.village(change, where, "bản", village)
        regulation = regulations.add(change, place, "quy ước", f"Quy ước {place.full}")
        file = files.keep(change, village.encode(), f"{village}.txt", "text/plain")
        version = versions.hand_in(change, file, f"{village}.txt")
        found = tuple(finding(f"f{n}", "HU-PART-01", "S4") for n in range(s4))
        versions.audited(change, version.id, record_of(found), "Điều 1. Mỗi hộ cử một người đi họp bản.")
        regulations.attach(change, regulation, version.id, adopted_on=adopted, recognised_on=adopted)
        if adopted:
            regulations.enter_state(change, regulation.id, "recognised", adopted, version_id=version.id)
        for one in findings.of_version(change.db, version.id):
            if decision:
                findings.decide(change, one.id, person, decision, "đọc nguyên văn")
        if closed:
            change.update("versions", version.id, {"reviewed_at": change.at, "reviewed_by": person.id})
            findings.settle(change, version.id)
            change.note("version.close", "version", version.id)
    return regulation.id, version.id
