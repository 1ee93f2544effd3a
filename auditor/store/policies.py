"""What an outlet lets out, holds and keeps: the policy its checks are judged by."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from auditor.store.database import Change, loaded, missing


def of_outlet(db: sqlite3.Connection, outlet_id: int) -> tuple[str, Mapping[str, Any]]:
    """Return the name of an outlet and its policy.

    Raises:
        StoreError: GA331, there is no such outlet.
    """
    row = db.execute("SELECT name, policy FROM outlets WHERE id = ?", [outlet_id]).fetchone()
    if row is None:
        raise missing()
    return row["name"], loaded(row["policy"])


def alter(change: Change, outlet_id: int, policy: Mapping[str, Any]) -> None:
    """Give an outlet another policy; what is not named stays as it was."""
    _, kept = of_outlet(change.db, outlet_id)
    change.update("outlets", outlet_id, {"policy": {**kept, **policy}})
    change.note("outlet.policy", "outlet", outlet_id, **policy)
