"""A store with a person, and a reader whose rulebook is loaded once."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.audit import Auditor
from auditor.store import Store, jobs, units, uploads, users
from auditor.store.users import User
from auditor.worker.jobs import Reader


@pytest.fixture(scope="session")
def auditor() -> Auditor:
    return Auditor(people=False)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "desk.db")
    with store.change() as change:
        units.seed(change)
    return store


@pytest.fixture
def someone(store: Store) -> User:
    with store.change() as change:
        return users.add(change, "ra-soat", "Rà soát", "reviewer", "mot mat khau du dai", must_change=False)


@pytest.fixture
def reader(store: Store, auditor: Auditor) -> Reader:
    return Reader(store, auditor)


@pytest.fixture
def hand_in(store: Store, someone: User) -> Callable[..., int]:
    """Return a way to hand files in; it returns the id of the upload."""

    def given(**files: bytes) -> int:
        with store.change(someone.id) as change:
            upload = uploads.start(change)
            for name, data in files.items():
                uploads.take_in(change, upload, io.BytesIO(data), name.replace("_", "."))
        return upload

    return given


@pytest.fixture
def work(store: Store, reader: Reader) -> Callable[[], int]:
    """Return a way to do all jobs that are due, in this process; it returns how many there were."""

    def all_jobs() -> int:
        count = 0
        while True:
            with store.change() as change:
                job = jobs.claim(change, "test")
            if job is None:
                return count
            reader.do(job)
            count += 1

    return all_jobs
