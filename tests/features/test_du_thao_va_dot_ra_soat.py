"""The steps of ``features/du_thao_va_dot_ra_soat.feature``, taken at a browser as people would."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from auditor.store import clock, regulations, states, units
from auditor.store.words import STATES
from tests.api import conftest as browsers
from tests.store import desk

scenarios("du_thao_va_dot_ra_soat.feature")

staffed_file, store, person = browsers.staffed_file, browsers.store, browsers.person
TODAY = clock.today()


@dataclass
class Desk:
    """The desk, who sits at it, and the page that was shown last."""

    store: Any
    person: Any
    regulation: int = 0
    clause: str = ""
    page: Any = None
    people: dict[str, Any] = field(default_factory=dict)

    def at(self, role: str) -> Any:
        """Return who sits there in a role."""
        return self.people.setdefault(role, self.person(role))

    def commune(self, name: str) -> int:
        """Return the id of a commune."""
        with self.store.read() as db:
            found = units.find_commune(db, name)
        assert found is not None
        return found.id


@pytest.fixture
def office(store: Any, person: Any) -> Desk:
    return Desk(store, person)


@when(parsers.parse('cán bộ xã dán dự thảo có điều khoản "{clause}"'))
def paste(office: Desk, clause: str) -> None:
    text = f"QUY ƯỚC BẢN NÀ HUM\n\nĐiều 1. Họp bản\n1. {clause}\n2. Giữ gìn nhà văn hóa của bản."
    office.clause = clause
    office.page = office.at("commune").post("/du-thao", {"title": "Dự thảo quy ước bản Nà Hum", "text": text})


@then("trang dự thảo nêu điều khoản ấy kèm câu có thể viết lại")
def told(office: Desk) -> None:
    assert office.clause in office.page.text
    assert "Có thể viết lại" in office.page.text


@then("trang dự thảo nhắc niêm yết ít nhất 30 ngày và trên 50% đại diện hộ tán thành")
def steps_told(office: Desk) -> None:
    assert "Niêm yết công khai ít nhất 30 ngày" in office.page.text
    assert "Trên 50% tổng số đại diện hộ gia đình tán thành" in office.page.text


@then(parsers.parse('trang dự thảo viết "{words}"'))
def said(office: Desk, words: str) -> None:
    assert words in office.page.text


@then("trang dự thảo gợi ý nội dung có thể thêm và nhắc không chép lại điều luật")
def advised(office: Desk) -> None:
    assert "Có thể thêm gì" in office.page.text
    assert "không chép lại điều luật" in office.page.text


@given(parsers.parse('quy ước của bản "{name}" được niêm yết cách đây {days:d} ngày'))
def posted(office: Desk, name: str, days: int) -> None:
    with office.store.change() as change:
        regulation = desk.regulation(change, name)
        states.enter(change, regulation.id, "posted", TODAY - timedelta(days=days))
        office.regulation = regulation.id


@when(parsers.parse('cán bộ xã ghi trạng thái "{state}" hôm nay'))
def enter(office: Desk, state: str) -> None:
    data = {"state": state, "on": TODAY.isoformat(), "document": "5/QĐ-UBND"}
    office.page = office.at("commune").post(f"/ho-so/{office.regulation}/trang-thai", data)


@then("phần mềm lưu ý thời hạn niêm yết")
def warned(office: Desk) -> None:
    assert "Lưu ý: thông qua ngày" in office.page.text
    assert "so với thời hạn niêm yết" in office.page.text


@when("cán bộ xã hoàn tác")
def undo(office: Desk) -> None:
    found = re.search(r'<form method="post" action="([^"]+)">', office.page.text.partition('role="status"')[2])
    assert found, office.page.text
    office.page = office.at("commune").post(found.group(1))


@then(parsers.parse('quy ước ở trạng thái "{words}"'))
def stands(office: Desk, words: str) -> None:
    with office.store.read() as db:
        assert STATES[regulations.get(db, office.regulation).state] == words


@then(parsers.parse('phần mềm từ chối với mã "{code}" và nói trạng thái nào ghi tiếp được'))
def refused(office: Desk, code: str) -> None:
    assert office.page.status_code == 422
    assert code in office.page.text
    assert "chỉ ghi tiếp được" in office.page.text


@given(parsers.parse('xã "{first}" có {many:d} quy ước đã công nhận và xã "{second}" có {few:d}'))
def recognised(office: Desk, first: str, many: int, second: str, few: int) -> None:
    with office.store.change() as change:
        for commune, count in ((first, many), (second, few)):
            for number in range(count):
                regulation = desk.regulation(change, f"Bản {number}", commune)
                desk.text(change, regulation, f"{desk.OLD}\n{commune} {number}")
                day = date(TODAY.year - 1, 3, 2)
                states.enter(change, regulation.id, "recognised", day, document="1/QĐ-UBND")


@when("rà soát viên mở đợt rà soát của năm nay")
def begin(office: Desk) -> None:
    year = TODAY.year
    data = {"year": year, "name": "", "opens_on": f"{year}-01-01", "closes_on": f"{year}-12-31"}
    assert office.at("reviewer").post("/dot-ra-soat", data).status_code == 200


@when("cán bộ xã đánh dấu xã đã rà soát mọi bản còn lại")
def mark(office: Desk) -> None:
    data = {"kind": "commune", "on": TODAY.isoformat(), "outcome": "keep", "all": "1"}
    path = f"/dot-ra-soat/{TODAY.year}/xa/{office.commune('Bình Lư')}"
    assert office.at("commune").post(path, data).status_code == 200


@then(parsers.parse('tiến độ của xã "{name}" là "{share}"'))
def progress_of(office: Desk, name: str, share: str) -> None:
    page = office.at("reviewer").get(f"/dot-ra-soat/{TODAY.year}").text
    row = page.partition(f"xã {name}</a>")[2].partition("</tr>")[0]
    assert share in row.partition("Xã đã rà soát")[2]


@then(parsers.parse('tiến độ của cả tỉnh là "{share}"'))
def progress(office: Desk, share: str) -> None:
    page = office.at("reviewer").get(f"/dot-ra-soat/{TODAY.year}").text
    figures = page.partition('<ul class="figures">')[2].partition("</ul>")[0]
    assert share in figures.partition("Xã đã rà soát")[2]


@then(parsers.parse('cán bộ xã không mở được danh sách của xã "{name}"'))
def hidden(office: Desk, name: str) -> None:
    path = f"/dot-ra-soat/{TODAY.year}/xa/{office.commune(name)}"
    assert office.at("commune").get(path).status_code == 404
