from __future__ import annotations

import gzip
import io
from random import Random

import pytest

from auditor.documents.interface import File, Raw
from auditor.documents.limits import DEFAULT_LIMITS, Limits
from auditor.documents.warc import pages
from auditor.errors import DocumentError
from tests.archive.stock import page, warc
from tests.drills.damage import damaged

HTML = "text/html; charset=utf-8"
PAGES = [(f"https://bao.vn/{number}", 200, HTML, page(number)) for number in range(3)]


def read(data: bytes, limits: Limits = DEFAULT_LIMITS) -> tuple[list[Raw], str]:
    found: list[Raw] = []
    try:
        found.extend(pages(io.BytesIO(data), "kho.warc", limits))
    except DocumentError as error:
        return found, error.code
    return found, "whole"


def encoded(headers: str, body: bytes) -> bytes:
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{headers}\r\n\r\n".encode() + body
    return (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://bao.vn/0\r\nWARC-Date: 2026-05-02T00:00:00Z\r\n"
        b"WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\n"
        + f"Content-Length: {len(answer)}\r\n\r\n".encode() + answer + b"\r\n\r\n"
    )  # fmt: skip


def chunked(body: bytes) -> bytes:
    return f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n"


@pytest.mark.parametrize("form", ["plain", "packed by record", "packed whole"])
def test_a_web_archive_that_is_cut_off_says_so_and_no_page_comes_out_cut(form: str) -> None:
    whole = warc(PAGES, packed=form == "packed by record")
    whole = gzip.compress(whole) if form == "packed whole" else whole
    starts = [len(warc(PAGES[:count], packed=form == "packed by record")) for count in range(4)]
    for size in {*range(2, len(whole), 29), *(one for one in starts[1:] if one < len(whole)), len(whole)}:
        found, end = read(whole[:size])
        if form != "packed whole":  # there pages are lost with the block of the packing that was cut
            assert len(found) >= max(number for number in range(4) if starts[number] <= size)
        assert all(isinstance(one, File) and one.data == page(int(one.name[-1])) for one in found)
        assert (end == "whole") == (size == len(whole) or (size in starts and form != "packed whole"))


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ("Content-Encoding: gzip", gzip.compress(page(0))),
        ("Transfer-Encoding: chunked", chunked(page(0))),
        ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip", chunked(gzip.compress(page(0)))),
    ],
)
def test_pages_are_decoded_as_the_server_encoded_them(headers: str, body: bytes) -> None:
    assert read(encoded(headers, body)) == ([File("kho.warc!https://bao.vn/0", page(0))], "whole")


def test_a_page_too_large_costs_itself_alone() -> None:
    big = ("https://bao.vn/9", 200, HTML, b"x" * 5000)
    found, end = read(warc([PAGES[0], big, PAGES[1]]), Limits(bytes=4000))
    assert [getattr(one, "code", "read") for one in found] == ["read", "GA206", "read"]
    assert end == "whole"


def test_damage_ends_in_a_code_whatever_the_library_does() -> None:
    for number in range(300):
        _, end = read(damaged(warc(PAGES, packed=number % 2 == 0), Random(number)))
        assert end in {"whole", "GA204"}
