"""Letters to communes about confirmed findings (kiến nghị, NĐ 61/2023/NĐ-CP Đ.12–14).

A letter is a draft, then sent, answered and closed; it can be withdrawn until it is closed. Sending it marks its
findings as recommended, taking that back marks them as open again unless another letter still asks for them. The last
step can be undone. A letter never proposes a fine.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from auditor.errors import StoreError
from auditor.store import clock, findings
from auditor.store.database import Change, loaded, missing
from auditor.store.files import File
from auditor.store.findings import Reviewed

LetterState = Literal["draft", "sent", "answered", "closed", "withdrawn"]
LETTER_STATES: dict[LetterState, str] = {
    "draft": "bản nháp",
    "sent": "đã gửi",
    "answered": "đã có trả lời",
    "closed": "đã kết thúc",
    "withdrawn": "đã rút",
}
NEXT: Mapping[LetterState, tuple[LetterState, ...]] = {
    "draft": ("sent", "withdrawn"),
    "sent": ("answered", "closed", "withdrawn"),
    "answered": ("closed", "withdrawn"),
    "closed": (),
    "withdrawn": (),
}
"""The states that may follow each state of a letter."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter about one version; ``paper`` says who writes and signs, ``file_id`` is the docx as sent."""

    id: int
    version_id: int
    number: str
    state: LetterState
    sent_on: date | None
    due_on: date | None
    answered_on: date | None
    answer: str
    paper: Mapping[str, str]
    file_id: int | None
    user_id: int
    at: str

    def overdue(self, today: date) -> int:
        """Return for how many days an answer has been due, 0 where none is."""
        late = (today - self.due_on).days if self.state == "sent" and self.due_on else 0
        return max(late, 0)


# What a letter told of a finding when it was sent, where that ended since, is no longer so.
CHANGED = (
    " letter_findings JOIN findings ON findings.id = finding_id JOIN letters AS told ON told.id = letter_id"
    " WHERE told.sent_on IS NOT NULL AND (findings.state != 'confirmed' OR findings.final_severity != ("
    "SELECT severity FROM past_standings AS past WHERE past.finding_id = findings.id AND past.state = 'confirmed'"
    " AND past.from_at <= told.sent_at AND past.until_at > told.sent_at))"
)
COLUMNS = ", ".join(f"letters.{name}" for name in Letter.__slots__)


def get(db: sqlite3.Connection, id: int) -> Letter:
    """Return a letter by its id.

    Raises:
        StoreError: GA331, there is no such letter.
    """
    row = db.execute(f"SELECT {COLUMNS} FROM letters WHERE id = ?", [id]).fetchone()
    if row is None:
        raise missing()
    return letter_of(row)


def found_in(db: sqlite3.Connection, letter: Letter) -> list[Reviewed]:
    """Return the findings a letter is about, in the order of the text."""
    rows = db.execute("SELECT finding_id FROM letter_findings WHERE letter_id = ?", [letter.id])
    wanted = {row["finding_id"] for row in rows}
    return [one for one in findings.of_version(db, letter.version_id) if one.id in wanted]


def changed(db: sqlite3.Connection, letter: Letter) -> list[Reviewed]:
    """Return the findings of a letter that were decided otherwise after it was sent, in the order of the text."""
    wanted = {row[0] for row in db.execute(f"SELECT finding_id FROM{CHANGED} AND letter_id = ?", [letter.id])}
    return [one for one in found_in(db, letter) if one.id in wanted]


def telling(db: sqlite3.Connection, finding_id: int) -> list[Letter]:
    """Return the letters that were sent and tell of a finding, the latest first; those withdrawn are left out."""
    rows = db.execute(
        f"SELECT {COLUMNS} FROM letters JOIN letter_findings ON letter_id = letters.id WHERE finding_id = ?"
        " AND sent_on IS NOT NULL AND letters.state != 'withdrawn' ORDER BY sent_on DESC, letters.id DESC",
        [finding_id],
    )
    return [letter_of(row) for row in rows]


def note_change(change: Change, told: Iterable[Letter], finding_id: int) -> None:
    """Keep in the trail of sent letters that what they tell of a finding was decided otherwise."""
    for letter in told:
        change.note("letter.changed", "letter", letter.id, finding=finding_id, number=letter.number)


def candidates(db: sqlite3.Connection, version_id: int, letter: Letter | None = None) -> list[Reviewed]:
    """Return the findings of a version a letter may ask for: confirmed, not repaired, in no other letter under way."""
    taken = {
        row["finding_id"]
        for row in db.execute(
            "SELECT finding_id FROM letter_findings JOIN letters ON letters.id = letter_id"
            " WHERE version_id = ? AND state IN ('draft', 'sent', 'answered') AND letters.id != ?",
            [version_id, letter.id if letter else 0],
        )
    }
    return [
        one
        for one in findings.of_version(db, version_id)
        if one.state == "confirmed" and one.repair != "repaired" and one.id not in taken
    ]


def draft(
    change: Change, version_id: int, finding_ids: Iterable[int], paper: Mapping[str, str], due_on: date | None = None
) -> Letter:
    """Begin a letter.

    Raises:
        StoreError: GA365, no finding was chosen, or one may not stand in a letter.
    """
    if change.actor is None:
        raise ValueError("a letter is written by a person")
    values = {"version_id": version_id, "state": "draft", "due_on": due_on, "paper": dict(paper)}
    id = change.insert("letters", {**values, "user_id": change.actor, "at": change.at})
    letter = get(change.db, id)
    _choose(change, letter, finding_ids)
    change.note("letter.draft", "letter", id, version=version_id)
    return letter


def revise(
    change: Change, id: int, finding_ids: Iterable[int], paper: Mapping[str, str], due_on: date | None
) -> Letter:
    """Change a letter that is still a draft.

    Raises:
        StoreError: GA365 no finding was chosen or one may not stand in a letter, GA366 the letter is not a draft.
    """
    letter = get(change.db, id)
    if letter.state != "draft":
        raise _refused(letter)
    change.update("letters", id, {"paper": dict(paper), "due_on": due_on})
    change.db.execute("DELETE FROM letter_findings WHERE letter_id = ?", [id])
    _choose(change, letter, finding_ids)
    change.note("letter.revise", "letter", id)
    return get(change.db, id)


def send(change: Change, id: int, number: str, sent_on: date, due_on: date | None, file: File) -> Letter:
    """Send a letter: its docx is kept as it went, its findings become recommended.

    Raises:
        StoreError: GA365 a finding is no longer confirmed, GA366 the letter is not a draft, GA367 number or day do not
            fit.
    """
    letter = _may(change, id, "sent")
    if any(one.state != "confirmed" for one in found_in(change.db, letter)):
        raise StoreError("GA365", "Có phát hiện đã bị rút xác nhận sau khi lập bản nháp. Xin sửa bản nháp rồi gửi.")
    if not number.strip():
        raise StoreError("GA367", "Xin ghi số của văn bản đã phát hành, ví dụ 123/SVHTTDL-VH.")
    if sent_on > clock.today() or (due_on and due_on < sent_on):
        raise StoreError("GA367", "Ngày gửi không được ở tương lai, và hạn trả lời phải từ ngày gửi trở đi.")
    values = {"state": "sent", "number": number.strip(), "sent_on": sent_on, "due_on": due_on, "file_id": file.id}
    change.update("letters", id, {**values, "sent_at": change.at})
    change.db.execute(
        "UPDATE findings SET repair = 'recommended' WHERE repair = 'open'"
        " AND id IN (SELECT finding_id FROM letter_findings WHERE letter_id = ?)",
        [id],
    )
    findings.settle(change, letter.version_id)
    change.note("letter.send", "letter", id, number=number.strip(), on=sent_on.isoformat(), sha256=file.sha256)
    return get(change.db, id)


def answered(change: Change, id: int, on: date, words: str) -> Letter:
    """Record what the commune answered.

    Raises:
        StoreError: GA366 the letter was not sent, GA367 the day does not fit.
    """
    letter = _may(change, id, "answered")
    if on > clock.today() or (letter.sent_on and on < letter.sent_on):
        raise StoreError("GA367", "Ngày trả lời phải từ ngày gửi đến hôm nay. Xin xem lại.")
    change.update("letters", id, {"state": "answered", "answered_on": on, "answer": words.strip()})
    change.note("letter.answer", "letter", id, on=on.isoformat())
    return get(change.db, id)


def close(change: Change, id: int) -> Letter:
    """Close a letter whose findings are all repaired, or that needs nothing more.

    Raises:
        StoreError: GA366, the letter was not sent.
    """
    _may(change, id, "closed")
    change.update("letters", id, {"state": "closed"})
    change.note("letter.close", "letter", id)
    return get(change.db, id)


def withdraw(change: Change, id: int) -> Letter:
    """Withdraw a letter; its findings are open again unless another letter asks for them.

    Raises:
        StoreError: GA366, the letter is closed or withdrawn.
    """
    letter = _may(change, id, "withdrawn")
    change.update("letters", id, {"state": "withdrawn", "withdrawn_at": change.at})
    _reopen(change, letter)
    change.note("letter.withdraw", "letter", id)
    return get(change.db, id)


def undo(change: Change, id: int) -> Letter:
    """Take back the last step of a letter.

    Raises:
        StoreError: GA366 nothing can be taken back, GA365 a finding stands in another letter by now.
    """
    letter = get(change.db, id)
    if letter.state == "draft":
        raise _refused(letter)
    before: LetterState = "draft"
    values: dict[str, Any] = {}
    if letter.state in {"closed", "withdrawn"}:
        before = "answered" if letter.answered_on else "sent" if letter.sent_on else "draft"
        values = {"withdrawn_at": None}
    elif letter.state == "answered":
        before, values = "sent", {"answered_on": None, "answer": ""}
    else:
        values = {"number": "", "sent_on": None, "sent_at": None, "file_id": None}
    if letter.state == "withdrawn":
        free = {one.id for one in candidates(change.db, letter.version_id, letter)}
        if any(one.id not in free and one.repair != "repaired" for one in found_in(change.db, letter)):
            raise _unfit()
    change.update("letters", id, {"state": before, **values})
    if letter.state == "sent":
        _reopen(change, letter)
    elif letter.state == "withdrawn" and before != "draft":
        change.db.execute(
            "UPDATE findings SET repair = 'recommended' WHERE repair = 'open'"
            " AND id IN (SELECT finding_id FROM letter_findings WHERE letter_id = ?)",
            [id],
        )
    findings.settle(change, letter.version_id)
    change.note("letter.undo", "letter", id, state=letter.state)
    return get(change.db, id)


def close_repaired(change: Change, finding_ids: Sequence[int]) -> list[int]:
    """Close the letters under way whose findings are all repaired, among those about some findings."""
    marks = ", ".join("?" for _ in finding_ids)
    rows = change.db.execute(
        "SELECT DISTINCT letters.id FROM letters JOIN letter_findings ON letter_id = letters.id"
        f" WHERE letters.state IN ('sent', 'answered') AND finding_id IN ({marks})"
        " AND NOT EXISTS (SELECT 1 FROM letter_findings AS others JOIN findings ON findings.id = others.finding_id"
        " WHERE others.letter_id = letters.id AND repair != 'repaired')",
        list(finding_ids),
    ).fetchall()
    return [close(change, row["id"]).id for row in rows]


def _choose(change: Change, letter: Letter, finding_ids: Iterable[int]) -> None:
    chosen = set(finding_ids)
    if not chosen or not chosen <= {one.id for one in candidates(change.db, letter.version_id, letter)}:
        raise _unfit()
    for id in sorted(chosen):
        change.insert("letter_findings", {"letter_id": letter.id, "finding_id": id})


def _reopen(change: Change, letter: Letter) -> None:
    """Make the findings of a letter open again, but for those another letter that was sent asks for."""
    change.db.execute(
        "UPDATE findings SET repair = 'open' WHERE repair = 'recommended'"
        " AND id IN (SELECT finding_id FROM letter_findings WHERE letter_id = :id)"
        " AND id NOT IN (SELECT finding_id FROM letter_findings JOIN letters ON letters.id = letter_id"
        " WHERE letters.id != :id AND state IN ('sent', 'answered', 'closed'))",
        {"id": letter.id},
    )
    findings.settle(change, letter.version_id)


def _may(change: Change, id: int, state: LetterState) -> Letter:
    letter = get(change.db, id)
    if state not in NEXT[letter.state]:
        raise _refused(letter)
    return letter


def _refused(letter: Letter) -> StoreError:
    return StoreError("GA366", f"Kiến nghị này {LETTER_STATES[letter.state]} nên không làm được bước ấy.")


def _unfit() -> StoreError:
    return StoreError(
        "GA365",
        "Xin chọn ít nhất một phát hiện đã xác nhận, chưa sửa và chưa nằm trong kiến nghị khác đang theo dõi.",
    )


def letter_of(row: sqlite3.Row) -> Letter:
    """Return the letter in a row that has the :data:`COLUMNS`."""
    values = {name: row[name] for name in Letter.__slots__}
    days = {name: date.fromisoformat(row[name]) if row[name] else None for name in ("sent_on", "due_on", "answered_on")}
    return Letter(**{**values, **days, "paper": loaded(row["paper"]) or {}})
