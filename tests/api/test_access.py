"""Every route against every role, and against those who ask for what is not theirs.

Each request is made in a desk that holds one of everything, put back as it was after every request that changes.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from api.access import COOKIE, MAY
from api.app import create_app
from auditor.store import Store, trail, users
from auditor.store.words import ROLES
from tests.api.desk import SCRIPT, Ids, filled, staffed
from tests.api.routes import ANYONE, OF_COMMUNE, OF_OUTLET, OPEN, Asked, asked

STRANGER = "stranger"


@dataclass
class Desk:
    """A filled desk, and a client for each role that is logged in."""

    store: Store
    whole: Path
    ids: dict[str, Ids]
    routes: list[Asked]
    clients: dict[str, TestClient]
    words: dict[str, str]

    def ask(self, role: str, one: Asked, side: str = "own", *, word: bool = True) -> Response:
        """Make the request of a route as a role, and put the store back."""
        answer = self.send(role, one, side, word=word)
        if one.method != "GET":
            self.restore()
        return answer

    def send(self, role: str, one: Asked, side: str, *, word: bool = True) -> Response:
        """Make the request of a route as a role, and leave in the store what it did."""
        client, address = self.clients[role], one.address(self.ids[side])
        # What an answer puts into the cookies is forgotten: the session stands in a header.
        client.cookies.clear()
        if one.method == "GET":
            return client.get(address)
        fields, sent = one.form()
        headers = {"x-csrf-word": self.words[role]} if word else {}
        return client.request(one.method, address, data=fields, files=sent or None, headers=headers)

    def restore(self) -> None:
        """Put the store back as it was when it was filled."""
        for log in ("-wal", "-shm"):
            Path(f"{self.store.path}{log}").unlink(missing_ok=True)
        shutil.copyfile(self.whole, self.store.path)

    def lines(self) -> int:
        with self.store.read() as db:
            return trail.verify(db).lines


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("desk")
    store = staffed(folder / "desk.db")
    ids = filled(store)
    ids["nobody"] = dict.fromkeys(ids["own"], 999_999)
    app = create_app(store)
    clients = {STRANGER: _client(app, {})}
    words = {STRANGER: ""}
    with store.change() as change:
        for user in users.everyone(change.db):
            token = users.open_session(change, user)
            found = users.session(change.db, token)
            assert found is not None
            clients[user.role] = _client(app, {"cookie": f"{COOKIE}={token}"})
            words[user.role] = found.csrf
    with store.read() as db:
        db.execute("COMMIT")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copyfile(store.path, folder / "whole.db")
    yield Desk(store, folder / "whole.db", ids, asked(app), clients, words)
    for client in clients.values():
        client.close()


def test_every_route_says_who_may_call_it(desk):
    assert [one.name for one in desk.routes if one.needs is None] == []
    assert len(desk.routes) > 20


def test_only_logging_in_the_stylesheet_and_the_extension_are_open_to_all(desk):
    opened = [one.name for one in desk.routes if one.needs == OPEN]
    assert opened == ["GET /clients/soat-gioi.oxt", "GET /dang-nhap", "GET /style.css", "POST /dang-nhap"]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_role_reaches_what_it_may_and_nothing_else(desk, role, method):
    wrong = []
    for one in desk.routes:
        if (one.method == "GET") != (method == "GET"):
            continue
        answer = desk.ask(role, one)
        refused = answer.status_code == 403 and "GA403" in answer.text
        allowed = one.needs in {OPEN, ANYONE} or one.needs in MAY[role]
        lost = _to_login(answer) and one.route.path != "/dang-xuat"
        if refused == allowed or answer.status_code >= 500 or lost:
            wrong.append(f"{one.name}: {answer.status_code}")
    assert wrong == []


def test_a_stranger_is_sent_to_the_login_from_everywhere(desk):
    wrong = [one.name for one in desk.routes if one.needs != OPEN and not _to_login(desk.ask(STRANGER, one))]
    assert wrong == []


def test_no_change_is_made_without_the_word_of_the_session(desk):
    wrong = []
    for one in desk.routes:
        if one.method == "GET" or one.needs == OPEN:
            continue
        for role in ROLES:
            answer = desk.ask(role, one, word=False)
            if answer.status_code != 403:
                wrong.append(f"{role}: {one.name}: {answer.status_code}")
    assert wrong == []


@pytest.mark.parametrize(("role", "tables"), [("commune", OF_COMMUNE), ("newsroom", OF_OUTLET)])
def test_what_belongs_to_others_is_not_found_and_not_changed(desk, role, tables):
    """An address that names a row of another commune or outlet answers as if there were no such row."""
    wrong = []
    for one in desk.routes:
        if one.needs not in MAY[role] or not one.tables() & tables:
            continue
        before = desk.lines()
        answer = desk.send(role, one, "foreign")
        # A form that does not fit may be told first; a page may answer as it does for what nobody has.
        nobody = desk.send(role, one, "nobody")
        same = (answer.status_code, answer.text) == (nobody.status_code, nobody.text)
        fine = answer.status_code == 404 or (answer.status_code == 422 and one.method != "GET")
        fine = (fine or (same and one.method == "GET")) and desk.lines() == before
        desk.restore()
        if not fine:
            wrong.append(f"{one.name}: {answer.status_code}")
    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
def test_no_page_lets_what_people_wrote_act(desk, role):
    """Names, texts and file names of this desk hold a script: it stands in no page but escaped, and no file is HTML."""
    wrong = []
    for one in desk.routes:
        if one.method != "GET" or not (one.needs in {OPEN, ANYONE} or one.needs in MAY[role]):
            continue
        answer = desk.ask(role, one)
        kind = answer.headers.get("content-type", "")
        # The files of this desk hold the script too: one that went out as a page would be found here.
        page = kind.startswith(("text/html", "image/svg", "application/xhtml", "text/xml", "application/xml"))
        if page and (SCRIPT in answer.text or "attachment" in answer.headers.get("content-disposition", "")):
            wrong.append(f"{one.name}: {kind}")
    assert wrong == []


def _client(app: FastAPI, headers: dict[str, str]) -> TestClient:
    """Return a client to whom a failure of the program is an answer (500) like others, to be listed with them."""
    return TestClient(app, follow_redirects=False, raise_server_exceptions=False, headers=headers)


def _to_login(answer: Response) -> bool:
    return answer.status_code == 303 and answer.headers["location"].startswith("/dang-nhap")
