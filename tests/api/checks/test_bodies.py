"""Broken and hostile requests: refused in our words or answered, never a failure, never a hang."""

from __future__ import annotations

import gzip
import json
import time
from concurrent.futures import Future
from urllib.parse import quote_plus

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from auditor.errors import ApiError

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
DEEP = b"[" * 100_000
WORDS = {
    "NUL": "Bản \x00 họp.",
    "right to left": "\u202eBản họp.\u202c \u2066Phụ nữ chân yếu tay mềm.\u2069",
    "zero width": "Phụ\u200b nữ\u200d chân\ufeff yếu tay mềm thì không hợp với nghề này.",
    "combining": "a" + "\u0301" * 5_000,
    "emoji": "👩\u200d🚒" * 500,
    "unassigned": "\U000e0fff\ufffe\uffff",
    "control": "".join(map(chr, range(32))),
    "nothing": "",
    "blank": " \n\t\u3000" * 100,
    "one long word": "ư" * 100_000,
    "markup": "<" * 20_000 + "<p>&#xD800;&#0;&#99999999;&bogus;</p><!-- " + "<script>" * 2_000,
}
NUMBERS = [b"1e400", b"9" * 5_000, b"-1", b"NaN", b"Infinity", b"1.5", b"true", b'"2000"', b"null", b"{}"]


def _article(**fields: object) -> dict:
    return {"budget_ms": 10_000, **fields}


def _batch(body: bytes) -> bytes:
    return b'{"articles": [' + body + b"]}"


def _sent(path: str, body: bytes) -> bytes:
    return _batch(body) if path.endswith(":batch") else body


def _refused(answer, path: str, *statuses: int) -> None:
    assert answer.status_code in statuses, answer.text[:300]
    if path.startswith("/v1"):
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["code"].startswith("GA")
        assert answer.json()["title"].endswith(".")
    else:
        assert answer.headers["content-type"].startswith("text/plain")
        assert answer.text.startswith("Error: GA")


@pytest.fixture(params=["/v1/checks", "/v1/checks:batch"])
def path(request) -> str:
    return request.param


@pytest.mark.parametrize("name", WORDS)
@pytest.mark.parametrize("format", ["text", "html"])
def test_odd_words_are_answered(client, path, name, format):
    body = json.dumps(_article(body=WORDS[name], title="Họp\x00bản", format=format)).encode()
    answer = client.post(path, content=_sent(path, body), headers={"Content-Type": JSON})
    assert answer.status_code == 200
    first = answer.json()["results"][0] if path.endswith(":batch") else answer.json()
    assert first["gate"] == "review" or first["status"] == "audited"


@pytest.mark.parametrize("name", WORDS)
def test_odd_words_are_answered_in_the_protocol_too(client, name):
    for form in ({"text": WORDS[name]}, {"data": json.dumps({"annotation": [{"text": WORDS[name]}]})}):
        assert client.post("/v2/check", data={**form, "language": "vi"}).status_code == 200


@pytest.mark.parametrize("escaped", [b"\\ud800", b"\\udfff\\ud800", b"a\\udc00b"])
def test_lone_surrogates_are_refused(client, path, escaped):
    for field in (b"body", b"title", b"id", b"byline"):
        body = _sent(path, b'{"' + field + b'": "' + escaped + b'"}')
        _refused(client.post(path, content=body, headers={"Content-Type": JSON}), path, 422)
    form = "language=vi&data=" + quote_plus('{"annotation": [{"text": "' + escaped.decode() + '"}]}')
    _refused(client.post("/v2/check", content=form, headers={"Content-Type": FORM}), "/v2/check", 400)


@pytest.mark.parametrize("number", NUMBERS)
def test_numbers_that_are_none_are_refused(client, path, number):
    body = _sent(path, b'{"body": "a", "budget_ms": ' + number + b"}")
    _refused(client.post(path, content=body, headers={"Content-Type": JSON}), path, 400, 422)


@pytest.mark.parametrize(
    ("body", "statuses"),
    [
        (b"", (422,)),
        (b"null", (422,)),
        (b"5", (422,)),
        (b'"a"', (422,)),
        (b"NaN", (422,)),
        (b'{"body": "a"', (422,)),
        (b'{"body": "a"} {', (422,)),
        (b"\xef\xbb\xbf{}", (200, 400, 422)),
        (b"\xff\xfe{\x00}\x00", (200, 400, 422)),
        (b'{"body": "\xff"}', (400,)),
        (b'{"body": "\xed\xa0\x80"}', (400, 422)),
        (b'{"body": "\xc0\xaf"}', (400,)),
        (b'{"body": "a", "body": 5}', (422,)),
        (b'{"body": 5, "body": ""}', (200, 422)),
        (b'{"body": {"body": {}}}', (422,)),
        (b'{"captions": [' + b'"a",' * 600 + b'"a"]}', (422,)),
        (b'{"body": "' + b"a" * 1_000_001 + b'"}', (422,)),
        (b'{"' + b"k" * 100_000 + b'": 1}', (422,)),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, (400,)),
        (DEEP, (400,)),
        (b'{"body": ' + DEEP, (400,)),
        (b'{"body": "' + b"a" * (5 * 2**20) + b'"}', (413,)),
        (DEEP * 50, (413,)),
    ],
)
def test_broken_json_is_refused(client, path, body, statuses):
    answer = client.post(path, content=body, headers={"Content-Type": JSON})
    if answer.status_code == 200:
        assert 200 in statuses
    else:
        _refused(answer, path, *statuses)


def test_the_place_of_a_fault_is_told_in_vietnamese(client, path):
    answer = client.post(path, content=_sent(path, b'{"budget_ms": "2000", "date": 5, "x": 1}'), headers={
        "Content-Type": JSON
    })  # fmt: skip
    told = " ".join(answer.json()["errors"])
    assert "phải là số nguyên" in told
    assert "phải là ngày theo mẫu" in told
    assert "không có trường này" in told


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Content-Type": ""},
        {"Content-Type": "text/plain"},
        {"Content-Type": "text/json"},
        {"Content-Type": "multipart/form-data; boundary=x"},
        {"Content-Type": "application/xml; charset=\x7f"},
        {"Content-Type": ";;;"},
        {"Content-Type": JSON, "Content-Encoding": "gzip"},
        {"Content-Type": JSON, "Content-Encoding": "br, identity"},
    ],
)
def test_what_is_not_plain_json_is_refused(client, path, headers):
    body = gzip.compress(b'{"body": "a"}') if "Content-Encoding" in headers else b'{"body": "a"}'
    _refused(client.post(path, content=body, headers=headers), path, 415)


def test_json_that_says_its_charset_is_read(client):
    headers = {"Content-Type": "application/json; charset=utf-8", "Content-Encoding": "identity"}
    assert client.post("/v1/checks", content=b'{"body": "a"}', headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("body", "kind", "statuses"),
    [
        (b"", FORM, (400,)),
        (b"\xff\xfe\x00", FORM, (400,)),
        (b"text=%ff%fe&language=vi", FORM, (400,)),
        (b"text=%ed%a0%80&language=vi", FORM, (400,)),
        (b"text=%u0110&language=vi", FORM, (200, 400)),
        (b"text=a&language=vi&" + b"x=1&" * 500, FORM, (400,)),
        (b"language=vi&data=" + DEEP, FORM, (400,)),
        (b"language=vi&data=" + b"%7B%22annotation%22%3A" * 20_000, FORM, (400,)),
        (b'language=vi&data={"annotation": 5}', FORM, (400,)),
        (b'language=vi&data={"annotation": [5, null]}', FORM, (400,)),
        (b'language=vi&data={"annotation": [{"text": {}}]}', FORM, (400,)),
        (b"language=vi&text=" + b"%C6%B0" * 200_001, FORM, (413,)),
        (b"language=vi&text=" + b"a" * (5 * 2**20), FORM, (413,)),
        ("text=é".encode() + b"&language=" * 100_000, FORM, (400,)),
        (b'{"text": "a", "language": "vi"}', JSON, (415,)),
        (b"--x\r\n\r\n--x--", "multipart/form-data; boundary=x", (415,)),
        (b"text=a&language=vi&text=b&language=de", FORM, (200, 400)),
    ],
)
def test_broken_forms_are_refused(client, body, kind, statuses):
    started = time.monotonic()
    answer = client.post("/v2/check", content=body, headers={"Content-Type": kind})
    assert time.monotonic() - started < 20
    if answer.status_code == 200:
        assert 200 in statuses
    else:
        _refused(answer, "/v2/check", *statuses)


def test_a_compressed_form_is_refused(client):
    headers = {"Content-Type": FORM, "Content-Encoding": "gzip"}
    answer = client.post("/v2/check", content=gzip.compress(b"text=a&language=vi"), headers=headers)
    _refused(answer, "/v2/check", 415)


def test_a_request_of_any_size_is_not_answered_with_a_page_of_the_desk(client):
    for path in ("/v1/checks", "/v2/check"):
        headers = {"Content-Type": JSON, "Content-Length": str(10**12)}
        _refused(client.post(path, content=b"a" * 2**20, headers=headers), path, 400, 413, 415, 422)


def test_a_failure_of_the_program_is_told_in_our_words(store, service, key, monkeypatch):
    def fails(*_: object) -> None:
        raise RuntimeError("ruột gan của chương trình")

    monkeypatch.setattr(service.pool, "submit", fails)
    headers = {"Authorization": f"Bearer {key}"}
    with TestClient(create_app(store, service), raise_server_exceptions=False, headers=headers) as client:
        _refused(client.post("/v1/checks", json={"body": "a"}), "/v1/checks", 500)
        _refused(client.post("/v2/check", data={"text": "a", "language": "vi"}), "/v2/check", 500)


def test_a_text_that_ends_its_process_is_unreadable_and_the_others_of_its_batch_are_answered(
    client, service, monkeypatch
):
    checks = service.pool.submit

    def submit(task):
        if "chết" not in getattr(task.sent, "body", "chết"):
            return checks(task)
        lost: Future = Future()
        lost.set_exception(ApiError("GA433", "Bài này làm tiến trình soát dừng giữa chừng."))
        return lost

    monkeypatch.setattr(service.pool, "submit", submit)
    sent = {"articles": [{"body": "chết"}, {"body": "Bản Co Muông họp bàn việc làm đường."}]}
    lost, other = client.post("/v1/checks:batch", json=sent).json()["results"]
    assert (lost["status"], lost["gate"], lost["error"]["code"]) == ("unreadable", "review", "GA433")
    assert other["status"] == "audited"
    _refused(client.post("/v2/check", data={"text": "a", "language": "vi"}), "/v2/check", 422)
