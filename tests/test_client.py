"""The client that newsrooms' programs use."""

from __future__ import annotations

import json

import httpx
import pytest

from auditor.client import Client
from auditor.errors import ApiError

ANSWER = {
    "schema": "auditor/1", "id": "a", "gate": "review", "gate_findings": ["f1"], "incomplete": False,
    "status": "audited", "error": None,
    "engine": "0.1.0", "rulebook": "x", "findings": [], "places": [], "later": "a field of tomorrow",
}  # fmt: skip


def _client(*answers, tries=4):
    sent = []

    def handle(request):
        sent.append(request)
        answer = answers[min(len(sent), len(answers)) - 1]
        if isinstance(answer, Exception):
            raise answer
        return answer

    return Client("http://may-chu/", "ga_x", transport=httpx.MockTransport(handle), tries=tries), sent


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch):
    monkeypatch.setattr("auditor.client.time.sleep", lambda seconds: None)


def test_an_article_is_sent_with_the_key_and_its_answer_read():
    client, sent = _client(httpx.Response(200, json=ANSWER))
    with client:
        assert client.check(title="Tựa", body="Thân").gate == "review"
    assert str(sent[0].url) == "http://may-chu/v1/checks"
    assert sent[0].headers["Authorization"] == "Bearer ga_x"
    assert json.loads(sent[0].content) == {"title": "Tựa", "body": "Thân"}


def test_a_busy_server_is_asked_again_under_the_same_idempotency_key():
    busy = httpx.Response(503, json={"code": "GA432", "title": "bận"}, headers={"Retry-After": "2"})
    client, sent = _client(busy, httpx.ConnectError("x"), httpx.Response(200, json=ANSWER))
    assert client.check(body="a").id == "a"
    assert len({request.headers["Idempotency-Key"] for request in sent}) == 1
    assert len(sent) == 3


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (httpx.Response(401, json={"code": "GA439", "title": "thiếu khoá"}), "GA439"),
        (httpx.Response(503, json={"code": "GA432", "title": "bận"}), "GA432"),
        (httpx.Response(200, text="<html>"), "GA451"),
        (httpx.Response(500, text="x"), "GA451"),
        (httpx.ConnectError("x"), "GA450"),
    ],
)
def test_troubles_come_with_a_code(answer, code):
    client, _ = _client(answer)
    with pytest.raises(ApiError, match=code):
        client.check(body="a")


def test_a_batch_keeps_its_order():
    results = [{**ANSWER, "id": id} for id in "abc"]
    client, _ = _client(httpx.Response(200, json={"results": results}))
    assert [one.id for one in client.check_batch({"id": id, "body": "x"} for id in "abc")] == ["a", "b", "c"]
