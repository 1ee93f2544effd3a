"""A server with more to check than it can: it says so at once, and its health is answered all the while."""

from __future__ import annotations

import asyncio
import time

import httpx
import pytest

from api.checks.service import Limits, Service
from auditor.checks.pool import ProcessPool

PLACES = 3


@pytest.fixture
def service(store, monkeypatch):
    """Return a service over a pool with three places and nobody who checks."""
    monkeypatch.setattr("auditor.checks.pool.WAITING", PLACES)
    service = Service(store, ProcessPool(0), Limits(per_minute=1_000, per_day=1_000))
    yield service
    service.close()


def test_health_is_answered_while_checks_queue_and_one_too_many_is_refused(live, key, service):
    async def ask() -> tuple[list[httpx.Response], httpx.Response, httpx.Response, list[float]]:
        headers = {"Authorization": f"Bearer {key}"}
        async with httpx.AsyncClient(base_url=live, headers=headers, timeout=30) as client:
            sent = {"body": "Bản có điện.", "budget_ms": 2_000}
            queued = [asyncio.create_task(client.post("/v1/checks", json=sent)) for _ in range(PLACES)]
            while (await client.get("/v1/health")).json()["waiting"] < PLACES:
                await asyncio.sleep(0.01)
            refused = await client.post("/v1/checks", json=sent)
            spoken = await client.post("/v2/check", data={"text": "a", "language": "vi"})
            took = []
            for _ in range(10):
                begun = time.perf_counter()
                assert (await client.get("/v1/health")).json()["waiting"] == PLACES
                took.append(time.perf_counter() - begun)
            return list(await asyncio.gather(*queued)), refused, spoken, took

    late, refused, spoken, took = asyncio.run(ask())
    assert (refused.status_code, refused.json()["code"]) == (503, "GA432")
    assert refused.headers["content-type"] == "application/problem+json"
    assert int(refused.headers["Retry-After"]) >= 1
    assert (spoken.status_code, spoken.text[:12], spoken.headers["Retry-After"]) == (503, "Error: GA432", "2")
    assert max(took) < 1.5
    assert {(one.json()["incomplete"], one.json()["gate"]) for one in late} == {(True, "review")}
    assert 'auditor_refused_total{code="GA432"} 2.0' in httpx.get(f"{live}/metrics").text


def test_a_batch_that_finds_no_room_is_refused_as_a_whole_and_leaves_nothing_behind(client, service):
    sent = {"articles": [{"body": "Bản có điện."}] * (PLACES + 1)}
    assert client.post("/v1/checks:batch", json=sent).json()["code"] == "GA432"
    assert client.get("/v1/health").json()["waiting"] == 0
