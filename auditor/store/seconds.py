"""Blind second reviews: a share of the texts is decided by two people who see nothing of each other.

Which texts is worked out from their bytes, so that nobody chooses. The two meet when both have finished; what either
decided until that moment was decided alone and is what their agreement is counted from.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from auditor.errors import StoreError
from auditor.store import findings, settings
from auditor.store.database import Change
from auditor.store.findings import Reviewed
from auditor.store.users import User
from auditor.store.words import Decision

SHARE = 10
"""Percentage of texts that are read twice, unless it was set otherwise."""
_SETTING = "second_share"


@dataclass(frozen=True, slots=True)
class Veil:
    """What a person reads blind and must be told nothing of: whole regulations, for decisions move between their texts.

    Attributes:
        versions: the texts read blind, and all others of their regulations.
    """

    regulations: frozenset[int] = frozenset()
    versions: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.versions)

    def check(self, version_id: int) -> None:
        """See to it that a page about a version tells its visitor nothing.

        Raises:
            StoreError: GA347, the version lies under the veil.
        """
        if version_id in self.versions:
            raise veiled()


def veiled() -> StoreError:
    """Return the answer to someone who asks for what they must not see yet."""
    return StoreError(
        "GA347",
        "Đồng chí đang rà soát lần hai hồ sơ này. Để hai lần rà soát độc lập, nội dung ở đây chưa hiện. Xin kết thúc"
        " lần rà soát của mình rồi mở lại.",
    )


@dataclass(frozen=True, slots=True)
class Judged:
    """What a person decided about a finding."""

    decision: str
    severity: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A finding that two people decided without seeing each other; None where one did not."""

    finding: Reviewed
    first: Judged | None
    second: Judged | None

    @property
    def alike(self) -> bool:
        """Say whether both decided the same; how grave they hold it does not matter here."""
        return self.first is not None and self.second is not None and self.first.decision == self.second.decision


def share(db: sqlite3.Connection) -> int:
    """Return the percentage of texts that are read twice."""
    return int(settings.get(db, _SETTING, SHARE))


def set_share(change: Change, percentage: int) -> None:
    """Set the percentage of texts, from now on, that are read twice.

    Raises:
        StoreError: GA345, it is not between 0 and 100.
    """
    if not 0 <= percentage <= 100:
        raise StoreError("GA345", "Tỷ lệ rà soát hai lần là một số từ 0 đến 100. Xin ghi lại.")
    settings.put(change, _SETTING, percentage)


def drawn(sha256: str, percentage: int) -> bool:
    """Say whether a text is among those read twice: the same bytes are always drawn, or never."""
    place = int.from_bytes(hashlib.sha256(f"second|{sha256}".encode()).digest()[:8], "big")
    return place < percentage * 2**64 // 100


def choose(change: Change, version_id: int) -> None:
    """Mark a version that was audited for a second review, where it is drawn."""
    row = change.db.execute(
        "SELECT sha256 FROM versions JOIN files ON files.id = file_id WHERE versions.id = ?", [version_id]
    ).fetchone()
    change.update("versions", version_id, {"wants_second": int(drawn(row["sha256"], share(change.db)))})


def under_way(db: sqlite3.Connection, version_id: int, user: User) -> bool:
    """Say whether a person is reading a version blind, so that nothing of the first review may be shown to them."""
    row = db.execute("SELECT second_id, second_at FROM versions WHERE id = ?", [version_id]).fetchone()
    return row is not None and row["second_id"] == user.id and row["second_at"] is None


def veil(db: sqlite3.Connection, user: User) -> Veil:
    """Return what a person reads blind now, nothing for most people at most times."""
    rows = db.execute(
        "SELECT id, regulation_id FROM versions WHERE wants_second = 1 AND second_at IS NULL AND reading = 'audited'"
        " AND second_id = ?",
        [user.id],
    ).fetchall()
    kept = frozenset(row["regulation_id"] for row in rows if row["regulation_id"] is not None)
    marks = ", ".join("?" for _ in kept)
    others = db.execute(f"SELECT id FROM versions WHERE regulation_id IN ({marks})", [*kept]) if kept else ()
    return Veil(kept, frozenset(row["id"] for row in (*rows, *others)))


def take(change: Change, version_id: int, user: User) -> None:
    """Become the second reader of a version.

    Raises:
        StoreError: GA346, it asks for none, somebody else is, or the person knows the first review.
    """
    row = change.db.execute(
        "SELECT wants_second, second_id, second_at, reading,"
        " EXISTS (SELECT 1 FROM findings JOIN decisions ON finding_id = findings.id WHERE version_id = versions.id"
        " AND NOT blind AND decisions.user_id = :user) OR EXISTS (SELECT 1 FROM comments"
        " WHERE comments.version_id = versions.id AND comments.user_id = :user) AS knows FROM versions WHERE id = :id",
        {"id": version_id, "user": user.id},
    ).fetchone()
    if row is None or not row["wants_second"] or row["reading"] != "audited" or row["knows"]:
        raise StoreError(
            "GA346", "Văn bản này không cần rà soát lần hai, hoặc đồng chí đã tham gia rà soát lần đầu. Xin chọn khác."
        )
    if row["second_id"] == user.id and row["second_at"] is None:
        return
    if row["second_id"] is not None:
        raise StoreError("GA346", "Đã có người nhận rà soát lần hai văn bản này. Xin chọn văn bản khác.")
    change.update("versions", version_id, {"second_id": user.id})
    change.note("second.take", "version", version_id)


def proposed(db: sqlite3.Connection, version_id: int) -> list[Reviewed]:
    """Return what both reviewers are shown: the findings of the machine, as if nobody had decided anything."""
    return [one.unjudged() for one in findings.of_version(db, version_id) if one.origin == "machine"]


def decide(
    change: Change, id: int, user: User, decision: Decision, reason: str, *, severity: str | None = None
) -> None:
    """Decide a finding blind; the finding and its verdict stay as they are.

    Raises:
        StoreError: GA338 and GA339 as :func:`auditor.store.findings.decide`; GA347, the person is not its reader.
    """
    found = findings.get(change.db, id)
    if not under_way(change.db, found.version_id, user) or found.origin != "machine":
        raise StoreError("GA347", "Lần rà soát này đã xong hoặc do người khác nhận nên không ghi thêm được quyết định.")
    final = (severity or found.finding.severity) if decision == "confirmed" else None
    findings.check(user.role, found.finding.severity, decision, final, reason)
    undo(change, id, user)
    values = {"finding_id": id, "user_id": user.id, "decision": decision, "severity": final, "reason": reason.strip()}
    change.insert("decisions", {**values, "blind": 1, "at": change.at})
    change.note("second.decide", "finding", id, version=found.version_id)


def undo(change: Change, id: int, user: User) -> None:
    """Take back one's own blind decision, where there is one and the reading is not finished."""
    if under_way(change.db, findings.get(change.db, id).version_id, user):
        change.db.execute(
            "UPDATE decisions SET undone_at = ? WHERE finding_id = ? AND user_id = ? AND blind AND undone_at IS NULL",
            [change.at, id, user.id],
        )


def blind(db: sqlite3.Connection, version_id: int) -> dict[int, Judged]:
    """Return what the second reader decided, by finding."""
    rows = db.execute(
        "SELECT finding_id, decision, decisions.severity, reason FROM findings JOIN decisions"
        " ON finding_id = findings.id WHERE version_id = ? AND blind AND undone_at IS NULL",
        [version_id],
    )
    return {row["finding_id"]: Judged(row["decision"], row["severity"], row["reason"]) for row in rows}


def finish(change: Change, version_id: int, user: User) -> None:
    """Finish a second review.

    Raises:
        StoreError: GA347, it is not the person's, or findings are undecided.
    """
    if not under_way(change.db, version_id, user):
        raise StoreError("GA347", "Lần rà soát này đã xong hoặc do người khác nhận. Xin chọn văn bản khác.")
    left = len(proposed(change.db, version_id)) - len(blind(change.db, version_id))
    if left:
        raise StoreError("GA347", f"Còn {left} phát hiện chưa quyết định. Xin quyết định hết rồi kết thúc.")
    change.update("versions", version_id, {"second_at": change.at})
    change.note("second.finish", "version", version_id)
    compare(change, version_id)


def compare(change: Change, version_id: int) -> None:
    """Let two reviews meet where both are finished; the moment is kept and does not move again."""
    change.db.execute(
        "UPDATE versions SET compared_at = ? WHERE id = ? AND compared_at IS NULL AND second_at IS NOT NULL"
        " AND reviewed_at IS NOT NULL",
        [change.at, version_id],
    )


def pairs(db: sqlite3.Connection, version_id: int) -> list[Pair]:
    """Return what both decided about each proposed finding; nothing before the two reviews have met."""
    first = dict(_first(db, [version_id]))
    if not _met(db, version_id):
        return []
    second = blind(db, version_id)
    return [
        Pair(one, first.get(one.id), second.get(one.id))
        for one in findings.of_version(db, version_id)
        if one.origin == "machine"
    ]


def all_pairs(db: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return (decision of the first, of the second) for every finding two people decided without seeing each other."""
    ids = [row["id"] for row in db.execute("SELECT id FROM versions WHERE compared_at IS NOT NULL")]
    first = dict(_first(db, ids))
    found: list[tuple[str, str]] = []
    for id in ids:
        both = ((first[key].decision, judged.decision) for key, judged in blind(db, id).items() if key in first)
        found.extend(both)
    return found


def doubles(db: sqlite3.Connection) -> list[tuple[int, str, str]]:
    """Return id, title and moment of the versions whose two reviews have met, the latest first; at most 100."""
    rows = db.execute(
        "SELECT versions.id, coalesce(title, filename) AS title, compared_at FROM versions"
        " LEFT JOIN regulations ON regulations.id = regulation_id WHERE compared_at IS NOT NULL"
        " ORDER BY compared_at DESC LIMIT 100"
    )
    return [(row["id"], row["title"], row["compared_at"]) for row in rows]


def _met(db: sqlite3.Connection, version_id: int) -> bool:
    row = db.execute("SELECT compared_at FROM versions WHERE id = ?", [version_id]).fetchone()
    return row is not None and row["compared_at"] is not None


def _first(db: sqlite3.Connection, ids: Iterable[int]) -> Iterable[tuple[int, Judged]]:
    """Yield what the first reviewer had decided about each finding when the two reviews met."""
    for id in ids:
        rows = db.execute(
            "SELECT finding_id, decision, decisions.severity, reason, min(decisions.id) FROM versions"
            " JOIN findings ON findings.version_id = versions.id JOIN decisions ON finding_id = findings.id"
            " WHERE versions.id = ? AND origin = 'machine' AND NOT blind AND decisions.at <= compared_at"
            " AND (undone_at IS NULL OR undone_at > compared_at) AND user_id != second_id GROUP BY finding_id",
            [id],
        )
        for row in rows:
            yield row["finding_id"], Judged(row["decision"], row["severity"], row["reason"])
