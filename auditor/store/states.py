"""The states of a regulation on record: what may follow what, what the commune received, and the days to keep.

Which state may follow which stands in :data:`NEXT`, as NĐ 61/2023/NĐ-CP orders the work (Đ.8–14). A text that was in
force before the desk knew it may begin with any state of :data:`FIRST`. Nothing is altered: what was entered wrongly is
taken back, the latest first.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from auditor.errors import StoreError
from auditor.store import approvals, clock, deadlines, regulations, units
from auditor.store.database import Change, missing
from auditor.store.deadlines import Deadline, Received, Step
from auditor.store.regulations import Regulation
from auditor.store.units import Unit
from auditor.store.words import STATES, State

FIRST: tuple[State, ...] = ("draft", "posted", "adopted", "recognised")
NEXT: Mapping[State, tuple[State, ...]] = {
    "draft": ("posted",),
    "posted": ("adopted", "draft"),
    "adopted": ("recognised", "not_recognised"),
    "recognised": ("amending", "suspended", "abolished"),
    "not_recognised": ("draft", "posted", "adopted"),
    "amending": ("draft", "posted", "suspended", "abolished"),
    "suspended": ("amending", "draft", "posted", "recognised", "abolished"),
    "abolished": ("draft",),
}
"""The states that may follow each state."""

NUMBERED: frozenset[State] = frozenset({"recognised", "not_recognised", "suspended", "abolished"})
"""States the commune enters by a written decision, which has a number."""

SOURCES = {
    "head": "Trưởng thôn, bản, tổ dân phố",
    "household": "Hộ gia đình, công dân",
    "review": "Kết quả rà soát, kiểm tra",
    "oversight": "Kiến nghị sau giám sát",
}
"""Who a written report may come from (NĐ 61/2023 Đ.12 k.2); names of people are not kept."""

IN_FORCE = (
    "(regulations.state IN ('adopted', 'recognised', 'amending', 'suspended')"
    " OR (regulations.state IN ('draft', 'posted', 'not_recognised') AND 'recognised' = (SELECT state FROM states"
    " WHERE regulation_id = regulations.id AND undone_at IS NULL AND state IN ('recognised', 'abolished')"
    " ORDER BY on_date DESC, id DESC LIMIT 1)))"
)
"""SQL: the community lives by a text of this regulation, be it that another is being drafted or it is suspended."""


@dataclass(frozen=True, slots=True)
class Entered:
    """A state on record; ``version`` is the number of the text it was about."""

    id: int
    state: State
    on: date
    version_id: int | None
    version: int | None
    note: str
    document: str
    scope: str
    due_on: date | None
    by: str | None
    at: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What the commune received about a regulation: the file for recognition, or a written report."""

    id: int
    kind: str
    on: date
    source: str
    note: str
    answered_on: date | None
    document: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A regulation with its village and commune."""

    regulation: Regulation
    village: Unit
    commune: Unit


def placed(db: sqlite3.Connection, regulation_id: int, commune: int | None = None) -> Placed:
    """Return a regulation with where it belongs.

    Raises:
        StoreError: GA331, there is none, or it lies outside the only commune the asking person sees.
    """
    regulation = regulations.get(db, regulation_id)
    village = units.get(db, regulation.unit_id)
    if village.parent_id is None or (commune is not None and village.parent_id != commune):
        raise missing()
    return Placed(regulation, village, units.get(db, village.parent_id))


def history(db: sqlite3.Connection, regulation_id: int) -> list[Entered]:
    """Return the states of a regulation, the earliest first, without those taken back."""
    rows = db.execute(
        "SELECT states.*, versions.number AS version, users.name AS by FROM states"
        " LEFT JOIN versions ON versions.id = states.version_id LEFT JOIN users ON users.id = states.user_id"
        " WHERE states.regulation_id = ? AND undone_at IS NULL ORDER BY on_date, states.id",
        [regulation_id],
    )
    return [
        Entered(
            row["id"], row["state"], date.fromisoformat(row["on_date"]), row["version_id"], row["version"], row["note"],
            row["document"], row["scope"], _day(row["due_on"]), row["by"], row["at"],
        )
        for row in rows
    ]  # fmt: skip


def enter(
    change: Change,
    regulation_id: int,
    state: State,
    on: date,
    *,
    version_id: int | None = None,
    note: str = "",
    document: str = "",
    scope: str = "",
    due_on: date | None = None,
) -> Entered:
    """Record a state, at its day among those on record; the days of adoption and recognition go to the version too.

    Raises:
        StoreError: GA331 the version is of another regulation, GA361 the state cannot follow or precede what is on
            record, GA362 the day has not come yet, GA363 the number of the decision is missing.
    """
    known = history(change.db, regulation_id)
    _check(known, state, on)
    if state in NUMBERED and not document.strip():
        raise StoreError("GA363", f"Trạng thái “{STATES[state]}” cần số, ký hiệu của văn bản. Xin điền rồi lưu lại.")
    if version_id is not None:
        row = change.db.execute("SELECT regulation_id FROM versions WHERE id = ?", [version_id]).fetchone()
        if row is None or row["regulation_id"] != regulation_id:
            raise missing()
    regulations.enter_state(
        change, regulation_id, state, on, version_id=version_id, note=note.strip(), document=document.strip(),
        scope=scope if state in {"suspended", "abolished"} else "", due_on=due_on if state == "suspended" else None,
    )  # fmt: skip
    entered = max(history(change.db, regulation_id), key=lambda one: one.id)
    column = _COLUMN.get(state)
    if column and entered.version_id:
        change.db.execute(
            f"UPDATE versions SET {column} = ? WHERE id = ? AND {column} IS NULL", [on.isoformat(), entered.version_id]
        )
    return entered


def take_back(change: Change, regulation_id: int, state_id: int) -> Regulation:
    """Take back the latest state of a regulation.

    Raises:
        StoreError: GA331 there is no such state, GA364 it is not the latest one.
    """
    known = history(change.db, regulation_id)
    if state_id not in {one.id for one in known}:
        raise missing()
    last = known[-1]
    if last.id != state_id:
        raise StoreError("GA364", "Chỉ hoàn tác được trạng thái mới nhất. Xin hoàn tác lần lượt.")
    change.update("states", state_id, {"undone_at": change.at})
    column = _COLUMN.get(last.state)
    if column and last.version_id:
        change.db.execute(
            f"UPDATE versions SET {column} = NULL WHERE id = ? AND {column} = ?", [last.version_id, last.on.isoformat()]
        )
    change.note("regulation.state_undo", "regulation", regulation_id, state=STATES[last.state])
    return regulations.restate(change, regulation_id)


def possible(known: list[Entered]) -> tuple[State, ...]:
    """Return the states that may follow what is on record."""
    return NEXT[known[-1].state] if known else FIRST


def notices(db: sqlite3.Connection, regulation_id: int) -> list[Notice]:
    """Return what the commune received about a regulation, the earliest first."""
    rows = db.execute(
        "SELECT id, kind, on_date, source, note, answered_on, document FROM notices"
        " WHERE regulation_id = ? AND undone_at IS NULL ORDER BY on_date, id",
        [regulation_id],
    )
    return [
        Notice(
            row["id"], row["kind"], date.fromisoformat(row["on_date"]), row["source"], row["note"],
            _day(row["answered_on"]), row["document"],
        )
        for row in rows
    ]  # fmt: skip


def receive(change: Change, regulation_id: int, kind: str, on: date, *, source: str = "", note: str = "") -> int:
    """Record that the commune received a file for recognition or a written report, and return its id.

    Raises:
        StoreError: GA362, the day has not come yet.
    """
    _check_day(on)
    values = {"regulation_id": regulation_id, "kind": kind, "on_date": on, "source": source, "note": note.strip()}
    id = change.insert("notices", {**values, "user_id": change.actor, "at": change.at})
    change.note("notice.receive", "regulation", regulation_id, notice=id, kind=kind, on=on.isoformat())
    return id


def answer(change: Change, regulation_id: int, notice_id: int, on: date | None, document: str = "") -> None:
    """Record the day and number of the answer to a written report; None takes it back.

    Raises:
        StoreError: GA331 there is no such report, GA362 the day has not come yet or lies before the report.
    """
    row = _notice(change.db, regulation_id, notice_id)
    if on is not None:
        _check_day(on)
        if on.isoformat() < row["on_date"]:
            raise StoreError("GA362", "Ngày trả lời đứng trước ngày nhận. Xin xem lại hai ngày này.")
    change.update("notices", notice_id, {"answered_on": on, "document": document.strip()})
    change.note("notice.answer", "regulation", regulation_id, notice=notice_id, on=on.isoformat() if on else None)


def drop(change: Change, regulation_id: int, notice_id: int) -> None:
    """Take back what was recorded as received.

    Raises:
        StoreError: GA331, there is no such thing.
    """
    _notice(change.db, regulation_id, notice_id)
    change.update("notices", notice_id, {"undone_at": change.at})
    change.note("notice.undo", "regulation", regulation_id, notice=notice_id)


def due(db: sqlite3.Connection, regulation_id: int, year: int) -> tuple[Deadline, ...]:
    """Return all deadlines of a regulation, those of the yearly reviews of a year among them where it is in force."""
    steps = [Step(one.state, one.on, one.due_on) for one in history(db, regulation_id)]
    received = [Received(one.kind, one.on, one.answered_on) for one in notices(db, regulation_id)]
    found = list(deadlines.of_record(steps, received))
    if db.execute(f"SELECT 1 FROM regulations WHERE id = ? AND {IN_FORCE}", [regulation_id]).fetchone():
        row = db.execute(
            "SELECT community_on, commune_on FROM round_items JOIN rounds ON rounds.id = round_id"
            " WHERE regulation_id = ? AND year = ?",
            [regulation_id, year],
        ).fetchone()
        found.append(deadlines.community_review(year, _day(row["community_on"]) if row else None))
        found.append(deadlines.commune_review(year, _day(row["commune_on"]) if row else None))
    ticked = approvals.reviewed_citations(db)
    return tuple(deadlines.with_ticks(one, ticked) for one in found)


_COLUMN: Mapping[State, str] = {"adopted": "adopted_on", "recognised": "recognised_on"}


def _check(known: list[Entered], state: State, on: date) -> None:
    """Refuse a state that does not fit between those before and after its day."""
    _check_day(on)
    before = [one for one in known if one.on <= on]
    after = [one for one in known if one.on > on]
    allowed = NEXT[before[-1].state] if before else FIRST
    if state not in allowed:
        stands = f"Sau trạng thái “{STATES[before[-1].state]}”" if before else "Khi chưa ghi trạng thái nào"
        words = ", ".join(f"“{STATES[one]}”" for one in allowed)
        raise StoreError("GA361", f"{stands}, chỉ ghi tiếp được {words}. Xin xem lại trạng thái hoặc ngày.")
    if after and after[0].state not in NEXT[state]:
        raise StoreError(
            "GA361",
            f"Trạng thái “{STATES[state]}” không thể đứng trước “{STATES[after[0].state]}” ngày "
            f"{after[0].on:%d/%m/%Y} đã ghi. Xin xem lại ngày.",
        )


def _check_day(on: date) -> None:
    if on > clock.today():
        raise StoreError("GA362", f"Ngày {on:%d/%m/%Y} chưa tới. Xin ghi ngày việc đã xảy ra.")


def _notice(db: sqlite3.Connection, regulation_id: int, notice_id: int) -> sqlite3.Row:
    row: sqlite3.Row | None = db.execute(
        "SELECT * FROM notices WHERE id = ? AND regulation_id = ? AND undone_at IS NULL", [notice_id, regulation_id]
    ).fetchone()
    if row is None:
        raise missing()
    return row


def _day(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None
