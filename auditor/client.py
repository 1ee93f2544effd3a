"""Ask a server for checks: what a newsroom's own program writes with three lines.

::

    from auditor.client import Client

    with Client("https://soat-gioi.laichau.gov.vn", key="ga_…") as client:
        answer = client.check(title="…", body="<p>…</p>", format="html")
        if answer.gate != "pass":
            print(answer.findings[0].message)

A program that receives webhooks asks :func:`verify_webhook` whether one is genuine. This module needs nothing of the
program but the record, so it starts at once. Requests that the server was too busy for are sent
again, with an idempotency key, so that nothing is counted twice.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Any, Literal

import httpx
from pydantic import BaseModel, ConfigDict

from auditor.errors import ApiError
from auditor.record import Finding, PersonRecord, StoryRecord
from auditor.signing import verify_webhook as verify_webhook

AGAIN = frozenset({429, 502, 503, 504})
"""Statuses after which a request is sent again."""


class Place(BaseModel):
    """Where a finding stands in a field as it was sent, in code points and in UTF-16 units.

    ``rewording`` can stand there instead; None where the suggestion of the finding is advice how to write.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    finding: str
    field: str
    start: int
    end: int
    utf16_start: int
    utf16_end: int
    rewording: str | None = None


class Answer(BaseModel):
    """What a check gave; fields that later versions add are left out of it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    gate: Literal["pass", "review", "block"]
    gate_findings: tuple[str, ...] = ()
    incomplete: bool = False
    status: Literal["audited", "unreadable"]
    error: Mapping[str, str] | None = None
    engine: str
    rulebook: str
    findings: tuple[Finding, ...] = ()
    places: tuple[Place, ...] = ()
    people: tuple[PersonRecord, ...] = ()
    story: StoryRecord | None = None

    def place(self, finding: Finding) -> Place | None:
        """Return where a finding stands in what was sent."""
        return next((place for place in self.places if place.finding == finding.id), None)


class Client:
    """A connection to a server.

    Args:
        url: address of the server, without ``/v1``.
        key: key of the outlet.
        timeout: seconds to wait for one answer.
        tries: how often a request is sent at most.
        transport: for tests, another way to reach the server.
    """

    def __init__(
        self, url: str, key: str, *, timeout: float = 15.0, tries: int = 4, transport: httpx.BaseTransport | None = None
    ) -> None:
        headers = {"Authorization": f"Bearer {key}"}
        base = f"{url.rstrip('/')}/v1"
        self._tries = tries
        self._http = httpx.Client(base_url=base, headers=headers, timeout=timeout, transport=transport)

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def check(self, **article: Any) -> Answer:
        """Check one article; the fields are those of ``POST /v1/checks``: title, lead, body, format, captions, date…

        Raises:
            ApiError: as the server answers, with its code; GA450 it could not be reached.
        """
        return Answer.model_validate(self._send("POST", "/checks", article))

    def check_batch(self, articles: Iterable[Mapping[str, Any]]) -> tuple[Answer, ...]:
        """Check several articles (at most 50); the answers come in their order.

        Raises:
            ApiError: as :meth:`check`.
        """
        found = self._send("POST", "/checks:batch", {"articles": [dict(article) for article in articles]})
        return tuple(Answer.model_validate(one) for one in found["results"])

    def rules(self) -> list[dict[str, Any]]:
        """Return all rules in short.

        Raises:
            ApiError: as :meth:`check`.
        """
        found: list[dict[str, Any]] = self._send("GET", "/rules")["rules"]
        return found

    def _send(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> dict[str, Any]:
        headers = {"Idempotency-Key": uuid.uuid4().hex} if body is not None else {}
        trouble = ""
        for attempt in range(self._tries):
            try:
                answer = self._http.request(method, path, json=body, headers=headers)
            except httpx.TransportError as error:
                trouble, wait = type(error).__name__, 0.5 * 2**attempt
            else:
                if answer.status_code not in AGAIN or attempt == self._tries - 1:
                    return _read(answer)
                wait = float(answer.headers.get("Retry-After", 0.5 * 2**attempt))
            if attempt < self._tries - 1:
                time.sleep(wait)
        raise ApiError("GA450", f"Không gọi được máy chủ soát giới ({trouble}). Xin kiểm tra địa chỉ và đường mạng.")


def _read(answer: httpx.Response) -> dict[str, Any]:
    try:
        body = answer.json()
    except ValueError:
        body = None
    if answer.is_success and isinstance(body, dict):
        return body
    code = body.get("code") if isinstance(body, dict) else None
    if isinstance(code, str) and code.startswith("GA4"):
        raise ApiError(code, str(body["title"]))
    raise ApiError(
        "GA451", f"Máy chủ trả lời mã {answer.status_code}, không đúng mẫu của API soát giới. Xin xem lại địa chỉ."
    )
