"""Audit records written for people and for other programs, one small file per form.

Nothing here judges a text or changes a record. A new form is a function of the shape of
:class:`~auditor.reports.interface.Report`, registered in :data:`FORMATS`; one that is no
text is a :class:`~auditor.reports.interface.BinaryReport` in :data:`BINARY_FORMATS`.
"""

from __future__ import annotations

from auditor.reports.html import write_html
from auditor.reports.interface import BinaryReport, Report, Result
from auditor.reports.json_report import write_json, write_jsonl
from auditor.reports.office.check import write_docx, write_xlsx
from auditor.reports.plain import write_plain
from auditor.reports.sarif import write_sarif

FORMATS: dict[str, Report] = {
    "text": write_plain,
    "json": write_json,
    "jsonl": write_jsonl,
    "sarif": write_sarif,
    "html": write_html,
}

BINARY_FORMATS: dict[str, BinaryReport] = {"docx": write_docx, "xlsx": write_xlsx}

__all__ = ["BINARY_FORMATS", "FORMATS", "BinaryReport", "Report", "Result"]
