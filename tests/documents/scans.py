"""Pages the tests draw for themselves, and what scanners and phones do to them."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pillow_heif
from PIL import Image, ImageDraw, ImageFilter, ImageFont

FONTS = (
    Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"),
    Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"),
    Path("/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf"),
    Path("/usr/share/fonts/TTF/DejaVuSans.ttf"),
)
CLAUSE = "2. Con gái đã lấy chồng không được chia đất của cha mẹ."
LINES = (
    "Điều 5. Chia đất đai trong gia đình",
    "1. Đất ở, đất ruộng của cha mẹ để lại do các con cùng bàn",
    "bạc với nhau, có trưởng bản làm chứng.",
    CLAUSE,
    "Điều 6. Họp bản",
    "1. Mỗi hộ cử một người từ đủ mười tám tuổi dự họp bản.",
)
INCH = 8.27


def font_path() -> Path | None:
    """Return a font that has Vietnamese letters."""
    return next((path for path in FONTS if path.exists()), None)


def page(lines: Sequence[str] = LINES, dpi: int = 150, ink: tuple[int, int, int] = (20, 20, 20)) -> Image.Image:
    """Draw an A4 page with large letters; a wrapped line is a line that opens with no mark."""
    image = Image.new("RGB", (round(INCH * dpi), round(11.69 * dpi)), "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(font_path()), 13 * dpi // 72)
    for at, line in enumerate(lines):
        draw.text((dpi, dpi + at * 24 * dpi // 72), line, font=font, fill=ink)
    return image


def noisy(image: Image.Image, strength: float, blur: float = 0.0) -> Image.Image:
    """Blur, and add the noise of a sensor."""
    pixels = np.asarray(image.filter(ImageFilter.GaussianBlur(blur)), float)
    noise = np.random.default_rng(1).normal(0, strength, pixels.shape)
    return Image.fromarray(np.clip(pixels + noise, 0, 255).astype(np.uint8))


def faxed(image: Image.Image) -> Image.Image:
    """Make two tones of a page, with dust."""
    pixels = np.asarray(noisy(image.convert("L"), 15, 0.5)) > 150
    dust = np.random.default_rng(2).random(pixels.shape) < 0.0005
    return Image.fromarray(((pixels & ~dust) * 255).astype(np.uint8)).convert("1")


def sealed(image: Image.Image, x: int, y: int, dpi: int = 150) -> Image.Image:
    """Press a red seal on a page: its ink darkens what lies under it."""
    stamp = Image.new("RGB", image.size, "white")
    draw = ImageDraw.Draw(stamp)
    radius = round(0.7 * dpi)
    for inner in (0, dpi // 15, dpi // 3):
        box = (x - radius + inner, y - radius + inner, x + radius - inner, y + radius - inner)
        draw.ellipse(box, outline=(220, 40, 50), width=dpi // 40)
    lengths = [radius / (2 + at % 2 * 3) for at in range(10)]
    turns = [at * math.pi / 5 for at in range(10)]
    points = [(x + far * math.sin(at), y - far * math.cos(at)) for far, at in zip(lengths, turns, strict=True)]
    draw.polygon(points, fill=(220, 40, 50))
    return Image.fromarray((np.asarray(image, np.uint16) * np.asarray(stamp, np.uint16) // 255).astype(np.uint8))


def photographed(image: Image.Image) -> Image.Image:
    """Lay a page on a dark table, seen from aside, with a shadow over one corner."""
    wide, high = image.size
    margin = wide // 12
    ground = Image.new("RGB", (wide + 2 * margin, high + 2 * margin), (70, 50, 35))
    ground.paste(image, (margin, margin))
    tilted = ground.transform(
        ground.size, Image.Transform.QUAD, (margin // 2, 0, 0, ground.height, *ground.size, ground.width, margin // 2),
        Image.Resampling.BICUBIC,
    )  # fmt: skip
    down, across = np.mgrid[0 : tilted.height, 0 : tilted.width]
    shade = 1 - 0.5 / (1 + np.exp(-8 * (across / tilted.width + down / tilted.height - 1.1)))
    return noisy(Image.fromarray((np.asarray(tilted) * shade[..., None]).astype(np.uint8)), 4, 0.6)


def saved(image: Image.Image, form: str, *others: Image.Image) -> bytes:
    """Return the bytes of a picture file; a TIFF takes several pages."""
    stream = io.BytesIO()
    if form == "HEIF":
        pillow_heif.from_pillow(image).save(stream, quality=80)
    elif others:
        image.save(stream, form, save_all=True, append_images=others, compression="tiff_lzw")
    else:
        image.save(stream, form)
    return stream.getvalue()
