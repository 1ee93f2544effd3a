"""Findings and what people decided about them.

A finding is suggested until a person confirms it, dismisses it or asks for advice, with a reason. Every decision is
kept; undoing one brings back what stood before. A blind second reviewer's decisions stand beside and change nothing.
"""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from auditor.errors import StoreError
from auditor.record import GENDER_SEVERITIES, Finding
from auditor.store import history
from auditor.store.database import Change, missing
from auditor.store.users import User
from auditor.store.words import CONFIRMS, DISMISSES, Decision, FindingState, Repair, Role, Verdict


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A finding of a version, and where its review stands.

    Attributes:
        finding: the finding of the audit record.
        state: suggested, confirmed, dismissed or consult.
        severity: as confirmed, else as suggested.
        repair: open, recommended or repaired; only confirmed findings are repaired.
    """

    id: int
    version_id: int
    origin: str
    finding: Finding
    state: FindingState
    severity: str
    decided_by: int | None
    decided_at: str | None
    repair: Repair
    carried_from: int | None

    def unjudged(self) -> Reviewed:
        """Return the finding as it was proposed, for a reader who must not see what others decided."""
        return dataclasses.replace(
            self, state="suggested", severity=self.finding.severity, decided_by=None, decided_at=None, repair="open"
        )


CARRIED = "Chuyển từ bản trước"
"""How the reason of a decision begins that was carried over from an earlier text."""
_COLUMNS = "id, version_id, origin, data, state, final_severity, severity, decided_by, decided_at, repair, carried_from"


def replace(change: Change, version_id: int, found: Iterable[Finding]) -> None:
    """Put in the findings of an audit in place of those of an earlier one.

    Raises:
        StoreError: GA337, people have already decided findings of this version.
    """
    decided = "SELECT 1 FROM decisions JOIN findings ON findings.id = finding_id WHERE version_id = ? LIMIT 1"
    if change.db.execute(decided, [version_id]).fetchone():
        raise StoreError("GA337", "Văn bản này đã có người rà soát nên không soát lại được. Hãy tải lên một bản mới.")
    change.db.execute("DELETE FROM findings WHERE version_id = ?", [version_id])
    for finding in found:
        insert(change, version_id, finding, "machine")


def insert(change: Change, version_id: int, finding: Finding, origin: str) -> int:
    """Put in one finding and return its id."""
    values = {"version_id": version_id, "key": finding.id, "origin": origin, "rule": finding.rule}
    place = {"start": finding.start, "end": finding.end, "data": finding.model_dump_json(), "at": change.at}
    judged = {"category": finding.category, "severity": finding.severity, "confidence": finding.confidence}
    return change.insert("findings", {**values, **judged, **place})


def get(db: sqlite3.Connection, id: int) -> Reviewed:
    """Return a finding by its id.

    Raises:
        StoreError: GA331, there is no such finding.
    """
    row = db.execute(f"SELECT {_COLUMNS} FROM findings WHERE id = ?", [id]).fetchone()
    if row is None:
        raise missing()
    return _reviewed(row)


def of_version(db: sqlite3.Connection, version_id: int) -> list[Reviewed]:
    """Return the findings of a version in the order of the text."""
    rows = db.execute(f"SELECT {_COLUMNS} FROM findings WHERE version_id = ? ORDER BY start, end, id", [version_id])
    return [_reviewed(row) for row in rows]


def decide(
    change: Change, id: int, user: User, decision: Decision, reason: str, *, severity: str | None = None
) -> Reviewed:
    """Decide a finding; the latest decision counts.

    Raises:
        StoreError: GA338, the reason is missing; GA339, this role may not decide so about a finding of this severity;
            GA347, the person is reading the text blind.
    """
    found = get(change.db, id)
    _not_blind(change.db, found.version_id, user)
    final = (severity or found.finding.severity) if decision == "confirmed" else None
    check(user.role, found.finding.severity, decision, final, reason)
    before = _latest(change.db, id)
    if before and before["user_id"] != user.id and not _may_follow(user.role, found):
        raise StoreError(
            "GA339",
            f"Phát hiện mức {found.severity} này do người có thẩm quyền về pháp luật quyết định. "
            "Nếu thấy cần xem lại, hãy ghi ý kiến trao đổi.",
        )
    values = {"finding_id": id, "user_id": user.id, "decision": decision, "severity": final, "reason": reason.strip()}
    change.insert("decisions", {**values, "at": change.at})
    change.note(f"finding.{decision}", "finding", id, severity=final, version=found.version_id)
    return _restate(change, found)


def levels(role: Role, suggested: str) -> tuple[str, ...]:
    """Return the severities a role may confirm a finding at, none where what is suggested is beyond the role."""
    allowed = CONFIRMS.get(role, frozenset())
    return tuple(level for level in ("S4", "S4x", "S3", "S2", "S1") if level in allowed) if suggested in allowed else ()


def check(role: Role, suggested: str, decision: Decision, final: str | None, reason: str) -> None:
    """See to it that a role may decide so, and says why.

    Raises:
        StoreError: GA338, the reason is missing; GA339, this role may not decide so about a finding of this severity.
    """
    if not reason.strip():
        raise StoreError("GA338", "Xin ghi lý do của quyết định, ví dụ: điều khoản chỉ nhắc lại tục cũ đã bỏ.")
    if decision == "confirmed" and final not in levels(role, suggested):
        raise StoreError(
            "GA339",
            f"Vai trò của đồng chí không xác nhận được mức {final} cho phát hiện này. "
            "Hãy chọn “Cần tham vấn” để chuyển cho pháp chế.",
        )
    if decision == "dismissed" and suggested not in DISMISSES.get(role, frozenset()):
        raise StoreError(
            "GA339",
            "Vai trò của đồng chí không bác bỏ được phát hiện của máy. Hãy chọn “Cần tham vấn” và ghi ý kiến của xã.",
        )


def undo(change: Change, id: int, user: User) -> Reviewed:
    """Take back one's own latest decision about a finding; what stood before stands again.

    Raises:
        StoreError: GA340, the latest decision is someone else's or there is none.
    """
    row = _latest(change.db, id)
    if row is None or row["user_id"] != user.id:
        raise StoreError("GA340", "Chỉ người vừa quyết định mới hoàn tác được quyết định của mình.")
    change.update("decisions", row["id"], {"undone_at": change.at})
    change.note("finding.undo", "finding", id, decision=row["decision"])
    return _restate(change, get(change.db, id))


def carry(change: Change, id: int, from_id: int) -> tuple[Reviewed, int]:
    """Give a finding the latest decision about one of an earlier text: the same person's, marked as carried over.

    Returns:
        The finding as it stands then, and the id of the decision.

    Raises:
        StoreError: GA331, there is no decision to carry.
    """
    row = _latest(change.db, from_id)
    if row is None:
        raise missing()
    found, old = get(change.db, id), get(change.db, from_id)
    reason = row["reason"] if row["reason"].startswith(CARRIED) else f"{CARRIED}: {row['reason']}"
    values = {"finding_id": id, "user_id": row["user_id"], "decision": row["decision"], "severity": row["severity"]}
    decision = change.insert("decisions", {**values, "reason": reason, "at": change.at})
    change.update(
        "findings", id, {"carried_from": from_id, "repair": "open" if old.repair == "repaired" else old.repair}
    )
    change.note("finding.carry", "finding", id, carried_from=from_id, decision=row["decision"])
    return _restate(change, found), decision


def uncarry(change: Change, id: int, decision: int) -> Reviewed:
    """Take back a decision that was carried over."""
    change.update("decisions", decision, {"undone_at": change.at})
    change.update("findings", id, {"carried_from": None, "repair": "open"})
    change.note("finding.uncarry", "finding", id)
    return _restate(change, get(change.db, id))


def settle(change: Change, version_id: int) -> Verdict:
    """Work out the verdict of a version from its findings and keep it with the version.

    A confirmed S4 that is not repaired makes it ``discriminating``; else an S4 waiting for advice ``consulting``; else
    it is ``clean`` only where a person has closed the review and nothing came up since, and ``unreviewed`` as long as
    nobody has.
    """
    gender = ", ".join(f"'{level}'" for level in GENDER_SEVERITIES)
    row = change.db.execute(
        f"SELECT coalesce(sum(state = 'suggested' AND severity IN ({gender})), 0) AS open,"
        " coalesce(sum(state = 'confirmed' AND final_severity = 'S4' AND repair != 'repaired'), 0) AS s4,"
        " coalesce(sum(state = 'consult'), 0) AS consults,"
        " coalesce(sum(state = 'consult' AND severity = 'S4'), 0) AS consult FROM findings WHERE version_id = ?",
        [version_id],
    ).fetchone()
    closed = change.db.execute("SELECT reviewed_at FROM versions WHERE id = ?", [version_id]).fetchone()["reviewed_at"]
    verdict: Verdict = "clean" if closed and not row["open"] else "unreviewed"
    if row["s4"] or row["consult"]:
        verdict = "discriminating" if row["s4"] else "consulting"
    counts = {"open_findings": row["open"], "s4_open": row["s4"], "consults": row["consults"]}
    change.update("versions", version_id, {"verdict": verdict, **counts})
    return verdict


def _not_blind(db: sqlite3.Connection, version_id: int, user: User) -> None:
    row = db.execute("SELECT second_id, second_at FROM versions WHERE id = ?", [version_id]).fetchone()
    if row and row["second_id"] == user.id and row["second_at"] is None:
        raise StoreError("GA347", "Đồng chí đang rà soát lần hai văn bản này nên chưa tham gia lần rà soát đầu.")


def _may_follow(role: Role, found: Reviewed) -> bool:
    """Say whether a role may decide after someone else: what stands confirmed or asks the law is not for everyone."""
    return found.state == "dismissed" or found.severity in CONFIRMS.get(role, ())


def _restate(change: Change, found: Reviewed) -> Reviewed:
    """Make a finding say what the latest decision about it says, keep what it said before, and settle its version."""
    history.remember(change, found.id, found.state, found.severity, found.decided_at)
    row = _latest(change.db, found.id)
    state = row["decision"] if row else "suggested"
    change.update(
        "findings", found.id,
        {
            "state": state, "final_severity": row["severity"] if row else None,
            "decided_by": row["user_id"] if row else None, "decided_at": row["at"] if row else None,
        },
    )  # fmt: skip
    settle(change, found.version_id)
    return get(change.db, found.id)


def _latest(db: sqlite3.Connection, id: int) -> sqlite3.Row | None:
    row: sqlite3.Row | None = db.execute(
        "SELECT * FROM decisions WHERE finding_id = ? AND undone_at IS NULL AND NOT blind ORDER BY id DESC LIMIT 1",
        [id],
    ).fetchone()
    return row


def _reviewed(row: sqlite3.Row) -> Reviewed:
    return Reviewed(
        row["id"], row["version_id"], row["origin"], Finding.model_validate_json(row["data"]), row["state"],
        row["final_severity"] or row["severity"], row["decided_by"], row["decided_at"], row["repair"],
        row["carried_from"],
    )  # fmt: skip
