"""Records of regulations built by hand."""

from __future__ import annotations

from auditor.record import AuditRecord, Finding, SourceRecord
from tests.indicators.records import DAY


def record_of(findings: tuple[Finding, ...]) -> AuditRecord:
    """Return the record of a regulation with some findings."""
    return AuditRecord(
        id="a", kind="regulation", source=SourceRecord(path="a.txt", form="txt"), engine="0.1.0", rulebook="r",
        as_of=DAY, findings=findings,
    )  # fmt: skip
