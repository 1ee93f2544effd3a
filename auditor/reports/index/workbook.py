"""The index as a workbook of Excel: a sheet for each group of indicators, with charts that stay editable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, BinaryIO

import xlsxwriter

from auditor.indicators.models import MEASURED, SURENESS
from auditor.indicators.results import STATUSES, Figure, Index, Line, Share
from auditor.reports.index import wording as say

Cell = str | int | float | None
# No moment of writing in the file: the same index gives the same bytes.
CREATED = datetime(2026, 1, 1)
PARTS = ("Mã", "Chỉ số", "Nhóm bài", "Giá trị", "Thấp nhất 95%", "Cao nhất 95%")
PEOPLE = ("Tử số", "Mẫu số", "Chưa rõ giới", "Nếu họ đều là nữ", "Nếu họ đều là nam", "Ghi chú")
FINDINGS = ("Số bài xác nhận", "Số bài", "Máy gợi ý: số bài", "Máy gợi ý: tỷ lệ", "Phát hiện xác nhận",
            "Phát hiện bác", "Phát hiện chưa xem", "Tỷ lệ xác nhận", "Ghi chú")  # fmt: skip


def write_xlsx(index: Index, out: BinaryIO) -> None:
    """Write the workbook."""
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": say.TITLE, "created": CREATED})
        sheets = Sheets(book)
        sheets.table("Tóm tắt", _summary(index), widths=(60, 24))
        for group in index.indicators.groups:
            lines = [line for line in index.lines if line.group.id == group.id]
            if group.id == "GEM":
                _gem(sheets, index, lines)
                continue
            _people(sheets, index, group.id, [line for line in lines if line.indicator.measured == "automatic"])
            proposed = [line for line in lines if line.indicator.measured == "proposed"]
            if proposed:
                sheets.table(f"{group.id} gợi ý", [(*PARTS, *FINDINGS), *_findings(index, proposed)])
        _weeks(sheets, index)
        sheets.table("Loại A", _answers(index), widths=(10, 60, 40, 40, 40))
        sheets.table("Định nghĩa", _definitions(index), widths=(10, 50, 60, 30, 30, 22, 40, 40, 40, 60))


class Percent(float):
    """A share that is shown as a percentage."""


class Sheets:
    """Writes tables into a workbook; words are never taken for formulas."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        self._head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self._words = book.add_format({"text_wrap": True, "valign": "top"})
        self._share = book.add_format({"num_format": "0.0%", "valign": "top"})
        self._plain = book.add_format({"num_format": "#,##0.##", "valign": "top"})

    def table(self, name: str, rows: Iterable[Sequence[Cell]], widths: Sequence[int] = (10, 60, 24)) -> Any:
        """Write one sheet whose first row is its head."""
        sheet = self.book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        if len(widths) <= 3:
            sheet.set_column(len(widths), 20, 14)
        for i, row in enumerate(rows):
            for j, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(i, j, say.encoded(cell).decode(), self._head if i == 0 else self._words)
                elif cell is not None:
                    sheet.write_number(i, j, cell, self._share if isinstance(cell, Percent) else self._plain)
        return sheet

    def chart(
        self, sheet: Any, name: str, title: str, rows: tuple[int, int], columns: tuple[int, int], place: str,
        *, kind: str = "column", errors: tuple[list[float], list[float]] | None = None, form: str = "0%",
    ) -> None:  # fmt: skip
        """Put a chart of one series on a sheet.

        Args:
            rows: first and last row of the series, from 0.
            columns: the column of names and that of values.
            errors: lengths of the whiskers above and below each value.
        """
        chart = self.book.add_chart({"type": kind})
        (first, last), (names, values) = rows, columns
        series: dict[str, Any] = {
            "name": title,
            "categories": [name, first, names, last, names],
            "values": [name, first, values, last, values],
        }
        if errors is not None:
            plus, minus = errors
            series["y_error_bars"] = {"type": "custom", "plus_values": plus, "minus_values": minus}
        chart.add_series(series)
        chart.set_title({"name": title})
        chart.set_legend({"none": True})
        chart.set_y_axis({"num_format": form})
        chart.set_size({"width": 900, "height": 360})
        sheet.insert_chart(place, chart)


def _summary(index: Index) -> Iterable[Sequence[Cell]]:
    yield say.TITLE, say.scope(index.selection)
    yield say.CAUTION, None
    yield "Bản ghi đã đọc", index.read
    yield "Tin bài được đếm", index.counted
    yield from ((f"Để ngoài: {reason}", count) for reason, count in say.left_out(index))
    yield from ((f"Nhóm bài: {label}", size) for label, size in zip(index.labels, index.sizes, strict=True))
    yield from ((note, None) for note in index.indicators.method.notes)
    yield "Cách tính, phiên bản", index.indicators.method.version
    yield from ((f"Bản ghi do chương trình {a}", f"bộ quy tắc {b}") for a, b in index.versions)


def _people(sheets: Sheets, index: Index, group: str, lines: list[Line]) -> None:
    rows: list[Sequence[Cell]] = [
        (*_parts(line, label, figure), figure.share.hits, figure.share.total, figure.unknown,
         _percent(figure.if_all_women), _percent(figure.if_all_men), STATUSES[figure.status])
        for line in lines for label, figure in zip(index.labels, line.figures, strict=True)
    ]  # fmt: skip
    # The chart reads a block of its own: the figures that have a value, over all articles.
    shown = [(say.short(line), line.figures[0].share) for line in lines if line.figures[0].share.value is not None]
    start = len(rows) + 3
    block: list[Sequence[Cell]] = [
        (),
        (),
        ("", "Biểu đồ: tất cả tin bài"),
        *((None, name, _percent(share.value)) for name, share in shown),
    ]
    sheet = sheets.table(group, [(*PARTS, *PEOPLE), *rows, *block])
    if shown:
        errors = (
            [(share.high or 0.0) - (share.value or 0.0) for _, share in shown],
            [(share.value or 0.0) - (share.low or 0.0) for _, share in shown],
        )
        last = start + len(shown)
        sheets.chart(sheet, group, "Giá trị và khoảng 95%", (start + 1, last), (1, 2), f"E{start + 1}", errors=errors)


def _findings(index: Index, lines: list[Line]) -> Iterable[Sequence[Cell]]:
    for line in lines:
        for label, figure in zip(index.labels, line.figures, strict=True):
            if figure.review is not None:
                one = figure.review
                yield (
                    *_parts(line, label, figure), figure.share.hits, figure.share.total, one.suggested.hits,
                    _percent(one.suggested.value), one.confirmed, one.dismissed, one.undecided, _percent(one.rate),
                    STATUSES[figure.status],
                )  # fmt: skip


def _parts(line: Line, label: str, figure: Figure) -> tuple[Cell, ...]:
    share = figure.share
    return line.indicator.id, say.name(line.indicator, line.part), label, *_ends(share)


def _gem(sheets: Sheets, index: Index, lines: list[Line]) -> None:
    rows: list[Sequence[Cell]] = [
        ("Mã", "Phần", "Nhóm bài", "Khoảng cách, % nữ − % nam", "Thấp nhất 95%", "Cao nhất 95%", "Nữ", "Nam",
         "Chưa rõ giới", "Ghi chú")
    ]  # fmt: skip
    for i, label in enumerate(index.labels):
        for line in lines:
            gap = line.gaps[i]
            rows.append((line.indicator.id, line.indicator.title, label, _round(gap.value), _round(gap.low),
                         _round(gap.high), gap.women, gap.men, gap.unknown,
                         "" if gap.value is not None else STATUSES["too_few"]))  # fmt: skip
        mean = index.means[i]
        rows.append(("", "Trung bình sáu khoảng cách", label, _round(mean.value), _round(mean.low),
                     _round(mean.high), None, None, None,
                     "" if mean.value is not None else STATUSES["too_few"]))  # fmt: skip
    sheet = sheets.table("GEM", rows)
    title = "Khoảng cách nữ và nam, tất cả tin bài (điểm phần trăm)"
    sheets.chart(sheet, "GEM", title, (1, len(lines)), (1, 3), f"B{len(rows) + 3}", form="0")


def _round(gap: float | None) -> Cell:
    return None if gap is None else round(gap, 1)


def _percent(share: float | None) -> Cell:
    return None if share is None else Percent(share)


def _ends(share: Share) -> tuple[Cell, Cell, Cell]:
    return _percent(share.value), _percent(share.low), _percent(share.high)


def _weeks(sheets: Sheets, index: Index) -> None:
    names = {window.id: window.title for window in index.indicators.windows}
    rows: list[Sequence[Cell]] = [
        (
            "Tuần",
            "Đợt cao điểm",
            "Ngày đầu",
            "Bài về bình đẳng giới",
            "Số bài",
            "Tỷ lệ",
            *PARTS[-2:],
        )
    ]
    for week in index.campaign.weeks:
        campaigns = "; ".join(names[one] for one in week.windows)
        share = week.share
        day = f"{week.start:%d/%m/%Y}"
        rows.append((week.label, campaigns, day, share.hits, share.total, *_ends(share)))
    last = len(rows) - 1
    rows.append(())
    found = [(f"{window.title} ({say.days(window)})", share) for window, share in index.campaign.by_window]
    for title, share in [*found, ("Trong các đợt", index.campaign.inside), ("Ngoài các đợt", index.campaign.outside)]:
        rows.append((None, title, None, share.hits, share.total, *_ends(share)))
    sheet = sheets.table("Tuần và đợt", rows)
    if last:
        title = "Số bài về bình đẳng giới theo tuần"
        sheets.chart(sheet, "Tuần và đợt", title, (1, last), (0, 3), "J2", kind="line", form="0")


def _answers(index: Index) -> Iterable[Sequence[Cell]]:
    yield (
        "Mã",
        f"Câu hỏi ({index.answers_of or 'chưa có trả lời'})",
        "Trả lời",
        "Minh chứng đã nêu",
        "Minh chứng cần có",
    )
    for one in index.answers:
        document = one.answer.document if one.answer else ""
        yield one.question.id, one.question.question, say.answer(one), document, one.question.evidence


def _definitions(index: Index) -> Iterable[Sequence[Cell]]:
    yield ("Mã", "Tên", "Định nghĩa", "Tử số", "Mẫu số", "Cách đo", "Nguồn", "Độ chắc của nguồn", "Ghi chú",
           "Sai số của máy")  # fmt: skip
    for group in index.indicators.groups:
        for one in group.indicators:
            yield (
                one.id, one.title, one.definition, one.numerator, one.denominator, MEASURED[one.measured], one.source,
                SURENESS[one.sure], one.note, index.scores.said(one.scores),
            )  # fmt: skip
    for objective in index.indicators.objectives:
        yield (
            objective.id, objective.title, "Cơ quan tự trả lời và nêu minh chứng.", "", "", MEASURED["questionnaire"],
            objective.source, SURENESS[objective.sure],
        )  # fmt: skip
