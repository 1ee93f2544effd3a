"""Settings of the desk that people may change while it runs."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from auditor.store.database import Change


def get(db: sqlite3.Connection, name: str, default: Any) -> Any:
    """Return a setting, or the default where nobody has set it."""
    row = db.execute("SELECT value FROM settings WHERE name = ?", [name]).fetchone()
    return json.loads(row["value"]) if row else default


def put(change: Change, name: str, value: Any) -> None:
    """Set a setting."""
    change.db.execute(
        "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        [name, json.dumps(value, ensure_ascii=False)],
    )
    change.note("setting.put", "setting", None, name=name, value=value)
