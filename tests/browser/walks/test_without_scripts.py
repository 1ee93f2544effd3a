"""The main path with JavaScript turned off: log in, open a finding, confirm it with a reason, take it back."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.walks.conftest import go_to, said


def test_a_finding_is_confirmed_with_a_reason_and_taken_back_without_scripts(log_in):
    page = log_in("reviewer", javascript=False)
    go_to(page, "Rà soát")
    page.get_by_role("link", name="Hương ước thôn Vĩnh Lạc").click()
    page.get_by_label("Mức").first.select_option("S3")
    page.get_by_role("button", name="Lọc").click()
    expect(page.locator("#shown")).to_contain_text("Đang hiện 2/7")
    page.locator("#rows li[data-state=suggested]").get_by_role("link").click()
    page.locator("#chosen summary").filter(has_text="Xác nhận").click()
    page.get_by_label("Quyền hoặc nghĩa vụ khác nhau chỉ vì giới tính").first.check()
    page.get_by_role("button", name="Xác nhận").click()
    line = said(page, "Đã xác nhận")
    expect(page.locator("#chosen .decided")).to_contain_text("Quyền hoặc nghĩa vụ khác nhau chỉ vì giới tính")
    line.get_by_role("button", name="Hoàn tác").click()
    expect(page.locator("#chosen .decided")).to_contain_text("máy gợi ý")


def test_a_reason_that_lacks_is_asked_for_without_scripts(log_in):
    page = log_in("legal", javascript=False)
    go_to(page, "Rà soát")
    page.get_by_role("link", name="Hương ước thôn Vĩnh Lạc").click()
    page.locator("#chosen summary").filter(has_text="Bác bỏ").click()
    page.get_by_role("button", name="Bác bỏ").click()
    expect(page.get_by_text("GA338")).to_be_visible()
