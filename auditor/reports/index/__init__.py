"""The media index written for people and for other programs, one small file per form."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from auditor.indicators.results import Index
from auditor.reports.index.json_form import write_json
from auditor.reports.index.page import write_html
from auditor.reports.index.plain import write_plain
from auditor.reports.index.workbook import write_xlsx

# Each writes an index as bytes; text is UTF-8.
INDEX_FORMATS: dict[str, Callable[[Index, BinaryIO], None]] = {
    "text": write_plain,
    "json": write_json,
    "xlsx": write_xlsx,
    "html": write_html,
}

__all__ = ["INDEX_FORMATS"]
