"""Scans and photos: what is read, what is refused, and where each word stands."""

from __future__ import annotations

import io
import struct
import zlib
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from auditor.audit import Auditor
from auditor.documents import tesseract
from auditor.documents.interface import Block, Document, Unreadable, Word
from auditor.documents.limits import Limits
from auditor.documents.load import read_document, readers_with
from auditor.documents.numerals import chapters_in_order
from auditor.documents.pictures import pictures
from auditor.documents.sniff import form_of
from auditor.errors import DocumentError
from tests.documents import scans
from tests.documents.killed import killed_once
from tests.documents.scans import CLAUSE, LINES

pytestmark = pytest.mark.skipif(scans.font_path() is None, reason="no DejaVu font to draw Vietnamese letters with")
PARAGRAPHS = [LINES[0], f"{LINES[1]} {LINES[2]}", *LINES[3:]]


def read(data: bytes, name: str = "a.png") -> Document:
    found = read_document(data, name)
    assert isinstance(found, Document), found
    return found


def refused(data: bytes, name: str = "a.png", limits: Limits | None = None) -> str:
    found = read_document(data, name, limits=limits or Limits())
    assert isinstance(found, Unreadable), found.text
    return found.code


def paragraphs(found: Document) -> list[str]:
    return [placed.block.text for placed in found.blocks]


def pdf_of(*pages: Image.Image | tuple[str, ...]) -> bytes:
    """Make a PDF of pictures and of pages with text."""
    pdfmetrics.registerFont(TTFont("Vietnamese", str(scans.font_path())))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842), invariant=1)
    for page in pages:
        if isinstance(page, Image.Image):
            canvas.drawImage(ImageReader(page), 0, 0, 595, 842)
        else:
            canvas.setFont("Vietnamese", 12)
            for at, line in enumerate(page):
                canvas.drawString(70, 780 - 20 * at, line)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def hollow_png(wide: int, high: int) -> bytes:
    """Make a PNG that declares a size and holds next to nothing."""
    head = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b""))
    chunks = (struct.pack(">I", len(b)) + n + b + struct.pack(">I", zlib.crc32(n + b)) for n, b in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def test_a_skewed_scan_with_a_seal_is_read_and_its_words_have_places() -> None:
    image = scans.sealed(scans.page(), 700, 800).rotate(2.5, Image.Resampling.BICUBIC, fillcolor="white")
    found = read(scans.saved(image, "PNG"))
    assert paragraphs(found) == PARAGRAPHS
    assert found.source.form == "png" and found.source.ocr
    assert found.source.ocr_confidence is not None and 0.8 < found.source.ocr_confidence <= 1
    for placed in found.blocks:
        for word in placed.block.words:
            at = placed.start + word.start
            assert found.text[at : at + len(word.text)] == word.text
            left, top, right, bottom = word.box
            assert 0 <= left < right <= 1 and 0 <= top < bottom < 0.4
        assert all(one.start < two.start for one, two in pairwise(placed.block.words))


def test_a_page_in_blue_ink_on_its_head_is_turned_and_its_boxes_stay_on_the_page_as_it_came() -> None:
    image = scans.noisy(scans.page(ink=(25, 35, 150)), 6, 0.5).rotate(180)
    found = read(scans.saved(image, "JPEG"), "a.jpg")
    assert paragraphs(found) == PARAGRAPHS
    assert all(word.box[1] > 0.6 for placed in found.blocks for word in placed.block.words)


def test_a_fax_lying_on_its_side_is_read() -> None:
    found = read(scans.saved(scans.faxed(scans.page(LINES[3:])).transpose(Image.Transpose.ROTATE_90), "TIFF"), "a.tif")
    assert CLAUSE in found.text


def test_a_photo_on_a_table_in_half_shadow_is_read() -> None:
    assert paragraphs(read(scans.saved(scans.photographed(scans.page()), "JPEG"), "a.jpg")) == PARAGRAPHS


def test_heic_and_the_other_forms_are_decoded_upright() -> None:
    image = Image.new("RGB", (60, 40), "white")
    image.paste("black", (0, 0, 60, 10))
    sideways = Image.Exif()
    sideways[274] = 6
    for form, name in {"HEIF": "heic", "WEBP": "webp", "BMP": "bmp", "GIF": "gif", "PNG": "png"}.items():
        data = scans.saved(image, form)
        assert form_of(data, "x") == name
        ((count, picture),) = pictures(data, name, Limits())
        assert count == 1 and picture.shape[:2] == (40, 60) and picture[5].mean() < 40 < 200 < picture[30].mean()
    stream = io.BytesIO()
    image.save(stream, "JPEG", exif=sideways)
    ((_, picture),) = pictures(stream.getvalue(), "jpeg", Limits())
    assert picture.shape[:2] == (60, 40) and picture[:, 35].mean() < 40


def test_a_tiff_of_pages_names_the_blank_and_the_poor_ones() -> None:
    lines = LINES[:3]
    good = scans.page(lines)
    poor = scans.noisy(good, 20, 2.5)
    blank = scans.noisy(Image.new("RGB", good.size, (240, 240, 235)), 6)
    told: list[tuple[str, int, int]] = []
    found = read_document(
        scans.saved(good, "TIFF", blank, poor, good), "a.tiff", readers=readers_with(lambda *one: told.append(one))
    )
    assert isinstance(found, Document)
    assert {code: message.split("(")[0].split("chụp")[0].strip() for code, message in found.warnings} == {
        "GA231": "Không đọc được chữ ở trang 2",
        "GA254": "Trang 3",
    }
    assert [placed.block.page for placed in found.blocks] == [1, 1, 4, 4]
    assert told == [("a.tiff", done, 4) for done in (1, 2, 3, 4)]


def test_pages_of_a_mixed_pdf_come_in_order_and_a_finding_knows_its_region() -> None:
    data = pdf_of(("Điều 4. Quy định chung của bản", "1. Mọi hộ trong bản đều thực hiện."), scans.page(), LINES[4:])
    found = read(data, "a.pdf")
    assert paragraphs(found)[2:-2] == PARAGRAPHS
    assert [bool(placed.block.words) for placed in found.blocks] == [False] * 2 + [True] * len(PARAGRAPHS) + [False] * 2
    record = Auditor().audit(found)
    (finding,) = [one for one in record.findings if one.severity == "S4"]
    assert finding.quote in CLAUSE and finding.ocr_confidence is not None and finding.ocr_confidence > 0.8
    assert finding.region is not None and finding.region.page == 2 == finding.locator.page
    assert 0.1 < finding.region.left < 0.2 < 0.7 < finding.region.right < 1.0
    assert 0.15 < finding.region.top < finding.region.bottom < 0.25
    assert record.source.ocr and record.source.ocr_confidence is not None


def test_a_chapter_whose_number_is_garbled_follows_the_one_before() -> None:
    word = Word("HI", 1, (0.4, 0.1, 0.5, 0.2), 0.3, 7)
    blocks = (Block("CHƯƠNG I"), Block("CHƯƠNG HI", words=(word,)), Block("CHƯƠNG IHI. Đất", words=(word,)))
    mended = chapters_in_order(blocks)
    assert [block.text for block in mended] == ["CHƯƠNG I", "CHƯƠNG II", "CHƯƠNG III. Đất"]
    assert mended[1].words == (replace(word, text="II"),)
    assert chapters_in_order([Block("CHƯƠNG HI")])[0].text == "CHƯƠNG HI"


def test_a_blank_scan_and_a_poor_one_are_unreadable() -> None:
    dusty = scans.faxed(Image.new("RGB", (1240, 1754), "white"))
    assert refused(pdf_of(dusty), "a.pdf") == "GA211"
    assert refused(scans.saved(scans.noisy(scans.page(LINES[:2]), 20, 2.5), "PNG")) == "GA252"


def test_too_many_pixels_are_refused_by_the_declared_size() -> None:
    assert refused(hollow_png(30_000, 30_000)) == "GA253"
    assert refused(scans.saved(scans.page(dpi=50), "PNG"), limits=Limits(pixels=1000)) == "GA253"


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "HEIF"])
def test_a_picture_cut_short_is_damaged(form: str) -> None:
    assert refused(scans.saved(scans.page(dpi=50), form)[:400]) == "GA204"


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "HEIF"])
def test_no_damaged_byte_of_its_head_makes_a_picture_raise(form: str) -> None:
    whole = scans.saved(Image.new("L", (64, 64), 200), form)
    for at in range(min(len(whole), 500)):
        data = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
        with suppress(DocumentError):
            list(pictures(data, {"HEIF": "heic"}.get(form, form.lower()), Limits(pixels=10_000)))


def test_a_page_that_takes_too_long_is_ended() -> None:
    assert refused(scans.saved(scans.page(), "PNG"), limits=Limits(scan_seconds=0)) == "GA209"


def test_a_page_whose_recognition_is_killed_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = killed_once(tmp_path, "tesseract")
    monkeypatch.setattr(tesseract.shutil, "which", lambda _: program)
    assert CLAUSE.split()[0] in read(scans.saved(scans.page(), "PNG")).text
    assert (tmp_path / "killed").exists()


def test_without_tesseract_the_answer_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract.shutil, "which", lambda _: None)
    found = read_document(scans.saved(scans.page(), "PNG"), "a.png")
    assert isinstance(found, Unreadable) and found.code == "GA251" and "tesseract-ocr-vie" in found.message
    assert refused(pdf_of(scans.page()), "a.pdf") == "GA251"
    mixed = read(pdf_of(LINES, scans.page()), "a.pdf")
    assert [code for code, _ in mixed.warnings] == ["GA231", "GA251"]
