"""Pages of other origins that may ask version 1 of the API: only those the operator names.

A newsroom's CMS that embeds ``<gender-check>`` on its own origin has two ways. The better one needs nothing of this:
the CMS passes requests on from its server and adds the key there. The other is a page that calls this server itself,
with the key in the attribute ``key``: whoever can open that page can read the key and spend the outlet's quota with it
from anywhere, for a browser forbids other *pages* to read answers and nobody else to send requests. So that is for
pages behind the newsroom's login only, and off unless the operator names the origin. The component sends the key only
as ``Authorization`` and no cookies to other origins; answers never allow credentials, so that a session at the desk is
of no use to another site.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from urllib.parse import urlsplit

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp

from auditor.errors import ApiError

SENT = ("Authorization", "Content-Type", "Idempotency-Key")
TOLD = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "Retry-After", "Idempotent-Replayed")
REMEMBERED = 600
"""Seconds for which a browser need not ask again whether it may."""
_HOST = re.compile(r"[a-z0-9.-]+|[0-9a-f:.]+", re.ASCII)
_USUAL = {"http": 80, "https": 443}


def named(given: Iterable[str]) -> tuple[str, ...]:
    """Read origins as an operator writes them, ``https://cms.toasoan.vn``, and write them as browsers do.

    Raises:
        ApiError: GA459, one is no origin; ``*`` and ``null`` would be everybody.
    """
    return tuple(dict.fromkeys(map(_origin, given)))


def _origin(word: str) -> str:
    try:
        parts = urlsplit(word.strip().removesuffix("/"))
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    host = parts.hostname or ""
    bare = parts.username is None and parts.geturl() == f"{parts.scheme}://{parts.netloc}"
    if parts.scheme not in _USUAL or not _HOST.fullmatch(host) or not bare:
        raise ApiError(
            "GA459",
            f"“{word}” không phải địa chỉ gốc của một trang. Xin ghi như https://cms.toasoan.vn, không có đường dẫn.",
        )
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + (f":{port}" if port not in {None, _USUAL[parts.scheme]} else "")


def opened(app: ASGIApp, origins: Collection[str], *methods: str) -> ASGIApp:
    """Return an application that pages of these origins may ask, without cookies; the application itself for none."""
    if not origins:
        return app
    return CORSMiddleware(
        app, allow_origins=origins, allow_methods=methods, allow_headers=SENT, expose_headers=TOLD,
        allow_credentials=False, max_age=REMEMBERED,
    )  # fmt: skip
