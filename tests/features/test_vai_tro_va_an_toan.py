"""The steps of ``features/vai_tro_va_an_toan.feature``, taken over HTTP as browsers do, and through the command."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from pytest_bdd import given, parsers, scenarios, then, when
from typer.testing import CliRunner

from api.app import create_app
from auditor import cli
from auditor.store import Store, units, users
from auditor.store.words import ROLES
from tests.api.desk import PASSWORD, staffed

scenarios("vai_tro_va_an_toan.feature")

NAMES = {words: role for role, words in ROLES.items()}
CSRF = re.compile(r'name="csrf" value="([^"]+)"')


@dataclass
class Desk:
    """A desk, whoever sits at it, and what it answered last."""

    store: Store
    client: TestClient
    answers: list[Response] = field(default_factory=list)
    password: str = ""

    @property
    def page(self) -> str:
        return unescape(self.answers[-1].text)

    def log_in(self, login: str, password: str = PASSWORD) -> None:
        self.client.cookies.clear()
        self.answers.append(self.client.post("/dang-nhap", data={"login": login, "password": password}))

    def get(self, path: str) -> None:
        self.answers.append(self.client.get(path))

    def post(self, path: str, **more) -> None:
        word = CSRF.search(self.client.get("/mat-khau").text).group(1)
        self.answers.append(self.client.post(path, headers={"x-csrf-word": word}, **more))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    store = staffed(tmp_path / "desk.db")
    with TestClient(create_app(store)) as client:
        yield Desk(store, client)


@given("một bàn rà soát có đủ các vai trò")
def staffed_desk(desk: Desk) -> None:
    with desk.store.read() as db:
        assert {user.role for user in users.everyone(db)} == set(ROLES)


@when(parsers.parse('quản trị thêm "{login}" làm cán bộ xã của "{commune}"'))
def add_clerk(desk: Desk, login: str, commune: str) -> None:
    desk.log_in("admin")
    with desk.store.read() as db:
        unit = units.find_commune(db, commune)
    desk.post("/nguoi-dung/them", data={"login": login, "role": "commune", "commune": unit.id})
    desk.password = re.search(r"<code>([a-z-]+)</code>", desk.page).group(1)


@when(parsers.parse('"{login}" đăng nhập bằng mật khẩu vừa được trao'))
def log_in_once(desk: Desk, login: str) -> None:
    desk.log_in(login, desk.password)


@then("phần mềm yêu cầu đặt mật khẩu riêng")
def asked_for_a_password(desk: Desk) -> None:
    assert desk.answers[-1].url.path == "/mat-khau"
    assert "đặt mật khẩu của riêng" in desk.page


@when(parsers.parse('người ấy đặt mật khẩu "{new}"'))
def set_password(desk: Desk, new: str) -> None:
    desk.post("/mat-khau", data={"old": desk.password or PASSWORD, "new": new})


@when(parsers.parse('{name} đổi mật khẩu thành "{new}"'))
def change_password(desk: Desk, name: str, new: str) -> None:
    desk.log_in(NAMES[name])
    desk.post("/mat-khau", data={"old": PASSWORD, "new": new})


@then("người ấy vào được trang đầu")
def at_home(desk: Desk) -> None:
    assert (desk.answers[-1].url.path, desk.answers[-1].status_code) == ("/", 200)


@then(parsers.parse('phần mềm trả lời "{words}"'))
def answered(desk: Desk, words: str) -> None:
    assert words in desk.page


@when(parsers.parse('{name} mở "{path}"'))
def open_page(desk: Desk, name: str, path: str) -> None:
    desk.log_in(NAMES[name])
    desk.get(path)


@then("phần mềm cho vào")
def let_in(desk: Desk) -> None:
    assert desk.answers[-1].status_code == 200


@then(parsers.parse("phần mềm từ chối với mã {code}"))
def refused(desk: Desk, code: str) -> None:
    assert desk.answers[-1].status_code in {403, 429}
    assert code in desk.page


@when(parsers.parse("có người đoán sai mật khẩu của {name} {count:d} lần"))
def guess(desk: Desk, name: str, count: int) -> None:
    for number in range(count):
        desk.log_in(NAMES[name], f"doan lan thu {number}")


@when(parsers.parse("quản trị khoá tài khoản {name}"))
def lock(desk: Desk, name: str) -> None:
    desk.log_in("admin")
    with desk.store.read() as db:
        user = users.find(db, NAMES[name])
    desk.post(f"/nguoi-dung/{user.id}/khoa")


@when("quản trị bấm hoàn tác")
def undo(desk: Desk) -> None:
    (said,) = (answer for answer in desk.answers if "Hoàn tác" in answer.text)
    desk.log_in("admin")
    desk.post(re.search(r'action="([^"]+)"><input[^>]*><button>Hoàn tác', said.text).group(1))


@then(parsers.parse("tài khoản {name} không đăng nhập được"))
def stays_out(desk: Desk, name: str) -> None:
    desk.log_in(NAMES[name])
    assert desk.answers[-1].status_code == 401


@then(parsers.re("tài khoản (?P<name>.+?)(?<!không) đăng nhập được"))
def comes_in(desk: Desk, name: str) -> None:
    desk.log_in(NAMES[name])
    assert desk.answers[-1].status_code == 200


@when("rà soát viên nhập danh sách thôn, bản")
def import_list(desk: Desk, datatable: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(datatable)
    desk.log_in("reviewer")
    desk.post("/don-vi/nhap", files={"table": ("thon-ban.csv", out.getvalue().encode())})


@when("người ấy chọn chỉ nhập những dòng đúng")
def only_good_rows(desk: Desk) -> None:
    rows = re.search(r'name="rows" value="([^"]*)"', desk.answers[-1].text).group(1)
    desk.post("/don-vi/nhap/dong-dung", data={"rows": unescape(rows)})


@then(parsers.parse('xã "{commune}" có {count:d} thôn, bản'))
def count_villages(desk: Desk, commune: str, count: int) -> None:
    with desk.store.read() as db:
        assert len(units.villages(db, units.find_commune(db, commune).id)) == count


@then("tệp csv tải về không có ô nào là công thức")
def no_formula(desk: Desk) -> None:
    desk.get("/don-vi/danh-sach.csv")
    cells = [cell for row in csv.reader(io.StringIO(desk.answers[-1].content.decode("utf-8-sig"))) for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


@when(parsers.parse("có người sửa dòng {line:d} của nhật ký ngay trong tệp kho"))
def tamper(desk: Desk, line: int) -> None:
    with desk.store.change() as change:
        change.db.execute("DROP TRIGGER trail_unaltered")
        change.db.execute("UPDATE trail SET actor = 99 WHERE id = ?", [line])


@when(parsers.parse("{name} kiểm tra chuỗi nhật ký"))
def verify(desk: Desk, name: str) -> None:
    desk.log_in(NAMES[name])
    desk.post("/nhat-ky/kiem-tra")


@then(parsers.parse("lệnh kiểm tra nhật ký thoát với mã {code:d}"))
def verify_by_command(desk: Desk, code: int) -> None:
    result = CliRunner().invoke(cli.app, ["trail", "verify", "--store", str(desk.store.path)])
    assert result.exit_code == code
