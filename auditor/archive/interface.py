"""What the pieces of a scan tell each other, and what an engine is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal, Protocol

from auditor.documents.interface import Raw
from auditor.documents.limits import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from auditor.archive.plan import Plan

EngineName = Literal["local", "ray"]
Key = tuple[int, int]
"""Number of a batch's shard and of the batch in it, both from 0; keys in order are the archive in order."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is done with every batch; the same on every machine.

    Attributes:
        out: path or URI of the folder of the scan.
        today: the day the scan began, whose law binds texts without a date of their own.
        as_of: the day whose law counts for all, if one was chosen.
        since: articles of an earlier day, or of no day, are left out.
        until: articles of a later day, or of no day, are left out.
        outlets: if there are any, articles of others are left out; in small letters.
        people: also find who is in an article and what it is about.
    """

    out: str
    today: date
    kind: str = "auto"
    as_of: date | None = None
    since: date | None = None
    until: date | None = None
    outlets: tuple[str, ...] = ()
    people: bool = True
    limits: Limits = DEFAULT_LIMITS


@dataclass(frozen=True, slots=True)
class Batch:
    """Some inputs, to be worked on in one process.

    Attributes:
        position: bytes of the archive that are read when this batch is.
    """

    key: Key
    raws: tuple[Raw, ...]
    position: int = 0


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a batch whose part is written; ``findings`` counts by severity."""

    key: Key
    audited: int = 0
    rejected: int = 0
    left_out: int = 0
    findings: Counter[str] = field(default_factory=Counter)
    position: int = 0


class Engine(Protocol):
    """Works on batches, in whatever order."""

    def run(self, plan: Plan, job: Job, finished: Collection[Key]) -> Iterator[Done]:
        """Leave a part for every batch that has none yet, and tell of each.

        Args:
            finished: keys of batches that already have a part.

        Raises:
            StoreError: GA324 the disk is full, GA325 the folder cannot be written, GA326 processes keep dying.
        """
        ...
