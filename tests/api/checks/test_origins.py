"""Pages of other origins: only those the operator names may ask, and none ever with a session."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api import origins
from api.app import create_app
from auditor.errors import ApiError

CMS = "https://cms.toasoan.vn"
ASKED = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization, content-type"}


@pytest.fixture
def client(store, service, key) -> Iterator[TestClient]:
    """Return a client of a server that was told of one origin."""
    headers = {"Authorization": f"Bearer {key}"}
    with TestClient(create_app(store, service, [CMS]), headers=headers, follow_redirects=False) as client:
        yield client


def _allowed(answer) -> list[str]:
    return [name for name in answer.headers if name.startswith("access-control-allow")]


def test_a_named_origin_may_ask_before_it_sends_a_key(client):
    answer = client.options("/v1/checks", headers={"Origin": CMS, **ASKED})
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == CMS
    assert "authorization" in answer.headers["access-control-allow-headers"].lower()
    assert "POST" in answer.headers["access-control-allow-methods"]
    assert int(answer.headers["access-control-max-age"]) > 0


def test_a_named_origin_reads_the_answer_and_its_limits(client):
    answer = client.post("/v1/checks", json={"body": "Bản có điện."}, headers={"Origin": CMS})
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == CMS
    assert "RateLimit-Remaining" in answer.headers["access-control-expose-headers"]
    assert "Origin" in answer.headers["vary"]


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [(b"{", {}, 422), (b"{}", {"Authorization": ""}, 401), (b"{}", {"Content-Type": "text/plain"}, 415)],
)
def test_a_named_origin_reads_errors_too(client, body, headers, status):
    sent = {"Content-Type": "application/json", "Origin": CMS, **headers}
    answer = client.post("/v1/checks", content=body, headers=sent)
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (status, CMS)


def test_credentials_are_never_allowed(client):
    for answer in (
        client.options("/v1/checks", headers={"Origin": CMS, **ASKED}),
        client.post("/v1/checks", json={"body": "a"}, headers={"Origin": CMS}),
    ):
        assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize(
    "origin", ["https://khac.vn", "http://cms.toasoan.vn", f"{CMS}.khac.vn", f"{CMS}:8443", "null"]
)
def test_others_may_not(client, origin):
    asked = client.options("/v1/checks", headers={"Origin": origin, **ASKED})
    assert asked.status_code == 400
    assert "access-control-allow-origin" not in asked.headers
    answer = client.post("/v1/checks", json={"body": "a"}, headers={"Origin": origin})
    assert _allowed(answer) == []


@pytest.mark.parametrize("path", ["/", "/dang-nhap", "/metrics", "/v2/languages", "/style.css"])
def test_only_version_1_and_the_component_are_open(client, path):
    assert _allowed(client.get(path, headers={"Origin": CMS})) == []


def test_the_component_can_be_loaded_by_other_pages_and_nothing_else(client):
    answer = client.get("/clients/gender-check.js", headers={"Origin": CMS})
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert answer.headers["access-control-allow-origin"] == CMS
    assert client.get("/dang-nhap").headers["cross-origin-resource-policy"] == "same-origin"
    assert client.get("/v1/health").headers["cross-origin-resource-policy"] == "same-origin"


def test_no_origin_is_open_unless_one_is_named(store, service, key):
    with TestClient(create_app(store, service), headers={"Authorization": f"Bearer {key}"}) as client:
        assert client.options("/v1/checks", headers={"Origin": CMS, **ASKED}).status_code == 405
        answer = client.post("/v1/checks", json={"body": "a"}, headers={"Origin": CMS})
        assert answer.status_code == 200
        assert _allowed(answer) == []


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("https://cms.toasoan.vn", CMS),
        ("https://CMS.ToaSoan.vn/", CMS),
        ("https://cms.toasoan.vn:443", CMS),
        ("http://10.0.0.5:8080", "http://10.0.0.5:8080"),
        ("http://[::1]:3000", "http://[::1]:3000"),
    ],
)
def test_origins_are_written_as_browsers_write_them(given, meant):
    assert origins.named([given, given]) == (meant,)


@pytest.mark.parametrize(
    "given",
    ["*", "null", "", "cms.toasoan.vn", "https://", "https://*.toasoan.vn", "https://cms.vn/bai", "https://cms.vn?a",
     "https://a@cms.vn", "ftp://cms.vn", "https://cms.vn:99999", "https://cms vn"],
)  # fmt: skip
def test_what_is_no_origin_is_refused(given):
    with pytest.raises(ApiError) as refused:
        origins.named([given])
    assert refused.value.code == "GA459"
