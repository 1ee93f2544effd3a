"""The commands of the desk: people and the audit trail."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from auditor import cli, deskcli
from auditor.store import Store, users
from auditor.store.words import ROLES


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("AUDITOR_STORE", str(tmp_path / "desk.db"))
    return lambda *words: CliRunner().invoke(cli.app, list(words))


def _knows(tmp_path: Path, result: Result) -> bool:
    login, password = result.stdout.strip().split("\t")
    with Store(tmp_path / "desk.db").read() as db:
        user = users.authenticate(db, login, password)
    return user is not None and user.must_change


def test_a_person_is_added_to_a_store_that_is_made_for_them(run, tmp_path):
    result = run("user", "add", "lan", "--role", "commune", "--commune", "binh lu", "--name", "Lò Thị Lan")
    assert result.exit_code == 0
    assert _knows(tmp_path, result)
    assert run("user", "list").stdout == "lan\tLò Thị Lan\tcán bộ xã\txã Bình Lư\n"


def test_a_reset_password_takes_the_place_of_the_old_one(run, tmp_path):
    first = run("user", "add", "quantri", "--role", "admin")
    second = run("user", "reset", "quantri")
    assert not _knows(tmp_path, first)
    assert _knows(tmp_path, second)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("user", "add", "lan", "--role", "vua"), "--role không nhận"),
        (("user", "add", "lan", "--role", "commune"), "GA336"),
        (("user", "add", "lan", "--role", "commune", "--commune", "Hà Nội"), "Không có xã, phường"),
        (("user", "add", "lan", "--role", "newsroom", "--outlet", "Báo A"), "Không có toà soạn"),
        (("user", "add", "Lan Anh", "--role", "viewer"), "GA334"),
        (("user", "list"), "Chưa có kho dữ liệu"),
        (("user", "reset", "lan"), "Chưa có kho dữ liệu"),
        (("trail", "verify"), "Chưa có kho dữ liệu"),
    ],
)
def test_what_is_off_is_said_and_leaves_code_2(run, words, said):
    result = run(*words)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_failed_call_leaves_nobody_behind(run):
    run("user", "add", "lan", "--role", "commune")
    assert run("user", "list").stdout == ""


def test_a_person_who_is_not_there_cannot_be_reset(run):
    run("user", "add", "quantri", "--role", "admin")
    result = run("user", "reset", "lan")
    assert (result.exit_code, "auditor user list" in result.stderr) == (2, True)


def test_a_whole_trail_gives_a_code_to_note_down(run):
    run("user", "add", "quantri", "--role", "admin")
    first = run("trail", "verify")
    noted = re.search(r"[0-9a-f]{64}", first.stdout).group()
    run("user", "add", "lan", "--role", "viewer")
    assert first.exit_code == 0
    assert run("trail", "verify", "--known", noted).exit_code == 0


def test_a_broken_trail_leaves_code_1_and_says_where(run, tmp_path):
    run("user", "add", "quantri", "--role", "admin")
    with Store(tmp_path / "desk.db").change() as change:
        change.db.execute("DROP TRIGGER trail_unaltered")
        change.db.execute("UPDATE trail SET action = 'x' WHERE id = 2")
    result = run("trail", "verify")
    assert (result.exit_code, "dòng 2" in result.stderr) == (1, True)


def test_a_trail_that_was_cut_short_no_longer_holds_the_noted_code(run, tmp_path):
    run("user", "add", "quantri", "--role", "admin")
    run("user", "add", "lan", "--role", "viewer")
    noted = re.search(r"[0-9a-f]{64}", run("trail", "verify").stdout).group()
    with Store(tmp_path / "desk.db").change() as change:
        change.db.execute("DROP TRIGGER trail_kept")
        change.db.execute("DELETE FROM trail WHERE id = (SELECT max(id) FROM trail)")
    assert run("trail", "verify").exit_code == 0
    assert run("trail", "verify", "--known", noted).exit_code == 1


def test_the_help_names_every_role():
    assert all(f"{role} ({words})" in deskcli.ROLES_HELP for role, words in ROLES.items())


def test_a_key_is_made_listed_rotated_and_revoked(run, tmp_path):
    with Store(tmp_path / "desk.db").change() as change:
        change.insert("outlets", {"name": "Báo Lai Châu", "kind": "press"})
    first, secret = run("key", "add", "--outlet", "báo lai châu", "--name", "CMS").stdout.split()
    second, fresh = run("key", "rotate", first).stdout.split()
    assert secret != fresh
    run("key", "revoke", first)
    listed = run("key", "list").stdout.splitlines()
    assert [line.split("\t")[0] for line in listed] == [first, second]
    assert listed[0].endswith("đã thu hồi")
    assert secret not in listed[0]
    again = run("key", "rotate", first)
    assert (again.exit_code, "GA396" in again.stderr) == (2, True)
    assert run("key", "add", "--outlet", "Báo khác", "--name", "x").exit_code == 2


def test_a_hook_is_made_listed_and_removed(run, tmp_path):
    with Store(tmp_path / "desk.db").change() as change:
        change.insert("outlets", {"name": "Báo Lai Châu", "kind": "press"})
    words = ("hook", "add", "--outlet", "báo lai châu", "--event", "check.block", "--url")
    id, secret = run(*words, "https://toa-soan.example/nhan").stdout.split()
    assert secret.startswith("whsec_")
    assert run("hook", "list").stdout == f"{id}\tBáo Lai Châu\thttps://toa-soan.example/nhan\tcheck.block\n"
    wrong = run(*words, "toa-soan.example")
    assert (wrong.exit_code, "GA398" in wrong.stderr) == (2, True)
    assert run("hook", "remove", id).exit_code == 0
    assert run("hook", "list").stdout == ""
    assert run("hook", "remove", id).exit_code == 2
