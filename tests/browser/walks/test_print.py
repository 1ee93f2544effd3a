"""What comes out of the printer: nothing to press, black on white, nothing cut, links that still lead somewhere."""

from __future__ import annotations

import ctypes
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from playwright.sync_api import Page, expect
from pypdfium2 import raw

from tests.browser.walks.conftest import go_to, said

MARGIN = 12 / 25.4 * 72
"""Points at the edges of a sheet that stay white."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed page: its words, where its links lead, and its sheets as grey pictures (72 points an inch)."""

    words: str
    links: tuple[str, ...]
    sheets: tuple[np.ndarray, ...]


@pytest.fixture
def printed(tmp_path: Path) -> Callable[[Page, str], Printed]:
    """Return a way to print a page; kept as pictures where ``AUDITOR_SCREENSHOTS`` is set."""
    folder = os.environ.get("AUDITOR_SCREENSHOTS")

    def make(page: Page, name: str) -> Printed:
        page.emulate_media(color_scheme="dark")
        path = tmp_path / f"{name}.pdf"
        page.pdf(path=path, prefer_css_page_size=True, print_background=False)
        with pypdfium2.PdfDocument(path) as made:
            if folder:
                Path(folder).mkdir(parents=True, exist_ok=True)
                for number, sheet in enumerate(made):
                    sheet.render(scale=1.5).to_pil().save(Path(folder) / f"in-{name}-{number + 1}.png")
            words = " ".join(sheet.get_textpage().get_text_range() for sheet in made)
            links = tuple(link for sheet in made for link in _links(made, sheet))
            sheets = tuple(np.asarray(sheet.render().to_pil().convert("L")) for sheet in made)
        return Printed(re.sub(r"\s+", " ", words), links, sheets)

    return make


def _links(made: pypdfium2.PdfDocument, sheet: pypdfium2.PdfPage) -> list[str]:
    found, at, link = [], ctypes.c_int(0), raw.FPDF_LINK()
    while raw.FPDFLink_Enumerate(sheet, ctypes.byref(at), ctypes.byref(link)):
        action = raw.FPDFLink_GetAction(link)
        length = raw.FPDFAction_GetURIPath(made, action, None, 0)
        kept = ctypes.create_string_buffer(length)
        raw.FPDFAction_GetURIPath(made, action, kept, length)
        found.append(kept.value.decode())
    return found


def is_paper(one: Printed) -> None:
    """Check that every sheet is white with black letters, and that nothing runs over its edges."""
    assert one.sheets
    for sheet in one.sheets:
        assert sheet.shape == (842, 595) or sheet.shape == (842, 596)
        edges = (sheet[:, : int(MARGIN)], sheet[:, -int(MARGIN) :], sheet[: int(MARGIN)], sheet[-int(MARGIN) :])
        assert all(edge.min() > 250 for edge in edges)
        assert np.mean(sheet > 200) > 0.7
    assert min(sheet.min() for sheet in one.sheets) < 60
    assert not re.search("Đăng xuất|Tìm trong hồ sơ|Tải lên|Hoàn tác", one.words)


def test_the_review_is_printed_with_its_whole_text_and_its_findings(log_in, printed):
    page = log_in("reviewer")
    go_to(page, "Rà soát")
    page.get_by_role("link", name="Hương ước thôn Vĩnh Lạc").click()
    expect(page.locator("#chosen [data-card]")).to_be_visible()
    paper = printed(page, "ra-soat")
    is_paper(paper)
    assert "Điều 14" in paper.words or "Điều 12" in paper.words
    assert "Trưởng thôn phải là nam giới" in paper.words
    assert paper.words.count("đã xác nhận") >= 3
    assert not re.search("Gửi ý kiến|Thêm phát hiện|Phím tắt|Lọc", paper.words)


def test_a_letter_is_printed_as_it_is_to_be_read(log_in, printed):
    page = log_in("legal")
    go_to(page, "Hồ sơ")
    page.get_by_role("link", name="Quy ước bản Nậm Cươi").click()
    page.get_by_role("link", name="Lập kiến nghị").click()
    page.get_by_role("button", name="Lập bản nháp").click()
    said(page, "Đã lập bản nháp")
    paper = printed(page, "kien-nghi")
    is_paper(paper)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in paper.words
    assert "Gợi ý sửa" in paper.words
    assert not re.search("Ghi là đã gửi|Rút kiến nghị|Tải công văn", paper.words)


def test_the_board_is_printed_with_every_commune_and_its_links(log_in, printed):
    page = log_in("viewer")
    go_to(page, "Mục tiêu")
    page.get_by_role("link", name="Mục tiêu 5").click()
    communes = page.get_by_role("table").first.locator("tbody th").all_inner_texts()
    assert len(communes) == 38
    paper = printed(page, "muc-tieu-5")
    is_paper(paper)
    assert all(name in paper.words for name in communes)
    assert "Đã kiến nghị" in paper.words
    assert any("/muc-tieu/5/van-ban?" in link for link in paper.links)


def test_a_yearly_report_is_printed_with_what_is_folded_on_the_screen(log_in, printed):
    page = log_in("reviewer")
    go_to(page, "Báo cáo")
    page.get_by_role("button", name="Mở bản nháp").click()
    page.get_by_label("Số báo cáo").fill("125")
    page.get_by_label("III.2. Tồn tại, hạn chế").fill("Nhiều bản chưa gửi quy ước.")
    page.get_by_role("button", name="Lưu bản nháp").click()
    said(page, "Đã lưu bản nháp")
    draft = printed(page, "bao-cao-nhap")
    is_paper(draft)
    assert "Nhiều bản chưa gửi quy ước." in draft.words
    assert "xã Bình Lư" in draft.words or "Bình Lư" in draft.words
    assert not re.search("Bỏ bản nháp này|Xem trước", draft.words)
    page.get_by_role("button", name="Ban hành").click()
    said(page, "Đã ban hành")
    issued = printed(page, "bao-cao")
    is_paper(issued)
    assert "SHA-256" in issued.words
    assert any("/van-ban?so=" in link for link in issued.links)


def test_a_draft_that_was_checked_is_printed_for_the_meeting(log_in, printed):
    page = log_in("commune")
    go_to(page, "Dự thảo")
    page.get_by_label("Nội dung").fill("QUY ƯỚC\n\nĐiều 1. Chỉ đàn ông là chủ hộ được biểu quyết việc bản.")
    page.get_by_role("button", name="Soát ngay").click()
    said(page, "Đã soát dự thảo")
    paper = printed(page, "du-thao")
    is_paper(paper)
    assert "Có thể viết lại" in paper.words
    assert "Các bước và thời hạn" in paper.words
    assert not re.search("Tính lại|Chép", paper.words)
