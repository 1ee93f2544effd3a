"""States, letters, comparison, drafts and rounds as people use them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from auditor.store import clock, findings, letters, regulations, rounds, states, users, versions
from tests.store import desk

TODAY = clock.today()


@dataclass
class Case:
    """Two regulations: one with an amended text, and one of another commune."""

    id: int
    old: int
    new: int
    commune: int
    far: int
    far_commune: int


@pytest.fixture
def case(store) -> Case:
    with store.change() as change:
        user = next(one for one in users.everyone(change.db) if one.role == "legal")
        regulation = desk.regulation(change)
        old = desk.text(change, regulation, desk.OLD, *desk.both())
        states.enter(change, regulation.id, "recognised", date(TODAY.year - 1, 3, 2), document="1/QĐ-UBND")
        desk.decided(change, old, user)
        new = desk.text(change, regulation, desk.NEW, *desk.both(desk.NEW))
        far = desk.regulation(change, "Xa", "Tả Lèng")
        desk.text(change, far, f"{desk.OLD}\nXa", *desk.both())
        states.enter(change, far.id, "recognised", date(TODAY.year - 1, 3, 2), document="2/QĐ-UBND")
        near, other = (states.placed(change.db, one.id).commune.id for one in (regulation, far))
    return Case(regulation.id, old.id, new.id, near, far.id, other)


def read(store, what, *values):
    with store.read() as db:
        return what(db, *values)


def undo_of(page) -> str:
    found = re.search(
        r'<form method="post" action="([^"]+hoan-tac[^"]*)"><input type="hidden" name="csrf"[^>]*><button>', page.text
    )
    assert found, page.text
    return found.group(1)


def test_a_clerk_enters_a_state_and_takes_it_back(store, person, case):
    clerk = person("commune")
    path = f"/ho-so/{case.id}/trang-thai"
    page = clerk.post(path, {"state": "amending", "on": TODAY.isoformat(), "note": "Bản họp bàn <b>sửa</b>"})
    assert "Đã ghi trạng thái “sửa đổi”" in page.text
    assert "&lt;b&gt;" in page.text
    clerk.post(undo_of(page))
    assert read(store, regulations.get, case.id).state == "recognised"


def test_a_posting_cut_short_is_said_at_once(person, case):
    clerk = person("commune")
    path = f"/ho-so/{case.id}/trang-thai"
    clerk.post(path, {"state": "amending", "on": (TODAY - timedelta(days=20)).isoformat()})
    clerk.post(path, {"state": "posted", "on": (TODAY - timedelta(days=10)).isoformat()})
    assert "chưa đủ 30 ngày niêm yết" in clerk.get(path).text
    page = clerk.post(path, {"state": "adopted", "on": TODAY.isoformat()})
    assert "Lưu ý: thông qua ngày" in page.text


def test_a_report_past_due_is_shown_with_its_law_for_reference(person, case):
    clerk = person("commune")
    on = (TODAY - timedelta(days=40)).isoformat()
    page = clerk.post(f"/ho-so/{case.id}/tiep-nhan", {"kind": "report", "on": on, "source": "household"})
    assert re.search(r"quá hạn \d+ ngày", page.text)
    assert "Khoản 2 Điều 12 Nghị định 61/2023/NĐ-CP" in page.text
    assert "căn cứ tham khảo" in page.text


def test_a_clerk_does_not_find_what_is_of_another_commune(person, case):
    clerk = person("commune")
    year = TODAY.year
    for path in (
        f"/ho-so/{case.far}/trang-thai",
        f"/ho-so/{case.far}/so-sanh",
        f"/dot-ra-soat/{year}/xa/{case.far_commune}",
    ):
        assert clerk.get(path).status_code == 404
    assert clerk.post(f"/ho-so/{case.far}/trang-thai", {"state": "amending"}).status_code == 404


def written(person, case, **more):
    legal = person("legal")
    form = legal.get(f"/kien-nghi/moi?ban={case.old}")
    ids = re.findall(r'name="finding" value="(\d+)"', form.text)
    assert len(ids) == 2
    data = {"ban": case.old, "finding": ids, "office": "SỞ TƯ PHÁP", "symbol": "STP", "title": "GIÁM ĐỐC", **more}
    return legal, legal.post("/kien-nghi/moi", data)


def test_a_lawyer_writes_a_letter_sends_it_and_a_clerk_reads_it(store, person, case):
    legal, page = written(person, case, due_on=(TODAY + timedelta(days=9)).isoformat())
    path = page.url.path
    clerk = person("commune")
    assert clerk.get(path).status_code == 404
    assert legal.get(f"{path}/van-ban.docx").content.startswith(b"PK")
    page = legal.post(f"{path}/gui", {"number": "12/STP", "sent_on": TODAY.isoformat()})
    assert "đã kiến nghị" in page.text
    assert {one.repair for one in read(store, findings.of_version, case.old)} == {"recommended"}
    assert "12/STP" in clerk.get("/kien-nghi").text
    assert "Xem trước công văn" in clerk.get(path).text
    assert clerk.post(f"{path}/rut").status_code == 403
    answer = clerk.get(f"{path}/ban-chu-thich.docx")
    assert answer.content.startswith(b"PK")
    assert answer.headers["content-disposition"].startswith("attachment")
    legal.post(undo_of(page))
    assert {one.repair for one in read(store, findings.of_version, case.old)} == {"open"}


def test_a_letter_past_due_is_brought_up(store, person, case):
    legal, page = written(person, case)
    path = page.url.path
    days = {"sent_on": TODAY - timedelta(days=30), "due_on": TODAY - timedelta(days=5)}
    legal.post(f"{path}/gui", {"number": "12/STP", **{key: day.isoformat() for key, day in days.items()}})
    page = legal.get("/kien-nghi?trang_thai=overdue")
    assert "1 kiến nghị đã quá hạn trả lời" in page.text
    assert "quá hạn 5 ngày" in page.text
    legal.post(f"{path}/tra-loi", {"answer": "Bản đã họp."})
    assert "quá hạn trả lời." not in legal.get("/kien-nghi").text


def test_decisions_are_carried_with_one_click_and_taken_back(store, person, case):
    legal = person("legal")
    page = legal.get(f"/ho-so/{case.id}/so-sanh?cu=1&moi=2")
    assert "<del>" in page.text
    assert "<ins>" in page.text
    assert "1 quyết định có thể chuyển" in page.text
    page = legal.post(f"/ho-so/{case.id}/so-sanh/chuyen", {"cu": 1, "moi": 2})
    assert "Đã chuyển 1 quyết định" in page.text
    assert "chuyển từ bản trước" in page.text
    assert read(store, versions.get, case.new).verdict == "discriminating"
    legal.post(undo_of(page))
    assert read(store, versions.get, case.new).verdict == "unreviewed"


def test_a_repair_is_confirmed_and_closes_the_letter(store, person, case):
    legal, page = written(person, case)
    path = page.url.path
    vote = next(one.id for one in read(store, findings.of_version, case.old) if one.finding.rule == "HU-PART-01")
    legal.post(f"{path}/sua", {"finding": [vote], "office": "SỞ TƯ PHÁP", "symbol": "STP", "title": "GIÁM ĐỐC"})
    legal.post(f"{path}/gui", {"number": "12/STP", "sent_on": TODAY.isoformat()})
    page = legal.post(f"/ho-so/{case.id}/so-sanh/da-sua", {"cu": 1, "moi": 2, "finding": [vote]})
    letter = read(store, letters.get, int(path.rsplit("/", 1)[1]))
    assert letter.state == "closed"
    legal.post(undo_of(page))
    assert read(store, letters.get, letter.id).state == "sent"


def test_a_pasted_draft_is_checked_at_once_and_never_called_passed(person):
    clerk = person("commune")
    page = clerk.post("/du-thao", {"title": "Dự thảo A", "text": desk.OLD})
    assert "chỗ cần xem" in page.text
    assert "Có thể viết lại" in page.text
    assert "Trên 50% tổng số đại diện hộ gia đình tán thành" in page.text
    assert "ít nhất <strong>49 hộ" in clerk.get(f"{page.url.path}?so_ho=96").text
    page = clerk.post("/du-thao", {"title": "Dự thảo B", "text": "Điều 1. Họp bản\n1. Mỗi quý họp một lần."})
    assert "Chưa thấy điều khoản phân biệt đối xử trong các phát hiện của máy; cần người rà soát." in page.text
    assert "Chỉ là lời khuyên, không phải lỗi" in page.text
    assert not re.search(r"\bđạt\b", page.text.replace("không được tính là đạt", ""))


def test_a_draft_file_waits_for_the_worker(store, person):
    clerk = person("commune")
    page = clerk.post("/du-thao", files={"file": ("du thao.txt", desk.OLD.encode())})
    assert "đang đọc dự thảo" in page.text
    with store.read() as db:
        (row,) = db.execute("SELECT kind, payload FROM jobs").fetchall()
    assert row["kind"] == "read"


def test_a_draft_of_other_people_is_not_found(store, person):
    page = person("reviewer").post("/du-thao", {"text": desk.OLD})
    assert person("commune").get(page.url.path).status_code == 404
    assert person("viewer").get("/du-thao").status_code == 403


def test_an_empty_draft_is_refused_kindly(person):
    page = person("commune").post("/du-thao", {"text": "  "})
    assert page.status_code == 422
    assert "GA408" in page.text


def begun(person):
    year = TODAY.year
    data = {"year": year, "name": "Đợt thử", "opens_on": f"{year}-01-01", "closes_on": f"{year}-12-31"}
    return person("reviewer").post("/dot-ra-soat", data)


def test_a_round_is_begun_and_a_clerk_marks_the_own_commune(store, person, case):
    assert "0/2" in begun(person).text
    clerk = person("commune")
    assert clerk.get("/dot-ra-soat").status_code == 200
    assert "xã Tả Lèng" not in clerk.get(f"/dot-ra-soat/{TODAY.year}").text
    path = f"/dot-ra-soat/{TODAY.year}/xa/{case.commune}"
    page = clerk.post(path, {"kind": "commune", "on": TODAY.isoformat(), "outcome": "amend", "all": "1"})
    assert "cho 1 bản" in page.text
    assert "1/2" in person("reviewer").get(f"/dot-ra-soat/{TODAY.year}").text
    clerk.post(undo_of(page))
    with store.read() as db:
        assert rounds.total(rounds.progress(db, rounds.of_year(db, TODAY.year))).reviewed == 0
    assert clerk.post(path, {"kind": "commune"}).status_code == 422
    far = f"/dot-ra-soat/{TODAY.year}/xa/{case.far_commune}"
    assert clerk.post(far, {"kind": "commune", "all": "1"}).status_code == 404
    assert clerk.post("/dot-ra-soat", {"year": TODAY.year}).status_code == 403


def test_a_cell_of_the_list_never_acts_as_a_formula(store, person, case):
    with store.change() as change:
        change.update("regulations", case.id, {"title": '=HYPERLINK("http://x","y")'})
    begun(person)
    answer = person("reviewer").get(f"/dot-ra-soat/{TODAY.year}/danh-sach.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert "'=HYPERLINK" in answer.text
    assert ",=HYPERLINK" not in answer.text.replace('"', "")


def test_the_first_round_has_nothing_to_compare_with(person, case):
    begun(person)
    assert "đợt đầu tiên" in person("viewer").get(f"/dot-ra-soat/{TODAY.year}/co-gi-moi").text


def test_the_first_page_says_what_is_past_due_and_what_the_round_still_asks_for(person, case):
    legal, page = written(person, case)
    days = {"sent_on": TODAY - timedelta(days=30), "due_on": TODAY - timedelta(days=5)}
    legal.post(f"{page.url.path}/gui", {"number": "12/STP", **{key: day.isoformat() for key, day in days.items()}})
    assert "Kiến nghị quá hạn" in legal.get("/").text
    begun(person)
    clerk = person("commune")
    on = (TODAY - timedelta(days=40)).isoformat()
    clerk.post(f"/ho-so/{case.id}/tiep-nhan", {"kind": "report", "on": on})
    words = clerk.get("/").text
    assert "việc của xã đã quá hạn" in words
    assert "bản còn phải rà soát" in words
    assert "quá hạn" in clerk.get("/thoi-han").text
