from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from auditor.archive.folder import Folder
from auditor.errors import StoreError
from tests.archive.stock import Here, Scanned, article, lines, scanned
from tests.drills.scan import descendants

BATCHES = 4


@pytest.fixture(scope="module")
def kho(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of item files, each a batch; the last article is a copy of the first."""
    folder = tmp_path_factory.mktemp("kho")
    for number in range(BATCHES):
        (folder / f"{number}.jsonl").write_bytes(lines(map(article, range(10 * number, 10 * number + 10))) + b"{\n")
    (folder / "3.jsonl").write_bytes(lines([article(30), article(0, id="chép", date="2026-04-30")]))
    return folder


@pytest.fixture(scope="module")
def whole(kho: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[bytes]]:
    return scanned(kho, tmp_path_factory.mktemp("whole")).everything()


def started(kho: Path, out: Path, *more: str) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-m", "auditor.cli", "scan", str(kho), "--out", str(out), "--workers", "1", *more]
    return subprocess.Popen(
        words,
        start_new_session=True,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
        preexec_fn=_heed_interrupts,
    )


def _heed_interrupts() -> None:
    """Let a scan heed Ctrl-C as at a terminal, even where the tests themselves run in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def waited(true: Callable[[], Any], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.005)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("done", range(BATCHES + 1))
def test_a_scan_broken_off_after_any_batch_goes_on_there(
    done: int, kho: Path, whole: dict[str, list[bytes]], tmp_path: Path
) -> None:
    if done < BATCHES:
        with pytest.raises(KeyboardInterrupt):
            scanned(kho, tmp_path / "out", engine=Here(done))
    else:
        scanned(kho, tmp_path / "out")
    engine = Here()
    assert scanned(kho, tmp_path / "out", resume=True, engine=engine).everything() == whole
    assert len(engine.worked) == BATCHES - done


def test_parts_may_come_in_any_order(kho: Path, whole: dict[str, list[bytes]], tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        scanned(kho, tmp_path / "out", engine=Here(3))
    (tmp_path / "out" / "parts" / "000001-000000.arrow").unlink()
    assert scanned(kho, tmp_path / "out", resume=True).everything() == whole


def test_the_day_a_scan_began_counts_to_its_end(kho: Path, tmp_path: Path) -> None:
    from datetime import date

    with pytest.raises(KeyboardInterrupt):
        scanned(kho, tmp_path / "out", engine=Here(1), today=date(2026, 4, 30))
    found = scanned(kho, tmp_path / "out", resume=True, today=date(2026, 5, 1))
    assert found.summary["started"] == "2026-04-30"


def test_resume_of_nothing_starts(kho: Path, whole: dict[str, list[bytes]], tmp_path: Path) -> None:
    assert scanned(kho, tmp_path / "out", resume=True).everything() == whole


def test_a_folder_with_a_scan_is_not_written_over(kho: Path, tmp_path: Path) -> None:
    before = scanned(kho, tmp_path / "out").everything()
    with pytest.raises(StoreError, match="GA321"):
        scanned(kho, tmp_path / "out")
    assert Scanned(tmp_path / "out").everything() == before


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"people": False}, "tùy chọn"),
        ({"kind": "article"}, "tùy chọn"),
        ({"outlets": ("báo a",)}, "tùy chọn"),
        ({"share": 0.5}, "--sample"),
        ({"most": 3}, "--limit"),
    ],
)
def test_other_options_cannot_go_on(options: dict[str, Any], named: str, kho: Path, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        scanned(kho, tmp_path / "out", engine=Here(1))
    with pytest.raises(StoreError, match=f"GA323.*{named}"):
        scanned(kho, tmp_path / "out", resume=True, **options)


def test_another_archive_or_version_cannot_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kho = tmp_path / "kho"
    kho.mkdir()
    (kho / "a.jsonl").write_bytes(lines([article(1)]))
    with pytest.raises(KeyboardInterrupt):
        scanned(kho, tmp_path / "out", engine=Here(0))
    with monkeypatch.context() as patch, pytest.raises(StoreError, match=r"GA323.*phiên bản"):
        patch.setattr("auditor.archive.scan.__version__", "9")
        scanned(kho, tmp_path / "out", resume=True)
    with pytest.raises(StoreError, match=r"GA323.*đường dẫn"):
        scanned(kho / "a.jsonl", tmp_path / "out", resume=True)
    (kho / "b.jsonl").write_bytes(lines([article(2)]))
    with pytest.raises(StoreError, match=r"GA323.*nội dung"):
        scanned(kho, tmp_path / "out", resume=True)


@pytest.mark.parametrize("scheme", ["", "file://"])
def test_two_scans_at_once_keep_apart(scheme: str, kho: Path, tmp_path: Path) -> None:
    with Folder(f"{scheme}{tmp_path}/out").locked(), pytest.raises(StoreError, match="GA322"):
        scanned(kho, tmp_path / "out")


def test_what_a_dead_process_left_half_done_goes(kho: Path, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        scanned(kho, tmp_path / "out", engine=Here(2))
    for name in ("records.parquet.77.tmp", "parts/000000-000001.arrow.78.tmp"):
        (tmp_path / "out" / name).write_bytes(b"half")
    scanned(kho, tmp_path / "out", resume=True)
    assert not list((tmp_path / "out").rglob("*.tmp"))


def test_a_killed_group_is_resumed_to_the_same_bytes(kho: Path, tmp_path: Path) -> None:
    out, straight = tmp_path / "out", tmp_path / "straight"
    scan = started(kho, out, "--quiet")
    waited(lambda: list(out.glob("parts/*.arrow")) or scan.poll() is not None)
    os.killpg(scan.pid, signal.SIGKILL)
    scan.communicate()
    assert scan.returncode == -signal.SIGKILL
    again, other = started(kho, out, "--quiet", "--resume"), started(kho, straight, "--quiet")
    assert (again.communicate()[1], again.returncode) == (b"", 0)
    assert (other.communicate()[1], other.returncode) == (b"", 0)
    assert Scanned(out).everything() == Scanned(straight).everything()
    for name in ("records", "findings", "people", "duplicates"):
        assert (out / f"{name}.parquet").read_bytes() == (straight / f"{name}.parquet").read_bytes()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("group", [True, False])
def test_a_scan_that_is_stopped_says_so_and_leaves_no_process(
    number: signal.Signals, group: bool, kho: Path, tmp_path: Path
) -> None:
    scan = started(kho, tmp_path / "out")
    waited(lambda: (tmp_path / "out" / "scan.json").exists())
    waited(lambda: len(descendants(scan.pid)) >= 2)
    processes = descendants(scan.pid)
    (os.killpg if group else os.kill)(scan.pid, number)
    _, said = scan.communicate(timeout=120)
    assert (scan.returncode, said.decode().count("--resume"), b"Traceback" in said) == (130, 1, False), said.decode()
    waited(lambda: not any(map(alive, processes)), 30)
    assert len(scanned(kho, tmp_path / "other").ids) == 31


def test_no_process_outlives_a_scan_that_is_killed(kho: Path, tmp_path: Path) -> None:
    scan = started(kho, tmp_path / "out")
    waited(lambda: len(descendants(scan.pid)) >= 2)
    processes = descendants(scan.pid)
    scan.kill()
    scan.communicate()
    waited(lambda: not any(map(alive, processes)), 30)
