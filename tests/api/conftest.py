"""The application over a store of its own, and a browser-like client for each role."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from auditor.store import Store
from tests.api.desk import PASSWORD, staffed

CSRF = re.compile(r'name="csrf" value="([^"]+)"')


@pytest.fixture(scope="session")
def staffed_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store to be copied: hashing the passwords of all anew would take each test a second."""
    store = staffed(tmp_path_factory.mktemp("staffed") / "desk.db")
    with store.change() as change:
        change.db.execute("COMMIT")
        change.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        change.db.execute("BEGIN")
    return store.path


@pytest.fixture
def store(tmp_path: Path, staffed_file: Path) -> Store:
    """Return a fresh store with the communes, an outlet, and one person of each role, named as the role."""
    shutil.copyfile(staffed_file, tmp_path / "desk.db")
    return Store(tmp_path / "desk.db")


class Person:
    """Someone at a browser: reads pages and sends their forms with the word of the session."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def get(self, path: str):
        return self.client.get(path)

    def post(self, path: str, data: dict | None = None, **more):
        word = CSRF.search(self.client.get("/mat-khau").text)
        return self.client.post(path, data={**(data or {}), "csrf": word.group(1) if word else ""}, **more)


@pytest.fixture
def person(store: Store) -> Iterator[Callable[[str], Person]]:
    """Return a way to log in as a role; redirects are followed."""
    app = create_app(store)
    clients: list[TestClient] = []

    def log_in(role: str) -> Person:
        client = TestClient(app, base_url="http://testserver")
        clients.append(client)
        answer = client.post("/dang-nhap", data={"login": role, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        return Person(client)

    yield log_in
    for client in clients:
        client.close()
