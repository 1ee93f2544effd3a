"""The steps of ``features/nhan_vat_trong_tin.feature``, taken through the command as a user would."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pytest_bdd import given, parsers, scenarios, then, when
from typer.testing import CliRunner

from auditor import cli

scenarios("nhan_vat_trong_tin.feature")


@dataclass
class Newsroom:
    """A folder with one item, and the record the command wrote of it."""

    folder: Path
    kind: str = "article"
    paragraphs: list[str] = field(default_factory=list)
    record: dict[str, Any] = field(default_factory=dict)

    def person(self, name: str) -> dict[str, Any]:
        """Return the only person of a name."""
        (found,) = (person for person in self.record["people"] if person["name"] == name)
        return dict(found)

    def stereotypes(self) -> list[dict[str, Any]]:
        """Return the findings about gender, of which there is at least one."""
        found = [one for one in self.record["findings"] if one["severity"] in {"S4", "S3", "S2", "S1"}]
        assert found, self.record
        return found


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    return Newsroom(tmp_path)


@given(parsers.re(r'bài báo có đoạn "(?P<words>.*)"$'))
def paragraph(newsroom: Newsroom, words: str) -> None:
    newsroom.paragraphs.append(words)


@given(parsers.re(r'bản quy ước có khoản "(?P<words>.*)"$'))
def clause(newsroom: Newsroom, words: str) -> None:
    newsroom.kind = "regulation"
    newsroom.paragraphs.append(f"Điều 1. Việc chung\n1. {words}")


@when("tòa soạn soát bài")
def check(newsroom: Newsroom) -> None:
    item = {"id": "bai-1", "kind": newsroom.kind, "text": "\n\n".join(newsroom.paragraphs)}
    file = newsroom.folder / "bai.jsonl"
    file.write_text(json.dumps(item, ensure_ascii=False), encoding="utf-8")
    answer = CliRunner().invoke(cli.app, ["check", str(file), "--format", "jsonl"])
    (line,) = answer.stdout.splitlines()
    newsroom.record = json.loads(line)
    assert newsroom.record["status"] == "audited"


@then(parsers.parse('"{name}" được dẫn lời "{quoted}"'))
def is_quoted(newsroom: Newsroom, name: str, quoted: str) -> None:
    assert newsroom.person(name)["quoted"] == quoted


@then(parsers.parse('"{name}" có giới "{gender}" vì "{cue}"'))
def has_gender(newsroom: Newsroom, name: str, gender: str, cue: str) -> None:
    person = newsroom.person(name)
    assert person["gender"] == gender
    assert cue.lower() in person["gender_cue"].lower()


@then(parsers.parse("bài có đúng {count:d} nhân vật"))
def people_counted(newsroom: Newsroom, count: int) -> None:
    assert len(newsroom.record["people"]) == count, newsroom.record["people"]


@then(parsers.parse('định kiến được ghi là lời dẫn của "{name}"'))
def said_by_source(newsroom: Newsroom, name: str) -> None:
    assert {(one["voice"], one["speaker"]) for one in newsroom.stereotypes()} == {("quoted", name)}
    assert newsroom.person(name)["quoted"] == "direct"


@then("định kiến được ghi là lời của tòa báo")
def said_by_paper(newsroom: Newsroom) -> None:
    assert {(one["voice"], one["speaker"]) for one in newsroom.stereotypes()} == {("norm", None)}


@then(parsers.parse('không phát hiện nào nặng hơn "{severity}"'))
def no_graver(newsroom: Newsroom, severity: str) -> None:
    ranks = ["S0", "S1", "S2", "S3", "S4"]
    assert all(ranks.index(one["severity"]) <= ranks.index(severity) for one in newsroom.stereotypes())


@then("bản ghi không có phần nói về bài")
def no_story(newsroom: Newsroom) -> None:
    assert newsroom.record["story"] is None
