"""The steps of ``features/chi_so_truyen_thong.feature``, taken through the command as a user would."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pytest_bdd import given, parsers, scenarios, then, when
from typer.testing import CliRunner

from auditor import cli
from tests.indicators.records import article, finding, person

scenarios("chi_so_truyen_thong.feature")


@dataclass
class Desk:
    """A folder with records and decisions, and what the command answered."""

    folder: Path
    lines: list[str] = field(default_factory=list)
    decisions: list[str] = field(default_factory=list)
    index: dict[str, Any] = field(default_factory=dict)

    def figure(self, id: str) -> dict[str, Any]:
        """Return the only figure of an indicator."""
        (found,) = (one for one in self.index["figures"] if one["indicator"] == id)
        return dict(found)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@given(parsers.parse('{count:d} bài của "{outlet}", mỗi bài dẫn lời {women:d} nữ và {men:d} nam'))
def quoting_articles(desk: Desk, count: int, outlet: str, women: int, men: int) -> None:
    people = [person("female", quoted="direct")] * women + [person("male", quoted="indirect")] * men
    desk.lines += [article(f"bai-{i}", *people, outlet=outlet).to_json() for i in range(count)]


@given(parsers.parse('{count:d} bài của "{outlet}", mỗi bài có một phát hiện nhóm từ miệt thị'))
def suspect_articles(desk: Desk, count: int, outlet: str) -> None:
    desk.lines += [article(f"bai-{i}", findings=(finding("f"),), outlet=outlet).to_json() for i in range(count)]


@given(parsers.parse("người xem xác nhận phát hiện của {confirmed:d} bài, bác phát hiện của {dismissed:d} bài"))
def people_decide(desk: Desk, confirmed: int, dismissed: int) -> None:
    said = ["confirmed"] * confirmed + ["dismissed"] * dismissed
    desk.decisions += [
        json.dumps({"record": f"bai-{i}", "finding": "f", "decision": one}) for i, one in enumerate(said)
    ]  # fmt: skip


@given(parsers.parse("{count:d} dòng hỏng"))
def broken_lines(desk: Desk, count: int) -> None:
    desk.lines += ["không phải bản ghi"] * count


@when("cán bộ tính chỉ số")
def count_index(desk: Desk) -> None:
    records, decisions = desk.folder / "ban-ghi.jsonl", desk.folder / "quyet-dinh.jsonl"
    records.write_text("\n".join(desk.lines), "utf-8")
    words = ["index", str(records), "--format", "json"]
    if desk.decisions:
        decisions.write_text("\n".join(desk.decisions), "utf-8")
        words += ["--decisions", str(decisions)]
    result = CliRunner().invoke(cli.app, words)
    assert result.exit_code == 0, result.stderr
    desk.index = json.loads(result.stdout)


@then(parsers.re(r'chỉ số "(?P<id>[^"]+)" là (?P<share>\d+)% trên (?P<total>\d+) (người|bài)'), target_fixture="found")
def figure_is(desk: Desk, id: str, share: str, total: str) -> dict[str, Any]:
    found = desk.figure(id)
    assert (found["value"], found["denominator"]) == (int(share) / 100, int(total))
    return found


@then("khoảng tin cậy của chỉ số ấy chứa giá trị")
def interval_contains(found: dict[str, Any]) -> None:
    assert found["low"] <= found["value"] <= found["high"]


@then(parsers.parse('chỉ số "{id}" không có giá trị vì không đủ mẫu'))
def too_few(desk: Desk, id: str) -> None:
    assert (desk.figure(id)["value"], desk.figure(id)["status"]) == (None, "too_few")


@then(parsers.parse('chỉ số "{id}" chỉ là gợi ý của máy'))
def only_suggested(desk: Desk, id: str) -> None:
    found = desk.figure(id)
    assert (found["value"], found["status"], found["review"]["suggested"]["value"]) == (None, "suggested", 1.0)


@then(parsers.parse("báo cáo ghi đã đọc {read:d}, đếm {counted:d}, để ngoài {left_out:d}"))
def counts_add_up(desk: Desk, read: int, counted: int, left_out: int) -> None:
    found = desk.index["records"]
    assert (found["read"], found["counted"], sum(found["left_out"].values())) == (read, counted, left_out)
