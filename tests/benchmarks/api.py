"""How many checks a second the server answers, how fast at half of that, and in what memory: ``./dev bench api``.

Options: ``--minutes N`` runs so long at half load and watches memory; ``--articles FILE.jsonl`` takes the articles of
an item file that are about 2,500 characters long, instead of the press corpus put together to that length;
``--checkers N`` (as many as the machine has cores); ``--seconds N`` for each of the short runs.

The server is ``auditor serve`` as it is shipped, on a free port with a store of its own. The load comes from
``tests.benchmarks.load`` in a second process on the same cores, for neither wrk nor oha sends at given moments *and*
probes another address meanwhile.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from auditor.matching.units import CORPORA
from auditor.store import Store, keys, policies
from tests.benchmarks.load import Load, Told, percentile, run
from tests.benchmarks.machine import machine, memory

LENGTH = 2_500
NEAR = range(2_000, 3_001)
"""Characters of the articles taken from an item file."""
ARTICLES = 400
DEFAULT = CORPORA / "press" / "whole"
EVERY = 5.0
"""Seconds between two looks at the memory."""
MARK = 60
"""Milliseconds that 99 of 100 checks may take at half load."""


@dataclass(frozen=True)
class Server:
    """A server under way."""

    address: str
    key: str
    pid: int


def own() -> tuple[dict[str, str], ...]:
    """Return the articles of the press corpus, put together to the length of real ones."""
    lines = [line for file in sorted(DEFAULT.glob("*.jsonl")) for line in file.read_text(encoding="utf-8").splitlines()]
    words = [json.loads(line) for line in lines]
    articles = []
    for first in range(len(words)):
        body, at = "", first
        while len(body) < LENGTH:
            body += words[at % len(words)]["body"] + "\n\n"
            at += 1
        articles.append({"id": f"{first}", "title": words[first]["title"], "body": body[:LENGTH]})
    return tuple(articles)


def real(file: Path) -> tuple[dict[str, str], ...]:
    """Return the first articles of an item file that are about as long as most are."""
    articles: list[dict[str, str]] = []
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            item = json.loads(line)
            body = item.get("body") or item.get("text") or ""
            if len(body) in NEAR:
                articles.append({"id": str(len(articles)), "title": item.get("title") or "", "body": body})
            if len(articles) == ARTICLES:
                break
    return tuple(articles)


@contextmanager
def serving(checkers: int) -> Iterator[Server]:
    """Start a server with an outlet whose key has no limits to speak of, and end it."""
    with tempfile.TemporaryDirectory(prefix="auditor-bench-") as folder:
        path = Path(folder) / "desk.db"
        with Store(path).change() as change:
            outlet = change.insert("outlets", {"name": "Đo", "kind": "press"})
            policies.alter(change, outlet, {"per_minute": 10_000, "per_day": 1_000_000})
            _, key = keys.add(change, outlet, "đo")
        command = [sys.executable, "-m", "auditor.cli", "serve", "--port", "0", "--store", str(path)]
        server = subprocess.Popen(
            [*command, "--checkers", str(checkers)], stderr=subprocess.PIPE, text=True, start_new_session=True
        )
        assert server.stderr is not None
        address = next(found.group() for line in server.stderr if (found := re.search(r"http://\S+:\d+", line)))
        threading.Thread(target=server.stderr.read, daemon=True).start()
        try:
            yield Server(address, key, server.pid)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(60)


def watched(pid: int, done: Future[Told]) -> list[tuple[float, int]]:
    """Look at the memory of a process and all under it until a load is done: (second, KiB)."""
    begin, found = time.monotonic(), []
    while not done.done():
        found.append((time.monotonic() - begin, memory(pid)))
        time.sleep(EVERY)
    return found


def row(name: str, told: Told) -> str:
    """Return a line of the table."""
    return (
        f"| {name} | {told.rate:.1f} | {percentile(told.checks, 0.5):.0f} | {percentile(told.checks, 0.99):.0f} |"
        f" {max(told.checks, default=0):.0f} | {len(told.failures)} | {percentile(told.probes, 0.5):.1f} |"
        f" {percentile(told.probes, 0.99):.0f} | {max(told.probes, default=0):.0f} |"
    )


def flatness(memories: list[tuple[float, int]]) -> str:
    """Say what the memory was in each tenth of the run, in MiB."""
    size = max(1, len(memories) // 10)
    parts = [memories[at : at + size] for at in range(0, len(memories), size)]
    return " ".join(f"{max(kib for _, kib in part) / 2**10:.0f}" for part in parts)


def main() -> None:
    """Measure and print."""
    ask = argparse.ArgumentParser(prog="./dev bench api")
    ask.add_argument("--minutes", type=float, default=0.0)
    ask.add_argument("--articles", type=Path)
    ask.add_argument("--checkers", type=int, default=os.cpu_count() or 1)
    ask.add_argument("--seconds", type=float, default=30.0)
    chosen = ask.parse_args()
    articles = real(chosen.articles) if chosen.articles else own()
    mean = sum(len(one["body"]) for one in articles) / len(articles)
    fork = multiprocessing.get_context("spawn")
    with serving(chosen.checkers) as server, ProcessPoolExecutor(1, fork) as other:
        load = Load(server.address, server.key, articles, chosen.seconds, connections=2 * chosen.checkers)
        _warm(other, load)
        print(
            f"Máy {machine()}; {chosen.checkers} tiến trình soát; {len(articles)} bài, trung bình {mean:,.0f} ký tự; "
            "tải do tests/benchmarks/load.py tạo từ một tiến trình khác trên cùng các nhân.\n"
        )
        print(
            "| Tải | Bài/giây | p50 (ms) | p99 (ms) | Lâu nhất (ms) | Không trả lời được |"
            " Sức khoẻ p50 (ms) | p99 | Lâu nhất |"
        )
        print("|---|---:|---:|---:|---:|---:|---:|---:|---:|", flush=True)
        full = other.submit(run, load).result()
        print(row(f"tối đa, {load.connections} kết nối", full), flush=True)
        half = replace(load, connections=None, rate=full.rate / 2)
        even = other.submit(run, half).result()
        print(row("một nửa, gửi đều", even), flush=True)
        print(row("một nửa, gửi ngẫu nhiên (Poisson)", other.submit(run, replace(half, even=False)).result()))
        if chosen.minutes:
            going = other.submit(run, replace(half, seconds=60 * chosen.minutes))
            memories = watched(server.pid, going)
            print(row(f"một nửa, {chosen.minutes:g} phút", going.result()))
            print(f"\nBộ nhớ cả cây tiến trình theo từng phần mười (MiB): {flatness(memories)}.")
    kept = "đạt" if percentile(even.checks, 0.99) < MARK else "chưa đạt"
    print(f"\nMục tiêu p99 dưới {MARK} ms ở một nửa tải: {kept}.")


def _warm(other: ProcessPoolExecutor, load: Load) -> None:
    """Wait until every checker has loaded what it needs."""
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline:
        told = other.submit(run, replace(load, seconds=3.0)).result()
        if not told.failures and told.checks and percentile(told.checks, 0.99) < 1_000:
            return
    raise SystemExit("Máy chủ chưa soát được sau 5 phút.")


if __name__ == "__main__":
    main()
