"""How the figures of the yearly reports are made and what they do not say: appendix IV, and a sheet of the workbook."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.reports.office.figures import ENOUGH_ARTICLES, ENOUGH_EVENTS, YearlyFigures
from auditor.reports.office.words import short_day


def method(figures: YearlyFigures) -> Iterator[tuple[str, str]]:
    """Yield pairs of what is defined and how."""
    versions = figures.versions
    yield (
        "Kỳ số liệu",
        f"Năm {figures.year}, tính đến hết ngày {short_day(figures.cut_off)}. Việc làm sau ngày này thuộc kỳ báo"
        " cáo sau.",
    )
    yield (
        "Mục tiêu 1",
        f"Đơn vị đạt khi tổ chức ít nhất {ENOUGH_EVENTS:02d} cuộc truyền thông về bình đẳng giới trong năm. Chỉ"
        " tính đơn vị có trong sổ theo dõi.",
    )
    yield (
        "Mục tiêu 4 = M/N",
        "N là số cơ quan truyền thông trong phạm vi; M là số cơ quan chính thức áp dụng, tức đủ bốn điều kiện: có quyết"
        " định hoặc kế hoạch áp dụng; đã trả lời bảng hỏi loại A; đã đo loại B với ít nhất"
        f" {ENOUGH_ARTICLES} tin bài; có báo cáo kèm kế hoạch hành động. Thí điểm là mới đủ hai điều kiện đầu.",
    )
    yield (
        "Mục tiêu 5 = C/A",
        "A là số hương ước, quy ước đã được thông qua, đang có hiệu lực vào ngày chốt số liệu; K là số văn bản"
        " trong A đã được rà soát trong kỳ; C là số văn bản trong K không có nội dung phân biệt đối xử về giới"
        " (S4) đã xác nhận mà chưa sửa. Độ phủ rà soát là K/A. Văn bản chưa rà soát không bao giờ được tính là đạt.",
    )
    yield (
        "Xác nhận",
        "Máy chỉ gợi ý; một nội dung chỉ được tính khi người có trách nhiệm xác nhận. Nội dung trái pháp luật"
        " không vì giới (S4x) được nêu riêng, không tính vào mục tiêu 5.",
    )
    yield (
        "Căn cứ",
        "Điều luật ghi “căn cứ tham khảo” chưa được người làm công tác pháp luật duyệt.",
    )
    yield (
        "Giới hạn",
        "Chương trình có thể bỏ sót và có thể báo nhầm; bản chụp quá mờ không đọc được được tính là chưa rà"
        " soát. Giới của người được dẫn lời dựa vào tên, danh xưng và câu chữ; người không có dấu hiệu được ghi"
        " là chưa rõ. Bộ chỉ số về giới trong truyền thông năm 2014 không có công thức tính điểm và không có mức đạt.",
    )
    yield (
        "Phiên bản",
        f"Chương trình {versions.engine}; bộ quy tắc {versions.rulebook}; cách tính {versions.method}.",
    )
