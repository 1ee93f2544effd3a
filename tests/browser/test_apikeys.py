"""Keys, policy, hooks and kept checks of an outlet, as a newsroom and Sở meet them in a browser."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from auditor.checks.article import Article
from auditor.store import clock, hooks, kept, keys, policies
from auditor.store.answered import Answered

HERE = "/toa-soan/1/khoa"
BODY = "Phụ nữ chân yếu tay mềm thì không hợp với nghề này.\n\nĐội cứu hộ có một nữ đội viên."


@pytest.fixture
def busy(desk):
    """Let the outlet have used everything for a month."""
    with desk.store.change(1) as change:
        cms, _ = keys.add(change, 1, "CMS của toà soạn")
        old, _ = keys.add(change, 1, "WordPress thử nghiệm", ["check"])
        keys.rotate(change, old)
        gone, _ = keys.add(change, 1, "Máy cũ")
        keys.revoke(change, gone)
        for back in range(0, 31, 2):
            day = (clock.today() - timedelta(days=back)).isoformat()
            checks, refused = 40 + back * 7 % 90, 12 if back in (4, 8) else 0
            keys.count(change, cms.id, day, checks=checks, characters=checks * 2500, refused=refused)
        policies.alter(change, 1, {"keep_days": 30, "block": "S3"})
        hook, _ = hooks.add(change, 1, "https://cms.toa-soan.example.vn/soat-gioi/nhan-tin", hooks.EVENTS)
        stopped, _ = hooks.add(change, 1, "http://192.168.1.20:8080/nhan", ["check.block"])
        checks = [
            Answered(
                1, cms.id, f"bai-{number}", gate, number == 5, ("MD-ROLE-02",) * number, (), clock.now(),
                Article(id=f"bai-{number}", title=f"Bóng hồng duy nhất trong đội cứu hộ, kỳ {number}", body=BODY,
                        lead="Chuyện ở bản.", captions=("Ảnh: đội cứu hộ",)),
            )
            for number, gate in enumerate(("pass", "review", "block", "review", "pass", "review"))
        ]  # fmt: skip
        kept.keep(change, checks)
        hooks.tell(change, checks)
        told = hooks.deliveries(change.db, hook.id)
        hooks.delivered(change, told[1], 204)
        hooks.failed(change, told[0], 503, "máy nhận trả lời 503", again=True)
        hooks.gone(change, hooks.deliveries(change.db, stopped.id)[0], 410, "máy nhận trả lời 410: thôi nhận tin")


@pytest.mark.parametrize(
    ("role", "path", "name"),
    [
        ("newsroom", "", "khoa"),
        ("reviewer", "/quy-dinh", "khoa-quy-dinh-so"),
        ("newsroom", "/quy-dinh", "khoa-quy-dinh"),
        ("newsroom", "/bao-tin", "khoa-bao-tin"),
        ("newsroom", "/bai", "khoa-bai"),
        ("newsroom", "/bai/3", "khoa-mot-bai"),
        ("newsroom", "/bai/xoa-het", "khoa-xoa-het"),
        ("admin", "/1/thu-hoi", "khoa-thu-hoi"),
    ],
)
def test_a_page_in_use_is_for_everybody(busy, page_of, axe, shot, role, path, name):
    page = page_of(role)
    page.goto(HERE + path)
    expect(page.locator("h1")).to_have_count(1)
    axe(page)
    shot(page, name)


@pytest.mark.parametrize("path", ["", "/bao-tin", "/bai"])
def test_a_page_without_anything_is_for_everybody(desk, page_of, axe, shot, path):
    with desk.store.change() as change:
        for table in ("deliveries", "webhooks", "kept_checks", "key_usage", "keys"):
            change.db.execute(f"DELETE FROM {table}")
    page = page_of("newsroom")
    page.goto(HERE + path)
    axe(page)
    shot(page, f"khoa-trong{path.replace('/', '-')}")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_newsroom_makes_a_key_and_takes_it_away_again(desk, page_of, axe, shot, javascript):
    page = page_of("newsroom", javascript=javascript)
    page.goto("/toa-soan-cua-toi")
    page.get_by_role("link", name="Soát bài tự động").click()
    page.get_by_label("Khoá dùng cho chương trình nào").fill("CMS mới")
    page.get_by_role("button", name="Tạo khoá").click()
    secret = page.locator(".once code").inner_text()
    assert re.fullmatch(r"ga_[\w-]{43}", secret)
    assert secret not in page.url
    with desk.store.read() as db:
        made = keys.known(db, secret)
    assert made is not None
    if javascript:
        expect(page.get_by_role("button", name="Chép khoá")).to_be_visible()
        axe(page)
        shot(page, "khoa-moi")
    page.get_by_role("link", name="Đã cất khoá").click()
    page.get_by_role("link", name=f"Thu hồi khoá CMS mới, {made.prefix}").click()
    page.get_by_role("button", name="Thu hồi khoá").click()
    expect(page.get_by_role("status")).to_contain_text("Đã thu hồi khoá “CMS mới”")


def test_a_newsroom_chooses_to_keep_its_texts_and_ends_that(desk, page_of):
    page = page_of("newsroom")
    page.goto(f"{HERE}/quy-dinh")
    page.get_by_label("Lưu mỗi bài trong bao nhiêu ngày").fill("14")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Đã lưu")
    page.get_by_role("link", name="Bài đã lưu").click()
    expect(page.get_by_text("được lưu 14 ngày")).to_be_visible()


def test_a_hook_is_made_and_its_removal_undone(desk, page_of, axe, shot):
    page = page_of("newsroom")
    page.goto(f"{HERE}/bao-tin")
    page.get_by_role("textbox", name="Địa chỉ").fill("https://toa-soan.example/nhan")
    page.get_by_role("button", name="Thêm địa chỉ").click()
    expect(page.get_by_role("button", name="Chép chuỗi bí mật")).to_be_visible()
    axe(page)
    shot(page, "khoa-bi-mat")
    page.get_by_role("link", name="Đã cất").click()
    panel = page.locator("section", has=page.get_by_role("heading", name="https://toa-soan.example/nhan"))
    panel.get_by_role("button", name="Gỡ").click()
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_role("heading", name="https://toa-soan.example/nhan")).to_be_visible()
