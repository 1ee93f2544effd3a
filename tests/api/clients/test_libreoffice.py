"""LibreOffice Writer, run without windows: its own client of LanguageTool, and our extension."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import uuid
import zipfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import httpx
import pytest
from docx import Document
from lxml import etree

from api.clients import libreoffice
from tests.api.checks.conftest import auditor

SYSTEM = "/usr/bin/python3"
"""The Python that LibreOffice's package for it (python3-uno) belongs to."""
PATHS = "/usr/local/bin:/usr/bin:/bin"
"""Where LibreOffice looks for programs: another Python found first would be taken for its own, and end it."""
PLAIN = "Bản Co Muông họp bàn việc làm đường."
FIRST = "Phụ nữ chân yếu tay mềm thì không làm lãnh đạo được."
WIDE = f"Cả bản vui 😀 & mừng 100%. {FIRST}"
CELL = "Phụ nữ chân yếu tay mềm thì không hợp với nghề này."
NOBODY = 65534


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a profile of LibreOffice into which the extension was installed with ``unopkg``."""
    # Not a folder of pytest, as these are closed to others, and unopkg refuses to work for root.
    home = Path(mkdtemp(prefix="soat-gioi-"))
    home.chmod(0o777)
    package = home / libreoffice.NAME
    package.write_bytes(libreoffice.build())
    someone = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    profile = home / "profile"
    command = ["unopkg", "add", f"-env:UserInstallation={profile.as_uri()}", str(package)]
    subprocess.run(
        command,
        check=True,
        timeout=120,
        capture_output=True,
        env={**os.environ, "HOME": str(home), "PATH": PATHS},
        **someone,
    )
    yield profile
    shutil.rmtree(home)


@pytest.fixture
def play(installed: Path, tmp_path: Path):
    """Return a way to play a scene of ``writer.py`` in a LibreOffice of its own."""

    def play(scene: str, **facts):
        profile, pipe = tmp_path / "profile", f"soat-gioi-{uuid.uuid4().hex}"
        shutil.copytree(installed, profile, dirs_exist_ok=True)
        office = subprocess.Popen(
            ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo",
             f"--accept=pipe,name={pipe};urp;"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
            env={**os.environ, "PATH": PATHS},
        )  # fmt: skip
        try:
            script = str(Path(__file__).with_name("writer.py"))
            said = subprocess.run(
                [SYSTEM, script, scene, json.dumps({**facts, "pipe": pipe})],
                capture_output=True,
                timeout=120,
                text=True,
            )
            assert said.returncode == 0, said.stderr
            office.wait(30)
            return json.loads(said.stdout)
        finally:
            if office.poll() is None:
                os.killpg(office.pid, 9)
                office.wait()

    return play


def test_writers_own_client_takes_vietnamese_and_shows_what_was_found(play, live, key):
    seen = play("built_in", address=live, user="toa-soan", key=key, paragraphs=[PLAIN, WIDE])
    assert seen["vietnamese"]
    assert "vi-VN" in seen["locales"]
    nothing, (found,) = seen["found"]
    assert nothing == []
    units = WIDE.encode("utf-16-le")
    marked = units[2 * found["start"] : 2 * (found["start"] + found["length"])].decode("utf-16-le")
    assert marked == FIRST
    rule = next(rule for rule in auditor(True).rulebook.rules.values() if rule.title == found["title"])
    assert found["says"].startswith(rule.message)


def test_writers_own_client_sends_no_key_without_a_user_name(play, live, key):
    assert play("built_in", address=live, user="", key=key, paragraphs=[WIDE])["found"] == [[]]


def test_the_extension_writes_comments_and_a_second_run_replaces_only_its_own(play, live, key, tmp_path):
    facts = {"paragraphs": [PLAIN, WIDE], "cells": [PLAIN, CELL], "kind": "article", "folder": tmp_path.as_uri()}
    seen = play("extension", address=live, key=key, **facts)
    people = {"author": "Biên tập viên", "marks": "", "says": "Xem lại câu này."}
    ours = [comment for comment in seen["once"] if comment["author"] == "Soát giới"]
    assert [comment["marks"] for comment in ours] == sorted([FIRST, CELL])
    rules = auditor(True).rulebook.rules
    assert all(
        any(rule.id in comment["says"] and rule.suggestion in comment["says"] for rule in rules.values())
        for comment in ours
    )
    assert people in seen["once"]
    assert seen["twice"] == seen["once"]
    assert seen["cleared"] == [people]
    assert seen["same"]
    assert seen["said"] == ["Có 2 chỗ nên xem lại, đã ghi bên lề."] * 2 + ["Đã xoá 2 ghi chú soát giới."]

    office = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}annotation"
    creator = "{http://purl.org/dc/elements/1.1/}creator"
    with zipfile.ZipFile(tmp_path / "soat.odt") as odt:
        notes = list(etree.fromstring(odt.read("content.xml")).iter(office))
    assert sorted(note.findtext(creator) for note in notes) == ["Biên tập viên", "Soát giới", "Soát giới"]
    comments = Document(str(tmp_path / "soat.docx")).comments
    assert sorted(comment.author for comment in comments) == ["Biên tập viên", "Soát giới", "Soát giới"]


def test_the_extension_reads_notes_frames_and_inner_tables_but_nothing_struck_out(play, live, key):
    words = {name: FIRST.replace("lãnh đạo", more) for name, more in (
        ("note", "lãnh đạo xã"), ("frame", "lãnh đạo bản"), ("inner", "lãnh đạo huyện"), ("struck", "lãnh đạo tỉnh"),
    )}  # fmt: skip
    seen = play("elsewhere", address=live, key=key, plain=PLAIN, words=words)
    assert [comment["marks"] for comment in seen["comments"]] == sorted(
        words[name] for name in ("note", "frame", "inner")
    )


def test_a_clause_of_a_regulation_gets_the_clause_to_write_instead(play, live, key, tmp_path):
    clause = "Điều 2. Con gái đi lấy chồng thì không được chia đất."
    facts = {"paragraphs": ["QUY ƯỚC BẢN CO MUÔNG", clause], "cells": ["", ""], "kind": "auto"}
    seen = play("extension", address=live, key=key, folder=tmp_path.as_uri(), **facts)
    (comment,) = [comment for comment in seen["once"] if comment["author"] == "Soát giới"]
    assert comment["marks"] == clause
    assert "Gợi ý: " in comment["says"]


def test_what_goes_wrong_is_said_in_words(play, live, key):
    said = play("troubles", address=live, key=key)
    assert said["no document"] == "Xin mở một văn bản Writer rồi chọn lại."
    assert said["empty"] == "Văn bản chưa có chữ nào để soát."
    assert said["no server"].startswith("Không gọi được máy chủ http://127.0.0.1:1/v2")
    assert said["no address"].startswith("Địa chỉ máy chủ cần bắt đầu bằng http://")
    assert said["wrong key"].startswith("Máy chủ không nhận: GA439")
    assert said["wrong server"].startswith("Máy chủ trả lời mã 40")
    assert said["another tongue"].startswith("Chưa soát được văn bản này. GA2")


def test_the_menu_has_its_entries_and_reaches_the_server(play, live, key, service, store):
    seen = play("menu", address=live, key=key)
    assert seen["entries"] == [
        ["Soát văn bản này", "service:vn.soatgioi.Menu?check"],
        ["Xoá ghi chú soát giới", "service:vn.soatgioi.Menu?clear"],
        ["Thiết lập…", "service:vn.soatgioi.Menu?settings"],
    ]
    service.write()
    with store.read() as db:
        assert db.execute("SELECT sum(checks) FROM key_usage").fetchone()[0] == 1


def test_the_server_hands_out_the_package(live):
    answer = httpx.get(f"{live}/clients/soat-gioi.oxt")
    assert answer.content == libreoffice.build()
    assert answer.headers["content-type"] == "application/vnd.openofficeorg.extension"


def test_the_package_is_the_same_each_time_and_its_python_is_that_of_old_libreoffices():
    assert libreoffice.build() == libreoffice.build()
    sources = list(Path(libreoffice.__file__).parent.joinpath("extension").rglob("*.py"))
    assert sources
    for source in sources:
        ast.parse(source.read_text(encoding="utf-8"), feature_version=(3, 8))
