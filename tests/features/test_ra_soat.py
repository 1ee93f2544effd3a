"""The steps of ``features/ra_soat.feature``, taken through the pages as people would."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pytest_bdd import given, parsers, scenarios, then, when

from api.app import create_app
from auditor.store import Store, clock, findings, seconds, units, users
from auditor.store.words import DECISIONS, Role
from tests.reviewed import hand_in, of

scenarios("ra_soat.feature")

ROLES: dict[str, Role] = {"rà soát viên": "reviewer", "pháp chế": "legal", "cán bộ xã": "commune"}
WHO = "(?P<who>rà soát viên|pháp chế|cán bộ xã)"
HOW = {"xác nhận": "confirmed", "bác bỏ": "dismissed", "xin tham vấn": "consult"}
PASSWORD = "mot mat khau du dai"


@dataclass
class Desk:
    """The desk over a store, a browser for each person, and the last answer."""

    store: Store
    version: int = 0
    answer: str = ""
    browsers: dict[str, TestClient] = field(default_factory=dict)

    def browser(self, who: str) -> TestClient:
        """Return the browser of a person, logged in."""
        if who not in self.browsers:
            client = TestClient(create_app(self.store))
            client.post("/dang-nhap", data={"login": ROLES[who], "password": PASSWORD})
            self.browsers[who] = client
        return self.browsers[who]

    def get(self, who: str, path: str) -> str:
        """Let a person open a page."""
        return self.browser(who).get(path).text

    def post(self, who: str, path: str, **data: object) -> None:
        """Let a person send a form, and keep what came back."""
        word = re.search(r'name="csrf" value="([^"]+)"', self.get(who, "/mat-khau"))
        assert word is not None
        self.answer = self.browser(who).post(path, data={**data, "csrf": word.group(1)}).text

    def path(self, severity: str) -> str:
        """Return the address of the finding suggested at a severity."""
        return f"/ra-soat/{self.version}/phat-hien/{of(self.store, self.version, severity).id}"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    store = Store(tmp_path / "desk.db")
    with store.change() as change:
        units.seed(change)
        seconds.set_share(change, 0)
        commune = units.find_commune(change.db, "Bình Lư")
        assert commune is not None
        for name, role in ROLES.items():
            unit = commune.id if role == "commune" else None
            users.add(change, role, name, role, PASSWORD, unit_id=unit, must_change=False)
    desk = Desk(store)
    yield desk
    for client in desk.browsers.values():
        client.close()


@given("quy ước bản Nà Khương có một phát hiện mức S4, một mức S3 và một mức S2")
def _(desk: Desk) -> None:
    desk.version = hand_in(desk.store)


@when(parsers.re(WHO + r' (?P<how>xác nhận|bác bỏ|xin tham vấn) phát hiện mức (?P<level>\w+) vì "(?P<reason>.*)"'))
def _(desk: Desk, who: str, how: str, level: str, reason: str) -> None:
    desk.post(who, desk.path(level), decision=HOW[how], reason=reason)


@when(parsers.re(WHO + r" hoàn tác quyết định về phát hiện mức (?P<level>\w+)"))
def _(desk: Desk, who: str, level: str) -> None:
    desk.post(who, f"{desk.path(level)}/hoan-tac")


@when(parsers.re(WHO + " kết thúc rà soát"))
def _(desk: Desk, who: str) -> None:
    desk.post(who, f"/ra-soat/{desk.version}/ket-thuc")


@when(
    parsers.re(
        WHO + r' thêm phát hiện mức (?P<level>\w+) nhóm "(?P<group>[^"]+)" ở câu "(?P<quote>[^"]+)" vì "(?P<why>.+)"'
    )
)
def _(desk: Desk, who: str, level: str, group: str, quote: str, why: str) -> None:
    desk.post(who, f"/ra-soat/{desk.version}/them", severity=level, subject=group, quote=quote, reason=why)


@when(parsers.re(WHO + r' miễn phát hiện mức (?P<level>\w+) trong (?P<days>\d+) ngày vì "(?P<why>.+)"'))
def _(desk: Desk, who: str, level: str, days: str, why: str) -> None:
    with desk.store.read() as db:
        owner = next(user.id for user in users.everyone(db) if user.role == "legal")
    day = clock.today() + timedelta(days=int(days))
    desk.post(who, f"{desk.path(level)}/mien", reason=why, owner=owner, ends=day.isoformat())


@then(parsers.parse('phần mềm từ chối với mã "{code}"'))
def _(desk: Desk, code: str) -> None:
    assert f"Mã: {code}" in desk.answer


@then(parsers.parse('kết luận của văn bản là "{verdict}"'))
def _(desk: Desk, verdict: str) -> None:
    page = desk.get("rà soát viên", f"/ra-soat/{desk.version}")
    assert re.search(r'<span class="tag verdict-\w+">([^<]+)</span>', page).group(1) == verdict


@then(parsers.parse("pháp chế có {count:d} văn bản chờ tham vấn"))
def _(desk: Desk, count: int) -> None:
    assert f'Chờ tham vấn</strong> <span class="big">{count}</span>' in desk.get("pháp chế", "/")


@then(parsers.parse('phát hiện mức {level} trở lại "{state}"'))
def _(desk: Desk, level: str, state: str) -> None:
    assert DECISIONS[of(desk.store, desk.version, level).state] == state


@then(parsers.parse('văn bản có phát hiện do người thêm ở "{place}" trích "{quote}"'))
def _(desk: Desk, place: str, quote: str) -> None:
    with desk.store.read() as db:
        (one,) = (one for one in findings.of_version(db, desk.version) if one.origin == "person")
    page = desk.get("rà soát viên", f"/ra-soat/{desk.version}?phat-hien={one.id}")
    assert f"<strong>{place}</strong>" in page
    assert f"<blockquote>{quote}</blockquote>" in page


@then(parsers.parse('danh sách miễn có "{words}"'))
def _(desk: Desk, words: str) -> None:
    assert words in desk.get("pháp chế", "/ra-soat/mien")
