"""Handing texts in."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from api import bodies
from auditor.store import trail

TEXT = "QUY ƯỚC\nBản Nà Khương, xã Bình Lư\n\nĐiều 1. Con gái đã lấy chồng không được chia đất của cha mẹ đẻ.\n"


def hand_in(someone, *files, to="/tai-len"):
    return someone.post(to, files=[("tep", (name, data)) for name, data in files])


def test_several_files_come_in_at_once_and_wait_to_be_read(person):
    answer = hand_in(person("reviewer"), ("a.txt", TEXT.encode()), ("b.txt", TEXT.replace("gái", "trai").encode()))
    assert "Đã nhận 2 tệp." in answer.text
    assert re.search(r"/tai-len/\d+$", str(answer.url))
    assert answer.text.count("đang chờ") == 2


def test_the_bytes_the_version_and_its_job_are_kept_before_the_answer(person, store):
    hand_in(person("reviewer"), ("a.txt", TEXT.encode()))
    with store.read() as db:
        row = db.execute(
            "SELECT files.data, versions.reading, jobs.state FROM upload_items JOIN files ON files.id ="
            " upload_items.file_id JOIN versions ON versions.id = version_id JOIN jobs ON jobs.id = job_id"
        ).fetchone()
        assert trail.verify(db).broken_at is None
    assert (bytes(row["data"]), row["reading"], row["state"]) == (TEXT.encode(), "waiting", "queued")


def test_the_same_bytes_are_recognised_and_lead_to_the_text_that_is_there(person, store):
    someone = person("reviewer")
    hand_in(someone, ("a.txt", TEXT.encode()))
    answer = hand_in(someone, ("ten-khac.txt", TEXT.encode()))
    assert "Tệp này đã có" in answer.text
    with store.read() as db:
        assert db.execute("SELECT count(*) FROM versions").fetchone()[0] == 1


def test_a_clerk_is_told_nothing_of_the_texts_of_others(person, store):
    hand_in(person("reviewer"), ("a.txt", TEXT.encode()))
    answer = hand_in(person("commune"), ("a.txt", TEXT.encode()))
    assert "đã có" not in answer.text
    with store.read() as db:
        assert db.execute("SELECT count(*) FROM versions").fetchone()[0] == 2


def test_a_file_sent_again_within_an_upload_changes_nothing(person, store):
    someone = person("reviewer")
    upload = someone.post("/tai-len/dot").json()["upload"]
    answers = [hand_in(someone, ("a.txt", TEXT.encode()), to=f"/tai-len/{upload}/tep") for _ in range(2)]
    assert [(one.status_code, one.json()["outcome"]) for one in answers] == [(201, "new"), (201, "new")]
    assert answers[0].json()["item"] == answers[1].json()["item"]


def test_a_text_taken_back_comes_back_by_undo_and_may_be_handed_in_again(person, store):
    someone = person("reviewer")
    page = hand_in(someone, ("a.txt", TEXT.encode()))
    item = re.search(r"/tai-len/tep/(\d+)/rut", page.text).group(1)
    assert f"/tai-len/tep/{item}/khoi-phuc" in someone.post(f"/tai-len/tep/{item}/rut").text
    again = hand_in(someone, ("a.txt", TEXT.encode()))
    assert "Tệp này đã có" not in again.text
    refused = someone.post(f"/tai-len/tep/{item}/khoi-phuc")
    assert (refused.status_code, "GA352" in refused.text) == (409, True)


def test_undo_of_taking_back_waits_to_be_read_again(person, store):
    someone = person("reviewer")
    page = hand_in(someone, ("a.txt", TEXT.encode()))
    item = re.search(r"/tai-len/tep/(\d+)/rut", page.text).group(1)
    someone.post(f"/tai-len/tep/{item}/rut")
    someone.post(f"/tai-len/tep/{item}/khoi-phuc")
    with store.read() as db:
        assert db.execute("SELECT reading FROM versions").fetchone()[0] == "waiting"


def test_a_file_over_the_limit_is_refused_with_its_code_and_the_others_are_kept(person, monkeypatch):
    monkeypatch.setattr("api.desk.uploads.LARGEST", 1000)
    answer = hand_in(person("reviewer"), ("to.txt", b"x" * 1001), ("a.txt", TEXT.encode()))
    assert "GA413" in answer.text
    assert answer.text.count("đang chờ") == 1


@pytest.mark.parametrize("says", [True, False])
def test_a_request_over_the_limit_is_refused_while_it_arrives(person, monkeypatch, store, says):
    monkeypatch.setattr(bodies, "MOST", 1000)
    monkeypatch.setattr(bodies, "_FRAME", 1000)
    someone = person("reviewer")
    body = b"x" * 5000
    headers = {"content-type": "multipart/form-data; boundary=b"}
    answer = someone.client.post("/tai-len", content=body if says else iter([body]), headers=headers)
    assert (answer.status_code, "GA413" in answer.text) == (413, True)
    with store.read() as db:
        assert db.execute("SELECT count(*) FROM uploads").fetchone()[0] == 0


def test_an_archive_waits_to_be_opened(person):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", TEXT)
    answer = hand_in(person("reviewer"), ("kho.zip", packed.getvalue()))
    assert "kho.zip" in answer.text
    assert "đang chờ" in answer.text


def test_another_communes_upload_is_not_found_by_a_clerk(person):
    page = hand_in(person("reviewer"), ("a.txt", TEXT.encode()))
    clerk = person("commune")
    upload = str(page.url).rsplit("/", 1)[1]
    item = re.search(r"/tai-len/tep/(\d+)/rut", page.text).group(1)
    assert clerk.get(f"/tai-len/{upload}").status_code == 404
    assert clerk.post(f"/tai-len/tep/{item}/rut").status_code == 404
    assert hand_in(clerk, ("b.txt", b"b"), to=f"/tai-len/{upload}/tep").status_code == 404


def test_those_who_only_look_hand_nothing_in(person):
    assert hand_in(person("viewer"), ("a.txt", TEXT.encode())).status_code == 403


def test_a_name_with_a_tag_in_it_is_shown_as_text(person):
    answer = hand_in(person("reviewer"), ("<script>alert(1)</script>.txt", TEXT.encode()))
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;" in answer.text or "script" in answer.text
