"""The tables of the store, as the steps that made them.

A step that has been released is never altered; a change of the tables is a new step. Words for states and kinds are
listed in :mod:`auditor.store.words`. Moments are UTC texts (:mod:`auditor.store.clock`), days are ``YYYY-MM-DD``.
"""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database, Migrations

migrations = Migrations("auditor")
STEPS = Path(__file__).with_name("steps")


def _step(name: str) -> None:
    """Register the statements of one SQL file as a step."""

    @migrations(name=name)
    def run(db: Database) -> None:
        for statement in _statements((STEPS / f"{name}.sql").read_text(encoding="utf-8")):
            db.conn.execute(statement)


def _statements(script: str) -> list[str]:
    """Split a script at the lines that end a statement (``;`` alone inside a trigger does not stand at the margin)."""
    return [part.strip() for part in script.split(";\n\n") if part.strip()]


_step("0001_desk")
_step("0002_review")
_step("0003_checks")
_step("0004_hooks")
_step("0005_history")
_step("0006_villages")
