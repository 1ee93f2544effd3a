"""The command, with the engine and the readers replaced."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import Result
from typer.testing import CliRunner

from auditor import cli
from auditor.console import opened_binary
from auditor.documents.interface import Document, Input, Source, Unreadable
from auditor.documents.limits import DEFAULT_LIMITS, Limits
from auditor.errors import RulebookError, StoreError
from auditor.matching.workshop import Failure
from auditor.record import AuditRecord, ErrorRecord, Finding, LocatorRecord, Severity, SourceRecord
from auditor.rulebook.models import Examples, Rule

RULE = Rule(
    id="HU-PROP-01", title="Con gái mất quyền", severity="S4", status="pilot", basis=("LBDG:40.1.c",),
    message="Lời báo.", why="Vì luật.", suggestion="Bỏ.",
    examples=Examples.model_validate({"flag": ("a", "b", "c"), "pass": ("d", "e", "f")}),
)  # fmt: skip


class FakeAuditor:
    """Finds in a document the severity that is its text."""

    engine = "0"
    matcher = None

    def __init__(self, rules_dir: Path | None = None) -> None:
        self.rulebook = SimpleNamespace(version="r", rules={RULE.id: RULE})

    def audit(self, item: Input, as_of: date | None = None) -> AuditRecord:
        day = as_of or date(2026, 1, 1)
        source = SourceRecord(path=item.id, form="txt")
        if isinstance(item, Unreadable):
            error = ErrorRecord(code=item.code, message=item.message)
            return AuditRecord(
                id=item.id, kind=None, source=source, engine="0", rulebook="r", as_of=day,
                status="unreadable", error=error,
            )  # fmt: skip
        found = (_finding(item.text),) if item.text.startswith("S") else ()  # type: ignore[arg-type]
        return AuditRecord(
            id=item.id, kind=item.kind, source=source, engine="0", rulebook="r", as_of=day, findings=found
        )  # fmt: skip


def _finding(severity: Severity) -> Finding:
    return Finding(
        id="x", rule="HU-PROP-01", category="HU-PROP", severity=severity, confidence=0.9, start=0, end=2, quote="S4",
        locator=LocatorRecord(), title="t", message="m", why="w", basis=(), suggestion="s", trace=(),
    )  # fmt: skip


def fake_load(
    paths: Sequence[str], kind: str = "auto", limits: Limits = DEFAULT_LIMITS, **others: object
) -> Iterator[Input]:
    for path in paths:
        if path == "mức":
            path = f"{limits.pages} {limits.seconds} {limits.depth}"
        if path == "hong":
            yield Unreadable(path, path, "GA204", "Tệp hỏng. Xin gửi lại.")
        else:
            yield Document(path, "regulation", path, (), Source(path, "txt", ""))


@pytest.fixture(autouse=True)
def replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "Auditor", FakeAuditor)
    monkeypatch.setattr(cli, "load", fake_load)
    monkeypatch.setattr(cli, "load_rulebook", lambda folder=None: SimpleNamespace(version="r", rules={RULE.id: RULE}))


def run(*words: str) -> Result:
    return CliRunner().invoke(cli.app, list(words))


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["sạch"], 0),
        (["S4"], 1),
        (["S3"], 0),
        (["S3", "--fail-on", "S3"], 1),
        (["S1", "--fail-on", "S2"], 0),
        (["S4", "--fail-on", "never"], 0),
        (["S4x", "--fail-on", "S1"], 0),
        (["S4", "hong"], 3),
        (["hong", "--fail-on", "never"], 3),
        ([], 2),
        (["S4", "--fail-on", "S0"], 2),
        (["S4", "--kind", "novel"], 2),
        (["S4", "--format", "pdf"], 2),
        (["S4", "--as-of", "02/05/2026"], 2),
        (["S4", "--no-such-option"], 2),
    ],
)
def test_exit_codes(words: list[str], code: int) -> None:
    result = run("check", *words)
    assert result.exit_code == code, result.output
    assert code != 2 or (not result.stdout and result.stderr)


def test_jsonl_prints_records_in_input_order_and_nothing_else() -> None:
    result = run("check", "b", "hong", "a", "--format", "jsonl", "--with-text", "--as-of", "2026-05-02")
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [record["id"] for record in records] == ["b", "hong", "a"]
    assert records[0]["text"] == "b"
    assert records[0]["as_of"] == "2026-05-02"
    assert "GA204" in result.stderr


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_office_files_go_to_a_pipe_or_a_file_and_are_the_same(form: str, tmp_path: Path) -> None:
    piped = run("check", "S4", "hong", "--format", form)
    target = tmp_path / f"báo cáo.{form}"
    filed = run("check", "S4", "hong", "--format", form, "--output", str(target))
    assert (piped.exit_code, filed.exit_code, filed.stdout) == (3, 3, "")
    assert piped.stdout_bytes == target.read_bytes()
    assert piped.stdout_bytes.startswith(b"PK")


def test_office_files_are_not_poured_onto_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", SimpleNamespace(isatty=lambda: True))
    with pytest.raises(StoreError, match=r"GA314.*--output TÊN-TỆP\.docx"), opened_binary(None, [], "docx"):
        pass


def test_output_goes_to_a_file_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "báo cáo.jsonl"
    result = run("check", "S4", "--format", "jsonl", "--output", str(target))
    assert (result.exit_code, result.stdout) == (1, "")
    assert json.loads(target.read_text("utf-8"))["id"] == "S4"
    assert list(tmp_path.iterdir()) == [target]


def test_output_never_replaces_an_input_and_must_be_writable(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("gốc", "utf-8")
    result = run("check", str(source), "--output", str(source))
    assert (result.exit_code, source.read_text("utf-8")) == (2, "gốc")
    result = run("check", "a", "--output", str(tmp_path / "không" / "có"))
    assert result.exit_code == 2
    assert "GA303" in result.stderr


def test_a_broken_rulebook_exits_2_with_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(folder: Path | None = None) -> None:
        raise RulebookError("GA102", "Không có khóa này.", file="rules/x.yaml", line=7)

    monkeypatch.setattr(cli, "Auditor", broken)
    monkeypatch.setattr(cli, "load_rulebook", broken)
    for words in (["check", "a"], ["rules", "lint"], ["rules", "test"], ["rules", "show", "HU-PROP-01"]):
        result = run(*words)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "rules/x.yaml:7" in result.stderr


def test_rules_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "1 quy tắc" in run("rules", "lint").stdout
    assert "LBDG:40.1.c" in run("rules", "show", "HU-PROP-01").stdout
    assert run("rules", "show", "HU-PROP-99").exit_code == 2
    assert run("rules", "new", "HU-PROP-02").stdout.startswith("- id: HU-PROP-02\n")
    assert run("rules", "new", "HU-PROP-01").exit_code == 2
    assert run("rules", "new", "prop").exit_code == 2
    monkeypatch.setattr(cli, "check_examples", lambda matcher, rulebook: [])
    assert run("rules", "test").exit_code == 0
    monkeypatch.setattr(cli, "check_examples", lambda matcher, rulebook: [Failure("HU-PROP-01", "flag", "câu a", ())])
    failed = run("rules", "test")
    assert failed.exit_code == 1
    assert "câu a" in failed.stdout


def test_limits_are_chosen_one_by_one() -> None:
    words = ("--limit", "pages=7", "--limit", "seconds=2.5", "--limit", "pages=9", "--format", "jsonl")
    result = run("check", "mức", *words)
    assert (result.exit_code, json.loads(result.stdout)["id"]) == (0, f"9 2.5 {DEFAULT_LIMITS.depth}")


@pytest.mark.parametrize(
    "choice",
    [
        "page=7",
        "pages",
        "pages=",
        "pages=0",
        "pages=-1",
        "pages=2.5",
        "seconds=nan",
        "seconds=inf",
        "pages=9999999999999999",
        "=",
        "",
    ],
)
def test_a_limit_that_is_none_is_told_with_the_names_there_are(choice: str) -> None:
    result = run("check", "sạch", "--limit", choice)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "GA229" in result.stderr
    assert "“" + choice + "”" in result.stderr
    assert all(one.name in result.stderr for one in fields(Limits))


def test_version() -> None:
    assert run("--version").stdout == f"auditor {cli.__version__} · bộ quy tắc r\n"
