"""The folder of a scan: its job, its parts, its tables; on any file system that pyarrow knows.

A file is there whole or not at all: it is written under another name and renamed, so that a process may die at any
moment. ``scan.json`` says what is scanned and how, ``parts/`` holds what is done, ``summary.json`` comes last.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, cast

import pyarrow as pa
from pyarrow.fs import FileInfo, FileSelector, FileSystem, FileType, LocalFileSystem

from auditor.archive.interface import Key
from auditor.documents.places import filesystem, is_remote
from auditor.errors import DocumentError, StoreError

PARTS = "parts"
JOB, SUMMARY = "scan.json", "summary.json"
_PART, _PASSING = ".arrow", ".tmp"


class Folder:
    """A folder that a scan writes into.

    Args:
        out: its path or URI; made if it is not there.

    Raises:
        StoreError: GA324 the disk is full, GA325 it cannot be written.
    """

    def __init__(self, out: str) -> None:
        self.out = out
        try:
            self._system, self._root = _place(out)
        except DocumentError as error:
            raise _unusable(out, error.message) from error
        with coded(out):
            self._system.create_dir(self._root, recursive=True)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other scans on this machine out as long as this one runs.

        Raises:
            StoreError: GA322 another one runs.
        """
        if not isinstance(self._system, LocalFileSystem):
            yield
            return
        with coded(self.out), Path(self._root, ".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise StoreError(
                    "GA322", f"Một lượt quét khác đang ghi vào {self.out}. Hãy chờ lượt ấy xong hoặc chọn thư mục khác."
                ) from error  # fmt: skip
            yield

    def read_json(self, name: str) -> dict[str, Any] | None:
        """Return what a JSON file holds, None if it is not there."""
        with coded(self.out):
            if self._system.get_file_info(self._path(name)).type == FileType.NotFound:
                return None
            with self._system.open_input_stream(self._path(name)) as file:
                return cast("dict[str, Any]", json.loads(file.read()))

    def write_json(self, name: str, data: dict[str, Any]) -> None:
        """Write a JSON file."""
        with self.writing(name) as out:
            out.write((json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode())

    @contextmanager
    def writing(self, name: str) -> Iterator[IO[bytes]]:
        """Open a file to be written; it appears when it is whole."""
        path = self._path(name)
        passing = f"{path}.{os.getpid()}{_PASSING}"
        with coded(self.out):
            try:
                with self._system.open_output_stream(passing) as out:
                    yield out
                self._system.move(passing, path)
            except BaseException:
                self._forget(passing)
                raise

    def write_part(self, key: Key, table: pa.Table) -> None:
        """Leave the part of a batch."""
        with coded(self.out):
            self._system.create_dir(self._path(PARTS), recursive=True)
        with self.writing(_part(key)) as out, pa.ipc.new_file(out, table.schema) as writer:
            writer.write_table(table)

    def read_part(self, key: Key, columns: list[str] | None = None) -> pa.Table:
        """Return a part, or some of its columns."""
        with coded(self.out), self._system.open_input_file(self._path(_part(key))) as file:
            options = None
            reader = pa.ipc.open_file(file)
            if columns is not None:
                options = pa.ipc.IpcReadOptions(included_fields=[reader.schema.get_field_index(one) for one in columns])
                reader = pa.ipc.open_file(file, options=options)
            return reader.read_all()

    def finished(self) -> list[Key]:
        """Return the keys of the parts that are there, in order."""
        names = [one.base_name.removesuffix(_PART) for one in self._files(self._path(PARTS), _PART)]
        return sorted((int(shard), int(number)) for shard, number in (name.split("-") for name in names))

    def tidy(self) -> None:
        """Clear away what a process that died left half done."""
        for folder in (self._root, self._path(PARTS)):
            for one in self._files(folder, _PASSING):
                self._forget(one.path)

    def drop_parts(self) -> None:
        """Remove all parts."""
        with coded(self.out):
            if self._system.get_file_info(self._path(PARTS)).type != FileType.NotFound:
                self._system.delete_dir(self._path(PARTS))

    def _files(self, folder: str, ending: str) -> list[FileInfo]:
        with coded(self.out):
            found = self._system.get_file_info(FileSelector(folder, allow_not_found=True))
        return [one for one in found if one.base_name.endswith(ending)]

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"

    def _forget(self, path: str) -> None:
        with suppress(OSError):
            self._system.delete_file(path)


def _part(key: Key) -> str:
    return f"{PARTS}/{key[0]:06d}-{key[1]:06d}{_PART}"


def keep_apart(archive: str, out: str) -> None:
    """Make sure that the folder of a scan is no part of what is scanned.

    Raises:
        StoreError: GA327 it is.
    """
    with suppress(DocumentError):
        (there, inside), (here, path) = _place(archive), _place(out)
        if there == here and f"{path}/".startswith(f"{inside.rstrip('/')}/"):
            raise StoreError("GA327", f"Thư mục kết quả {out} nằm trong kho {archive}. Hãy chọn một thư mục ngoài kho.")


def _place(name: str) -> tuple[FileSystem, str]:
    return filesystem(name) if is_remote(name) else (LocalFileSystem(), os.path.realpath(name))


def _unusable(out: str, reason: str) -> StoreError:
    return StoreError("GA325", f"Không đọc hoặc ghi được {out} ({reason}). Hãy kiểm tra đường dẫn và quyền ghi.")


@contextmanager
def coded(out: str) -> Iterator[None]:
    """Give an error of the file system that holds a place its code."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise StoreError(
                "GA324", f"Đĩa chứa {out} đã đầy. Phần đã quét được giữ nguyên."
                " Hãy dọn chỗ rồi chạy lại lệnh cũ, thêm --resume.",
            ) from error  # fmt: skip
        raise _unusable(out, error.strerror or str(error) or type(error).__name__) from error
