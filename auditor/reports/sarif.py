"""SARIF 2.1.0, which editors and code hosts show (OASIS standard)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TextIO

from auditor.record import Finding
from auditor.reports.interface import Result, citations

LEVELS = {"S4": "error", "S3": "warning", "S2": "warning", "S1": "note", "S4x": "note"}
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def write(results: Iterable[Result], out: TextIO, with_text: bool) -> None:
    """Write one run; unreadable inputs become tool notifications."""
    rules: dict[str, dict[str, Any]] = {}
    found: list[dict[str, Any]] = []
    troubles: list[dict[str, Any]] = []
    engine = ""
    for result in results:
        record = result.record
        engine = f"{record.engine}+rules.{record.rulebook}"
        if record.error is not None:
            troubles.append(
                {
                    "level": "error",
                    "descriptor": {"id": record.error.code},
                    "message": {"text": record.error.message},
                    "locations": [{"physicalLocation": {"artifactLocation": {"uri": record.source.path}}}],
                }
            )
        for finding in record.findings:
            rules.setdefault(finding.rule, _rule(finding))
            found.append(_result(finding, record.source.path))
    run = {
        "tool": {"driver": {"name": "auditor", "version": engine, "rules": list(rules.values())}},
        "columnKind": "unicodeCodePoints",
        "results": found,
        "invocations": [{"executionSuccessful": not troubles, "toolExecutionNotifications": troubles}],
    }
    json.dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, out, ensure_ascii=False, indent=1)
    out.write("\n")


def _rule(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.rule,
        "shortDescription": {"text": finding.title},
        "fullDescription": {"text": finding.why},
        "help": {"text": citations(finding)},
        "defaultConfiguration": {"level": LEVELS[finding.severity]},
    }


def _result(finding: Finding, path: str) -> dict[str, Any]:
    region = {
        "charOffset": finding.start,
        "charLength": finding.end - finding.start,
        "snippet": {"text": finding.quote},
    }
    return {
        "ruleId": finding.rule,
        "level": LEVELS[finding.severity],
        "message": {"text": f"{finding.message} {finding.suggestion}"},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": path}, "region": region}}],
        "partialFingerprints": {"finding/v1": finding.id},
        "properties": {"severity": finding.severity, "confidence": finding.confidence},
    }
