"""Electronic books and csv files."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.documents import csvfile, epub
from auditor.documents.interface import Document
from auditor.documents.limits import DEFAULT_LIMITS, Limits
from auditor.documents.load import read_document
from auditor.errors import DocumentError
from tests.documents.files import CLAUSE, REGULATION, packed

CONTAINER = (
    b'<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    b'<rootfile full-path="O/b.opf"/></rootfiles></container>'
)
OPF = (
    '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
    '<dc:title>Quy ước</dc:title></metadata><manifest><item id="a" href="a.xhtml"/><item id="n" properties="nav" '
    'href="n.xhtml"/><item id="b" href="th%C6%B0/b.xhtml"/></manifest><spine><itemref idref="b"/><itemref idref="n"/>'
    '<itemref idref="a"/><itemref idref="x"/></spine></package>'
)
PAGE = '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x "y">]><html xmlns="http://www.w3.org/1999/xhtml"><body>{}</body></html>'
TABLE = "<table><tr><td>a</td><td>b</td></tr></table>"


def book(**more: bytes) -> bytes:
    first, second = REGULATION.split("\n\n", 1)
    body = "".join(f"<p>{one}</p>" for one in second.split("\n\n"))
    parts = {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "O/b.opf": OPF.encode(),
        "O/a.xhtml": PAGE.format(body + TABLE).encode(),
        "O/thư/b.xhtml": PAGE.format(f"<aside><p>{first}</p></aside>{TABLE}").encode(),
        "O/n.xhtml": PAGE.format("<nav>Mục lục</nav>").encode(),
    }
    return packed(parts | more)


def test_a_book_is_read_in_its_order() -> None:
    found = read_document(book(), "a.epub")
    assert isinstance(found, Document)
    first, second = REGULATION.split("\n\n", 1)
    assert found.text == f"{first}\n\na | b\n\n{second}\n\na | b"
    assert (found.source.form, found.title) == ("epub", "Quy ước")
    assert [block.block.table for block in found.blocks if block.block.table is not None] == [0, 1]


@pytest.mark.parametrize(
    ("data", "limits", "code"),
    [
        (book(**{"META-INF/encryption.xml": b'<a><r URI="O/a.xhtml"/></a>'}), DEFAULT_LIMITS, "GA205"),
        (book(**{"META-INF/container.xml": b"<a/>"}), DEFAULT_LIMITS, "GA204"),
        (
            book(**{"O/b.opf": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'}),
            DEFAULT_LIMITS,
            "GA217",
        ),
        (book(), Limits(pages=1), "GA208"),
        (book(), Limits(seconds=0), "GA209"),
        (book(), Limits(expanded=100), "GA207"),
    ],
)
def test_bad_books_say_why(data: bytes, limits: Limits, code: str) -> None:
    with pytest.raises(DocumentError, match=code):
        epub.read(data, "a.epub", limits)


def test_scrambled_fonts_lock_nothing() -> None:
    assert epub.read(book(**{"META-INF/encryption.xml": b'<a><r URI="O/a.ttf"/></a>'}), "a", DEFAULT_LIMITS).blocks


def test_rows_of_a_csv_keep_quoted_commas_and_line_breaks() -> None:
    text = f'\ufeffmã,thôn,nội dung\n1,"=HYPERLINK(""x"")","{CLAUSE}"\n2,"Bản ""A"", B\nC",Giữ rừng\n'
    found = read_document(text.encode(), "a.csv")
    assert isinstance(found, Document)
    assert [block.block.text for block in found.blocks] == [
        "mã | thôn | nội dung",
        f'1 | =HYPERLINK("x") | {CLAUSE}',
        '2 | Bản "A", B\nC | Giữ rừng',
    ]
    assert found.source.form == "csv"


def test_a_semicolon_may_part_cells_and_rows_are_counted() -> None:
    assert csvfile.read(b"a;b\n1;2", "a.csv", DEFAULT_LIMITS).blocks[1].text == "1 | 2"
    with pytest.raises(DocumentError, match="GA215"):
        csvfile.read(b"a\n" * 9, "a.csv", Limits(members=5))


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=200), st.binary(max_size=60))
def test_nothing_makes_them_raise(text: str, data: bytes) -> None:
    for content in (text.encode(), data):
        try:
            csvfile.read(content, "a.csv", DEFAULT_LIMITS)
            epub.read(book(**{"O/a.xhtml": content}), "a.epub", DEFAULT_LIMITS)
        except DocumentError as error:
            assert error.code.startswith("GA2")
