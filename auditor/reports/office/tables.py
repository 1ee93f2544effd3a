"""The tables of the yearly reports, shared by Word and Excel: heads, and what stands in each row."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.reports.office.figures import CommuneRow, OutletRow, UnitEvents, YearlyFigures, total
from auditor.reports.office.words import count, percent, share

GROUPS = {"press": "báo chí", "local": "thông tin cơ sở"}
CONDITIONS = (
    "Quyết định hoặc kế hoạch áp dụng",
    "Bảng hỏi loại A đã trả lời",
    "Đo loại B với ít nhất 30 tin bài",
    "Báo cáo và kế hoạch hành động",
)
EVENTS = ("TT", "Đơn vị", "Số cuộc", "Lượt người", "Nữ", "Nam", "Từ 02 cuộc trở lên")
OUTLETS = ("TT", "Cơ quan", "Nhóm", "(1)", "(2)", "(3)", "(4)", "Áp dụng")
MEASURES = ("TT", "Cơ quan", "Số tin bài đo", "Nữ/người được dẫn lời", "Nam", "Chưa rõ", "Bài có khuôn mẫu (xác nhận)",
            "Bài về bạo lực giới đạt chuẩn")  # fmt: skip
SUMMARY = ("TT", "Xã, phường", "A", "K", "K/A", "C", "C/A", "Chưa rà soát")
COMMUNES = ("TT", "Xã, phường", "Thôn, bản, TDP (V)", "Đã thông qua (A)", "Đã công nhận (R)", "Đã rà soát (K)", "K/A",
            "Không có phân biệt (C)", "C/A", "Có S4: văn bản", "Có S4: điều khoản", "Đã kiến nghị", "Tạm ngừng",
            "Đã sửa đổi", "Bãi bỏ", "Còn phải xử lý", "Chưa rà soát")  # fmt: skip
CLAUSES = ("TT", "Xã, phường", "Thôn, bản", "Văn bản", "Vị trí", "Nguyên văn", "Nhóm, mức", "Căn cứ", "Tình trạng")


def applied(rows: tuple[OutletRow, ...]) -> str:
    """Return M/N, then the percentage."""
    return share(sum(row.applied for row in rows), len(rows))


def standing(row: OutletRow) -> str:
    """Say how far an outlet has come."""
    return "chính thức" if row.applied else "thí điểm" if row.piloting else "chưa"


def known(number: int | None) -> str:
    """Write a count, or that nobody counted."""
    return "chưa có" if number is None else count(number)


def people(row: UnitEvents) -> int | None:
    """Return how many came, from the sexes where only they were counted."""
    if row.people is None and row.women is not None and row.men is not None:
        return row.women + row.men
    return row.people


def events(rows: tuple[UnitEvents, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the rows of :data:`EVENTS`."""
    for number, row in enumerate(rows, 1):
        yield (str(number), row.unit, count(row.events), known(people(row)), known(row.women), known(row.men),
               "đạt" if row.met else "chưa đạt")  # fmt: skip


def outlets(rows: tuple[OutletRow, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the rows of :data:`OUTLETS`."""
    for number, row in enumerate(rows, 1):
        marks = ("có" if condition.met else "chưa" for condition in row.conditions)
        yield str(number), row.name, GROUPS[row.group], *marks, standing(row)


def measures(rows: tuple[OutletRow, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the rows of :data:`MEASURES`."""
    for number, row in enumerate(rows, 1):
        yield (
            str(number), row.name, count(row.articles), share(row.women, row.quoted), count(row.men),
            count(row.unknown), share(row.stereotypes, row.articles), share(row.violence_met, row.violence),
        )  # fmt: skip


def with_total(rows: tuple[CommuneRow, ...]) -> Iterator[tuple[str, CommuneRow]]:
    """Yield communes with their number, and the province at the end."""
    yield from ((str(number), row) for number, row in enumerate(rows, 1))
    yield "", total(rows)


def summary(figures: YearlyFigures) -> Iterator[tuple[str, ...]]:
    """Yield the rows of :data:`SUMMARY`, the last the province's."""
    for number, row in with_total(figures.target5):
        yield (
            number, row.commune, count(row.adopted), count(row.reviewed), percent(row.reviewed, row.adopted),
            count(row.clean), percent(row.clean, row.adopted), count(row.not_reviewed),
        )  # fmt: skip


def communes(figures: YearlyFigures) -> Iterator[tuple[str, ...]]:
    """Yield the rows of :data:`COMMUNES`, the last the province's."""
    for number, row in with_total(figures.target5):
        before = (row.villages, row.adopted, row.recognised, row.reviewed)
        after = (row.found_texts, row.found_clauses, row.recommended, row.suspended, row.amended, row.abolished,
                 row.open, row.not_reviewed)  # fmt: skip
        yield (
            number, row.commune, *map(count, before), percent(row.reviewed, row.adopted), count(row.clean),
            percent(row.clean, row.adopted), *map(count, after),
        )  # fmt: skip
