"""The text form: what a person reads in a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import fill
from typing import TextIO

from auditor.record import GENDER_SEVERITIES
from auditor.reports.interface import SEVERITY_NAMES, Result, citations, place

WIDTH = 100


def write(results: Iterable[Result], out: TextIO, with_text: bool) -> None:
    """Write a readable report: each document, its findings, and a closing line with the counts."""
    read = unreadable = found = 0
    for result in results:
        record = result.record
        out.write(f"\n━━ {record.id}\n")
        if record.error is not None:
            unreadable += 1
            out.write(_indent(f"KHÔNG ĐỌC ĐƯỢC · {record.error.code}: {record.error.message}"))
            continue
        read += 1
        gender = [finding for finding in record.findings if finding.severity in GENDER_SEVERITIES]
        other = [finding for finding in record.findings if finding.severity not in GENDER_SEVERITIES]
        found += len(gender)
        for notice in record.warnings:
            out.write(_indent(f"Lưu ý {notice.code}: {notice.message}"))
        if not gender:
            out.write(_indent("Máy không thấy điều khoản phân biệt đối xử về giới. Cần người rà soát xác nhận."))
        for finding in gender:
            out.write(
                f"\n  [{finding.severity}] {place(finding.locator)} · {finding.title} ({finding.rule},"
                f" tin cậy {finding.confidence:.2f})\n"
            )
            out.write(_indent(f"“{finding.quote}”", 6))
            out.write(_indent(f"{SEVERITY_NAMES[finding.severity]}. {finding.message} {finding.why}", 6))
            out.write(_indent(citations(finding), 6))
            out.write(_indent(f"Gợi ý: {finding.suggestion}", 6))
        for finding in other:
            out.write(_indent(f"[{finding.severity}] {place(finding.locator)} · {finding.title}: “{finding.quote}”"))
        if record.suspects:
            out.write(_indent(f"Nghi vấn, cần người đọc (không tính vào kết quả): {len(record.suspects)} câu"))
            for suspect in record.suspects:
                out.write(_indent(f"({suspect.score:.2f}) “{suspect.quote}”", 4))
    out.write(f"\nĐã soát {read} văn bản, {found} gợi ý về giới")
    out.write(f"; {unreadable} tệp không đọc được.\n" if unreadable else ".\n")


def _indent(text: str, by: int = 2) -> str:
    space = " " * by
    return fill(" ".join(text.split()), WIDTH, initial_indent=space, subsequent_indent=space) + "\n" if text else ""
