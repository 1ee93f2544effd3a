"""The figures of the yearly reports as a workbook: the same numbers, to be counted with."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.reports.office import tables
from auditor.reports.office.check import bases
from auditor.reports.office.figures import CommuneRow, OutletRow, YearlyFigures, total
from auditor.reports.office.method import method
from auditor.reports.office.ministry import decree_rows
from auditor.reports.office.sheets import Cell, Ratio, workbook
from auditor.reports.office.words import NO_DATA, short_day

OUTLETS = ("TT", "Cơ quan", "Nhóm", *(f"({number}) {words}" for number, words in enumerate(tables.CONDITIONS, 1)),
           "Minh chứng (1)", "Minh chứng (2)", "Minh chứng (3)", "Minh chứng (4)", "Áp dụng", "Số tin bài đo",
           "Người được dẫn lời", "Nữ", "Nam", "Chưa rõ", "Tỷ lệ nữ", "Bài có khuôn mẫu (xác nhận)",
           "Bài về bạo lực giới", "Trong đó đạt chuẩn")  # fmt: skip


def yearly_xlsx(figures: YearlyFigures) -> bytes:
    """Return the workbook."""
    title = f"Số liệu Mục tiêu 1, 4, 5 năm {figures.year}"
    until = f"Số liệu tính đến hết ngày {short_day(figures.cut_off)}. Văn bản chưa rà soát không được tính là đạt."
    with workbook(title) as (sheets, made):
        sheets.table("Tổng hợp", ("Chỉ tiêu", "Tử số", "Mẫu số", "Tỷ lệ"), _summary(figures), (70, 12, 12, 18),
                     title=title, notes=(until,))  # fmt: skip
        sheets.table("Mục tiêu 1", (*tables.EVENTS, "Nội dung"), _events(figures), (6, 50, 10, 12, 10, 10, 14, 60))
        sheets.table("Mục tiêu 4", OUTLETS, _outlets(figures), (6, 40, 16, *[14] * 4, *[36] * 4, *[12] * 10))
        sheets.table("Mục tiêu 5", tables.COMMUNES, _communes(figures), (6, 34, *[12] * 15))
        sheets.table("Điều khoản", tables.CLAUSES, _clauses(figures), (6, 26, 26, 36, 20, 60, 30, 60, 30))
        decree = [(int(number), words, int(texts.replace(".", ""))) for number, words, texts in decree_rows(figures)]
        sheets.table("NĐ 61, Điều 16", ("TT", "Nội dung", "Số văn bản"), decree, (6, 50, 14))
        sheets.table("Phương pháp", ("Mục", "Cách tính"), method(figures), (26, 120))
    return made.data


def _ratio(hits: int, whole: int) -> Cell:
    return Ratio(hits / whole) if whole else NO_DATA


def _summary(figures: YearlyFigures) -> Iterator[tuple[Cell, ...]]:
    whole = total(figures.target5)
    met = sum(row.met for row in figures.target1)
    applied = sum(row.applied for row in figures.target4)
    for words, hits, base in (
        ("Mục tiêu 1: đơn vị tổ chức từ 02 cuộc truyền thông trở lên", met, len(figures.target1)),
        ("Mục tiêu 4: cơ quan truyền thông chính thức áp dụng Bộ chỉ số (M/N)", applied, len(figures.target4)),
        ("Mục tiêu 5: văn bản không có phân biệt đối xử về giới (C/A)", whole.clean, whole.adopted),
        ("Độ phủ rà soát (K/A)", whole.reviewed, whole.adopted),
        ("Văn bản đã công nhận (R/A)", whole.recognised, whole.adopted),
        ("Văn bản chưa rà soát ((A − K)/A)", whole.not_reviewed, whole.adopted),
    ):
        yield words, hits, base, _ratio(hits, base)


def _events(figures: YearlyFigures) -> Iterator[tuple[Cell, ...]]:
    for number, row in enumerate(figures.target1, 1):
        yield (number, row.unit, row.events, tables.people(row), row.women, row.men,
               "đạt" if row.met else "chưa đạt", row.detail)  # fmt: skip


def _outlets(figures: YearlyFigures) -> Iterator[tuple[Cell, ...]]:
    for number, row in enumerate(figures.target4, 1):
        yield number, row.name, tables.GROUPS[row.group], *_conditions(row), tables.standing(row), *_measures(row)


def _conditions(row: OutletRow) -> Iterator[Cell]:
    yield from ("có" if condition.met else "chưa" for condition in row.conditions)
    yield from (condition.detail for condition in row.conditions)


def _measures(row: OutletRow) -> tuple[Cell, ...]:
    return (row.articles, row.quoted, row.women, row.men, row.unknown, _ratio(row.women, row.quoted), row.stereotypes,
            row.violence, row.violence_met)  # fmt: skip


def _communes(figures: YearlyFigures) -> Iterator[tuple[Cell, ...]]:
    for number, row in tables.with_total(figures.target5):
        yield (int(number) if number else None, *_commune(row))


def _commune(row: CommuneRow) -> tuple[Cell, ...]:
    return (
        row.commune, row.villages, row.adopted, row.recognised, row.reviewed, _ratio(row.reviewed, row.adopted),
        row.clean, _ratio(row.clean, row.adopted), row.found_texts, row.found_clauses, row.recommended, row.suspended,
        row.amended, row.abolished, row.open, row.not_reviewed,
    )  # fmt: skip


def _clauses(figures: YearlyFigures) -> Iterator[tuple[Cell, ...]]:
    for number, row in enumerate(figures.clauses, 1):
        yield (number, row.commune, row.village, row.regulation, row.place, row.quote,
               f"{row.category} ({row.severity})", bases(row.basis), row.state)  # fmt: skip
