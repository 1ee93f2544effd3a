"""The steps of ``features/soat_quy_uoc.feature``, taken through the command as a user would."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from tests.documents.files import as_word_97
from tests.documents.test_legacy import old
from tests.documents.test_rtf import escaped

scenarios("soat_quy_uoc.feature")

REGULATION = """QUY ƯỚC
Bản Nậm Khao, xã Nậm Khao

Điều 5. Họp bản
1. Bản họp thường kỳ mỗi quý một lần tại nhà văn hóa.
2. Mỗi hộ cử một người từ đủ 18 tuổi trở lên đi họp và biểu quyết.

Điều 6. Đất ruộng, đất nương
1. Không lấn đường, không lấn mương, không tự ý đào ao trên đất lúa.
2. {clause}

Điều 7. Hiệu lực
Quy ước có hiệu lực kể từ ngày được công nhận.
"""


@dataclass
class Office:
    """A folder of regulations, and what the last run of the command answered."""

    folder: Path
    exit_code: int = -1
    records: list[dict[str, Any]] = field(default_factory=list)

    def check(self, path: str, *options: str) -> None:
        """Run the command and keep its records and exit code."""
        command = [sys.executable, "-m", "auditor.cli", "check", path, "--format", "jsonl", "--with-text", *options]
        run = subprocess.run(command, cwd=self.folder, capture_output=True, encoding="utf-8", check=False, timeout=120)
        self.exit_code = run.returncode
        self.records = [json.loads(line) for line in run.stdout.splitlines()]

    def record(self, name: str) -> dict[str, Any]:
        """Return the only record of a file."""
        (record,) = (record for record in self.records if Path(record["id"]).name == name)
        return record

    def findings(self) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
        """Yield every finding with the record it stands in."""
        for record in self.records:
            for finding in record["findings"]:
                yield record, finding

    def gender_findings(self) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
        """Yield every finding about gender with the record it stands in."""
        return (pair for pair in self.findings() if pair[1]["severity"] != "S4x")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


@given(parsers.parse('bản quy ước "{name}" có Điều 6 khoản 2 là "{clause}"'))
def regulation(office: Office, name: str, clause: str) -> None:
    (office.folder / name).write_text(REGULATION.format(clause=clause), encoding="utf-8")


@given(parsers.parse('tệp Word 97 "{name}" gõ bằng phông "{font}" có Điều 6 khoản 2 là "{clause}"'))
def old_word_file(office: Office, name: str, font: str, clause: str) -> None:
    letters = escaped(old(REGULATION.format(clause=clause), "tcvn3"), "latin-1").replace("\n", "\\par\n")
    source = office.folder / f".{name}.rtf"
    source.write_text(f"{{\\rtf1\\ansi{{\\fonttbl{{\\f0\\fcharset0 {font};}}}}\\f0 {letters}}}", encoding="ascii")
    (office.folder / name).write_bytes(as_word_97(source, office.folder))


@given(parsers.parse('tệp rỗng "{name}"'))
def empty_file(office: Office, name: str) -> None:
    (office.folder / name).write_bytes(b"")


@when(parsers.re(r'cán bộ soát "(?P<name>[^"]+)"'))
def check_file(office: Office, name: str) -> None:
    office.check(name)


@when(parsers.re(r'cán bộ soát "(?P<name>[^"]+)" với "(?P<options>[^"]+)"'))
def check_file_with(office: Office, name: str, options: str) -> None:
    office.check(name, *shlex.split(options))


@when("cán bộ soát cả thư mục")
def check_folder(office: Office) -> None:
    office.check(".")


@then(
    parsers.parse('có phát hiện nhóm "{category}" mức "{severity}" tại Điều {article} khoản {clause}'),
    target_fixture="found",
)
def finding_stands(
    office: Office, category: str, severity: str, article: str, clause: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    hits = [
        (record, finding)
        for record, finding in office.findings()
        if (finding["category"], finding["severity"]) == (category, severity)
        and (finding["locator"]["article"], finding["locator"]["clause"]) == (article, clause)
    ]
    assert hits, office.records
    return hits[0]


@then(parsers.parse('phát hiện ấy trích đúng nguyên văn và nêu căn cứ ở luật "{law}"'))
def finding_is_grounded(found: tuple[dict[str, Any], dict[str, Any]], law: str) -> None:
    record, finding = found
    assert record["text"][finding["start"] : finding["end"]] == finding["quote"]
    assert law in {basis["law"] for basis in finding["basis"]}
    assert finding["message"]
    assert finding["suggestion"]


@then(parsers.parse('"{name}" không có phát hiện nào về giới'))
def nothing_found(office: Office, name: str) -> None:
    assert office.record(name)["status"] == "audited"
    assert not list(office.gender_findings())


@then(parsers.parse('"{name}" được báo là không đọc được với mã "{code}" và lời hướng dẫn'))
def reported_unreadable(office: Office, name: str, code: str) -> None:
    record = office.record(name)
    assert record["status"] == "unreadable"
    assert record["error"]["code"] == code
    assert "Xin" in record["error"]["message"]
    assert record["findings"] == []


@then(parsers.parse('bản ghi của "{name}" cho biết bảng mã "{encoding}"'))
def encoding_is_told(office: Office, name: str, encoding: str) -> None:
    assert office.record(name)["source"]["encoding"] == encoding


@then(parsers.parse("mã thoát là {code:d}"))
def exit_code_is(office: Office, code: int) -> None:
    assert office.exit_code == code, office.records
    assert bool(office.records) == (code != 2), "records are written unless the call's words are off"
