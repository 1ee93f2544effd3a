"""The plugin for WordPress as a package; what it does inside WordPress is tried by ``./dev drill wordpress``."""

from __future__ import annotations

import io
import re
import zipfile

import httpx2 as httpx
import pytest

from api.clients import wordpress
from auditor import __version__

SOURCES = {name: data.decode() for name, data in wordpress.files() if name.endswith(".php")}
# What may be written into a page: text made safe, or what is a part of the program itself.
SAFE = re.compile(r"esc_(html|attr|url)\(|wp_nonce_field|settings_fields|submit_button|^\s*'[^$]*'\s*$")


def _written(source: str) -> list[str]:
    """Return what a source writes into pages by echo."""
    return [found[1] for found in re.finditer(r"\becho\s+(.*?);", source, re.DOTALL)]


def test_the_package_is_the_same_each_time_and_has_our_version():
    assert wordpress.build() == wordpress.build()
    with zipfile.ZipFile(io.BytesIO(wordpress.build())) as package:
        assert package.testzip() is None
        words = {name: package.read(name).decode() for name in package.namelist()}
    assert f"Version:           {__version__}\n" in words["soat-gioi/soat-gioi.php"]
    assert f"Stable tag: {__version__}\n" in words["soat-gioi/readme.txt"]
    assert not [name for name, text in words.items() if "@VERSION@" in text]
    assert all(name.startswith("soat-gioi/") for name in words)


@pytest.mark.parametrize("name", SOURCES)
def test_no_file_runs_outside_wordpress(name):
    assert re.search(r"defined\( '(ABSPATH|WP_UNINSTALL_PLUGIN)' \) \|\| exit;", SOURCES[name])


def test_what_is_written_into_pages_is_escaped():
    written = [words for source in SOURCES.values() for words in _written(source)]
    assert len(written) > 5
    assert [words for words in written if "$" in words and not SAFE.search(words)] == []


def test_the_server_hands_out_the_package(live):
    answer = httpx.get(f"{live}/clients/{wordpress.NAME}")
    assert answer.content == wordpress.build()
    assert answer.headers["content-type"] == "application/zip"
