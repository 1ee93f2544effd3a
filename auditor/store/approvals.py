"""What lawyers have approved: rules, and the citations that rules rest on or the desk gives.

An approval holds for the words that were read: their fingerprint is kept with it, and another wording asks again. The
latest line about a rule or a citation counts.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from auditor.errors import StoreError
from auditor.record import Basis, Finding
from auditor.rulebook.lawtext import LawArticle
from auditor.rulebook.loader import Rulebook, load_rulebook, parts_of
from auditor.rulebook.models import Law, Provision, Rule
from auditor.store.database import Change
from auditor.store.users import User
from auditor.store.waiting import Waiting

Subject = Literal["rule", "citation"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A provision as a rule cites it; ``text`` is the article as published, empty where it is not at hand."""

    key: str
    law: Law
    provision: Provision
    article: str
    heading: str
    text: str

    @property
    def basis(self) -> Basis:
        """Return the provision as findings cite it."""
        article, clause, point = parts_of(self.provision.at)
        return Basis(
            law=self.law.number, article=article, clause=clause, point=point, title=self.law.title, short=self.key
        )

    @property
    def fingerprint(self) -> str:
        """Return what names the words a lawyer reads."""
        words = (self.law.number, str(self.law.from_), str(self.law.until), self.provision.says, self.text)
        return _digest("\n".join(words))


@dataclass(frozen=True, slots=True)
class Approval:
    """The latest line about a rule or citation.

    Attributes:
        holds: it approves, and the words are still those that were read.
        reworded: it approves words that have changed since.
    """

    key: str
    holds: bool
    reworded: bool
    note: str
    author: str
    user_id: int
    at: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a rule found something, and how people decided about it."""

    hits: int = 0
    confirmed: int = 0
    dismissed: int = 0

    @property
    def decided(self) -> int:
        """Return how many were confirmed or dismissed; one that waits for advice is neither."""
        return self.confirmed + self.dismissed


@cache
def shipped() -> Rulebook:
    """Return the rulebook that comes with the program."""
    return load_rulebook()


def fingerprint(rule: Rule) -> str:
    """Return what names the wording of a rule, its status aside."""
    return _digest(rule.model_dump_json(exclude={"status"}))


def citations(book: Rulebook, keys: Iterable[str]) -> list[Citation]:
    """Return provisions by their keys (``LBDG:40.1.c``) with the words of the law."""
    texts: dict[tuple[str, str], LawArticle] = {(one.law, one.article): one for one in book.law_articles}
    found = []
    for key in keys:
        short, at = key.split(":", 1)
        law = book.laws[short]
        provision = next(one for one in law.provisions if one.at == at)
        article = at.split(".")[0]
        text = texts.get((short, article))
        words = text.text.replace("**", "") if text else ""
        found.append(Citation(key, law, provision, article, text.title if text else "", words))
    return found


def latest(db: sqlite3.Connection, subject: Subject, wanted: Mapping[str, str]) -> dict[str, Approval]:
    """Return the latest line about each key that has one.

    Args:
        wanted: fingerprints of the present wordings by key.
    """
    rows = db.execute(
        "SELECT key, fingerprint, approved, note, users.name AS author, user_id, approvals.at FROM approvals"
        " JOIN users ON users.id = user_id WHERE approvals.id IN"
        " (SELECT max(id) FROM approvals WHERE subject = ? GROUP BY key)",
        [subject],
    )
    found = {}
    for row in rows:
        if row["key"] in wanted:
            same = row["fingerprint"] == wanted[row["key"]]
            found[row["key"]] = Approval(
                row["key"], bool(row["approved"]) and same, bool(row["approved"]) and not same, row["note"],
                row["author"], row["user_id"], row["at"],
            )  # fmt: skip
    return found


def approve(change: Change, subject: Subject, key: str, read: str, approved: bool, note: str) -> None:
    """Approve a rule or a citation as it was read, or take an approval back.

    Args:
        read: fingerprint of what was on the page.

    Raises:
        StoreError: GA350, the wording is another by now, or the note is missing.
    """
    if not note.strip():
        raise StoreError("GA350", "Xin ghi nhận xét, ví dụ: đã đối chiếu với Công báo.")
    if read != _fingerprints(shipped(), subject).get(key):
        raise StoreError("GA350", "Nội dung đã đổi so với trang đồng chí đọc. Xin tải lại trang, đọc lại rồi duyệt.")
    _write(change, subject, key, read, approved, note.strip())


def undo(change: Change, subject: Subject, key: str) -> None:
    """Make stand again what stood before one's own latest line.

    Raises:
        StoreError: GA340, the latest line is someone else's or there is none.
    """
    rows = change.db.execute(
        "SELECT * FROM approvals WHERE subject = ? AND key = ? ORDER BY id DESC LIMIT 2", [subject, key]
    ).fetchall()
    if not rows or rows[0]["user_id"] != change.actor:
        raise StoreError("GA340", "Chỉ người vừa duyệt mới hoàn tác được việc mình làm.")
    before = rows[1] if len(rows) > 1 else None
    approved = bool(before and before["approved"])
    _write(change, subject, key, (before or rows[0])["fingerprint"], approved, "hoàn tác")


def approved_rules(db: sqlite3.Connection, book: Rulebook | None = None) -> frozenset[str]:
    """Return the ids of the rules approved as they are worded now (in the shipped rulebook by default)."""
    wanted = _fingerprints(book or shipped(), "rule")
    return frozenset(key for key, one in latest(db, "rule", wanted).items() if one.holds)


def reviewed_citations(db: sqlite3.Connection, book: Rulebook | None = None) -> frozenset[str]:
    """Return the keys (``LBDG:40.1.c``) of the citations a lawyer has reviewed as they are worded now."""
    wanted = _fingerprints(book or shipped(), "citation")
    return frozenset(key for key, one in latest(db, "citation", wanted).items() if one.holds)


def marked(finding: Finding, reviewed: frozenset[str]) -> Finding:
    """Return a finding whose citations say whether a lawyer has reviewed them."""
    if not any(one.short in reviewed for one in finding.basis):
        return finding
    basis = tuple(one.model_copy(update={"reviewed": True}) if one.short in reviewed else one for one in finding.basis)
    return finding.model_copy(update={"basis": basis})


def tallies(db: sqlite3.Connection, rule: str | None = None, without: Iterable[int] = ()) -> dict[str, Tally]:
    """Count, by rule, what the machine found and how people decided; carried and added findings are left out.

    Args:
        rule: only this one; all by default.
        without: versions the asking person reads blind.
    """
    which = f"origin = 'machine' AND carried_from IS NULL {'AND rule = :rule' if rule else ''} GROUP BY rule, state"
    select = "SELECT rule, state, count(*) AS n FROM findings"
    counts: dict[str, Counter[str]] = {}
    for row in db.execute(f"{select} INDEXED BY findings_machine WHERE {which}", {"rule": rule}):
        counts.setdefault(row["rule"], Counter())[row["state"]] = row["n"]
    if ids := ", ".join(str(int(id)) for id in without):
        # Few texts are taken out of many findings: counting them apart keeps to the index.
        for row in db.execute(f"{select} WHERE version_id IN ({ids}) AND +{which}", {"rule": rule}):
            counts[row["rule"]][row["state"]] -= row["n"]
    return {key: Tally(one.total(), one["confirmed"], one["dismissed"]) for key, one in counts.items()}


def waiting(db: sqlite3.Connection, user: User) -> list[Waiting]:
    """Return the blocks about rules and citations nobody has approved yet, for who may."""
    if user.role != "legal":
        return []
    rules = len(shipped().rules) - len(approved_rules(db))
    cited = len(_fingerprints(shipped(), "citation")) - len(reviewed_citations(db))
    return [
        Waiting("Quy tắc thử nghiệm", rules, "/quy-tac?xem=pilot", "quy tắc chưa duyệt"),
        Waiting("Căn cứ tham khảo", cited, "/can-cu?xem=pending", "căn cứ chưa duyệt"),
    ]


@cache
def _shipped_fingerprints(subject: Subject) -> Mapping[str, str]:
    return _worked_out(shipped(), subject)


def _fingerprints(book: Rulebook, subject: Subject) -> Mapping[str, str]:
    return _shipped_fingerprints(subject) if book is shipped() else _worked_out(book, subject)


def _worked_out(book: Rulebook, subject: Subject) -> Mapping[str, str]:
    if subject == "rule":
        return {rule.id: fingerprint(rule) for rule in book.rules.values()}
    keys = sorted(f"{law.law}:{one.at}" for law in book.laws.values() for one in law.provisions)
    return {one.key: one.fingerprint for one in citations(book, keys)}


def _write(change: Change, subject: Subject, key: str, read: str, approved: bool, note: str) -> None:
    values = {"subject": subject, "key": key, "fingerprint": read, "approved": int(approved), "note": note}
    change.insert("approvals", {**values, "user_id": change.actor, "at": change.at})
    change.note(f"{subject}.{'approve' if approved else 'withdraw'}", subject, None, key=key, note=note)


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:16]
