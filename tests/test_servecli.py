"""The desk is started and stopped as a person does it at a shell."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from auditor.client import Client, verify_webhook
from auditor.store import Store, hooks, keys, units, users
from auditor.worker import demo
from tests.worker.receiver import receiving


def start(store: Path, *options: str, stdin: int | None = subprocess.DEVNULL) -> tuple[subprocess.Popen[str], str]:
    """Start the desk and return it with what it said up to its address."""
    words = [
        sys.executable,
        "-m",
        "auditor.cli",
        "serve",
        "--port",
        "0",
        "--store",
        str(store),
        "--checkers",
        "0",
        *options,
    ]
    close = {"close_fds": True} if stdin is not None else {"preexec_fn": _close_stdin}
    server = subprocess.Popen(words, stderr=subprocess.PIPE, text=True, stdin=stdin, start_new_session=True, **close)
    said = ""
    assert server.stderr is not None
    for line in server.stderr:
        said += line
        if "http://" in line and "Ctrl-C" in line:
            break
    return server, said


def _close_stdin() -> None:
    os.close(0)


def stop(server: subprocess.Popen[str], how: int = signal.SIGINT) -> tuple[int, str]:
    server.send_signal(how)
    _, said = server.communicate(timeout=60)
    return server.returncode, said


def status(said: str) -> int:
    found = re.search(r"http://\S+", said)
    assert found, said
    with urllib.request.urlopen(f"{found.group()}/dang-nhap", timeout=60) as answer:
        return answer.status


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_the_first_start_says_how_to_make_a_person_and_ends_when_asked(tmp_path, how):
    server, said = start(tmp_path / "desk.db")
    assert "auditor user add" in said
    assert "auditor demo" in said
    assert status(said) == 200
    code, rest = stop(server, how)
    assert (code, "Đã dừng" in rest, "Traceback" in rest) == (0, True, False)


def test_it_starts_with_standard_input_closed_and_beside_another_on_the_same_store(tmp_path):
    path = tmp_path / "desk.db"
    with Store(path).change() as change:
        units.seed(change)
        users.add(change, "a", "a", "admin", "mot mat khau du dai")
    first, said = start(path, stdin=None)
    assert "auditor user add" not in said
    second, other = start(path)
    assert (status(said), status(other)) == (200, 200)
    assert (stop(first)[0], stop(second)[0]) == (0, 0)


def test_it_checks_articles_for_newsrooms_and_their_editors(tmp_path):
    path = tmp_path / "desk.db"
    with Store(path).change() as change:
        outlet = change.insert("outlets", {"name": "Báo Lai Châu", "kind": "press"})
        _, secret = keys.add(change, outlet, "CMS")
    server, said = start(path, "--checkers", "1", "--keyless")
    address = re.search(r"http://\S+", said).group()
    words = "Phụ nữ chân yếu tay mềm thì không hợp với nghề này."
    with Client(address, secret, timeout=60) as client:
        answer = client.check(body=words, budget_ms=10_000)
    text = urllib.parse.urlencode({"language": "vi", "text": words, "kind": "article"}).encode()
    with urllib.request.urlopen(f"{address}/v2/check", text, timeout=60) as found:
        matches = json.load(found)["matches"]
    assert [match["rule"]["id"] for match in matches] == [finding.rule for finding in answer.findings] != []
    code, rest = stop(server)
    assert (code, "Traceback" in rest) == (0, False)


def test_a_newsroom_in_the_same_network_is_told_where_that_was_allowed(tmp_path):
    path = tmp_path / "desk.db"
    with receiving() as receiver:
        with Store(path).change() as change:
            outlet = change.insert("outlets", {"name": "Báo Lai Châu", "kind": "press"})
            _, secret = keys.add(change, outlet, "CMS")
            _, signing = hooks.add(change, outlet, receiver.url, ["check.review"])
        server, said = start(path, "--checkers", "1", "--hooks-inside")
        with Client(re.search(r"http://\S+", said).group(), secret, timeout=60) as client:
            answer = client.check(
                id="bai-1", body="Phụ nữ chân yếu tay mềm thì không hợp với nghề này.", budget_ms=10_000
            )
        until = time.monotonic() + 30
        while not receiver.got and time.monotonic() < until:
            time.sleep(0.1)
        code, rest = stop(server)
    ((headers, body),) = receiver.got
    told = verify_webhook(signing, headers["X-Soat-Gioi-Signature"], body)
    assert (answer.gate, told["event"], told["article"]) == ("review", "check.review", "bai-1")
    assert [one["id"] for one in told["gate_findings"]] == list(answer.gate_findings)
    assert (code, "Traceback" in rest) == (0, False)


def test_pages_of_an_origin_that_was_named_may_ask_and_what_is_no_origin_stops_the_start(tmp_path):
    server, said = start(
        tmp_path / "desk.db", "--checkers", "1", "--origin", "https://cms.vn", "--origin", "http://a:81"
    )
    address = re.search(r"http://\S+", said).group()
    for origin, told in (("https://cms.vn", "https://cms.vn"), ("http://a:81", "http://a:81"), ("https://b.vn", None)):
        asked = urllib.request.Request(f"{address}/v1/health", headers={"Origin": origin})
        with urllib.request.urlopen(asked, timeout=60) as answer:
            assert answer.headers["Access-Control-Allow-Origin"] == told
    stop(server)
    words = [sys.executable, "-m", "auditor.cli", "serve", "--origin", "*", "--store", str(tmp_path / "b.db")]
    other = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    assert (other.returncode, "GA459" in other.stderr) == (2, True)


def test_a_port_that_is_taken_is_said_with_its_code(tmp_path):
    server, said = start(tmp_path / "desk.db")
    port = re.search(r":(\d+)", said).group(1)
    words = [sys.executable, "-m", "auditor.cli", "serve", "--port", port, "--store", str(tmp_path / "b.db")]
    other = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    stop(server)
    assert (other.returncode, "GA416" in other.stderr) == (2, True)


def test_a_store_with_other_data_gets_no_samples(tmp_path):
    path = tmp_path / "desk.db"
    with Store(path).change() as change:
        users.add(change, "a", "a", "admin", "mot mat khau du dai")
    words = [sys.executable, "-m", "auditor.cli", "demo", "--store", str(path)]
    run = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    assert (run.returncode, "GA360" in run.stderr) == (2, True)


def test_the_samples_are_read_filed_and_partly_reviewed_and_twice_changes_only_the_passwords(tmp_path):
    store = Store(tmp_path / "desk.db")
    first = demo.fill(store)
    before = counts(store)
    again = demo.fill(store)
    assert [user.login for user, _ in first] == list(demo.LOGINS.values())
    assert counts(store) == before
    with store.read() as db:
        known = [users.authenticate(db, user.login, password) for user, password in again]
    assert [user.role for user in known if user] == list(demo.LOGINS)
    assert before["regulations"] == len(demo.SAMPLES)
    assert before["decisions"] > 5


def counts(store: Store) -> dict[str, int]:
    with store.read() as db:
        tables = ("regulations", "versions", "findings", "decisions", "states", "scans", "users")
        return {table: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}
