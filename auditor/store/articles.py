"""Articles of a measurement, and what people decided about their findings."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from auditor.errors import StoreError
from auditor.indicators.views import Decisions, RecordView
from auditor.record import GENDER_SEVERITIES, AuditRecord, Finding
from auditor.store.database import Change, loaded, missing

Choice = Literal["all", "open", "decided"]
CHOICES: dict[Choice, str] = {
    "open": "chưa quyết định",
    "decided": "đã quyết định",
    "all": "tất cả bài có phát hiện",
}


@dataclass(frozen=True, slots=True)
class Said:
    """A finding of an article and its decision, None while nobody has decided."""

    finding: Finding
    decision: str | None


@dataclass(frozen=True, slots=True)
class Article:
    """An article with its gender findings."""

    id: int
    key: str
    title: str | None
    published_on: str | None
    findings: tuple[Said, ...]
    reason: str

    @property
    def undecided(self) -> int:
        """How many findings nobody has decided."""
        return sum(one.decision is None for one in self.findings)


_COLUMNS = "id, key, title, published_on, record"
_LATEST = (
    "SELECT article_id, finding, decision, reason, max(id) AS latest FROM article_decisions WHERE undone_at IS NULL"
)
# An article is decided where as many findings have a standing decision as it has.
_DECIDED = (
    "(SELECT count(DISTINCT finding) FROM article_decisions WHERE article_id = articles.id AND undone_at IS NULL)"
)
_WHERE = {
    "all": "scan_id = ? AND suspect > 0",
    "open": f"scan_id = ? AND suspect > 0 AND {_DECIDED} < suspect",
    "decided": f"scan_id = ? AND suspect > 0 AND {_DECIDED} >= suspect",
}


def count(db: sqlite3.Connection, scan_id: int, choice: Choice = "all") -> int:
    """Count the articles of a measurement that have findings."""
    return int(db.execute(f"SELECT count(*) FROM articles WHERE {_WHERE[choice]}", [scan_id]).fetchone()[0])


def of_scan(db: sqlite3.Connection, scan_id: int, choice: Choice, limit: int, offset: int) -> list[Article]:
    """Return articles of a measurement that have findings, by id."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM articles WHERE {_WHERE[choice]} ORDER BY id LIMIT ? OFFSET ?",
        [scan_id, limit, offset],
    ).fetchall()
    return [_article(db, row) for row in rows]


def get(db: sqlite3.Connection, id: int, *, outlet_id: int) -> Article:
    """Return an article of an outlet.

    Raises:
        StoreError: GA331, the outlet has no such article.
    """
    row = db.execute(f"SELECT {_COLUMNS} FROM articles WHERE id = ? AND outlet_id = ?", [id, outlet_id]).fetchone()
    if row is None:
        raise missing()
    return _article(db, row)


def decide(change: Change, article: Article, decisions: Mapping[str, str], reason: str) -> int:
    """Decide findings of an article, by their ids; return how many decisions that changed.

    Raises:
        StoreError: GA379, a finding is not the article's, or a decision is none.
    """
    known = {one.finding.id: one.decision for one in article.findings}
    changed = 0
    for id, decision in decisions.items():
        if id not in known or decision not in {"confirmed", "dismissed"}:
            raise StoreError("GA379", "Phát hiện này không thuộc bài báo đang mở. Xin tải lại trang rồi làm lại.")
        if known[id] != decision:
            values = {"article_id": article.id, "finding": id, "decision": decision, "reason": reason.strip()}
            change.insert("article_decisions", {**values, "user_id": change.actor, "at": change.at})
            changed += 1
    if changed:
        change.note("article.decide", "article", article.id, decisions=dict(decisions))
    return changed


def undo(change: Change, article_id: int) -> None:
    """Take back the latest decisions somebody took about an article in one go.

    Raises:
        StoreError: GA340, the latest decision is someone else's or there is none.
    """
    row = change.db.execute(
        "SELECT user_id, at FROM article_decisions WHERE article_id = ? AND undone_at IS NULL ORDER BY id DESC LIMIT 1",
        [article_id],
    ).fetchone()
    if row is None or row["user_id"] != change.actor:
        raise StoreError("GA340", "Chỉ người vừa quyết định mới hoàn tác được quyết định của mình.")
    change.db.execute(
        "UPDATE article_decisions SET undone_at = ? WHERE article_id = ? AND at = ? AND undone_at IS NULL",
        [change.at, article_id, row["at"]],
    )
    change.note("article.undo", "article", article_id)


def views(db: sqlite3.Connection, scan_id: int) -> Iterator[RecordView]:
    """Yield the records of a measurement as the indicators read them."""
    for row in db.execute("SELECT record FROM articles WHERE scan_id = ? ORDER BY id", [scan_id]):
        yield RecordView.model_validate(loaded(row["record"]))


def decisions(db: sqlite3.Connection, scan_id: int) -> Decisions:
    """Return the standing decisions on the findings of a measurement, by the ids of record and finding."""
    rows = db.execute(
        f"SELECT key, finding, decision FROM ({_LATEST} GROUP BY article_id, finding) JOIN articles"
        " ON articles.id = article_id WHERE scan_id = ?",
        [scan_id],
    )
    return {(row["key"], row["finding"]): row["decision"] for row in rows}


def _article(db: sqlite3.Connection, row: sqlite3.Row) -> Article:
    data = loaded(row["record"])
    data.pop("schema", None)
    record = AuditRecord.model_validate(data)
    rows = db.execute(f"{_LATEST} AND article_id = ? GROUP BY finding ORDER BY latest", [row["id"]]).fetchall()
    said = {one["finding"]: one["decision"] for one in rows}
    found = [finding for finding in record.findings if finding.severity in GENDER_SEVERITIES]
    return Article(
        row["id"], row["key"], row["title"], row["published_on"],
        tuple(Said(finding, said.get(finding.id)) for finding in found), rows[-1]["reason"] if rows else "",
    )  # fmt: skip
