"""The yearly reports, from a draft to what was issued and made again."""

from __future__ import annotations

import sqlite3

import pytest

from auditor.store import reports
from auditor.store.clock import today
from tests.store.regulations import put

YEAR = today().year
BEGIN = {"kind": "province", "year": str(YEAR), "cut_off": today().isoformat()}
WRITTEN = {"number": "125", "direction": "Sở đã ban hành 02 văn bản.", "cut_off": today().isoformat()}
ISSUE = {"issued_on": today().isoformat()}


@pytest.fixture
def author(person, store):
    put(store, "Sạch", closed=True)
    put(store, "Vướng", s4=1, closed=True)
    return person("reviewer")


@pytest.fixture
def issued(author):
    author.post("/bao-cao", BEGIN)
    author.post("/bao-cao/1", WRITTEN)
    assert "Đã ban hành" in author.post("/bao-cao/1/ban-hanh", ISSUE).text
    return author


def test_the_first_page_says_how_many_days_are_left(author):
    assert "Hạn báo cáo năm" in author.get("/").text
    assert "trước ngày <strong>01/12/" in author.get("/bao-cao").text
    assert "trước ngày <strong>30/11/" in author.get("/bao-cao").text


def test_days_left_turn_to_the_next_year_after_the_day():
    days = {name: (left, due.year) for name, left, due in reports.days_left(today().replace(month=12, day=1))}
    assert {due for _, due in days.values()} == {YEAR + 1}
    assert min(left for left, _ in days.values()) > 300


def test_a_draft_is_opened_again_not_twice(author, store):
    author.post("/bao-cao", BEGIN)
    author.post("/bao-cao", BEGIN)
    with store.read() as db:
        assert len(reports.everyone(db)) == 1


def test_a_draft_shows_figures_that_lead_to_documents(author):
    page = author.post("/bao-cao", BEGIN).text
    assert "/muc-tieu/5/van-ban?loai=clean" in page
    assert "trước ngày 01/12" in page


def test_what_is_written_is_kept_and_printed(author):
    author.post("/bao-cao", BEGIN)
    assert "02 văn bản" in author.post("/bao-cao/1", WRITTEN).text
    answer = author.get("/bao-cao/1/xem-truoc.docx")
    assert answer.content.startswith(b"PK")
    assert "attachment" in answer.headers["content-disposition"]


def test_a_report_without_a_number_is_not_issued(author):
    author.post("/bao-cao", BEGIN)
    assert "GA383" in author.post("/bao-cao/1/ban-hanh", ISSUE).text


def test_an_issued_report_keeps_its_figures_whatever_comes_after(issued, store):
    before = issued.get("/bao-cao/1/tai-ve.docx").content
    put(store, "Mới", closed=True)
    page = issued.get("/bao-cao/1").text
    assert "/bao-cao/1/van-ban?so=clean" in page
    assert "<strong>1</strong> văn bản đứng sau" in issued.get("/bao-cao/1/van-ban?so=clean").text
    assert "<strong>2</strong> văn bản đứng sau" in issued.get("/bao-cao/1/van-ban?so=in_force").text
    assert issued.get("/bao-cao/1/tai-ve.docx").content == before


def test_an_issued_report_is_made_again_byte_by_byte(issued, store):
    put(store, "Mới", closed=True)
    assert "khớp từng byte" in issued.post("/bao-cao/1/dung-lai").text


def test_an_issued_report_is_neither_written_nor_thrown_away(issued, store):
    assert "GA382" in issued.post("/bao-cao/1", WRITTEN).text
    assert "GA382" in issued.post("/bao-cao/1/bo").text
    with pytest.raises(sqlite3.IntegrityError), store.change() as change:
        change.update("reports", 1, {"number": "126"})


def test_both_files_and_the_trail_line_carry_the_hashes(issued, store):
    assert issued.get("/bao-cao/1/tai-ve.xlsx").content.startswith(b"PK")
    with store.read() as db:
        report = reports.get(db, 1)
        line = db.execute("SELECT data FROM trail WHERE action = 'report.issue'").fetchone()["data"]
    assert report.sha256 is not None
    assert report.sha256 in line


def test_the_draft_for_the_ministry_counts_what_the_decree_asks(author):
    page = author.post("/bao-cao", {**BEGIN, "kind": "ministry"}).text
    assert "Điều 16 khoản 1" in page
    assert author.get("/bao-cao/1/xem-truoc.docx").content.startswith(b"PK")


def test_a_draft_is_thrown_away(author):
    author.post("/bao-cao", BEGIN)
    assert "Chưa có báo cáo nào" in author.post("/bao-cao/1/bo").text


def test_a_viewer_reads_and_writes_nothing(issued, person):
    viewer = person("viewer")
    assert "Đã ban hành" in viewer.get("/bao-cao/1").text
    assert viewer.post("/bao-cao", BEGIN).status_code == 403


def test_a_commune_clerk_sees_no_report_of_the_province(issued, person):
    clerk = person("commune")
    assert "trang Mục tiêu" in clerk.get("/bao-cao").text
    for path in ("", "/tai-ve.docx", "/xem-truoc.xlsx", "/van-ban"):
        assert clerk.get(f"/bao-cao/1{path}").status_code == 404
