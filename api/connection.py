"""A connection of the server: what is no HTTP is refused in our words, and nobody holds one open by saying nothing."""

from __future__ import annotations

import asyncio
import json
import socket

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from api.checks.problems import MEDIA, Problem

SECONDS = 20.0
"""Seconds in which the head of a request must have arrived, from its first byte or from the start of the connection."""
_REFUSED = Problem(
    type="urn:auditor:GA402", title="Yêu cầu không đúng giao thức HTTP nên không đọc được.", status=400, code="GA402"
)


class Connection(H11Protocol):
    """Uvicorn's connection with a limit of time for the head of a request."""

    _head_by: float | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Begin to wait for a request."""
        super().connection_made(transport)
        # asyncio does so only for sockets that say they are TCP, which those accepted from an open port do not. Without
        # it the body of an answer waits some 40 ms for the other side to acknowledge its head.
        connected = transport.get_extra_info("socket")
        if connected is not None and connected.family in {socket.AF_INET, socket.AF_INET6}:
            connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take what arrived; where the head of a request is still not whole, wait no longer than for all of it."""
        super().data_received(data)
        if self.conn.their_state is h11.IDLE and not self.transport.is_closing():
            self._wait()
        else:
            self._head_by = None

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP."""
        body = json.dumps(_REFUSED.model_dump(), ensure_ascii=False).encode()
        length = str(len(body)).encode()
        headers = [(b"content-type", MEDIA.encode()), (b"content-length", length), (b"connection", b"close")]
        for event in (h11.Response(status_code=400, headers=headers), h11.Data(data=body), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def _wait(self) -> None:
        now = self.loop.time()
        self._head_by = self._head_by or now + SECONDS
        self._unset_keepalive_if_required()
        self.timeout_keep_alive_task = self.loop.call_at(max(now, self._head_by), self.timeout_keep_alive_handler)
