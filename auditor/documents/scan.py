"""Scans and photos: pages recognised by a small pool, each by its own Tesseract, and what to say of those that failed.

Pictures are made one by one as the pool asks for them, so that a long scan never stands in memory whole.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from statistics import fmean
from time import monotonic

from auditor.documents.codes import Code, trouble, warning
from auditor.documents.interface import Block, Progress, Reader, Reading
from auditor.documents.limits import Limits
from auditor.documents.numerals import chapters_in_order
from auditor.documents.paragraphs import Page, blocks_of_pages
from auditor.documents.pictures import pictures
from auditor.documents.recognise import Recognised, recognise
from auditor.documents.straighten import Picture

_WARNINGS = {Code.SCAN: Code.PAGES_WITHOUT_TEXT, Code.POOR_SCAN: Code.POOR_PAGES, Code.TOO_SLOW: Code.SLOW_PAGES}


def silent(name: str, done: int, total: int) -> None:
    """Take notice of nothing."""


def picture_reader(form: str, progress: Progress = silent) -> Reader:
    """Return the reader of one form of picture file."""

    def read(data: bytes, name: str, limits: Limits) -> Reading:
        total = 1

        def numbered() -> Iterator[tuple[int, Picture]]:
            nonlocal total
            for number, (count, picture) in enumerate(pictures(data, form, limits), 1):
                total = count
                yield number, picture

        pages = list(recognised_pages(numbered(), limits, lambda done: progress(name, done, total)))
        refuse(pages)
        blocks = chapters_in_order(blocks_of_pages([page.page for page in pages]))
        return Reading(form, blocks, ocr_confidence=confidence(blocks), warnings=warnings(pages))

    return read


def recognised_pages(
    pages: Iterable[tuple[int, Picture]], limits: Limits, done: Callable[[int], None]
) -> Iterator[Recognised]:
    """Recognise pages, a few at a time, and yield them in order.

    Args:
        pages: numbers counted from 1, and pictures.
        done: told how many pages are done.

    Raises:
        DocumentError: GA251, GA204, and what making the pictures raises.
    """
    end = monotonic() + limits.scan_seconds
    waiting: deque[Future[Recognised]] = deque()
    finished = 0
    with ThreadPoolExecutor(limits.workers) as pool:
        try:
            for number, picture in pages:
                waiting.append(pool.submit(_recognise, picture, number, end, limits))
                del picture
                if len(waiting) >= limits.workers:
                    yield waiting.popleft().result()
                    done(finished := finished + 1)
            while waiting:
                yield waiting.popleft().result()
                done(finished := finished + 1)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _recognise(picture: Picture, number: int, end: float, limits: Limits) -> Recognised:
    seconds = min(limits.page_seconds, end - monotonic())
    if seconds <= 0:
        return Recognised(Page(number, 0.0, ()), fault=Code.TOO_SLOW)
    return recognise(picture, number, seconds)


def refuse(pages: Sequence[Recognised], others: int = 0) -> None:
    """Refuse a document most of whose pages could not be recognised.

    Args:
        pages: all pages that had to be recognised.
        others: pages with text.

    Raises:
        DocumentError: GA211 no letters on any page, GA252 too poor to trust, GA209 too slow.
    """
    failed = [page.fault for page in pages if page.fault is not None]
    doubtful = [fault for fault in failed if fault != Code.SCAN]
    if failed and len(failed) == len(pages) + others and not doubtful:
        raise trouble(Code.SCAN)
    if doubtful and 2 * len(doubtful) > len(pages) - len(failed) + len(doubtful) + others:
        if Code.POOR_SCAN in doubtful:
            raise trouble(Code.POOR_SCAN)
        raise trouble(Code.TOO_SLOW, limit="cho phép")


def warnings(pages: Sequence[Recognised]) -> tuple[tuple[str, str], ...]:
    """Name the pages that could not be recognised."""
    return tuple(
        warning(code, pages=", ".join(str(page.page.number) for page in pages if page.fault == fault))
        for fault, code in _WARNINGS.items()
        if any(page.fault == fault for page in pages)
    )


def confidence(blocks: Iterable[Block]) -> float | None:
    """Return the mean confidence of all recognised words, None without any."""
    found = [word.confidence for block in blocks for word in block.words]
    return round(fmean(found), 4) if found else None


FORMS = ("png", "jpeg", "tiff", "heic", "bmp", "gif", "webp")


def picture_readers(progress: Progress = silent) -> dict[str, Reader]:
    """Return a reader for each form of picture."""
    return {form: picture_reader(form, progress) for form in FORMS}
