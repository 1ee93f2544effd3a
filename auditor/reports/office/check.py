"""Audit records as a Word file and as a workbook: what ``auditor check --format docx|xlsx`` writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from auditor.record import GENDER_SEVERITIES, AuditRecord, Basis, Finding
from auditor.reports.interface import Result
from auditor.reports.office.paper import CENTRE, Bold, Italic, Paper
from auditor.reports.office.sheets import Cell, Ratio, workbook
from auditor.reports.office.words import count, flat, short_day
from auditor.reports.wording import CATEGORIES, KINDS, SEVERITIES, law, percent, place, standing

TITLE = "Kết quả soát văn bản về bình đẳng giới"
CAUTION = (
    "Mọi phát hiện dưới đây là gợi ý của máy cho đến khi người có trách nhiệm xác nhận. Không có phát hiện không"
    " có nghĩa là văn bản đạt; văn bản không đọc được là văn bản chưa được soát."
)
LEVELS = (*GENDER_SEVERITIES, "S4x", "S0")


def write_docx(results: Iterable[Result], out: BinaryIO) -> None:
    """Write a report of findings, one section a document."""
    out.write(check_docx([result.record for result in results]))


def write_xlsx(results: Iterable[Result], out: BinaryIO) -> None:
    """Write a workbook: documents, findings, advice, what could not be read."""
    out.write(check_xlsx([result.record for result in results]))


def check_docx(records: Iterable[AuditRecord]) -> bytes:
    """Return the report of findings as a docx."""
    known = list(records)
    audited = [record for record in known if record.status == "audited"]
    unreadable = [record for record in known if record.status != "audited"]
    paper = Paper(TITLE, landscape=True)
    paper.text(Bold(TITLE.upper()), style=CENTRE)
    paper.text(Italic(CAUTION))
    levels = Counter(finding.severity for record in audited for finding in record.findings)
    rows = [
        ("Văn bản đã soát", count(len(audited))),
        ("Văn bản không đọc được, chưa được soát", count(len(unreadable))),
    ]
    rows += [(f"Phát hiện mức {one}: {SEVERITIES[one]}", count(levels[one])) for one in LEVELS if levels[one]]
    paper.table(("Tổng hợp", "Số"), rows, (6, 1), align="lr", alt="Số văn bản và số phát hiện theo mức")
    for number, record in enumerate(audited, 1):
        _document(paper, number, record)
    if unreadable:
        paper.heading("Văn bản không đọc được, chưa được soát")
        paper.table(
            ("Văn bản", "Mã", "Lý do và cách gửi lại"),
            [(record.id, record.error.code, record.error.message) for record in unreadable if record.error],
            (5, 1, 8),
            alt="Văn bản không đọc được và lý do",
        )
    if not known:
        paper.text("Không có văn bản nào để soát.")
    return paper.data()


def _document(paper: Paper, number: int, record: AuditRecord) -> None:
    paper.heading(f"{number}. {flat(record.title or record.id)}")
    facts = [KINDS[record.kind], record.id, record.unit or record.outlet, record.date and short_day(record.date)]
    facts.append(f"xét theo pháp luật ngày {short_day(record.as_of)}")
    facts.append(f"chương trình {record.engine}, bộ quy tắc {record.rulebook}")
    paper.text("; ".join(fact for fact in facts if fact) + ".")
    for warning in record.warnings:
        paper.text(f"Lưu ý {warning.code}: {warning.message}")
    if not any(finding.severity in GENDER_SEVERITIES for finding in record.findings):
        paper.text("Không có phát hiện về giới. Xin vẫn đọc lại văn bản: chương trình có thể bỏ sót.")
    if record.findings:
        paper.table(
            ("Mức", "Vị trí", "Nguyên văn", "Nhận xét", "Căn cứ", "Gợi ý sửa"),
            [_finding(finding) for finding in record.findings],
            (1.3, 2.6, 5, 6, 7, 4.3),
            align="clllll",
            long=True,
            alt=f"Phát hiện trong {flat(record.title or record.id)}",
        )
    for words, lines in (
        ("Nghi vấn, chưa đủ chắc để báo, cần người xem:", [one.quote for one in record.suspects]),
        ("Điểm tốt:", [one.quote for one in record.positives]),
        ("Có thể bổ sung (không phải lỗi):", [f"{one.title}. {one.advice}" for one in record.advice]),
    ):
        if lines:
            paper.text(Bold(words))
            for line in lines:
                paper.text(f"- {flat(line)}")


def _finding(finding: Finding) -> tuple[str, ...]:
    said = f"{finding.title}. {finding.message}\n{finding.why}\nQuy tắc {finding.rule}, độ tin cậy"
    said += f" {percent(finding.confidence)}."
    spoken = f"\nLời của nguồn tin: {finding.speaker or 'chưa rõ ai nói'}" if finding.voice == "quoted" else ""
    return (
        finding.severity, place(finding.locator), f"“{flat(finding.quote)}”{spoken}", said, bases(finding.basis),
        finding.suggestion,
    )  # fmt: skip


def bases(found: Iterable[Basis]) -> str:
    """Cite provisions, those a lawyer has reviewed first, each kind under what it is worth."""
    groups: dict[str, list[str]] = {}
    for basis in sorted(found, key=lambda basis: not basis.reviewed):
        groups.setdefault(standing(basis), []).append(law(basis))
    return "\n".join(f"{words}: {'; '.join(laws)}." for words, laws in groups.items())


def check_xlsx(records: Iterable[AuditRecord]) -> bytes:
    """Return the same as a workbook."""
    known = list(records)
    with workbook(TITLE) as (sheets, made):
        sheets.table("Văn bản", DOCUMENTS, map(_document_row, known), (40, 30, 16, 24, 12, 22, *[7] * 5, 12, 14, 24),
                     notes=(CAUTION,))  # fmt: skip
        sheets.table("Phát hiện", FINDINGS, _finding_rows(known), (36, 8, 26, 26, 50, 50, 50, 50, 50, 14, 10, 24))
        advice = [(record.id, one.id, one.title, one.advice) for record in known for one in record.advice]
        sheets.table("Nội dung nên bổ sung", ("Văn bản", "Mã", "Nội dung", "Gợi ý (không phải lỗi)"), advice,
                     (40, 14, 40, 80))  # fmt: skip
        lost = [
            (record.id, record.source.form, record.error.code, record.error.message) for record in known if record.error
        ]
        sheets.table("Không đọc được", ("Văn bản", "Dạng tệp", "Mã", "Lý do và cách gửi lại"), lost, (40, 12, 10, 90))
    return made.data


DOCUMENTS = ("Văn bản", "Tên", "Loại", "Đơn vị, cơ quan", "Ngày", "Trạng thái", "S4", "S3", "S2", "S1", "S4x",
             "Xét theo pháp luật ngày", "Chương trình", "Bộ quy tắc")  # fmt: skip
FINDINGS = ("Văn bản", "Mức", "Nhóm", "Vị trí", "Nguyên văn", "Nhận xét", "Vì sao", "Căn cứ", "Gợi ý sửa", "Quy tắc",
            "Độ tin cậy", "Lời của nguồn tin")  # fmt: skip


def _document_row(record: AuditRecord) -> tuple[Cell, ...]:
    levels = Counter(finding.severity for finding in record.findings)
    read = record.status == "audited"
    return (
        record.id, record.title, KINDS[record.kind], record.unit or record.outlet, record.date,
        "đã soát" if read else "không đọc được, chưa được soát",
        *(levels[level] if read else None for level in (*GENDER_SEVERITIES, "S4x")),
        record.as_of, record.engine, record.rulebook,
    )  # fmt: skip


def _finding_rows(records: Iterable[AuditRecord]) -> Iterator[tuple[Cell, ...]]:
    for record in records:
        for one in record.findings:
            yield (
                record.id, one.severity, CATEGORIES.get(one.category, one.category), place(one.locator), one.quote,
                f"{one.title}. {one.message}", one.why,
                bases(one.basis), one.suggestion, one.rule,
                Ratio(one.confidence), (one.speaker or "chưa rõ ai nói") if one.voice == "quoted" else None,
            )  # fmt: skip
