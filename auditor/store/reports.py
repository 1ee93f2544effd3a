"""The yearly reports: drafts that follow the figures of the day, and issued ones that never change again.

An issued report keeps everything it was made of: its figures, its head and signature, the documents behind every
figure, and the very bytes that were sent. Triggers of the database refuse to alter it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from auditor.errors import StoreError
from auditor.store import files
from auditor.store.database import Change, loaded, missing

Kind = Literal["province", "ministry"]
KINDS: dict[Kind, str] = {
    "province": "Báo cáo UBND tỉnh (qua Sở Nội vụ)",
    "ministry": "Dự thảo báo cáo Bộ Văn hóa, Thể thao và Du lịch",
}
DUE: dict[Kind, tuple[int, int]] = {"province": (12, 1), "ministry": (11, 30)}
"""Month and day before which a report of the year is due: the province's plan; what the department works by."""
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Report:
    """A yearly report.

    Attributes:
        narrative: what people wrote: its texts, head and signature.
        made_of: everything the files of an issued one were made of, None while it is a draft.
        sources: ids of the documents behind each figure of an issued one.
        sha256: the hash of the issued docx.
    """

    id: int
    kind: Kind
    year: int
    cut_off: date
    state: str
    number: str
    narrative: Mapping[str, str]
    made_of: Mapping[str, Any] | None
    sources: Mapping[str, Any] | None
    docx_id: int | None
    xlsx_id: int | None
    sha256: str | None
    issued_on: str | None
    at: str

    @property
    def issued(self) -> bool:
        """Whether it is frozen."""
        return self.state == "issued"


_SELECT = (
    "SELECT reports.id, kind, year, cut_off, state, number, narrative, {figures} AS made_of, {sources} AS sources,"
    " docx_id, xlsx_id, files.sha256, issued_on, reports.at FROM reports LEFT JOIN files ON files.id = docx_id"
)
_WHOLE = _SELECT.format(figures="figures", sources="sources")
_LISTED = _SELECT.format(figures="NULL", sources="NULL")


def due(kind: Kind, year: int) -> date:
    """Return the day before which a report is due."""
    return date(year, *DUE[kind])


def days_left(today: date) -> list[tuple[str, int, date]]:
    """Return each yearly report with the days left from today and the day before which it is due next."""
    found = []
    for kind, name in KINDS.items():
        day = due(kind, today.year)
        day = day if day > today else due(kind, today.year + 1)
        found.append((name, (day - today).days, day))
    return found


def get(db: sqlite3.Connection, id: int) -> Report:
    """Return a report by its id.

    Raises:
        StoreError: GA331, there is no such report.
    """
    row = db.execute(f"{_WHOLE} WHERE reports.id = ?", [id]).fetchone()
    if row is None:
        raise missing()
    return _report(row)


def everyone(db: sqlite3.Connection) -> list[Report]:
    """Return all reports, the latest year first, without what they are made of."""
    return [_report(row) for row in db.execute(f"{_LISTED} ORDER BY year DESC, reports.id DESC")]


def begin(change: Change, kind: str, year: int, cut_off: date) -> Report:
    """Begin a draft, or return the one that is under way for that kind and year.

    Raises:
        StoreError: GA381, the kind is none, or the last day counted is not in the year.
    """
    if kind not in KINDS or cut_off.year != year:
        raise StoreError("GA381", f"Xin chọn loại báo cáo và ngày chốt số liệu trong năm {year}.")
    row = change.db.execute(
        "SELECT id FROM reports WHERE kind = ? AND year = ? AND state = 'draft'", [kind, year]
    ).fetchone()
    if row:
        return get(change.db, row["id"])
    values = {"kind": kind, "year": year, "cut_off": cut_off, "state": "draft"}
    id = change.insert("reports", {**values, "user_id": change.actor, "at": change.at})
    change.note("report.begin", "report", id, kind=kind, year=year, cut_off=cut_off.isoformat())
    return get(change.db, id)


def write(change: Change, id: int, cut_off: date, number: str, narrative: Mapping[str, str]) -> Report:
    """Keep what people wrote into a draft.

    Raises:
        StoreError: GA381 the last day counted is not in its year; GA382 the report has been issued.
    """
    report = _draft(change.db, id)
    if cut_off.year != report.year:
        raise StoreError("GA381", f"Ngày chốt số liệu phải trong năm {report.year}.")
    told = {key: words.strip() for key, words in narrative.items() if words.strip()}
    change.update("reports", id, {"cut_off": cut_off, "number": number.strip(), "narrative": told})
    change.note("report.write", "report", id, cut_off=cut_off.isoformat())
    return get(change.db, id)


def issue(
    change: Change, id: int, on: date, made_of: Mapping[str, Any], sources: Mapping[str, Any], docx: bytes, xlsx: bytes
) -> Report:
    """Freeze a draft with everything it is made of and the files that go out.

    Raises:
        StoreError: GA382 it has been issued; GA383 it has no number.
    """
    report = _draft(change.db, id)
    if not report.number:
        raise StoreError("GA383", "Xin ghi số báo cáo trước khi ban hành.")
    name = f"bao-cao-{'ubnd-tinh' if report.kind == 'province' else 'bo-vhttdl'}-{report.year}"
    word = files.keep(change, docx, f"{name}.docx", DOCX)
    sheet = files.keep(change, xlsx, f"{name}.xlsx", XLSX)
    change.update(
        "reports", id,
        {
            "state": "issued", "figures": dict(made_of), "sources": dict(sources), "docx_id": word.id,
            "xlsx_id": sheet.id, "issued_on": on, "issued_by": change.actor,
        },
    )  # fmt: skip
    change.note("report.issue", "report", id, number=report.number, docx=word.sha256, xlsx=sheet.sha256)
    return get(change.db, id)


def discard(change: Change, id: int) -> None:
    """Throw a draft away.

    Raises:
        StoreError: GA382, it has been issued.
    """
    report = _draft(change.db, id)
    change.db.execute("DELETE FROM reports WHERE id = ?", [id])
    change.note("report.discard", "report", id, kind=report.kind, year=report.year, narrative=dict(report.narrative))


def _draft(db: sqlite3.Connection, id: int) -> Report:
    report = get(db, id)
    if report.issued:
        raise StoreError("GA382", "Báo cáo này đã ban hành nên không sửa được nữa. Xin lập báo cáo mới nếu cần thay.")
    return report


def _report(row: sqlite3.Row) -> Report:
    told = {name: loaded(row[name]) for name in ("narrative", "made_of", "sources")}
    return Report(**{**dict(row), **told, "cut_off": date.fromisoformat(row["cut_off"])})
