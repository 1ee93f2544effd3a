"""An archive cut into shards, and shards into batches; the cut depends on the archive alone, never on who works."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from auditor.archive.interface import Batch
from auditor.documents.interface import File, Line, Raw, Unreadable
from auditor.documents.limits import Limits
from auditor.documents.places import printable
from auditor.documents.walk import Found, sources
from auditor.errors import DocumentError

LINES = 256
FILES = 16
BYTES = 4 * 2**20
LOOSE = 256


@dataclass(frozen=True, slots=True)
class Shard:
    """One container (an item file, a zip, a Parquet or WARC file), or a run of loose files.

    Attributes:
        number: place in the archive, from 0.
        found: what it holds, in order.
        share: what share of its inputs is looked at, between 0 and 1.
        most: how many inputs are looked at, None for all.
        before: bytes of the archive that lie before it.
    """

    number: int
    found: tuple[Found | Unreadable, ...]
    limits: Limits
    share: float = 1.0
    most: int | None = None
    before: int = 0

    @property
    def size(self) -> int:
        """Bytes in its files."""
        return sum(_size(one) for one in self.found)

    def batches(self) -> Iterator[Batch]:
        """Yield its inputs in batches, in order, each bounded in number and bytes."""
        position = 0
        raws: list[Raw] = []
        room, number = 1.0, 0
        for raw, position in self._chosen():
            raws.append(raw)
            room -= _cost(raw)
            if room <= 0:
                yield Batch((self.number, number), tuple(raws), position)
                raws, room, number = [], 1.0, number + 1
        if raws:
            yield Batch((self.number, number), tuple(raws), position)

    def count(self, most: int) -> int:
        """Count its chosen inputs, up to a number."""
        return sum(1 for _ in islice(self._chosen(), most))

    def _chosen(self) -> Iterator[tuple[Raw, int]]:
        chosen = ((raw, at) for raw, at in self._raws() if self.share >= 1 or _lot(raw) < self.share)
        return islice(chosen, self.most)

    def _raws(self) -> Iterator[tuple[Raw, int]]:
        """Yield each input, and how many bytes of the archive are read by then."""
        before = self.before
        for one in self.found:
            if isinstance(one, Unreadable):
                yield one, before
                continue
            for raw, position in one.placed(self.limits):
                yield raw, before + position
            before += one.size


@dataclass(frozen=True, slots=True)
class Plan:
    """The shards of an archive, listed anew each time they are asked for, so that their number does not matter.

    Attributes:
        archive: path or URI of a file or folder.
        share: look only at this share of the inputs, chosen by their bytes: the same ones in every run.
        most: look only at so many of those.
    """

    archive: str
    limits: Limits
    share: float = 1.0
    most: int | None = None

    def __iter__(self) -> Iterator[Shard]:
        left, before = self.most, 0
        for number, found in enumerate(_runs(sources(self.archive))):
            shard = Shard(number, found, self.limits, self.share, before=before)
            before += shard.size
            if left is not None:
                shard = replace(shard, most=shard.count(left))
                left -= shard.most or 0
            yield shard
            if left == 0:
                return

    def facts(self) -> tuple[str, int]:
        """Return what tells the archive from one that has changed, a hash of names and sizes, and its size in bytes.

        Raises:
            DocumentError: there is no such archive, or it cannot be opened.
        """
        digest = hashlib.sha256()
        size = 0
        for one in sources(self.archive):
            if isinstance(one, Unreadable) and one.id == printable(self.archive):
                raise DocumentError(one.code, one.message)
            name = one.id if isinstance(one, Unreadable) else one.name
            digest.update(f"{name}\0{_size(one)}\0".encode("utf-8", "surrogateescape"))
            size += _size(one)
        return digest.hexdigest(), size


def _runs(found: Iterable[Found | Unreadable]) -> Iterator[tuple[Found | Unreadable, ...]]:
    """Yield containers by themselves, and what stands between them in runs."""
    loose: list[Found | Unreadable] = []
    for one in found:
        if isinstance(one, Found) and one.form != "file":
            if loose:
                yield tuple(loose)
                loose = []
            yield (one,)
        else:
            loose.append(one)
            if len(loose) == LOOSE:
                yield tuple(loose)
                loose = []
    if loose:
        yield tuple(loose)


def _size(one: Found | Unreadable) -> int:
    return one.size if isinstance(one, Found) else 0


def _cost(raw: Raw) -> float:
    """Return what part of a batch an input takes up."""
    if isinstance(raw, File):
        return max(1 / FILES, len(raw.data or b"") / BYTES)
    return max(1 / LINES, len(raw.data) / BYTES) if isinstance(raw, Line) else 1 / LINES


def _lot(raw: Raw) -> float:
    """Draw a number between 0 and 1 for an input, always the same one."""
    if isinstance(raw, Line):
        drawn = raw.data
    else:
        drawn = (raw.name if isinstance(raw, File) else raw.id).encode("utf-8", "surrogateescape")
    return int.from_bytes(hashlib.blake2b(drawn, digest_size=8).digest(), "big") / 2**64
