"""The user guide is found at the foot of every page, and read by everybody."""

from __future__ import annotations

from playwright.sync_api import expect


def test_a_clerk_finds_the_guide_and_a_job_in_it(log_in, axe):
    page = log_in("commune")
    page.get_by_role("link", name="Hướng dẫn sử dụng").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bàn rà soát")
    page.get_by_text("Trong trang này").click()
    axe(page)
    page.get_by_role("navigation", name="Hướng dẫn").get_by_role("link", name="Soát bài trước khi đăng").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Soát bài trước khi đăng")
    axe(page)
    page.go_back()
    page.get_by_text("Trong trang này").click()
    page.get_by_role("link", name="Soát dự thảo", exact=True).click()
    picture = page.get_by_role("img", name="Kết quả soát một dự thảo")
    picture.scroll_into_view_if_needed()
    assert picture.evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 600
