"""Measure the B indicators of an outlet in a year: a file of articles, or of audit records, in; figures out.

Figures that rest on findings count only what people have confirmed; what nobody has looked at stands apart.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from auditor.audit import Auditor
from auditor.documents.load import load
from auditor.errors import StoreError
from auditor.indicators.index import build_index
from auditor.indicators.ledger import Selection
from auditor.indicators.loader import load_indicators
from auditor.indicators.views import Broken, Decisions, Item, RecordView
from auditor.record import SCHEMA, AuditRecord
from auditor.reports.index.json_form import index_data

Progress = Callable[[int], None]
Counted = AuditRecord | Broken


@dataclass(frozen=True, slots=True)
class ScanResult:
    """What measuring a file gave.

    Attributes:
        records: the articles that could be read, in the order of the file.
        broken: lines of the file that are no record.
        counted: articles the figures rest on: of the outlet, of the year, each once.
        figures: the index in its JSON form (``auditor-index/1``).
    """

    records: tuple[AuditRecord, ...]
    broken: int
    counted: int
    figures: dict[str, Any]


def measure(
    path: Path, outlet: str, year: int, *, only_named: bool = False, progress: Progress = lambda done: None
) -> ScanResult:
    """Read a file and measure what it holds of an outlet in a year.

    Args:
        path: articles (``.jsonl``, ``.jsonl.gz``, ``.zip`` or one document), or records of
            ``auditor check --format jsonl``; told apart by content.
        only_named: True counts only articles that name the outlet; else all are taken for the outlet's own.
        progress: told after each article how many have been read.

    Raises:
        StoreError: GA311 the file cannot be read; GA312 no article counts, and why.
    """
    items: list[Counted] = []
    for item in _records(path):
        if isinstance(item, AuditRecord) and not only_named:
            item = item.model_copy(update={"outlet": outlet})
        items.append(item)
        progress(len(items))
    records = tuple(item for item in items if isinstance(item, AuditRecord))
    figures = figures_of(map(_view, items), outlet, year, {})
    return ScanResult(records, len(items) - len(records), figures["records"]["counted"], figures)


def figures_of(items: Iterable[Item], outlet: str, year: int, decisions: Decisions) -> dict[str, Any]:
    """Count the B indicators over records; ``decisions`` empty says that nobody has decided any finding yet.

    Raises:
        StoreError: GA312, no article counts, and why.
    """
    selection = Selection(outlet=outlet, period=str(year))
    return index_data(build_index(items, load_indicators(), selection, decisions or None))


def _view(item: Counted) -> Item:
    if isinstance(item, Broken):
        return item
    return RecordView.model_validate(item.model_dump(mode="json"))


def _records(path: Path) -> Iterator[Counted]:
    if not _holds_records(path):
        auditor = Auditor()
        yield from (auditor.audit(item) for item in load([path], "article"))
        return
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
            known = data.pop("schema") == SCHEMA
            data.pop("text", None)
            yield AuditRecord.model_validate(data) if known else Broken(f"#{number}", other_schema=True)
        except (ValueError, RecursionError, KeyError, AttributeError, TypeError, ValidationError):
            yield Broken(f"#{number}", other_schema=False)


def _holds_records(path: Path) -> bool:
    """Tell records from articles by the first line that is not blank."""
    try:
        first = next((line for line in _lines(path) if line.strip()), b"")
        data = json.loads(first)
    except (StoreError, ValueError, RecursionError):
        return False
    return isinstance(data, dict) and "schema" in data


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            yield from gzip.GzipFile(fileobj=raw) if packed else raw
    except (OSError, EOFError, zlib.error) as error:
        raise StoreError(
            "GA311", f"Không đọc được tệp ({type(error).__name__}). Tệp cần là tin bài (.jsonl, .jsonl.gz, .zip) hoặc"
            " bản ghi do “auditor check --format jsonl” ghi ra.",
        ) from error  # fmt: skip
