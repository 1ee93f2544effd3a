"""Handing texts in, filing them and finding them, as a person at a browser does."""

from __future__ import annotations

import re

BATCH = re.compile(r"/tai-len/\d+$")
TEXT = (
    "QUY ƯỚC\nBản Nà Khương, xã Bình Lư\n\nĐiều 1. Con gái đã lấy chồng không được chia đất của cha mẹ đẻ.\n\n"
    "Điều 2. Hội nghị đại diện các hộ thông qua ngày 02 tháng 3 năm 2025.\n"
)
DROP = """(words) => {
  const files = new DataTransfer();
  words.forEach((text, at) => files.items.add(new File([text], `keo-${at}.txt`)));
  return files;
}"""


def given(name: str, text: str = TEXT) -> dict:
    return {"name": name, "mimeType": "text/plain", "buffer": text.encode()}


def test_files_are_chosen_sent_one_by_one_read_and_filed(page_of, work, axe, shot):
    page = page_of("reviewer")
    page.goto("/tai-len")
    axe(page)
    shot(page, "tai-len")
    page.set_input_files("#f-tep", [given("na-khuong.txt"), given("rong.txt", "")])
    page.click("#upload button")
    page.wait_for_url(BATCH)
    assert page.get_by_text("đang chờ").count() == 2
    work()
    page.wait_for_selector("#files:not([hx-get])")
    row = page.locator("tr", has_text="na-khuong.txt")
    assert "đã soát" in row.inner_text()
    assert "GA201" in page.locator("tr", has_text="rong.txt").inner_text()
    axe(page)
    shot(page, "tai-len-dot")
    row.get_by_role("link", name="Xếp hồ sơ").click()
    axe(page)
    shot(page, "xep-ho-so")
    assert page.input_value("#f-village") == "Nà Khương"
    page.get_by_role("button", name="Lưu vào hồ sơ").click()
    page.wait_for_url(re.compile(r"/ho-so/\d+$"))
    assert page.get_by_role("heading", level=1).inner_text() == "Quy ước bản Nà Khương"
    axe(page)
    shot(page, "ho-so-mot")


def test_files_are_dropped_and_a_broken_connection_costs_one_that_is_sent_again(page_of):
    page = page_of("reviewer")
    page.goto("/tai-len")
    broken = []

    def break_once(route) -> None:
        if broken:
            route.continue_()
        else:
            broken.append(route.request.url)
            route.abort()

    page.route("**/tai-len/*/tep", break_once)
    page.dispatch_event("#upload", "drop", {"dataTransfer": page.evaluate_handle(DROP, [TEXT, TEXT + "."])})
    page.get_by_role("button", name="Gửi lại").click()
    page.wait_for_url(BATCH)
    assert page.locator("tbody tr").count() == 2
    assert len(broken) == 1


def test_the_form_works_without_scripts(page_of):
    page = page_of("reviewer", javascript=False)
    page.goto("/tai-len")
    page.set_input_files("#f-tep", [given("a.txt"), given("b.txt", TEXT + ".")])
    page.click("#upload button")
    page.wait_for_url(BATCH)
    assert "Đã nhận 2 tệp." in page.inner_text("main")


def test_the_list_waiting_texts_and_search_are_accessible(page_of, axe, shot):
    page = page_of("reviewer")
    for address, name in (("/ho-so", "ho-so"), ("/tai-len/cho-xep", "cho-xep"), ("/tim?q=dat+cua+cha+me", "tim")):
        page.goto(address)
        axe(page)
        shot(page, name)
    assert page.locator("mark").first.inner_text().lower() == "đất của cha mẹ"
