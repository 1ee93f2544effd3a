"""Tesseract, run as a program of its own for one page: a grey page in, lines of words with boxes and confidence out.

hOCR is asked for rather than TSV: the same boxes and confidences, and the base line and letter size of each line too,
without which neither wrapped lines nor headings can be told. Page segmentation 3 (automatic): on pages laid straight
it reads as well as 4 and better than 6 (fax at 150 dpi 0.98 to 0.99 against 0.92 to 0.96), and keeps columns apart.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
from dataclasses import dataclass
from unicodedata import normalize

from lxml import html

from auditor.documents.codes import Code, trouble
from auditor.documents.straighten import DPI, Picture

PixelBox = tuple[float, float, float, float]
LANGUAGE = "vie"
_FIELDS = re.compile(r"(bbox|baseline|x_size|x_wconf) ([-\d. ]+)")
_KEPT = ("PATH", "TESSDATA_PREFIX", "SYSTEMROOT", "LD_LIBRARY_PATH")


@dataclass(frozen=True, slots=True)
class SeenWord:
    """A word, its box (left, top, right, bottom in pixels) and Tesseract's confidence between 0.0 and 1.0."""

    text: str
    box: PixelBox
    confidence: float


@dataclass(frozen=True, slots=True)
class SeenLine:
    """Words on one line; ``base`` is the height of its base line from the top, ``size`` that of its letters."""

    words: tuple[SeenWord, ...]
    base: float
    size: float


def is_installed() -> bool:
    """Tell whether the program is there."""
    return shutil.which("tesseract") is not None


def recognised(page: Picture, seconds: float, *, block: bool = False) -> list[SeenLine]:
    """Recognise the words of one page.

    Args:
        page: a clean grey page at about 300 dpi.
        block: it is one block of lines, not a page.
        seconds: how long it may take; the program is then ended with all it started.

    Raises:
        DocumentError: GA251 Tesseract or its Vietnamese is not installed, GA209 too slow, GA204 it failed.
    """
    program = shutil.which("tesseract")
    if program is None:
        raise trouble(Code.NO_TESSERACT)
    picture = b"P5 %d %d 255\n" % (page.shape[1], page.shape[0]) + page.tobytes()
    arguments = (program, "stdin", "stdout", "-l", LANGUAGE, "--psm", "6" if block else "3", "--dpi", str(DPI), "hocr")
    code, out, said = _run(arguments, picture, seconds)
    if code < 0:
        # The system killed it, as it does when memory runs short: that says nothing of the page.
        code, out, said = _run(arguments, picture, seconds)
    if code:
        missing = b"Error opening data file" in said or b"Failed loading language" in said
        raise trouble(Code.NO_TESSERACT) if missing else trouble(Code.DAMAGED, detail="Tesseract")
    return lines_of(out)


def _run(arguments: tuple[str, ...], picture: bytes, seconds: float) -> tuple[int, bytes, bytes]:
    """Run the program on a picture; return its exit code, its answer and what it complained of."""
    with tempfile.TemporaryDirectory(prefix="auditor-") as home:
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        process = subprocess.Popen(
            arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=home,
            start_new_session=True,
            env={**kept, "HOME": home, "TMPDIR": home, "LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1"},
        )  # fmt: skip
        try:
            out, said = process.communicate(picture, timeout=max(seconds, 1))
        except subprocess.TimeoutExpired as error:
            raise trouble(Code.TOO_SLOW, limit=round(seconds)) from error
        finally:
            _end(process)
    return process.returncode, out, said


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program and whatever it started, if it still runs."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def lines_of(hocr: bytes) -> list[SeenLine]:
    """Read Tesseract's answer."""
    lines: list[SeenLine] = []
    if not hocr.strip():
        return lines
    tree = html.document_fromstring(hocr, parser=html.HTMLParser(encoding="utf-8"))
    for line in tree.iter("span"):
        if line.get("class") == "ocrx_word":
            continue
        words = tuple(word for span in line.iter("span") if (word := _word(span)) is not None)
        if words:
            facts = _facts(line.get("title", ""))
            left, _, right, bottom = facts["bbox"]
            slope, drop = facts.get("baseline", (0.0, 0.0))
            lines.append(SeenLine(words, bottom + drop + slope * (right - left) / 2, facts["x_size"][0]))
    return lines


def _word(span: html.HtmlElement) -> SeenWord | None:
    text = normalize("NFC", "".join("".join(map(str, span.itertext())).split()))
    if span.get("class") != "ocrx_word" or not text:
        return None
    facts = _facts(span.get("title", ""))
    left, top, right, bottom = facts["bbox"]
    return SeenWord(text, (left, top, right, bottom), facts["x_wconf"][0] / 100)


def _facts(title: str) -> dict[str, tuple[float, ...]]:
    return {name: tuple(map(float, numbers.split())) for name, numbers in _FIELDS.findall(title)}
