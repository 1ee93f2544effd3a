"""Files that prove what an outlet says: an answer of the A questionnaire, or a condition of target 4.

A file that Sở handed in counts at once; one that the newsroom handed in counts for target 4 when someone of Sở has
accepted it.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date

from auditor.errors import StoreError
from auditor.store.database import Change, missing
from auditor.store.files import File

DECISION, REPORT, PLAN = "decision", "report", "plan"
SUBJECTS = {
    DECISION: "Quyết định hoặc kế hoạch áp dụng Bộ chỉ số",
    REPORT: "Báo cáo theo mẫu của Bộ chỉ số (2014)",
    PLAN: "Kế hoạch hành động",
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One file handed in for a subject: an A question by its id, or one of :data:`SUBJECTS`."""

    id: int
    outlet_id: int
    year: int
    subject: str
    file_id: int
    filename: str
    number: str
    on_date: str | None
    accepted_by: int | None
    removed_at: str | None
    user_id: int | None
    at: str


_COLUMNS = ", ".join(Evidence.__slots__)


def get(db: sqlite3.Connection, outlet_id: int, id: int) -> Evidence:
    """Return a file of an outlet, removed or not.

    Raises:
        StoreError: GA331, the outlet has no such file.
    """
    row = db.execute(f"SELECT {_COLUMNS} FROM evidence WHERE id = ? AND outlet_id = ?", [id, outlet_id]).fetchone()
    if row is None:
        raise missing()
    return Evidence(**dict(row))


def of_year(db: sqlite3.Connection, outlet_id: int, year: int) -> list[Evidence]:
    """Return what stands for an outlet in a year, in the order it came."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM evidence WHERE outlet_id = ? AND year = ? AND removed_at IS NULL ORDER BY id",
        [outlet_id, year],
    )
    return [Evidence(**dict(row)) for row in rows]


def hand_in(
    change: Change,
    outlet_id: int,
    year: int,
    subject: str,
    file: File,
    filename: str,
    *,
    number: str = "",
    on_date: date | None = None,
    accepted: bool = False,
) -> Evidence:
    """Take in a file that is kept.

    Raises:
        StoreError: GA376, a file that proves a condition of target 4 needs the number and day of its document.
    """
    number = " ".join(number.split())
    if subject in SUBJECTS and not (number and on_date):
        raise StoreError("GA376", "Xin ghi số, ký hiệu và ngày của văn bản rồi gửi lại kèm tệp.")
    values = {"outlet_id": outlet_id, "year": year, "subject": subject, "file_id": file.id, "filename": filename}
    told = {"number": number, "on_date": on_date, "accepted_by": change.actor if accepted else None}
    id = change.insert("evidence", {**values, **told, "user_id": change.actor, "at": change.at})
    change.note("evidence.hand_in", "evidence", id, outlet=outlet_id, proves=subject, sha256=file.sha256)
    return get(change.db, outlet_id, id)


def accept(change: Change, outlet_id: int, id: int) -> Evidence:
    """Say that a file proves what it was handed in for."""
    get(change.db, outlet_id, id)
    change.update("evidence", id, {"accepted_by": change.actor})
    change.note("evidence.accept", "evidence", id, outlet=outlet_id)
    return get(change.db, outlet_id, id)


def remove(change: Change, outlet_id: int, id: int) -> Evidence:
    """Take a file off the list; it is kept and can be put back."""
    get(change.db, outlet_id, id)
    change.update("evidence", id, {"removed_at": change.at})
    change.note("evidence.remove", "evidence", id, outlet=outlet_id)
    return get(change.db, outlet_id, id)


def put_back(change: Change, outlet_id: int, id: int) -> Evidence:
    """Put a removed file back on the list."""
    get(change.db, outlet_id, id)
    change.update("evidence", id, {"removed_at": None})
    change.note("evidence.put_back", "evidence", id, outlet=outlet_id)
    return get(change.db, outlet_id, id)
