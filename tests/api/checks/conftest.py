"""The API over a store with one outlet, checking in this process so that tests are quick."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache

import pytest
import uvicorn
from fastapi.testclient import TestClient

from api.app import create_app
from api.checks.service import Limits, Service
from api.connection import Connection
from auditor.audit import Auditor
from auditor.checks.check import Checked, check
from auditor.checks.pool import Task
from auditor.store import Store, keys


@cache
def auditor(people: bool) -> Auditor:
    """Return an auditor for all tests."""
    return Auditor(people=people)


class ThreadPool:
    """Checks in a thread of this process."""

    def __init__(self) -> None:
        auditor(True)
        self._threads = ThreadPoolExecutor(1)

    def submit(self, task: Task) -> Future[Checked]:
        return self._threads.submit(lambda: check(auditor(task.people), task.sent, task.as_of, task.outlet))

    def close(self) -> None:
        self._threads.shutdown()


@pytest.fixture
def service(store: Store) -> Iterator[Service]:
    """Return a service that checks in this process."""
    service = Service(store, ThreadPool(), Limits(per_minute=30, per_day=40))
    yield service
    service.close()


@pytest.fixture
def key(store: Store) -> str:
    """Return a key of the outlet, with all scopes."""
    with store.change() as change:
        return keys.add(change, 1, "CMS")[1]


@pytest.fixture
def client(store: Store, service: Service, key: str) -> Iterator[TestClient]:
    """Return a client that sends the key."""
    with TestClient(create_app(store, service), headers={"Authorization": f"Bearer {key}"}) as client:
        yield client


@pytest.fixture
def live(store: Store, service: Service) -> Iterator[str]:
    """Return the address of the application over HTTP on this machine, for programs that are not ours."""
    config = uvicorn.Config(create_app(store, service), log_level="error", lifespan="off", ws="none", http=Connection)
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join()
