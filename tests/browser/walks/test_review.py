"""Findings are read, decided, added, discussed, waived; rules are approved; a second reader reads blind."""

from __future__ import annotations

import re
from datetime import timedelta

from playwright.sync_api import Locator, Page, expect

from auditor.store import clock
from tests.browser.walks.conftest import go_to, said

BOXES = """(words) => {
  const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    node.parentElement.scrollIntoView({ block: "center" });
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + words.length);
    window.scrollBy(0, range.getBoundingClientRect().top - innerHeight / 2);
    return [...range.getClientRects()].map((box) => [box.left, box.right, box.top + box.height / 2]);
  }
}"""


def decided(page: Page, words: str) -> None:
    expect(page.locator("#chosen .decided")).to_contain_text(words)


def choose(page: Page, row: Locator) -> None:
    row.get_by_role("link").click()
    expect(page.locator("#chosen [data-card]")).to_have_attribute("data-card", row.get_attribute("data-finding") or "")


def drag_over(page: Page, words: str) -> None:
    """Select some words of the text with the mouse."""
    boxes = page.evaluate(BOXES, words)
    page.mouse.move(boxes[0][0] + 1, boxes[0][2])
    page.mouse.down()
    page.mouse.move(boxes[-1][1] - 1, boxes[-1][2], steps=8)
    page.mouse.up()


def test_a_reviewer_decides_by_keyboard_and_hands_unlawful_ones_to_the_law(log_in, look, picture):
    page = log_in("reviewer")
    go_to(page, "Rà soát")
    look(page)
    picture(page, "danh-sach-cho")
    page.get_by_role("link", name="Hương ước thôn Vĩnh Lạc").click()
    expect(page.locator("#text mark.now")).not_to_have_count(0)
    look(page)
    page.get_by_role("link", name="xem trong văn bản").click()
    picture(page, "ra-soat")

    page.keyboard.press("x")
    expect(page.locator("#say")).to_contain_text("Vai trò của đồng chí không dùng được quyết định này")
    first = page.locator("#chosen h2").inner_text()
    page.keyboard.press("c")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    decided(page, "cần tham vấn")
    expect(page.get_by_role("link", name="Phát hiện chưa quyết tiếp theo")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#chosen [data-severity=S3]")).to_be_visible()
    assert page.locator("#chosen h2").inner_text() != first

    page.keyboard.press("x")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    decided(page, "đã xác nhận")
    page.keyboard.press("u")
    decided(page, "máy gợi ý")
    page.keyboard.press("b")
    page.keyboard.press("Tab")
    page.keyboard.type("Lệ này bản đã bỏ từ năm 2020")
    page.keyboard.press("Enter")
    decided(page, "đã bác bỏ")
    decided(page, "Lệ này bản đã bỏ từ năm 2020")
    look(page)
    page.keyboard.press("j")
    expect(page.locator("#chosen [data-state=dismissed]")).to_have_count(0)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Phím tắt")).to_be_visible()
    look(page)
    page.keyboard.press("Escape")


def test_a_reviewer_adds_what_the_machine_missed_by_marking_it_and_takes_it_back(log_in, look, picture):
    page = log_in("reviewer")
    go_to(page, "Rà soát")
    page.get_by_role("link", name="Hương ước thôn Vĩnh Lạc").click()
    drag_over(page, "đại diện hộ do gia đình tự cử")
    page.get_by_role("link", name="Thêm phát hiện từ đoạn đã chọn").click()
    expect(page.locator("blockquote")).to_have_text("đại diện hộ do gia đình tự cử")
    look(page)
    picture(page, "them-phat-hien")
    page.get_by_label("Nhóm hoặc quy tắc").select_option(index=2)
    page.get_by_label("Mức").select_option("S2")
    page.get_by_label("Lý do").fill("Lâu nay hộ nào cũng chỉ cử chồng đi họp")
    page.get_by_role("button", name="Thêm phát hiện").click()
    expect(page.locator("#rows")).to_contain_text("người thêm")
    look(page)
    said(page, "Đã thêm phát hiện").get_by_role("button", name="Hoàn tác").click()
    said(page, "Đã gỡ phát hiện vừa thêm")
    expect(page.locator("#rows")).not_to_contain_text("người thêm")

    page.get_by_text(re.compile("Trao đổi chung")).click()
    page.get_by_label("Ý kiến về văn bản").fill("Xin hỏi lại thôn về Điều 3.")
    page.get_by_role("button", name="Gửi ý kiến").last.click()
    expect(page.locator(".found .comment")).to_contain_text("Xin hỏi lại thôn về Điều 3.")


def test_the_law_confirms_what_was_handed_over_and_waives_for_a_time(log_in, look, picture):
    page = log_in("legal")
    go_to(page, "Rà soát")
    page.get_by_role("link", name=re.compile("Chờ tham vấn")).click()
    look(page)
    page.get_by_role("link", name="Hương ước thôn Vĩnh Lạc").click()
    choose(page, page.locator("#rows li").first)
    decided(page, "cần tham vấn")
    page.keyboard.press("x")
    page.keyboard.press("Space")
    picture(page, "phap-che-xac-nhan")
    page.keyboard.press("Enter")
    decided(page, "đã xác nhận")
    page.get_by_text(re.compile("Miễn có thời hạn")).last.click()
    page.get_by_label("Lý do miễn").fill("Thôn đang sửa hương ước")
    page.get_by_label("Hết hạn ngày").fill((clock.today() + timedelta(days=30)).isoformat())
    page.get_by_role("button", name="Miễn", exact=True).click()
    said(page, "Đã miễn phát hiện này")
    go_to(page, "Rà soát")
    page.get_by_role("link", name="Miễn có thời hạn").click()
    expect(page.get_by_role("table")).to_contain_text("Thôn đang sửa hương ước")
    look(page)
    page.get_by_role("button", name="Thôi miễn").click()
    said(page, "Đã thôi miễn")


def test_a_closed_review_is_opened_again_and_closed(log_in, look):
    page = log_in("reviewer")
    go_to(page, "Hồ sơ")
    page.get_by_role("link", name="Hương ước thôn Đồng Mai Hạ").click()
    look(page)
    page.get_by_role("link", name=re.compile("Rà soát bản")).click()
    standing = page.locator("#standing")
    expect(standing).to_contain_text("không có phân biệt đối xử")
    page.get_by_role("button", name="Mở lại rà soát").click()
    expect(standing).to_contain_text("chưa rà soát")
    page.get_by_role("button", name="Kết thúc rà soát").click()
    expect(standing).to_contain_text("không có phân biệt đối xử")
    look(page)


def test_the_law_approves_a_rule_and_a_citation(log_in, look, picture):
    page = log_in("legal")
    go_to(page, "Quy tắc")
    look(page)
    page.get_by_label("Dùng cho").select_option("regulation")
    page.get_by_role("button", name="Lọc").click()
    page.get_by_role("row", name=re.compile("HU-PART-02")).get_by_role("link").click()
    look(page)
    picture(page, "quy-tac")
    rule = page.get_by_role("region", name="Quy tắc nói gì")
    rule.get_by_label("Nhận xét khi duyệt").fill("Đã đọc, đúng thực tế địa phương")
    rule.get_by_role("button", name="Duyệt quy tắc này").click()
    expect(rule).to_contain_text("đã duyệt")
    page.get_by_label("Nhận xét khi duyệt").first.fill("Đã đối chiếu Công báo")
    page.get_by_role("button", name="Duyệt căn cứ này").first.click()
    expect(page.get_by_text("căn cứ đã được duyệt").first).to_be_visible()
    said(page, "").get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_text("căn cứ đã được duyệt")).to_have_count(0)
    look(page)


def test_a_second_reader_sees_nothing_of_the_first_until_both_are_done(log_in, look):
    page = log_in("reviewer")
    go_to(page, "Rà soát")
    page.get_by_role("link", name=re.compile("Rà soát lần hai")).click()
    page.get_by_role("link", name="Quy ước bản Rạch Gộm").click()
    look(page)
    page.get_by_role("button", name="Nhận rà soát lần hai").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rà soát lần hai: Quy ước bản Rạch Gộm")
    look(page)
    rows = page.locator("#rows li")
    for at in range(rows.count()):
        choose(page, rows.nth(at))
        page.keyboard.press("c")
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        decided(page, "cần tham vấn")
    page.get_by_role("button", name="Kết thúc rà soát lần hai").click()
    said(page, "")
    expect(page.get_by_role("heading", level=1)).to_have_text("Văn bản chờ")
    look(page)
