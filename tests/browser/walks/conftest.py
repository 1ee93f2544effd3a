"""Walks: each job of the desk, done as a person of the right role does it, in the store that ``auditor demo`` makes.

``log_in("legal")`` types name and password and gives the first page. ``picture(page, "ten")`` keeps what the window
shows for the user guide, in the folder ``huong-dan`` of ``AUDITOR_SCREENSHOTS``; without that it does nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from auditor.store import Store
from auditor.worker import demo

WINDOW = {"width": 1280, "height": 800}
"""What a picture of the guide shows."""
COLOURS = 64


@pytest.fixture(scope="package")
def filled_store(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """Return the store of the demo, to be copied, and the password of each login."""
    store = Store(tmp_path_factory.mktemp("walks") / "desk.db")
    people = demo.fill(store)
    with store.read() as db:
        db.execute("COMMIT")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return store.path, {user.login: password for user, password in people}


@pytest.fixture(scope="package")
def filled_file(filled_store: tuple[Path, dict[str, str]]) -> Path:
    """Return the store of the demo, to be copied."""
    return filled_store[0]


@pytest.fixture(scope="package")
def logins() -> dict[str, str]:
    """Return the login of who has a role."""
    return dict(demo.LOGINS)


@pytest.fixture
def log_in(
    page_of: Callable[..., Page], logins: dict[str, str], filled_store: tuple[Path, dict[str, str]]
) -> Callable[..., Page]:
    """Return a way to log in as a role, by keyboard; gives the first page."""

    def enter(role: str, *, javascript: bool = True) -> Page:
        page = page_of(javascript=javascript)
        page.goto("/")
        page.get_by_label("Tên đăng nhập").press_sequentially(logins[role])
        page.keyboard.press("Tab")
        page.keyboard.type(filled_store[1][logins[role]])
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Chào")
        return page

    return enter


def go_to(page: Page, name: str) -> None:
    """Choose a task in the navigation."""
    page.get_by_role("navigation", name="Các việc").get_by_role("link", name=name, exact=True).click()


def said(page: Page, words: str) -> Locator:
    """Return the line that says what was done, with its undo."""
    line = page.locator(".said[role=status]")
    expect(line).to_contain_text(words)
    return line


@pytest.fixture
def picture() -> Callable[[Page, str], None]:
    """Return a way to keep a small picture of what the window shows."""
    folder = os.environ.get("AUDITOR_SCREENSHOTS")

    def take(page: Page, name: str) -> None:
        if not folder:
            return
        before = page.viewport_size
        page.set_viewport_size(WINDOW)
        shown = Image.open(BytesIO(page.screenshot(caret="initial")))
        path = Path(folder) / "huong-dan" / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        shown.convert("RGB").quantize(COLOURS).save(path, optimize=True)
        if before:
            page.set_viewport_size(before)

    return take
