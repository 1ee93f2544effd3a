"""Where inputs lie: a local path, or a URI of any file system that pyarrow knows (``s3://``, ``hdfs://``, ``gs://``)."""

from __future__ import annotations

import io
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast
from urllib.parse import quote

from auditor.documents.codes import Code, trouble
from auditor.documents.interface import Unreadable
from auditor.errors import DocumentError

if TYPE_CHECKING:
    from pyarrow.fs import FileInfo, FileSystem

_URI = re.compile(r"[a-z][a-z0-9+.-]+://")
# What may stand in a URI as it is; names of files also have spaces, Vietnamese letters and number signs.
_OF_URIS = "%/:?&=@+~,;!$'()*[]"


def files_under(name: str) -> Iterator[str | Unreadable]:
    """Yield a file, or the files of a folder in bytewise order of their relative paths, hidden ones left out.

    Links in a folder are not followed; what cannot be entered is yielded as unreadable.
    """
    yield from _remote_files(name) if is_remote(name) else _local_files(Path(name), name)


def is_remote(name: str) -> bool:
    """Tell a URI from a local path."""
    return _URI.match(name) is not None


def opened(name: str) -> IO[bytes]:
    """Open a file for reading.

    Raises:
        DocumentError: GA220 it may not be opened, or the file system does not answer.
    """
    try:
        if not is_remote(name):
            return Path(name).open("rb")
        system, path = filesystem(name)
        # pyarrow's files read like raw files but carry no type of the standard library.
        return cast("IO[bytes]", io.BufferedReader(cast("io.RawIOBase", system.open_input_file(path)), 1 << 20))
    except OSError as error:
        raise trouble(Code.NOT_ALLOWED, detail=reason(error)) from error


def filesystem(uri: str) -> tuple[FileSystem, str]:
    """Return the file system of a URI and the path in it.

    Raises:
        DocumentError: GA220 pyarrow knows no such file system.
    """
    from pyarrow import ArrowException
    from pyarrow.fs import FileSystem

    try:
        return cast("tuple[FileSystem, str]", FileSystem.from_uri(quote(uri, safe=_OF_URIS)))
    except (OSError, ValueError, ArrowException) as error:
        raise trouble(Code.NOT_ALLOWED, detail=reason(error)) from error


def printable(name: str) -> str:
    """Return a path as text that can be written out: bytes of a name that are no text become ``\\\\xNN``."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def unreadable(name: str, error: DocumentError, form: str = "unknown") -> Unreadable:
    """Return an error as the result of an input."""
    return Unreadable(printable(name), printable(name), error.code, error.message, form=form)


def reason(error: Exception) -> str:
    """Return in a few words why something could not be opened."""
    return (error.strerror if isinstance(error, OSError) else None) or type(error).__name__


def _local_files(path: Path, name: str) -> Iterator[str | Unreadable]:
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        yield unreadable(name, trouble(Code.MISSING_PATH, path=printable(name)))
    except (OSError, ValueError) as error:
        yield unreadable(name, trouble(Code.NOT_ALLOWED, detail=reason(error)))
    else:
        if stat.S_ISDIR(mode):
            yield from _folder(name)
        elif stat.S_ISREG(mode):
            yield name
        else:
            yield unreadable(name, trouble(Code.LINK))


def _folder(name: str) -> Iterator[str | Unreadable]:
    """Yield the files of a folder, one folder's names held at a time; a folder stands where its name and "/" would."""
    try:
        with os.scandir(name) as found:
            entries = [one for one in found if not one.name.startswith(".")]
    except OSError as error:
        yield unreadable(name, trouble(Code.NOT_ALLOWED, detail=reason(error)))
        return
    for entry in sorted(entries, key=_place):
        if entry.is_symlink():
            yield unreadable(entry.path, trouble(Code.LINK))
        elif entry.is_dir():
            yield from _folder(entry.path)
        else:
            yield from _local_files(Path(entry.path), entry.path)


def _place(entry: os.DirEntry[str]) -> bytes:
    return os.fsencode(entry.name) + (b"/" if entry.is_dir(follow_symlinks=False) else b"")


def _remote_files(uri: str) -> Iterator[str | Unreadable]:
    from pyarrow.fs import FileSelector, FileType

    try:
        system, path = filesystem(uri)
        kind = system.get_file_info(path).type
        if kind == FileType.NotFound:
            raise trouble(Code.MISSING_PATH, path=uri)
        if kind == FileType.File:
            yield uri
            return
        found: list[FileInfo] = system.get_file_info(FileSelector(path, recursive=True))
    except DocumentError as error:
        yield unreadable(uri, error)
        return
    except OSError as error:
        yield unreadable(uri, trouble(Code.NOT_ALLOWED, detail=reason(error)))
        return
    inner = [one.path[len(path) :].lstrip("/") for one in found if one.type == FileType.File]
    shown = [one for one in inner if not any(part.startswith(".") for part in one.split("/"))]
    yield from (f"{uri.rstrip('/')}/{one}" for one in sorted(shown, key=str.encode))
