"""Reviews: one version before the people who decide, from the queue to the closing.

A commune clerk finds only the own commune's texts; whatever lies outside is not found.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from auditor.errors import StoreError
from auditor.store import findings, seconds, versions
from auditor.store.database import Change, missing
from auditor.store.history import remember_closing
from auditor.store.users import User
from auditor.store.versions import Version
from auditor.store.words import CLOSES


@dataclass(frozen=True, slots=True)
class Head:
    """A version under review, and where it belongs; the names are empty until a person has filed it.

    Attributes:
        latest: it is the newest text of its regulation, or filed nowhere yet.
        reviewer: who closed the review, empty while it is open.
        comparable: two blind reviews of it have met.
    """

    version: Version
    title: str
    village: str
    commune: str
    latest: bool
    reviewer: str
    comparable: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One decision about a finding, as its history shows it."""

    id: int
    user_id: int
    author: str
    role: str
    decision: str
    severity: str | None
    reason: str
    at: str
    undone_at: str | None


def head(db: sqlite3.Connection, version_id: int, commune: int | None = None) -> Head:
    """Return a version with its place.

    Raises:
        StoreError: GA331, there is no such version in what the person may see.
    """
    row = db.execute(
        "SELECT regulations.title, regulations.version_id AS latest, villages.type || ' ' || villages.name AS village,"
        " communes.type || ' ' || communes.name AS commune, communes.id AS commune_id, uploaders.unit_id AS from_unit,"
        " reviewers.name AS reviewer, compared_at FROM versions"
        " LEFT JOIN regulations ON regulations.id = versions.regulation_id"
        " LEFT JOIN units AS villages ON villages.id = regulations.unit_id"
        " LEFT JOIN units AS communes ON communes.id = villages.parent_id"
        " LEFT JOIN users AS uploaders ON uploaders.id = versions.uploaded_by"
        " LEFT JOIN users AS reviewers ON reviewers.id = versions.reviewed_by WHERE versions.id = ?",
        [version_id],
    ).fetchone()
    if row is None or (commune is not None and commune != (row["commune_id"] or row["from_unit"])):
        raise missing()
    version = versions.get(db, version_id)
    return Head(
        version, row["title"] or version.filename, row["village"] or "", row["commune"] or "",
        row["latest"] in {None, version_id}, row["reviewer"] or "", row["compared_at"] is not None,
    )  # fmt: skip


def history(db: sqlite3.Connection, finding_id: int) -> list[Line]:
    """Return every decision about a finding, also those taken back, the latest first; never a blind one."""
    rows = db.execute(
        "SELECT decisions.id, user_id, users.name AS author, users.role, decision, severity, reason, decisions.at,"
        " undone_at FROM decisions JOIN users ON users.id = user_id WHERE finding_id = ? AND NOT blind"
        " ORDER BY decisions.id DESC",
        [finding_id],
    )
    return [Line(**dict(row)) for row in rows]


def page_images(db: sqlite3.Connection, version_id: int) -> Mapping[int, int]:
    """Return the file of the picture of each page, by page number; nothing for a text that is no scan."""
    rows = db.execute("SELECT number, file_id FROM pages WHERE version_id = ?", [version_id])
    return {row["number"]: row["file_id"] for row in rows}


def lacking(version: Version) -> list[str]:
    """Return in words what a version lacks to count as reviewed; nothing where its verdict stands."""
    if version.verdict == "unreviewed" and version.reading != "audited":
        return ["văn bản chưa được đọc và soát"]
    found = []
    if version.open_findings:
        found.append(f"còn {version.open_findings} phát hiện về giới chưa quyết định")
    if version.verdict == "consulting":
        found.append("còn phát hiện mức S4 chờ pháp chế trả lời")
    if version.reviewed_at is None:
        found.append("chưa có người kết thúc rà soát")
    return found


def close(change: Change, version_id: int, user: User) -> Version:
    """Close the review of a version: from now on its verdict counts.

    Raises:
        StoreError: GA344, this role may not, the text is not audited, or findings are undecided.
    """
    version = versions.get(change.db, version_id)
    if user.role not in CLOSES:
        raise StoreError("GA344", "Việc kết thúc rà soát do rà soát viên hoặc pháp chế làm.")
    if version.reading != "audited":
        raise StoreError("GA344", "Văn bản chưa đọc được nên chưa rà soát được. Xin xem lại tệp đã tải lên.")
    if version.open_findings:
        raise StoreError(
            "GA344",
            f"Còn {version.open_findings} phát hiện về giới chưa quyết định. Xin quyết định hết rồi kết thúc rà soát.",
        )
    remember_closing(change, version_id)
    change.update("versions", version_id, {"reviewed_by": user.id, "reviewed_at": change.at})
    verdict = findings.settle(change, version_id)
    change.note("review.close", "version", version_id, verdict=verdict)
    seconds.compare(change, version_id)
    return versions.get(change.db, version_id)


def reopen(change: Change, version_id: int, user: User) -> Version:
    """Open a closed review again; its verdict is worked out anew.

    Raises:
        StoreError: GA344, this role may not.
    """
    if user.role not in CLOSES:
        raise StoreError("GA344", "Việc mở lại rà soát do rà soát viên hoặc pháp chế làm.")
    remember_closing(change, version_id)
    change.update("versions", version_id, {"reviewed_by": None, "reviewed_at": None})
    verdict = findings.settle(change, version_id)
    change.note("review.reopen", "version", version_id, verdict=verdict)
    return versions.get(change.db, version_id)
