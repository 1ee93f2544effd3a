"""The desk under ``kill -9``: ``./dev drill desk [--kills N] [--seed N]``.

Texts of every kind (plain, scans, archives) are handed in over HTTP and filed, and findings are decided by a process of
its own, while the server, the worker, the process that reads or the one that decides is killed at a random moment. A
server that was killed is started again. In the end every file that was answered as received is there byte for byte and
read, every decision that was told stands, no job is left, the audit trail verifies and the database is whole.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import io
import os
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import httpx2 as httpx
import numpy as np
from PIL import Image

from auditor.store import Store, findings, jobs, trail, units, users
from tests.documents import scans
from tests.drills.scan import descendants

PASSWORD = "mot mat khau du dai"
VICTIMS = ("server", "worker", "reading", "deciding")
BACKLOG = 12
WAIT = 0.5, 12.0
"""Seconds between two kills that fall anywhere, on processes that start too."""
AT_WORK = 0.7
"""Share of the kills that wait until work goes on."""
LONGEST = 600.0
TEXT = (
    "QUY ƯỚC\nBản Nà {n}, xã Bình Lư\n\nĐiều 1. Đất đai\n1. Con gái đã lấy chồng không được chia đất của cha mẹ đẻ.\n"
    "2. Mỗi hộ cử một người đi họp bản lần thứ {n}.\n\nĐiều 2. Thông qua ngày 02 tháng 3 năm 2025.\n"
)


@dataclass
class Drill:
    """A store, the processes that work on it, and what they have been told."""

    store: Store
    random: Random
    server: subprocess.Popen[bytes] | None = None
    deciding: subprocess.Popen[bytes] | None = None
    port: int = 0
    kills: Counter[str] = field(default_factory=Counter)
    moments: Counter[str] = field(default_factory=Counter)
    received: dict[int, str] = field(default_factory=dict)
    decided: list[int] = field(default_factory=list)
    filed: dict[int, str] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    noting: threading.Thread | None = None

    def start(self) -> None:
        """Start the server and wait until it answers."""
        words = [sys.executable, "-m", "auditor.cli", "serve", "--port", "0", "--store", str(self.store.path)]
        self.server = subprocess.Popen(words, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, start_new_session=True)
        assert self.server.stderr is not None
        for line in self.server.stderr:
            found = re.search(rb"http://127\.0\.0\.1:(\d+)", line)
            if found:
                self.port = int(found.group(1))
                break
        threading.Thread(target=self.server.stderr.read, daemon=True).start()

    def decide(self) -> None:
        """Start the process that decides, and note what it tells."""
        words = [sys.executable, "-m", "tests.drills.desk", "--decide", str(self.store.path)]
        self.deciding = process = subprocess.Popen(words, stdout=subprocess.PIPE, start_new_session=True)

        def noted() -> None:
            assert process.stdout is not None
            self.decided.extend(int(line) for line in process.stdout if line.endswith(b"\n"))

        self.noting = threading.Thread(target=noted, daemon=True)
        self.noting.start()

    def hand_in(self) -> None:
        """Hand texts in until the drill is over, and file what has been read."""
        number = 0
        while not self.over.is_set():
            with (
                contextlib.suppress(httpx.HTTPError, KeyError, ValueError, AttributeError),
                httpx.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=30) as client,
            ):
                client.post("/dang-nhap", data={"login": "ra-soat", "password": PASSWORD})
                word = re.search(r'name="csrf" value="([^"]+)"', client.get("/mat-khau").text).group(1)
                client.headers["x-csrf-word"] = word
                upload = client.post("/tai-len/dot").json()["upload"]
                while not self.over.is_set():
                    self._file(client)
                    if self._waiting() > BACKLOG:
                        time.sleep(0.3)
                        continue
                    number += 1
                    name, data = self._text(number)
                    answer = client.post(f"/tai-len/{upload}/tep", files={"tep": (name, data)})
                    if answer.status_code == 201:
                        self.received[answer.json()["item"]] = hashlib.sha256(data).hexdigest()
            time.sleep(0.2)

    def _file(self, client: httpx.Client) -> None:
        with self.store.read() as db:
            row = db.execute(
                "SELECT id, filename FROM versions WHERE reading = 'audited' AND regulation_id IS NULL LIMIT 1"
            ).fetchone()
            commune = db.execute("SELECT id FROM units WHERE kind = 'commune' LIMIT 1").fetchone()["id"]
        if row is None:
            return
        data = {"commune": commune, "village_type": "bản", "village": row["filename"], "name": "quy ước"}
        answer = client.post(f"/ho-so/xep/{row['id']}", data={**data, "state": "draft"})
        if answer.status_code == 303:
            self.filed[row["id"]] = answer.headers["location"].rsplit("/", 1)[1]

    def _waiting(self) -> int:
        with self.store.read() as db:
            return len(jobs.unfinished(db))

    def _text(self, number: int) -> tuple[str, bytes]:
        words = TEXT.format(n=number * 1000 + self.random.randrange(1000))
        kind = self.random.random()
        if kind < 0.15:
            return f"{number}.png", scan(self.random)
        if kind < 0.3:
            packed = io.BytesIO()
            with zipfile.ZipFile(packed, "w") as archive:
                for part in range(3):
                    archive.writestr(f"{part}.txt", f"{words}\nĐiều 3. Phần {part}.\n")
            return f"{number}.zip", packed.getvalue()
        return f"{number}.txt", (words * self.random.choice((1, 1, 40))).encode()

    def kill(self) -> None:
        """Kill one process at a random moment, and start again what nobody else starts."""
        if self.random.random() < AT_WORK:
            self._until_work_moves()
            time.sleep(self.random.uniform(0.0, 2.0))
        else:
            time.sleep(self.random.uniform(*WAIT))
        victim = self.random.choice(VICTIMS)
        assert self.server is not None
        workers = [pid for pid in descendants(self.server.pid) if b"auditor.worker.loop" in command(pid)]
        if victim == "server":
            self._kill(victim, self.server.pid)
            self.server.wait()
            self._gone(workers)
            self.start()
        elif victim == "worker" and workers:
            self._kill(victim, workers[0])
        elif victim == "reading" and workers:
            reading = [pid for pid in descendants(workers[0]) if pid not in descendants(workers[0], depth=1)]
            if reading:
                self._kill(victim, reading[-1])
        elif victim == "deciding" and self.deciding is not None:
            self._kill(victim, self.deciding.pid)
            self.deciding.wait()
            self.decide()

    def _until_work_moves(self) -> None:
        """Wait until a job has ended since the last kill, so that a slow machine is not only killed while it starts."""
        before, end = self._ended(), time.monotonic() + 40
        while self._ended() == before and time.monotonic() < end:
            time.sleep(0.05)

    def _ended(self) -> int:
        with self.store.read() as db:
            return int(db.execute("SELECT count(*) FROM jobs WHERE ended_at IS NOT NULL").fetchone()[0])

    def _kill(self, victim: str, pid: int) -> None:
        with self.store.read() as db:
            kinds = [job.kind for job in jobs.unfinished(db) if job.state == "running"]
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
            self.kills[victim] += 1
            self.moments[kinds[0] if kinds else "no job running"] += 1

    def _gone(self, pids: list[int]) -> None:
        """Check that the worker of a server that was killed ends by itself."""
        end = time.monotonic() + 60  # a worker that is still starting on a busy machine has yet to look
        while any(Path(f"/proc/{pid}").exists() and b"auditor" in command(pid) for pid in pids):
            if time.monotonic() > end:
                self.failed.append(f"worker {pids} outlives its server")
                return
            time.sleep(0.1)

    def settle(self) -> float:
        """Wait until all jobs have ended; return the seconds.

        Nobody decides any more then: what is told while the store is compared would count as lost.
        """
        started = time.monotonic()
        assert self.deciding is not None
        assert self.noting is not None
        self.deciding.kill()
        self.deciding.wait()
        self.noting.join()
        while self._waiting():
            if time.monotonic() - started > LONGEST:
                self.failed.append(f"{self._waiting()} jobs are stuck")
                break
            time.sleep(0.3)
        return time.monotonic() - started

    def check(self) -> str:
        """Compare the store with what was told; return what there is."""
        with self.store.read() as db:
            for item, sha256 in self.received.items():
                row = db.execute(
                    "SELECT sha256, data FROM upload_items JOIN files ON files.id = file_id WHERE upload_items.id = ?",
                    [item],
                ).fetchone()
                if row is None or hashlib.sha256(row["data"]).hexdigest() != sha256:
                    self.failed.append(f"upload {item} is lost or altered")
            for version, regulation in self.filed.items():
                row = db.execute("SELECT regulation_id FROM versions WHERE id = ?", [version]).fetchone()
                if row is None or str(row["regulation_id"]) != regulation:
                    self.failed.append(f"filing of version {version} is lost")
            kept = Counter(row["finding_id"] for row in db.execute("SELECT finding_id FROM decisions"))
            self.failed += [f"decision about {id} is lost" for id in self.decided if not kept[id]]
            readings = Counter(row["reading"] for row in db.execute("SELECT reading FROM versions"))
            if readings["waiting"]:
                self.failed.append(f"{readings['waiting']} versions wait without a job")
            codes = Counter(row["error_code"] for row in db.execute("SELECT error_code FROM versions"))
            del codes[None]
            # Only a text whose process was killed three times over may be given up; people can have it read again.
            self.failed += [f"{count} texts are unreadable: {code}" for code, count in codes.items() if code != "GA261"]
            twice = db.execute("SELECT count(*) - count(DISTINCT file_id) FROM versions").fetchone()[0]
            if twice:
                self.failed.append(f"{twice} texts are there twice")
            found = trail.verify(db)
            if found.broken_at is not None:
                self.failed.append(f"the trail breaks at {found.broken_at}")
        with sqlite3.connect(self.store.path) as plain:
            whole = plain.execute("PRAGMA integrity_check").fetchone()[0]
            if whole != "ok" or plain.execute("PRAGMA foreign_key_check").fetchone():
                self.failed.append(f"the database is not whole: {whole}")
        return (
            f"{len(self.received)} files, {len(self.filed)} filings and {len(self.decided)} decisions told;"
            f" versions {dict(readings)}; {found.lines} lines of the trail"
        )

    def end(self) -> None:
        """End what is still running."""
        self.over.set()
        for process in (self.server, self.deciding):
            if process is not None and process.poll() is None:
                process.terminate()
                process.wait(30)


def decide_all(path: Path) -> None:
    """Decide findings one after the other, telling of each once it is kept."""
    store = Store(path)
    while True:
        with store.change(1) as change:
            row = change.db.execute("SELECT id FROM findings WHERE state = 'suggested' LIMIT 1").fetchone()
            if row is not None:
                findings.decide(change, row["id"], users.get(change.db, 1), "consult", "cần ý kiến")
        if row is not None:
            print(row["id"], flush=True)
        time.sleep(0.05)


def scan(random: Random) -> bytes:
    """Return a scanned page that no other is equal to."""
    picture = np.asarray(scans.page()).copy()
    picture[:4, :4] = random.randrange(256)
    picture[:2, random.randrange(picture.shape[1])] = random.randrange(200)
    return scans.saved(Image.fromarray(picture), "PNG")


def command(pid: int) -> bytes:
    """Return the words a process was started with."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


def fresh(path: Path) -> Store:
    """Return a store with its communes and the person who works in the drill."""
    store = Store(path)
    with store.change() as change:
        units.seed(change)
        users.add(change, "ra-soat", "Rà soát", "reviewer", PASSWORD, must_change=False)
    return store


def main() -> None:
    """Run the drill; exit 1 if anything is lost."""
    words = argparse.ArgumentParser(prog="./dev drill desk", description=__doc__)
    words.add_argument("--kills", type=int, default=100)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--decide", type=Path, help=argparse.SUPPRESS)
    chosen = words.parse_args()
    if chosen.decide:
        decide_all(chosen.decide)
    with tempfile.TemporaryDirectory(prefix="auditor-drill-") as folder:
        drill = Drill(fresh(Path(folder) / "desk.db"), Random(chosen.seed))
        drill.start()
        drill.decide()
        handing = threading.Thread(target=drill.hand_in, daemon=True)
        handing.start()
        try:
            while drill.kills.total() < chosen.kills:
                drill.kill()
                print(f"\r{drill.kills.total()} kills, {len(drill.received)} files", end="", flush=True)
            drill.over.set()
            handing.join()
            seconds = drill.settle()
            said = drill.check()
        finally:
            drill.end()
    print(f"\n{drill.kills.total()} kills {dict(drill.kills)}, at {dict(drill.moments)}; settled in {seconds:.0f} s")
    print(f"{said}: {len(drill.failed)} wrong")
    print("\n".join(drill.failed))
    raise SystemExit(bool(drill.failed))


if __name__ == "__main__":
    main()
