"""The draft of the province's yearly report on hương ước, quy ước to Bộ VHTTDL, due before 30 November.

Source: NĐ 61/2023/NĐ-CP, Điều 16 khoản 1: situation and impact, difficulties; texts recognised and not recognised;
amended or replaced; suspended or abolished.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.reports.office.figures import YearlyFigures, total
from auditor.reports.office.form import Letterhead, Signature, addressee, appendix, closing, letterhead, title
from auditor.reports.office.method import method
from auditor.reports.office.paper import Bold, Paper
from auditor.reports.office.words import count, share, short_day
from auditor.reports.office.yearly import communes

RECIPIENTS = ("Như trên", "Chủ tịch, các Phó Chủ tịch UBND tỉnh", "Sở Văn hóa, Thể thao và Du lịch", "Sở Tư pháp")


def ministry_docx(
    figures: YearlyFigures, head: Letterhead, signed: Signature, *, recipients: Sequence[str] = RECIPIENTS,
    filed: str = "VT",
) -> bytes:  # fmt: skip
    """Return the draft as a docx in the form of NĐ 30/2020/NĐ-CP; the letterhead is that of UBND tỉnh."""
    paper = Paper(f"Dự thảo báo cáo hương ước, quy ước năm {figures.year}")
    paper.text(Bold("DỰ THẢO"), style="Cell", align="left")
    letterhead(paper, head)
    title(paper, "Báo cáo", f"Tình hình xây dựng, thực hiện hương ước, quy ước\ntrên địa bàn tỉnh năm {figures.year}")
    addressee(paper, "Bộ Văn hóa, Thể thao và Du lịch")
    told = figures.narrative
    whole = total(figures.target5)
    paper.text(
        "Thực hiện khoản 1 Điều 16 Nghị định số 61/2023/NĐ-CP của Chính phủ về xây dựng, thực hiện hương ước,"
        f" quy ước của cộng đồng dân cư, Ủy ban nhân dân {figures.province} báo cáo tình hình năm {figures.year},"
        f" số liệu tính đến hết ngày {short_day(figures.cut_off)}, như sau:"
    )
    paper.heading("I. TÌNH HÌNH XÂY DỰNG, THỰC HIỆN VÀ TÁC ĐỘNG CỦA HƯƠNG ƯỚC, QUY ƯỚC")
    paper.text(
        f"Toàn tỉnh có {count(whole.villages)} thôn, bản, tổ dân phố; {count(whole.adopted)} hương ước, quy ước đã được"
        f" thông qua và đang có hiệu lực, trong đó {count(whole.recognised)} đã được công nhận. Đã rà soát về"
        f" bình đẳng giới {share(whole.reviewed, whole.adopted)} văn bản; {share(whole.clean, whole.adopted)} văn"
        f" bản đã rà soát và không có phân biệt đối xử về giới; {count(whole.not_reviewed)} văn bản chưa rà soát,"
        " không tính là đạt."
    )
    paper.told(told.impact, "Tình hình thực hiện, tác động đến đời sống cộng đồng")
    paper.heading("II. SỐ LIỆU TRONG NĂM")
    paper.caption("Bảng 1. Số liệu theo khoản 1 Điều 16 Nghị định 61/2023/NĐ-CP")
    paper.table(("TT", "Nội dung", "Số văn bản"), decree_rows(figures), (1, 11, 3), align="clr",
                alt="Số văn bản công nhận, không công nhận, sửa đổi, tạm ngừng, bãi bỏ trong năm")  # fmt: skip
    paper.text("Số liệu theo xã, phường tại Phụ lục I.")
    paper.heading("III. KHÓ KHĂN, VƯỚNG MẮC")
    paper.told(told.difficulties, "Khó khăn, vướng mắc và nguyên nhân")
    paper.heading("IV. KIẾN NGHỊ, ĐỀ XUẤT")
    paper.told(told.proposals, "Kiến nghị với Chính phủ, Bộ")
    paper.text(
        f"Trên đây là báo cáo của Ủy ban nhân dân {figures.province}, kính gửi Bộ Văn hóa, Thể thao và Du lịch"
        " tổng hợp./."
    )
    closing(paper, recipients, signed, filed)
    appendix(paper, "I", "Hương ước, quy ước theo xã, phường", "Báo cáo", head, landscape=True)
    communes(paper, figures)
    appendix(paper, "II", "Phương pháp và giới hạn của số liệu", "Báo cáo", head)
    for name, words in method(figures):
        if not name.startswith(("Mục tiêu 1", "Mục tiêu 4")):
            paper.text(Bold(f"{name}. "), words)
    return paper.data()


def decree_rows(figures: YearlyFigures) -> Iterator[tuple[str, str, str]]:
    """Yield what Điều 16 khoản 1 has counted."""
    found = figures.decree61
    rows = (
        ("Được công nhận", found.recognised),
        ("Không được công nhận", found.not_recognised),
        ("Được sửa đổi, bổ sung, thay thế", found.amended),
        ("Bị tạm ngừng thực hiện", found.suspended),
        ("Bị bãi bỏ", found.abolished),
    )
    return ((str(number), words, count(texts)) for number, (words, texts) in enumerate(rows, 1))
