"""Readable Vietnamese text, for the screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TextIO

from auditor.record import GENDER_SEVERITIES, AuditRecord, Finding
from auditor.reports.interface import Result
from auditor.reports.wording import GENDERS, KINDS, TOPICS, law, percent, place, standing

# A document may hold bytes that steer a terminal; they are shown, not sent.
CONTROL = {code: "�" for code in (*range(0x20), 0x7F, *range(0x80, 0xA0)) if chr(code) not in "\n\t"}


def write_plain(results: Iterable[Result], out: TextIO, with_text: bool) -> None:
    """Write each result as a few readable lines."""
    for result in results:
        out.write("\n".join(_lines(result.record)).translate(CONTROL) + "\n\n")


def _lines(record: AuditRecord) -> Iterator[str]:
    if record.error is not None:
        yield f"{record.id}: KHÔNG ĐỌC ĐƯỢC, chưa được soát"
        yield f"  {record.error.code}: {record.error.message}"
        return
    gender = [finding for finding in record.findings if finding.severity in GENDER_SEVERITIES]
    others = [finding for finding in record.findings if finding.severity not in GENDER_SEVERITIES]
    counts = Counter(finding.severity for finding in gender)
    parts = ", ".join(f"{level}: {counts[level]}" for level in GENDER_SEVERITIES if counts[level])
    head = f"{len(gender)} phát hiện về giới ({parts})" if gender else "không có phát hiện về giới"
    yield f"{record.id} ({KINDS[record.kind]}): {head}"
    for warning in record.warnings:
        yield f"  Lưu ý {warning.code}: {warning.message}"
    for finding in gender:
        yield from _finding(finding)
    if others:
        yield "  Vấn đề khác (không tính vào kết quả về giới)"
        for finding in others:
            yield from _finding(finding)
    if record.suspects:
        yield "  Nghi vấn (chưa đủ chắc để báo, cần người xem)"
        yield from (f"    {_flat(suspect.quote)} ({percent(suspect.score)})" for suspect in record.suspects)
    if record.positives:
        yield "  Điểm tốt"
        yield from (f"    {_flat(positive.quote)}" for positive in record.positives)
    yield from _people(record)
    if record.advice:
        yield "  Có thể bổ sung (không phải lỗi)"
        yield from (f"    {advice.title}. {advice.advice}" for advice in record.advice)


def _people(record: AuditRecord) -> Iterator[str]:
    if record.story is not None:
        yield f"  Chủ đề: {TOPICS[record.story.topic]}"
    for people, words in (
        (record.people, "Nhân vật"),
        ([person for person in record.people if person.quoted != "no"], "Được dẫn lời"),
    ):
        genders = Counter(person.gender for person in people)
        if genders:
            yield f"  {words}: " + ", ".join(f"{name} {genders[key]}" for key, name in GENDERS.items() if genders[key])


def _finding(finding: Finding) -> Iterator[str]:
    yield f"  [{finding.severity}] {place(finding.locator)}: {finding.title}"
    yield f"    “{_flat(finding.quote)}”"
    if finding.voice == "quoted":
        yield f"    Lời của nguồn tin: {finding.speaker or 'chưa rõ ai nói'}"
    yield f"    {finding.message}"
    yield f"    Vì sao: {finding.why}"
    yield from (f"    {standing(basis)}: {law(basis)}" for basis in finding.basis)
    yield f"    Gợi ý sửa: {finding.suggestion}"
    yield f"    Quy tắc {finding.rule}, độ tin cậy {percent(finding.confidence)}"


def _flat(quote: str) -> str:
    return " ".join(quote.split())
