"""Audit records as JSON: one array, or a record a line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from auditor.reports.interface import Result


def write_json(results: Iterable[Result], out: TextIO, with_text: bool) -> None:
    """Write one array, a record a line."""
    before = "[\n"
    for result in results:
        out.write(before + _line(result, with_text))
        before = ",\n"
    out.write("[]\n" if before == "[\n" else "\n]\n")


def write_jsonl(results: Iterable[Result], out: TextIO, with_text: bool) -> None:
    """Write a record a line, each as soon as it is known."""
    for result in results:
        out.write(_line(result, with_text) + "\n")


def _line(result: Result, with_text: bool) -> str:
    return result.record.to_json(result.text if with_text else None)
