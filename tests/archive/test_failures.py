from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

import pytest

from auditor.archive.folder import Folder
from auditor.archive.local import LocalEngine
from auditor.archive.scan import archive_limits
from auditor.documents.limits import DEFAULT_LIMITS
from auditor.errors import StoreError
from tests.archive.poison import DEATHS, ERRORS, Frail, Poisoned, Stillborn
from tests.archive.stock import Here, article, job, line, lines, scanned

QUICK = replace(archive_limits(DEFAULT_LIMITS), seconds=1.5)


def poisoned(number: int, name: str) -> dict[str, object]:
    return article(number, id=name, text=f"{article(number)['text']}\n\nthuốc-{name}")


def test_a_poisoned_input_costs_itself_alone_and_is_rejected_with_its_code(tmp_path: Path) -> None:
    names = [*DEATHS, *ERRORS, "row"]
    mixed = [one for number, name in enumerate(names) for one in (poisoned(20 + number, name), article(number))]
    archive = tmp_path / "kho.jsonl"
    archive.write_bytes(lines(mixed))
    found = scanned(archive, tmp_path / "out", engine=LocalEngine(1, Poisoned))
    assert found.ids == [f"bai-{number}" for number in range(len(names))]
    codes = {names[one["seq"] // 2]: (one["seq"] % 2, one["code"]) for one in found.rejects}
    deadly, wrong = dict.fromkeys((*DEATHS, "row"), (0, "GA261")), dict.fromkeys(ERRORS, (0, "GA263"))
    assert codes == {**deadly, **wrong}
    assert {one["id"] for one in found.rejects} == {f"{archive}#1", *ERRORS, f"{archive}#9"}


def test_an_input_that_hangs_costs_itself_alone(tmp_path: Path) -> None:
    archive = tmp_path / "kho.jsonl"
    archive.write_bytes(lines([article(1), poisoned(2, "hang"), article(3)]))
    found = scanned(archive, tmp_path / "out", engine=LocalEngine(1, Poisoned), limits=QUICK)
    assert found.ids == ["bai-1", "bai-3"]
    assert [(one["id"], one["code"]) for one in found.rejects] == [(f"{archive}#2", "GA262")]


def test_a_panic_in_process_is_no_end_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.archive.stock.Worker", Poisoned)
    (tmp_path / "kho.jsonl").write_bytes(lines([article(1), poisoned(2, "panic"), article(3)]))
    found = scanned(tmp_path / "kho.jsonl", tmp_path / "out")
    assert (found.ids, [(one["id"], one["code"]) for one in found.rejects]) == (
        ["bai-1", "bai-3"],
        [("panic", "GA263")],
    )


def test_a_reader_that_panics_costs_its_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.archive.poison import Panic

    def panics(*_: object) -> Iterator[Any]:
        raise Panic
        yield

    kho = tmp_path / "kho"
    kho.mkdir()
    (kho / "a.txt").write_bytes(b"x")
    monkeypatch.setattr("auditor.archive.worker.read_raw", panics)
    assert [(one["id"], one["code"]) for one in scanned(kho, tmp_path / "out").rejects] == [(f"{kho}/a.txt", "GA227")]


def test_one_death_is_chance_and_rejects_nothing(tmp_path: Path) -> None:
    (tmp_path / "kho.jsonl").write_bytes(lines(map(article, range(3))))
    found = scanned(tmp_path / "kho.jsonl", tmp_path / "out", engine=LocalEngine(1, Frail))
    assert (len(found.ids), found.rejects, (tmp_path / "out" / "died").exists()) == (3, [], True)


def test_processes_that_die_before_they_are_ready_end_the_scan(tmp_path: Path) -> None:
    (tmp_path / "kho.jsonl").write_bytes(lines([article(1)]))
    with pytest.raises(StoreError, match="GA326"):
        scanned(tmp_path / "kho.jsonl", tmp_path / "out", engine=LocalEngine(2, Stillborn))


@pytest.mark.parametrize("out", ["kho.jsonl", "kho.jsonl/out", "/proc/auditor", "foo://a/b", "file:///proc/auditor/b"])
def test_a_folder_that_cannot_be_written_is_told(out: str, tmp_path: Path) -> None:
    (tmp_path / "kho.jsonl").write_bytes(line(**article(1)))
    (tmp_path / "khac.jsonl").write_bytes(line(**article(1)))
    place = Path(out) if out.startswith("/") or "://" in out else tmp_path / out
    from auditor.archive.scan import scan

    with pytest.raises(StoreError, match="GA325"):
        scan(str(tmp_path / "khac.jsonl"), job(out if "://" in out else place), Here())


class FullDisk:
    """A disk that is full once so many files have been opened on it."""

    def __init__(self, files: int) -> None:
        self.files = files
        self._writing = Folder.writing

    def patch(self, patch: pytest.MonkeyPatch) -> None:
        writing, disk = self._writing, self

        @contextmanager
        def full(folder: Folder, name: str) -> Iterator[IO[bytes]]:
            with writing(folder, name) as out:
                disk.files -= 1
                if disk.files < 0:
                    out.write(b"half")
                    raise OSError(errno.ENOSPC, "No space left on device")
                yield out

        patch.setattr(Folder, "writing", full)


@pytest.fixture(scope="module")
def kho(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of three files, so three batches."""
    folder = tmp_path_factory.mktemp("kho")
    for number in range(3):
        (folder / f"{number}.jsonl").write_bytes(lines(map(article, range(4 * number, 4 * number + 4))) + b"{\n")
    return folder


@pytest.fixture(scope="module")
def whole(kho: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[bytes]]:
    return scanned(kho, tmp_path_factory.mktemp("whole")).everything()


# scan.json, three parts, five tables, the summary: ten files.
@pytest.mark.parametrize("files", range(10))
def test_a_full_disk_stops_the_scan_and_it_can_be_resumed(
    files: int, kho: Path, whole: dict[str, list[bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    with monkeypatch.context() as patch:
        FullDisk(files).patch(patch)
        with pytest.raises(StoreError, match="GA324"):
            scanned(kho, out)
    assert len(list(out.glob("parts/*.arrow"))) == min(3, max(0, files - 1))
    engine = Here()
    assert scanned(kho, out, resume=True, engine=engine).everything() == whole
    assert len(engine.worked) == 3 - min(3, max(0, files - 1))
    assert not [*out.rglob("*.tmp"), *out.glob("parts")]


def test_a_full_disk_for_passing_files_stops_the_scan_and_it_can_be_resumed(
    kho: Path, whole: dict[str, list[bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> IO[bytes]:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("auditor.archive.finish.tempfile.TemporaryFile", full)
        with pytest.raises(StoreError, match="GA324"):
            scanned(kho, tmp_path / "out")
    engine = Here()
    assert scanned(kho, tmp_path / "out", resume=True, engine=engine).everything() == whole
    assert not engine.worked


class Full(Poisoned):
    """A worker whose disk is full."""

    def work(self, batch: Any) -> Any:
        """Find no room."""
        raise StoreError("GA324", "đầy")


def test_a_full_disk_in_another_process_is_told_by_its_code(kho: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError) as told:
        scanned(kho, tmp_path / "out", engine=LocalEngine(1, Full))
    assert (told.value.code, told.value.message) == ("GA324", "đầy")
