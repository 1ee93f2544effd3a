"""Each role finds its own work and nothing else; people come and go; the trail stays whole."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.walks.conftest import go_to, said

TASKS = {
    "admin": "Hồ sơ, Tải lên, Dự thảo, Đợt rà soát, Mục tiêu, Toà soạn, Truyền thông, Báo cáo, Quy tắc",
    "reviewer": "Hồ sơ, Tải lên, Dự thảo, Rà soát, Kiến nghị, Đợt rà soát, Mục tiêu, Toà soạn, Truyền thông, Báo cáo, "
    "Quy tắc",
    "legal": "Hồ sơ, Tải lên, Dự thảo, Rà soát, Kiến nghị, Đợt rà soát, Mục tiêu, Truyền thông, Báo cáo, Quy tắc",
    "commune": "Hồ sơ, Tải lên, Dự thảo, Rà soát, Kiến nghị, Đợt rà soát, Mục tiêu, Truyền thông, Báo cáo, Quy tắc",
    "newsroom": "Toà soạn của tôi",
    "viewer": "Hồ sơ, Kiến nghị, Đợt rà soát, Mục tiêu, Báo cáo, Quy tắc",
}


@pytest.mark.parametrize("role", TASKS)
def test_a_role_finds_its_tasks_and_every_one_of_them_opens(log_in, look, role):
    page = log_in(role)
    found = page.get_by_role("navigation", name="Các việc").get_by_role("link").all_inner_texts()
    assert set(TASKS[role].split(", ")) <= set(found)
    for name in found:
        go_to(page, name)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        expect(page.get_by_text("GA403")).to_have_count(0)
    look(page)


def test_the_admin_takes_somebody_in_who_sets_a_password_and_is_sent_away_again(log_in, page_of, look, picture):
    admin = log_in("admin")
    admin.locator("details.me summary").click()
    admin.get_by_role("link", name="Người dùng").click()
    look(admin)
    picture(admin, "nguoi-dung")
    admin.get_by_role("link", name="Thêm người dùng").click()
    admin.get_by_label("Tên đăng nhập").fill("lan")
    admin.get_by_label("Họ và tên").fill("Lò Thị Lan")
    admin.get_by_label("Vai trò").select_option(label="cán bộ xã")
    admin.get_by_label("Xã, phường").select_option(label="xã Bình Lư")
    admin.get_by_role("button", name="Thêm người dùng").click()
    password = admin.locator(".once").inner_text()
    look(admin)

    lan = page_of()
    lan.goto("/ho-so")
    lan.get_by_label("Tên đăng nhập").fill("lan")
    lan.get_by_label("Mật khẩu").fill(password)
    lan.keyboard.press("Enter")
    expect(lan.get_by_role("heading", level=1)).to_contain_text("mật khẩu")
    look(lan)
    lan.get_by_label("Mật khẩu hiện nay").fill(password)
    lan.get_by_label("Mật khẩu mới").first.fill("nuong lua chin vang sau bon")
    lan.keyboard.press("Enter")
    said(lan, "Đã đổi mật khẩu")
    lan.goto("/nguoi-dung")
    expect(lan.get_by_text("GA403")).to_be_visible()
    look(lan)

    admin.get_by_role("link", name="Đã ghi lại").click()
    admin.get_by_role("link", name="lan", exact=True).click()
    admin.get_by_role("button", name="Khoá tài khoản").click()
    said(admin, "Đã khoá tài khoản lan")
    lan.goto("/ho-so")
    expect(lan.get_by_role("heading", name="Đăng nhập")).to_be_visible()


def test_the_law_reads_the_trail_and_checks_its_chain(log_in, look, picture):
    page = log_in("legal")
    page.locator("details.me summary").click()
    page.get_by_role("link", name="Nhật ký").click()
    look(page)
    picture(page, "nhat-ky")
    page.get_by_role("button", name="Kiểm tra chuỗi nhật ký").click()
    said(page, "Nhật ký nguyên vẹn")
    page.get_by_label("Người làm").select_option(index=1)
    page.get_by_role("button", name="Lọc").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nhật ký")
    look(page)


def test_the_admin_looks_after_villages(log_in, look):
    page = log_in("admin")
    page.locator("details.me summary").click()
    page.get_by_role("link", name="Đơn vị").click()
    look(page)
    page.get_by_role("link", name="xã Bình Lư").click()
    look(page)
    expect(page.get_by_text(re.compile("Huổi Sang")).first).to_be_visible()
