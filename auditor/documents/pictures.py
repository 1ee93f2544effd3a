"""Photos and scans as files: each frame decoded within the limits, upright as the camera says.

Pillow decodes all but HEIC (libheif through pillow-heif); both tell the size before decoding.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

import numpy as np
import pillow_heif
from PIL import Image, ImageOps

from auditor.documents.codes import Code, trouble
from auditor.documents.limits import Limits
from auditor.documents.straighten import Picture
from auditor.errors import DocumentError

ENOUGH = 2600
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP")
_BROKEN = (
    OSError, ValueError, SyntaxError, LookupError, TypeError, RuntimeError, MemoryError, AttributeError, EOFError,
)  # fmt: skip


def pictures(data: bytes, form: str, limits: Limits) -> Iterator[tuple[int, Picture]]:
    """Decode the pages of a picture file one by one; of moving pictures and bursts only the first picture.

    Args:
        form: as ``sniff.form_of`` gives it.

    Returns:
        How many pages there are, and one page, grey or colour.

    Raises:
        DocumentError: GA204 damaged, GA208 too many pages, GA253 too many pixels.
    """
    file, count = _opened(data, form, limits)
    with file:
        if count > limits.pages:
            raise trouble(Code.TOO_MANY_PAGES, pages=count, limit=limits.pages)
        for number in range(count):
            yield count, _frame(file, number, form, limits)


def _opened(data: bytes, form: str, limits: Limits) -> tuple[Image.Image, int]:
    """Open a picture file without decoding it, and count its pages."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if form == "heic":
                return pillow_heif.HeifImageFile(io.BytesIO(data)), 1  # type: ignore[no-untyped-call]
            file = Image.open(io.BytesIO(data), formats=_FORMATS)
            return file, int(getattr(file, "n_frames", 1)) if form == "tiff" else 1
    except Image.DecompressionBombError as error:
        raise _too_large(limits) from error
    except _BROKEN as error:
        raise trouble(Code.DAMAGED, detail=form) from error


def _frame(file: Image.Image, number: int, form: str, limits: Limits) -> Picture:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if number:
                file.seek(number)
            if file.width * file.height > limits.pixels:
                raise _too_large(limits)
            file.draft(None, (ENOUGH, ENOUGH))
            return _plain(file)
    except Image.DecompressionBombError as error:
        raise _too_large(limits) from error
    except _BROKEN as error:
        raise trouble(Code.DAMAGED, detail=form) from error


def _plain(file: Image.Image) -> Picture:
    """Return grey or colour bytes: upright, on white where the picture is clear, 16 bits made 8."""
    file.load()
    ImageOps.exif_transpose(file, in_place=True)
    image = file
    if image.mode.startswith(("I", "F")):
        deep = np.asarray(image, np.float32)
        return np.asarray(deep * (255 / max(float(deep.max()), 1.0)), np.uint8)
    clear = image.has_transparency_data
    if image.mode not in {"L", "RGB", "RGBA"}:
        image = image.convert("RGBA" if clear else "L" if image.mode == "1" else "RGB")
    if min(image.size) > 1.5 * ENOUGH:
        image = image.reduce(round(min(image.size) / ENOUGH))
    if clear:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
    return np.asarray(image, np.uint8)


def _too_large(limits: Limits) -> DocumentError:
    return trouble(Code.TOO_MANY_PIXELS, limit=round(limits.pixels / 1e6))
