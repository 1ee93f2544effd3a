"""What the clients are tried against: the application over HTTP, as the tests of the API have it."""

from __future__ import annotations

from tests.api.checks.conftest import key, live, service

__all__ = ["key", "live", "service"]
