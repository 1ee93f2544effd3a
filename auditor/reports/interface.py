"""What every form of report takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TextIO

from auditor.record import AuditRecord, Finding, LocatorRecord

SEVERITY_NAMES = {
    "S4": "Trái luật – phân biệt đối xử",
    "S3": "Định kiến giới",
    "S2": "Khuôn mẫu giới",
    "S1": "Cách viết thiếu nhạy cảm giới",
    "S4x": "Vấn đề pháp lý khác (không do giới)",
}
_PARTS = (
    ("part", "Phần"), ("chapter", "Chương"), ("section", "Mục"), ("article", "Điều"), ("clause", "khoản"), ("point", "điểm"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Result:
    """A record, and the normalised text it speaks of (None for an unreadable input)."""

    record: AuditRecord
    text: str | None


class Report(Protocol):
    """Write results to a text stream; ``with_text`` adds the normalised text where the form can hold it."""

    def __call__(self, results: Iterable[Result], out: TextIO, with_text: bool) -> None: ...


def place(locator: LocatorRecord) -> str:
    """Return a place as people write it: "Điều 7, khoản 2, điểm a"."""
    words = [f"{name} {getattr(locator, key)}" for key, name in _PARTS if getattr(locator, key)]
    if not words and locator.paragraph:
        words.append(f"đoạn {locator.paragraph}")
    if locator.page:
        words.append(f"trang {locator.page}")
    return ", ".join(words)


def citations(finding: Finding) -> str:
    """Return the law of a finding as people write it, marked where no lawyer has reviewed it."""
    words = []
    for basis in finding.basis:
        spot = f"điểm {basis.point} " if basis.point else ""
        spot += f"khoản {basis.clause} " if basis.clause else ""
        article = f"Phụ lục {basis.article[2:]}" if basis.article.startswith("PL") else f"Điều {basis.article}"
        words.append(f"{spot}{article} {basis.title} ({basis.law})".strip())
    if not words:
        return ""
    reviewed = all(basis.reviewed for basis in finding.basis)
    return ("Căn cứ: " if reviewed else "Căn cứ tham khảo: ") + "; ".join(words)
