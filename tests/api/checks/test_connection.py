"""Connections on which no good HTTP comes: refused or cut off, and the server goes on."""

from __future__ import annotations

import socket
import time
from urllib.parse import urlsplit

import pytest

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


class Line:
    """A connection on which anything can be said."""

    def __init__(self, address: str) -> None:
        found = urlsplit(address)
        self._socket = socket.create_connection((found.hostname, found.port), timeout=20)

    def say(self, words: bytes) -> Line:
        self._socket.sendall(words)
        return self

    def hang_up(self) -> Line:
        self._socket.shutdown(socket.SHUT_WR)
        return self

    def hear(self) -> bytes:
        """Return all that is said until the server hangs up."""
        heard = bytearray()
        try:
            while part := self._socket.recv(65_536):
                heard += part
        except ConnectionResetError:
            pass
        finally:
            self._socket.close()
        return bytes(heard)


def _head(path: str, key: str, *more: str) -> bytes:
    lines = [f"POST {path} HTTP/1.1", "Host: a", f"Authorization: Bearer {key}", "Connection: close", *more]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


@pytest.fixture
def line(live):
    """Return a way to open connections; whatever was said on them, the server still answers afterwards."""
    yield lambda: Line(live)
    assert b'"status":"ok"' in Line(live).say(b"GET /v1/health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").hear()


@pytest.mark.parametrize(
    "said",
    [
        b"\x00\xff\xfe\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"POST /v1/checks\r\n\r\n",
        b"POST /v1/checks HTTP/1.1\r\n\r\n",
        b"POST /v1/checks HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        b"POST /v1/checks HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na",
        b"POST /v1/checks HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"POST /v1/checks HTTP/1.1\r\nHost: a\r\nBad Header\x00: 1\r\n\r\n",
        b"POST /v1/checks HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 200_000 + b"\r\n\r\n",
        b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
    ],
)
def test_what_is_no_http_is_refused_in_our_words(line, said):
    heard = line().say(said).hear()
    assert heard.startswith(b"HTTP/1.1 400 ")
    assert b"application/problem+json" in heard
    assert b"GA402" in heard


@pytest.mark.parametrize("path", ["/v1/checks", "/v2/check"])
@pytest.mark.parametrize("chunk", [b"-1\r\na\r\n0\r\n\r\n", b"zz\r\na\r\n", b"5\r\nab\r\n0\r\n\r\n"])
def test_broken_chunks_never_hang(line, key, path, chunk):
    heard = line().say(_head(path, key, "Transfer-Encoding: chunked", f"Content-Type: {JSON}") + chunk).hear()
    assert not heard or heard.startswith(b"HTTP/1.1 4")


def test_chunks_without_a_length_are_read(line, key):
    head = _head("/v1/checks", key, "Transfer-Encoding: chunked", f"Content-Type: {JSON}")
    assert line().say(head + b'd\r\n{"body": "a"}\r\n0\r\n\r\n').hear().startswith(b"HTTP/1.1 200 ")


def test_endless_chunks_are_cut_off(line, key):
    said = line().say(_head("/v1/checks", key, "Transfer-Encoding: chunked", f"Content-Type: {JSON}"))
    try:
        for _ in range(200):
            said.say(b"10000\r\n" + b"a" * 65_536 + b"\r\n")
    except ConnectionError:
        pass
    heard = said.hear()
    assert not heard or heard.startswith(b"HTTP/1.1 413 ")


def test_whoever_sends_five_megabytes_hears_why_not(line, key):
    for path, kind in (("/v1/checks", JSON), ("/v2/check", FORM)):
        length = 5 * 2**20
        said = line().say(_head(path, key, f"Content-Length: {length}", f"Content-Type: {kind}") + b"a" * length)
        heard = said.hear()
        assert heard.startswith(b"HTTP/1.1 413 ")
        assert b"GA413" in heard


@pytest.mark.parametrize("path", ["/v1/checks", "/v2/check"])
def test_a_body_that_ends_too_early_does_not_hang(line, key, path):
    head = _head(path, key, "Content-Length: 1000", f"Content-Type: {JSON}")
    assert line().say(head + b'{"body": ').hang_up().hear()[:13] in {b"", b"HTTP/1.1 400 "}


@pytest.mark.parametrize("path", ["/v1/checks", "/v2/check"])
def test_a_body_that_comes_too_slowly_is_refused(line, key, path, monkeypatch):
    monkeypatch.setattr("api.checks.reading.SECONDS", 0.5)
    head = _head(path, key, "Content-Length: 1000", f"Content-Type: {JSON}")
    heard = line().say(head + b"{").hear()
    assert heard.startswith(b"HTTP/1.1 408 ")
    assert b"GA455" in heard


@pytest.mark.parametrize("said", [b"", b"P", b"POST /v1/checks HTTP/1.1\r\nHost"])
def test_a_head_that_never_ends_is_not_waited_for(live, line, said, monkeypatch):
    monkeypatch.setattr("api.connection.SECONDS", 0.5)
    started = time.monotonic()
    line().say(said).hear()
    assert time.monotonic() - started < 10


def test_a_head_that_trickles_in_is_not_waited_for(line, monkeypatch):
    monkeypatch.setattr("api.connection.SECONDS", 0.5)
    said = line().say(b"GET /v1/health HTTP/1.1\r\n")
    started = time.monotonic()
    try:
        while time.monotonic() - started < 10:
            said.say(b"X")
            time.sleep(0.05)
    except ConnectionError:
        pass
    said.hear()
    assert time.monotonic() - started < 10


def test_requests_one_after_another_on_one_connection_are_answered(line, key, monkeypatch):
    monkeypatch.setattr("api.connection.SECONDS", 5.0)
    one = b"GET /v1/health HTTP/1.1\r\nHost: a\r\n\r\n"
    heard = line().say(one * 3 + one.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")).hear()
    assert heard.count(b"HTTP/1.1 200 ") == 4
