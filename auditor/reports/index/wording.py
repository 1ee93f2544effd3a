"""How figures of the index are said in Vietnamese."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.indicators.answers import Answered
from auditor.indicators.ledger import REASONS, Selection
from auditor.indicators.models import Indicator, Part, Window
from auditor.indicators.results import STATUSES, Figure, Gap, Index, Line, Mean, Review, Share

TITLE = "Chỉ số về giới trong truyền thông"
CAUTION = (
    "Đây là chỉ số nội bộ, không phải điểm chính thức. Mỗi con số đi kèm số đếm, khoảng tin cậy, số người chưa rõ giới "
    "và sai số của máy; xin đọc cùng nhau."
)
BETTER = {
    "parity": "càng gần 50% càng cân bằng",
    "higher": "càng cao càng tốt",
    "lower": "càng thấp càng tốt",
    "none": "",
}
NO_VALUE = "–"


def percent(share: float | None) -> str:
    """Write a share with one decimal; never 100 % for less than all."""
    if share is None:
        return NO_VALUE
    return f"{_decimal(min(100 * share, 100.0 if share >= 1 else 99.9))}%"


def span(low: float | None, high: float | None) -> str:
    """Write an interval of shares."""
    return NO_VALUE if low is None or high is None else f"{percent(low)[:-1]}–{percent(high)}"


def points(gap: float | None) -> str:
    """Write a gap in percentage points, with its sign."""
    return NO_VALUE if gap is None else ("+" if gap > 0 else "−" if gap < 0 else "") + _decimal(abs(gap))


def points_span(low: float | None, high: float | None) -> str:
    """Write an interval of gaps."""
    return NO_VALUE if low is None or high is None else f"từ {points(low)} đến {points(high)}"


def value(figure: Figure) -> str:
    """Say the value of a figure, or why there is none."""
    return percent(figure.share.value) if figure.share.value is not None else STATUSES[figure.status]


def share_value(share: Share) -> str:
    """Say a share of articles, or that the sample is too small."""
    return percent(share.value) if share.value is not None else STATUSES["too_few"]


def gap_value(gap: Gap | Mean) -> str:
    """Say a gap, or that the sample is too small."""
    return points(gap.value) if gap.value is not None else STATUSES["too_few"]


def counts(share: Share) -> str:
    """Write the two counts of a share."""
    return f"{number(share.hits)}/{number(share.total)}"


def number(count: int) -> str:
    """Write a count with a point between thousands."""
    return f"{count:,}".replace(",", ".")


def review(one: Review) -> str:
    """Say how far people have looked at the findings of a figure."""
    words = f"{one.confirmed} xác nhận, {one.dismissed} bác, {one.undecided} chưa xem"
    return words if one.rate is None else f"{words}; tỷ lệ xác nhận {percent(one.rate)}"


def name(indicator: Indicator, part: Part) -> str:
    """Name a figure by its indicator and, where there are several, its part."""
    return indicator.title if indicator.measure is not None else f"{indicator.title}: {part.title}"


def short(line: Line) -> str:
    """Name a figure in few letters, for the axis of a chart."""
    one = line.indicator
    return one.id if one.measure is not None else f"{one.id} {line.part.title}"


def days(window: Window) -> str:
    """Say which days of a year count to a campaign."""
    extra = f", thêm {window.before} ngày trước và {window.after} ngày sau" if window.before or window.after else ""
    return dates(window) + extra


def dates(window: Window) -> str:
    """Name a campaign by its first and last day."""
    first, last = window.days(2025)
    return f"{first.day}/{first.month}" if first == last else f"{first.day}/{first.month}–{last.day}/{last.month}"


def encoded(text: str) -> bytes:
    """Encode as UTF-8; what a name of a file or outlet holds that is no letter is shown by its number."""
    return text.encode("utf-8", errors="backslashreplace")


def answer(one: Answered) -> str:
    """Say what was answered."""
    given = one.answer
    if given is None:
        return "chưa trả lời"
    if one.question.answer == "yes_no":
        return "có" if given.answer else "không"
    if one.question.answer == "text":
        return given.text
    share = "" if one.women_share is None else f" ({percent(one.women_share)} nữ)"
    return f"{given.women} nữ, {given.men} nam{share}"


def scope(selection: Selection) -> str:
    """Say which articles were asked for."""
    words = (
        ("cơ quan", selection.outlet),
        ("chuyên mục", selection.section),
        ("kỳ", selection.period),
    )
    return ", ".join(f"{what} {which}" for what, which in words if which) or "tất cả tin bài"


def left_out(index: Index) -> Iterator[tuple[str, int]]:
    """Yield why records were left out, and how many."""
    for reason, count in index.left_out:
        yield REASONS[reason], count


def _decimal(number: float) -> str:
    return f"{number:.1f}".replace(".", ",")
