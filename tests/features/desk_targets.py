"""What the features of targets and yearly reports share: a desk, people at it, and the page they look at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from fastapi.testclient import TestClient

from api.app import create_app
from auditor.store import Store
from tests.store.regulations import put

PASSWORD = "mot mat khau du dai"
CSRF = re.compile(r'name="csrf" value="([^"]+)"')


@dataclass
class Desk:
    """A desk over a store of its own."""

    store: Store
    page: str = ""
    files: list[bytes] = field(default_factory=list)
    clients: dict[str, TestClient] = field(default_factory=dict)

    def person(self, role: str) -> TestClient:
        """Return someone of a role, logged in."""
        if role not in self.clients:
            self.clients[role] = TestClient(create_app(self.store))
            self.clients[role].post("/dang-nhap", data={"login": role, "password": PASSWORD})
        return self.clients[role]

    @property
    def words(self) -> str:
        """Return the page without its links, which stand around numbers."""
        return re.sub(r"</?a\b[^>]*>", "", self.page)

    def open(self, path: str, role: str = "reviewer") -> None:
        """Look at a page."""
        self.page = self.person(role).get(path).text

    def send(self, path: str, data: dict[str, str], role: str = "reviewer", **more: object) -> None:
        """Send a form and look at what comes back."""
        word = CSRF.search(self.person(role).get("/mat-khau").text)
        assert word is not None
        answer = self.person(role).post(path, data={**data, "csrf": word.group(1)}, **more)  # type: ignore[arg-type]
        self.page = answer.text

    def regulations(self, commune: str, count: int, clean: int, accused: int) -> None:
        """Put in regulations in force: some clean, some accused, the others not reviewed."""
        for at in range(count):
            name = f"Bản {len(self.files)}-{at}-{count}"
            put(self.store, name, commune=commune, s4=int(clean <= at < clean + accused), closed=at < clean + accused)

    def close(self) -> None:
        """Send everybody home."""
        for client in self.clients.values():
            client.close()


def opened(store: Store) -> Iterator[Desk]:
    """Yield a desk and close it."""
    desk = Desk(store)
    yield desk
    desk.close()
