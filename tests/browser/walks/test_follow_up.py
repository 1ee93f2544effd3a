"""From confirmed findings to the letter, the commune's answer, the new text, and what was repaired."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from auditor.matching.units import CORPORA
from tests.browser.walks.conftest import go_to, said

OLD = "phụ nữ không được biểu quyết việc bản."
NEW = "mỗi hộ cử một người, vợ hoặc chồng, đi họp và biểu quyết."


def amended() -> dict:
    text = (CORPORA / "samples" / "ban-huoi-sang.txt").read_text("utf-8")
    assert OLD in text
    return {"name": "huoi-sang-moi.txt", "mimeType": "text/plain", "buffer": text.replace(OLD, NEW).encode()}


def test_a_letter_goes_to_the_commune_and_ends_in_a_repaired_clause(log_in, look, work, picture, tmp_path):
    law = log_in("legal")
    go_to(law, "Hồ sơ")
    law.get_by_role("link", name="Quy ước bản Huổi Sang").click()
    look(law)
    picture(law, "ho-so")
    law.get_by_role("link", name="Lập kiến nghị").click()
    expect(law.get_by_role("checkbox", checked=True)).to_have_count(5)
    look(law)
    law.get_by_role("button", name="Lập bản nháp").click()
    said(law, "Đã lập bản nháp kiến nghị")
    look(law)
    picture(law, "kien-nghi")
    for name, opens in (("Tải công văn", b"PK"), ("Tải bản có chú thích", b"PK")):
        with law.expect_download() as found:
            law.get_by_role("link", name=re.compile(name)).click()
        path = tmp_path / found.value.suggested_filename
        found.value.save_as(path)
        assert (path.suffix, Path(path).read_bytes()[:2]) == (".docx", opens)
    law.get_by_label("Số, ký hiệu văn bản").fill("12/STP")
    law.get_by_role("button", name="Đã gửi").click()
    said(law, "các phát hiện chuyển sang “đã kiến nghị”")
    look(law)

    clerk = log_in("commune")
    go_to(clerk, "Kiến nghị")
    look(clerk)
    clerk.get_by_role("link", name="12/STP").click()
    expect(clerk.get_by_role("article", name="Xem trước công văn")).to_contain_text(OLD)
    expect(clerk.get_by_role("button", name="Đã gửi")).to_have_count(0)
    go_to(clerk, "Tải lên")
    clerk.get_by_label("Chọn các tệp").set_input_files([amended()])
    clerk.get_by_role("button", name="Tải lên", exact=True).click()
    clerk.wait_for_url(re.compile(r"/tai-len/\d+$"))
    work()
    clerk.get_by_role("row", name="huoi-sang-moi.txt").get_by_role("link", name="Xếp hồ sơ").click()
    clerk.get_by_label("Tên thôn, bản").fill("Huổi Sang")
    clerk.get_by_label("Xã, phường").select_option(label="xã Bình Lư")
    clerk.get_by_label("Ngày cộng đồng thông qua").fill("2026-11-01")
    clerk.get_by_label("Trạng thái").select_option("adopted")
    clerk.get_by_role("button", name="Lưu vào hồ sơ").click()
    said(clerk, "Đã xếp vào hồ sơ “Quy ước bản Huổi Sang”")
    look(clerk)

    go_to(law, "Hồ sơ")
    law.get_by_role("link", name="Quy ước bản Huổi Sang").click()
    law.get_by_role("link", name="So sánh hai bản").click()
    expect(law.locator(".clause ins").first).to_be_visible()
    look(law)
    picture(law, "so-sanh")
    law.get_by_role("button", name="Chuyển các quyết định").click()
    said(law, "Đã chuyển 4 quyết định")
    law.get_by_role("button", name="Xác nhận đã sửa").click()
    said(law, "")
    look(law)
    go_to(law, "Kiến nghị")
    expect(law.get_by_role("row", name="12/STP")).to_contain_text("1/5")
    look(law)


def test_an_answer_of_the_commune_is_kept_and_taken_back(log_in, look):
    page = log_in("legal")
    go_to(page, "Hồ sơ")
    page.get_by_role("link", name="Quy ước bản Nậm Cươi").click()
    page.get_by_role("link", name="Lập kiến nghị").click()
    page.get_by_role("button", name="Lập bản nháp").click()
    page.get_by_label("Số, ký hiệu văn bản").fill("13/STP")
    page.get_by_role("button", name="Đã gửi").click()
    page.get_by_label("Nội dung trả lời").fill("Xã sẽ họp bản trong tháng 12.")
    page.get_by_role("button", name="Ghi trả lời").click()
    line = said(page, "Đã ghi trả lời của xã")
    expect(page.get_by_text("Xã sẽ họp bản trong tháng 12.")).to_be_visible()
    look(page)
    line.get_by_role("button", name="Hoàn tác").click()
    said(page, "Đã hoàn tác")
    expect(page.get_by_text("Xã sẽ họp bản trong tháng 12.")).to_have_count(0)
