"""What a file is, told from its bytes; its name is asked only to tell item files and web pages from plain text."""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from typing import IO

_MAGIC = (
    (b"{\\rtf", "rtf"), (b"\x89PNG", "png"), (b"\xff\xd8\xff", "jpeg"), (b"II*\x00", "tiff"), (b"MM\x00*", "tiff"),
    (b"GIF8", "gif"), (b"BM", "bmp"), (b"MZ", "program"), (b"\x7fELF", "program"), (b"\x1f\x8b", "gzip"),
    (b"Rar!", "rar"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"PAR1", "parquet"), (b"WARC/", "warc"),
)  # fmt: skip
PACKED = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_HEIF = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD_NAMES = (".docx", ".docm", ".dotx", ".dotm")
_ITEM_NAMES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
_WEB_NAMES = (".html", ".htm", ".xhtml")
_MAIL_NAMES = (".eml", ".mht", ".mhtml")
_TABLE_NAMES = (".csv", ".tsv")
_HEADER = re.compile(
    rb"(?im)^(?:(mime-version|message-id|received|return-path|content-type)|from|to|subject|date|delivered-to"
    rb"|snapshot-content-location|content-transfer-encoding|reply-to|x-[\w-]+):"
)
_FIRST_HEADER = re.compile(rb"(?:>?From [^\n]*\n)?[A-Za-z][A-Za-z0-9-]{1,40}:[ \t\r\n]")


def form_of(data: bytes, name: str) -> str:
    """Tell the form of a file.

    Args:
        data: all its bytes.
        name: its name or path.

    Returns:
        ``empty``, ``docx``, ``doc``, ``odt``, ``rtf``, ``pdf``, ``html``, ``eml`` (mht too), ``epub``, ``csv``,
        ``txt``, ``jsonl``, ``gzip``, ``zip``, ``parquet``, ``warc``; ``locked`` for an encrypted office file;
        ``program``; ``png``, ``jpeg``, ``tiff``, ``heic``, ``bmp``, ``gif``, ``webp``; or the name of a form that is
        known but not read.
    """
    if not data:
        return "empty"
    if data.startswith(PACKED):
        return packed_form(io.BytesIO(data), name)
    if data.startswith(_OLE):
        # The names of the streams stand in the directory in UTF-16.
        if "EncryptedPackage".encode("utf-16-le") in data:
            return "locked"
        if "WordDocument".encode("utf-16-le") in data:
            return "doc"
        return "xls" if "Workbook".encode("utf-16-le") in data else "ole"
    for magic, form in _MAGIC:
        if data.startswith(magic) and (form != "bmp" or b"\x00" in data[:32]):
            return form
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF:
        return "heic"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if is_item_name(name):
        return "jsonl"
    if _is_message(data, name):
        return "eml"
    head = _plain_head(data).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or name.lower().endswith(_WEB_NAMES):
        return "html"
    if head.startswith(b"<") and b"<html" in head:
        return "html"
    if head.startswith(b"<?xml"):
        return "xml"
    if name.lower().endswith(_TABLE_NAMES):
        return "csv"
    return "jsonl" if head.startswith(b"{") and _is_item(data) else "txt"


def _plain_head(data: bytes) -> bytes:
    """Return how a text begins, without the zeros of UTF-16."""
    head = data[:4_000]
    return head[2:].replace(b"\x00", b"") if head.startswith((b"\xff\xfe", b"\xfe\xff")) else head


def _is_message(data: bytes, name: str) -> bool:
    """Tell a MIME message: it opens with a header, and among the next ones are such as only mail programs write."""
    head = data[:4_000].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not _FIRST_HEADER.match(head):
        return False
    headers = list(_HEADER.finditer(re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]))
    sure = sum(1 for one in headers if one.group(1))
    return (len(headers) >= 3 and sure >= 1) or (name.lower().endswith(_MAIL_NAMES) and bool(headers))


def is_item_name(name: str) -> bool:
    """Tell whether a name is that of an item file."""
    return name.lower().endswith(_ITEM_NAMES)


def packed_form(file: IO[bytes], name: str) -> str:
    """Tell an office file from a plain zip."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            with_kind = "mimetype" in names and archive.getinfo("mimetype").file_size < 200
            kind = archive.read("mimetype").decode("ascii", "replace").strip() if with_kind else ""
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, RuntimeError):
        file.seek(0)
        return "docx" if name.lower().endswith(_WORD_NAMES) or b"word/" in file.read(4096) else "zip"
    if "[Content_Types].xml" in names:
        if "word/document.xml" in names or name.lower().endswith(_WORD_NAMES):
            return "docx"
        return "xlsx" if any(one.startswith("xl/") for one in names) else "pptx"
    if kind.startswith("application/epub+zip") or "META-INF/container.xml" in names:
        return "epub"
    if kind.startswith("application/vnd.oasis.opendocument"):
        return "odt" if ".text" in kind else kind.rpartition(".")[2]
    if "mimetype" in names and "content.xml" in names:
        return "odt"
    return "zip"


def _is_item(data: bytes) -> bool:
    """Tell whether the first line is a whole JSON object with an id."""
    line = data[:1_000_000].lstrip().split(b"\n", 1)[0]
    try:
        found = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and "id" in found
