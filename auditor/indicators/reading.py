"""Read audit records from files and folders of scans, and people's decisions on findings from files."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from auditor.errors import StoreError
from auditor.indicators.scans import read_scan
from auditor.indicators.views import Broken, Decision, Decisions, Item, RecordView
from auditor.record import SCHEMA


class DecisionLine(BaseModel):
    """One person's decision on one finding."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    record: str
    finding: str
    decision: Decision
    reason: str = ""


def read_records(paths: Sequence[Path]) -> Iterator[Item]:
    """Yield the records of folders of scans and of files of one record a line (.jsonl, or gzip by content), in order.

    Blank lines are passed.

    Raises:
        StoreError: GA311 a file or folder is missing or cannot be read; GA316 a scan is not complete.
    """
    for path in paths:
        if path.is_dir():
            yield from read_scan(path)
        else:
            yield from (_record(line, f"{path}#{number}") for number, line in _lines(path))


def read_decisions(path: Path) -> Decisions:
    """Return the last decision on each finding, by the ids of record and finding.

    Raises:
        StoreError: GA311 the file cannot be read; GA313 a line is no decision.
    """
    found: Decisions = {}
    for number, line in _lines(path):
        try:
            one = DecisionLine.model_validate_json(line)
        except ValidationError as error:
            raise StoreError(
                "GA313", f"{path}#{number}: dòng này không phải một quyết định. Mỗi dòng cần có record, finding và "
                "decision (confirmed hoặc dismissed), có thể thêm reason.",
            ) from error  # fmt: skip
        found[one.record, one.finding] = one.decision
    return found


def _record(line: bytes, place: str) -> RecordView | Broken:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        return Broken(place, other_schema=False)
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        return Broken(place, other_schema=isinstance(data, dict) and "schema" in data)
    try:
        return RecordView.model_validate(data)
    except ValidationError:
        return Broken(place, other_schema=False)


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            lines = gzip.GzipFile(fileobj=raw) if packed else raw
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield number, line
    except (OSError, EOFError, zlib.error) as error:
        raise StoreError(
            "GA311", f"Không đọc được {path} ({type(error).__name__}). Xin kiểm tra đường dẫn; tệp cần là bản ghi do "
            "“auditor check --format jsonl” ghi ra.",
        ) from error  # fmt: skip
