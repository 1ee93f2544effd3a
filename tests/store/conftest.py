"""A store of one's own for each test, and short ways to fill it."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.store import Store, units


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return a fresh store with the province and its communes."""
    store = Store(tmp_path / "desk.db")
    with store.change() as change:
        units.seed(change)
    return store
