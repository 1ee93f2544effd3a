"""The steps of ``features/quet-kho-bao.feature``, taken through the command as a user would."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from pytest_bdd import given, parsers, scenarios, then, when
from typer.testing import CliRunner

from auditor import cli
from tests.archive.stock import Here, Scanned, article, lines

scenarios("quet-kho-bao.feature")


@dataclass
class Desk:
    """An archive, and what came of scanning it."""

    place: Path
    articles: list[dict[str, object]] = field(default_factory=list)
    broken: int = 0
    result: Result | None = None

    @property
    def found(self) -> Scanned:
        return Scanned(self.place / "kết quả")

    def scan(self, *options: str, out: str = "kết quả") -> None:
        """Run the command."""
        archive = self.place / "kho.jsonl"
        archive.write_bytes(lines(self.articles) + b'{"id": \n' * self.broken)
        words = ["scan", str(archive), "--out", str(self.place / out), *options]
        self.result = CliRunner().invoke(cli.app, words)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr("auditor.archive.local.LocalEngine", lambda workers: Here())
    return Desk(tmp_path)


@given(parsers.parse("một kho có {count:d} bài khác nhau"))
def archive_of(desk: Desk, count: int) -> None:
    desk.articles = [article(number) for number in range(count)]


@given(parsers.parse("{count:d} dòng hỏng trong kho"))
def broken_lines(desk: Desk, count: int) -> None:
    desk.broken = count


@given(parsers.parse('bài "{id}" được báo khác đăng lại {count:d} lần vào những ngày sau'))
def reprinted(desk: Desk, id: str, count: int) -> None:
    (one,) = (one for one in desk.articles if one["id"] == id)
    desk.articles[:0] = [
        {**one, "id": f"{id}-{copy}", "date": f"2026-05-0{copy + 1}", "outlet": "Báo C"} for copy in range(count)
    ]


@when("cán bộ quét kho")
@when("cán bộ lại quét kho vào cùng thư mục")
def scans(desk: Desk) -> None:
    desk.scan()


@when("lượt quét bị ngắt giữa chừng")
def broken_off(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("auditor.archive.local.LocalEngine", lambda workers: Here(1))
        desk.scan()
    assert desk.result is not None
    assert desk.result.exit_code == 130


@when("cán bộ quét tiếp")
def goes_on(desk: Desk) -> None:
    desk.scan("--resume")


@when(parsers.parse('cán bộ chỉ quét bài của "{outlet}" từ ngày {first} đến ngày {last}'))
def scans_some(desk: Desk, outlet: str, first: str, last: str) -> None:
    desk.scan("--outlet", outlet, "--since", first, "--until", last)


@then(parsers.parse("báo cáo ghi đã đọc {read:d}, soát {audited:d}, không soát được {rejected:d}, trùng {copies:d}"))
def counts_are(desk: Desk, read: int, audited: int, rejected: int, copies: int) -> None:
    assert desk.result is not None
    assert desk.result.exit_code == 0
    said = f"Đã đọc {read} bài: soát {audited}, trùng {copies}, không soát được {rejected}."
    assert said in desk.result.stderr
    assert len(desk.found.ids) == audited


@then("mỗi dòng hỏng được nêu số dòng và lý do")
def lines_are_named(desk: Desk) -> None:
    first = len(desk.articles) + 1
    assert [one["id"].rpartition("#")[2] for one in desk.found.rejects] == [
        str(number) for number in range(first, first + desk.broken)
    ]
    assert all(one["code"] == "GA221" and one["message"] for one in desk.found.rejects)


@then("bản được giữ của bài ấy là bản đăng đầu tiên")
def first_is_kept(desk: Desk) -> None:
    assert {row["original"] for row in desk.found.table("duplicates")} == {"bai-2"}
    assert "bai-2" in desk.found.ids


@then("kết quả giống hệt một lượt quét không bị ngắt")
def same_as_straight(desk: Desk) -> None:
    desk.scan(out="thẳng")
    assert desk.found.everything() == Scanned(desk.place / "thẳng").everything()


@then(parsers.parse('chỉ có bài của "{outlet}" từ ngày {first} đến ngày {last} được soát'))
def only_those(desk: Desk, outlet: str, first: str, last: str) -> None:
    wanted = [one["id"] for one in desk.articles if one["outlet"] == outlet and first <= str(one["date"]) <= last]
    assert desk.found.ids == wanted
    assert all(date.fromisoformat(first) <= row["date"] for row in desk.found.table("records"))


@then("những bài khác được đếm riêng, không tính là đã đọc")
def others_are_counted(desk: Desk) -> None:
    said = desk.found.summary
    assert said["read"] == len(desk.found.ids)
    assert said["read"] + said["left_out"] == len(desk.articles)


@then(parsers.parse('chương trình từ chối với mã "{code}"'))
def refused(desk: Desk, code: str) -> None:
    assert desk.result is not None
    assert (desk.result.exit_code, desk.result.stderr[: len(code)]) == (2, code)
