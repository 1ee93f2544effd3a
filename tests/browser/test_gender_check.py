"""``<gender-check>`` as an editor at a newsroom types: on the page to try it, and in a CMS of somebody else."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
from playwright.sync_api import Page, expect

from api.checks.service import Limits, Service
from auditor.store import Store, approvals, keys, policies
from tests.api.checks.conftest import ThreadPool

WORDS = "Phụ nữ chân yếu tay mềm thì không hợp với nghề này."
PLAIN = "Sáng nay, xã khai trương chợ phiên vùng cao với hơn hai trăm gian hàng."
CLAUSE = "QUY ƯỚC BẢN NÀ HUM\n\nĐiều 1. Họp bản\n1. Phụ nữ không được biểu quyết việc bản.\n"
CMS = """<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Soạn bài</title>
<meta name="viewport" content="width=device-width"><script src="/clients/gender-check.js" defer></script></head>
<body><main><h1>Soạn bài</h1><div id="bai" contenteditable="true" role="textbox" aria-multiline="true"
aria-label="Thân bài">{body}</div>
<gender-check for="bai" endpoint="/soat-thu/bai" csrf="{csrf}" delay="100"></gender-check></main></body></html>"""
HIGHLIGHTED = "[...CSS.highlights.values()].flatMap((one) => [...one].map((range) => range.toString()))"
SELECTED = "(area) => area.value.slice(area.selectionStart, area.selectionEnd)"


@pytest.fixture
def checks(store: Store) -> Iterator[Service]:
    service = Service(store, ThreadPool(), Limits())
    yield service
    service.close()


@pytest.fixture
def newsroom(desk, store) -> Iterator[str]:
    """Return the address of a site that embeds the component, and passes checks on with its key."""
    with store.change() as change:
        _, secret = keys.add(change, 1, "CMS")
    body = CMS.format(body=f"<p>{WORDS}</p>", csrf="").replace("/clients/", f"{desk.address}/clients/")

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(200, "text/html", body.encode())

        def do_POST(self) -> None:
            article = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
            answer = httpx.post(f"{desk.address}/v1/checks", content=article, headers=headers, timeout=30)
            self._answer(answer.status_code, "application/json", answer.content)

        def _answer(self, status: int, media: str, content: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", media)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *words: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def trial(page_of) -> Page:
    page = page_of("newsroom")
    page.goto("/")
    page.locator("details.me summary").click()
    page.get_by_role("link", name="Soát thử một bài").click()
    return page


def area(page: Page):
    return page.get_by_label("Thân bài")


def marks(page: Page):
    return page.locator("gender-check .veil mark")


def gate(page: Page):
    return page.locator("gender-check .gate")


def cms(page_of, body: str) -> Page:
    page = page_of("newsroom")
    page.goto("/soat-thu")
    csrf = page.locator("gender-check").get_attribute("csrf")
    page.route("**/cms", lambda route: route.fulfill(content_type="text/html", body=CMS.format(body=body, csrf=csrf)))
    page.goto("/cms")
    return page


def highlighted(page: Page, *quotes: str) -> None:
    page.wait_for_function(f"(wanted) => JSON.stringify({HIGHLIGHTED}) === JSON.stringify(wanted)", arg=list(quotes))


def test_what_is_typed_is_marked_explained_and_judged(trial, axe, shot):
    area(trial).press_sequentially(f"{PLAIN} {WORDS}")
    expect(gate(trial)).to_have_text("Cần xem lại")
    expect(marks(trial)).to_have_count(1)
    card = trial.locator("gender-check li")
    expect(card).to_contain_text(marks(trial).inner_text())
    expect(card).to_contain_text("Gợi ý:")
    # What is said of an article is advice; no editor may put it into the text.
    expect(card.get_by_role("button")).to_have_text(["Đến chỗ này"])
    inside, mark = area(trial).bounding_box(), marks(trial).bounding_box()
    assert inside["x"] <= mark["x"] and mark["x"] + mark["width"] <= inside["x"] + inside["width"]
    assert inside["y"] <= mark["y"] and mark["y"] + mark["height"] <= inside["y"] + inside["height"]
    axe(trial)
    shot(trial, "soat-thu")
    card.get_by_role("button", name="Đến chỗ này").click()
    assert area(trial).evaluate(SELECTED) == marks(trial).inner_text()


def test_a_text_without_findings_may_go_out(trial):
    area(trial).fill(PLAIN)
    expect(gate(trial)).to_have_text("Có thể đăng")
    expect(trial.locator("gender-check")).to_contain_text("Chưa thấy chỗ nào cần xem.")


def test_a_title_counts_too_and_says_where_it_is(trial):
    area(trial).fill(PLAIN)
    trial.get_by_label("Tựa bài").fill(WORDS)
    expect(trial.locator("gender-check li")).to_contain_text("ở tựa bài")
    expect(marks(trial)).to_have_count(0)


def test_an_approved_rule_holds_the_article(page_of, store, checks):
    with store.change(1) as change:
        for id, rule in checks.rulebook.rules.items():
            if id.startswith("MD-"):
                approvals.approve(change, "rule", id, approvals.fingerprint(rule), True, "đã đọc")
        policies.alter(change, 1, {"block": "S1"})
    page = page_of("newsroom")
    page.goto("/soat-thu")
    area(page).fill(WORDS)
    expect(gate(page)).to_have_text("Chưa đăng được")


def test_a_rewording_of_a_clause_is_taken_and_undone_by_the_editor(trial):
    trial.get_by_label("Loại văn bản").select_option("regulation")
    area(trial).fill(CLAUSE)
    before = marks(trial).first.inner_text()
    trial.get_by_role("button", name="Thay bằng câu này").first.click()
    expect(area(trial)).not_to_have_value(CLAUSE)
    assert before not in area(trial).input_value()
    assert area(trial).input_value().startswith("QUY ƯỚC BẢN NÀ HUM")
    trial.keyboard.press("Control+z")
    expect(area(trial)).to_have_value(CLAUSE)


def test_letters_that_take_two_units_before_a_finding_do_not_shift_its_mark(trial):
    area(trial).fill(f"😀👩‍🌾 {PLAIN} 😀 {WORDS}")
    expect(marks(trial)).to_have_count(1)
    assert marks(trial).inner_text() == f"😀 {WORDS}"
    trial.get_by_role("button", name="Đến chỗ này").click()
    assert area(trial).evaluate(SELECTED) == marks(trial).inner_text()


def test_marks_follow_their_words_while_somebody_types(trial):
    area(trial).fill(f"{PLAIN}\n{WORDS}\n{PLAIN}")
    expect(marks(trial)).to_have_count(1)
    quote, above = marks(trial).inner_text(), marks(trial).bounding_box()["y"]
    trial.route("**/soat-thu/bai", lambda route: None)  # from here on no check comes back
    area(trial).press("Control+Home")
    trial.keyboard.type("Mở đầu.")
    trial.keyboard.press("Enter")
    expect(marks(trial)).to_have_text([quote])
    assert marks(trial).bounding_box()["y"] > above
    area(trial).press("Control+End")
    trial.keyboard.type(" Hết.")
    expect(marks(trial)).to_have_text([quote])
    # Words that were touched are no longer those that were found.
    trial.get_by_role("button", name="Đến chỗ này").click()
    trial.keyboard.press("ArrowRight")
    trial.keyboard.press("ArrowLeft")
    trial.keyboard.press("Backspace")
    expect(marks(trial)).to_have_count(0)
    trial.get_by_role("button", name="Đến chỗ này").click()
    expect(trial.locator("gender-check")).to_contain_text("Chỗ này vừa được sửa")


def test_marks_stay_with_a_text_that_is_scrolled(trial):
    area(trial).fill(f"{WORDS}\n" + f"{PLAIN}\n" * 40)
    expect(marks(trial)).to_have_count(1)
    area(trial).evaluate("(area) => { area.scrollTop = 0; }")
    trial.wait_for_timeout(50)
    above = marks(trial).bounding_box()["y"]
    area(trial).evaluate("(area) => { area.scrollTop = 60; }")
    trial.wait_for_timeout(50)
    assert marks(trial).bounding_box()["y"] == pytest.approx(above - 60, abs=1)


def test_an_editable_page_is_marked_without_being_changed(page_of, axe):
    words = WORDS.replace("chân yếu", "<em>chân yếu</em>")
    body = f"<p>😀 {PLAIN}</p>\n  <p><b>Ý kiến</b>: {words}</p>"
    page = cms(page_of, body)
    expect(gate(page)).to_have_text("Cần xem lại")
    page.wait_for_function(f"{HIGHLIGHTED}.length === 1")
    quote = page.evaluate(HIGHLIGHTED)[0]
    assert quote.endswith(WORDS)
    assert page.locator("#bai em").inner_text() == "chân yếu"
    axe(page)
    page.get_by_role("button", name="Đến chỗ này").click()
    assert page.evaluate("getSelection().toString()") == quote
    page.locator("#bai").press("Control+Home")
    page.keyboard.type("Mở đầu. ")
    highlighted(page, quote)
    expect(page.locator("gender-check")).to_contain_text("1 chỗ nên xem")


def test_the_second_of_two_like_sentences_keeps_its_own_mark(page_of):
    page = cms(page_of, f"<p>Ông Páo nói: “{WORDS}”</p><p>{WORDS}</p><p>{WORDS}</p>")
    expect(gate(page)).to_be_visible()
    count = page.locator("gender-check li").count()
    starts = (
        "new Set([...CSS.highlights.values()].flatMap((one) => [...one].map((range) => range.startContainer))).size"
    )
    page.wait_for_function(f"{starts} === {count}")
    assert count >= 2


def test_a_newsroom_embeds_it_in_a_site_of_its_own(page_of, newsroom):
    page = page_of()
    page.goto(f"{newsroom}/soan-bai")
    expect(gate(page)).to_have_text("Cần xem lại")
    highlighted(page, WORDS)


def test_a_server_that_cannot_be_reached_is_said_and_nothing_is_lost(trial, axe):
    trial.route("**/soat-thu/bai", lambda route: route.abort())
    area(trial).fill(WORDS)
    expect(trial.locator("gender-check [role=status]")).to_have_text(
        "Không gọi được máy chủ soát giới. Bài vẫn còn nguyên; xin thử lại."
    )
    expect(gate(trial)).to_be_hidden()
    expect(area(trial)).to_have_value(WORDS)
    axe(trial)
    trial.unroute("**/soat-thu/bai")
    trial.get_by_role("button", name="Soát ngay").click()
    expect(gate(trial)).to_have_text("Cần xem lại")


def test_who_was_logged_out_meanwhile_is_told_to_load_the_page_again(trial, desk):
    with desk.store.change() as change:
        change.db.execute("DELETE FROM sessions")
    area(trial).fill(WORDS)
    expect(trial.locator("gender-check [role=status]")).to_contain_text("Xin tải lại trang")
