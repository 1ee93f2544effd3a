"""PDFs as a program with real fonts writes them: subsetted letters, one line at a time."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from auditor.documents.interface import Document, Unreadable
from auditor.documents.limits import Limits
from auditor.documents.load import read_document

FONTS = (
    Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"),
    Path("/usr/share/fonts/dejavu/DejaVuSans.ttf"),
    Path("/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf"),
    Path("/usr/share/fonts/TTF/DejaVuSans.ttf"),
)
SCAN = "<a picture>"


@pytest.fixture(scope="module")
def font() -> str:
    """Register a font that has Vietnamese letters."""
    path = next((path for path in FONTS if path.exists()), None)
    if path is None:
        pytest.skip("no DejaVuSans.ttf on this system to draw Vietnamese letters with")
    pdfmetrics.registerFont(TTFont("DejaVuSans", str(path)))
    return "DejaVuSans"


def drawn(font: str, *pages: list[str]) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1)
    for page in pages:
        canvas.setFont(font, 12)
        for at, line in enumerate(page):
            if line == SCAN:
                canvas.drawInlineImage(Image.new("L", (20, 20), 128), 70, 400, 200, 200)
            else:
                canvas.drawString(70, 780 - 20 * at, line)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def read(data: bytes) -> Document:
    found = read_document(data, "q.pdf")
    assert isinstance(found, Document), found
    return found


def refused(data: bytes, limits: Limits | None = None) -> str:
    found = read_document(data, "q.pdf", limits=limits or Limits())
    assert isinstance(found, Unreadable)
    return found.code


def paragraphs(found: Document) -> list[str]:
    return [placed.block.text for placed in found.blocks]


def test_the_letters_come_back_with_their_marks_and_pages(font: str) -> None:
    found = read(drawn(font, ["Điều 1. Chia đất", "1. Con gái không được chia đất."], ["Điều 2. Họp thôn"]))
    assert found.source.form == "pdf"
    assert paragraphs(found) == ["Điều 1. Chia đất", "1. Con gái không được chia đất.", "Điều 2. Họp thôn"]
    assert [placed.block.page for placed in found.blocks] == [1, 1, 2]
    assert all(found.text[placed.start : placed.end] == placed.block.text for placed in found.blocks)


def test_a_wrapped_line_is_joined_to_its_paragraph(font: str) -> None:
    page = ["1. Con gái đã lấy chồng thì không còn được chia đất của cha mẹ", "để lại cho các con.", "2. Ai cũng họp."]
    assert paragraphs(read(drawn(font, page))) == [f"{page[0]} {page[1]}", page[2]]


def test_headers_and_page_numbers_are_not_read(font: str) -> None:
    rows = [""] * 35
    pages = [["Quy ước thôn Đông", "", "", f"{n}. Mọi hộ trong thôn đều họp.", *rows, str(n)] for n in (1, 2, 3)]
    assert paragraphs(read(drawn(font, *pages))) == [f"{n}. Mọi hộ trong thôn đều họp." for n in (1, 2, 3)]


def test_articles_that_open_their_pages_are_no_header(font: str) -> None:
    pages = [[f"Điều {n}.", "Con gái không được chia đất của cha mẹ."] for n in (1, 2)]
    found = paragraphs(read(drawn(font, *pages)))
    assert [words[:7] for words in found if words.startswith("Điều")] == ["Điều 1.", "Điều 2."]


def test_a_scanned_page_is_named_and_a_blank_one_is_not(font: str) -> None:
    found = read(drawn(font, ["Con gái không được chia đất của cha mẹ."], [], [SCAN]))
    assert [code for code, _ in found.warnings] == ["GA231"]
    assert "trang 3 " in found.warnings[0][1]


def test_scanned_pages_alone_are_ga211(font: str) -> None:
    assert refused(drawn(font, [SCAN])) == "GA211"


def test_too_many_pages_are_ga208_and_a_file_cut_short_is_ga204(font: str) -> None:
    data = drawn(font, ["Con gái không được chia đất."], ["Mọi hộ đều phải họp."])
    assert refused(data, Limits(pages=1)) == "GA208"
    assert refused(data[:200]) == "GA204"
