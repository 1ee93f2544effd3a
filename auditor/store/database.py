"""One SQLite file: how it is opened, read and changed.

A change is one transaction that begins by taking the write lock and ends with its lines in the audit trail, so that a
process killed at any moment leaves either all of it or nothing. Readers never wait for writers (WAL).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from auditor.errors import StoreError
from auditor.store import clock, trail
from auditor.store.migrations import migrations
from auditor.text import bare, spelled

BUSY = 30.0
"""Seconds a change waits for another one to end."""

Row = sqlite3.Row


@dataclass(frozen=True, slots=True)
class Change:
    """A change under way, by one person (None: by the program itself)."""

    db: sqlite3.Connection
    actor: int | None
    at: str

    def insert(self, table: str, values: Mapping[str, Any]) -> int:
        """Insert one row and return its id; lists and mappings are stored as JSON."""
        names = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join("?" for _ in values)
        cursor = self.db.execute(
            f'INSERT INTO "{table}" ({names}) VALUES ({marks})', [_plain(v) for v in values.values()]
        )
        return int(cursor.lastrowid or 0)

    def update(self, table: str, id: int, values: Mapping[str, Any]) -> None:
        """Set columns of one row.

        Raises:
            StoreError: GA331, there is no such row.
        """
        names = ", ".join(f'"{name}" = ?' for name in values)
        done = self.db.execute(f'UPDATE "{table}" SET {names} WHERE id = ?', [*map(_plain, values.values()), id])
        if done.rowcount != 1:
            raise missing()

    def note(self, action: str, subject: str, subject_id: int | None = None, **data: Any) -> None:
        """Add a line to the audit trail: an action such as ``finding.confirm`` on a subject such as ``finding``."""
        trail.append(self.db, self.at, self.actor, action, subject, subject_id, data)


class Store:
    """The file of the desk.

    Args:
        path: the SQLite file; made, with its folder, where it does not stand yet.

    Raises:
        StoreError: GA330, the file cannot be opened or is not a database of this program.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with _open(path) as db:
                known = Database(db)
                if migrations.pending(known):
                    migrations.apply(known)
        except (sqlite3.Error, OSError) as error:
            raise StoreError(
                "GA330",
                f"Không mở được kho dữ liệu {path} ({error}). Hãy kiểm tra đường dẫn, quyền ghi và dung lượng đĩa; "
                "nếu tệp hỏng, hãy lấy lại từ bản sao lưu.",
            ) from error

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """Open the file for one reading; all that is read in it is of one moment."""
        with _open(self.path) as db:
            db.execute("BEGIN")
            yield db

    @contextmanager
    def change(self, actor: int | None = None) -> Iterator[Change]:
        """Open the file for one change: all of it is kept, or nothing.

        Raises:
            StoreError: GA332, others kept the file busy too long.
        """
        with _open(self.path) as db:
            try:
                db.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                raise StoreError("GA332", "Kho dữ liệu đang bận. Xin thử lại sau ít phút.") from error
            try:
                yield Change(db, actor, clock.now())
            except BaseException:
                db.rollback()
                raise
            db.commit()


def missing() -> StoreError:
    """Return the error of something that is not, or no longer, in the store."""
    return StoreError("GA331", "Không tìm thấy mục này trong kho dữ liệu; có thể mục đã được gộp hoặc gỡ bỏ.")


def loaded(words: str | None) -> Any:
    """Read a column stored as JSON."""
    return None if words is None else json.loads(words)


@contextmanager
def _open(path: Path) -> Iterator[sqlite3.Connection]:
    db = sqlite3.connect(path, timeout=BUSY, isolation_level=None, check_same_thread=False)
    try:
        db.row_factory = sqlite3.Row
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA foreign_keys = ON")
        db.create_function("fold", 1, lambda words: bare(words or ""), deterministic=True)
        db.create_function("spelled", 1, lambda words: spelled(words or ""), deterministic=True)
        yield db
    finally:
        db.close()


def _plain(value: Any) -> Any:
    """Return a value as SQLite keeps it."""
    if isinstance(value, dict | list | tuple):
        return json.dumps(value, ensure_ascii=False)
    return value.isoformat() if hasattr(value, "isoformat") else value
