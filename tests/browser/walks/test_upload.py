"""Texts are handed in, corrected, filed and found again."""

from __future__ import annotations

import io
import re
import zipfile

from playwright.sync_api import expect

from tests.browser.walks.conftest import go_to, said

TEXT = """QUY ƯỚC
Bản {village}, xã Bình Lư

Điều 1. Con gái đã lấy chồng không được chia đất của cha mẹ đẻ.

Điều 2. Hội nghị đại diện các hộ thông qua ngày 02 tháng 3 năm 2025.
"""


def text(name: str, village: str) -> dict:
    return {"name": name, "mimeType": "text/plain", "buffer": TEXT.format(village=village).encode()}


def archive(name: str, *villages: str) -> dict:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as packed:
        for village in villages:
            packed.writestr(f"{village}.txt", TEXT.format(village=village))
    return {"name": name, "mimeType": "application/zip", "buffer": kept.getvalue()}


def test_a_reviewer_hands_in_files_corrects_what_was_read_and_finds_the_text(log_in, look, work, picture):
    page = log_in("reviewer")
    look(page)
    picture(page, "trang-dau")
    page.get_by_role("link", name="Tải văn bản lên").click()
    look(page)
    files = [
        text("na-khuong.txt", "Nà Khương"),
        text("ban-sao.txt", "Nà Khương"),
        archive("kho.zip", "Nà Tăm", "Nà Hum"),
    ]
    page.get_by_label("Chọn các tệp").set_input_files(files)
    page.get_by_role("button", name="Tải lên", exact=True).click()
    page.wait_for_url(re.compile(r"/tai-len/\d+$"))
    row = {
        name: page.get_by_role("row", name=name) for name in ("na-khuong.txt", "ban-sao.txt", "kho.zip", "Nà Hum.txt")
    }
    expect(row["na-khuong.txt"]).to_contain_text("đang chờ")
    expect(row["ban-sao.txt"]).to_contain_text("Tệp này đã có")
    work()
    # The page asks for the state by itself.
    expect(row["na-khuong.txt"]).to_contain_text("đã soát")
    expect(row["kho.zip"]).to_contain_text("đã mở")
    look(page)
    picture(page, "tai-len")

    row["Nà Hum.txt"].get_by_role("button", name="Rút lại").click()
    expect(row["Nà Hum.txt"]).to_contain_text("đã rút")
    said(page, "").get_by_role("button", name="Hoàn tác").click()
    expect(row["Nà Hum.txt"]).not_to_contain_text("đã rút")

    row["na-khuong.txt"].get_by_role("link", name="Xếp hồ sơ").click()
    expect(page.get_by_label("Xã, phường")).to_have_value(re.compile(r"\d+"))
    expect(page.get_by_label("Ngày cộng đồng thông qua")).to_have_value("2025-03-02")
    expect(page.get_by_label("Tên thôn, bản")).to_have_value("Nà Khương")
    look(page)
    picture(page, "xep-ho-so")
    page.get_by_label("Tên thôn, bản").fill("Nà Khương Thượng")
    page.get_by_role("button", name="Lưu vào hồ sơ").click()
    said(page, "Đã xếp vào hồ sơ")
    expect(page.get_by_role("main")).to_contain_text("bản Nà Khương Thượng, xã Bình Lư")
    look(page)

    go_to(page, "Tải lên")
    page.get_by_role("link", name="Xếp hồ sơ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Văn bản chờ xếp hồ sơ")
    look(page)
    box = page.get_by_role("searchbox", name="Tìm trong hồ sơ")
    box.fill("dat cua cha me")
    box.press("Enter")
    expect(page.locator("mark").first).to_have_text(re.compile("đất của cha mẹ", re.IGNORECASE))
    look(page)
    page.get_by_role("link", name="Quy ước bản Nà Khương Thượng").click()
    expect(page.locator("#text")).to_contain_text("Con gái đã lấy chồng")


def test_a_clerk_sees_the_texts_of_the_own_commune_and_no_others(log_in, look):
    page = log_in("commune")
    go_to(page, "Hồ sơ")
    places = page.get_by_role("table").locator("tbody tr td:nth-child(2)")
    expect(places.first).to_be_visible()
    assert set(places.all_inner_texts()) == {"xã Bình Lư"}
    look(page)
    box = page.get_by_role("searchbox", name="Tìm trong hồ sơ")
    box.fill("khanh tiet")
    box.press("Enter")
    expect(page.get_by_text("Không tìm thấy văn bản nào")).to_be_visible()
