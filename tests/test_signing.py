"""Who receives a webhook can tell whether it is genuine and new."""

from __future__ import annotations

import time

import pytest

from auditor.client import verify_webhook
from auditor.errors import ApiError
from auditor.signing import signature

BODY = '{"event": "check.block", "article": "bài 1"}'.encode()
SECRET = "whsec_a"


def now() -> int:
    return int(time.time())


def test_the_signature_is_the_hmac_of_the_moment_and_the_body():
    # Worked out with: printf '1764150000.{}' | openssl dgst -sha256 -hmac whsec_a
    known = "4efcdc60f451d7b69873bea8777d4cd591d79fec9271fb4b906f122c95893e76"
    assert signature([SECRET], 1764150000, b"{}") == f"t=1764150000,v1={known}"


def test_a_genuine_delivery_is_read():
    assert verify_webhook(SECRET, signature([SECRET], now(), BODY), BODY)["article"] == "bài 1"


def test_either_of_two_secrets_is_enough():
    header = signature(["whsec_new", SECRET], now(), BODY)
    assert verify_webhook(SECRET, header, BODY)
    assert verify_webhook("whsec_new", header, BODY)


@pytest.mark.parametrize(
    ("secret", "header", "body", "code"),
    [
        ("whsec_b", None, BODY, "GA461"),
        (SECRET, None, BODY.replace(b"block", b"pass!"), "GA461"),
        (SECRET, "", BODY, "GA461"),
        (SECRET, "v1=ế,t=ế", BODY, "GA461"),
        (SECRET, signature([SECRET], now() - 301, BODY), BODY, "GA462"),
        (SECRET, signature([SECRET], now() + 400, BODY), BODY, "GA462"),
        (SECRET, signature([SECRET], now() - 900, BODY).replace(f"t={now() - 900}", f"t={now()}"), BODY, "GA461"),
    ],
)
def test_what_is_forged_or_old_is_refused(secret, header, body, code):
    header = signature([SECRET], now(), BODY) if header is None else header
    with pytest.raises(ApiError, match=code):
        verify_webhook(secret, header, body)


def test_an_old_one_is_taken_by_who_allows_it():
    assert verify_webhook(SECRET, signature([SECRET], now() - 900, BODY), BODY, tolerance=1000)
