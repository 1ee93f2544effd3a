"""The component in a page of another origin, as the CMS of a newsroom embeds it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import uvicorn

from api.app import create_app
from api.checks.service import Service
from auditor.store import Store, keys
from tests.api.checks.conftest import ThreadPool
from tests.api.desk import staffed

PAGE = """<!doctype html><html lang="vi"><title>CMS</title>
<script src="{server}/clients/gender-check.js"></script>
<textarea id="body">Phụ nữ chân yếu tay mềm thì không làm lãnh đạo được.</textarea>
<gender-check for="body" delay="1" endpoint="{server}/v1/checks" key="{key}"></gender-check></html>"""


class Cms(BaseHTTPRequestHandler):
    """A CMS with one page."""

    page = ""

    def do_GET(self) -> None:
        body = self.page.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *words: object) -> None:
        return


@pytest.fixture(params=[True, False], ids=["named", "not named"])
def embedded(request, tmp_path) -> Iterator[tuple[str, bool]]:
    """Return the address of a page that embeds the component, and whether the server was told of its origin."""
    store: Store = staffed(tmp_path / "desk.db")
    with store.change() as change:
        _, secret = keys.add(change, 1, "CMS")
    service = Service(store, ThreadPool())
    cms = ThreadingHTTPServer(("127.0.0.1", 0), type("Page", (Cms,), {}))
    origin = f"http://127.0.0.1:{cms.server_address[1]}"
    app = create_app(store, service, [origin] if request.param else [])
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off", ws="none"))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        cms.RequestHandlerClass.page = PAGE.format(server=address, key=secret)
        threads = [threading.Thread(target=server.run, args=([listening],)), threading.Thread(target=cms.serve_forever)]
        for thread in threads:
            thread.start()
        yield origin, request.param
        cms.shutdown()
        cms.server_close()
        server.should_exit = True
        for thread in threads:
            thread.join()
    service.close()


def test_the_component_checks_from_a_page_whose_origin_was_named_and_from_no_other(browser, embedded):
    address, named = embedded
    page = browser.new_page()
    sent = []
    page.on("request", lambda asked: sent.append(asked) if asked.url.endswith("/v1/checks") else None)
    page.goto(address)
    if named:
        page.get_by_text("Cần xem lại").wait_for()
        assert page.evaluate("document.querySelector('gender-check').gate") == "review"
        assert "cookie" not in sent[-1].headers
    else:
        page.get_by_text("Không gọi được máy chủ soát giới").wait_for()
        assert page.evaluate("document.querySelector('gender-check').gate") == ""
    page.close()
