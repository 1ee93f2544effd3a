"""The user guide: read inside the desk, and every command in it does what it says."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.main import get_command

from api.desk.guide import FOLDER, PAGES, PICTURES
from auditor import cli
from auditor.store import Store, users

ROOT = Path(__file__).parents[2]
FILES = [ROOT / "README.md", *sorted(FOLDER.glob("*.md"))]
BLOCKS = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
PICTURE = re.compile(r"!\[[^\]]+\]\(([^)]+)\)")
MOST = 1_500_000
"""Bytes of all pictures of the guide together."""


class Links(HTMLParser):
    """Gathers where the links and pictures of a page lead."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in {"href", "src"} and value]


def commands(path: Path) -> list[list[str]]:
    """Return the calls of the program in the blocks of a file, one list of words each."""
    lines = "\n".join(BLOCKS.findall(path.read_text("utf-8"))).replace("\\\n", " ").splitlines()
    found = [shlex.split(line, comments=True) for line in lines if line.startswith((".venv/bin/auditor ", "./dev "))]
    return [words for words in found if words]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", ["reviewer", "newsroom"])
def test_every_file_is_a_page_whose_own_links_lead_somewhere(person, role, name):
    reader = person(role)
    answer = reader.get(f"/huong-dan/{name}")
    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1
    found = Links()
    found.feed(answer.text.partition('<div class="guide">')[2])
    inside = [link for link in found.found if not link.startswith(("http", "#"))]
    assert not [link for link in inside if link.startswith("../")]
    for link in inside:
        path = link if link.startswith("/") else f"/huong-dan/{link}"
        assert reader.get(path.partition("#")[0]).status_code == 200, path


def test_the_foot_of_every_page_leads_to_the_guide(person):
    assert 'href="/huong-dan"' in person("commune").get("/").text
    assert "Bàn rà soát" in person("commune").get("/huong-dan").text


@pytest.mark.parametrize("path", ["/huong-dan/khac", "/huong-dan/anh/khac.png", "/huong-dan/anh/..%2Ftoa-soan.md"])
def test_what_is_no_part_of_the_guide_is_not_found(person, path):
    assert person("admin").get(path).status_code == 404


def test_pictures_are_there_used_and_small():
    used = {
        (path.parent / name).resolve() for path in FOLDER.glob("*.md") for name in PICTURE.findall(path.read_text())
    }  # fmt: skip
    kept = {one.resolve() for one in (FOLDER / PICTURES).glob("*.png")}
    assert used == kept
    assert sum(one.stat().st_size for one in kept) < MOST
    for name in PICTURE.findall((ROOT / "README.md").read_text("utf-8")):
        assert (ROOT / name).is_file()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_command_and_option_that_is_named_exists(path):
    tasks = re.findall(r"^    ([a-z]+)(?:\)| )", (ROOT / "dev").read_text("utf-8"), re.MULTILINE)
    wrong = []
    for first, *words in commands(path):
        command = get_command(cli.app)
        if first == "./dev":
            if words[0] not in tasks:
                wrong.append(words)
            if words[0] not in {"serve", "demo"}:
                continue
        while words and words[0] in getattr(command, "commands", {}):
            command = command.commands[words.pop(0)]
        known = {name for one in command.params for name in (*one.opts, *one.secondary_opts)}
        if hasattr(command, "commands") or not {word for word in words if word.startswith("--")} <= known:
            wrong.append([first, *words])
    assert wrong == []


def test_backup_restoring_and_the_trail_go_as_the_guide_says(tmp_path):
    blocks = BLOCKS.findall((FOLDER / "ban-ra-soat.md").read_text("utf-8"))
    add, save, restore, known = (
        next(one for one in blocks if words in one) for words in ("user add", "VACUUM INTO", "mv so.db", "--known")
    )
    verify = ".venv/bin/auditor trail verify --store so.db\n"
    assert verify in blocks
    tools = tmp_path / ".venv" / "bin"
    tools.mkdir(parents=True)
    for name, module in (("auditor", "auditor.cli"), ("sqlite-utils", "sqlite_utils")):
        (tools / name).write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m {module} "$@"\n')
        (tools / name).chmod(0o755)

    def run(script: str) -> str:
        done = subprocess.run(
            ["bash", "-euc", script], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert "quan-tri" in run(add)
    assert "ok" in run(save)
    with Store(tmp_path / "so.db").change() as change:
        users.add(change, "sau", "Sau", "viewer", "mot mat khau du dai")
    listed = run(restore)
    assert "Lò Văn An" in listed
    assert "Sau" not in listed
    code = re.search(r"[0-9a-f]{64}", run(verify))
    assert code is not None
    run(known.replace("MÃ-ĐÃ-GHI", code.group()))
