"""The command ``index`` and every form it writes."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest
from click.testing import Result
from lxml import etree, html
from typer.testing import CliRunner

from auditor import cli
from auditor.indicators.index import build_index
from auditor.indicators.ledger import Selection
from auditor.indicators.loader import load_indicators
from auditor.reports.index import INDEX_FORMATS
from auditor.reports.index.wording import percent, points
from tests.indicators.records import article, finding, person, view

SHEETS = ["Tóm tắt", "B1", "B1 gợi ý", "B2", "B2 gợi ý", "GEM", "GMMP", "Tuần và đợt", "Loại A", "Định nghĩa"]
RECORDS = [
    article(
        f"{i}", person(quoted="direct"), person("male"), person("unknown"), findings=(finding("f"),) if i < 3 else (),
        outlet="=Báo <b>A</b>\x1b[31m" if i % 2 else "Báo B", about_gender_equality=i % 5 == 0,
    )
    for i in range(80)
]  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl"
    path.write_text("".join(record.to_json() + "\n" for record in RECORDS) + "\nhỏng\n[1]\n", "utf-8")
    return path


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli.app, ["index", *map(str, words)])


def test_json_holds_what_was_counted(file: Path) -> None:
    result = run(file, "--by", "outlet", "--format", "json")
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    assert (found["schema"], found["official"]) == ("auditor-index/1", False)
    assert found["records"] == {"read": 82, "counted": 80, "left_out": {"broken": 2}}
    assert [one["articles"] for one in found["labels"]] == [80, 40, 40]
    first = found["figures"][0]
    assert (first["indicator"], first["value"], first["numerator"], first["unknown"]) == ("B1.1.1", 0.5, 80, 80)


def test_gzip_by_content_and_text_kept_in_records(tmp_path: Path) -> None:
    path = tmp_path / "records"
    path.write_bytes(gzip.compress("".join(record.to_json("toàn văn") + "\n" for record in RECORDS).encode()))
    assert json.loads(run(path, "--format", "json").stdout)["records"]["counted"] == 80


def test_decisions_turn_suggestions_into_figures(file: Path, tmp_path: Path) -> None:
    decisions = tmp_path / "decisions.jsonl"
    line = {"record": "0", "finding": "f", "decision": "confirmed", "reason": "đúng"}
    decisions.write_text(json.dumps(line) + "\n", "utf-8")
    assert "máy gợi ý, chưa xác nhận" in run(file).stdout
    found = json.loads(run(file, "--decisions", decisions, "--format", "json").stdout)["figures"]
    (words,) = (one for one in found if one["indicator"] == "B1.4.4")
    assert (words["status"], words["value"], words["review"]["rate"]) == ("confirmed", 1 / 80, 1.0)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ([], ""),
        (["missing.jsonl"], "GA311"),
        ([".", "--format", "json"], "GA311"),
        (["RECORDS", "--format", "pdf"], ""),
        (["RECORDS", "--by", "author"], ""),
        (["RECORDS", "--period", "2026-Q7"], "GA315"),
        (["RECORDS", "--outlet", "Báo C"], "GA312"),
        (["RECORDS", "--format", "xlsx"], "GA314"),
        (["RECORDS", "--decisions", "RECORDS"], "GA313"),
        (["RECORDS", "--decisions", "missing.jsonl"], "GA311"),
        (["RECORDS", "--answers", "missing.yaml"], "GA311"),
        (["RECORDS", "--output", "RECORDS"], "GA302"),
        (["EMPTY"], "GA312"),
        (["TORN"], "GA311"),
    ],
)
def test_what_cannot_be_done_is_said_with_a_code(file: Path, tmp_path: Path, words: list[str], code: str) -> None:
    (tmp_path / "EMPTY").write_bytes(b"[\n{}\n\xff\n")
    (tmp_path / "TORN").write_bytes(gzip.compress(file.read_bytes())[:-40])
    names = {"RECORDS": file, "EMPTY": tmp_path / "EMPTY", "TORN": tmp_path / "TORN"}
    result = run(*(names.get(word, word) for word in words))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(code) and result.stderr.strip()


def test_odd_records_are_left_out_or_counted_and_never_break_a_report(tmp_path: Path) -> None:
    whole = json.loads(RECORDS[0].to_json())
    odd: list[dict[str, object]] = [
        {"outlet": "\ud800"}, {"id": 5}, {"story": {**whole["story"], "fingerprint": "zz"}}, {"people": None},
        {"date": "0001-01-01", "id": "a"}, {"date": "9999-12-31", "id": "b"}, {"outlet": "a\x00b"},
        {"new_field": 1, "id": "c"},
    ]  # fmt: skip
    path = tmp_path / "odd.jsonl"
    lines = [json.dumps(whole | one) for one in odd]
    path.write_text("\n".join([*lines, "[" * 100_000, '{"schema": ["auditor/1"]}']), "utf-8")
    for form in INDEX_FORMATS:
        result = run(path, "--by", "outlet", "--format", form, "--output", tmp_path / form)
        assert result.exit_code == 0, result.output
    assert json.loads((tmp_path / "json").read_bytes())["records"] == {
        "read": 10, "counted": 5, "left_out": {"broken": 4, "schema": 1}
    }  # fmt: skip


def written(form: str) -> bytes:
    out = io.BytesIO()
    records = [*map(view, RECORDS)]
    INDEX_FORMATS[form](build_index(records, load_indicators(), Selection(by="outlet"), {("0", "f"): "confirmed"}), out)
    return out.getvalue()


@pytest.mark.parametrize("form", INDEX_FORMATS)
def test_the_same_index_gives_the_same_bytes(form: str) -> None:
    assert written(form) == written(form)


def test_text_steers_no_terminal_and_calls_nothing_official() -> None:
    text = written("text").decode()
    assert "\x1b" not in text
    assert "không phải điểm chính thức" in text
    assert "B1.1.1" in text and "không đủ mẫu" in text


def test_the_workbook_has_a_sheet_for_each_group_native_charts_and_no_formula() -> None:
    with zipfile.ZipFile(io.BytesIO(written("xlsx"))) as book:
        names = etree.fromstring(book.read("xl/workbook.xml")).xpath("//*[local-name()='sheet']/@name")
        assert names == SHEETS
        charts = [name for name in book.namelist() if name.startswith("xl/charts/chart")]
        assert len(charts) >= 4
        assert b"errBars" in b"".join(book.read(name) for name in charts)
        sheets = [etree.fromstring(book.read(f"xl/worksheets/sheet{i + 1}.xml")) for i in range(len(SHEETS))]
        assert not any(sheet.xpath("//*[local-name()='f']") for sheet in sheets)


def test_the_page_is_self_contained_and_shows_every_indicator() -> None:
    page = html.document_fromstring(written("html"))
    assert not page.xpath("//script | //link | //img | //b[text()='A']")
    assert not page.xpath("//@src | //@href[starts-with(., 'http')]")
    ids = set(page.xpath("//@id"))
    text = page.text_content()
    for group in load_indicators().groups:
        for one in group.indicators:
            assert one.id in text
            assert one.measured == "manual" or group.id == "GEM" or one.id in ids
    assert len(page.xpath("//svg")) > 10
    assert all(chart.get("aria-label") for chart in page.xpath("//svg"))
    assert "không phải điểm chính thức" in text
    assert len(ids) == len(page.xpath("//@id"))


def test_numbers_as_they_are_read_in_vietnamese() -> None:
    assert [percent(one) for one in (0, 0.1234, 0.9999, 1, None)] == ["0,0%", "12,3%", "99,9%", "100,0%", "–"]
    assert [points(one) for one in (-12.34, 0, 5)] == ["−12,3", "0,0", "+5,0"]
