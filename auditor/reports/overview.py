"""A scan as one self-contained page in Vietnamese."""

from __future__ import annotations

from typing import IO

from auditor.archive.summary import Summary


def write_overview(summary: Summary, out: IO[bytes]) -> None:
    """Write the page."""
    out.write(f"<!doctype html><title>{summary.read}</title>".encode())
