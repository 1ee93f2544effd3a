"""Logging in and out."""

from __future__ import annotations

from fastapi.testclient import TestClient

from api.app import create_app


def test_a_page_sends_a_stranger_to_the_login(store):
    with TestClient(create_app(store)) as client:
        answer = client.get("/", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/dang-nhap")


def test_a_person_logs_in_and_out(person):
    someone = person("reviewer")
    assert "rà soát viên" in someone.get("/").text
    someone.post("/dang-xuat")
    assert "Tên đăng nhập" in someone.get("/").text


def test_a_form_without_the_word_of_the_session_changes_nothing(person):
    answer = person("reviewer").client.post("/dang-xuat", data={"csrf": "sai"})
    assert answer.status_code == 403
    assert "GA404" in answer.text
