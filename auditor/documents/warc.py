"""Web archives (WARC, ISO 28500): the pages in them. What is no page (pictures, styles, redirects) is passed over."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from typing import IO, Any, BinaryIO, cast

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from auditor.documents.codes import Code, trouble
from auditor.documents.interface import File, Raw
from auditor.documents.limits import Limits
from auditor.documents.places import unreadable

PAGES = frozenset({"text/html", "application/xhtml+xml"})
RECORDS = WarcRecordType.response | WarcRecordType.resource
END = b"\r\n\r\n"


def pages(file: IO[bytes], path: str, limits: Limits) -> Iterator[Raw]:
    """Yield each saved page that a server answered with success, named ``WARC!URL``.

    Raises:
        DocumentError: GA204 damaged, or cut off.
    """
    read = 0
    stream = _Stream(file)
    try:
        for record in ArchiveIterator(cast("BinaryIO", stream), record_types=RECORDS, parse_http=False):
            stated = record.content_length
            if stated <= limits.bytes:
                record.freeze()
                if record.content_length < stated:
                    raise EOFError
            if record.is_http:
                record.parse_http(auto_decode="all")
            if not _is_page(record):
                continue
            read += 1
            name = f"{path}!{record.headers.get('WARC-Target-URI', str(read))}"
            data = record.reader.read(limits.bytes + 1)
            if len(data) > limits.bytes:
                yield unreadable(name, trouble(Code.TOO_LARGE, size=len(data), limit=limits.bytes), "html")
            else:
                yield File(name, data)
        if stream.cut:
            raise EOFError
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:  # a panic in the library is no Exception; one bad file never ends a run
        raise trouble(Code.DAMAGED, detail=f"WARC, sau {read} trang") from error


class _Stream:
    """A web archive unpacked; knows at its end whether it was cut off, of which the library says nothing."""

    def __init__(self, file: IO[bytes]) -> None:
        packed = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        self._stream: Any = gzip.GzipFile(fileobj=file) if packed else file
        self._tail = END
        self._failed = False

    @property
    def cut(self) -> bool:
        """Whether the last record has no end."""
        return self._failed or self._tail != END

    def read(self, size: int) -> bytes:
        """Return up to so many bytes, nothing where the archive ends or cannot be read further."""
        try:
            data: bytes = self._stream.read1(size)  # what stands before a cut is returned
        except (OSError, EOFError):
            self._failed = True
            return b""
        self._tail = (self._tail + data)[-len(END) :]
        return data

    def tell(self) -> int:
        """Return how many bytes have been unpacked."""
        return cast("int", self._stream.tell())


def _is_page(record: WarcRecord) -> bool:
    """Tell a page from everything else a browser loads."""
    if record.is_http:
        return record.http_headers.status_code == 200 and record.http_content_type in PAGES
    return (record.headers.get("Content-Type") or "").partition(";")[0].strip() in PAGES
