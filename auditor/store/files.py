"""Files by their content: what was handed in and what was made, each kept once."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from auditor.store.database import Change, missing

OCTETS = "application/octet-stream"
OFFICE = "application/vnd."
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class File:
    """A file without its bytes; ``size`` in bytes."""

    id: int
    sha256: str
    name: str
    media: str
    size: int


def harmless(media: str) -> str:
    """Return the media type a file is served as: one that a browser would run or show as a page becomes mere bytes."""
    kind = media.split(";")[0].strip().lower()
    acts = any(word in kind for word in ("html", "xml", "svg", "script", "multipart")) and not kind.startswith(OFFICE)
    return OCTETS if acts else media


def keep(change: Change, data: bytes, name: str, media: str = OCTETS) -> File:
    """Keep bytes, or find that they are kept already."""
    sha256 = hashlib.sha256(data).hexdigest()
    row = change.db.execute("SELECT id, sha256, name, media, size FROM files WHERE sha256 = ?", [sha256]).fetchone()
    if row is None:
        media = harmless(media)
        values = {"sha256": sha256, "name": name, "media": media, "size": len(data)}
        id = change.insert("files", {**values, "data": data, "at": change.at})
        return File(id, sha256, name, media, len(data))
    return File(**dict(row))


def keep_stream(change: Change, stream: IO[bytes], name: str, media: str = OCTETS) -> File:
    """Keep what a stream holds, piece by piece, so that a large file never stands in memory."""
    stream.seek(0)
    digest, size = hashlib.sha256(), 0
    while piece := stream.read(CHUNK):
        digest.update(piece)
        size += len(piece)
    row = change.db.execute(
        "SELECT id, sha256, name, media, size FROM files WHERE sha256 = ?", [digest.hexdigest()]
    ).fetchone()
    if row is not None:
        return File(**dict(row))
    media = harmless(media)
    values = (digest.hexdigest(), name, media, size, change.at, size)
    cursor = change.db.execute(
        "INSERT INTO files (sha256, name, media, size, at, data) VALUES (?, ?, ?, ?, ?, zeroblob(?))", values
    )
    id = int(cursor.lastrowid or 0)
    stream.seek(0)
    with change.db.blobopen("files", "data", id) as blob:
        while piece := stream.read(CHUNK):
            blob.write(piece)
    return File(id, digest.hexdigest(), name, media, size)


def pieces(db: sqlite3.Connection, id: int) -> Iterator[bytes]:
    """Yield the bytes of a file piece by piece."""
    with db.blobopen("files", "data", id, readonly=True) as blob:
        while piece := blob.read(CHUNK):
            yield piece


def find(db: sqlite3.Connection, id: int) -> File:
    """Return a file by its id.

    Raises:
        StoreError: GA331, there is no such file.
    """
    row = db.execute("SELECT id, sha256, name, media, size FROM files WHERE id = ?", [id]).fetchone()
    if row is None:
        raise missing()
    return File(**dict(row))


def read(db: sqlite3.Connection, id: int) -> bytes:
    """Return the bytes of a file.

    Raises:
        StoreError: GA331, there is no such file.
    """
    row = db.execute("SELECT data FROM files WHERE id = ?", [id]).fetchone()
    if row is None:
        raise missing()
    return bytes(row["data"])
