"""The page of people: adding, changing, locking and resetting."""

from __future__ import annotations

import re

import pytest

from auditor.store import trail, units, users
from tests.api.desk import PASSWORD, SCRIPT

ONCE = re.compile(r"<code>([a-z-]+)</code>")


def _user(store, login):
    with store.read() as db:
        return users.find(db, login)


def _commune(store, name="Tân Phong"):
    with store.read() as db:
        return units.find_commune(db, name).id


def test_a_person_is_added_with_a_password_shown_once_and_logs_in_with_it(store, person):
    admin = person("admin")
    sent = {"login": "lan", "name": "Lò Thị Lan", "role": "commune", "commune": _commune(store)}
    shown = ONCE.search(admin.post("/nguoi-dung/them", sent).text).group(1)
    page = admin.get("/nguoi-dung").text
    assert "Lò Thị Lan" in page
    assert "phường Tân Phong" in page
    assert shown not in page
    answer = admin.client.post("/dang-nhap", data={"login": "lan", "password": shown})
    assert "đặt mật khẩu của riêng" in answer.text


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"role": "commune"}, "Cán bộ xã phải thuộc một xã"),
        ({"role": "commune", "commune": "1"}, "Không tìm thấy xã"),
        ({"role": "vua"}, "Không có vai trò"),
        ({"login": "Lan Anh", "role": "viewer"}, "Tên đăng nhập chỉ gồm"),
        ({"login": "admin", "role": "viewer"}, "đã có người dùng"),
    ],
)
def test_what_is_wrong_is_said_beside_what_was_typed(person, more, said):
    answer = person("admin").post("/nguoi-dung/them", {"login": "lan", "name": "Lò Thị Lan", **more})
    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="Lò Thị Lan"' in answer.text


def test_another_role_ends_the_sessions_of_a_person(store, person):
    someone = person("viewer")
    id = _user(store, "viewer").id
    answer = person("admin").post(f"/nguoi-dung/{id}", {"name": "Vàng A Páo", "role": "reviewer"})
    assert "Đã lưu người dùng viewer" in answer.text
    assert _user(store, "viewer").role == "reviewer"
    assert "Tên đăng nhập" in someone.get("/").text


def test_a_locked_person_is_out_at_once_and_comes_back_by_undo(store, person):
    someone, admin = person("viewer"), person("admin")
    id = _user(store, "viewer").id
    answer = admin.post(f"/nguoi-dung/{id}/khoa")
    assert f'action="/nguoi-dung/{id}/mo-khoa"' in answer.text
    assert "Tên đăng nhập" in someone.get("/").text
    assert someone.client.post("/dang-nhap", data={"login": "viewer", "password": PASSWORD}).status_code == 401
    admin.post(f"/nguoi-dung/{id}/mo-khoa")
    assert someone.client.post("/dang-nhap", data={"login": "viewer", "password": PASSWORD}).status_code == 200


def test_somebody_can_always_manage_people(store, person):
    admin = person("admin")
    id = _user(store, "admin").id
    assert "GA391" in admin.post(f"/nguoi-dung/{id}/khoa").text
    assert "duy nhất" in admin.post(f"/nguoi-dung/{id}", {"role": "viewer"}).text
    assert _user(store, "admin").role == "admin"


def test_a_reset_password_takes_the_place_of_the_old_one(store, person):
    someone, admin = person("reviewer"), person("admin")
    shown = ONCE.search(admin.post(f"/nguoi-dung/{_user(store, 'reviewer').id}/dat-lai").text).group(1)
    assert "Tên đăng nhập" in someone.get("/").text
    assert someone.client.post("/dang-nhap", data={"login": "reviewer", "password": PASSWORD}).status_code == 401
    assert someone.client.post("/dang-nhap", data={"login": "reviewer", "password": shown}).status_code == 200


def test_no_password_stands_in_the_audit_trail(store, person):
    shown = ONCE.search(person("admin").post("/nguoi-dung/them", {"login": "lan", "role": "viewer"}).text).group(1)
    with store.read() as db:
        assert all(shown not in str(entry.data) for entry in trail.recent(db))


def test_a_name_is_one_line_and_escaped(store, person):
    page = person("admin").post(
        f"/nguoi-dung/{_user(store, 'viewer').id}", {"name": f"{SCRIPT}\n\u202ea", "role": "viewer"}
    )
    assert SCRIPT not in page.text
    assert _user(store, "viewer").name == f"{SCRIPT} a"
