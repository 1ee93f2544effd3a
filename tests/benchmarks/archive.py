"""How fast archives are scanned, in what memory: ``./dev bench archive ARCHIVE``.

Options: ``--engine local ray``, ``--workers 1 2``, ``--rounds N``; others are handed on to ``auditor scan``. Each scan
runs in processes of its own, watched from outside: articles per second, the most memory of the whole tree of processes,
and the rate in each tenth of the run, in which a slowdown would show.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from tests.benchmarks.machine import machine, memory

EVERY = 1.0


@dataclass(frozen=True)
class Run:
    """One scan: articles, seconds from the start of the program to its end, MiB, articles per second by tenth."""

    articles: int
    seconds: float
    most: float
    tenths: tuple[float, ...]

    @property
    def rate(self) -> float:
        """Articles per second."""
        return self.articles / self.seconds


def watched(archive: Path, engine: str, workers: int, more: list[str]) -> Run:
    """Scan an archive into a folder that is thrown away."""
    out = Path(tempfile.mkdtemp(prefix="auditor-bench-"))
    command = [sys.executable, "-m", "auditor.cli", "scan", str(archive), "--out", str(out / "scan")]
    command += ["--progress", "json", "--engine", engine, "--workers", str(workers), *more]
    begin = time.perf_counter()
    child = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    most = [0]

    def watch() -> None:
        while child.poll() is None:
            most[0] = max(most[0], memory(child.pid))
            time.sleep(EVERY)

    watcher = threading.Thread(target=watch)
    watcher.start()
    points: list[tuple[float, int]] = []
    assert child.stderr is not None
    for line in child.stderr:
        if line.startswith("{"):
            found = json.loads(line)
            points.append((time.perf_counter() - begin, found["audited"] + found["rejected"]))
    watcher.join()
    seconds = time.perf_counter() - begin
    if child.returncode:
        raise SystemExit(child.returncode)
    articles = json.loads((out / "scan" / "summary.json").read_text())["read"]
    shutil.rmtree(out)
    return Run(articles, seconds, most[0] / 2**10, _tenths(points))


def _tenths(points: list[tuple[float, int]]) -> tuple[float, ...]:
    """Return the rate in each tenth of the articles, the time before the first are done left out."""
    points = [point for point in points if point[1]]
    total = points[-1][1] - points[0][1]
    goals = [points[0][1] + total * tenth / 10 for tenth in range(11)]
    cuts = [next(point for point in points if point[1] >= goal) for goal in goals]
    return tuple((late[1] - one[1]) / (late[0] - one[0]) for one, late in pairwise(cuts) if late[0] > one[0])


def main() -> None:
    """Measure and print."""
    ask = argparse.ArgumentParser(prog="./dev bench archive")
    ask.add_argument("archive", type=Path)
    ask.add_argument("--engine", nargs="+", default=["local"])
    ask.add_argument("--workers", nargs="+", type=int, default=[1, 2])
    ask.add_argument("--rounds", type=int, default=1)
    chosen, more = ask.parse_known_args()
    print(f"Máy {machine()}.\n")
    print("| Bộ máy | Tiến trình | Bài | Giây | Bài/giây | Bộ nhớ đỉnh (MiB) | Bài/giây theo từng phần mười |")
    print("|---|---:|---:|---:|---:|---:|---|")
    rates: dict[tuple[str, int], list[float]] = {}
    for _ in range(chosen.rounds):
        for engine in chosen.engine:
            for workers in chosen.workers:
                run = watched(chosen.archive, engine, workers, more)
                rates.setdefault((engine, workers), []).append(run.rate)
                tenths = " ".join(f"{rate:.0f}" for rate in run.tenths)
                print(
                    f"| {engine} | {workers} | {run.articles} | {run.seconds:.0f} | {run.rate:.1f} | {run.most:.0f}"
                    f" | {tenths} |", flush=True,
                )  # fmt: skip
    middle = {key: statistics.median(found) for key, found in rates.items()}
    first = next(iter(middle))
    for (engine, workers), rate in middle.items():
        times = rate / middle[first]
        print(f"\n{engine}, {workers} tiến trình: {rate:.1f} bài/giây, gấp {times:.2f} lần {first[0]}, {first[1]}.")


if __name__ == "__main__":
    main()
