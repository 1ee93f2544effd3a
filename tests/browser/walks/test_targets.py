"""The boards: every figure leads to what stands behind it; newsrooms and communication events feed them."""

from __future__ import annotations

import json
import re

from playwright.sync_api import expect

from auditor.store import clock
from tests.browser.walks.conftest import go_to, said

PROOF = {"name": "quyet-dinh.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF\n"}


def test_a_viewer_reads_target_five_down_to_the_texts(log_in, look, axe, picture):
    page = log_in("viewer")
    look(page)
    go_to(page, "Mục tiêu")
    look(page)
    page.get_by_role("link", name="Mục tiêu 5").click()
    axe(page)
    picture(page, "muc-tieu-5")
    page.get_by_label("Rà soát được tính").select_option("luy-ke")
    page.get_by_role("button", name="Xem").click()
    expect(page.locator(".big")).to_contain_text(re.compile(r"\d+/\d+"))
    page.get_by_role("link", name=re.compile("^1 văn bản: C, .*Đoàn Kết")).click()
    expect(page.get_by_role("table")).to_contain_text("Hương ước thôn Đồng Mai Hạ")
    look(page)
    page.get_by_role("link", name="Hương ước thôn Đồng Mai Hạ").click()
    expect(page.get_by_role("main")).to_contain_text("không có phân biệt đối xử")
    page.go_back()
    page.get_by_role("link", name="Về mục tiêu 5").click()
    expect(page.get_by_label("Rà soát được tính")).to_have_value("luy-ke")


def test_two_events_of_a_commune_reach_target_one(log_in, look, picture):
    page = log_in("reviewer")
    go_to(page, "Truyền thông")
    look(page)
    for title in ("Phổ biến Luật Bình đẳng giới", "Nói chuyện về chia sẻ việc nhà"):
        page.get_by_role("link", name="Ghi một cuộc").click()
        page.get_by_label("Ngày tổ chức").fill(f"{clock.today().year}-03-08")
        page.get_by_label("Đơn vị tổ chức").fill("Hội Liên hiệp Phụ nữ xã")
        page.get_by_label("Xã, phường").select_option(label="xã Bình Lư")
        page.get_by_label("Nội dung").fill(title)
        page.get_by_role("button", name="Lưu").click()
        said(page, "Đã ghi cuộc truyền thông")
    look(page)
    page.get_by_role("link", name="Mục tiêu 1").click()
    expect(page.get_by_role("row", name=re.compile("Bình Lư"))).to_contain_text("đạt")
    look(page)
    page.get_by_role("link", name=re.compile("2 cuộc của .*Bình Lư")).click()
    expect(page.get_by_role("table")).to_contain_text("Nói chuyện về chia sẻ việc nhà")
    look(page)


def articles() -> dict:
    """Return a file of articles, one of which has a finding."""
    words = ("Phụ nữ chân yếu tay mềm thì không hợp với nghề này.", "Sáng nay, xã khai trương chợ phiên vùng cao.")
    lines = [
        json.dumps({"id": f"b{at}", "title": f"Bài {at}", "text": text * 3, "date": f"{clock.today().year}-02-03"})
        for at, text in enumerate(words)
    ]
    return {"name": "tin-bai.jsonl", "mimeType": "application/jsonl", "buffer": "\n".join(lines).encode()}


def test_a_newsroom_answers_and_the_office_accepts(log_in, look, work, picture):
    editor = log_in("newsroom")
    look(editor)
    editor.get_by_role("link", name="Đến trang của toà soạn").click()
    look(editor)
    picture(editor, "toa-soan")
    editor.get_by_text(re.compile("^Nộp tệp")).first.click()
    editor.get_by_label("Tệp (pdf").first.set_input_files([PROOF])
    editor.get_by_label("Số, ký hiệu văn bản").first.fill("12/QĐ")
    editor.get_by_label("Ngày văn bản").first.fill(f"{clock.today().year}-01-05")
    editor.get_by_role("button", name="Nộp tệp").first.click()
    said(editor, "Đã nhận quyet-dinh.pdf")
    editor.get_by_role("link", name="Điền bảng hỏi").click()
    look(editor)
    picture(editor, "bang-hoi")
    editor.locator("fieldset.question").first.get_by_role("textbox").last.fill("QĐ 12")
    editor.get_by_role("button", name="Lưu nháp").click()
    said(editor, "Đã lưu bản nháp")
    editor.get_by_role("button", name="Gửi bảng hỏi").click()
    expect(editor.get_by_role("alert")).to_contain_text("Bảng hỏi chưa đủ")
    look(editor)

    office = log_in("reviewer")
    go_to(office, "Toà soạn")
    look(office)
    office.get_by_role("link", name="Báo Tây Bắc Ngày Nay").click()
    look(office)
    office.get_by_role("button", name="Chấp nhận").click()
    said(office, "Đã chấp nhận quyet-dinh.pdf")
    office.get_by_text("Đo một tệp tin bài").click()
    office.get_by_label(re.compile("^Tệp tin bài")).set_input_files([articles()])
    office.get_by_role("button", name="Gửi tệp để đo").click()
    said(office, "Đã nhận tin-bai.jsonl")
    work()
    office.reload()
    office.get_by_role("link", name="Xác nhận phát hiện").click()
    look(office)
    office.get_by_role("radio", name="Xác nhận").first.check()
    office.get_by_label("Lý do").first.fill("Đã đọc bài")
    office.get_by_role("button", name="Ghi quyết định").first.click()
    said(office, "Đã ghi quyết định cho")
    go_to(office, "Mục tiêu")
    office.get_by_role("link", name="Mục tiêu 4").click()
    expect(office.get_by_role("row", name=re.compile("Báo Tây Bắc Ngày Nay"))).to_contain_text("đạt")
    look(office)
