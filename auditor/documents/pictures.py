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
_BROKEN = (OSError, ValueError, SyntaxError, LookupError, TypeError, RuntimeError, MemoryError, AttributeError)


def pictures(data: bytes, form: str, limits: Limits) -> Iterator[tuple[int, Picture]]:
    """Decode the pages of a picture file one by one; of moving pictures and bursts only the first picture.

    Args:
        form: as ``sniff.form_of`` gives it.

    Returns:
        How many pages there are, and one page, grey or colour.

    Raises:
        DocumentError: GA204 damaged, GA208 too many pages, GA253 too many pixels.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            file: Image.Image = (
                pillow_heif.HeifImageFile(io.BytesIO(data))  # type: ignore[no-untyped-call]
                if form == "heic"
                else Image.open(io.BytesIO(data), formats=_FORMATS)
            )
    except Image.DecompressionBombError as error:
        raise _too_large(limits) from error
    except _BROKEN as error:
        raise trouble(Code.DAMAGED, detail=form) from error
    with file:
        count = int(getattr(file, "n_frames", 1)) if form == "tiff" else 1
        if count > limits.pages:
            raise trouble(Code.TOO_MANY_PAGES, pages=count, limit=limits.pages)
        for number in range(count):
            yield count, _frame(file, number, form, limits)


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
    if image.has_transparency_data:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image).convert("RGB")
    if image.mode not in {"L", "RGB"}:
        image = image.convert("L" if image.mode == "1" else "RGB")
    if min(image.size) > 2 * ENOUGH:
        image = image.reduce(min(image.size) // ENOUGH)
    return np.asarray(image, np.uint8)


def _too_large(limits: Limits) -> DocumentError:
    return trouble(Code.TOO_MANY_PIXELS, limit=round(limits.pixels / 1e6))
