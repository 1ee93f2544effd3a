"""The yearly reports and their workbook, from figures made by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from auditor.record import Basis
from auditor.reports.office.figures import (
    ClauseRow,
    CommuneRow,
    Condition,
    Decree61,
    Narrative,
    OutletRow,
    UnitEvents,
    Versions,
    YearlyFigures,
    total,
)
from auditor.reports.office.form import Letterhead, Signature
from auditor.reports.office.ministry import ministry_docx
from auditor.reports.office.yearly import provincial_docx
from auditor.reports.office.yearly_workbook import yearly_xlsx
from tests.reports.office.files import BROKEN, FORMULA, SCRIPT, pages_of, parts_of, sheets_of, words_of

YES, NO = Condition(met=True, detail="Quyết định số 12"), Condition(met=False, detail="chưa gửi")
HEAD = Letterhead(
    parent="UBND tỉnh Lai Châu", office="Sở Văn hóa, Thể thao\nvà Du lịch", place="Lai Châu", symbol="BC-SVHTTDL",
    year=2026,
)  # fmt: skip
SIGNED = Signature(title="Giám đốc")


def outlet(name: str, *met: bool, group: str = "press", **values: int) -> OutletRow:
    names = ("decision", "questionnaire", "measurement", "report")
    conditions = {one: YES if yes else NO for one, yes in zip(names, met, strict=True)}
    return OutletRow.model_validate({"name": name, "group": group, **conditions, **values})


FIGURES = YearlyFigures(
    year=2026, cut_off=date(2026, 11, 15),
    target1=(UnitEvents(unit="Sở", events=2, women=20, men=10), UnitEvents(unit=FORMULA, events=1)),
    target4=(
        outlet("Báo tỉnh", True, True, True, True, articles=40, women=30, men=60, unknown=10, stereotypes=4,
               violence=3, violence_met=2),
        outlet("Tạp chí", True, True, False, False),
        outlet("Trang xã", False, False, False, False, group="local"),
    ),
    target5=(
        CommuneRow(commune="Xã Một", villages=12, adopted=10, recognised=9, reviewed=8, clean=6, found_texts=2,
                   found_clauses=3, recommended=2, suspended=1, open=2),
        CommuneRow(commune=FORMULA, villages=3, adopted=0, recognised=0, reviewed=0, clean=0),
    ),
    clauses=(
        ClauseRow(
            commune="Xã Một", village=FORMULA, regulation=BROKEN, place="Điều 6", quote=SCRIPT, category="Tài sản",
            severity="S4", basis=(Basis(law="73/2006/QH11", article="40"),), state="đã gửi kiến nghị",
        ),
    ),
    decree61=Decree61(recognised=41, not_recognised=3, amended=12, suspended=5, abolished=1),
    versions=Versions(engine="0.2.0", rulebook="2026.11", method="2026.1"),
    narrative=Narrative(direction="Đã ban hành công văn.\n\nĐã tập huấn."),
)  # fmt: skip
NOTHING = YearlyFigures(
    year=2026, cut_off=date(2026, 11, 15), decree61=FIGURES.decree61, versions=FIGURES.versions
)  # fmt: skip


def provincial(figures: YearlyFigures) -> bytes:
    return provincial_docx(figures, HEAD, SIGNED)


def ministry(figures: YearlyFigures) -> bytes:
    return ministry_docx(figures, HEAD, SIGNED)


FORMS: list[Callable[[YearlyFigures], bytes]] = [provincial, ministry, yearly_xlsx]


def test_figures_go_to_json_and_back_unchanged() -> None:
    plain = FIGURES.model_copy(update={"clauses": ()})
    assert YearlyFigures.model_validate_json(plain.model_dump_json()) == plain


def test_more_clean_than_reviewed_or_reviewed_than_adopted_is_refused() -> None:
    for reviewed, clean in ((5, 6), (11, 5)):
        with pytest.raises(ValidationError, match="Xã Một"):
            CommuneRow(commune="Xã Một", villages=1, adopted=10, recognised=1, reviewed=reviewed, clean=clean)


def test_the_province_is_the_sum_of_its_communes() -> None:
    whole = total(FIGURES.target5)
    assert (whole.villages, whole.adopted, whole.reviewed, whole.clean, whole.not_reviewed) == (15, 10, 8, 6, 2)


def test_the_report_says_m_of_n_and_coverage_before_percentages() -> None:
    words = words_of(provincial(FIGURES))
    assert "Có 1/2 (50%) đơn vị" in words
    assert "Có 1/3 (33,3%) cơ quan truyền thông chính thức áp dụng Bộ chỉ số (M/N)" in words
    assert "báo chí 1/2 (50%); thông tin cơ sở 0/1 (0%)" in words and "đang thí điểm: 1" in words
    assert "Đã rà soát 8/10 (80%) văn bản (K/A)" in words
    assert "6/10 (60%) (C/A)" in words
    assert "Còn 2 văn bản chưa rà soát, không được tính là đạt" in words
    assert "30/100 (30%)" in words


def test_a_commune_without_texts_and_a_year_without_figures_have_no_data_and_never_100_percent() -> None:
    rows = sheets_of(yearly_xlsx(FIGURES))["Mục tiêu 5"]
    assert rows[2][6] == rows[2][8] == "không có dữ liệu"
    for form in (provincial, ministry):
        words = words_of(form(NOTHING)).replace("Mục tiêu đến năm 2030 là 100%", "")
        assert "không có dữ liệu" in words and "100%" not in words
    assert [row[3] for row in sheets_of(yearly_xlsx(NOTHING))["Tổng hợp"][3:]] == ["không có dữ liệu"] * 6


def test_what_the_officer_wrote_stands_there_and_the_rest_is_dots_to_fill_in() -> None:
    data = provincial(FIGURES)
    words = words_of(data)
    assert "Đã ban hành công văn.\nĐã tập huấn." in words
    assert "(Cách tổ chức, chỉ đạo, phối hợp)" in words
    assert parts_of(data)["word/document.xml"].count('w:leader="dot"') == 2 * 8


def test_the_report_follows_the_skeleton_and_has_its_appendices() -> None:
    words = words_of(provincial(FIGURES))
    order = ["BÁO CÁO", "I. CÔNG TÁC", "II. KẾT QUẢ", "1. Mục tiêu 1", "2. Mục tiêu 4", "3. Mục tiêu 5",
             "4. Kiểm tra, xử lý", "5. Mô hình", "III. ĐÁNH GIÁ", "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2027",
             "V. KIẾN NGHỊ", "Nơi nhận:", "PHỤ LỤC I\n", "PHỤ LỤC II\n", "PHỤ LỤC III\n", "PHỤ LỤC IV\n",
             "Phiên bản. "]  # fmt: skip
    places = [words.index(part) for part in order]
    assert places == sorted(places)
    assert "(Kèm theo Báo cáo số      /BC-SVHTTDL ngày" in words
    assert SCRIPT in words and "Căn cứ tham khảo: Điều 40" in words


def test_the_ministry_gets_the_counts_of_article_16() -> None:
    words = words_of(ministry(FIGURES))
    for name, texts in (("Được công nhận", 41), ("Không được công nhận", 3), ("thay thế", 12), ("tạm ngừng", 5)):
        assert f"{name}" in words and f"\n{texts}\n" in words
    assert words.startswith("DỰ THẢO") and "khoản 1 Điều 16 Nghị định" in words
    assert sheets_of(yearly_xlsx(FIGURES))["NĐ 61, Điều 16"][5] == ["5", "Bị bãi bỏ", "1"]


def test_the_workbook_holds_numbers_and_no_word_acts() -> None:
    sheets = sheets_of(yearly_xlsx(FIGURES))
    assert list(sheets) == ["Tổng hợp", "Mục tiêu 1", "Mục tiêu 4", "Mục tiêu 5", "Điều khoản", "NĐ 61, Điều 16",
                            "Phương pháp"]  # fmt: skip
    assert sheets["Tổng hợp"][5] == ["Mục tiêu 5: văn bản không có phân biệt đối xử về giới (C/A)", "6", "10", "0.6"]
    assert sheets["Điều khoản"][1][2:6] == [FORMULA, "a�b���", "Điều 6", SCRIPT]
    assert sheets["Mục tiêu 5"][2][1] == FORMULA and sheets["Mục tiêu 1"][2][1] == FORMULA


def test_charts_are_drawn_by_word_from_the_same_numbers_and_told_in_words() -> None:
    parts = parts_of(provincial(FIGURES))
    chart = parts["word/charts/chart2.xml"]
    assert "<c:v>Xã Một</c:v>" in chart and "<c:v>6</c:v>" in chart and "HYPERLINK" not in chart
    assert 'descr="Toàn tỉnh: 6 văn bản không có phân biệt, 2 có phân biệt' in parts["word/document.xml"]


@pytest.mark.parametrize("form", FORMS)
def test_the_same_figures_give_the_same_bytes(
    form: Callable[[YearlyFigures], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = form(FIGURES)
    monkeypatch.setattr("time.localtime", lambda *_: (1999, 1, 1, 1, 1, 1, 0, 1, 0))
    assert form(FIGURES) == first


def test_libreoffice_lays_the_report_out_with_page_numbers_from_the_second_page(tmp_path: Path) -> None:
    pages = pages_of(provincial(FIGURES), tmp_path)
    assert not pages[0].lstrip()[0].isdigit() and "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in pages[0]
    assert pages[1].lstrip().startswith("2")
    appendices = [page for page in pages if page.lstrip().startswith("PHỤ LỤC")]
    assert len(appendices) == 4
    assert any("Xã Một" in page and "Không có phân biệt" in page for page in pages)
