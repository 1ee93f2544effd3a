"""The folder of a scan gives the figures that the records of its articles give."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet
from typer.testing import CliRunner

from auditor import cli
from auditor.archive import tables
from auditor.indicators import scans
from auditor.indicators.views import Copy, FindingView, PersonView, RecordView, StoryView
from tests.documents.files import line

WIRE = (
    "Bà Lò Thị Mai, Phó Chủ tịch xã, nói: “Phụ nữ bản ta đã vay vốn trồng quế.” Ông Sùng A Páo vỗ tay. "
    "Chị em hội phụ nữ xã kể chuyện làm ăn, nhiều gia đình đã có nhà mới, trẻ em được đến trường đều. "
    "Cuối buổi mọi người cùng nhau dọn sân nhà văn hoá và hẹn năm sau lại họp mặt ở bản bên kia suối."
)
TALES = (
    "Ông Vàng Văn Sơn, Chủ tịch huyện, cho biết con đường số {n} dài {n} cây số sẽ xong trong tháng {m}.",
    "Bà Hà Thị {name} kể: “Năm {n} nhà tôi có {m} con trâu, nay chồng tôi nấu cơm cho tôi đi họp.”",
    "Phụ nữ không nên làm lãnh đạo vì việc nhà là thiên chức của phụ nữ, một người ở xóm {n} viết {m} lần.",
    "Anh Lý A {name} thắng giải chạy {n} cây số, chị Giàng Thị {name} về thứ {m}.",
)
NAMES = ("Mai", "Lan", "Hoa", "Máy", "Dúa", "Ỏn", "Pành")


def _articles() -> list[bytes]:
    found = []
    for n in range(45):
        text = "\n".join(TALES[(n + i) % 4].format(n=n * 7 + i, m=i * i + n % 5, name=NAMES[n % 7]) for i in range(6))
        found.append({"id": f"b{n}", "text": text, "section": "Xã hội" if n % 2 else "Kinh tế",
                      "outlet": f"Báo {'AB'[n % 2]}", "date": f"2026-0{n % 3 + 1}-1{n % 9}"})  # fmt: skip
    found += [{"id": f"tin-{day}", "text": WIRE, "outlet": outlet, "date": f"2026-03-{day}"}
              for day, outlet in ((20, "Báo A"), (22, "Báo B"), (25, "Báo A"))]  # fmt: skip
    found.append({**found[3], "id": "không-ngày", "date": None, "text": TALES[0].format(n=1, m=2)})
    found.append({**found[5]})
    return [line(**one) for one in found] + [b"{hong\n", line(id="trong", text="")]


def run(*words: str | Path) -> str:
    result = CliRunner().invoke(cli.app, list(map(str, words)))
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the records of an archive, and the folder of a scan of it."""
    home = tmp_path_factory.mktemp("both")
    archive, records, folder = home / "kho.jsonl", home / "records.jsonl", home / "ket-qua"
    archive.write_bytes(b"".join(_articles()))
    CliRunner().invoke(
        cli.app, ["check", str(archive), "--kind", "article", "--format", "jsonl", "--output", str(records)]
    )
    run("scan", archive, "--kind", "article", "--out", folder, "--workers", "1", "--quiet")
    return records, folder


@pytest.fixture
def folder(both: tuple[Path, Path], tmp_path: Path) -> Path:
    """Return a folder that may be spoilt."""
    return shutil.copytree(both[1], tmp_path / "ket-qua")


@pytest.mark.parametrize("batch", [1, 7, 4_000])
@pytest.mark.parametrize("words", [[], ["--by", "outlet"], ["--by", "month"], ["--by", "section"],
                                   ["--period", "2026-03"], ["--outlet", "báo a"]])  # fmt: skip
def test_same_figures(
    both: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, words: list[str], batch: int
) -> None:  # fmt: skip
    monkeypatch.setattr(scans, "BATCH", batch)
    by_record, by_scan = (json.loads(run("index", one, "--format", "json", *words)) for one in both)
    assert by_scan == by_record
    assert by_scan["records"]["left_out"]["wire_copy"]


def test_everything_read_is_accounted_for(both: tuple[Path, Path]) -> None:
    found = json.loads(run("index", both[1], "--format", "json"))["records"]
    summary = json.loads((both[1] / "summary.json").read_bytes())
    assert (found["read"], found["left_out"]["unreadable"]) == (summary["read"], summary["rejected"])
    assert found["left_out"]["wire_copy"] + found["left_out"]["repeated"] == summary["duplicates"] == 3
    assert found["read"] == found["counted"] + sum(found["left_out"].values())


def test_decisions_meet_the_findings_of_a_scan(both: tuple[Path, Path], tmp_path: Path) -> None:
    rows = parquet.read_table(both[1] / "findings.parquet").to_pylist()
    assert rows
    path = tmp_path / "decisions.jsonl"
    lines = [{"record": row["record"], "finding": row["id"], "decision": "confirmed"} for row in rows]
    path.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    by_record, by_scan = (json.loads(run("index", one, "--format", "json", "--decisions", path)) for one in both)
    assert by_scan == by_record
    assert any(one["status"] == "confirmed" for one in by_scan["figures"])


def test_a_folder_may_stand_beside_files(both: tuple[Path, Path]) -> None:
    found = json.loads(run("index", *both, "--format", "json"))["records"]
    assert found["counted"] == json.loads(run("index", both[0], "--format", "json"))["records"]["counted"]


def test_columns_are_those_of_scans() -> None:
    apart = {"id", "status", "findings", "people", "story"}
    assert set(RecordView.model_fields) - apart | set(StoryView.model_fields) <= set(tables.RECORDS.names)
    assert set(FindingView.model_fields) <= set(tables.FINDINGS.names)
    assert set(PersonView.model_fields) <= set(tables.PEOPLE.names)
    assert {"record", "outlet", "date"} <= set(tables.DUPLICATES.names)
    assert Copy.__slots__ == ("id", "outlet", "date")


def _drop(name: str) -> Callable[[Path], Any]:
    return lambda folder: (folder / name).unlink()


def _cut(folder: Path) -> None:
    path = folder / "people.parquet"
    path.write_bytes(path.read_bytes()[:-20])


def _without_column(folder: Path) -> None:
    path = folder / "people.parquet"
    parquet.write_table(parquet.read_table(path).drop_columns(["gender"]), path)


def _unordered(folder: Path) -> None:
    path = folder / "people.parquet"
    table = parquet.read_table(path)
    parquet.write_table(table.take(pa.array(range(len(table) - 1, -1, -1))), path)


def _other_schema(folder: Path) -> None:
    (folder / "summary.json").write_text('{"schema": "auditor-scan/9", "rejected": 0}', "utf-8")


def _no_scan(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (_drop("summary.json"), "GA316"),
        (_drop("records.parquet"), "GA311"),
        (_drop("duplicates.parquet"), "GA311"),
        (_cut, "GA311"),
        (_without_column, "GA311"),
        (_unordered, "GA311"),
        (_other_schema, "GA311"),
        (_no_scan, "GA311"),
    ],
)
def test_what_is_no_whole_scan_is_refused(folder: Path, spoil: Callable[[Path], Any], code: str) -> None:
    spoil(folder)
    result = CliRunner().invoke(cli.app, ["index", str(folder)])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(code)


def test_a_report_never_replaces_a_table(folder: Path) -> None:
    before = (folder / "people.parquet").read_bytes()
    result = CliRunner().invoke(cli.app, ["index", str(folder), "--output", str(folder / "people.parquet")])
    assert result.exit_code == 2 and result.stderr.startswith("GA302")
    assert (folder / "people.parquet").read_bytes() == before
