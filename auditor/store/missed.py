"""Findings that people add: what the machine missed, or only suspected."""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import get_args

from auditor.documents.clauses import Clause
from auditor.documents.interface import document_of
from auditor.documents.outline import outline
from auditor.errors import StoreError
from auditor.record import AuditRecord, Finding, LocatorRecord, Severity, Suspect
from auditor.reports.wording import place
from auditor.rulebook.loader import Rulebook
from auditor.store import findings, versions
from auditor.store.database import Change
from auditor.store.findings import Reviewed
from auditor.store.users import User
from auditor.store.words import CONFIRMS

LONGEST = 2000
"""Most characters a finding may quote."""


@lru_cache(maxsize=16)
def clauses(text: str) -> tuple[Clause, ...]:
    """Return the clauses of a text in order, so that a person can say in which one something stands."""
    return tuple(clause for clause in outline(document_of(text)) if clause.start < clause.end)


def named(clause: Clause) -> str:
    """Name the place of a clause as readers know it: "Điều 6, khoản 2"."""
    return place(LocatorRecord(**dataclasses.asdict(clause.locator)))


def find(text: str, quote: str, clause_start: int | None = None) -> tuple[int, int]:
    """Find quoted words in a text, or in one of its clauses; spaces and line breaks may differ.

    Raises:
        StoreError: GA348, the words do not stand there, or stand there more than once.
    """
    wanted = "".join(quote.split())
    begin, end = 0, len(text)
    if clause_start is not None:
        begin, end = next(((one.start, one.end) for one in clauses(text) if one.start == clause_start), (begin, end))
    places = [at for at in range(begin, end) if not text[at].isspace()]
    bare = "".join(text[at] for at in places)
    first = bare.find(wanted) if wanted else -1
    if first < 0:
        raise StoreError(
            "GA348", "Không tìm thấy lời trích trong văn bản. Xin chép đúng nguyên văn một câu của điều khoản."
        )
    if bare.find(wanted, first + 1) >= 0:
        raise StoreError("GA348", "Lời trích xuất hiện nhiều lần. Xin chọn điều khoản hoặc trích dài hơn.")
    return places[first], places[first + len(wanted) - 1] + 1


def add(
    change: Change,
    version_id: int,
    user: User,
    book: Rulebook,
    span: tuple[int, int],
    subject: str,
    severity: str,
    reason: str,
) -> Reviewed:
    """Add a finding, confirmed by who adds it where the role may, else put to the law for advice.

    Args:
        span: half-open code-point offsets into the text of the version.
        subject: id of a rule, or a category where no rule fits.
        reason: what the person sees in it; it becomes the message of the finding too.

    Raises:
        StoreError: GA338, the reason is missing; GA349, nothing is marked, or rule or severity are none.
    """
    text = versions.text(change.db, version_id)
    record = versions.record(change.db, version_id)
    start, end = _trimmed(text, span)
    rule = book.rules.get(subject)
    if rule is None and subject not in {one.category for one in book.rules.values()}:
        raise StoreError("GA349", "Xin chọn nhóm hoặc quy tắc cho phát hiện.")
    if severity not in get_args(Severity):
        raise StoreError("GA349", "Xin chọn mức của phát hiện.")
    if not 0 <= start < end <= len(text) or end - start > LONGEST:
        raise StoreError("GA349", f"Xin chọn trong văn bản một đoạn dài không quá {LONGEST} ký tự.")
    finding = Finding.model_validate(
        {
            "id": f"p{secrets.token_hex(6)}", "rule": subject, "category": rule.category if rule else subject,
            "severity": severity, "confidence": 1.0, "start": start, "end": end, "quote": text[start:end],
            "locator": _locator(text, start), "title": rule.title if rule else "Phát hiện do người rà soát bổ sung",
            "message": reason.strip(), "why": rule.why if rule else "", "suggestion": rule.suggestion if rule else "",
            "basis": book.basis(rule, record.as_of if record else date.today()) if rule else (),
            "trace": ("người rà soát đánh dấu đoạn này trong văn bản",),
        }
    )  # fmt: skip
    id = findings.insert(change, version_id, finding, "person")
    change.note("finding.add", "finding", id, version=version_id, rule=subject, severity=severity)
    confirms = severity in CONFIRMS.get(user.role, frozenset())
    return findings.decide(change, id, user, "confirmed" if confirms else "consult", reason)


def remove(change: Change, id: int, user: User) -> int:
    """Take back a finding one has added oneself, and return its version; the audit trail keeps what it was.

    Raises:
        StoreError: GA340, others have dealt with it since, or it is not the person's.
    """
    found = findings.get(change.db, id)
    others = change.db.execute(
        "SELECT EXISTS (SELECT 1 FROM decisions WHERE finding_id = :id AND user_id != :user)"
        " OR EXISTS (SELECT 1 FROM comments WHERE finding_id = :id) OR EXISTS (SELECT 1 FROM waivers"
        " WHERE finding_id = :id) OR EXISTS (SELECT 1 FROM letter_findings WHERE finding_id = :id)"
        " OR NOT EXISTS (SELECT 1 FROM decisions WHERE finding_id = :id AND user_id = :user) AS others",
        {"id": id, "user": user.id},
    ).fetchone()["others"]
    if found.origin != "person" or others:
        raise StoreError("GA340", "Đã có người làm tiếp với phát hiện này nên không gỡ được. Có thể bác bỏ kèm lý do.")
    change.db.execute("DELETE FROM decisions WHERE finding_id = ?", [id])
    change.db.execute("DELETE FROM findings WHERE id = ?", [id])
    change.note("finding.remove", "finding", id, version=found.version_id, finding=found.finding.model_dump_json())
    findings.settle(change, found.version_id)
    return found.version_id


def suspects(record: AuditRecord | None, found: Iterable[Reviewed]) -> list[Suspect]:
    """Return what the machine only suspected in a version and nobody has made a finding of."""
    taken = {(one.finding.start, one.finding.end) for one in found}
    return [one for one in (record.suspects if record else ()) if (one.start, one.end) not in taken]


def _trimmed(text: str, span: tuple[int, int]) -> tuple[int, int]:
    start, end = max(span[0], 0), min(span[1], len(text))
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))


def _locator(text: str, start: int) -> LocatorRecord:
    before = [clause for clause in clauses(text) if clause.start <= start]
    return LocatorRecord(**dataclasses.asdict(before[-1].locator)) if before else LocatorRecord()
