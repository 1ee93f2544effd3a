"""What lies under some paths, found but not yet read: lines of item files, pages of web archives, loose files.

Folders, zips, item files (.jsonl, .jsonl.gz), Parquet and WARC are opened here, one thing at a time, so an archive of
any size passes in bounded memory. Reading what is found is the work of ``load``, in this process or in another one.
"""

from __future__ import annotations

import gzip
import io
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from auditor.documents import parquet, warc
from auditor.documents.archive import Member, members
from auditor.documents.codes import Code, trouble
from auditor.documents.interface import File, Raw, Unreadable
from auditor.documents.items import lines
from auditor.documents.limits import Limits
from auditor.documents.places import files_under, opened, printable, reason, unreadable
from auditor.documents.sniff import PACKED, form_of, is_item_name, packed_form
from auditor.errors import DocumentError

HEAD = 4096


@dataclass(frozen=True, slots=True)
class Found:
    """One file that was found: a container of many things, or a document of its own (``form`` is ``file``).

    Attributes:
        size: its size in bytes.
    """

    name: str
    form: str
    size: int

    def raws(self, limits: Limits) -> Iterator[Raw]:
        """Yield what lies in it."""
        return (raw for raw, _ in self.placed(limits))

    def placed(self, limits: Limits) -> Iterator[tuple[Raw, int]]:
        """Yield what lies in it, each with how many of its bytes are read by then."""
        if self.form == "file":
            yield File(self.name), self.size
            return
        try:
            if self.form == "zip" and self.size > limits.archive:
                raise trouble(Code.TOO_LARGE, size=self.size, limit=limits.archive)
            with opened(self.name) as file:
                for raw in _contents(file, self.name, self.form, limits):
                    yield raw, file.tell()
        except DocumentError as error:
            yield unreadable(self.name, error, self.form), self.size
        except OSError as error:
            yield unreadable(self.name, trouble(Code.NOT_ALLOWED, detail=reason(error)), self.form), self.size


def sources(path: str | os.PathLike[str]) -> Iterator[Found | Unreadable]:
    """Yield the files under a path in order; what cannot be opened is yielded as unreadable."""
    for name in files_under(os.fspath(path)):
        if isinstance(name, Unreadable):
            yield name
            continue
        try:
            with opened(name) as file:
                found = Found(name, container_form(file, name), file.seek(0, os.SEEK_END))
        except DocumentError as error:
            yield unreadable(name, error)
        except OSError as error:
            yield unreadable(name, trouble(Code.NOT_ALLOWED, detail=reason(error)))
        else:
            yield found


def unpacked(data: bytes, name: str, limits: Limits, depth: int) -> Iterator[Raw] | None:
    """Return what lies in a container that is held in memory, or None if it is a document.

    Args:
        depth: how many archives deep it lies, itself counted.
    """
    form = form_of(data, name)
    if form == "gzip" and name.lower().endswith(".warc.gz"):
        form = "warc"
    if form in {"jsonl", "gzip", "zip", "parquet", "warc"}:
        return _contents(io.BytesIO(data), name, form, limits, depth)
    return None


def in_members(found: Iterator[Member], name: str, form: str, depth: int, limits: Limits) -> Iterator[Raw]:
    """Yield what lies in the members of an archive, other archives in it opened too."""
    try:
        for member in found:
            inner = f"{name}!{member.name}"
            if isinstance(member.data, DocumentError):
                yield unreadable(inner, member.data)
            else:
                yield from unpacked(member.data, inner, limits, depth + 1) or [File(inner, member.data, depth + 1)]
    except DocumentError as error:
        yield unreadable(name, error, form)


def container_form(file: IO[bytes], name: str) -> str:
    """Tell what container an open file is, ``file`` for a document; a packed office file is a document."""
    head = file.read(HEAD)
    file.seek(0)
    if head.startswith(PACKED):
        return "zip" if packed_form(file, name) == "zip" else "file"
    form = form_of(head, name)
    if form == "gzip" and name.lower().endswith(".warc.gz"):
        return "warc"
    # What looks like items but is not called so may turn out to be something else further down.
    return form if form in {"gzip", "parquet", "warc"} or (form == "jsonl" and is_item_name(name)) else "file"


def _contents(file: IO[bytes], name: str, form: str, limits: Limits, depth: int = 1) -> Iterator[Raw]:
    """Yield what lies in an open container."""
    if form == "zip":
        yield from in_members(members(file, limits, depth), name, "zip", depth, limits)
    elif form == "gzip":
        yield from _packed_lines(file, name, limits)
    else:
        reader = {"jsonl": lines, "parquet": parquet.rows, "warc": warc.pages}[form]
        try:
            yield from reader(file, printable(name), limits)
        except DocumentError as error:
            yield unreadable(name, error, form)


def _packed_lines(file: IO[bytes], name: str, limits: Limits) -> Iterator[Raw]:
    read = 0
    try:
        with gzip.GzipFile(fileobj=file) as packed:
            for one in lines(_Bounded(packed, file, limits), printable(name), limits):
                read += 1
                yield one
    except DocumentError as error:
        yield unreadable(name, error, "jsonl")
    except (OSError, EOFError, zlib.error):
        yield unreadable(name, trouble(Code.DAMAGED, detail=f"gzip, sau {read} bài"), "jsonl")


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
