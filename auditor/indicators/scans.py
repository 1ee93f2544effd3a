"""Read the folder that ``auditor scan`` leaves as the records it is made of, a few thousand at a time.

Only Parquet and the names of columns are shared with scans. Records, findings and people all stand in the order of
``seq``, so the three are read side by side.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby, repeat
from operator import itemgetter
from pathlib import Path
from typing import Any

from pyarrow import ArrowException
from pyarrow.parquet import ParquetFile

from auditor.errors import StoreError
from auditor.indicators.views import Copy, FindingView, Item, PersonView, RecordView, StoryView, plausible

SCHEMA = "auditor-scan/1"
BATCH = 4_000
UNREAD = RecordView(id="", kind=None, status="unreadable", engine="", rulebook="")

Values = dict[str, Any]


def read_scan(folder: Path) -> Iterator[Item]:
    """Yield what a scan read: its records in order, then its copies, then what it could not read.

    Raises:
        StoreError: GA311 the folder is none of a scan or cannot be read; GA316 the scan is not complete.
    """
    with _coded(folder):
        rejected = _rejected(folder)
        yield from _records(folder)
        for row in _rows(folder, "duplicates", ["record", "outlet", "date"]):
            yield Copy(row["record"], row["outlet"], plausible(row["date"]))
        yield from repeat(UNREAD, rejected)


def _rejected(folder: Path) -> int:
    """Return how many inputs a complete scan could not read."""
    summary = folder / "summary.json"
    if not summary.exists() and (folder / "scan.json").exists():
        raise StoreError(
            "GA316", f"Lượt quét trong {folder} chưa xong nên chưa tính được chỉ số."
            " Hãy chạy lại lệnh “auditor scan” ấy, thêm --resume, rồi tính lại.",
        )  # fmt: skip
    found = json.loads(summary.read_bytes())
    if found["schema"] != SCHEMA:
        raise ValueError(found["schema"])
    return int(found["rejected"])


def _records(folder: Path) -> Iterator[RecordView]:
    findings = _Nested(_rows(folder, "findings", ["seq", *FindingView.model_fields]))
    people = _Nested(_rows(folder, "people", ["seq", *PersonView.model_fields]))
    own = [name for name in RecordView.model_fields if name not in {"id", "status", "findings", "people", "story"}]
    for row in _rows(folder, "records", ["seq", "record", *own, *StoryView.model_fields]):
        seq = row["seq"]
        yield RecordView.model_validate({
            **{name: row[name] for name in own}, "id": row["record"], "status": "audited",
            "findings": findings.take(seq), "people": people.take(seq),
            "story": {name: row[name] for name in StoryView.model_fields} if row["topic"] is not None else None,
        })  # fmt: skip
    if findings.left or people.left:
        raise ValueError("rows of no record")


class _Nested:
    """The rows of a table that belong to records, taken record by record."""

    def __init__(self, rows: Iterator[Values]) -> None:
        self._groups = groupby(rows, key=itemgetter("seq"))
        self._next = next(self._groups, None)

    @property
    def left(self) -> bool:
        """Whether rows are left that nobody took."""
        return self._next is not None

    def take(self, seq: int) -> list[Values]:
        """Return the rows of a record."""
        if self._next is None or self._next[0] != seq:
            return []
        found = list(self._next[1])
        self._next = next(self._groups, None)
        return found


def _rows(folder: Path, name: str, columns: list[str]) -> Iterator[Values]:
    with ParquetFile(folder / f"{name}.parquet") as file:
        for batch in file.iter_batches(BATCH, columns=columns):
            yield from batch.to_pylist()


@contextmanager
def _coded(folder: Path) -> Iterator[None]:
    """Give what is wrong with a folder its code."""
    try:
        yield
    except (OSError, ArrowException, ValueError, LookupError, TypeError) as error:
        raise StoreError(
            "GA311", f"Không đọc được {folder} ({type(error).__name__}). Thư mục cần là kết quả trọn vẹn của"
            " “auditor scan”, có summary.json và các bảng Parquet.",
        ) from error  # fmt: skip
