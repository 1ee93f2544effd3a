"""A letter as the paper that leaves: what is asked of the commune, and the regulation with comments at its clauses."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import date

from auditor.record import Finding
from auditor.reports.office.annotated import annotated_docx, note_of, text_docx
from auditor.reports.office.form import Letterhead, Signature
from auditor.reports.office.recommendation import Recommendation, RecommendedItem, recommendation_docx
from auditor.reports.office.words import shortened
from auditor.reports.wording import CATEGORIES, place
from auditor.store import approvals, clock, files, letters, states, users, versions
from auditor.store.database import missing
from auditor.store.findings import Reviewed
from auditor.store.letters import Letter
from auditor.store.words import ROLES

QUOTED = 25
"""Most words of a clause that are quoted."""
PAPER = {
    "parent": "UBND TỈNH LAI CHÂU",
    "office": "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH",
    "place": "Lai Châu",
    "symbol": "SVHTTDL",
    "on_behalf": "",
    "title": "GIÁM ĐỐC",
    "name": "",
    "filed": "VT",
}
"""Who writes and signs, unless the letter says otherwise."""
JUSTICE = {**PAPER, "office": "SỞ TƯ PHÁP", "symbol": "STP"}


def recommendation(db: sqlite3.Connection, letter: Letter) -> Recommendation:
    """Return what a letter asks, as its findings stand now; one whose confirmation was taken back is left out."""
    version = versions.get(db, letter.version_id)
    if version.regulation_id is None:
        raise missing()
    placed = states.placed(db, version.regulation_id)
    reviewed = approvals.reviewed_citations(db)
    roles = {user.id: ROLES[user.role] for user in users.everyone(db)}
    return Recommendation(
        commune=f"Ủy ban nhân dân {placed.commune.full}", village=placed.village.full,
        regulation=placed.regulation.title,
        adopted=_day(version.adopted_on), recognised=_day(version.recognised_on), answer_by=letter.due_on,
        items=tuple(_item(one, roles, reviewed) for one in letters.found_in(db, letter) if one.state == "confirmed"),
    )  # fmt: skip


def letter_docx(asked: Recommendation, letter: Letter, *, number: str = "", day: date | None = None) -> bytes:
    """Return the letter as docx; its number, and the symbol after it, as given or blank."""
    paper = {**PAPER, **letter.paper}
    figure, _, symbol = number.partition("/")
    head = Letterhead(
        parent=paper["parent"], office=paper["office"], place=paper["place"], symbol=symbol or paper["symbol"],
        number=figure, day=day, year=clock.today().year,
    )  # fmt: skip
    signed = Signature(title=paper["title"], on_behalf=paper["on_behalf"], name=paper["name"])
    return recommendation_docx(asked, head, signed, filed=paper["filed"])


def annotated(db: sqlite3.Connection, version_id: int, found: list[Reviewed]) -> bytes:
    """Return a version as docx with a comment at each of some findings: the original where it is docx."""
    version = versions.get(db, version_id)
    text = versions.text(db, version_id)
    notes = [note_of(_at(one), one.state) for one in found]
    record = versions.record(db, version_id)
    if record is not None and record.source.form == "docx":
        try:
            return annotated_docx(files.read(db, version.file_id), text, notes)
        except ValueError:
            pass
    return text_docx(version.filename, text, notes)


def _at(one: Reviewed) -> Finding:
    """Return a finding with the severity people confirmed."""
    return one.finding.model_copy(update={"severity": one.severity})


def _item(one: Reviewed, roles: Mapping[int, str], reviewed: frozenset[str]) -> RecommendedItem:
    finding = approvals.marked(_at(one), reviewed)
    # The key of the rulebook is for lawyers at the desk, not for a letter.
    basis = tuple(cited.model_copy(update={"short": ""}) for cited in finding.basis)
    assert one.decided_at is not None and one.decided_by is not None, "it is confirmed"
    return RecommendedItem(
        place=place(finding.locator), quote=shortened(finding.quote, QUOTED),
        category=CATEGORIES.get(finding.category, finding.category), severity=finding.severity, message=finding.message,
        suggestion=finding.suggestion, basis=basis, confirmed_by=roles[one.decided_by],
        confirmed_on=clock.local(one.decided_at).date(),
    )  # fmt: skip


def _day(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None
