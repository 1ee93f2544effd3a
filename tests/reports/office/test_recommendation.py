"""The letter to a commune, and the frame all official papers share."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest

from auditor.record import Basis, Severity
from auditor.reports.office.form import Letterhead, Signature
from auditor.reports.office.recommendation import Recommendation, RecommendedItem, recommendation_docx
from auditor.reports.office.words import long_day, percent, share, shortened
from tests.reports.office.files import BROKEN, FORMULA, SCRIPT, words_of

HEAD = Letterhead(
    parent="UBND tỉnh Lai Châu", office="Sở Văn hóa, Thể thao\nvà Du lịch", place="Lai Châu", symbol="SVHTTDL-XD",
    year=2026,
)  # fmt: skip
SIGNED = Signature(title="Phó Giám đốc", on_behalf="KT. Giám đốc", name="Họ và Tên")


def item(severity: Severity = "S4", place: str = "Điều 6 khoản 3") -> RecommendedItem:
    return RecommendedItem(
        place=place, quote=SCRIPT, category="Tài sản", severity=severity, message="Lời báo.", suggestion=BROKEN,
        basis=(
            Basis(law="73/2006/QH11", article="40", title="Luật Bình đẳng giới"),
            Basis(law="61/2023/NĐ-CP", article="4", title="Nghị định", reviewed=True),
        ),
        confirmed_by="công chức Sở Tư pháp", confirmed_on=date(2026, 2, 3),
    )  # fmt: skip


def asked(*items: RecommendedItem) -> Recommendation:
    return Recommendation(
        commune="Ủy ban nhân dân xã Nà Mường", village=FORMULA, regulation="Quy ước bản Pa Hàng",
        adopted=date(2024, 11, 18), items=items, answer_by=date(2026, 7, 31),
    )  # fmt: skip


def letter(*items: RecommendedItem, head: Letterhead = HEAD) -> str:
    return words_of(recommendation_docx(asked(*items), head, SIGNED))


def test_the_letter_asks_for_suspension_amendment_and_abolition_and_never_for_a_fine() -> None:
    words = letter(item())
    assert "Kính gửi: Ủy ban nhân dân xã Nà Mường" in words
    for part in ("điểm b khoản 1 Điều 12", "03 ngày làm việc", "theo Điều 13", "theo Điều 14", "trước ngày 31/07/2026"):
        assert part in words
    assert "không nhằm xử phạt cộng đồng dân cư" in words and "phạt tiền" not in words
    assert SCRIPT in words and FORMULA in words


def test_only_reviewed_citations_stand_as_the_basis() -> None:
    words = letter(item())
    assert "Căn cứ: Điều 4 Nghị định (số 61/2023/NĐ-CP)." in words
    assert "Căn cứ tham khảo: Điều 40 Luật Bình đẳng giới (số 73/2006/QH11)." in words
    assert "Xác nhận: công chức Sở Tư pháp, ngày 03/02/2026." in words


@pytest.mark.parametrize("severity", ["S3", "S2", "S1", "S4x"])
def test_nothing_milder_than_discrimination_is_to_be_suspended(severity: Severity) -> None:
    words = letter(item(severity))
    assert "tạm ngừng thực hiện" not in words and "Điều 12" not in words
    both = letter(item(), item(severity, "Điều 9"))
    assert "tạm ngừng thực hiện một phần văn bản, đối với Điều 6 khoản 3," in both
    assert "Điều 9" in both


def test_number_and_day_are_left_blank_until_they_are_known() -> None:
    words = letter(item())
    assert "Số:      /SVHTTDL-XD" in words and "ngày      tháng      năm 2026" in words
    known = letter(item(), head=HEAD.model_copy(update={"number": "12", "day": date(2026, 2, 5)}))
    assert "Số: 12/SVHTTDL-XD" in known and "Lai Châu, ngày 05 tháng 02 năm 2026" in known


def test_the_page_and_the_frame_are_those_of_the_decree() -> None:
    document = docx.Document(io.BytesIO(recommendation_docx(asked(item()), HEAD, SIGNED)))
    page = document.sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    assert [round(side.mm) for side in (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)] == [
        20, 20, 30, 15,
    ]  # fmt: skip
    assert page.different_first_page_header_footer
    assert "PAGE" in page.header._element.xml and "PAGE" not in page.first_page_header._element.xml
    assert document.styles["Normal"].font.name == "Times New Roman"
    left, right = document.tables[0].rows[0].cells
    assert left.text.startswith("UBND TỈNH LAI CHÂU\nSỞ VĂN HÓA, THỂ THAO\nVÀ DU LỊCH")
    assert right.text.startswith("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc")
    closing = document.tables[-1].rows[0].cells
    assert closing[0].text.startswith("Nơi nhận:") and closing[0].text.endswith("- Lưu: VT.")
    assert closing[1].text.startswith("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC") and closing[1].text.endswith("Họ và Tên")


def test_the_letter_survives_json_and_gives_the_same_bytes() -> None:
    plain = asked(item().model_copy(update={"suggestion": "Bỏ."}))
    again = Recommendation.model_validate_json(plain.model_dump_json())
    assert again == plain
    assert recommendation_docx(asked(item()), HEAD, SIGNED) == recommendation_docx(asked(item()), HEAD, SIGNED)


def test_days_and_shares_are_written_as_offices_write_them() -> None:
    assert long_day(date(2026, 11, 9)) == "ngày 09 tháng 11 năm 2026"
    assert long_day(date(2026, 3, 19)) == "ngày 19 tháng 3 năm 2026"
    assert share(950, 1234) == "950/1.234 (77%)"
    assert percent(1999, 2000) == "99,9%" and percent(1, 9999) == "0,1%"
    assert percent(2, 2) == "100%" and percent(0, 0) == "không có dữ liệu"
    assert shortened("một hai ba", 2) == "một hai…"
