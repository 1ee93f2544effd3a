"""A yearly report is written, issued, read down to its documents, and made again byte by byte."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.walks.conftest import go_to, said


def test_a_report_is_drafted_issued_and_stays_as_it_was(log_in, look, picture):
    page = log_in("reviewer")
    go_to(page, "Báo cáo")
    look(page)
    page.get_by_role("button", name="Mở bản nháp").click()
    said(page, "Đã mở bản nháp")
    look(page)
    picture(page, "bao-cao")
    expect(page.get_by_role("button", name="Ban hành")).to_be_disabled()
    page.get_by_label("Số báo cáo").fill("125")
    page.get_by_label("III.2. Tồn tại, hạn chế").fill("Nhiều bản chưa gửi quy ước.")
    page.get_by_role("button", name="Lưu bản nháp").click()
    said(page, "Đã lưu bản nháp")
    with page.expect_download() as draft:
        page.get_by_role("link", name="Xem trước docx").click()
    assert draft.value.suggested_filename.endswith(".docx")
    page.get_by_role("button", name="Ban hành").click()
    said(page, "Đã ban hành")
    look(page)
    with page.expect_download() as paper:
        page.get_by_role("link", name="Tải xlsx").click()
    assert paper.value.suggested_filename.endswith(".xlsx")
    page.get_by_role("button", name="Dựng lại và so").click()
    said(page, "khớp từng byte")
    page.get_by_role("link", name=re.compile(r"^\d+: .*chưa rà soát", re.IGNORECASE)).first.click()
    expect(page.get_by_text("văn bản đứng sau con số trong báo cáo số 125")).to_be_visible()
    look(page)

    viewer = log_in("viewer")
    go_to(viewer, "Báo cáo")
    expect(viewer.get_by_role("table")).to_contain_text("đã ban hành")
    viewer.get_by_role("link", name=re.compile("Ủy ban nhân dân|UBND")).last.click()
    expect(viewer.get_by_text("Nhiều bản chưa gửi quy ước.")).to_be_visible()
    expect(viewer.get_by_role("button", name="Dựng lại và so")).to_have_count(0)
    look(viewer)


def test_the_draft_for_the_ministry_counts_by_the_decree(log_in, look):
    page = log_in("reviewer")
    go_to(page, "Báo cáo")
    page.get_by_label("Loại báo cáo").select_option("ministry")
    page.get_by_role("button", name="Mở bản nháp").click()
    expect(page.get_by_role("table", name=re.compile("Điều 16 khoản 1"))).to_be_visible()
    look(page)
    page.get_by_text("Bỏ bản nháp này").click()
    page.get_by_role("button", name="Bỏ bản nháp").click()
    said(page, "Đã bỏ bản nháp")
