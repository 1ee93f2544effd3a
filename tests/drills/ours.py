"""Our server as the drill of a client needs it: an outlet, its key, a stop and a start; and stand-ins for it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx2 as httpx
import uvicorn

from api.app import create_app
from api.checks.service import Service
from auditor.checks.pool import ProcessPool
from auditor.store import Store, approvals, keys, users

PATIENCE = 120.0
PASSWORD = "mot mat khau du dai"


class Ours:
    """Our server, to be stopped and started again at the same address."""

    def __init__(self, folder: Path) -> None:
        self.store = Store(folder / "desk.db")
        with self.store.change() as change:
            outlet = change.insert("outlets", {"name": "Báo thử", "kind": "press", "policy": {"block": "S4"}})
            self.key = keys.add(change, outlet, "WordPress")[1]
            self._lawyer = users.add(change, "phap-che", "Pháp chế", "reviewer", PASSWORD, must_change=False).id
        self.port = 0
        self.service = Service(self.store, ProcessPool(1))
        self._server: uvicorn.Server | None = None

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        app = create_app(self.store, self.service)
        config = uvicorn.Config(app, port=self.port, log_level="error", lifespan="off", ws="none")
        self._server = server = uvicorn.Server(config)
        threading.Thread(target=server.run, daemon=True).start()
        until = time.monotonic() + PATIENCE
        while not server.started:
            assert time.monotonic() < until
            time.sleep(0.05)
        self.port = server.servers[0].sockets[0].getsockname()[1]

    def stop(self) -> None:
        """Stop it; whoever asks finds nobody."""
        assert self._server is not None
        self._server.should_exit = True
        until = time.monotonic() + PATIENCE
        while self._server.servers[0].is_serving() and time.monotonic() < until:
            time.sleep(0.05)

    def check(self, article: dict[str, str]) -> dict[str, Any]:
        """Check an article as any client does, waiting while the first is slow."""
        sent = {"title": article["title"], "body": article["content"], "format": "html", "budget_ms": 10_000}
        until = time.monotonic() + PATIENCE
        while True:
            headers = {"Authorization": f"Bearer {self.key}"}
            answer = httpx.post(f"{self.address}/v1/checks", json=sent, headers=headers, timeout=60).json()
            if not answer.get("incomplete") or time.monotonic() > until:
                found: dict[str, Any] = answer
                return found

    def approve(self, rule: str) -> None:
        """Approve a rule, so that it can hold an article."""
        read = approvals.fingerprint(approvals.shipped().rules[rule])
        with self.store.change(self._lawyer) as change:
            approvals.approve(change, "rule", rule, read, True, "Đã đọc để thử.")


@contextmanager
def stand_in(status: int, body: str, **headers: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the address of a server that always answers the same, and the keys it was told."""
    told: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.append(self.headers.get("Authorization", ""))
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            self.wfile.write(body.encode())

        do_GET = do_POST

        def log_message(self, format: str, *args: Any) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", told
    finally:
        server.shutdown()
        server.server_close()
