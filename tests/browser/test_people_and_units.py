"""Logging in, people, communes and the audit trail, as a person at a browser meets them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.api.desk import PASSWORD


def test_a_person_logs_in_by_keyboard_and_out_again(page_of, axe, shot):
    page = page_of()
    page.goto("/nhat-ky")
    expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()
    axe(page)
    shot(page, "dang-nhap")
    page.get_by_label("Tên đăng nhập").fill("legal")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_label("Mật khẩu").press("Enter")
    expect(page.get_by_role("heading", name="Nhật ký")).to_be_visible()
    page.locator("details.me summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_text("Đã đăng xuất")).to_be_visible()


def test_a_login_that_fails_says_so(page_of, axe):
    page = page_of()
    page.goto("/dang-nhap")
    page.get_by_label("Tên đăng nhập").fill("legal")
    page.get_by_label("Mật khẩu").fill("khong phai mat khau")
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("alert")).to_contain_text("chưa đúng")
    axe(page)


@pytest.mark.parametrize(
    ("role", "path", "name"),
    [
        ("reviewer", "/", "trang-dau"),
        ("reviewer", "/mat-khau", "mat-khau"),
        ("admin", "/nguoi-dung", "nguoi-dung"),
        ("admin", "/nguoi-dung/them", "nguoi-dung-them"),
        ("admin", "/nguoi-dung/2", "nguoi-dung-sua"),
        ("admin", "/don-vi", "don-vi"),
        ("admin", "/don-vi/3", "don-vi-xa"),
        ("admin", "/don-vi/7", "don-vi-xa-trong"),
        ("legal", "/nhat-ky", "nhat-ky"),
        ("viewer", "/khong-co-trang-nay", "khong-co-trang"),
    ],
)
def test_a_page_is_for_everybody(page_of, axe, shot, role, path, name):
    page = page_of(role)
    page.goto(path)
    expect(page.locator("h1")).to_have_count(1)
    axe(page)
    shot(page, name)


def test_a_person_is_added_locked_and_brought_back(page_of, axe, shot):
    page = page_of("admin")
    page.goto("/nguoi-dung")
    page.get_by_role("link", name="Thêm người dùng").click()
    page.get_by_label("Tên đăng nhập").fill("lan")
    page.get_by_label("Họ và tên").fill("Lò Thị Lan")
    page.get_by_label("Vai trò").select_option(label="cán bộ xã")
    page.get_by_label("Xã, phường").select_option(label="xã Bình Lư")
    page.get_by_role("button", name="Thêm người dùng").click()
    expect(page.locator(".once")).to_have_text(re.compile(r"[a-z]+(-[a-z]+){5}"))
    axe(page)
    shot(page, "mat-khau-dung-mot-lan")
    page.get_by_role("link", name="Đã ghi lại").click()
    page.get_by_role("link", name="lan", exact=True).click()
    page.get_by_role("button", name="Khoá tài khoản").click()
    row = page.get_by_role("row", name=re.compile("Lò Thị Lan"))
    expect(row).to_contain_text("đã khoá")
    page.get_by_role("button", name="Hoàn tác").click()
    expect(row).not_to_contain_text("đã khoá")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_list_of_villages_with_faults_is_looked_at_before_it_comes_in(page_of, axe, shot, javascript):
    page = page_of("admin", javascript=javascript)
    table = "Xã, phường;Loại;Tên thôn, bản;Số hộ\nBình Lư;bản;Nà Khương;85\nHà Nội;bản;Xa;1\n"
    page.goto("/don-vi")
    sent = {"name": "thon-ban.csv", "mimeType": "text/csv", "buffer": table.encode()}
    page.get_by_label("Tệp xlsx hoặc csv").set_input_files(sent)
    page.get_by_role("button", name="Nhập danh sách").click()
    expect(page.get_by_role("alert")).to_contain_text("1 dòng cần sửa, 1 dòng đúng")
    if javascript:
        axe(page)
        shot(page, "don-vi-dong-sai")
    page.get_by_role("button", name="Chỉ nhập 1 dòng đúng").click()
    expect(page.get_by_role("status")).to_contain_text("1 thôn, bản mới")
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_role("status")).to_contain_text("Đã gỡ 1 thôn, bản")


def test_the_chain_of_the_trail_is_checked_by_a_button(page_of):
    page = page_of("legal")
    page.goto("/nhat-ky")
    page.get_by_role("button", name="Kiểm tra chuỗi nhật ký").click()
    expect(page.get_by_role("status")).to_contain_text("Nhật ký nguyên vẹn")


def test_the_check_of_a_page_finds_what_keeps_people_out(page_of, axe):
    page = page_of("viewer")
    page.goto("/mat-khau")
    page.evaluate("document.querySelector('main label').remove()")
    with pytest.raises(AssertionError, match="label"):
        axe(page)
