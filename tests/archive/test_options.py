from __future__ import annotations

import json
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from auditor import cli
from auditor.archive import worker
from auditor.archive.local import LocalEngine
from tests.archive.stock import Here, Scanned, article, auditor_of, lines, scanned

DAYS = ["2026-04-01", "2026-04-02", "2026-04-03", None]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("kho") / "kho.jsonl"
    path.write_bytes(lines(article(number, date=DAYS[number % 4]) for number in range(8)) + b"{\n")
    return path


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run the command in this process, as one without a pool."""
    monkeypatch.setattr("auditor.archive.local.LocalEngine", lambda workers: Here())

    def run(*words: object) -> Any:
        return CliRunner().invoke(cli.app, ["scan", *map(str, words)])

    return run


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        ({"since": date(2026, 4, 2)}, [1, 2, 5, 6]),
        ({"until": date(2026, 4, 1)}, [0, 4]),
        ({"since": date(2026, 4, 2), "until": date(2026, 4, 2)}, [1, 5]),
        ({"outlets": ("báo a",)}, [0, 2, 4, 6]),
        ({"outlets": ("báo a", "báo b"), "since": date(2026, 4, 3)}, [2, 6]),
        ({"outlets": ("báo c",)}, []),
    ],
)
def test_what_is_out_of_range_is_counted_apart_and_what_is_broken_still_told(
    options: dict[str, Any], ids: list[int], archive: Path, tmp_path: Path
) -> None:
    found = scanned(archive, tmp_path / "out", **options)
    assert found.ids == [f"bai-{number}" for number in ids]
    said = found.summary
    assert (said["left_out"], said["rejected"], said["read"]) == (8 - len(ids), 1, len(ids) + 1)
    assert sorted(row["seq"] for row in (*found.table("records"), *found.rejects)) == list(range(len(ids) + 1))


def test_names_of_outlets_are_compared_without_case_and_spaces(archive: Path, tmp_path: Path, command: Any) -> None:
    result = command(archive, "--out", tmp_path / "out", "--outlet", " BÁO  a", "--quiet")
    assert (result.exit_code, result.output) == (0, "")
    assert {row["outlet"] for row in Scanned(tmp_path / "out").table("records")} == {"Báo A"}


def test_the_law_of_a_chosen_day_counts_for_all(archive: Path, tmp_path: Path) -> None:
    found = scanned(archive, tmp_path / "out", as_of=date(2020, 1, 1))
    assert {row["as_of"] for row in found.table("records")} == {date(2020, 1, 1)}


def test_without_one_the_law_of_each_articles_day_or_of_the_first_run_counts(archive: Path, tmp_path: Path) -> None:
    found = scanned(archive, tmp_path / "out", today=date(2026, 5, 3))
    assert all(row["as_of"] == (row["date"] or date(2026, 5, 3)) for row in found.table("records"))


def test_a_limit_and_a_sample(archive: Path, tmp_path: Path) -> None:
    assert scanned(archive, tmp_path / "1", most=3).ids == ["bai-0", "bai-1", "bai-2"]
    once, again = (scanned(archive, tmp_path / name, share=0.5).ids for name in "23")
    assert once == again
    assert 0 < len(once) < 8


def test_the_command_says_what_it_did_and_leaves_its_page(archive: Path, tmp_path: Path, command: Any) -> None:
    result = command(archive, "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert (result.stdout, result.stderr.count("Đã đọc 9 bài: soát 8, trùng 0, không soát được 1.")) == ("", 1)
    assert (tmp_path / "out" / "overview.html").stat().st_size > 0
    assert sorted(one.name for one in (tmp_path / "out").iterdir()) == [
        ".lock", "duplicates.parquet", "findings.parquet", "overview.html", "people.parquet", "records.parquet",
        "rejects.jsonl", "scan.json", "summary.json",
    ]  # fmt: skip


def test_progress_as_json_is_monotone(tmp_path: Path, command: Any) -> None:
    archive = tmp_path / "kho.jsonl"
    archive.write_bytes(lines(map(article, range(300))) + b"{\n")
    result = command(archive, "--out", tmp_path / "out", "--progress", "json")
    facts = [json.loads(one) for one in result.stderr.splitlines() if one.startswith("{")]
    assert len(facts) == 3
    for before, after in pairwise(facts):
        assert all(before[name] <= after[name] for name in before)
    assert (facts[-1]["bytes"], facts[-1]["audited"], facts[-1]["rejected"]) == (facts[-1]["total_bytes"], 300, 1)
    assert facts[-1]["total_bytes"] == archive.stat().st_size


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--engine", "spark"], "--engine"),
        (["--kind", "sách"], "--kind"),
        (["--progress", "rich"], "--progress"),
        (["--since", "1/4/2026"], "--since"),
        (["--since", "2026-04-02", "--until", "2026-04-01"], "--until"),
        (["--sample", "0"], "--sample"),
        (["--sample", "1.5"], ""),
        (["--workers", "0"], ""),
        (["--bound", "lines=3"], "GA229"),
    ],
)
def test_words_that_are_off_end_with_2_and_write_nothing(
    words: list[str], said: str, archive: Path, tmp_path: Path, command: Any
) -> None:
    result = command(archive, "--out", tmp_path / "out", *words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (tmp_path / "out").exists()


def test_an_archive_that_is_not_there(tmp_path: Path, command: Any) -> None:
    result = command(tmp_path / "kho.jsonl", "--out", tmp_path / "out")
    assert (result.exit_code, result.stderr[:5]) == (2, "GA202")
    (tmp_path / "kho.jsonl").write_bytes(lines([article(1)]))
    assert command(tmp_path / "kho.jsonl", "--out", tmp_path / "out").exit_code == 0


@pytest.mark.parametrize("inner", ["", "out", "sâu/out"])
def test_results_are_never_written_into_the_archive(inner: str, tmp_path: Path, command: Any) -> None:
    (tmp_path / "kho.jsonl").write_bytes(lines([article(1)]))
    for out in (f"{tmp_path}/{inner}", f"file://{tmp_path}/{inner}"):
        result = command(tmp_path, "--out", out)
        assert (result.exit_code, result.stderr[:5]) == (2, "GA327")
    assert [one.name for one in tmp_path.iterdir()] == ["kho.jsonl"]


def test_a_pool_of_one_and_of_two_agree(archive: Path, tmp_path: Path) -> None:
    found = [
        scanned(archive, tmp_path / str(workers), engine=LocalEngine(workers) if workers else None).everything()
        for workers in (0, 2)
    ]
    assert found[0] == found[1]
    assert worker.Auditor is not auditor_of


def test_findings_only_find_the_same(archive: Path, tmp_path: Path) -> None:
    whole, bare = scanned(archive, tmp_path / "1"), scanned(archive, tmp_path / "2", people=False)
    assert whole.table("findings") == bare.table("findings")
