"""Paths in, documents out: one result for each document or item, in input order, nothing lost.

A new form is registered in :data:`READERS`; what a file is, its bytes say, never its name alone.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from auditor.documents import docx, pdf, plain
from auditor.documents.codes import Code, trouble, warning
from auditor.documents.interface import Document, Input, Kind, Reading, Source, Unreadable, compose, find_blocks
from auditor.documents.items import items
from auditor.documents.kind import kind_of
from auditor.documents.limits import DEFAULT_LIMITS, Limits
from auditor.documents.quality import fault
from auditor.errors import DocumentError

READERS: dict[str, Callable[[bytes, str, Limits], Reading]] = {"docx": docx.read, "pdf": pdf.read, "txt": plain.read}
_MAGIC = (
    (b"%PDF", "pdf"), (b"\xd0\xcf\x11\xe0", "ole"), (b"{\\rtf", "rtf"), (b"\x89PNG", "png"), (b"\xff\xd8\xff", "jpeg"),
    (b"II*\x00", "tiff"), (b"MM\x00*", "tiff"), (b"MZ", "program"), (b"\x7fELF", "program"), (b"\x1f\x8b", "gzip"),
    (b"GIF8", "gif"),
)  # fmt: skip
_MARKUP = (".html", ".htm", ".mht", ".mhtml", ".eml", ".xml")


def load(paths: Sequence[str | Path], kind: str = "auto", limits: Limits = DEFAULT_LIMITS) -> Iterator[Input]:
    """Read everything under some paths, lazily.

    Args:
        paths: files, folders, archives or item files.
        kind: ``auto``, ``regulation`` or ``article``; an item's own kind beats it.

    Yields:
        A Document or an Unreadable for each document or item. Raises nothing for what stands in a file.
    """
    for path in paths:
        yield from _path(Path(path), str(path), kind, limits)


def _path(path: Path, name: str, kind: str, limits: Limits) -> Iterator[Input]:
    try:
        if path.is_dir():
            found = [p for p in path.rglob("*") if not any(part.startswith(".") for part in p.relative_to(path).parts)]
            for inner in sorted((p for p in found if not p.is_dir()), key=lambda p: os.fsencode(p.relative_to(path))):
                yield from _path(inner, os.path.join(name, str(inner.relative_to(path))), kind, limits)
            return
        if not path.exists():
            raise trouble(Code.MISSING_PATH, path=name)
        if not stat.S_ISREG(path.stat().st_mode):
            raise trouble(Code.LINK)
        size = path.stat().st_size
        if path.name.lower().endswith(".jsonl"):
            with path.open("rb") as lines:
                yield from items(lines, name, kind, limits)
            return
        if path.name.lower().endswith(".jsonl.gz"):
            with gzip.open(path) as packed:
                yield from items(packed, name, kind, limits)
            return
        if size > limits.bytes:
            raise trouble(Code.TOO_LARGE, size=size, limit=limits.bytes)
        data = path.read_bytes()
    except DocumentError as error:
        yield Unreadable(name, name, error.code, error.message)
        return
    except (OSError, EOFError, zlib.error, ValueError) as error:
        problem = trouble(Code.NOT_ALLOWED, detail=type(error).__name__)
        yield Unreadable(name, name, problem.code, problem.message)
        return
    yield from _bytes(data, name, kind, limits, depth=1)


def _bytes(data: bytes, name: str, kind: str, limits: Limits, depth: int) -> Iterator[Input]:
    form = form_of(data, name)
    if form == "zip":
        yield from _members(data, name, kind, limits, depth)
    elif form in {"jsonl"}:
        yield from items(io.BytesIO(data), name, kind, limits)
    else:
        yield document(data, name, kind, limits)


def document(data: bytes, name: str, kind: str = "auto", limits: Limits = DEFAULT_LIMITS) -> Input:
    """Read one file that holds one document."""
    digest = hashlib.sha256(data).hexdigest()
    form = form_of(data, name)
    try:
        if not data:
            raise trouble(Code.EMPTY_FILE)
        if form == "program":
            raise trouble(Code.PROGRAM)
        if form == "ole" and name.lower().endswith((".docx", ".docm")):
            raise trouble(Code.LOCKED)
        reader = READERS.get(form)
        if reader is None:
            raise trouble(Code.UNKNOWN_FORM, form=form)
        reading = reader(data, name, limits)
        if reading.text is not None:
            text, blocks = reading.text, find_blocks(reading.text)
        else:
            text, blocks = compose(reading.blocks)
        wrong = fault(text)
        if wrong is not None:
            raise trouble(wrong)
    except DocumentError as error:
        return Unreadable(name, name, error.code, error.message, form=form, sha256=digest)
    except (RecursionError, MemoryError, ValueError, KeyError, IndexError, AttributeError, TypeError, OSError) as error:
        problem = trouble(Code.READER_FAILED, detail=type(error).__name__)
        return Unreadable(name, name, problem.code, problem.message, form=form, sha256=digest)
    suffix = PurePosixPath(name).suffix.lower().lstrip(".")
    warnings = reading.warnings
    if suffix in {"docx", "docm", "pdf", "txt", "doc"} and suffix.replace("docm", "docx") != form:
        warnings = (*warnings, warning(Code.OTHER_NAME, form=form))
    chosen: Kind = "regulation" if kind == "regulation" else "article" if kind == "article" else kind_of(text)
    return Document(
        id=name, kind=chosen, text=text, blocks=blocks,
        source=Source(name, form, digest, encoding=reading.encoding),
        title=reading.title, published=reading.published, warnings=warnings,
    )  # fmt: skip


def form_of(data: bytes, name: str) -> str:
    """Tell the form of a file from its first bytes, and only for plain text from its name."""
    if data.startswith(b"PK"):
        try:
            names = zipfile.ZipFile(io.BytesIO(data)).namelist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            return "docx" if name.lower().endswith((".docx", ".docm")) else "zip"
        if any(member.startswith("word/") for member in names) or "[Content_Types].xml" in names:
            return "docx"
        return "odt" if "mimetype" in names and "content.xml" in names else "zip"
    for magic, form in _MAGIC:
        if data.startswith(magic):
            return form
    if b"%PDF-" in data[:1024]:
        return "pdf"
    lower = name.lower()
    if lower.endswith(".jsonl"):
        return "jsonl"
    head = data[:600].lstrip().lower()
    if lower.endswith(_MARKUP) or head.startswith((b"<!doctype html", b"<html", b"<?xml")):
        return "html"
    if lower.endswith((".docx", ".docm", ".pdf", ".odt")) and data:
        return "unknown" if b"\x00" in data[:4096] else "txt"
    return "txt"


def _members(data: bytes, name: str, kind: str, limits: Limits, depth: int) -> Iterator[Input]:
    """Yield each member of an archive as a result of its own."""

    def refused(code: Code, member: str = "", **facts: object) -> Unreadable:
        problem = trouble(code, **facts)
        return Unreadable(f"{name}!{member}" if member else name, name, problem.code, problem.message, form="zip")

    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        infos = [info for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        yield refused(Code.DAMAGED, detail="zip")
        return
    if depth > limits.depth:
        yield refused(Code.ZIP_TOO_DEEP, limit=limits.depth)
        return
    if not infos:
        yield refused(Code.EMPTY_ZIP)
        return
    if len(infos) > limits.members:
        yield refused(Code.TOO_MANY_MEMBERS, members=len(infos), limit=limits.members)
        return
    left = limits.expanded
    for info in infos:
        member = normalize("NFC", info.filename)
        path = PurePosixPath(member.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in member[:3]:
            yield refused(Code.UNSAFE_NAME, member, name=member)
            continue
        if stat.S_ISLNK(info.external_attr >> 16):
            yield refused(Code.LINK, member)
            continue
        if path.name.startswith(".") or "__MACOSX" in path.parts:
            continue
        grown = info.file_size > limits.ratio_from and info.file_size > limits.ratio * max(info.compress_size, 1)
        if info.file_size > min(left, limits.bytes) or grown:
            yield refused(Code.BOMB, member, limit=f"{limits.expanded} byte")
            continue
        left -= info.file_size
        try:
            content = archive.read(info)
        except (zipfile.BadZipFile, RuntimeError, OSError, EOFError, zlib.error, NotImplementedError) as error:
            code = Code.LOCKED if info.flag_bits & 1 else Code.UNREADABLE_MEMBER
            yield refused(code, member, detail=type(error).__name__)
            continue
        yield from _bytes(content, f"{name}!{member}", kind, limits, depth + 1)
