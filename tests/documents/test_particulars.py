"""What a regulation says of itself: places, kind, days, households; nothing where it is in doubt."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from auditor.documents.dates import dates_in
from auditor.documents.interface import document_of
from auditor.documents.particulars import Particulars, particulars_of
from auditor.documents.placenames import places_in

BODY = "\nĐiều 1. Phạm vi\nQuy định này áp dụng cho mọi hộ.\nĐiều 2. Họp\nMỗi quý họp một lần."


def found(head: str, end: str = "", filename: str = "van-ban.docx", body: str = BODY) -> dict[str, Any]:
    """Return what was found and is not None."""
    got = particulars_of(document_of(f"{head}{body}\n{end}"), filename)
    return {name: value for name in Particulars.__slots__ if (value := getattr(got, name)) is not None}


def village(type: str, name: str, commune_type: str = "", commune: str = "", kind: str = "") -> dict[str, Any]:
    parts = {"village_type": type, "village": name, "commune_type": commune_type, "commune": commune, "name_kind": kind}
    return {part: value for part, value in parts.items() if value}


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("UBND XÃ BẢN BO\nBẢN NÀ KHƯƠNG\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nQUY ƯỚC",
         village("bản", "Nà Khương", "xã", "Bản Bo", "quy ước")),
        ("UBND XÃ BÌNH LƯ\nCỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nQUY ƯỚC BẢN NÀ HUM, XÃ BÌNH LƯ, LAI CHÂU",
         village("bản", "Nà Hum", "xã", "Bình Lư", "quy ước")),
        ("PHƯỜNG ĐOÀN KẾT\nTỔ DÂN PHỐ SỐ 3\nQUY ƯỚC\nTổ dân phố số 3, phường Đoàn Kết",
         village("tổ dân phố", "số 3", "phường", "Đoàn Kết", "quy ước")),
        ("HƯƠNG ƯỚC THÔN ĐỒNG PHONG\nXã Khun Há - Tỉnh Lai Châu",
         village("thôn", "Đồng Phong", "xã", "Khun Há", "hương ước")),
        ("Hương ước của thôn Bản Giang, xã Tả Lèng, huyện Tam Đường",
         village("thôn", "Bản Giang", "xã", "Tả Lèng", "hương ước")),
        ("BẢN QUY ƯỚC\nBản Sin Páo Chải – Xã Sin Suối Hồ",
         village("bản", "Sin Páo Chải", "xã", "Sin Suối Hồ", "quy ước")),
        ("QUI ƯỚC\nKHU PHỐ 2 - THỊ TRẤN THAN UYÊN", village("khu phố", "2", "thị trấn", "Than Uyên", "quy ước")),
        ("QUY ƯỚC\nXÂY DỰNG NẾP SỐNG VĂN HÓA CỦA BẢN HUA CHÁ XÃ NẬM SỎ NĂM 2024",
         village("bản", "Hua Chá", "xã", "Nậm Sỏ", "quy ước")),
        ("CHI BỘ BẢN NẬM CẦY\nBAN CÔNG TÁC MẶT TRẬN\nQUY ƯỚC BẢN NẬM CẦY", village("bản", "Nậm Cầy", kind="quy ước")),
        ("QUY ƯỚC TDP 5\nPhường Tân Phong", village("tổ dân phố", "5", "phường", "Tân Phong", "quy ước")),
        ("QUY ƯỚC\nBản Nậm Sảo 2, xã Nậm Tăm", village("bản", "Nậm Sảo 2", "xã", "Nậm Tăm", "quy ước")),
        ("QUY ƯỚC BẢN HỒ THẦU II\nXã Bình Lư", village("bản", "Hồ Thầu II", "xã", "Bình Lư", "quy ước")),
        ("QUY ƯỚC\nBản Pa Kéo là bản vùng cao của xã Hồng Thu, có đường ô tô.",
         village("bản", "Pa Kéo", "xã", "Hồng Thu", "quy ước")),
        ("UBND XÃ NẬM HÀNG | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nBẢN NẬM DÒN | Độc lập – Tự do\n\nHƯƠNG ƯỚC",
         village("bản", "Nậm Dòn", "xã", "Nậm Hàng", "hương ước")),
        ("Đặc khu Phú Quốc\nQUY ƯỚC ẤP SUỐI LỚN", village("ấp", "Suối Lớn", "đặc khu", "Phú Quốc", "quy ước")),
    ],
)  # fmt: skip
def test_the_head_names_village_commune_and_kind(head: str, expected: dict[str, Any]) -> None:
    assert found(head) == expected


@pytest.mark.parametrize(
    "line",
    [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "BẢN QUY ƯỚC", "XÂY DỰNG NÔNG THÔN MỚI", "TRƯỞNG BẢN",
        "BẢN DỰ THẢO LẦN 2",
        "MẶT TRẬN TỔ QUỐC VIỆT NAM", "bản này có ba phần", "thị xã Phú Thọ", "các thôn, bản, tổ dân phố", "BẢN CAM KẾT",
        "TỔ CHỨC THỰC HIỆN", "Hợp tác xã Mường Than", "BẢN SẮC VĂN HÓA DÂN TỘC", "Tổ trưởng Lò Văn Pâng", "LÀNG XÓM",
    ],
)  # fmt: skip
def test_a_word_that_is_no_type_names_no_place(line: str) -> None:
    assert list(places_in(line)) == []


@pytest.mark.parametrize(
    ("head", "named"),
    [
        ("QUY ƯỚC BẢN MÉ\nBản Mè, xã Bình Lư", None),
        ("QUY ƯỚC BẢN MÉ\nBản Mé, xã Bình Lư\nBản Mè, xã Bình Lư", "Mé"),
        ("QUY ƯỚC BẢN ME\nBản Mé, xã Bình Lư", "Mé"),
    ],
)
def test_marks_tell_villages_apart_and_the_spelling_that_stands_most_often_counts(head: str, named: str | None) -> None:
    assert particulars_of(document_of(f"{head}\n\nĐiều 1. Mỗi hộ cử một người đi họp.")).village == named


def test_places_that_contradict_one_another_are_left_out() -> None:
    assert found("UBND XÃ MƯỜNG THAN\nBẢN NÀ KHOANG\nQUY ƯỚC BẢN NÀ BAN, XÃ MƯỜNG THAN") == village(
        "", "", "xã", "Mường Than", "quy ước"
    )


@pytest.mark.parametrize(
    "head",
    [
        "QUY ƯỚC\nNẾP SỐNG VĂN MINH TRONG VIỆC CƯỚI TRÊN ĐỊA BÀN BẢN NÀ\nKHIẾT XÃ KHOEN ON",
        "QUY ƯỚC CỦA LIÊN BẢN NÀ ÉN - NÀ DÂN, XÃ KHOEN ON",
        "QUY ƯỚC BẢN NÀ ÉN, BẢN NÀ DÂN\nXÃ KHOEN ON",
    ],
)
def test_a_name_that_may_be_half_a_name_is_left_out(head: str) -> None:
    assert found(f"UBND XÃ KHOEN ON\n{head}") == village("", "", "xã", "Khoen On", "quy ước")


@pytest.mark.parametrize(
    ("filename", "expected"),
    [
        ("Quy ước bản Nà Khoang xã Mường Than.docx", village("bản", "Nà Khoang", "xã", "Mường Than", "quy ước")),
        ("huong_uoc-ban-Na-Khoang_xa-Bum-To.pdf", village("bản", "Na Khoang", "xã", "Bum To", "hương ước")),
        ("QU TDP so 3 phuong Doan Ket 2024.doc", village("tổ dân phố", "So 3", "phường", "Doan Ket")),
        ("ho-so.zip!quy-uoc-ban-nam-say.txt", village("bản", "Nam Say", kind="quy ước")),
        ("scan0012.pdf", {}),
        ("bản chính quy ước.docx", {"name_kind": "quy ước"}),
    ],
)
def test_the_file_name_is_the_last_hint(filename: str, expected: dict[str, Any]) -> None:
    got = found("Những điều bà con cùng thống nhất", filename=filename)
    assert got == expected


ADOPTED = {"adopted_on": date(2024, 5, 12), "drafted": False}
RECOGNISED = {"recognised_on": date(2024, 5, 20), "drafted": False}


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("Quy ước này được hội nghị thông qua ngày 12 tháng 5 năm 2024.", ADOPTED),
        ("Quy ước này đã được Hội nghị đại diện hộ gia đình bản thông qua ngày 12/5/2024.", ADOPTED),
        ("Ngày 12-5-2024, hội nghị toàn bản đã biểu quyết thông qua hương ước này.", ADOPTED),
        ("Hương ước được thông qua tại hội nghị ngày 12.05.2024 và có hiệu lực từ ngày UBND xã công nhận.", ADOPTED),
        ("Quy ước gồm 6 chương, được 91% số hộ biểu quyết tán thành ngày 12 tháng 05, 2024.", ADOPTED),
        ("Quy ước được thông qua ngày 12/5/2024, UBND xã công nhận tại Quyết định số 45/QĐ-UBND ngày 20/5/2024.",
         ADOPTED | RECOGNISED),
        ("Công nhận kèm theo Quyết định số 45/QĐ-UBND ngày 20 tháng 5 năm 2024 của Chủ tịch UBND xã.", RECOGNISED),
        ("Quy ước này được Ủy ban nhân dân xã công nhận ngày 20/5/2024; mọi hộ có trách nhiệm thực hiện.", RECOGNISED),
        ("Quy ước này thay thế quy ước được thông qua ngày 10/5/2018.", {}),
        ("Luật Thực hiện dân chủ ở cơ sở được Quốc hội thông qua ngày 10/11/2022.", {}),
        ("Căn cứ Quyết định số 22/2018/QĐ-TTg ngày 08/5/2018 của Thủ tướng, hội nghị thông qua quy ước.", {}),
        ("Quy ước có hiệu lực từ ngày 01/6/2024.", {}),
        ("Quy ước này được thông qua ngày … tháng … năm 2024.", {}),
        ("Quy ước được hội nghị thông qua ngày 31/02/2024.", {}),
        ("Quy ước được thông qua ngày 12/5/2024. Quy ước được thông qua ngày 13/5/2024.", {}),
        ("Quy ước được hội nghị thông qua ngày 12/5/24.", {}),
        ("Quy ước chưa được UBND xã công nhận, hẹn trả lời ngày 20/5/2024.", {}),
        ("Quy ước được UBND xã công nhận ngày 20/5/2020, hội nghị bản thông qua ngày 12/5/2024.", {}),
        ("Được UBND huyện phê duyệt, công nhận theo tờ trình của UBND huyện ngày 20/5/2012.", {}),
    ],
)  # fmt: skip
def test_the_end_tells_the_days(end: str, expected: dict[str, Any]) -> None:
    got = found("", end)
    assert {name: value for name, value in got.items() if name != "name_kind"} == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("QUY ƯỚC (DỰ THẢO LẦN 2)", True),
        ("DỰ THẢO\nQUY ƯỚC", True),
        ("Dự thảo hương ước", True),
        ("QUY ƯỚC\n(Lấy ý kiến các hộ từ ngày 06/01/2026 đến ngày 20/01/2026)", True),
        ("QUY ƯỚC\n(Hội nghị bản thông qua ngày 12/5/2024)", False),
        ("DỰ THẢO QUY ƯỚC\n(Hội nghị bản thông qua ngày 12/5/2024)", None),
        ("QUY ƯỚC", None),
    ],
)
def test_a_draft_says_so(head: str, expected: bool | None) -> None:
    assert found(head).get("drafted") is expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Quy ước được 221/236 hộ tán thành (93,6%).", (236, 221)),
        ("Có 95 trên tổng số 100 hộ nhất trí thông qua.", (100, 95)),
        ("Hội nghị biểu quyết: 84 hộ/90 hộ đồng ý.", (90, 84)),
        ("Được 70/75 hộ dự họp tán thành.", (None, 70)),
        ("Bản Nà Khoang có 118 hộ với 547 nhân khẩu.", (118, None)),
        ("Bản có 118 hộ, 547 khẩu. Được 100/110 hộ tán thành.", (None, 100)),
        ("Bản có 12 hộ nghèo và 5 hộ cận nghèo.", (None, None)),
        ("Được 100% số hộ tán thành.", (None, None)),
        ("Quy ước được 240/236 hộ tán thành.", (None, None)),
        ("Bản có 1.236 hộ gia đình.", (1236, None)),
        ("Năm 2025 có 30/40 hộ đạt gia đình văn hóa.", (None, None)),
        ("Năm 2023 bản có 15/20 hộ nhất trí góp đất.", (None, None)),
    ],
)
def test_households_are_counted_only_where_the_text_is_plain(
    words: str, expected: tuple[int | None, int | None]
) -> None:
    got = found("QUY ƯỚC", words)
    assert (got.get("households_total"), got.get("households_for")) == expected


def test_dates_are_read_in_every_spelling() -> None:
    text = "12/5/2024, 12-5-2024, 12.05.2024, 12 / 5 / 2024, ngày 12 tháng 5 năm 2024, ngày 12 tháng 05/2024"
    assert [one.day for one in dates_in(text)] == [date(2024, 5, 12)] * 6
    assert list(dates_in("Số 12/5/20245, 45/2024, 31/4/2024, 1/2/1890, điểm 1.2.3")) == []


def test_an_article_has_no_particulars() -> None:
    assert particulars_of(document_of("Bản Nà Khoang có 118 hộ.", kind="article")) == Particulars()


def test_particulars_are_kept_as_json() -> None:
    kept = Particulars(village="Nà Hum", adopted_on=date(2024, 5, 12), drafted=False).data()
    assert kept == {"village": "Nà Hum", "adopted_on": "2024-05-12", "drafted": False}
