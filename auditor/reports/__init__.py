"""Audit records become what people and programs read: one small module a form behind ``interface.py``."""

from __future__ import annotations

from auditor.reports import html, json_report, plain, sarif
from auditor.reports.interface import Report, Result

__all__ = ["FORMATS", "Report", "Result"]

FORMATS: dict[str, Report] = {
    "text": plain.write,
    "json": json_report.write_json,
    "jsonl": json_report.write_jsonl,
    "sarif": sarif.write,
    "html": html.write,
}
