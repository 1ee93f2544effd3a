"""The end of a scan: all parts, in order, become tables; copies are set apart; the counts of the summary add up."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from typing import IO, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow.parquet import ParquetWriter

from auditor.archive.duplicates import Copy, copies
from auditor.archive.folder import SUMMARY, Folder, coded
from auditor.archive.interface import Key
from auditor.archive.signature import NUMBERS
from auditor.archive.summary import Count, Summary
from auditor.archive.tables import DUPLICATES, FINDINGS, PEOPLE, RECORDS

GROUP = 50_000
NO_DAY = np.iinfo(np.int32).max


def finish(folder: Folder, summed: Callable[[Count], Summary]) -> Summary:
    """Make the tables of a scan out of its parts, and its summary last.

    Args:
        summed: what makes a summary of the counts.

    Raises:
        StoreError: GA324 the disk is full, GA325 the folder cannot be written.
    """
    keys = folder.finished()
    found = {copy.place: copy for copy in _copies(folder, keys)}
    with ExitStack() as files:
        rejects = files.enter_context(folder.writing("rejects.jsonl"))
        records, findings, people, duplicates = (
            files.enter_context(_Table(files.enter_context(folder.writing(f"{name}.parquet")), schema))
            for name, schema in (
                ("records", RECORDS), ("findings", FINDINGS), ("people", PEOPLE), ("duplicates", DUPLICATES),
            )
        )  # fmt: skip
        names = _names(folder, keys, {copy.original for copy in found.values()})
        count = Count()
        for start, part in _parts(folder, keys):
            count.left_out += int(part.schema.metadata[b"left_out"])
            seqs = np.arange(start, start + len(part))
            part = part.append_column("seq", pa.array(seqs))
            rejected = pc.is_valid(part["code"]).to_numpy()
            copied = np.array([seq in found for seq in seqs.tolist()], dtype=np.bool_)
            audited = part.filter(pa.array(~rejected & ~copied))
            records.add(audited.select(RECORDS.names))
            findings.add(_unnested(audited, "findings", FINDINGS))
            people.add(_unnested(audited, "people", PEOPLE))
            duplicates.add(_linked(part.filter(pa.array(copied)), found, names))
            _write_rejects(part.filter(pa.array(rejected)), rejects)
            count.add_audited(audited)
            count.add_duplicates(part.filter(pa.array(copied)))
            count.add_rejected(part.filter(pa.array(rejected)))
    summary = summed(count)
    folder.write_json(SUMMARY, summary.model_dump(mode="json"))
    return summary


class _Table:
    """A Parquet file that grows by some rows at a time, and is written in groups of rows."""

    def __init__(self, out: IO[bytes], schema: pa.Schema) -> None:
        self._writer = ParquetWriter(out, schema, compression="zstd")
        self._schema = schema
        self._waiting: list[pa.Table] = []

    def __enter__(self) -> _Table:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._flush()
        self._writer.close()

    def add(self, rows: pa.Table) -> None:
        """Add rows that have all columns of the schema, in whatever order."""
        if len(rows):
            self._waiting.append(rows.select(self._schema.names).cast(self._schema))
            if sum(map(len, self._waiting)) >= GROUP:
                self._flush()

    def _flush(self) -> None:
        if self._waiting:
            self._writer.write_table(pa.concat_tables(self._waiting).combine_chunks())
            self._waiting = []


def _parts(folder: Folder, keys: Iterable[Key], columns: list[str] | None = None) -> Iterable[tuple[int, pa.Table]]:
    """Yield parts in order, each with the place of its first row in the archive."""
    start = 0
    for key in keys:
        part = folder.read_part(key, columns)
        yield start, part
        start += len(part)


def _copies(folder: Folder, keys: Sequence[Key]) -> list[Copy]:
    """Find the copies among all rows that have a signature; places are those in the archive."""
    places: list[np.ndarray[Any, Any]] = []
    days: list[np.ndarray[Any, Any]] = []
    with coded(tempfile.gettempdir()), tempfile.TemporaryFile() as file:
        for start, part in _parts(folder, keys, ["signature", "date"]):
            known = pc.is_valid(part["signature"])
            part = part.filter(known)
            file.writelines(part["signature"].to_pylist())
            places.append(start + np.flatnonzero(known.to_numpy()))
            days.append(pc.fill_null(pc.cast(part["date"], pa.int32()), NO_DAY).to_numpy())
        file.flush()
        if not file.tell():
            return []
        place = np.concatenate(places)
        signatures = np.memmap(file, dtype="<u4", mode="r", shape=(len(place), NUMBERS))
        found = copies(signatures, np.concatenate(days))
    return [Copy(int(place[one.place]), int(place[one.original]), one.similarity) for one in found]


def _names(folder: Folder, keys: Iterable[Key], wanted: set[int]) -> dict[int, str]:
    """Return the ids of some rows."""
    return {
        start + at: name
        for start, part in _parts(folder, keys, ["record"])
        for at, name in enumerate(part["record"].to_pylist())
        if start + at in wanted
    }


def _unnested(rows: pa.Table, column: str, schema: pa.Schema) -> pa.Table:
    """Return a row for each value in the lists of a column, with the seq and id of the row it comes from."""
    nested = rows[column].combine_chunks()
    of = pc.list_parent_indices(nested)
    values = pc.list_flatten(nested)
    columns = {"seq": rows["seq"].take(of), "record": rows["record"].take(of)}
    columns |= {name: values.field(name) for name in schema.names if name not in columns}
    return pa.table(columns)


def _linked(rows: pa.Table, found: dict[int, Copy], names: dict[int, str]) -> pa.Table:
    """Return copies with what they are copies of."""
    links = [found[seq] for seq in rows["seq"].to_pylist()]
    columns = {name: rows[name] for name in DUPLICATES.names if name in rows.column_names}
    columns["original_seq"] = pa.array([link.original for link in links], pa.int64())
    columns["original"] = pa.array([names[link.original] for link in links], pa.string())
    columns["similarity"] = pa.array([link.similarity for link in links], pa.float64())
    return pa.table(columns)


def _write_rejects(rows: pa.Table, out: IO[bytes]) -> None:
    columns = ["seq", "record", "path", "form", "sha256", "code", "message"]
    for row in rows.select(columns).to_pylist():
        line = {"seq": row["seq"], "id": row["record"], **{name: row[name] for name in columns[2:]}}
        out.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
