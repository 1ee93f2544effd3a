"""Paths in, documents out: one result for each document or item, in input order, nothing lost and nothing raised.

A new form is registered in :data:`READERS`; what a file is, ``sniff`` tells from its bytes.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import stat
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import IO

from auditor.documents import csvfile, doc, docx, epub, html, mail, odt, pdf, plain, rtf, scan
from auditor.documents.archive import Member, members
from auditor.documents.codes import Code, trouble, warning
from auditor.documents.interface import (
    Document,
    Input,
    Progress,
    Reader,
    Reading,
    Source,
    Unreadable,
    compose,
    find_blocks,
)
from auditor.documents.items import items
from auditor.documents.kind import chosen_kind
from auditor.documents.limits import DEFAULT_LIMITS, Limits
from auditor.documents.quality import fault
from auditor.documents.sniff import form_of, is_item_name
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
    loader = _Loader(kind, limits, readers)
    for path in paths:
        yield from loader.path(Path(path), os.fspath(path))


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
        return replace(_unreadable(name, error, form), sha256=digest)


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


@dataclass(frozen=True, slots=True)
class _Loader:
    """Walks paths with one set of choices."""

    kind: str
    limits: Limits
    readers: Mapping[str, Reader] = field(default_factory=dict)

    def path(self, path: Path, name: str) -> Iterator[Input]:
        """Yield what lies under a path named by the user."""
        try:
            mode = path.stat().st_mode
        except (FileNotFoundError, NotADirectoryError):
            yield _unreadable(name, trouble(Code.MISSING_PATH, path=printable(name)))
        except (OSError, ValueError) as error:
            yield _unreadable(name, trouble(Code.NOT_ALLOWED, detail=_reason(error)))
        else:
            if stat.S_ISDIR(mode):
                yield from self._folder(path, name)
            elif stat.S_ISREG(mode):
                yield from self._file(path, name)
            else:
                yield _unreadable(name, trouble(Code.LINK))

    def _folder(self, folder: Path, name: str) -> Iterator[Input]:
        """Yield the files of a folder in bytewise order of their relative paths; links in it are not followed."""
        found: list[tuple[bytes, Path, str]] = []
        failed: list[OSError] = []
        for at, folders, files in os.walk(folder, onerror=failed.append):
            folders[:] = [one for one in folders if not one.startswith(".")]
            linked = [one for one in folders if (Path(at) / one).is_symlink()]
            for one in (*files, *linked):
                if not one.startswith("."):
                    place = Path(at) / one
                    relative = os.path.relpath(place, folder)
                    found.append((os.fsencode(relative), place, os.path.join(name, relative)))
        for error in failed:
            where = os.fspath(error.filename) if error.filename is not None else name
            yield _unreadable(where, trouble(Code.NOT_ALLOWED, detail=_reason(error)))
        for _, place, inner in sorted(found):
            if place.is_symlink():
                yield _unreadable(inner, trouble(Code.LINK))
            else:
                yield from self.path(place, inner)

    def _file(self, path: Path, name: str) -> Iterator[Input]:
        try:
            with path.open("rb") as file:
                if is_item_name(name):
                    yield from self._item_file(file, name)
                    return
                size = os.fstat(file.fileno()).st_size
                if size > self.limits.bytes:
                    raise trouble(Code.TOO_LARGE, size=size, limit=self.limits.bytes)
                data = file.read(self.limits.bytes + 1)
        except DocumentError as error:
            yield _unreadable(name, error)
        except OSError as error:
            yield _unreadable(name, trouble(Code.NOT_ALLOWED, detail=_reason(error)))
        else:
            yield from self._bytes(data, name, 1)

    def _item_file(self, file: IO[bytes], name: str) -> Iterator[Input]:
        """Stream an item file, packed or not."""
        head = file.read(2)
        file.seek(0)
        if not head:
            yield _unreadable(name, trouble(Code.EMPTY_FILE), "empty")
        elif head == b"\x1f\x8b":
            yield from self._packed_items(file, name)
        elif form_of(head + file.read(2000), name) != "jsonl":
            file.seek(0)
            yield from self._bytes(file.read(self.limits.bytes + 1), name, 1)
        else:
            file.seek(0)
            yield from items(file, printable(name), self.kind, self.limits)

    def _packed_items(self, file: IO[bytes], name: str) -> Iterator[Input]:
        read = 0
        try:
            with gzip.GzipFile(fileobj=file) as packed:
                for one in items(_Bounded(packed, file, self.limits), printable(name), self.kind, self.limits):
                    read += 1
                    yield one
        except DocumentError as error:
            yield _unreadable(name, error, "jsonl")
        except (OSError, EOFError, zlib.error):
            yield _unreadable(name, trouble(Code.DAMAGED, detail=f"gzip, sau {read} bài"), "jsonl")

    def _bytes(self, data: bytes, name: str, depth: int) -> Iterator[Input]:
        """Yield what some bytes hold; ``depth`` counts the archives around them and the next one."""
        form = form_of(data, name)
        if form == "jsonl":
            yield from items(io.BytesIO(data), printable(name), self.kind, self.limits)
        elif form == "gzip":
            yield from self._packed_items(io.BytesIO(data), name)
        elif form == "zip":
            yield from self._members(members(data, self.limits, depth), name, form, depth)
        elif form == "eml" and len(data) <= self.limits.bytes:
            yield from self._letter(data, name, depth)
        else:
            yield read_document(data, name, self.kind, self.limits, self.readers)

    def _members(self, found: Iterator[Member], name: str, form: str, depth: int) -> Iterator[Input]:
        try:
            for member in found:
                inner = f"{name}!{member.name}"
                if isinstance(member.data, DocumentError):
                    yield _unreadable(inner, member.data)
                else:
                    yield from self._bytes(member.data, inner, depth + 1)
        except DocumentError as error:
            yield _unreadable(name, error, form)

    def _letter(self, data: bytes, name: str, depth: int) -> Iterator[Input]:
        """Yield the words of a letter, unless they are blank beside what is attached, and each attachment."""
        try:
            attached = list(mail.attachments(data, self.limits, depth))
        except DocumentError as error:
            yield _unreadable(name, error, "eml")
            return
        letter = read_document(data, name, self.kind, self.limits, self.readers)
        empty = isinstance(letter, Unreadable) and letter.code in {Code.BLANK, Code.DAMAGED, Code.EMPTY_FILE}
        if not (attached and empty):
            yield letter
        yield from self._members(iter(attached), name, "eml", depth)


class _Bounded:
    """Lines of a packed stream, until they grow out of proportion to what was read of the file."""

    def __init__(self, packed: gzip.GzipFile, file: IO[bytes], limits: Limits) -> None:
        self._packed = packed
        self._file = file
        self._limits = limits

    def readline(self, size: int, /) -> bytes:
        """Return the next line.

        Raises:
            DocumentError: GA207.
        """
        line = self._packed.readline(size)
        grown = self._packed.tell()
        if grown > self._limits.ratio_from and grown > self._limits.ratio * max(self._file.tell(), 1):
            raise trouble(Code.BOMB, limit=f"gấp {self._limits.ratio} lần")
        return line


def printable(name: str) -> str:
    """Return a path as text that can be written out: bytes of a name that are no text become ``\\\\xNN``."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _unreadable(name: str, error: DocumentError, form: str = "unknown") -> Unreadable:
    return Unreadable(printable(name), printable(name), error.code, error.message, form=form)


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
