"""What people decided about an old text, carried over to the new one.

Where a clause stands as it was, the decision about a finding goes to its match in the new text (same rule, same words);
what was confirmed there and the machine no longer finds is copied, for the clause has not changed. Where the clause was
removed or edited and nothing of the kind is found in it any more, the finding is proposed as repaired. Nothing of this
happens by itself: a person asks for it, and can take it back.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from auditor.documents.compare import Comparison, compare
from auditor.documents.interface import document_of
from auditor.errors import StoreError
from auditor.store import findings, history, letters, versions
from auditor.store.database import Change
from auditor.store.findings import Reviewed
from auditor.store.users import User
from auditor.store.versions import Version
from auditor.store.words import CONFIRMS

Kind = Literal["carry", "copy", "repaired", "look", "gone", "done"]


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a decided finding of the old text.

    Attributes:
        kind: ``carry`` its decision to ``new``; ``copy`` it, for its clause stands; propose it as ``repaired``;
            ``look``, the clause was edited and something of the kind is still found; ``gone``, nothing needs doing;
            ``done``.
        change: what became of its clause: same, moved, edited or removed.
        new: the finding of the new text it belongs to.
        span: where its words stand in the new text.
    """

    old: Reviewed
    kind: Kind
    change: str
    new: Reviewed | None = None
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Two versions compared, the findings of both, and the fates of those of the old one, in the order of the texts."""

    old: Version
    new: Version
    comparison: Comparison
    fates: tuple[Fate, ...]
    before: tuple[Reviewed, ...]
    after: tuple[Reviewed, ...]

    def of_kind(self, *kinds: Kind) -> list[Fate]:
        """Return the fates of some kinds."""
        return [fate for fate in self.fates if fate.kind in kinds]


def plan(db: sqlite3.Connection, old: Version, new: Version) -> Plan:
    """Compare two versions of a regulation and say what becomes of the decided findings of the old one."""
    comparison = _compared(versions.text(db, old.id), versions.text(db, new.id))
    before, after = findings.of_version(db, old.id), findings.of_version(db, new.id)
    known = {one.carried_from: one for one in after if one.carried_from is not None}
    taken: set[int] = set()
    fates = []
    for one in before:
        if one.state == "suggested":
            continue
        fate = _fate(one, comparison, after, known, taken)
        if fate.new is not None and fate.kind == "carry":
            taken.add(fate.new.id)
        fates.append(fate)
    return Plan(old, new, comparison, tuple(fates), tuple(before), tuple(after))


def carry(change: Change, found: Plan) -> tuple[int, int]:
    """Carry all decisions over that can be.

    Returns:
        How many were carried, and the line of the audit trail that :func:`undo` takes.
    """
    carried, copied = [], []
    for fate in found.of_kind("carry", "copy"):
        id = fate.new.id if fate.new else _copied(change, found.new, fate)
        copied += [] if fate.new else [id]
        _, decision = findings.carry(change, id, fate.old.id)
        carried.append([id, decision])
    findings.settle(change, found.new.id)
    return len(carried), _line(change, "version.carry", found.new.id, carried=carried, copied=copied)


def repair(change: Change, found: Plan, ids: Iterable[int], user: User) -> tuple[int, int]:
    """Confirm that findings of the old text are repaired by the new one; letters all of whose findings are get closed.

    Returns:
        How many findings, and the line of the audit trail that :func:`undo` takes.

    Raises:
        StoreError: GA369, none was chosen, or one is not proposed as repaired; GA339, the person may not confirm
            findings of that severity and so may not say that they are repaired.
    """
    chosen = set(ids)
    proposed = {fate.old.id for fate in found.of_kind("repaired")}
    if not chosen or not chosen <= proposed:
        raise StoreError("GA369", "Xin chọn trong các phát hiện được đề xuất là đã sửa rồi xác nhận lại.")
    whole = _with_origins(change.db, chosen)
    beyond = sorted({one.severity for one in whole} - may_repair(user))
    if beyond:
        raise StoreError("GA339", f"Vai trò của đồng chí không xác nhận được đã sửa phát hiện mức {', '.join(beyond)}.")
    before = [[one.id, one.repair] for one in whole]
    for one in whole:
        change.update("findings", one.id, {"repair": "repaired"})
        change.note("finding.repaired", "finding", one.id, by_version=found.new.id)
    closed = letters.close_repaired(change, [one.id for one in whole])
    for version in {one.version_id for one in whole}:
        findings.settle(change, version)
    return len(chosen), _line(change, "version.repair", found.new.id, before=before, closed=closed)


def may_repair(user: User) -> frozenset[str]:
    """Return the severities of the findings a person may confirm as repaired."""
    return CONFIRMS.get(user.role, frozenset())


def undo(change: Change, version_id: int, line: int) -> None:
    """Take back what the same person carried over or confirmed as repaired for a version.

    Raises:
        StoreError: GA340, it was someone else, there is nothing to take back, or a letter that was sent tells of it.
    """
    row = change.db.execute(
        "SELECT action, data FROM trail WHERE id = ? AND subject = 'version' AND subject_id = ? AND actor IS ?"
        " AND action IN ('version.carry', 'version.repair')",
        [line, version_id, change.actor],
    ).fetchone()
    if (
        row is None
        or change.db.execute(
            "SELECT 1 FROM trail WHERE action = 'version.undo' AND subject_id = ? AND data = ?",
            [version_id, json.dumps({"line": line})],
        ).fetchone()
    ):
        raise StoreError("GA340", "Chỉ người vừa làm mới hoàn tác được việc của mình, và chỉ một lần.")
    data = json.loads(row["data"])
    if row["action"] == "version.carry":
        for id, decision in data["carried"]:
            if told := letters.telling(change.db, id):
                raise StoreError(
                    "GA340",
                    f"Kiến nghị số {told[0].number} đã gửi nêu một phát hiện được chuyển sang nên không hoàn tác cả"
                    " loạt được. Xin hoàn tác từng phát hiện ở trang rà soát.",
                )
            findings.uncarry(change, id, decision)
        _drop(change, data["copied"])
        touched = {version_id}
    else:
        for letter in data["closed"]:
            letters.undo(change, letter)
        for id, before in data["before"]:
            if before != "repaired":
                history.remember_repair(change, id)
            change.update("findings", id, {"repair": before})
        touched = {findings.get(change.db, id).version_id for id, _ in data["before"]}
    for version in touched:
        findings.settle(change, version)
    change.note("version.undo", "version", version_id, line=line)


@lru_cache(maxsize=8)
def _compared(old: str, new: str) -> Comparison:
    """Compare two texts; a page that shows them is asked for several times in a row."""
    return compare(document_of(old), document_of(new))


def _fate(
    one: Reviewed, comparison: Comparison, after: Sequence[Reviewed], known: dict[int, Reviewed], taken: set[int]
) -> Fate:
    became = comparison.carried(one.finding.start, one.finding.end)
    if one.id in known or one.repair == "repaired":
        return Fate(one, "done", became.change, known.get(one.id), became.span)
    if became.change in {"same", "moved"} and became.span is not None:
        for new in after:
            if new.finding.rule == one.finding.rule and new.id not in taken and _meets(new, [became.span]):
                return Fate(one, "carry" if new.state == "suggested" else "done", became.change, new, became.span)
        return Fate(one, "gone" if one.state == "dismissed" else "copy", became.change, None, became.span)
    if one.state != "confirmed":
        return Fate(one, "gone", became.change)
    there = _new_places(one, comparison)
    alike = [new for new in after if new.finding.category == one.finding.category and new.state != "dismissed"]
    left = next((new for new in alike if _meets(new, there)), None)
    return Fate(one, "look" if left else "repaired", became.change, left, became.span)


def _new_places(one: Reviewed, comparison: Comparison) -> list[tuple[int, int]]:
    """Return the clauses of the new text that those of a finding became."""
    start, end = one.finding.start, one.finding.end
    return [
        (pair.new.start, pair.new.end)
        for pair in comparison.pairs
        if pair.old and pair.new and pair.old.start < end and start < pair.old.end
    ]


def _meets(one: Reviewed, places: Iterable[tuple[int, int]]) -> bool:
    return any(one.finding.start < end and start < one.finding.end for start, end in places)


def _copied(change: Change, version: Version, fate: Fate) -> int:
    """Put a finding whose clause stands into the new version, at its new place."""
    assert fate.span is not None, "only findings whose words stand are copied"
    start, end = fate.span
    words = versions.text(change.db, version.id)[start:end]
    placed = fate.old.finding.model_copy(
        update={"id": f"p{fate.old.id}-{version.id}", "start": start, "end": end, "quote": words, "region": None}
    )
    return findings.insert(change, version.id, placed, "person")


def _drop(change: Change, ids: Sequence[int]) -> None:
    """Take out findings that were copied and are taken back, unless people have worked on them since.

    Raises:
        StoreError: GA340, they have.
    """
    used = "SELECT 1 FROM decisions WHERE finding_id = :id AND undone_at IS NULL UNION ALL"
    used += (
        " SELECT 1 FROM letter_findings WHERE finding_id = :id UNION ALL SELECT 1 FROM comments WHERE finding_id = :id"
    )
    for id in ids:
        if change.db.execute(used, {"id": id}).fetchone():
            raise StoreError("GA340", "Đã có người làm tiếp trên phát hiện chuyển sang nên không hoàn tác được nữa.")
        change.db.execute("DELETE FROM decisions WHERE finding_id = ?", [id])
        change.db.execute("DELETE FROM findings WHERE id = ?", [id])


def _with_origins(db: sqlite3.Connection, ids: Iterable[int]) -> list[Reviewed]:
    """Return findings and all those they were carried from, whose letters ask for the same."""
    found: dict[int, Reviewed] = {}
    waiting = list(ids)
    while waiting:
        one = findings.get(db, waiting.pop())
        if one.id not in found:
            found[one.id] = one
            waiting += [one.carried_from] if one.carried_from is not None else []
    return [found[id] for id in sorted(found)]


def _line(change: Change, action: str, version_id: int, **data: Any) -> int:
    change.note(action, "version", version_id, **data)
    return int(change.db.execute("SELECT max(id) AS id FROM trail").fetchone()["id"])
