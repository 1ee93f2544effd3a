"""A live desk and Debian's Chromium, to walk pages as a person does.

``page_of("reviewer")`` gives a page of someone logged in (``page_of()`` of a stranger), over a fresh store of the test.
``axe(page)`` fails with a readable list where a page breaks WCAG 2.2 AA on a phone or a screen, light or dark;
``look(page)`` is the same on a dark phone and a light screen only, for walks over many pages.
``shot(page, "ten")`` keeps a picture in the folder ``AUDITOR_SCREENSHOTS``, where that is set.
"""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from api.access import COOKIE
from api.app import create_app
from api.checks.service import Service
from auditor.audit import Auditor
from auditor.store import Store, jobs, users
from auditor.store.words import ROLES
from auditor.worker.jobs import Reader
from tests.api.desk import filled, staffed

CHROMIUM = "/usr/bin/chromium"
NARROW, WIDE = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
LOOKS = [(size, scheme) for size in (NARROW, WIDE) for scheme in ("light", "dark")]
"""Windows and colours a page is looked at in."""
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
PATIENCE = 20_000
"""Milliseconds a page is waited for."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A running desk: its address, its store, and what stands in it where it is filled."""

    address: str
    store: Store


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Return Chromium, started once for the tests of this folder and gone after them."""
    if not Path(CHROMIUM).exists():
        pytest.skip(f"no {CHROMIUM}: ./dev test installs it")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def filled_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store with one of everything, to be copied."""
    store = staffed(tmp_path_factory.mktemp("browser") / "desk.db")
    filled(store)
    with store.read() as db:
        db.execute("COMMIT")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return store.path


@pytest.fixture(scope="package")
def logins() -> dict[str, str]:
    """Return the login of who has a role."""
    return {role: role for role in ROLES}


@pytest.fixture
def store(tmp_path: Path, filled_file: Path) -> Store:
    """Return a store of the test's own."""
    shutil.copyfile(filled_file, tmp_path / "desk.db")
    return Store(tmp_path / "desk.db")


@pytest.fixture
def checks() -> Service | None:
    """Return what checks articles at the desk: nothing, unless a test brings it."""
    return None


@pytest.fixture
def desk(store: Store, checks: Service | None) -> Iterator[Desk]:
    """Return a desk that listens on this machine."""
    server = uvicorn.Server(
        uvicorn.Config(
            create_app(store, checks), host="127.0.0.1", port=0, log_level="error", lifespan="off", ws="none",
            proxy_headers=False, timeout_graceful_shutdown=5,
        )
    )  # fmt: skip
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 30
    while not server.started:
        assert time.monotonic() < until
        assert thread.is_alive()
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield Desk(f"http://127.0.0.1:{port}", store)
    server.should_exit = True
    thread.join(timeout=30)


@pytest.fixture
def page_of(desk: Desk, browser: Browser, logins: dict[str, str]) -> Iterator[Callable[..., Page]]:
    """Return a way to open a page as a role; relative addresses lead to the desk.

    A page fails its test when its policy is broken or a script of it fails.
    """
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        # The browser also reports answers such as 404 and 422 here; those are looked at on the page.
        if message.type == "error" and "Failed to load resource" not in message.text:
            troubles.append(message.text)

    def open_page(role: str | None = None, *, javascript: bool = True) -> Page:
        context = browser.new_context(
            base_url=desk.address, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", viewport=WIDE,
            java_script_enabled=javascript, reduced_motion="reduce",
        )  # fmt: skip
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        if role is not None:
            with desk.store.change() as change:
                token = users.open_session(change, users.find(change.db, logins[role]))
            context.add_cookies([{"name": COOKIE, "value": token, "url": desk.address}])
        page = context.new_page()
        page.on("console", heard)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.fixture
def work(desk: Desk) -> Callable[[], None]:
    """Return a way to do what the worker of the desk has to do."""

    def do() -> None:
        reader = Reader(desk.store, auditor())
        while True:
            with desk.store.change() as change:
                job = jobs.claim(change, "w")
            if job is None:
                return
            reader.do(job)

    return do


@cache
def auditor() -> Auditor:
    """Return an auditor for all tests."""
    return Auditor(people=False)


@pytest.fixture(scope="package")
def axe() -> Callable[..., None]:
    """Return a check of a page against WCAG 2.2 AA, and that it is no wider than its window."""
    checker = Axe()

    def check(page: Page, looks: Sequence[tuple[dict[str, int], str]] = LOOKS) -> None:
        found = []
        for size, scheme in looks:
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme)
            where = f"{page.url}, {size['width']} px, {scheme}"
            for one in checker.run(page, options=RULES).response["violations"]:
                places = "; ".join(f"{node['target']} {node['html'][:120]}" for node in one["nodes"][:3])
                found.append(f"{where}: {one['id']} ({one['help']}): {len(one['nodes'])}× {places}")
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if wide > 0:
                found.append(f"{where}: the page is {wide} px wider than the window")
        page.set_viewport_size(WIDE)
        page.emulate_media(color_scheme="light")
        assert not found, "\n".join(found)

    return check


@pytest.fixture(scope="package")
def look(axe: Callable[..., None]) -> Callable[[Page], None]:
    """Return the check on a dark phone and a light screen."""
    return lambda page: axe(page, [(NARROW, "dark"), (WIDE, "light")])


@pytest.fixture(scope="session")
def shot() -> Callable[[Page, str], None]:
    """Return a way to keep pictures of a page, wide and narrow, light and dark; without the folder it does nothing."""
    folder = os.environ.get("AUDITOR_SCREENSHOTS")

    def take(page: Page, name: str) -> None:
        if not folder:
            return
        Path(folder).mkdir(parents=True, exist_ok=True)
        for size in (NARROW, WIDE):
            for scheme in ("light", "dark"):
                page.set_viewport_size(size)
                page.emulate_media(color_scheme=scheme)
                page.screenshot(
                    path=Path(folder) / f"{name}-{size['width']}-{scheme}.png", full_page=True, caret="initial"
                )
        page.set_viewport_size(WIDE)
        page.emulate_media(color_scheme="light")

    return take
