"""Pictures of pages, for people who compare what was read with what stands on paper.

Pages of a PDF are drawn, pictures that browsers show are kept as they came, and others (HEIC, TIFF, BMP) are turned
into JPEG. A page that cannot be drawn is left out: the text was read all the same.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import pypdfium2
from PIL import Image

from auditor.documents.limits import Limits
from auditor.documents.pictures import pictures
from auditor.errors import DocumentError

LONGEST = 1600
"""Pixels of the longer side: letters of 12 points stay readable at twice the size."""
QUALITY = 72
MOST_PAGES = 300
SHOWN = {"jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp"}
"""Forms every browser shows, with their media types."""


def page_images(data: bytes, form: str, limits: Limits) -> Iterator[tuple[int, bytes, str]]:
    """Yield the pages of a PDF or picture; nothing for other forms.

    Args:
        form: as ``sniff.form_of`` gives it.

    Returns:
        The number of a page counted from 1, the bytes of its picture, and their media type.
    """
    if form == "pdf":
        yield from _drawn(data)
    elif form in SHOWN:
        yield 1, data, SHOWN[form]
    elif form in {"heic", "tiff", "bmp"}:
        try:
            for number, (_, picture) in enumerate(pictures(data, form, limits), 1):
                if number > MOST_PAGES:
                    return
                yield number, _jpeg(Image.fromarray(picture)), "image/jpeg"
        except DocumentError:
            return


def _drawn(data: bytes) -> Iterator[tuple[int, bytes, str]]:
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return
    try:
        for number in range(1, min(len(pdf), MOST_PAGES) + 1):
            try:
                page = pdf[number - 1]
                scale = LONGEST / max(page.get_width(), page.get_height(), 1.0)
                image = page.render(scale=min(scale, 4.0)).to_pil()
                page.close()
            except (pypdfium2.PdfiumError, ValueError, MemoryError):
                continue
            yield number, _jpeg(image), "image/jpeg"
    finally:
        pdf.close()


def _jpeg(image: Image.Image) -> bytes:
    image = image.convert("L" if image.mode == "L" else "RGB")
    image.thumbnail((LONGEST, LONGEST))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
