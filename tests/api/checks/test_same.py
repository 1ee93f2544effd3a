"""The same article gives the same findings whichever door it comes through."""

from __future__ import annotations

import json

import pyarrow.parquet as parquet
import pytest
from typer.testing import CliRunner

from api.checks.service import Limits
from auditor import cli
from tests.api.checks.conftest import auditor

PLAIN = "Chiều 1/3, hơn 120 cử tri xã Nậm Xe kiến nghị sớm có nước sạch, sóng điện thoại 👍."


@pytest.fixture(scope="module")
def articles() -> list[str]:
    """Return an article for each rule for articles: what it flags between what is plain."""
    rules = [rule for rule in auditor(True).rulebook.rules.values() if rule.kind == "article"]
    return ["\n\n".join((PLAIN, *rule.examples.flag[:2], PLAIN)) for rule in rules]


def _command(*words) -> str:
    result = CliRunner().invoke(cli.app, [str(word) for word in words])
    assert result.exit_code == 0, result.output
    return result.stdout


def _v1(client, text: str) -> list[tuple[str, int, int]]:
    answer = client.post("/v1/checks", json={"body": text, "budget_ms": 10_000}).json()
    rules = {finding["id"]: finding["rule"] for finding in answer["findings"]}
    return sorted((rules[place["finding"]], place["start"], place["end"]) for place in answer["places"])


def _v2(client, text: str) -> list[tuple[str, int, int]]:
    units = text.encode("utf-16-le")

    def letters(count: int) -> int:
        return len(units[: 2 * count].decode("utf-16-le"))

    matches = client.post("/v2/check", data={"text": text, "language": "vi-VN"}).json()["matches"]
    return sorted(
        (match["rule"]["id"], letters(match["offset"]), letters(match["offset"] + match["length"])) for match in matches
    )


def test_command_archive_api_and_languagetool_find_the_same(client, service, articles, tmp_path):
    service.limits = Limits(per_minute=1_000)
    file = tmp_path / "bai.jsonl"
    file.write_text("".join(json.dumps({"id": str(n), "text": text}) + "\n" for n, text in enumerate(articles)))

    _command(
        "check", file, "--kind", "article", "--format", "jsonl", "--output", tmp_path / "a.jsonl", "--fail-on", "never"
    )
    records = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()]
    by_command = [sorted((f["rule"], f["start"], f["end"]) for f in record["findings"]) for record in records]

    _command("scan", file, "--out", tmp_path / "kho", "--kind", "article", "--workers", 1, "--quiet")
    by_scan: list[list[tuple[str, int, int]]] = [[] for _ in articles]
    for row in parquet.read_table(tmp_path / "kho" / "findings.parquet").to_pylist():
        by_scan[int(row["record"])].append((row["rule"], row["start"], row["end"]))

    assert sum(map(len, by_command)) > len(articles) / 2
    assert [sorted(found) for found in by_scan] == by_command
    assert [_v1(client, text) for text in articles] == by_command
    assert [_v2(client, text) for text in articles] == by_command
