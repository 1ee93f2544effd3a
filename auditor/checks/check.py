"""One check: what was sent in, the audit record out, each finding with its place in what was sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from auditor.audit import Auditor
from auditor.checks.article import Place, Sent, lay_out
from auditor.documents.codes import trouble
from auditor.documents.interface import Unreadable
from auditor.documents.quality import fault
from auditor.record import AuditRecord


@dataclass(frozen=True, slots=True)
class Checked:
    """The record of what was sent; ``places`` has one entry for each finding, None where it stands in no field."""

    record: AuditRecord
    places: tuple[Place | None, ...]


def check(auditor: Auditor, sent: Sent, as_of: date | None = None, outlet: str | None = None) -> Checked:
    """Check what was sent; a text too poor to judge is unreadable with its reason, never clean."""
    laid = lay_out(sent, outlet)
    document = laid.document
    problem = fault(document.text)
    if problem is None:
        record = auditor.audit(document, as_of)
        return Checked(record, tuple(laid.place(finding.start, finding.end) for finding in record.findings))
    error = trouble(problem)
    source = document.source
    poor = Unreadable(document.id, source.path, error.code, error.message, source.form, source.sha256, document.kind)
    return Checked(auditor.audit(poor, as_of), ())
