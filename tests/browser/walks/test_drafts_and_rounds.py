"""A commune clerk checks a draft, writes down its states, and marks the yearly round."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from auditor.store import clock
from tests.browser.walks.conftest import go_to, said

DRAFT = (
    "QUY ƯỚC BẢN NÀ HUM\n\nĐiều 1. Họp bản\n1. Chỉ đàn ông là chủ hộ được biểu quyết việc bản.\n"
    "2. Giữ gìn nhà văn hóa của bản.\n"
)


def test_a_clerk_checks_a_draft_before_it_is_posted(log_in, look, work, picture):
    page = log_in("commune")
    look(page)
    go_to(page, "Dự thảo")
    look(page)
    page.get_by_label("Tên dự thảo").fill("Quy ước bản Nà Hum, dự thảo")
    page.get_by_label("Nội dung").fill(DRAFT)
    page.get_by_role("button", name="Soát ngay").click()
    said(page, "Đã soát dự thảo")
    expect(page.locator("blockquote").first).to_contain_text("Chỉ đàn ông là chủ hộ")
    expect(page.get_by_text("Có thể viết lại:").first).to_be_visible()
    look(page)
    picture(page, "du-thao")
    page.get_by_label("Số hộ của thôn, bản").fill("85")
    page.get_by_role("button", name="Tính lại").click()
    expect(page.locator("#cac-buoc")).to_contain_text("ít nhất 43 hộ")

    page.get_by_role("link", name="← Các dự thảo").click()
    page.get_by_label("Tệp").set_input_files(
        [{"name": "du-thao.txt", "mimeType": "text/plain", "buffer": DRAFT.replace("HUM", "TĂM").encode()}]
    )
    page.get_by_role("button", name="Tải lên và soát").click()
    expect(page.get_by_text("Phần mềm đang đọc dự thảo")).to_be_visible()
    look(page)
    work()
    # The page asks by itself.
    expect(page.get_by_text("Có thể viết lại:").first).to_be_visible()


def test_a_clerk_writes_down_a_state_and_takes_it_back(log_in, look, picture):
    page = log_in("commune")
    go_to(page, "Hồ sơ")
    page.get_by_role("link", name="Quy ước bản Rạch Gộm").click()
    page.get_by_role("link", name="Trạng thái và thời hạn").click()
    look(page)
    page.get_by_role("radio", name="niêm yết").check()
    page.get_by_role("button", name="Ghi trạng thái").click()
    line = said(page, "niêm yết")
    expect(page.get_by_role("table", name="Các thời hạn")).to_be_visible()
    look(page)
    picture(page, "trang-thai")
    line.get_by_role("button", name="Hoàn tác").click()
    said(page, "Trạng thái hiện nay: “dự thảo”")

    page.get_by_label("Giấy tờ nhận được").select_option("report")
    page.get_by_label("Nội dung chính").fill("Hộ dân hỏi về cách chia công.")
    page.get_by_role("button", name="Ghi tiếp nhận").click()
    said(page, "Đã ghi việc tiếp nhận")
    page.get_by_role("button", name="Đã trả lời").click()
    said(page, "Đã ghi ngày trả lời")
    look(page)
    page.goto("/")
    page.get_by_role("link", name="Đợt rà soát").first.click()
    page.get_by_role("link", name="Thời hạn đang chạy của các hồ sơ").click()
    look(page)


def test_a_round_is_opened_marked_by_the_commune_and_followed(log_in, look, picture):
    reviewer = log_in("reviewer")
    go_to(reviewer, "Đợt rà soát")
    look(reviewer)
    reviewer.get_by_role("button", name="Mở đợt").click()
    said(reviewer, "Đã mở")
    look(reviewer)
    picture(reviewer, "dot-ra-soat")

    clerk = log_in("commune")
    go_to(clerk, "Đợt rà soát")
    clerk.get_by_role("link", name=f"Đợt rà soát năm {clock.today().year}").click()
    clerk.get_by_role("link", name="Đánh dấu các bản của xã").click()
    look(clerk)
    clerk.get_by_label("Việc", exact=True).select_option("commune")
    clerk.get_by_label("Kết quả", exact=True).select_option("amend")
    clerk.get_by_label("Tất cả các bản còn lại của xã").check()
    clerk.get_by_role("button", name="Ghi cho các bản đã chọn").click()
    line = said(clerk, "Ủy ban nhân dân xã rà soát")
    expect(clerk.get_by_role("table")).to_contain_text("cần sửa đổi")
    look(clerk)

    reviewer.reload()
    row = reviewer.get_by_role("row", name=re.compile("xã Bình Lư"))
    expect(row).to_contain_text("1/1")
    line.get_by_role("button", name="Hoàn tác").click()
    said(clerk, "Đã hoàn tác dấu của 1 bản")
    reviewer.reload()
    expect(row.locator("td").nth(2)).to_contain_text("0/1")
    reviewer.get_by_role("link", name=re.compile("Có gì mới")).click()
    look(reviewer)
