"""Scans that are killed: ``./dev drill scan [--kills N] [--seed N] [--archive FILE] [--workers N] [--full-disk]``.

The process group of a scan is killed at a random moment between its start and the end of its tables, then resumed,
killed again or not, and at last completed; every so often single workers are killed instead, which the scan must
survive. In the end all tables equal those of a scan nobody touched, byte for byte once sorted. ``--full-disk`` (as
root) scans onto a small file system that fills up, and resumes once it is made larger.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from auditor.matching.units import CORPORA
from tests.archive.stock import Scanned

SINGLE = 0.25
AGAIN = 0.4
LONGEST = 600.0
EACH = 25


@dataclass
class Drill:
    """What was done to scans, and what came of it."""

    archive: Path
    place: Path
    workers: int
    random: Random
    kills: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)

    def undisturbed(self) -> tuple[dict[str, list[bytes]], float]:
        """Scan without a kill; return the results and how long it took."""
        start = time.monotonic()
        out = self.place / "whole"
        assert self.start(out).wait(LONGEST) == 0
        return Scanned(out).everything(), time.monotonic() - start

    def start(self, out: Path, *, resume: bool = False) -> subprocess.Popen[bytes]:
        """Start a scan in a process group of its own."""
        words = [sys.executable, "-m", "auditor.cli", "scan", self.archive, "--out", out, "--quiet"]
        words += ["--workers", str(self.workers), *(["--resume"] if resume else [])]
        return subprocess.Popen(list(map(str, words)), start_new_session=True, stderr=subprocess.PIPE)

    def case(self, number: int, whole: dict[str, list[bytes]], seconds: float) -> None:
        """Kill one scan, perhaps again, and complete it."""
        out = self.place / str(number)
        single = self.random.random() < SINGLE
        resume = False
        while True:
            scan = self.start(out, resume=resume)
            if single:
                self._kill_workers(scan, seconds)
                break
            time.sleep(self.random.uniform(0.0, 1.05 * seconds))
            self.counts["in time" if scan.poll() is None else "too late"] += 1
            self._state(out)
            with_group(scan, signal.SIGKILL)
            scan.wait()
            self.kills += 1
            resume = True
            if self.random.random() >= AGAIN:
                scan = self.start(out, resume=True)
                break
        self._compare(f"case {number}", scan, out, whole)
        shutil.rmtree(out, ignore_errors=True)

    def _kill_workers(self, scan: subprocess.Popen[bytes], seconds: float) -> None:
        for _ in range(self.random.randint(1, 3)):
            time.sleep(self.random.uniform(0.0, seconds / 2))
            workers = [pid for pid in descendants(scan.pid) if pid not in descendants(scan.pid, depth=1)]
            if scan.poll() is None and workers:
                os.kill(self.random.choice(workers), signal.SIGKILL)
                self.kills += 1
                self.counts["single workers"] += 1

    def _state(self, out: Path) -> None:
        """Note how far the scan was when it was killed."""
        names = {one.name.partition(".parquet.")[0] for one in out.glob("*")}
        if "summary.json" in names:
            state = "tables done"
        elif "records" in names or "records.parquet" in names:
            state = "writing tables"
        else:
            state = "scanning" if any(out.glob("parts/*.arrow")) else "before the first part"
        self.counts[state] += 1

    def _compare(self, name: str, scan: subprocess.Popen[bytes], out: Path, whole: dict[str, list[bytes]]) -> None:
        try:
            _, said = scan.communicate(timeout=LONGEST)
        except subprocess.TimeoutExpired:
            with_group(scan, signal.SIGKILL)
            self.failed.append(f"{name}: hangs")
            return
        if scan.returncode != 0:
            self.failed.append(f"{name}: exit {scan.returncode}: {said.decode()[-500:]}")
            return
        found = Scanned(out).everything()
        wrong = [table for table in whole if found[table] != whole[table]]
        left = [one.name for one in out.rglob("*") if one.name.endswith(".tmp") or one.name == "parts"]
        if wrong or left:
            self.failed.append(f"{name}: differs in {wrong}, leaves {left}")

    def full_disk(self, whole: dict[str, list[bytes]]) -> None:
        """Let the disk of the results fill up in the middle, make room, and resume; tables, then parts."""
        needed = sum(one.stat().st_size for one in (self.place / "whole").glob("*"))
        for share in (0.3, 0.7, 1.0, 1.3, 1.6, 1.9):
            with disk(self.place / f"disk-{share}", int(share * needed)) as (out, enlarge):
                scan = self.start(out)
                _, said = scan.communicate(timeout=LONGEST)
                stopped = scan.returncode == 2 and said.startswith(b"GA324")
                if not stopped and scan.returncode != 0:
                    self.failed.append(f"full disk {share}: exit {scan.returncode}: {said.decode()[-500:]}")
                self.counts[f"full disk at {share:.0%}: {'stopped' if stopped else 'enough'}"] += 1
                enlarge()
                self._compare(f"full disk {share}", self.start(out, resume=True), out, whole)


def with_group(scan: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """Signal all processes of a scan."""
    with suppress(ProcessLookupError):
        os.killpg(scan.pid, number)


def descendants(pid: int, depth: int = 9) -> list[int]:
    """Return the processes below one, so many generations down."""
    if depth == 0:
        return []
    children: list[int] = []
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            children += map(int, (task / "children").read_text().split())
    except OSError:
        return children
    return children + [one for child in children for one in descendants(child, depth - 1)]


@contextmanager
def disk(place: Path, size: int) -> Iterator[tuple[Path, Callable[[], object]]]:
    """Mount a file system of so many bytes; the second value makes it large."""
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)], check=True)
    try:
        yield place / "out", lambda: subprocess.run(["mount", "-o", "remount,size=1g", str(place)], check=True)
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def stock(place: Path, articles: int, random: Random) -> Path:
    """Write a folder of item files: articles of paragraphs of our own, some twice, some lines broken."""
    sources = sorted((CORPORA / "press" / "whole").glob("*.jsonl"))
    found = [json.loads(one) for path in sources for one in path.read_text("utf-8").splitlines()]
    paragraphs = [words for one in found for words in str(one["body"]).split("\n\n")]
    lines = []
    for number in range(articles):
        one = {**random.choice(found), "id": f"bai-{number}", "body": "\n\n".join(random.sample(paragraphs, 6))}
        lines.append(json.dumps(one, ensure_ascii=False).encode())
        if number % 13 == 0:
            lines += [lines[-1], lines[-1][:-9]]
    folder = place / "kho"
    folder.mkdir()
    for number in range(0, len(lines), EACH):
        data = b"\n".join(lines[number : number + EACH])
        name = f"{number:05}.jsonl"
        if number // EACH % 4:
            (folder / name).write_bytes(data)
        else:
            (folder / f"{name}.gz").write_bytes(gzip.compress(data))
    return folder


def main() -> None:
    """Run the drill; exit 1 if anything differs."""
    words = argparse.ArgumentParser(prog="./dev drill scan", description=__doc__)
    words.add_argument("--kills", type=int, default=200)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--archive", type=Path)
    words.add_argument("--articles", type=int, default=300)
    words.add_argument("--workers", type=int, default=2)
    words.add_argument("--full-disk", action="store_true")
    chosen = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="auditor-drill-") as folder:
        place = Path(folder)
        archive = chosen.archive or stock(place, chosen.articles, Random(chosen.seed))
        drill = Drill(archive, place, chosen.workers, Random(chosen.seed))
        whole, seconds = drill.undisturbed()
        print(f"undisturbed: {seconds:.1f} s, {len(whole['records'])} records", flush=True)
        if chosen.full_disk:
            drill.full_disk(whole)
        number = 0
        while not chosen.full_disk and drill.kills < chosen.kills:
            number += 1
            drill.case(number, whole, seconds)
            print(f"\r{drill.kills} kills, {number} scans, {len(drill.failed)} wrong", end="", flush=True)
    counts = ", ".join(f"{name} {count}" for name, count in sorted(drill.counts.items()))
    print(f"\n{drill.kills} kills in {number} scans ({counts}): {len(drill.failed)} wrong")
    print("\n".join(drill.failed))
    raise SystemExit(bool(drill.failed))


if __name__ == "__main__":
    main()
