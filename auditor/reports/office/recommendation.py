"""The letter that asks a commune to look at clauses people have confirmed: công văn kiến nghị.

The remedy for a village's rule is that UBND cấp xã suspends, has amended or abolishes it (NĐ 61/2023/NĐ-CP, Điều 12,
13, 14); a fine on a village is never proposed. Only where a clause is unlawful discrimination (S4) is suspension asked
for: milder ones are put to the community for its next amendment.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from auditor.record import Basis, Model, Severity
from auditor.reports.office.form import Letterhead, Signature, addressee, closing, letterhead
from auditor.reports.office.paper import Bold, Italic, Paper
from auditor.reports.office.words import flat, short_day
from auditor.reports.wording import SEVERITIES, law

DECREE = "Nghị định số 61/2023/NĐ-CP"
NO_BASIS = "chưa dẫn điều luật cụ thể; đề nghị cơ quan tư pháp cho ý kiến"


class RecommendedItem(Model):
    """One clause the commune is asked to look at.

    ``place`` is as people cite it ("Điều 7 khoản 2"); ``category`` is the title of its group; ``confirmed_by`` is the
    role of who confirmed it ("công chức Sở Tư pháp"), never a name.
    """

    place: str
    quote: str
    category: str
    severity: Severity
    message: str
    suggestion: str
    basis: tuple[Basis, ...] = ()
    confirmed_by: str
    confirmed_on: date


class Recommendation(Model):
    """What is asked of a commune about one regulation.

    ``commune`` is the addressee with its rank ("Ủy ban nhân dân xã Bum Nưa"); ``regulation`` is the text's own title;
    ``village`` has its rank too ("bản Nà Phát"); days that are not known are None.
    """

    commune: str
    village: str
    regulation: str
    adopted: date | None = None
    recognised: date | None = None
    items: tuple[RecommendedItem, ...]
    answer_by: date | None = None


def recommendation_docx(
    asked: Recommendation,
    head: Letterhead,
    signed: Signature,
    *,
    recipients: Sequence[str] = ("Như trên", "Sở Tư pháp (để phối hợp)"),
    filed: str = "VT",
) -> bytes:
    """Return the letter as a docx in the form of NĐ 30/2020/NĐ-CP."""
    paper = Paper(f"Kiến nghị xem xét {asked.regulation}")
    letterhead(paper, head, about=f"kiến nghị xem xét nội dung về bình đẳng giới trong {flat(asked.regulation)}")
    addressee(paper, asked.commune)
    office = flat(head.office)
    paper.text(
        f"Căn cứ Luật Bình đẳng giới năm 2006, Luật Thực hiện dân chủ ở cơ sở năm 2022 và {DECREE} của Chính phủ về xây"
        " dựng, thực hiện hương ước, quy ước của cộng đồng dân cư; thực hiện Kế hoạch của Ủy ban nhân dân tỉnh"
        f" về Chương trình Truyền thông về bình đẳng giới giai đoạn 2026 - 2030, {office} đã rà soát"
        f" {_named(asked)}{_days(asked)}."
    )
    paper.text(
        f"Kết quả có {len(asked.items):02d} nội dung đã được người có trách nhiệm xác nhận là cần xem xét, cụ thể như"
        " sau:"
    )
    paper.heading("I. NỘI DUNG CẦN XEM XÉT")
    for number, item in enumerate(asked.items, 1):
        _item(paper, number, item)
    paper.heading("II. KIẾN NGHỊ")
    paper.text(f"{office} kiến nghị {asked.commune}:")
    for number, words in enumerate(_requests(asked, office), 1):
        paper.text(f"{number}. {words}")
    paper.text(
        "Kiến nghị này chỉ nhằm sửa nội dung của văn bản, không nhằm xử phạt cộng đồng dân cư hay cá nhân. Căn"
        " cứ ghi là “tham khảo” chưa được người làm công tác pháp luật duyệt và chỉ để đối chiếu. Các câu gợi ý"
        " sửa không thay cho việc bàn và quyết định của cộng đồng."
    )
    paper.text(f"{office} trân trọng đề nghị {asked.commune} quan tâm, phối hợp thực hiện./.")
    closing(paper, recipients, signed, filed)
    return paper.data()


def _named(asked: Recommendation) -> str:
    """Name the regulation, and its village where the title does not."""
    regulation, village = flat(asked.regulation), flat(asked.village)
    return regulation if village.casefold() in regulation.casefold() else f"{regulation} của {village}"


def _days(asked: Recommendation) -> str:
    known = [
        f"{word} ngày {short_day(day)}"
        for word, day in (("thông qua", asked.adopted), ("công nhận", asked.recognised))
        if day is not None
    ]
    return f" ({', '.join(known)})" if known else ""


def _item(paper: Paper, number: int, item: RecommendedItem) -> None:
    paper.heading(f"{number}. {flat(item.place)}: {item.category[:1].lower()}{item.category[1:]}", 2)
    paper.text(Bold("Nguyên văn: "), f"“{flat(item.quote)}”.")
    paper.text(Bold("Nhận xét: "), f"{item.message.strip()} ", f"Mức: {item.severity}, {SEVERITIES[item.severity]}.")
    for words, found in (
        ("Căn cứ: ", [basis for basis in item.basis if basis.reviewed]),
        ("Căn cứ tham khảo: ", [basis for basis in item.basis if not basis.reviewed]),
    ):
        if found:
            paper.text(Bold(words), f"{_laws(found)}.")
    if not item.basis:
        paper.text(Bold("Căn cứ: "), f"{NO_BASIS}.")
    paper.text(Bold("Gợi ý sửa: "), item.suggestion.strip())
    paper.text(Italic(f"Xác nhận: {item.confirmed_by}, ngày {short_day(item.confirmed_on)}."))


def _laws(found: Iterable[Basis]) -> str:
    return "; ".join(f"{law(basis)}{f' ({basis.short})' if basis.short else ''}" for basis in found)


def _requests(asked: Recommendation, office: str) -> Iterable[str]:
    grave = [flat(item.place) for item in asked.items if item.severity == "S4"]
    unlawful = [flat(item.place) for item in asked.items if item.severity == "S4x"]
    others = [flat(item.place) for item in asked.items if item.severity not in {"S4", "S4x"}]
    if grave:
        yield (
            f"Xem xét tạm ngừng thực hiện một phần văn bản, đối với {_list(grave)}, theo điểm b khoản 1 Điều 12"
            f" {DECREE}. Thời hạn xem xét theo Điều 12 là 03 ngày làm việc kể từ ngày nhận được báo cáo, phản ánh"
            " bằng văn bản hoặc kết quả kiểm tra, giám sát."
        )
        yield (
            f"Hướng dẫn {flat(asked.village)} sửa đổi, bổ sung các nội dung ấy theo Điều 13 {DECREE}, với cùng các bước"
            " soạn thảo, lấy ý kiến, thông qua và công nhận như khi xây dựng văn bản (Điều 8 đến Điều 11); dự thảo được"
            " niêm yết ít nhất 30 ngày."
        )
        yield (
            "Nếu hết thời hạn tạm ngừng mà nội dung chưa được sửa, hoặc nội dung trái pháp luật, xâm phạm quyền"
            f" và lợi ích hợp pháp của tổ chức, cá nhân, thì xem xét bãi bỏ theo Điều 14 {DECREE}."
        )
    if unlawful:
        yield (
            f"Cùng cơ quan tư pháp xem xét {_list(unlawful)}: nội dung có dấu hiệu trái pháp luật nhưng không vì"
            " giới, nêu để xử lý theo thẩm quyền, không tính vào kết quả về bình đẳng giới."
        )
    if others:
        yield (
            f"Trao đổi với {flat(asked.village)} để cộng đồng cân nhắc {_list(others)} trong lần rà soát hằng năm"
            f" hoặc khi sửa đổi, bổ sung văn bản theo Điều 13 {DECREE}."
        )
    when = f"trước ngày {short_day(asked.answer_by)}" if asked.answer_by else "bằng văn bản sau khi xem xét"
    yield f"Thông báo kết quả xem xét, xử lý về {office} {when}."


def _list(places: Sequence[str]) -> str:
    known = list(
        dict.fromkeys(place[:1].lower() + place[1:] if place.startswith("Đoạn") else place for place in places)
    )
    return known[0] if len(known) == 1 else f"{', '.join(known[:-1])} và {known[-1]}"
