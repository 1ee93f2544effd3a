"""All deadlines that run."""

from __future__ import annotations

from datetime import date

from auditor.store import docket, states
from tests.store import desk

TODAY = date(2026, 11, 16)


def test_what_is_not_done_yet_is_listed_longest_past_due_first(store):
    with store.change() as change:
        adopted, posted, reported, far = (
            desk.regulation(change, name, commune)
            for name, commune in (("Một", "Bình Lư"), ("Hai", "Bình Lư"), ("Ba", "Bình Lư"), ("Bốn", "Tả Lèng"))
        )
        states.enter(change, adopted.id, "adopted", date(2026, 10, 1))
        states.enter(change, posted.id, "posted", date(2026, 11, 2))
        states.enter(change, reported.id, "recognised", date(2025, 3, 2), document="1/QĐ-UBND")
        answered = states.receive(change, reported.id, "report", date(2026, 9, 7))
        states.answer(change, reported.id, answered, date(2026, 9, 8))
        states.receive(change, reported.id, "report", date(2026, 11, 12))
        states.enter(change, far.id, "adopted", date(2026, 11, 12))
        commune = states.placed(change.db, adopted.id).commune.id
        found = [(one.village, one.deadline.key) for one in docket.running(change.db, TODAY)]
        assert found == [
            ("bản Một", "sending"), ("bản Ba", "suspension"), ("bản Bốn", "sending"), ("bản Hai", "posting"),
        ]  # fmt: skip
        assert "bản Bốn" not in {one.village for one in docket.running(change.db, TODAY, commune)}
        assert docket.running(change.db, date(2026, 12, 20))[-1].deadline.key != "posting"
