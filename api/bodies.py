"""How much one request may carry, seen while it arrives: what is too much is never kept, on disk or in memory."""

from __future__ import annotations

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.pages import number, render
from auditor.documents.limits import DEFAULT_LIMITS
from auditor.errors import ApiError

LARGEST = DEFAULT_LIMITS.bytes
"""Bytes of one file."""
MOST = 5 * LARGEST
"""Bytes of one request that hands in texts, all its files together."""
BY_KEY = ("/v1/", "/v2/")
"""Where programs come with a key instead of a session; what is there sets limits of its own."""
_FRAME = 2**20
"""Bytes a form may have beside its files."""


SPLIT = "Xin tách thành các tệp nhỏ hơn, hoặc quét lại ở 200–300 dpi."


def too_large(name: str, limit: int = LARGEST, way: str = SPLIT) -> ApiError:
    """Return the error of a file, or of all files of a request, that is too large; ``way`` says what to do."""
    return too_long(f"{name} lớn hơn mức cho phép {number(limit / 2**20)} MB", way)


def too_long(what: str, way: str) -> ApiError:
    """Return the error of whatever is more than can be taken in at once."""
    return ApiError("GA413", f"{what} nên chưa được nhận. {way}")


class BodyLimit:
    """Refuses requests that are too large.

    A body that says beforehand that it is too large is read to its end without being kept, as browsers show an answer
    only once they have sent everything; one that turns out to be too large is cut off.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, counting its bytes."""
        if scope["type"] != "http" or scope["path"].startswith(BY_KEY):
            await self._app(scope, receive, send)
            return
        limit = _FRAME + (MOST if scope["path"] == "/tai-len" else LARGEST)
        said = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
        if int(said) > limit if said.isdigit() else True:
            await _drain(receive, 4 * limit)
            error = too_large("Các tệp gửi cùng lúc", limit - _FRAME)
            answer = render(Request(scope), "error.html", status=413, code=error.code, message=error.message)
            await answer(scope, receive, send)
            return
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > limit:
                raise too_large("Các tệp gửi cùng lúc", limit - _FRAME)
            return message

        await self._app(scope, counted, send)


async def _drain(receive: Receive, most: int) -> None:
    read = 0
    while read < most:
        message = await receive()
        read += len(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body", False):
            return
