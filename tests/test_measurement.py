"""Measuring the B indicators of an outlet from a file."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pytest

from auditor.errors import StoreError
from auditor.measurement import figures_of, measure
from tests.indicators.records import article, finding, person, view

WORDS = "Bà Lò Thị Mai, bản Nà Khương, cho biết nhà bà đã trồng chè từ năm 2019. “Năm nay được giá”, bà Mai nói."


def _article(number: int, **more: str) -> str:
    text = f"Tin số {number}. {WORDS}" + " Chuyện làm ăn ở bản." * number
    return json.dumps(
        {"id": f"a{number}", "title": f"Tin {number}", "text": text, "date": "2026-03-08", "kind": "article", **more}
    )


def _figure(figures: dict, id: str) -> dict:
    return next(one for one in figures["figures"] if one["indicator"] == id)


def test_articles_are_read_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "bai.jsonl"
    path.write_text("\n".join(_article(n) for n in range(3)), encoding="utf-8")
    done: list[int] = []
    result = measure(path, "Báo Lai Châu", 2026, progress=done.append)
    assert (len(result.records), result.counted, done) == (3, result.figures["records"]["counted"], [1, 2, 3])
    assert result.records[0].outlet == "Báo Lai Châu"
    assert "text" not in json.loads(result.records[0].to_json())


@pytest.mark.parametrize("packed", ["gz", "zip"])
def test_packed_articles_give_the_same_figures(tmp_path: Path, packed: str) -> None:
    lines = "\n".join(_article(n) for n in range(3)).encode()
    plain, path = tmp_path / "bai.jsonl", tmp_path / f"bai.jsonl.{packed}"
    plain.write_bytes(lines)
    if packed == "gz":
        path.write_bytes(gzip.compress(lines))
    else:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("bai.jsonl", lines)
    assert measure(path, "Báo A", 2026).figures == measure(plain, "Báo A", 2026).figures


def test_records_of_the_command_are_taken_as_they_are(tmp_path: Path) -> None:
    lines = [article(f"bai-{n}", person("female", quoted="direct"), outlet=None).to_json() for n in range(40)]
    path = tmp_path / "ban-ghi.jsonl"
    path.write_text("\n".join([*lines, "dòng hỏng"]), encoding="utf-8")
    result = measure(path, "Báo A", 2026)
    assert (result.counted, result.broken) == (40, 1)
    assert _figure(result.figures, "B1.1.2")["numerator"] == 40


def test_articles_of_others_are_left_out_where_only_the_named_count(tmp_path: Path) -> None:
    lines = [article(f"bai-{n}", outlet="Báo A" if n < 31 else "Báo B").to_json() for n in range(40)]
    path = tmp_path / "ban-ghi.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert measure(path, "Báo A", 2026, only_named=True).counted == 31
    assert measure(path, "Báo A", 2026).counted == 40


def test_a_file_without_articles_of_the_year_says_why(tmp_path: Path) -> None:
    path = tmp_path / "ban-ghi.jsonl"
    path.write_text(article("a").to_json(), encoding="utf-8")
    with pytest.raises(StoreError, match="GA312"):
        measure(path, "Báo A", 2024)


def test_only_confirmed_findings_count() -> None:
    records = [view(article(f"bai-{n}", findings=(finding("f"),))) for n in range(40)]
    suggested = _figure(figures_of(records, "Báo A", 2026, {}), "B1.4.4")
    assert (suggested["status"], suggested["value"]) == ("suggested", None)
    decided = {(f"bai-{n}", "f"): "confirmed" if n < 10 else "dismissed" for n in range(40)}
    confirmed = _figure(figures_of(records, "Báo A", 2026, decided), "B1.4.4")  # type: ignore[arg-type]
    assert (confirmed["numerator"], confirmed["denominator"]) == (10, 40)
