"""The index as readable lines, for the screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from textwrap import wrap
from typing import BinaryIO

from auditor.indicators.models import MEASURED
from auditor.indicators.results import Index, Line
from auditor.reports.index import wording as say
from auditor.reports.plain import CONTROL

Row = Sequence[str]
WIDTH = 110


def write_plain(index: Index, out: BinaryIO) -> None:
    """Write tables that fit a terminal of 120 letters."""
    text = "".join(line.rstrip().translate(CONTROL) + "\n" for line in _lines(index))
    out.write(say.encoded(text))


def _lines(index: Index) -> Iterator[str]:
    yield f"{say.TITLE.upper()}: {say.scope(index.selection)}"
    yield from wrap(say.CAUTION, WIDTH)
    yield ""
    yield f"Đã đọc {say.number(index.read)} bản ghi: đếm {say.number(index.counted)} tin bài."
    yield from (f"  Để ngoài {say.number(count)}: {reason}." for reason, count in say.left_out(index))
    for group in index.indicators.groups:
        own = [line for line in index.lines if line.group.id == group.id]
        yield from (
            "",
            f"{group.id}. {group.title.upper()}",
            *wrap(group.note, WIDTH, initial_indent="  ", subsequent_indent="  "),
        )
        if group.id == "GEM":
            yield from _gem(index, own)
        else:
            yield from _figures(index, [line for line in own if line.indicator.measured == "automatic"])
            yield from _findings(index, [line for line in own if line.indicator.measured == "proposed"])
    yield from _campaign(index)
    yield from _by_hand(index)
    yield from ("", f"Cách tính, phiên bản {index.indicators.method.version}:")
    for note in index.indicators.method.notes:
        yield from wrap(note, WIDTH, initial_indent="  ", subsequent_indent="    ")
    yield "  Bản ghi do: " + "; ".join(f"chương trình {a}, bộ quy tắc {b}" for a, b in index.versions) + "."


def _figures(index: Index, lines: list[Line]) -> Iterator[str]:
    rows = [
        (
            label, say.value(figure), say.span(figure.share.low, figure.share.high), say.counts(figure.share),
            "" if figure.unknown is None else say.number(figure.unknown),
            _both(figure.if_all_men, figure.if_all_women),
        )
        for line in lines for label, figure in zip(index.labels, line.figures, strict=True)
    ]  # fmt: skip
    head = ("", "giá trị", "khoảng 95%", "số đếm", "chưa rõ giới", "nếu họ đều nam, nữ")
    yield from _tables(index, lines, rows, head)


def _findings(index: Index, lines: list[Line]) -> Iterator[str]:
    if not lines:
        return
    yield ""
    yield "  Đếm theo phát hiện. Phát hiện chưa có người xác nhận chỉ là gợi ý của máy, không phải giá trị của chỉ số."
    rows = [
        (
            label, say.value(figure), say.span(figure.share.low, figure.share.high), say.counts(figure.share),
            f"{say.share_value(figure.review.suggested)} ({say.counts(figure.review.suggested)})",
            say.review(figure.review),
        )
        for line in lines for label, figure in zip(index.labels, line.figures, strict=True) if figure.review
    ]  # fmt: skip
    yield from _tables(index, lines, rows, ("", "xác nhận", "khoảng 95%", "số bài", "máy gợi ý", "phát hiện"))


def _gem(index: Index, lines: list[Line]) -> Iterator[str]:
    rows = [
        (
            label, say.gap_value(gap), say.points_span(gap.low, gap.high), f"{gap.women} nữ, {gap.men} nam",
            say.number(gap.unknown), f"{say.points(gap.if_all_men)}; {say.points(gap.if_all_women)}",
        )
        for line in lines for label, gap in zip(index.labels, line.gaps, strict=True)
    ]  # fmt: skip
    yield from _tables(
        index, lines, rows, ("", "khoảng cách", "khoảng 95%", "số đếm", "chưa rõ giới", "nếu họ đều nam, nữ")
    )
    yield "  Trung bình sáu khoảng cách (chỉ nêu khi đủ cả sáu)"
    for label, mean in zip(index.labels, index.means, strict=True):
        yield f"    {label}: {say.gap_value(mean)} ({say.points_span(mean.low, mean.high)})"


def _tables(index: Index, lines: list[Line], rows: Sequence[Row], head: Row) -> Iterator[str]:
    """Set rows under the titles of their figures, all in columns of the same width."""
    if not rows:
        return
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]
    yield "    " + _set(head, widths)
    for number, line in enumerate(lines):
        yield f"  {line.indicator.id} {say.name(line.indicator, line.part)}"
        for row in rows[number * len(index.labels) : (number + 1) * len(index.labels)]:
            yield "    " + _set(row, widths)


def _both(men: float | None, women: float | None) -> str:
    return "" if men is None else f"{say.percent(men)}; {say.percent(women)}"


def _set(row: Row, widths: list[int]) -> str:
    return row[0].ljust(widths[0]) + "".join(
        f"  {cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True)
    )


def _campaign(index: Index) -> Iterator[str]:
    found = index.campaign
    yield from ("", "TIN BÀI VỀ BÌNH ĐẲNG GIỚI TRONG CÁC ĐỢT CAO ĐIỂM")
    rows = [*((f"{window.title} ({say.days(window)})", share) for window, share in found.by_window)]
    rows += [("Trong các đợt", found.inside), ("Ngoài các đợt", found.outside)]
    for title, share in rows:
        yield f"  {title}: {say.share_value(share)} ({say.span(share.low, share.high)}), {say.counts(share)} bài"
    if found.difference is not None:
        gap, low, high = (100 * one for one in found.difference)
        yield f"  Chênh lệch trong và ngoài đợt: {say.points(gap)} điểm phần trăm ({say.points_span(low, high)})"
    if found.undated:
        yield f"  {found.undated} bài không ghi ngày nên không có trong phần này."


def _by_hand(index: Index) -> Iterator[str]:
    yield from ("", "CẦN NGƯỜI ĐẾM (máy không đo)")
    for group in index.indicators.groups:
        for one in group.indicators:
            if one.measured == "manual":
                yield f"  {one.id} {one.title}"
    yield from ("", f"LOẠI A, {MEASURED['questionnaire'].upper()}: {index.answers_of or 'chưa có trả lời'}")
    for objective, questions in groupby(index.answers, key=lambda one: one.objective):
        own = list(questions)
        given = sum(one.answer is not None for one in own)
        proved = sum(one.proved for one in own)
        yield f"  {objective.id} {objective.title}: trả lời {given}/{len(own)} câu, có minh chứng {proved}"
        if index.answers_of:
            yield from (f"    {one.question.id} {one.question.question} {say.answer(one)}" for one in own)
