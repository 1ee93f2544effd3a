"""The register of communication events."""

from __future__ import annotations

from auditor.store import units

EVENT = {
    "on_date": "2026-03-08",
    "organiser": "Hội Phụ nữ tỉnh",
    "title": "Phổ biến Luật Bình đẳng giới",
    "women": "40",
}
TABLE = "Ngày;Đơn vị tổ chức;Xã, phường;Nội dung;Hình thức;Nữ;Nam\n{}\n"


def _import(someone, words: str):
    return someone.post("/truyen-thong/nhap", files={"file": ("a.csv", words.encode("utf-8-sig"), "text/csv")})


def test_an_empty_register_says_what_to_do(person):
    assert "Ghi cuộc đầu tiên" in person("reviewer").get("/truyen-thong?nam=2026").text


def test_an_event_is_kept_removed_and_put_back(person):
    someone = person("reviewer")
    assert "Phổ biến Luật" in someone.post("/truyen-thong/them", EVENT).text
    gone = someone.post("/truyen-thong/1/go")
    assert "/truyen-thong/1/khoi-phuc" in gone.text
    assert "Ghi cuộc đầu tiên" in gone.text
    assert 'href="/truyen-thong/1"' in someone.post("/truyen-thong/1/khoi-phuc").text


def test_an_event_can_be_changed(person):
    someone = person("reviewer")
    someone.post("/truyen-thong/them", EVENT)
    someone.post("/truyen-thong/1", {**EVENT, "title": "Truyền thanh"})
    assert "Truyền thanh" in someone.get("/truyen-thong/1").text


def test_a_commune_keeps_only_its_own_events(person, store):
    person("reviewer").post("/truyen-thong/them", EVENT)
    clerk = person("commune")
    assert clerk.get("/truyen-thong/1").status_code == 404
    clerk.post("/truyen-thong/them", {**EVENT, "unit": "3"})
    with store.read() as db:
        own = units.find_commune(db, "Bình Lư").id
        assert db.execute("SELECT unit_id FROM events WHERE id = 2").fetchone()[0] == own


def test_a_number_that_is_none_is_told(person):
    answer = person("reviewer").post("/truyen-thong/them", {**EVENT, "men": "nhiều"})
    assert (answer.status_code, "GA441" in answer.text) == (422, True)


def test_a_table_comes_in_once(person):
    someone = person("reviewer")
    words = TABLE.format("08/03/2026;Hội Phụ nữ;xã Bình Lư;Toạ đàm;;10;\n20/03/2026;Đoàn xã;;Hội thi;;;")
    assert "Đã nhập 2 cuộc." in _import(someone, words).text
    assert "2 cuộc đã có" in _import(someone, words).text


def test_a_table_with_a_mistake_changes_nothing_and_tells_the_row(person):
    someone = person("reviewer")
    answer = _import(someone, TABLE.format("08/03/2026;Hội;;Toạ đàm;;;\nhôm qua;Hội;Xã Không Có;Hội thi;;;"))
    assert answer.status_code == 422
    assert ">3<" in answer.text
    assert "Ghi cuộc đầu tiên" in someone.get("/truyen-thong?nam=2026").text


def test_a_file_that_is_no_table_is_told(person):
    assert "GA380" in _import(person("reviewer"), "a,b\n1,2\n").text


def test_no_cell_of_the_table_acts_and_what_went_out_comes_in_again(person):
    someone = person("reviewer")
    someone.post("/truyen-thong/them", {**EVENT, "organiser": '=HYPERLINK("http://x")'})
    out = someone.get("/truyen-thong/tai-ve.csv?nam=2026")
    assert out.headers["content-disposition"].startswith("attachment")
    assert "\"'=HYPERLINK" in out.text
    assert "1 cuộc đã có" in _import(someone, out.content.decode("utf-8-sig")).text


def test_a_viewer_keeps_no_events(person):
    assert person("viewer").get("/truyen-thong").status_code == 403
