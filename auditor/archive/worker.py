"""One batch in, one part out: what every process of every engine does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any
from unicodedata import normalize

import pyarrow as pa

from auditor.archive.folder import Folder
from auditor.archive.interface import Batch, Done, Job
from auditor.archive.signature import signature
from auditor.archive.tables import PART, SEVERITIES, row
from auditor.audit import Auditor
from auditor.documents.codes import Code, trouble
from auditor.documents.interface import BLOCK_BREAK, Document, Input, Line, Raw, Unreadable
from auditor.documents.load import read_raw
from auditor.documents.places import unreadable

_ON_PURPOSE = (KeyboardInterrupt, SystemExit, GeneratorExit)


class Worker:
    """Audits batches; holds the rulebook, so that there is one to a process.

    Raises:
        RulebookError: the rulebook is broken (GA1xx).
        StoreError: GA325 the folder cannot be written.
    """

    def __init__(self, job: Job) -> None:
        self._job = job
        self._auditor = Auditor(people=job.people)
        self._folder = Folder(job.out)

    def work(self, batch: Batch) -> Done:
        """Audit a batch and leave its part.

        Raises:
            StoreError: GA324, GA325 the part cannot be written.
        """
        found = [one for raw in batch.raws for one in self._results(raw)]
        rows = [one for one in found if one is not None]
        left_out = len(found) - len(rows)
        table = pa.Table.from_pylist(rows, PART).replace_schema_metadata({"left_out": str(left_out)})
        self._folder.write_part(batch.key, table)
        rejected = sum(one["code"] is not None for one in rows)
        findings = Counter({severity: sum(one[severity] for one in rows) for severity in SEVERITIES})
        return Done(batch.key, len(rows) - rejected, rejected, left_out, findings, batch.position)

    def probe(self, raw: Raw) -> None:
        """Audit one input for nothing but to see whether the process survives it."""
        pa.Table.from_pylist([one for one in self._results(raw) if one is not None], PART)

    def _results(self, raw: Raw) -> Iterator[dict[str, Any] | None]:
        """Yield a row for each input, None for one that is not wanted."""
        inputs = read_raw(raw, self._job.kind, self._job.limits)
        while True:
            try:
                item = next(inputs)
            except StopIteration:
                return
            except _ON_PURPOSE:
                raise
            except BaseException as error:  # a panic in a Rust library is no Exception
                item = lost(raw, Code.READER_FAILED, detail=type(error).__name__)
            yield self._row(item) if self._wanted(item) else None

    def _row(self, item: Input) -> dict[str, Any]:
        job = self._job
        published = item.published if isinstance(item, Document) and item.kind == "article" else None
        day = job.as_of or published or job.today
        try:
            return row(self._auditor.audit(item, day), _signature(item))
        except _ON_PURPOSE:
            raise
        except BaseException as error:
            failed = trouble(Code.AUDIT_FAILED, detail=type(error).__name__)
            source = item.source if isinstance(item, Document) else item
            broken = Unreadable(
                item.id, source.path, failed.code, failed.message, source.form, source.sha256, item.kind
            )
            return row(self._auditor.audit(broken, day), None)

    def _wanted(self, item: Input) -> bool:
        """Tell whether an input is of the days and outlets asked for; what cannot be read is always told of."""
        job = self._job
        if isinstance(item, Unreadable):
            return True
        if job.outlets and plain_name(item.outlet or "") not in job.outlets:
            return False
        if job.since is None and job.until is None:
            return True
        day = item.published
        return day is not None and (job.since or day) <= day <= (job.until or day)


def plain_name(outlet: str) -> str:
    """Return the name of an outlet as it is compared."""
    return " ".join(normalize("NFC", outlet).casefold().split())


def lost(raw: Raw, code: Code, **facts: object) -> Unreadable:
    """Return an input that could not be audited as one that could not be read."""
    name = raw.id if isinstance(raw, Unreadable) else raw.name
    return unreadable(name, trouble(code, **facts), "jsonl" if isinstance(raw, Line) else "unknown")


def _signature(item: Input) -> bytes | None:
    """Return the signature of an article's body; regulations of neighbouring villages may well be alike."""
    if isinstance(item, Unreadable) or item.kind == "regulation":
        return None
    return signature(BLOCK_BREAK.join(placed.block.text for placed in item.blocks if placed.block.field == "body"))
