"""Letters (eml) and web pages saved with their pictures (mht): MIME messages, read with the standard library.

Of a page its first html part is read, of a letter the html or plain words; what is attached is handed on as members, so
that a regulation sent by mail is a document of its own. Nothing is fetched and no part is opened by its name.

Headers are taken apart by the older of the library's two parsers: the newer one (``email.policy.default``) takes time
by the square of a header's length, 3 s for one of 9,000 commas.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesFeedParser
from email.policy import Compat32
from email.utils import parsedate_to_datetime

from auditor.documents import html, plain
from auditor.documents.archive import Member
from auditor.documents.codes import Code, trouble
from auditor.documents.interface import Reading
from auditor.documents.limits import Limits

_TROUBLES = (ValueError, LookupError, AttributeError, TypeError, IndexError, RecursionError, MessageError)
_RESOURCES = ("image/", "text/css", "font/", "application/javascript", "text/javascript", "audio/", "video/")
NESTED = 20
HEADER = 4_000
PIECE = 65_536


class _Policy(Compat32):
    """Headers are cut at a bounded length, and letters in them that no code table was named for are UTF-8."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        """Return the words of a header as they are to be taken apart."""
        return value[:HEADER].encode("utf-8", "surrogateescape").decode("utf-8", "replace")


_POLICY = _Policy()


def read(data: bytes, name: str, limits: Limits) -> Reading:
    """Read the words of a letter, or the page of an mht file.

    Raises:
        DocumentError: GA204 damaged or without words, GA209 too slow, GA215 too many parts, and those of
            ``html.read``.
    """
    message = _parse(data, limits)
    parts = list(_leaves(message, limits))
    archived = _is_archive(message)
    pages = [part for part in parts if _kind(part) in {"text/html", "application/xhtml+xml"} and not _is_attached(part)]
    texts = [part for part in parts if _kind(part) == "text/plain" and not _is_attached(part)]
    form = "mht" if archived else "eml"
    if pages:
        readings = [html.read(_content(part), name, limits) for part in pages[: 1 if archived else None]]
        reading = replace(readings[0], blocks=tuple(block for one in readings for block in one.blocks))
    elif texts:
        reading = plain.read(b"\n\n".join(_content(part) for part in texts) or b"\n", name, limits)
    else:
        raise trouble(Code.DAMAGED, detail=form)
    reading = replace(reading, form=form)
    if archived:
        return reading
    title = reading.title or _header(message, "subject")
    return replace(reading, title=title, published=reading.published or _day(message))


def attachments(data: bytes, limits: Limits, depth: int) -> Iterator[Member]:
    """Yield what is attached to a letter, in order; a page's pictures and styles are no attachments.

    Args:
        depth: how many archives and letters deep this one lies; the outermost counts as 1.

    Raises:
        DocumentError: GA209 too slow, GA212 nested too deep, GA215 too many parts.
    """
    message = _parse(data, limits)
    if _is_archive(message):
        return
    found = [part for part in _leaves(message, limits) if _is_attached(part)]
    if found and depth > limits.depth:
        raise trouble(Code.ZIP_TOO_DEEP, limit=limits.depth)
    for at, part in enumerate(found, 1):
        if part.get_content_maintype() == "message":
            inner = part.get_payload(0) if part.is_multipart() else None
            content = inner.as_bytes() if isinstance(inner, Message) else b""
        else:
            content = _content(part)
        yield Member((_filename(part) or f"{at}").replace("/", "_").replace("\\", "_"), content)


def _parse(data: bytes, limits: Limits) -> Message:
    check = limits.clock()
    parser = BytesFeedParser(policy=_POLICY)
    try:
        for at in range(0, len(data), PIECE):
            check()
            parser.feed(data[at : at + PIECE])
        return parser.close()
    except _TROUBLES as error:
        raise trouble(Code.DAMAGED, detail="MIME") from error


def _leaves(message: Message, limits: Limits) -> Iterator[Message]:
    """Yield the parts that hold content, attached letters whole."""
    check = limits.clock()
    waiting: list[tuple[Message, int]] = [(message, 0)]
    count = 0
    while waiting:
        check()
        part, depth = waiting.pop()
        count += 1
        if count > limits.members:
            raise trouble(Code.TOO_MANY_MEMBERS, members=count, limit=limits.members)
        # Words are not asked for here: they would be decoded, whatever code table they name.
        payload = part.get_payload() if part.is_multipart() else None
        if isinstance(payload, list) and part.get_content_maintype() == "multipart":
            if depth > NESTED:
                raise trouble(Code.ZIP_TOO_DEEP, limit=NESTED)
            waiting.extend((inner, depth + 1) for inner in reversed(payload) if isinstance(inner, Message))
        else:
            yield part


def _is_archive(message: Message) -> bool:
    """Tell a saved page from a letter: nobody is written to."""
    return message.get_content_type() in {"multipart/related", "text/html"} and _header(message, "to") is None


def _is_attached(part: Message) -> bool:
    try:
        shown = part.get_content_disposition()
    except _TROUBLES:
        shown = None
    kind = _kind(part)
    if shown == "attachment":
        return True
    if kind.startswith(_RESOURCES):
        return _filename(part) is not None and part.get("content-id") is None and kind.startswith("image/")
    return kind not in {"text/plain", "text/html", "application/xhtml+xml"} or (
        _filename(part) is not None and kind != "text/html"
    )


def _kind(part: Message) -> str:
    return part.get_content_type().lower()


def _filename(part: Message) -> str | None:
    try:
        found = part.get_filename()
        return found and _decoded(found)
    except _TROUBLES:
        return None


def _content(part: Message) -> bytes:
    """Return the bytes of a part as they were before they were packed for the post."""
    try:
        payload = part.get_payload(decode=True)
    except _TROUBLES:
        return b""
    if not isinstance(payload, bytes):
        return b""
    charset = (part.get_content_charset() or "").lower()
    if part.get_content_maintype() != "text" or charset in {"", "utf-8", "us-ascii", "windows-1252", "iso-8859-1"}:
        return payload
    try:
        # What the letter says of its letters beats what they look like.
        return payload.decode(charset, "strict").encode()
    except (LookupError, ValueError):
        return payload


def _header(message: Message, name: str) -> str | None:
    try:
        found = message.get(name)
        return " ".join(_decoded(found).split()) or None if found is not None else None
    except _TROUBLES:
        return None


def _decoded(words: str) -> str:
    """Return the words of a header with those written for the post ("=?utf-8?b?…?=") as they were."""
    return str(make_header(decode_header(words)))


def _day(message: Message) -> date | None:
    try:
        return parsedate_to_datetime(_header(message, "date") or "").date()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
