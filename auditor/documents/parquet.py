"""Parquet files of items: one item a row, its columns named as the fields of an item line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import IO

from auditor.documents.codes import Code, trouble
from auditor.documents.interface import Line
from auditor.documents.limits import Limits

ROWS = 256


def rows(file: IO[bytes], path: str, limits: Limits) -> Iterator[Line]:
    """Yield each row as the item line it stands for, counted from 1; an id that is no string becomes one.

    Raises:
        DocumentError: GA204 damaged.
    """
    # Imported here because most documents need no pyarrow.
    from pyarrow.parquet import ParquetFile

    number = 0
    try:
        for batch in ParquetFile(file).iter_batches(ROWS, use_threads=False):
            for row in batch.to_pylist():
                number += 1
                data = _line(row)
                yield Line(path, number, data[: limits.line + 1], len(data) <= limits.line)
    except Exception as error:  # a value that Python has no form for raises anything
        raise trouble(Code.DAMAGED, detail=f"parquet, sau {number} bài") from error


def _line(row: dict[str, object]) -> bytes:
    name = row.get("id")
    if name is not None and not isinstance(name, str):
        row["id"] = str(name)
    return json.dumps(row, ensure_ascii=False, default=_plain).encode("utf-8", "surrogatepass")


def _plain(value: object) -> str | None:
    """Return what JSON has no form for; bytes are no words of an article."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    return None if isinstance(value, bytes) else str(value)
