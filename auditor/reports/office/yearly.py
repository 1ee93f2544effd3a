"""The department's yearly report to UBND tỉnh through Sở Nội vụ, due before 1 December: targets 1, 4 and 5."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.reports.office import tables
from auditor.reports.office.chart import Bars
from auditor.reports.office.check import bases
from auditor.reports.office.figures import ENOUGH_EVENTS, OutletRow, YearlyFigures, total
from auditor.reports.office.form import Letterhead, Signature, addressee, appendix, closing, letterhead, title
from auditor.reports.office.method import method
from auditor.reports.office.paper import Bold, Italic, Paper
from auditor.reports.office.words import NO_DATA, count, flat, share, short_day, shortened

PLAN = "Chương trình Truyền thông về bình đẳng giới giai đoạn 2026 - 2030"
RECIPIENTS = ("Như trên", "Sở Nội vụ (tổng hợp)", "Giám đốc, các Phó Giám đốc Sở")


def provincial_docx(
    figures: YearlyFigures, head: Letterhead, signed: Signature, *, recipients: Sequence[str] = RECIPIENTS,
    filed: str = "VT",
) -> bytes:  # fmt: skip
    """Return the report to UBND tỉnh as a docx in the form of NĐ 30/2020/NĐ-CP."""
    about = f"Kết quả thực hiện Mục tiêu 1, 4, 5 của Kế hoạch\n{PLAN},\nnăm {figures.year}"
    paper = Paper(f"Báo cáo Mục tiêu 1, 4, 5 năm {figures.year}")
    letterhead(paper, head)
    title(paper, "Báo cáo", about)
    addressee(paper, f"Ủy ban nhân dân {figures.province} (qua Sở Nội vụ)")
    office = flat(head.office)
    paper.text(
        f"Thực hiện Kế hoạch của Ủy ban nhân dân {figures.province} về {PLAN}, {office} báo cáo kết quả thực hiện năm"
        f" {figures.year}, số liệu tính đến hết ngày {short_day(figures.cut_off)}, như sau:"
    )
    told = figures.narrative
    paper.heading("I. CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI")
    paper.told(told.direction, "Văn bản chỉ đạo, hướng dẫn; tập huấn: số lớp, số người")
    paper.heading("II. KẾT QUẢ THỰC HIỆN")
    _target1(paper, figures)
    _target4(paper, figures)
    _target5(paper, figures)
    paper.heading("4. Kiểm tra, xử lý", 2)
    _handling(paper, figures)
    paper.told(told.handling, "Các đoàn kiểm tra, kết quả; việc còn vướng")
    paper.heading("5. Mô hình, cách làm hay", 2)
    paper.told(told.examples, "Tên mô hình, nơi làm, kết quả")
    paper.heading("III. ĐÁNH GIÁ CHUNG")
    paper.heading("1. Ưu điểm", 2)
    paper.told(told.strengths, "Việc làm được, nơi làm tốt, kèm số liệu ở mục II")
    paper.heading("2. Tồn tại, hạn chế", 2)
    paper.told(told.weaknesses, "Việc chưa làm được, địa bàn, văn bản còn phải xử lý")
    paper.heading("3. Nguyên nhân", 2)
    paper.heading("a) Nguyên nhân khách quan", 3)
    paper.told(told.causes_objective, "Điều kiện, quy định, nguồn lực")
    paper.heading("b) Nguyên nhân chủ quan", 3)
    paper.told(told.causes_own, "Cách tổ chức, chỉ đạo, phối hợp")
    paper.heading(f"IV. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM {figures.year + 1}")
    paper.told(told.next_year, "Việc làm, chỉ tiêu, thời hạn, đơn vị chủ trì")
    paper.heading("V. KIẾN NGHỊ, ĐỀ XUẤT")
    paper.told(told.proposals, "Kiến nghị với UBND tỉnh, các sở, UBND cấp xã")
    paper.text(
        f"Trên đây là báo cáo kết quả thực hiện Mục tiêu 1, 4, 5 năm {figures.year}, {office} kính báo cáo Ủy ban nhân"
        f" dân {figures.province} (qua Sở Nội vụ) xem xét, chỉ đạo./."
    )
    closing(paper, recipients, signed, filed)
    appendices(paper, figures, head)
    return paper.data()


def appendices(paper: Paper, figures: YearlyFigures, head: Letterhead) -> None:
    """Write appendices I to IV."""
    appendix(paper, "I", "Hương ước, quy ước theo xã, phường", "Báo cáo", head, landscape=True)
    communes(paper, figures)
    appendix(paper, "II", "Các điều khoản đã xác nhận có phân biệt đối xử về giới", "Báo cáo", head, landscape=True)
    _clauses(paper, figures)
    appendix(paper, "III", "Cơ quan truyền thông áp dụng Bộ chỉ số về giới", "Báo cáo", head, landscape=True)
    _outlets(paper, figures)
    appendix(paper, "IV", "Phương pháp và giới hạn của số liệu", "Báo cáo", head)
    for name, words in method(figures):
        paper.text(Bold(f"{name}. "), words)


def communes(paper: Paper, figures: YearlyFigures) -> None:
    """Write all figures of target 5, a row a commune."""
    if not figures.target5:
        paper.text(f"Hương ước, quy ước: {NO_DATA}.")
        return
    paper.table(
        tables.COMMUNES, tables.communes(figures), (1, 4.1, *[1.55] * 4, 1.75, 1.55, 1.75, *[1.5] * 8),
        align="cl" + "r" * 15, total=True, alt="Số liệu mục tiêu 5 theo xã, phường", size=11,
    )  # fmt: skip


def _target1(paper: Paper, figures: YearlyFigures) -> None:
    paper.heading("1. Mục tiêu 1: truyền thông pháp luật, chính sách về bình đẳng giới", 2)
    rows = figures.target1
    if not rows:
        paper.text(f"Mục tiêu 1: {NO_DATA}.")
        return
    paper.text(
        f"Có {share(sum(row.met for row in rows), len(rows))} đơn vị trong sổ theo dõi tổ chức từ"
        f" {ENOUGH_EVENTS:02d} cuộc truyền thông trở lên; tổng số {count(sum(row.events for row in rows))} cuộc."
    )
    paper.caption("Bảng 1. Các cuộc truyền thông theo đơn vị")
    paper.table(tables.EVENTS, tables.events(rows), (1, 6, 1.6, 2, 1.7, 1.7, 2.5), align="clrrrrc",
                alt="Số cuộc truyền thông của từng đơn vị")  # fmt: skip


def _target4(paper: Paper, figures: YearlyFigures) -> None:
    paper.heading("2. Mục tiêu 4: áp dụng Bộ chỉ số về giới trong truyền thông", 2)
    rows = figures.target4
    if not rows:
        paper.text(f"Mục tiêu 4: {NO_DATA}.")
        return
    groups = [(words, _of(rows, group)) for group, words in tables.GROUPS.items()]
    parts = "; ".join(f"{words} {tables.applied(some)}" for words, some in groups if some)
    paper.text(
        f"Có {tables.applied(rows)} cơ quan truyền thông chính thức áp dụng Bộ chỉ số (M/N); theo nhóm: {parts}. Số cơ"
        f" quan đang thí điểm: {sum(row.piloting for row in rows)}. Mục tiêu đến năm 2030 là 90%."
    )
    paper.caption("Bảng 2. Cơ quan truyền thông theo bốn điều kiện")
    paper.table(tables.OUTLETS, tables.outlets(rows), (1, 6, 2.4, 1.2, 1.2, 1.2, 1.2, 2.3), align="cllccccc",
                alt="Bốn điều kiện áp dụng Bộ chỉ số của từng cơ quan")  # fmt: skip
    named = "; ".join(f"({number}) {words[:1].lower()}{words[1:]}" for number, words in enumerate(tables.CONDITIONS, 1))
    paper.text(Italic(f"Ghi chú: {named}. Chính thức: đủ bốn điều kiện; thí điểm: đủ (1) và (2)."))
    measured = tuple(row for row in rows if row.quoted)
    if measured:
        paper.caption("Biểu đồ 1. Người được dẫn lời trong tin bài đã đo, theo giới")
        series = (
            ("Nữ", tuple(row.women for row in measured)),
            ("Nam", tuple(row.men for row in measured)),
            ("Chưa rõ", tuple(row.unknown for row in measured)),
        )
        alt = "Số người được dẫn lời: " + "; ".join(
            f"{row.name}: nữ {row.women}, nam {row.men}, chưa rõ {row.unknown}" for row in measured
        )
        paper.chart(Bars(alt, tuple(row.name for row in measured), series, level=True))


def _of(rows: tuple[OutletRow, ...], group: str) -> tuple[OutletRow, ...]:
    return tuple(row for row in rows if row.group == group)


def _target5(paper: Paper, figures: YearlyFigures) -> None:
    paper.heading("3. Mục tiêu 5: hương ước, quy ước không có phân biệt đối xử về giới", 2)
    whole = total(figures.target5)
    if not whole.adopted:
        paper.text(f"Số hương ước, quy ước đã được thông qua: {count(whole.adopted)}. Mục tiêu 5: {NO_DATA}.")
    else:
        paper.text(
            f"Toàn tỉnh có {count(whole.villages)} thôn, bản, tổ dân phố; {count(whole.adopted)} hương ước, quy ước đã"
            f" được thông qua và đang có hiệu lực (A), trong đó {count(whole.recognised)} đã được công nhận (R)."
        )
        paper.text(
            f"Đã rà soát {share(whole.reviewed, whole.adopted)} văn bản (K/A). Số văn bản đã rà soát và không có"
            f" phân biệt đối xử về giới là {share(whole.clean, whole.adopted)} (C/A). Còn"
            f" {count(whole.not_reviewed)} văn bản chưa rà soát, không được tính là đạt. Mục tiêu đến năm 2030 là 100%."
        )
    if figures.target5:
        paper.caption("Bảng 3. Kết quả rà soát theo xã, phường")
        paper.table(tables.SUMMARY, tables.summary(figures), (1.1, 5, 1.3, 1.3, 2.3, 1.3, 2.3, 1.9),
                    align="clrrrrrr", total=True, alt="A, K, C theo xã, phường")  # fmt: skip
        paper.text(
            Italic("Ghi chú: A: đã thông qua; K: đã rà soát; C: không có phân biệt đối xử. Chi tiết: Phụ lục I.")
        )
    shown = tuple(row for row in figures.target5 if row.adopted)
    if shown:
        paper.caption("Biểu đồ 2. Hương ước, quy ước theo kết quả rà soát, từng xã, phường")
        series = (
            ("Không có phân biệt", tuple(row.clean for row in shown)),
            ("Có phân biệt hoặc chờ kết luận", tuple(row.reviewed - row.clean for row in shown)),
            ("Chưa rà soát", tuple(row.not_reviewed for row in shown)),
        )
        alt = (
            f"Toàn tỉnh: {whole.clean} văn bản không có phân biệt, {whole.reviewed - whole.clean} có phân biệt hoặc chờ"
            f" kết luận, {whole.not_reviewed} chưa rà soát; số của từng xã ở Bảng 3"
        )
        paper.chart(Bars(alt, tuple(row.commune for row in shown), series))


def _handling(paper: Paper, figures: YearlyFigures) -> None:
    whole = total(figures.target5)
    paper.text(
        f"Đã xác nhận {count(whole.found_clauses)} điều khoản có phân biệt đối xử về giới trong"
        f" {count(whole.found_texts)} văn bản; đã gửi kiến nghị đối với {count(whole.recommended)} văn bản; tạm"
        f" ngừng {count(whole.suspended)}, sửa đổi {count(whole.amended)}, bãi bỏ {count(whole.abolished)}; còn"
        f" {count(whole.open)} văn bản phải xử lý. Chi tiết tại Phụ lục II."
    )


def _clauses(paper: Paper, figures: YearlyFigures) -> None:
    if not figures.clauses:
        paper.text("Không có điều khoản nào đã được xác nhận trong kỳ.")
        return
    rows = [
        (
            str(number), row.commune, row.village, row.regulation, row.place, f"“{shortened(row.quote)}”",
            f"{row.category} ({row.severity})", bases(row.basis), row.state,
        )
        for number, row in enumerate(figures.clauses, 1)
    ]  # fmt: skip
    paper.table(tables.CLAUSES, rows, (1, 2.3, 2.3, 2.6, 2.3, 5, 2.8, 5.2, 2.8), align="cllllllll", long=True,
                alt="Điều khoản đã xác nhận, căn cứ và tình trạng xử lý", size=11)  # fmt: skip


def _outlets(paper: Paper, figures: YearlyFigures) -> None:
    if not figures.target4:
        paper.text(f"Cơ quan truyền thông: {NO_DATA}.")
        return
    rows = [
        (str(number), row.name, *(_said(condition.met, condition.detail) for condition in row.conditions),
         tables.standing(row))
        for number, row in enumerate(figures.target4, 1)
    ]  # fmt: skip
    paper.table(("TT", "Cơ quan", *tables.CONDITIONS, "Áp dụng"), rows, (1, 5, 4.5, 4.5, 4.5, 4.5, 2.2),
                align="clllllc", alt="Minh chứng của bốn điều kiện")  # fmt: skip
    paper.table(tables.MEASURES, tables.measures(figures.target4), (1, 6, 2.5, 4, 2, 2, 4, 4), align="clrrrrrr",
                alt="Kết quả đo loại B của từng cơ quan")  # fmt: skip


def _said(met: bool, detail: str) -> str:
    word = "Có" if met else "Chưa"
    return f"{word}: {flat(detail)}" if detail.strip() else word
