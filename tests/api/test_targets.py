"""The boards of the targets."""

from __future__ import annotations

import re

import pytest

from auditor.store.clock import today
from tests.store.regulations import put


@pytest.fixture
def reader(person, store):
    """Return a viewer over four texts in two communes: clean, accused, not reviewed, and one elsewhere."""
    put(store, "Sạch", closed=True)
    put(store, "Vướng", s4=1, closed=True)
    put(store, "Chưa xem")
    put(store, "Xa", commune="Mường Tè")
    return person("viewer")


def plain(answer) -> str:
    """Return a page without its links, which stand around numbers."""
    return re.sub(r"</?a\b[^>]*>", "", answer.text)


def test_numbers_stand_before_the_percentage(reader):
    page = plain(reader.get("/muc-tieu"))
    assert '<strong>1/4</strong> <span class="soft">(25%)</span>' in page
    assert "<strong>2/4</strong>" in page


def test_every_number_leads_to_as_many_documents(reader):
    page = reader.get("/muc-tieu/5").text
    links = set(re.findall(r'<a href="(/muc-tieu/5/van-ban[^"]*)" aria-label="(\d+) văn bản', page))
    assert len(links) > 5
    for address, number in links:
        answer = reader.get(address.replace("&amp;", "&"))
        assert f"<strong>{number}</strong> văn bản" in answer.text, address


COUNT = re.compile(r'<(td class="n"|b|strong)>(.*?)</(?:td|b|strong)>', re.S)


def _loose(page: str) -> list[str]:
    """Return the counts of a board that lead nowhere; percentages are worked out of counts that do."""
    found = []
    for _, cell in COUNT.findall(page.split("<main")[1]):
        words = re.sub(r"<a\b.*?</a>", "", cell, flags=re.S)
        words = re.sub(r"<[^>]*>|[\d.,]+%", "", words)
        found += [number for number in re.findall(r"\d+", words) if number != "0"]
    return found


@pytest.mark.parametrize("path", ["/muc-tieu", "/muc-tieu/5", "/muc-tieu/5?ky=luy-ke", "/muc-tieu/4", "/muc-tieu/1"])
def test_no_count_of_a_board_leads_nowhere(reader, person, path):
    person("reviewer").post("/truyen-thong/them", {"on_date": f"{today():%d/%m/%Y}", "organiser": "Sở", "title": "Họp"})
    assert _loose(reader.get(path).text) == []


def test_totals_villages_clauses_and_quarters_lead_to_as_many(reader):
    page = reader.get("/muc-tieu/5").text
    links = re.findall(r'<a href="(/muc-tieu/5/[^"]*)" aria-label="(\d+)(?: văn bản)?: ([^"]*)"', page)
    for kind in ("cộng", "quý", "Điều khoản S4", "thôn, bản"):
        assert any(kind in what for _, _, what in links), kind
    for address, number, what in links:
        answer = reader.get(address.replace("&amp;", "&"))
        assert answer.status_code == 200
        assert f"<strong>{number}</strong>" in answer.text, (address, what)


def test_clauses_lead_to_their_place_in_the_text(reader):
    page = reader.get("/muc-tieu/5/dieu-khoan?loai=open_clauses").text
    assert re.search(r'href="/ra-soat/\d+\?phat-hien=\d+"', page) and "chưa kiến nghị" in page
    assert reader.get("/muc-tieu/5/dieu-khoan?loai=gi").status_code == 404


def test_villages_lead_to_their_regulations(reader, person):
    page = reader.get("/muc-tieu/5/thon-ban").text
    assert "bản Sạch" in page and page.count('href="/ho-so/') == 4
    own = person("commune").get("/muc-tieu/5/thon-ban").text
    assert "bản Sạch" in own and "bản Xa" not in own


def test_the_map_and_the_bars_lead_to_documents_too(reader):
    page = reader.get("/muc-tieu/5").text
    assert page.count("<svg") >= 3
    assert 'aria-label="Bình Lư: 1/3 (33%)"' in page


def test_an_empty_desk_says_what_to_do(person):
    page = person("viewer").get("/muc-tieu/5").text
    assert "chưa có dữ liệu" in page
    assert "Tải văn bản lên" in page


def test_an_earlier_day_counts_what_was_so_then(reader):
    page = plain(reader.get(f"/muc-tieu?nam={today().year}&chot={today().year}-02-03"))
    assert "<strong>0/4</strong>" in page
    assert "<strong>0/0</strong>" in plain(reader.get(f"/muc-tieu?nam={today().year - 1}"))


def test_a_day_outside_the_year_is_told(reader):
    assert "GA447" in reader.get("/muc-tieu/5?nam=2025&chot=2026-01-01").text


def test_a_commune_sees_its_own_figures_only(reader, person):
    clerk = person("commune")
    page = clerk.get("/muc-tieu/5").text
    assert "<strong>1/3</strong>" in re.sub(r"</?a\b[^>]*>", "", page)
    assert "Mường Tè" not in page
    assert "Bản đồ ô" not in page
    assert "<strong>3</strong> văn bản" in clerk.get("/muc-tieu/5/van-ban?loai=in_force").text
    assert clerk.get("/muc-tieu/4").status_code == 404
    own = re.search(r"xa=(\d+)", reader.get("/muc-tieu/5").text)
    assert own is not None
    foreign = [code for code in re.findall(r"xa=(\d+)", reader.get("/muc-tieu/5").text) if code not in page]
    assert clerk.get(f"/muc-tieu/5/van-ban?xa={foreign[0]}").status_code == 404


def test_an_unknown_figure_is_not_found(reader):
    assert reader.get("/muc-tieu/5/van-ban?loai=gi").status_code == 404


def test_target_4_shows_the_conditions_and_press_apart(reader):
    page = plain(reader.get("/muc-tieu/4"))
    assert "Báo Lai Châu" in page
    assert "Báo chí: <strong>0/1</strong>" in page


def test_target_1_counts_units_with_two_events(person):
    clerk = person("reviewer")
    for day in ("2026-03-08", "2026-10-20"):
        clerk.post("/truyen-thong/them", {"on_date": day, "organiser": "Đoàn xã", "title": "Toạ đàm", "unit": "2"})
    clerk.post("/truyen-thong/them", {"on_date": "2026-03-08", "organiser": "Sở Y tế", "title": "Tập huấn"})
    page = plain(clerk.get("/muc-tieu/1?nam=2026"))
    assert "<strong>1/38</strong>" in page
    assert "<strong>0/1</strong>" in page
    assert "<strong>2</strong> cuộc" in clerk.get("/muc-tieu/1/hoat-dong?xa=2&nam=2026").text


def test_a_newsroom_sees_no_boards(person):
    assert person("newsroom").get("/muc-tieu").status_code == 403
