"""The steps of ``features/tai_len.feature``, taken at a browser as people would."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import Any

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from auditor.audit import Auditor
from auditor.store import jobs, trail
from auditor.worker.jobs import Reader
from tests.api import conftest as browsers

scenarios("tai_len.feature")

store, person = browsers.store, browsers.person
TEXT = (
    "QUY ƯỚC\nBản {village}, xã Bình Lư\n\nĐiều 1. Đất đai\n"
    "1. Con gái đã lấy chồng không được chia đất của cha mẹ đẻ.\n\n"
    "Điều 2. Hội nghị đại diện các hộ thông qua ngày 02 tháng 3 năm 2025.\n"
)


@dataclass
class Desk:
    """The desk, who sits at it, and the pages shown last."""

    store: Any
    person: Any
    auditor: Auditor
    page: Any = None
    upload: str = ""
    sent: bytes = b""
    people: dict[str, Any] = field(default_factory=dict)

    def at(self, role: str) -> Any:
        """Return who sits there in a role."""
        return self.people.setdefault(role, self.person(role))

    def hand_in(self, *files: tuple[str, bytes]) -> None:
        """Hand files in with the form."""
        self.sent = files[0][1]
        self.page = self.at("reviewer").post("/tai-len", files=[("tep", file) for file in files])
        self.upload = str(self.page.url).rsplit("/", 1)[1]

    def row(self, name: str) -> str:
        """Return the row of a file on the page of its upload."""
        page = self.at("reviewer").get(f"/tai-len/{self.upload}").text
        rows = [row for row in re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL) if name in row]
        assert rows, page
        return rows[0]

    def work(self) -> None:
        """Do what the worker does."""
        reader = Reader(self.store, self.auditor)
        while True:
            with self.store.change() as change:
                job = jobs.claim(change, "w")
            if job is None:
                return
            reader.do(job)


@pytest.fixture(scope="module")
def auditor() -> Auditor:
    return Auditor(people=False)


@pytest.fixture
def office(store: Any, person: Any, auditor: Auditor) -> Desk:
    return Desk(store, person, auditor)


def _regulation(village: str) -> bytes:
    return TEXT.format(village=village).encode()


@when(
    parsers.parse(
        'rà soát viên tải lên quy ước "{name}" của bản "{village}", tệp rỗng "{empty}"'
        ' và tệp nén "{archive}" có 2 quy ước'
    )
)
def several(office: Desk, name: str, village: str, empty: str, archive: str) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for inner in ("Nà Một", "Nà Hai"):
            file.writestr(f"trong/{inner}.txt", _regulation(inner))
    office.hand_in((name, _regulation(village)), (empty, b""), (archive, packed.getvalue()))


@when(parsers.re(r'rà soát viên tải lên quy ước "(?P<name>[^"]+)" của bản "(?P<village>[^"]+)"$'))
def one(office: Desk, name: str, village: str) -> None:
    office.hand_in((name, _regulation(village)))


@when(parsers.parse('rà soát viên tải lên lần nữa tệp ấy dưới tên "{name}"'))
def again(office: Desk, name: str) -> None:
    office.hand_in((name, office.sent))


@given("máy đọc xong")
@when("máy đọc xong")
def read(office: Desk) -> None:
    office.work()


@when("tiến trình đọc bị tắt khi đang đọc")
def killed(office: Desk) -> None:
    with office.store.change() as change:
        assert jobs.claim(change, "killed") is not None
    with office.store.change() as change:
        jobs.release(change, "killed")


@when(parsers.parse('rà soát viên rút lại "{name}"'))
def withdrawn(office: Desk, name: str) -> None:
    item = re.search(r"/tai-len/tep/(\d+)/rut", office.row(name))
    assert item
    office.page = office.at("reviewer").post(f"/tai-len/tep/{item.group(1)}/rut")


@when("rà soát viên hoàn tác")
def undone(office: Desk) -> None:
    action = re.search(r'action="([^"]+)"', office.page.text.partition('role="status"')[2])
    assert action, office.page.text
    office.at("reviewer").post(action.group(1))


@when(parsers.parse('rà soát viên sửa tên bản thành "{village}" rồi lưu'))
def filed(office: Desk, village: str) -> None:
    page = office.page.text
    commune = re.search(r'<option value="(\d+)" selected>xã Bình Lư', page)
    assert commune, page
    form = {
        "commune": commune.group(1), "village_type": "bản", "village": village, "name": "quy ước",
        "adopted_on": "2025-03-02", "state": "adopted",
    }  # fmt: skip
    office.page = office.at("reviewer").post(str(office.page.url).partition("testserver")[2], form)


@then(parsers.parse("trang tải lên báo đã nhận {count:d} tệp"))
def received(office: Desk, count: int) -> None:
    assert f"Đã nhận {count} tệp." in office.page.text


@then("mọi tệp đang chờ đọc")
def all_wait(office: Desk) -> None:
    assert office.page.text.count("đang chờ") == 3


@then(parsers.re(r'"(?P<name>[^"]+)" ở tình trạng "(?P<state>[^"]+)"$'))
def stands(office: Desk, name: str, state: str) -> None:
    assert f">{state}</span>" in office.row(name)


@then(parsers.parse('"{name}" ở tình trạng "{state}" kèm mã "{code}"'))
def stands_with_code(office: Desk, name: str, state: str, code: str) -> None:
    row = office.row(name)
    assert f">{state}</span>" in row
    assert code in row


@then(parsers.parse('tệp nén "{name}" cho {count:d} văn bản "{state}"'))
def opened(office: Desk, name: str, count: int, state: str) -> None:
    assert ">đã mở</span>" in office.row(name)
    page = office.at("reviewer").get(f"/tai-len/{office.upload}").text
    inside = [row for row in re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL) if "↳" in row]
    assert [f">{state}</span>" in row for row in inside] == [True] * count


@then(parsers.parse("kho chỉ có {count:d} văn bản"))
def only(office: Desk, count: int) -> None:
    with office.store.read() as db:
        assert db.execute("SELECT count(*) FROM versions").fetchone()[0] == count


@then(parsers.parse('trang xếp hồ sơ điền sẵn bản "{village}", ngày thông qua "{day}" và chỗ đã đọc'))
def guessed(office: Desk, village: str, day: str) -> None:
    office.page = office.at("reviewer").get("/ho-so/xep/1")
    for words in (f'value="{village}"', f'value="{day}"', "Đọc ở: “…"):
        assert words in office.page.text


@then(parsers.parse('xã "{commune}" có hồ sơ "{title}" ở trạng thái "{state}"'))
def on_record(office: Desk, commune: str, title: str, state: str) -> None:
    page = office.at("viewer").get("/ho-so?tu=nà+khương+thượng").text
    for words in (title, f"xã {commune}", state):
        assert words in page


@then("cán bộ xã không thấy lần tải lên ấy")
def unseen(office: Desk) -> None:
    clerk = office.at("commune")
    assert clerk.get(f"/tai-len/{office.upload}").status_code == 404
    assert f"/tai-len/{office.upload}" not in clerk.get("/tai-len").text


@then("nhật ký nguyên vẹn")
def unbroken(office: Desk) -> None:
    with office.store.read() as db:
        assert trail.verify(db).broken_at is None


@then(parsers.parse('tìm "{query}" thấy văn bản và đánh dấu "{words}"'))
def searched(office: Desk, query: str, words: str) -> None:
    assert f"<mark>{words}</mark>" in office.at("viewer").get(f"/tim?q={query}").text
