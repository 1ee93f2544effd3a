"""The files of a yearly report from everything they are made of: the same value gives the same bytes, always."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from auditor.reports.office.figures import YearlyFigures
from auditor.reports.office.form import Letterhead, Signature
from auditor.reports.office.ministry import ministry_docx
from auditor.reports.office.yearly import provincial_docx
from auditor.reports.office.yearly_workbook import yearly_xlsx
from auditor.store.reports import Kind, Report

HEADS: Mapping[Kind, Mapping[str, str]] = {
    "province": {
        "parent": "UBND tỉnh Lai Châu", "office": "Sở Văn hóa, Thể thao\nvà Du lịch", "place": "Lai Châu",
        "symbol": "BC-SVHTTDL", "on_behalf": "", "title": "GIÁM ĐỐC", "name": "",
    },
    "ministry": {
        "parent": "", "office": "Ủy ban nhân dân\ntỉnh Lai Châu", "place": "Lai Châu", "symbol": "BC-UBND",
        "on_behalf": "TM. ỦY BAN NHÂN DÂN", "title": "CHỦ TỊCH", "name": "",
    },
}  # fmt: skip
"""What stands at the head and foot of a report until people write something else."""


@dataclass(frozen=True, slots=True)
class Papers:
    """The two files of a report."""

    docx: bytes
    xlsx: bytes

    @property
    def sha256(self) -> str:
        """The hash of the docx."""
        return hashlib.sha256(self.docx).hexdigest()


def made_of(report: Report, figures: YearlyFigures, on: date | None) -> dict[str, Any]:
    """Return everything the files of a report are made of, as JSON holds it; ``on`` is the day at its head."""
    told = {
        **HEADS[report.kind],
        **{key: report.narrative[key] for key in HEADS[report.kind] if key in report.narrative},
    }
    head = Letterhead(
        parent=told["parent"], office=told["office"], place=told["place"], symbol=told["symbol"], number=report.number,
        day=on, year=report.year,
    )  # fmt: skip
    signed = Signature(title=told["title"], on_behalf=told["on_behalf"], name=told["name"])
    return {
        "kind": report.kind, "figures": figures.model_dump(mode="json"), "head": head.model_dump(mode="json"),
        "signed": signed.model_dump(mode="json"),
    }  # fmt: skip


def figures_in(made: Mapping[str, Any]) -> YearlyFigures:
    """Return the figures of what a report was made of."""
    return YearlyFigures.model_validate(made["figures"])


def papers(made: Mapping[str, Any]) -> Papers:
    """Make the files."""
    figures = figures_in(made)
    head, signed = Letterhead.model_validate(made["head"]), Signature.model_validate(made["signed"])
    docx = provincial_docx if made["kind"] == "province" else ministry_docx
    return Papers(docx(figures, head, signed), yearly_xlsx(figures))
