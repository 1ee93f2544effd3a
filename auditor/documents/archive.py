"""What is inside a zip: one member after the other, in memory, nothing is ever written out.

Names that point outside, links, bombs and locked members are refused one by one; the others are still read.
"""

from __future__ import annotations

import lzma
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from auditor.documents.codes import Code, trouble
from auditor.documents.limits import Limits
from auditor.documents.package import is_bomb
from auditor.errors import DocumentError


@dataclass(frozen=True, slots=True)
class Member:
    """One member; ``data`` is its bytes, or why they cannot be had."""

    name: str
    data: bytes | DocumentError


def members(file: IO[bytes], limits: Limits, depth: int) -> Iterator[Member]:
    """Yield the files of an archive in bytewise order of their names, hidden ones left out.

    Args:
        depth: how many archives deep this one lies; the outermost counts as 1.

    Raises:
        DocumentError: GA204 damaged, GA212 nested too deep, GA215 too many members, GA216 nothing inside.
    """
    if depth > limits.depth:
        raise trouble(Code.ZIP_TOO_DEEP, limit=limits.depth)
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise trouble(Code.DAMAGED, detail="zip") from error
    with archive:
        infos = [(_name(info), info) for info in archive.infolist() if not info.filename.endswith("/")]
        if len(infos) > limits.members:
            raise trouble(Code.TOO_MANY_MEMBERS, members=len(infos), limit=limits.members)
        infos = [(name, info) for name, info in infos if not _is_hidden(name)]
        if not infos:
            raise trouble(Code.EMPTY_ZIP)
        left = limits.expanded
        for name, info in sorted(infos, key=lambda pair: pair[0].encode("utf-8", "surrogateescape")):
            try:
                content = _content(archive, info, name, left, limits)
            except DocumentError as error:
                yield Member(name, error)
                continue
            left -= len(content)
            yield Member(name, content)


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, left: int, limits: Limits) -> bytes:
    """Unpack one member within the limits."""
    path = PurePosixPath(name.replace("\\", "/"))
    if not name or path.is_absolute() or ".." in path.parts or (len(name) > 1 and name[1] == ":"):
        raise trouble(Code.UNSAFE_NAME, name=name)
    kind = stat.S_IFMT(info.external_attr >> 16)
    if info.create_system == 3 and kind and not stat.S_ISREG(kind):
        raise trouble(Code.LINK)
    if info.flag_bits & 1:
        raise trouble(Code.LOCKED)
    if info.file_size > left or is_bomb(info, limits):
        raise trouble(Code.BOMB, limit=f"{limits.expanded} byte, gấp {limits.ratio} lần")
    if info.file_size > limits.bytes:
        raise trouble(Code.TOO_LARGE, size=info.file_size, limit=limits.bytes)
    try:
        with archive.open(info) as packed:
            content = packed.read(info.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, RuntimeError, ValueError) as error:
        raise trouble(Code.UNREADABLE_MEMBER, detail=type(error).__name__) from error
    return content


def _name(info: zipfile.ZipInfo) -> str:
    """Return a member's name; without the UTF-8 mark older programs still often wrote UTF-8."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _is_hidden(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any(part.startswith(".") and part not in {".", ".."} for part in parts) or "__MACOSX" in parts
