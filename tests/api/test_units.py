"""The page of communes and villages: lists that come in and go out."""

from __future__ import annotations

import csv
import io
import re
from html import unescape

import pytest
import xlsxwriter

from auditor.store import trail, units, villages

HEAD = "Xã, phường;Loại;Tên thôn, bản;Số hộ\n"
FORMULA = '=HYPERLINK("http://xau.example","Nà Khương")'


def _villages(store, commune="Bình Lư"):
    with store.read() as db:
        return [unit.full for unit in units.villages(db, units.find_commune(db, commune).id)]


def _commune(store) -> int:
    with store.read() as db:
        return units.find_commune(db, "Bình Lư").id


def _send(someone, data: bytes, name="thon-ban.csv"):
    return someone.post("/don-vi/nhap", files={"table": (name, data)})


def _workbook(*rows) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                sheet.write(number, place, cell)
    return out.getvalue()


def test_a_list_comes_in_whole_and_can_be_taken_back(store, person):
    someone = person("reviewer")
    answer = _send(someone, (HEAD + "Bình Lư;bản;Nà Khương;85\nxa binh lu;thôn;Vân Bình;1.200\n").encode())
    assert "2 thôn, bản mới" in answer.text
    assert _villages(store) == ["bản Nà Khương", "thôn Vân Bình"]
    someone.post(re.search(r'action="(/don-vi/nhap/\d+/hoan-tac)"', answer.text).group(1))
    assert _villages(store) == []


def test_a_workbook_is_read_with_its_numbers_and_gaps(store, person):
    table = _workbook(villages.HEAD, [], ["03390", "", "bản Nà Khương", 85], ["Bình Lư", "tổ dân phố", 5, None])
    assert "2 thôn, bản mới" in _send(person("reviewer"), table, "thon-ban.xlsx").text
    assert _villages(store) == ["tổ dân phố 5", "bản Nà Khương"]


def test_a_list_with_faults_brings_in_nothing_before_the_person_has_chosen(store, person):
    someone = person("reviewer")
    rows = [
        "Bình Lư;bản;Nà Khương;85",
        "Hà Nội;bản;Xa;1",
        "Bình Lư;bản;;2",
        "Bình Lư;bản;Na Khuong;",
        "Bình Lư;bản;Hon;x",
    ]
    answer = _send(someone, (HEAD + "\n".join(rows)).encode())
    assert answer.status_code == 422
    assert _villages(store) == []
    for number, why in (
        (3, "Không có xã, phường “Hà Nội”"),
        (4, "Chưa ghi tên"),
        (5, "Trùng với dòng 2"),
        (6, "Số hộ “x”"),
    ):
        assert re.search(rf'class="n">{number}</td>.*{re.escape(why)}', unescape(answer.text))
    good = unescape(re.search(r'name="rows" value="([^"]*)"', answer.text).group(1))
    assert "1 thôn, bản mới" in someone.post("/don-vi/nhap/dong-dung", {"rows": good}).text
    assert _villages(store) == ["bản Nà Khương"]


def test_a_name_that_looks_like_a_formula_stays_words_everywhere(store, person):
    someone = person("reviewer")
    _send(someone, _workbook(villages.HEAD, ["Bình Lư", "bản", FORMULA, 3]), "a.xlsx")
    assert _villages(store) == [f"bản {FORMULA}"]
    page = someone.get(f"/don-vi/{_commune(store)}").text
    assert FORMULA not in page
    assert FORMULA in unescape(page)
    sent = someone.get("/don-vi/danh-sach.csv")
    assert "attachment" in sent.headers["content-disposition"]
    rows = list(csv.reader(io.StringIO(sent.content.decode("utf-8-sig"))))
    assert rows[1][2] == f"'{FORMULA}"
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_an_exported_list_comes_in_again_as_it_was(store, person):
    someone = person("reviewer")
    _send(
        someone,
        _workbook(villages.HEAD, ["Bình Lư", "bản", FORMULA, 3], ["Tân Phong", "tổ dân phố", "số 5", 90]),
        "a.xlsx",
    )
    before = _villages(store), _villages(store, "Tân Phong")
    assert "0 thôn, bản mới, 2 thôn, bản đã có" in _send(someone, someone.get("/don-vi/danh-sach.csv").content).text
    assert (_villages(store), _villages(store, "Tân Phong")) == before


def test_the_sample_comes_in_without_a_fault(person):
    someone = person("reviewer")
    assert "2 thôn, bản mới" in _send(someone, someone.get("/don-vi/mau.csv").content).text


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04 hong", b"\x00\x01\x02", b"mot cot\nhai", b"a,b\n1,2\n", b"x" * 5_000_001]
)
def test_what_is_no_list_is_answered_in_words(store, person, data):
    answer = _send(person("reviewer"), data)
    assert answer.status_code == 422
    assert "Không dùng được bảng này" in answer.text


def test_one_village_is_added_and_taken_off_with_a_way_back(store, person):
    someone = person("reviewer")
    commune = _commune(store)
    added = someone.post(f"/don-vi/{commune}/them", {"type": "bản", "name": "Nà Khương", "households": "85"})
    assert "Đã thêm bản Nà Khương" in added.text
    gone = someone.post(re.search(r'action="(/don-vi/\d+/\d+/go)"', added.text).group(1))
    assert _villages(store) == []
    someone.post(re.search(r'action="(/don-vi/\d+/\d+/hoan-tac)"', gone.text).group(1))
    assert _villages(store) == ["bản Nà Khương"]


def test_a_fault_in_a_single_village_is_said_at_its_commune(store, person):
    commune = _commune(store)
    page = person("reviewer").post(
        f"/don-vi/{commune}/them", {"type": "bản", "name": "Nà Khương", "households": "nhiều"}
    )
    assert "chưa phải số nguyên" in page.text


def test_rows_that_were_tampered_with_change_nothing(store, person):
    with store.read() as db:
        before = trail.verify(db).lines
    for rows in ("", "[]", "{", "[[[]]]", '[["a"],["b"]]'):
        assert person("reviewer").post("/don-vi/nhap/dong-dung", {"rows": rows}).status_code == 422
    with store.read() as db:
        assert [e.action for e in trail.recent(db) if e.id > before if not e.action.startswith("session")] == []
