"""How a webhook is signed, and how who receives one finds out whether it is genuine and new.

The header is ``t=<unix seconds>,v1=<hex>``, the hex digits the HMAC-SHA256 of ``<t>.<body>`` under the secret of the
hook. Since the time is signed too, a delivery that someone recorded cannot be sent again later. For a day after a
change of the secret there are two ``v1``.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Iterable
from typing import Any

from auditor.errors import ApiError

HEADER = "X-Soat-Gioi-Signature"
EVENT = "X-Soat-Gioi-Event"
DELIVERY = "X-Soat-Gioi-Delivery"
TOLERANCE = 300
"""Seconds a signature is good for, either way, so that clocks need not agree to the second."""


def signature(secrets: Iterable[str], moment: int, body: bytes) -> str:
    """Return the header of a body that is sent at a moment (seconds since 1970), signed with each secret."""
    return ",".join([f"t={moment}", *(f"v1={_digest(secret, str(moment), body)}" for secret in secrets)])


def verify_webhook(secret: str, header: str, body: bytes, tolerance: float = TOLERANCE) -> dict[str, Any]:
    """Return what a webhook says, after making sure that it is genuine and new.

    Args:
        secret: the secret of the hook, ``whsec_…``.
        header: the value of ``X-Soat-Gioi-Signature``.
        body: the bytes of the request, as they came.
        tolerance: seconds by which the time of sending may differ from the clock here.

    Raises:
        ApiError: GA461 the signature is missing or wrong; GA462 it is too old, or from a clock that runs ahead.
    """
    parts = [part.strip().partition("=") for part in header.split(",")]
    moment = next((value for name, _, value in parts if name == "t"), "")
    wanted = _digest(secret, moment, body)
    given = [value for name, _, value in parts if name == "v1"]
    if not any(hmac.compare_digest(wanted.encode(), value.encode("utf-8", "replace")) for value in given):
        raise ApiError("GA461", "Chữ ký không đúng: lời báo này không phải của máy chủ soát giới, hoặc đã bị sửa.")
    if not moment.isdecimal() or abs(time.time() - int(moment)) > tolerance:
        raise ApiError("GA462", "Lời báo đã quá cũ nên không nhận; xin kiểm tra cả đồng hồ của máy nhận.")
    said: dict[str, Any] = json.loads(body)
    return said


def _digest(secret: str, moment: str, body: bytes) -> str:
    return hmac.new(secret.encode(), moment.encode("utf-8", "replace") + b"." + body, hashlib.sha256).hexdigest()
