"""Outlets are told of their checks, as often as it takes and never where they should not be."""

from __future__ import annotations

import json
from ipaddress import ip_address

import pytest

from auditor.checks.article import Article
from auditor.client import verify_webhook
from auditor.errors import ApiError
from auditor.store import clock, hooks, jobs, kept, keys, policies
from auditor.store.answered import Answered
from auditor.worker import sending
from auditor.worker.errands import Errands
from tests.worker.receiver import Receiver, receiving


@pytest.fixture
def receiver():
    with receiving() as found:
        yield found


@pytest.fixture
def outlet(store):
    with store.change() as change:
        found = change.insert("outlets", {"name": "Báo Lai Châu", "kind": "press"})
        keys.add(change, found, "CMS")
    return found


@pytest.fixture
def errands(store):
    return Errands(store, "w", inside=True)


def hook(store, outlet: int, receiver: Receiver, *events: str, url: str = "") -> tuple[hooks.Hook, str]:
    with store.change() as change:
        return hooks.add(change, outlet, url or receiver.url, events or hooks.EVENTS)


def check(outlet: int, gate: str = "block", **more) -> Answered:
    closed = (("f1", "MD-ROLE-02"),) if gate != "pass" else ()
    return Answered(outlet, 1, "bai-1", gate, False, ("MD-ROLE-02",), closed, clock.now(), **more)


def tell(store, *checks: Answered) -> None:
    with store.change() as change:
        hooks.tell(change, checks)


def latest(store, id: int = 1) -> hooks.Delivery:
    with store.read() as db:
        return hooks.deliveries(db, id)[0]


def all_due(errands: Errands) -> int:
    count = 0
    while errands.step():
        count += 1
    return count


def soon(store) -> None:
    """Let the pause before the next try be over."""
    with store.change() as change:
        change.db.execute("UPDATE jobs SET not_before = NULL")


def test_a_held_article_is_told_signed_and_without_its_words(store, outlet, receiver, errands):
    _, secret = hook(store, outlet, receiver)
    tell(store, check(outlet, sent=Article(title="Đầu đề bí mật", body="Lời bí mật")))
    assert all_due(errands) == 1
    ((headers, body),) = receiver.got
    said = verify_webhook(secret, headers["X-Soat-Gioi-Signature"], body)
    assert said["event"] == headers["X-Soat-Gioi-Event"] == "check.block"
    assert said["id"] == headers["X-Soat-Gioi-Delivery"]
    assert (said["outlet"], said["article"], said["gate"]) == ("Báo Lai Châu", "bai-1", "block")
    assert said["gate_findings"] == [{"id": "f1", "rule": "MD-ROLE-02"}]
    assert "bí mật" not in body.decode()
    assert headers["Host"] == f"127.0.0.1:{receiver.port}"
    assert headers["path"] == "/nhan"
    assert (latest(store).state, latest(store).status, latest(store).tries) == ("delivered", 200, 1)
    with pytest.raises(ApiError, match="GA461"):
        verify_webhook("whsec_khac", headers["X-Soat-Gioi-Signature"], body)


def test_a_hook_hears_only_of_what_it_was_made_for(store, outlet, receiver, errands):
    hook(store, outlet, receiver, "check.review")
    with store.change() as change:
        other = change.insert("outlets", {"name": "Báo khác", "kind": "press"})
    tell(store, check(outlet), check(outlet, "pass"), check(other, "review"), check(outlet, "review"))
    all_due(errands)
    assert [json.loads(body)["event"] for _, body in receiver.got] == ["check.review"]


def test_a_failed_delivery_is_tried_again_under_the_same_name_with_growing_pauses(store, outlet, receiver, errands):
    hook(store, outlet, receiver)
    receiver.answers = [500, 404, 302, 503, 500, 200]
    receiver.location = "/khac"
    tell(store, check(outlet))
    for tries in range(1, 6):
        assert all_due(errands) == 1
        assert (latest(store).state, latest(store).tries) == ("waiting", tries)
        with store.read() as db:
            pause = jobs.get(db, 1)
        assert pause.state == "queued"
        waits = hooks.PAUSES[tries - 1]
        assert clock.later(waits - 60) < latest(store).next_at <= clock.later(waits)
        soon(store)
    all_due(errands)
    assert (latest(store).state, latest(store).tries) == ("delivered", 6)
    assert len({headers["X-Soat-Gioi-Delivery"] for headers, _ in receiver.got}) == 1
    assert {headers["path"] for headers, _ in receiver.got} == {"/nhan"}
    assert len({body for _, body in receiver.got}) == 1


def test_after_the_last_try_it_is_given_up_and_that_can_be_seen(store, outlet, receiver, errands):
    hook(store, outlet, receiver)
    receiver.answers = [500]
    tell(store, check(outlet))
    for _ in range(10):
        all_due(errands)
        soon(store)
    assert len(receiver.got) == len(hooks.PAUSES) + 1
    assert (latest(store).state, latest(store).error) == ("given_up", "máy nhận trả lời 500")


def test_a_receiver_that_is_gone_stops_its_hook_until_it_is_started_again(store, outlet, receiver, errands):
    found, _ = hook(store, outlet, receiver)
    receiver.answers = [410, 200]
    tell(store, check(outlet), check(outlet))
    all_due(errands)
    tell(store, check(outlet))
    all_due(errands)
    assert len(receiver.got) == 1
    with store.read() as db:
        assert [one.state for one in hooks.deliveries(db, 1)] == ["given_up", "given_up"]
    with store.change() as change:
        hooks.start(change, hooks.get(change.db, outlet, found.id))
    tell(store, check(outlet))
    all_due(errands)
    assert (len(receiver.got), latest(store).state) == (2, "delivered")


def test_a_receiver_that_does_not_answer_is_not_waited_for_longer_than_said(store, outlet, receiver):
    receiver.wait = 3
    started = clock.now()
    outcome = sending.send(receiver.url, b"{}", {}, inside=True, timeout=0.5)
    assert outcome == sending.Outcome(None, "không trả lời trong 0.5 giây")
    assert clock.later(-2) < started


def test_a_receiver_that_is_not_there_is_said(errands, store, outlet, receiver):
    hook(store, outlet, receiver, url="http://127.0.0.1:9/")
    hook(store, outlet, receiver, url="http://khong-co-may-nay.invalid/")
    tell(store, check(outlet))
    all_due(errands)
    assert "không kết nối được" in latest(store, 1).error
    assert "không tìm thấy máy chủ" in latest(store, 2).error


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f000001"])
def test_the_own_machine_is_not_called_unless_that_was_allowed(store, outlet, receiver, host):
    hook(store, outlet, receiver, url=f"http://{host}:{receiver.port}/nhan")
    tell(store, check(outlet))
    all_due(Errands(store, "w"))
    assert receiver.got == []
    assert latest(store).state == "given_up"
    assert "--hooks-inside" in latest(store).error


def test_a_name_that_turns_into_an_inner_address_is_looked_at_when_it_is_called(store, outlet, receiver, monkeypatch):
    async def turned(host, port):
        return [ip_address("93.184.215.14"), ip_address("127.0.0.1")]

    monkeypatch.setattr(sending, "_addresses", turned)
    outcome = sending.send(f"http://toa-soan.example:{receiver.port}/", b"{}", {}, inside=False)
    assert (outcome.status, outcome.again, receiver.got) == (None, False, [])


def test_the_connection_goes_to_the_address_that_was_looked_at_under_the_name_that_was_asked(receiver, monkeypatch):
    async def looked_at(host, port):
        return [ip_address("127.0.0.1")]

    monkeypatch.setattr(sending, "_addresses", looked_at)
    url = f"http://toa-soan.example:{receiver.port}/nhan?a=1"
    assert sending.send(url, b"{}", {}, inside=True).status == 200
    assert receiver.got[0][0]["Host"] == f"toa-soan.example:{receiver.port}"
    assert receiver.got[0][0]["path"] == "/nhan?a=1"


@pytest.mark.parametrize(
    ("address", "outside", "inside"),
    [
        ("8.8.8.8", True, True), ("2606:4700::1111", True, True), ("127.0.0.1", False, True), ("::1", False, True),
        ("10.1.2.3", False, True), ("192.168.1.9", False, True), ("172.16.0.1", False, True), ("fd00::1", False, True),
        ("169.254.169.254", False, False), ("fe80::1", False, False), ("0.0.0.0", False, False), ("::", False, False),
        ("224.0.0.1", False, False), ("ff02::1", False, False), ("255.255.255.255", False, False),
        ("::ffff:10.0.0.1", False, True), ("::ffff:169.254.169.254", False, False), ("2002:7f00:1::", False, True),
        ("64:ff9b::7f00:1", False, True), ("64:ff9b::a9fe:a9fe", False, False), ("64:ff9b::808:808", True, True),
        ("100.64.0.1", False, False),
    ],
)  # fmt: skip
def test_which_addresses_may_be_called(address, outside, inside):
    found = ip_address(address)
    assert sending.may_call(found, inside=False) is outside
    assert sending.may_call(found, inside=True) is inside


def test_after_a_change_of_the_secret_both_are_good_for_a_day(store, outlet, receiver, errands):
    found, old = hook(store, outlet, receiver)
    with store.change() as change:
        fresh = hooks.rotate(change, found)
    tell(store, check(outlet))
    all_due(errands)
    headers, body = receiver.got[0]
    for secret in (old, fresh):
        assert verify_webhook(secret, headers["X-Soat-Gioi-Signature"], body)
    with store.change() as change:
        change.db.execute("UPDATE webhooks SET old_until = ?", [clock.later(-1)])
    tell(store, check(outlet))
    all_due(errands)
    headers, body = receiver.got[1]
    assert verify_webhook(fresh, headers["X-Soat-Gioi-Signature"], body)
    with pytest.raises(ApiError, match="GA461"):
        verify_webhook(old, headers["X-Soat-Gioi-Signature"], body)


def test_a_removed_hook_is_told_nothing_more_until_it_is_put_back(store, outlet, receiver, errands):
    found, _ = hook(store, outlet, receiver)
    tell(store, check(outlet))
    with store.change() as change:
        hooks.remove(change, found)
    all_due(errands)
    assert receiver.got == []
    with store.change() as change:
        hooks.put_back(change, outlet, found.id)
    tell(store, check(outlet))
    all_due(errands)
    assert len(receiver.got) == 1


def test_a_test_is_sent_once_whatever_the_hook_is_for(store, outlet, receiver, errands):
    found, _ = hook(store, outlet, receiver, "check.block")
    receiver.answers = [500]
    with store.change() as change:
        hooks.test(change, found)
    all_due(errands)
    assert json.loads(receiver.got[0][1])["event"] == "check.test"
    assert latest(store).state == "given_up"


def test_errands_and_slow_work_leave_each_other_alone(store, outlet, receiver, errands):
    hook(store, outlet, receiver)
    with store.change() as change:
        slow = jobs.put(change, "scan", {})
    tell(store, check(outlet))
    with store.change() as change:
        assert jobs.claim(change, "w").id == slow
        assert jobs.claim(change, "w") is None
        assert jobs.ahead(change.db, 99) == 1
    assert all_due(errands) == 1


def test_what_was_kept_and_told_long_enough_is_deleted(store, outlet, receiver, errands):
    hook(store, outlet, receiver)
    tell(store, check(outlet))
    all_due(errands)
    with store.change() as change:
        policies.alter(change, outlet, {"keep_days": 1})
        old = Answered(outlet, 1, "a", "pass", False, (), (), clock.later(-2 * 24 * 3600), Article(body="cũ"))
        kept.keep(change, [old])
        long_ago = clock.later(-hooks.REMEMBERED - 1)
        change.db.execute("UPDATE deliveries SET at = ?", [long_ago])
        change.db.execute("UPDATE jobs SET at = ?", [long_ago])
    errands.tidy()
    with store.read() as db:
        for table in ("kept_checks", "deliveries", "jobs"):
            assert db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0
