"""What every report takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO, Protocol, TextIO

from auditor.record import AuditRecord


@dataclass(frozen=True, slots=True)
class Result:
    """An audit record and the normalised text its offsets point into, None where nothing could be read."""

    record: AuditRecord
    text: str | None


class Report(Protocol):
    """Write results in one form.

    Args:
        results: in input order; a form that can is written while they arrive.
        out: where to write; it is not closed.
        with_text: add the normalised text, in forms that have a place for it.
    """

    def __call__(self, results: Iterable[Result], out: TextIO, with_text: bool) -> None:
        """Write all results."""


class BinaryReport(Protocol):
    """Write results in one form that is no text.

    Args:
        results: in input order; the form is written when all have come.
        out: where to write; it is not closed.
    """

    def __call__(self, results: Iterable[Result], out: BinaryIO) -> None:
        """Write all results."""
