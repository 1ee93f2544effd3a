"""Web archives (WARC, ISO 28500): the pages in them. What is no page (pictures, styles, redirects) is passed over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from auditor.documents.codes import Code, trouble
from auditor.documents.interface import File, Raw
from auditor.documents.limits import Limits
from auditor.documents.places import unreadable

PAGES = frozenset({"text/html", "application/xhtml+xml"})
RECORDS = WarcRecordType.response | WarcRecordType.resource


def pages(file: IO[bytes], path: str, limits: Limits) -> Iterator[Raw]:
    """Yield each saved page that a server answered with success, named ``WARC!URL``.

    Raises:
        DocumentError: GA204 damaged.
    """
    read = 0
    try:
        for record in ArchiveIterator(file, record_types=RECORDS, parse_http=True, auto_decode="all"):
            if not _is_page(record):
                continue
            read += 1
            name = f"{path}!{record.headers.get('WARC-Target-URI', str(read))}"
            data = record.reader.read(limits.bytes + 1)
            if len(data) > limits.bytes:
                yield unreadable(name, trouble(Code.TOO_LARGE, size=len(data), limit=limits.bytes), "html")
            else:
                yield File(name, data)
    except Exception as error:  # of the library under this reader; one bad file never ends a run
        raise trouble(Code.DAMAGED, detail=f"WARC, sau {read} trang") from error


def _is_page(record: WarcRecord) -> bool:
    """Tell a page from everything else a browser loads."""
    if record.is_http:
        return record.http_headers.status_code == 200 and record.http_content_type in PAGES
    return (record.headers.get("Content-Type") or "").partition(";")[0].strip() in PAGES
