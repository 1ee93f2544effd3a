"""The steps of ``features/theo_doi_kien_nghi.feature``, taken at a browser as people would."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import docx
import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from auditor.store import clock, findings, letterlist, letters, regulations, states, users
from tests.api import conftest as browsers
from tests.store import desk

scenarios("theo_doi_kien_nghi.feature")

staffed_file, store, person = browsers.staffed_file, browsers.store, browsers.person
TODAY = clock.today()


@dataclass
class Desk:
    """The desk, who sits at it, and the page that was shown last."""

    store: Any
    person: Any
    regulation: int = 0
    version: int = 0
    letter: str = ""
    page: Any = None
    people: dict[str, Any] = field(default_factory=dict)

    def at(self, role: str) -> Any:
        """Return who sits there in a role."""
        return self.people.setdefault(role, self.person(role))

    def undo(self) -> None:
        """Press the button that takes the last step back."""
        found = re.search(r'<form method="post" action="([^"]+)">', self.page.text.partition('role="status"')[2])
        assert found, self.page.text
        self.page = self.at("legal").post(found.group(1))

    def found(self, version: int | None = None) -> list[findings.Reviewed]:
        """Return the findings of a text."""
        with self.store.read() as db:
            return findings.of_version(db, version or self.version)


@pytest.fixture
def office(store: Any, person: Any) -> Desk:
    return Desk(store, person)


@given(parsers.parse('quy ước của bản "{name}" có hai phát hiện S4 đã được xác nhận'))
def confirmed(office: Desk, name: str) -> None:
    with office.store.change() as change:
        user = next(one for one in users.everyone(change.db) if one.role == "legal")
        regulation = desk.regulation(change, name)
        version = desk.text(change, regulation, desk.OLD, *desk.both())
        states.enter(change, regulation.id, "recognised", date(TODAY.year - 1, 3, 2), document="1/QĐ-UBND")
        assert len(desk.decided(change, version, user)) == 2
        office.regulation, office.version = regulation.id, version.id


@when("pháp chế lập kiến nghị với mọi phát hiện đã xác nhận")
def write_all(office: Desk) -> None:
    write(office, [one.id for one in office.found()])


@when("pháp chế lập kiến nghị về điều khoản biểu quyết")
def write_vote(office: Desk) -> None:
    write(office, [vote(office)])


def vote(office: Desk) -> int:
    return next(one.id for one in office.found() if one.finding.quote == desk.VOTE)


def write(office: Desk, ids: list[int]) -> None:
    legal = office.at("legal")
    assert f'value="{ids[0]}"' in legal.get(f"/kien-nghi/moi?ban={office.version}").text
    paper = {"office": "SỞ TƯ PHÁP", "symbol": "STP", "title": "GIÁM ĐỐC", "place": "Lai Châu"}
    office.letter = legal.post("/kien-nghi/moi", {"ban": office.version, "finding": ids, **paper}).url.path


@when(parsers.parse('pháp chế ghi đã gửi kiến nghị số "{number}", hạn trả lời sau {days:d} ngày'))
def send(office: Desk, number: str, days: int) -> None:
    sent(office, number, TODAY, TODAY + timedelta(days=days))


@when(
    parsers.parse(
        'pháp chế ghi đã gửi kiến nghị số "{number}" cách đây {ago:d} ngày, hạn trả lời cách đây {late:d} ngày'
    )
)
def send_long_ago(office: Desk, number: str, ago: int, late: int) -> None:
    sent(office, number, TODAY - timedelta(days=ago), TODAY - timedelta(days=late))


def sent(office: Desk, number: str, on: date, due: date) -> None:
    data = {"number": number, "sent_on": on.isoformat(), "due_on": due.isoformat()}
    office.page = office.at("legal").post(f"{office.letter}/gui", data)
    assert office.page.status_code == 200


@then('mọi phát hiện trong kiến nghị ở trạng thái "đã kiến nghị"')
def all_recommended(office: Desk) -> None:
    assert {one.repair for one in office.found()} == {"recommended"}


@then("công văn tải về nêu Điều 12 Nghị định 61/2023 và không đề xuất phạt")
def paper_is_right(office: Desk) -> None:
    answer = office.at("legal").get(f"{office.letter}/van-ban.docx")
    body = docx.Document(io.BytesIO(answer.content)).element.body
    words = "\n".join("".join(node.itertext()) for node in body.iterchildren())
    assert "Điều 12" in words
    assert "61/2023" in words
    assert "phạt" not in words.replace("không nhằm xử phạt", "")


@then(parsers.parse('cán bộ xã thấy kiến nghị "{number}" trong danh sách của xã mình'))
def clerk_sees(office: Desk, number: str) -> None:
    assert number in office.at("commune").get("/kien-nghi").text


@then(parsers.parse("trang kiến nghị nhắc {count:d} kiến nghị quá hạn {days:d} ngày"))
def reminded(office: Desk, count: int, days: int) -> None:
    page = office.at("legal").get("/kien-nghi")
    assert f"{count} kiến nghị đã quá hạn trả lời" in page.text
    assert f"quá hạn {days} ngày" in page.text


@when("bản nộp quy ước mới đã sửa điều khoản biểu quyết")
def amended(office: Desk) -> None:
    with office.store.change() as change:
        regulation = regulations.get(change.db, office.regulation)
        desk.text(change, regulation, desk.NEW, *desk.both(desk.NEW))


@when("pháp chế chuyển các quyết định sang bản mới")
def carry(office: Desk) -> None:
    office.page = office.at("legal").post(f"/ho-so/{office.regulation}/so-sanh/chuyen", {"cu": 1, "moi": 2})
    assert "Đã chuyển 1 quyết định" in office.page.text


@then(parsers.parse('điều khoản về đất của bản mới mang quyết định cũ, ghi "{words}"'))
def carried(office: Desk, words: str) -> None:
    with office.store.read() as db:
        regulation = regulations.get(db, office.regulation)
        (land,) = findings.of_version(db, regulation.version_id)
        reason = db.execute("SELECT reason FROM decisions WHERE finding_id = ?", [land.id]).fetchone()["reason"]
    assert (land.finding.quote, land.state) == (desk.LAND, "confirmed")
    assert reason.startswith(words)


@when("pháp chế xác nhận điều khoản biểu quyết đã sửa")
def repaired(office: Desk) -> None:
    data = {"cu": 1, "moi": 2, "finding": [vote(office)]}
    office.page = office.at("legal").post(f"/ho-so/{office.regulation}/so-sanh/da-sua", data)
    assert office.page.status_code == 200


@when("pháp chế hoàn tác")
def undo(office: Desk) -> None:
    office.undo()


@then(parsers.parse('kiến nghị "{number}" đã kết thúc'))
def closed(office: Desk, number: str) -> None:
    assert state_of(office, number) == "closed"


@then(parsers.parse('kiến nghị "{number}" trở lại "{state}"'))
def back(office: Desk, number: str, state: str) -> None:
    assert letters.LETTER_STATES[state_of(office, number)] == state


def state_of(office: Desk, number: str) -> letters.LetterState:
    with office.store.read() as db:
        found, _ = letterlist.listed(db, TODAY)
    return next(one.letter.state for one in found if one.letter.number == number)


@when(parsers.parse("cán bộ xã ghi nhận một phản ánh bằng văn bản cách đây {days:d} ngày"))
def reported(office: Desk, days: int) -> None:
    data = {"kind": "report", "on": (TODAY - timedelta(days=days)).isoformat(), "source": "household"}
    office.page = office.at("commune").post(f"/ho-so/{office.regulation}/tiep-nhan", data)


@then(parsers.parse('trang trạng thái báo quá hạn và dẫn "{law}" là căn cứ tham khảo'))
def overdue(office: Desk, law: str) -> None:
    assert re.search(r"quá hạn \d+ ngày", office.page.text)
    assert re.search(rf"{law}\s*<span class=\"soft\">\(căn cứ tham khảo\)", office.page.text)
