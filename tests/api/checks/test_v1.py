"""Version 1 of the API."""

from __future__ import annotations

import json
import time

import pytest

from api.checks.service import Limits
from auditor.errors import StoreError
from auditor.record import AuditRecord
from auditor.store import approvals, hooks, kept, keys, policies
from tests.api.checks.conftest import auditor

TITLE = "Bóng hồng duy nhất trong đội cứu hộ"
BODY = "Phụ nữ chân yếu tay mềm thì không làm lãnh đạo được 😀. Phụ nữ chân yếu tay mềm thì không hợp với nghề này."


def _check(client, **sent):
    return client.post("/v1/checks", json={"body": BODY, "budget_ms": 10_000, **sent})


def test_a_check_is_the_record_of_the_contract_and_a_gate(client):
    answer = _check(client, title=TITLE, id="bai-1").json()
    record = {name: answer[name] for name in ("schema", *AuditRecord.model_fields) if name in answer}
    assert record["schema"] == "auditor/1"
    assert record["id"] == "bai-1"
    assert record["outlet"] == "Báo Lai Châu"
    assert record["findings"]
    assert answer["gate"] == "review"
    assert set(answer["gate_findings"]) <= {finding["id"] for finding in answer["findings"]}
    assert answer["incomplete"] is False


def test_places_count_code_points_and_utf_16_units(client):
    answer = _check(client).json()
    sent16 = BODY.encode("utf-16-le")
    assert len(answer["places"]) == len(answer["findings"]) > 1
    for place, finding in zip(answer["places"], answer["findings"], strict=True):
        assert BODY[place["start"] : place["end"]] == finding["quote"]
        assert sent16[2 * place["utf16_start"] : 2 * place["utf16_end"]].decode("utf-16-le") == finding["quote"]


def test_an_approved_rule_holds_the_article_as_long_as_its_wording_is_the_one_approved(
    client, store, service, monkeypatch
):
    rule = _check(client).json()["findings"][0]["rule"]
    assert _check(client).json()["gate"] == "review"
    monkeypatch.setattr("api.checks.service.FRESH", 0)
    with store.change(1) as change:
        read = approvals.fingerprint(service.rulebook.rules[rule])
        approvals.approve(change, "rule", rule, read, True, "đã đọc")
        policies.alter(change, 1, {"block": "S1"})
    assert _check(client).json()["gate"] == "block"
    with store.change() as change:
        change.db.execute("UPDATE approvals SET fingerprint = 'of another wording'")
    assert _check(client).json()["gate"] == "review"


def test_the_same_request_gives_the_same_bytes(client):
    assert (
        _check(client, title=TITLE, as_of="2026-11-01").content
        == _check(client, title=TITLE, as_of="2026-11-01").content
    )


def test_an_idempotency_key_brings_the_same_answer_and_counts_once(client, store, service, key):
    first = client.post("/v1/checks", json={"body": BODY}, headers={"Idempotency-Key": "a"})
    again = client.post("/v1/checks", json={"body": BODY}, headers={"Idempotency-Key": "a"})
    assert (again.content, again.headers["Idempotent-Replayed"]) == (first.content, "true")
    other = client.post("/v1/checks", json={"body": "khác"}, headers={"Idempotency-Key": "a"})
    assert (other.status_code, other.json()["code"]) == (422, "GA438")
    service.write()
    with store.read() as db:
        assert sum(day.checks for day in keys.usage(db, 1)) == 1


def test_a_budget_that_runs_out_is_answered_in_time_and_never_as_clean(client, service, monkeypatch):
    slow = service.pool.submit
    monkeypatch.setattr(
        service.pool, "submit", lambda task: service.pool._threads.submit(lambda: (time.sleep(3), slow(task)))
    )
    started = time.monotonic()
    answer = _check(client, budget_ms=50).json()
    assert time.monotonic() - started < 2.5
    assert (answer["incomplete"], answer["gate"], answer["status"]) == (True, "review", "unreadable")
    assert answer["error"]["code"] == "GA435"


def test_a_text_too_poor_to_judge_is_unreadable_and_asks_for_a_look(client):
    answer = client.post(
        "/v1/checks", json={"body": "The quick brown fox jumps over the lazy dog, said nobody at all."}
    ).json()
    assert (answer["status"], answer["gate"]) == ("unreadable", "review")


def test_a_batch_is_answered_in_its_order(client):
    articles = [{"id": str(number), "body": f"Bài số {number}. {BODY}"} for number in range(5)]
    answer = client.post("/v1/checks:batch", json={"articles": articles}).json()
    assert [one["id"] for one in answer["results"]] == list("01234")


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [({"Authorization": ""}, 401, "GA439"), ({"Authorization": "Bearer ga_sai"}, 401, "GA439"), ({}, 200, None)],
)
def test_a_check_needs_a_key(client, headers, status, code):
    answer = client.post("/v1/checks", json={"body": BODY}, headers=headers)
    assert answer.status_code == status
    if code:
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["code"] == code


def test_a_key_needs_the_scope_and_a_revoked_one_is_refused(client, store, monkeypatch):
    monkeypatch.setattr("api.checks.service.FRESH", 0)
    with store.change() as change:
        reading, secret = keys.add(change, 1, "đọc", ["read"])
    headers = {"Authorization": f"Bearer {secret}"}
    assert client.post("/v1/checks", json={"body": BODY}, headers=headers).json()["code"] == "GA440"
    with store.change() as change:
        keys.revoke(change, reading)
    assert client.post("/v1/checks", json={"body": BODY}, headers=headers).json()["code"] == "GA439"


def test_a_rotated_key_goes_on_for_a_day(store):
    with store.change() as change:
        old, secret = keys.add(change, 1, "CMS")
        _, fresh = keys.rotate(change, old)
        assert keys.known(change.db, secret).ends_at
        assert keys.known(change.db, fresh).ends_at is None


def test_the_secret_is_nowhere_in_the_store(store, key):
    assert key.encode() not in store.path.read_bytes()


def test_too_many_requests_are_told_when_there_is_more(client):
    answers = [client.post("/v1/checks", json={"body": "Bài ngắn về đường xá ở bản."}) for _ in range(31)]
    assert [answer.status_code for answer in answers] == [200] * 30 + [429]
    assert answers[0].headers["RateLimit-Remaining"] == "29"
    refused = answers[-1]
    assert refused.json()["code"] == "GA436"
    assert int(refused.headers["Retry-After"]) >= 1


def test_the_quota_of_the_day_is_counted_and_told(client, service):
    service.limits = Limits(per_minute=100, per_day=3)
    sent = {"articles": [{"body": "Bài ngắn về đường xá ở bản."}] * 2}
    assert client.post("/v1/checks:batch", json=sent).status_code == 200
    refused = client.post("/v1/checks:batch", json=sent)
    assert (refused.status_code, refused.json()["code"]) == (429, "GA437")
    assert (refused.headers["RateLimit-Limit"], refused.headers["RateLimit-Remaining"]) == ("3", "0")
    assert int(refused.headers["Retry-After"]) >= 1
    assert client.post("/v1/checks", json={"body": "Bài ngắn về đường xá ở bản."}).status_code == 200
    assert client.post("/v1/checks", json={"body": "Bài ngắn về đường xá ở bản."}).json()["code"] == "GA437"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"{", 422),
        (b"[]", 422),
        (b'{"body": "\xff"}', 400),
        (b'{"body": "\\ud800 l\xc3\xa0"}', 422),
        (b'{"body": "a", "khac": 1}', 422),
        (b'{"body": "' + b"a" * (3 * 2**20) + b'"}', 413),
        (b"[" * 100_000, 400),
        (b'{"body": 5}', 422),
    ],
)
def test_broken_bodies_are_refused_with_a_problem_never_a_failure(client, body, status):
    answer = client.post("/v1/checks", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"].startswith("GA")


@pytest.mark.parametrize("body", ["\x00 nul", "\u202e ngược", "", " ", "a\u0301" * 500])
def test_odd_words_are_answered(client, body):
    assert _check(client, body=body).status_code == 200


def test_the_rules_are_shown_and_an_unknown_one_is_a_problem(client):
    listed = client.get("/v1/rules").json()
    assert listed["rulebook"] == auditor(True).rulebook.version
    one = client.get(f"/v1/rules/{listed['rules'][0]['id']}").json()
    assert one["why"]
    assert client.get("/v1/rules/XX-00").json()["code"] == "GA401"
    assert client.get("/v1/khong-co").json()["code"] == "GA401"


def test_indicators_health_and_metrics_answer(client):
    assert client.get("/v1/indicators").json()["groups"]
    assert client.get("/v1/health").json()["status"] == "ok"
    _check(client)
    assert 'auditor_checks_total{gate="review"} 1.0' in client.get("/metrics").text


def test_the_openapi_document_is_3_1_and_names_every_answer(client):
    document = client.get("/v1/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    post = document["paths"]["/checks"]["post"]
    assert set(post["responses"]) >= {"200", "401", "422", "429"}
    assert "Problem" in document["components"]["schemas"]
    assert json.dumps(document, ensure_ascii=False).count("$ref") > 5


def _policy(store, **policy):
    with store.change() as change:
        policies.alter(change, 1, policy)


def _kept(store, service):
    service.write()
    with store.read() as db:
        return [kept.get(db, 1, line.id) for line in kept.of_outlet(db, 1, 50)]


def test_nothing_of_a_text_is_written_unless_the_outlet_wants_it(client, store, service):
    with store.change() as change:
        hooks.add(change, 1, "https://toa-soan.example/", hooks.EVENTS)
    assert _check(client, title=TITLE).json()["gate"] == "review"
    assert _kept(store, service) == []
    with store.read() as db:
        rows = [str(tuple(row)) for name in _tables(db) for row in db.execute(f'SELECT * FROM "{name}"')]
        assert db.execute("SELECT count(*) FROM deliveries").fetchone()[0] == 1
    assert not any("chân yếu tay mềm" in row or TITLE in row for row in rows)


def _tables(db):
    return [row["name"] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]


def test_an_outlet_that_wants_it_finds_its_checks_as_they_were_sent(client, store, service):
    _policy(store, keep_days=7)
    html = f"<p>{BODY}</p>"
    found = _check(client, id="bai-1", title=TITLE, body=html, format="html").json()
    client.post("/v1/checks:batch", json={"articles": [{"id": "bai-2", "body": BODY}, {"body": "Bài ngắn ở bản."}]})
    third, second, first = _kept(store, service)
    assert (first.line.article, first.line.title, first.body, first.format) == ("bai-1", TITLE, html, "html")
    assert first.line.rules == tuple(one["rule"] for one in found["findings"])
    assert (second.line.article, third.body, third.line.gate) == ("bai-2", "Bài ngắn ở bản.", "pass")


def test_the_hooks_of_an_outlet_are_told_of_the_findings_that_closed_the_gate(client, store, service):
    with store.change() as change:
        hooks.add(change, 1, "https://toa-soan.example/", ["check.review"])
    found = _check(client, id="bai-1", title=TITLE).json()
    service.write()
    with store.read() as db:
        (delivery,) = hooks.deliveries(db, 1)
    said = json.loads(delivery.payload)
    assert (said["event"], said["article"], said["gate"]) == ("check.review", "bai-1", "review")
    assert [one["id"] for one in said["gate_findings"]] == found["gate_findings"]


def test_a_store_that_cannot_be_written_neither_fails_a_check_nor_loses_it(client, store, service, monkeypatch):
    _policy(store, keep_days=7)

    def busy(actor=None):
        raise StoreError("GA332", "bận")

    with monkeypatch.context() as patch:
        patch.setattr(store, "change", busy)
        assert _check(client, id="bai-1").status_code == 200
        with pytest.raises(StoreError, match="GA332"):
            service.write()
    assert _check(client, id="bai-2").status_code == 200
    assert [one.line.article for one in _kept(store, service)] == ["bai-2", "bai-1"]
    with store.read() as db:
        assert sum(day.checks for day in keys.usage(db, 1)) == 2


def test_more_than_can_wait_is_left_out_and_counted(client, store, service, monkeypatch):
    _policy(store, keep_days=7)
    monkeypatch.setattr("api.checks.behind.LETTERS", 10)
    assert _check(client).status_code == 200
    assert _kept(store, service) == []
    assert "auditor_lost_total 1.0" in client.get("/metrics").text
