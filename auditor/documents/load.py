"""Paths in, documents out: one result for each document or item, in input order, nothing lost and nothing raised.

A new form is registered in :data:`READERS`; what a file is, ``sniff`` tells from its bytes.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from auditor.documents import csvfile, doc, docx, epub, html, mail, odt, pdf, plain, rtf, scan
from auditor.documents.codes import Code, trouble, warning
from auditor.documents.interface import (
    Document,
    File,
    Input,
    Line,
    Progress,
    Raw,
    Reader,
    Reading,
    Source,
    Unreadable,
    compose,
    find_blocks,
)
from auditor.documents.items import read_line
from auditor.documents.kind import chosen_kind
from auditor.documents.limits import DEFAULT_LIMITS, Limits
from auditor.documents.places import opened, printable, reason, unreadable
from auditor.documents.quality import fault
from auditor.documents.sniff import form_of
from auditor.documents.walk import Found, in_members, sources, unpacked
from auditor.errors import DocumentError


def readers_with(progress: Progress) -> dict[str, Reader]:
    """Return all readers, those that recognise scans telling how far they are.

    This is the one place where a form is registered: its name as ``sniff.form_of`` gives it, and its reader.
    """
    return {
        "csv": csvfile.read, "doc": doc.read, "docx": docx.read, "eml": mail.read, "epub": epub.read,
        "html": html.read, "odt": odt.read, "pdf": pdf.pdf_reader(progress), "rtf": rtf.read, "txt": plain.read,
        **scan.picture_readers(progress),
    }  # fmt: skip


READERS = readers_with(scan.silent)

_REFUSED = {"empty": Code.EMPTY_FILE, "locked": Code.LOCKED, "program": Code.PROGRAM}
_ENDINGS = {
    "docx": "docx", "docm": "docx", "dotx": "docx", "pdf": "pdf", "txt": "txt", "doc": "doc", "dot": "doc",
    "odt": "odt", "rtf": "rtf", "html": "html", "htm": "html", "mht": "eml", "mhtml": "eml", "eml": "eml",
    "epub": "epub", "csv": "csv",
    "png": "png", "jpg": "jpeg", "jpeg": "jpeg", "tif": "tiff", "tiff": "tiff", "heic": "heic", "heif": "heic",
    "bmp": "bmp", "gif": "gif", "webp": "webp",
}  # fmt: skip


def load(
    paths: Sequence[str | os.PathLike[str]],
    kind: str = "auto",
    limits: Limits = DEFAULT_LIMITS,
    readers: Mapping[str, Reader] = READERS,
) -> Iterator[Input]:
    """Read everything under some paths, lazily.

    Args:
        paths: files, folders, archives or item files.
        kind: ``auto``, ``regulation`` or ``article``; an item's own kind beats it.
        limits: bounds on each file.
        readers: form to reader.

    Returns:
        A Document or an Unreadable for each document or item. Nothing that stands in a file raises.

    Raises:
        ValueError: ``kind`` is none of the three.
    """
    chosen_kind(kind, "")
    for path in paths:
        for source in sources(path):
            for raw in source.raws(limits) if isinstance(source, Found) else [source]:
                yield from read_raw(raw, kind, limits, readers)


def read_document(
    data: bytes,
    name: str,
    kind: str = "auto",
    limits: Limits = DEFAULT_LIMITS,
    readers: Mapping[str, Reader] = READERS,
) -> Input:
    """Read the bytes of one file that holds one document.

    Args:
        name: its path as given, which becomes the id.
    """
    form = form_of(data, name)
    digest = hashlib.sha256(data).hexdigest()
    try:
        reading = _reading(data, name, form, limits, readers)
        if reading.text is not None:
            text, blocks = reading.text, find_blocks(reading.text)
        else:
            text, blocks = compose(reading.blocks)
        problem = fault(text)
        if problem is not None:
            raise trouble(problem)
        return Document(
            id=printable(name),
            kind=chosen_kind(kind, text),
            text=text,
            blocks=blocks,
            source=Source(
                printable(name), reading.form, digest, reading.encoding,
                ocr=reading.ocr_confidence is not None, ocr_confidence=reading.ocr_confidence,
            ),
            title=reading.title,
            published=reading.published,
            outlet=reading.outlet,
            section=reading.section,
            byline=reading.byline,
            warnings=reading.warnings,
        )  # fmt: skip
    except DocumentError as error:
        return replace(unreadable(name, error, form), sha256=digest)


def _reading(data: bytes, name: str, form: str, limits: Limits, readers: Mapping[str, Reader]) -> Reading:
    if form in _REFUSED:
        raise trouble(_REFUSED[form])
    if len(data) > limits.bytes:
        raise trouble(Code.TOO_LARGE, size=len(data), limit=limits.bytes)
    reader = readers.get(form)
    if reader is None:
        raise trouble(Code.UNKNOWN_FORM, form=form)
    try:
        reading = reader(data, name, limits)
    except DocumentError:
        raise
    except Exception as error:  # of all the libraries under the readers; one bad file never ends a run
        raise trouble(Code.READER_FAILED, detail=type(error).__name__) from error
    ending = _ENDINGS.get(PurePosixPath(name).suffix.lower().lstrip("."))
    if ending is not None and ending != form:
        return replace(reading, warnings=(*reading.warnings, warning(Code.OTHER_NAME, form=form)))
    return reading


def read_raw(
    raw: Raw, kind: str = "auto", limits: Limits = DEFAULT_LIMITS, readers: Mapping[str, Reader] = READERS
) -> Iterator[Input]:
    """Read one thing that was found: mostly one document, of a letter also each attachment."""
    if isinstance(raw, Unreadable):
        yield raw
    elif isinstance(raw, Line):
        yield read_line(raw, kind, limits)
    else:
        try:
            data = raw.data if raw.data is not None else _bytes_of(raw.name, limits)
        except DocumentError as error:
            yield unreadable(raw.name, error)
            return
        inner = unpacked(data, raw.name, limits, raw.depth)
        if inner is None and form_of(data, raw.name) == "eml" and len(data) <= limits.bytes:
            yield from _letter(File(raw.name, data, raw.depth), kind, limits, readers)
        elif inner is None:
            yield read_document(data, raw.name, kind, limits, readers)
        else:
            for one in inner:
                yield from read_raw(one, kind, limits, readers)


def _letter(raw: File, kind: str, limits: Limits, readers: Mapping[str, Reader]) -> Iterator[Input]:
    """Yield the words of a letter, unless they are blank beside what is attached, and each attachment."""
    data = raw.data or b""
    try:
        attached = list(mail.attachments(data, limits, raw.depth))
    except DocumentError as error:
        yield unreadable(raw.name, error, "eml")
        return
    letter = read_document(data, raw.name, kind, limits, readers)
    empty = isinstance(letter, Unreadable) and letter.code in {Code.BLANK, Code.DAMAGED, Code.EMPTY_FILE}
    if not (attached and empty):
        yield letter
    for one in in_members(iter(attached), raw.name, "eml", raw.depth, limits):
        yield from read_raw(one, kind, limits, readers)


def _bytes_of(name: str, limits: Limits) -> bytes:
    """Return the bytes of a file.

    Raises:
        DocumentError: GA206 too large, GA220 not allowed.
    """
    try:
        with opened(name) as file:
            size = file.seek(0, os.SEEK_END)
            if size > limits.bytes:
                raise trouble(Code.TOO_LARGE, size=size, limit=limits.bytes)
            file.seek(0)
            return file.read()
    except OSError as error:
        raise trouble(Code.NOT_ALLOWED, detail=reason(error)) from error
