"""Keys, policy, hooks and kept checks of an outlet, as Sở and the newsroom see them."""

from __future__ import annotations

import re

import pytest

from auditor.checks.article import Article
from auditor.store import clock, hooks, jobs, kept, keys, policies, trail
from auditor.store.answered import Answered
from tests.api.desk import SCRIPT

HERE = "/toa-soan/1/khoa"
SECRET = re.compile(r"ga_[\w-]{40,}")
HOOK_SECRET = re.compile(r"whsec_[\w-]{40,}")
POLICY = {"block": "S4", "review": "S2", "confidence": "0.5"}


def _make(who, name="CMS"):
    answer = who.post(HERE, {"name": name, "scope": ["check", "read"]})
    return answer, SECRET.search(answer.text).group()


def _keep(store, count=1, body="Lời của bài"):
    with store.change() as change:
        policies.alter(change, 1, {"keep_days": 7})
        if not keys.of_outlet(change.db, 1):
            keys.add(change, 1, "CMS")
        for number in range(count):
            sent = Article(id=f"bai-{number}", title=f"Bài {number} {SCRIPT}", body=body)
            rules = ("MD-ROLE-02", "MD-ROLE-02", "KHAC-01")
            kept.keep(change, [Answered(1, 1, sent.id, "review", False, rules, (), clock.now(), sent)])


@pytest.mark.parametrize("role", ["reviewer", "admin", "newsroom"])
def test_a_key_is_made_and_its_secret_shown_once(store, person, role):
    who = person(role)
    answer, secret = _make(who)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert (answer.text.count(secret), 'data-copy="Chép khoá"' in answer.text, "copy.js" in answer.text) == (
        1,
        True,
        True,
    )
    assert secret not in str(answer.headers) + str(answer.url)
    page = who.get(HERE).text
    assert secret not in page
    assert f"{secret[:10]}…" in page
    with store.read() as db:
        assert keys.known(db, secret).scopes == ("check", "read")
        assert secret not in "".join(str(line.data) for line in trail.recent(db))


@pytest.mark.parametrize("fields", [{"name": "", "scope": ["check"]}, {"name": "CMS"}, {"name": "a", "scope": "khac"}])
def test_a_key_without_a_name_or_a_scope_is_not_made(store, person, fields):
    answer = person("newsroom").post(HERE, fields)
    assert (answer.status_code, 'role="alert"' in answer.text) == (422, True)
    with store.read() as db:
        assert keys.of_outlet(db, 1) == []


def test_a_rotated_key_is_shown_beside_how_long_the_old_one_lasts(store, person):
    who = person("newsroom")
    _, old = _make(who)
    answer = who.post(f"{HERE}/1/doi")
    fresh = SECRET.search(answer.text).group()
    assert fresh != old
    assert "còn dùng được đến" in answer.text
    with store.read() as db:
        assert keys.known(db, old).ends_at
        assert keys.known(db, fresh)
    again = who.post(f"{HERE}/1/doi")
    assert (again.status_code, "GA396" in again.text) == (422, True)


def test_a_key_is_revoked_after_a_warning(store, person):
    who = person("newsroom")
    _, secret = _make(who)
    assert "Không hoàn tác được" in who.get(f"{HERE}/1/thu-hoi").text
    assert "Đã thu hồi khoá “CMS”" in who.post(f"{HERE}/1/thu-hoi").text
    with store.read() as db:
        assert keys.known(db, secret) is None
    assert "Khoá đã thu hồi (1)" in who.get(HERE).text


def test_use_is_shown_by_day_and_by_key(store, person):
    who = person("newsroom")
    for name in ("CMS", "LibreOffice"):
        _make(who, name)
    today = clock.today().isoformat()
    with store.change() as change:
        keys.count(change, 1, today, checks=12, characters=30_000, refused=3)
        keys.count(change, 2, today, checks=5, characters=1, refused=0)
        keys.count(change, 1, "2020-01-01", checks=999, characters=1, refused=0)
    everyone, one = who.get(HERE).text, who.get(f"{HERE}?khoa=2").text
    assert "17 bài đã soát, 3 bài bị từ chối" in everyone
    assert "5 bài đã soát, 0 bài bị từ chối" in one
    assert "30.001" in everyone
    assert "999" not in everyone
    assert who.get(f"{HERE}?khoa=99").status_code == 404


def test_the_limits_that_hold_are_those_of_the_policy(store, person):
    who = person("newsroom")
    assert "<strong>120</strong> bài mỗi phút" in who.get(HERE).text
    person("reviewer").post(f"{HERE}/quy-dinh", {**POLICY, "per_minute": "300", "per_day": ""})
    page = who.get(HERE).text
    assert "<strong>300</strong> bài mỗi phút" in page
    assert "<strong>20.000</strong> bài trong 24 giờ" in page


def test_each_side_sets_what_is_its_own(store, person):
    everything = {**POLICY, "block": "S3", "per_minute": "9", "per_day": "99", "keep_days": "30"}
    person("newsroom").post(f"{HERE}/quy-dinh", everything)
    with store.read() as db:
        first = dict(policies.of_outlet(db, 1)[1])
    assert (first["block"], first["keep_days"]) == ("S3", 30)
    assert "per_minute" not in first
    person("admin").post(f"{HERE}/quy-dinh", {**everything, "keep_days": "5"})
    with store.read() as db:
        second = dict(policies.of_outlet(db, 1)[1])
    assert (second["per_minute"], second["per_day"], second["keep_days"]) == (9, 99, 30)


@pytest.mark.parametrize(
    ("role", "wrong"),
    [("newsroom", {"keep_days": "400"}), ("newsroom", {"keep_days": "0"}), ("newsroom", {"keep_days": "bảy"}),
     ("newsroom", {"block": "S9"}), ("newsroom", {"confidence": "nan"}), ("reviewer", {"per_day": "-1"}),
     ("reviewer", {"per_minute": "99999999999999"})],
)  # fmt: skip
def test_what_cannot_be_used_is_said_beside_what_was_entered(store, person, role, wrong):
    answer = person(role).post(f"{HERE}/quy-dinh", {**POLICY, **wrong})
    assert (answer.status_code, 'role="alert"' in answer.text) == (422, True)
    with store.read() as db:
        assert policies.of_outlet(db, 1)[1] == {}


def test_a_hook_is_made_tried_rotated_removed_and_put_back(store, person):
    who = person("newsroom")
    url = "https://toa-soan.example/nhan?token=bi-mat"
    answer = who.post(f"{HERE}/bao-tin", {"url": url, "event": ["check.block"]})
    secret = HOOK_SECRET.search(answer.text).group()
    assert answer.text.count(secret) == 1
    assert secret not in who.get(f"{HERE}/bao-tin").text
    assert "Đang gửi tin thử" in who.post(f"{HERE}/bao-tin/1/thu").text
    with store.read() as db:
        assert [job.kind for job in jobs.unfinished(db)] == [jobs.ERRAND]
        (told,) = hooks.deliveries(db, 1)
    assert (told.event, told.state) == ("check.test", "waiting")
    assert HOOK_SECRET.search(who.post(f"{HERE}/bao-tin/1/doi").text).group() != secret
    removed = who.post(f"{HERE}/bao-tin/1/go").text
    assert f'action="{HERE}/bao-tin/1/khoi-phuc"' in removed
    assert url in who.post(f"{HERE}/bao-tin/1/khoi-phuc").text


def test_how_deliveries_went_is_shown(store, person):
    with store.change() as change:
        hook, _ = hooks.add(change, 1, "https://toa-soan.example/", hooks.EVENTS)
        hooks.tell(change, [Answered(1, 1, SCRIPT, gate, False, (), (), clock.now()) for gate in ("block", "review")])
        first, second = hooks.deliveries(change.db, 1)
        hooks.failed(change, first, 503, "máy nhận trả lời 503", again=True)
        hooks.gone(change, second, 410, "máy nhận trả lời 410: thôi nhận tin")
    who = person("reviewer")
    page = who.get(f"{HERE}/bao-tin").text
    assert "máy nhận trả lời 503" in page
    assert "đã dừng" in page
    assert SCRIPT not in page
    assert "Lại báo tin" in who.post(f"{HERE}/bao-tin/{hook.id}/mo-lai").text


@pytest.mark.parametrize("fields", [{"url": "ftp://a/", "event": "check.block"}, {"url": "https://a.vn/"}])
def test_a_hook_that_cannot_be_called_is_not_made(store, person, fields):
    answer = person("newsroom").post(f"{HERE}/bao-tin", fields)
    assert (answer.status_code, 'role="alert"' in answer.text, fields["url"] in answer.text) == (422, True, True)


def test_the_own_outlet_reads_what_it_keeps_and_others_see_how_much(store, person):
    _keep(store, 3, f"Lời của bài {SCRIPT}")
    who = person("newsroom")
    listed, one = who.get(f"{HERE}/bai").text, who.get(f"{HERE}/bai/2").text
    assert "3 bài" in listed
    assert "Bài 1 &lt;script&gt;" in one
    assert "Lời của bài &lt;script&gt;" in one
    assert "(2 chỗ)" in one
    for role in ("reviewer", "admin"):
        staff = person(role)
        assert staff.get(f"{HERE}/bai").status_code == staff.get(f"{HERE}/bai/2").status_code == 403
        page = staff.get(f"{HERE}/quy-dinh").text
        assert "<strong>3</strong> bài" in page
        assert "Lời của bài" not in page + staff.get(HERE).text


def test_one_and_all_kept_checks_are_deleted(store, person):
    _keep(store, 3)
    who = person("newsroom")
    who.post(f"{HERE}/bai/2/xoa")
    assert who.get(f"{HERE}/bai/2").status_code == 404
    assert "Xoá hết 2 bài" in who.get(f"{HERE}/bai/xoa-het").text
    assert "Đã xoá hẳn 2 bài" in who.post(f"{HERE}/bai/xoa-het").text


def test_ending_to_keep_deletes_what_was_kept(store, person):
    _keep(store, 3)
    who = person("newsroom")
    assert "Đang lưu 3 bài" in who.get(f"{HERE}/quy-dinh").text
    who.post(f"{HERE}/quy-dinh", {**POLICY, "keep_days": ""})
    with store.read() as db:
        assert db.execute("SELECT count(*) FROM kept_checks").fetchone()[0] == 0
    assert "không giữ lại bài đã gửi" in who.get(f"{HERE}/bai").text


def test_a_newsroom_does_not_find_what_belongs_to_another(store, person):
    with store.change() as change:
        other = change.insert("outlets", {"name": "Báo khác", "kind": "press"})
        keys.add(change, other, "CMS")
        hooks.add(change, other, "https://bao-khac.example/", hooks.EVENTS)
    who = person("newsroom")
    for there in (f"/toa-soan/{other}/khoa", HERE):
        for path in ("/1/doi", "/1/thu-hoi", "/bao-tin/1/doi", "/bao-tin/1/thu", "/bao-tin/1/go"):
            assert who.post(there + path).status_code == 404
    for path in ("", "/quy-dinh", "/bao-tin", "/bai", "/1/thu-hoi"):
        assert who.get(f"/toa-soan/{other}/khoa{path}").status_code == 404
    with store.read() as db:
        assert keys.get(db, 1).revoked_at is None


@pytest.mark.parametrize(("role", "path"), [("newsroom", "/toa-soan-cua-toi"), ("reviewer", "/toa-soan/1")])
def test_the_page_of_the_outlet_leads_there(person, role, path):
    assert f'href="{HERE}"' in person(role).get(path).text
