"""The four conditions of target 4, by outlet and year: what is proved, what waits for Sở, what is not there yet.

(1) a decision or plan to apply the indicators; (2) the A questionnaire completed; (3) the B indicators measured on
enough articles; (4) the report after the form of 2014 together with a plan of action. The first two are a trial
("thí điểm"), all four are "chính thức áp dụng". The test is the programme's own proposal, to be fixed by a decision.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date
from typing import Literal

from auditor.store import clock, evidence
from auditor.store.evidence import DECISION, PLAN, REPORT, Evidence
from auditor.store.outlets import Outlet

SAMPLE = 30
"""Articles a measurement needs, below which nothing is said (``minimum`` of ``rules/indicators/method.yaml``)."""
Step = Literal["met", "waiting", "none"]
STEPS: dict[Step, str] = {"met": "đạt", "waiting": "chờ Sở xem", "none": "chưa có"}
CONDITIONS = (
    ("decision", "Quyết định, kế hoạch áp dụng"),
    ("questionnaire", "Bảng hỏi loại A đã hoàn thành"),
    ("measurement", f"Đo chỉ số loại B với ít nhất {SAMPLE} tin bài"),
    ("report", "Báo cáo và kế hoạch hành động"),
)


@dataclass(frozen=True, slots=True)
class OutletYear:
    """Where an outlet stands in a year; ``articles`` is the number its latest measurement rests on."""

    outlet: Outlet
    year: int
    decision: Step
    questionnaire: Step
    measurement: Step
    report: Step
    articles: int

    @property
    def steps(self) -> tuple[tuple[str, str, Step], ...]:
        """The four conditions: key, name, state."""
        return tuple((key, name, getattr(self, key)) for key, name in CONDITIONS)

    @property
    def trial(self) -> bool:
        """Whether the first two conditions are met: "thí điểm"."""
        return self.decision == self.questionnaire == "met"

    @property
    def applies(self) -> bool:
        """Whether all four conditions are met: "chính thức áp dụng"."""
        return self.trial and self.measurement == self.report == "met"


_STANDING = "outlet_id = outlets.id AND year = :year AND at < :end AND (removed_at IS NULL OR removed_at >= :end)"
_PROOF = f"coalesce((SELECT 1 + max(accepted_by IS NOT NULL) FROM evidence WHERE subject = ? AND {_STANDING}), 0)"
_QUERY = (
    "SELECT id, name, kind, in_scope, scope_note, active,"
    + ",".join(
        f" {_PROOF.replace('?', repr(subject))} AS {subject}" for subject in (DECISION, REPORT, PLAN)
    )
    + ", (SELECT CASE WHEN submitted_at < :end THEN 2 ELSE 1 END FROM questionnaires"
    " WHERE outlet_id = outlets.id AND year = :year) AS questionnaire,"
    " (SELECT articles FROM scans WHERE outlet_id = outlets.id AND year = :year AND state = 'done' AND at < :end"
    " ORDER BY id DESC LIMIT 1) AS articles"
    " FROM outlets WHERE active AND (:outlet IS NULL OR id = :outlet) ORDER BY kind DESC, fold(name), id"
)  # fmt: skip


def of_year(db: sqlite3.Connection, year: int, cut_off: date, *, outlet_id: int | None = None) -> list[OutletYear]:
    """Return where every outlet (or one) stands in a year, as of the end of a day."""
    rows = db.execute(_QUERY, {"year": year, "end": clock.end_of(cut_off), "outlet": outlet_id})
    return [_outlet_year(row, year) for row in rows]


def proofs(db: sqlite3.Connection, outlet_id: int, year: int, cut_off: date) -> list[Evidence]:
    """Return the files that prove the conditions of an outlet, as of the end of a day: those that were accepted."""
    end = clock.end_of(cut_off)
    return [
        one for one in evidence.of_year(db, outlet_id, year) if one.accepted_by is not None and one.at < end
    ]  # fmt: skip


def _outlet_year(row: sqlite3.Row, year: int) -> OutletYear:
    outlet = Outlet(
        row["id"], row["name"], row["kind"], bool(row["in_scope"]), row["scope_note"], bool(row["active"])
    )  # fmt: skip
    articles = row["articles"] or 0
    return OutletYear(
        outlet, year, _step(row[DECISION]), "met" if row["questionnaire"] == 2 else "none",
        "met" if articles >= SAMPLE else "none", _step(min(row[REPORT], row[PLAN])), articles,
    )  # fmt: skip


def _step(proof: int | None) -> Step:
    return ("none", "waiting", "met")[proof or 0]
