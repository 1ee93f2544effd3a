"""SARIF 2.1.0, for editors and code hosts.

Regions are ``charOffset`` and ``charLength`` in code points of the normalised text (``columnKind``), which for
forms other than plain text is not the file itself. What could not be read is a notification of the run. Positives,
suspects and missing content are no results: they are in the audit record only.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any, TextIO
from urllib.parse import quote

from auditor.record import AuditRecord, Finding, Severity
from auditor.reports.interface import Result
from auditor.reports.wording import law, place, standing

LEVELS: dict[Severity, str] = {"S4": "error", "S3": "warning", "S2": "warning"}
SCHEMA_URI = "https://json.schemastore.org/sarif-2.1.0.json"


def write_sarif(results: Iterable[Result], out: TextIO, with_text: bool) -> None:
    """Write one log with one run; the text is never part of it."""
    records = [result.record for result in results]
    findings = [(record, finding) for record in records for finding in record.findings]
    first = {finding.rule: finding for _, finding in reversed(findings)}
    rules = [first[rule] for rule in sorted(first)]
    index = {finding.rule: i for i, finding in enumerate(rules)}
    driver: dict[str, Any] = {"name": "auditor", "language": "vi", "rules": [_descriptor(rule) for rule in rules]}
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": all(record.status == "audited" for record in records),
                "toolExecutionNotifications": [note for record in records for note in _notifications(record)],
            }
        ],
        "results": [_result(record, finding, index[finding.rule]) for record, finding in findings],
    }
    if records:
        driver["version"] = records[0].engine
        run["properties"] = {"rulebook": records[0].rulebook}
    json.dump({"$schema": SCHEMA_URI, "version": "2.1.0", "runs": [run]}, out, ensure_ascii=False, indent=2)
    out.write("\n")


def _descriptor(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.rule,
        "shortDescription": {"text": finding.title},
        "fullDescription": {"text": finding.why},
        "help": {"text": finding.suggestion},
        "defaultConfiguration": {"level": LEVELS.get(finding.severity, "note")},
        "properties": {"category": finding.category, "severity": finding.severity},
    }


def _result(record: AuditRecord, finding: Finding, rule_index: int) -> dict[str, Any]:
    return {
        "ruleId": finding.rule,
        "ruleIndex": rule_index,
        "level": LEVELS.get(finding.severity, "note"),
        "message": {"text": f"{finding.message} {finding.suggestion}".strip()},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(record.source.path)},
                    "region": {
                        "charOffset": finding.start,
                        "charLength": finding.end - finding.start,
                        "snippet": {"text": finding.quote},
                    },
                },
                "logicalLocations": [{"name": place(finding.locator), "fullyQualifiedName": record.id}],
            }
        ],
        "partialFingerprints": {"auditorFinding/v1": finding.id},
        "properties": {
            "severity": finding.severity,
            "confidence": finding.confidence,
            "basis": [f"{standing(basis)}: {law(basis)}" for basis in finding.basis],
            "asOf": record.as_of.isoformat(),
        },
    }


def _notifications(record: AuditRecord) -> Iterable[dict[str, Any]]:
    troubles = [("warning", warning.code, warning.message) for warning in record.warnings]
    if record.error is not None:
        troubles.append(("error", record.error.code, record.error.message))
    for level, code, message in troubles:
        yield {
            "level": level,
            "descriptor": {"id": code},
            "message": {"text": message},
            "locations": [
                {
                    "physicalLocation": {"artifactLocation": {"uri": _uri(record.source.path)}},
                    "logicalLocations": [{"fullyQualifiedName": record.id}],
                }
            ],
        }


def _uri(path: str) -> str:
    """Return a path as a URI reference; surrogates stand for bytes of a file name that are no UTF-8."""
    pure = PurePath(path)
    escaped = quote(pure.as_posix().encode("utf-8", "surrogateescape"), safe="/!")
    return f"file://{escaped}" if pure.is_absolute() else escaped
