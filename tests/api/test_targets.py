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


def test_numbers_stand_before_the_percentage(reader):
    page = reader.get("/muc-tieu").text
    assert '<strong>1/4</strong> <span class="soft">(25%)</span>' in page
    assert "<strong>2/4</strong>" in page


def test_every_number_leads_to_as_many_documents(reader):
    page = reader.get("/muc-tieu/5").text
    links = set(re.findall(r'<a href="(/muc-tieu/5/van-ban[^"]*)" aria-label="(\d+) văn bản', page))
    assert len(links) > 5
    for address, number in links:
        answer = reader.get(address.replace("&amp;", "&"))
        assert f"<strong>{number}</strong> văn bản" in answer.text, address


def test_the_map_and_the_bars_lead_to_documents_too(reader):
    page = reader.get("/muc-tieu/5").text
    assert page.count("<svg") >= 3
    assert 'aria-label="Bình Lư: 1/3 (33%)"' in page


def test_an_empty_desk_says_what_to_do(person):
    page = person("viewer").get("/muc-tieu/5").text
    assert "chưa có dữ liệu" in page
    assert "Tải văn bản lên" in page


def test_an_earlier_day_counts_what_was_so_then(reader):
    page = reader.get(f"/muc-tieu?nam={today().year}&chot={today().year}-02-03").text
    assert "<strong>0/4</strong>" in page
    assert "<strong>0/0</strong>" in reader.get(f"/muc-tieu?nam={today().year - 1}").text


def test_a_day_outside_the_year_is_told(reader):
    assert "GA447" in reader.get("/muc-tieu/5?nam=2025&chot=2026-01-01").text


def test_a_commune_sees_its_own_figures_only(reader, person):
    clerk = person("commune")
    page = clerk.get("/muc-tieu/5").text
    assert "<strong>1/3</strong>" in page
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
    page = reader.get("/muc-tieu/4").text
    assert "Báo Lai Châu" in page
    assert "Báo chí: <strong>0/1</strong>" in page


def test_target_1_counts_units_with_two_events(person):
    clerk = person("reviewer")
    for day in ("2026-03-08", "2026-10-20"):
        clerk.post("/truyen-thong/them", {"on_date": day, "organiser": "Đoàn xã", "title": "Toạ đàm", "unit": "2"})
    clerk.post("/truyen-thong/them", {"on_date": "2026-03-08", "organiser": "Sở Y tế", "title": "Tập huấn"})
    page = clerk.get("/muc-tieu/1?nam=2026").text
    assert "<strong>1/38</strong>" in page
    assert "<strong>0/1</strong>" in page
    assert "<strong>2</strong> cuộc" in clerk.get("/muc-tieu/1/hoat-dong?xa=2&nam=2026").text


def test_a_newsroom_sees_no_boards(person):
    assert person("newsroom").get("/muc-tieu").status_code == 403
