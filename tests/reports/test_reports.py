"""Every report, from records built by hand."""

from __future__ import annotations

import io
import json
from datetime import date

import pytest
from lxml import html

from auditor.record import (
    AdviceRecord,
    AuditRecord,
    Basis,
    ErrorRecord,
    Finding,
    LocatorRecord,
    Notice,
    Positive,
    Severity,
    SourceRecord,
    Suspect,
)
from auditor.reports import FORMATS, Result
from auditor.reports.html import Mark, cut
from auditor.reports.wording import law, percent, place

TEXT = "Điều 6. Đất\n2. Con gái <b>đã lấy chồng</b> không được chia đất.\n3. Nam nữ như nhau.\x1b[31m"


def finding(start: int, end: int, severity: Severity = "S4", rule: str = "HU-PROP-01") -> Finding:
    return Finding(
        id=f"{start}-{end}", rule=rule, category=rule[:-3], severity=severity, confidence=0.996, start=start, end=end,
        quote=TEXT[start:end], locator=LocatorRecord(chapter="II", article="6", clause="2", point="đ"),
        title="Con gái mất quyền", message="Lời báo.", why="Vì luật.", suggestion="Bỏ khoản này.", trace=("bước một",),
        basis=(
            Basis(law="73/2006/QH11", article="40", clause="1", point="c", title="Luật Bình đẳng giới 2006"),
            Basis(law="36/2024/QH15", article="5", reviewed=True),
        ),
    )  # fmt: skip


def record(**values: object) -> AuditRecord:
    base: dict[str, object] = {
        "id": "ban a/quy-ước.txt", "kind": "regulation", "engine": "0.1.0", "rulebook": "2026.11+0",
        "as_of": date(2026, 5, 2),
        "source": SourceRecord(path="ban a/quy-ước.txt", form="txt"), "text_length": len(TEXT),
    }  # fmt: skip
    return AuditRecord.model_validate(base | values)


START = TEXT.index("Con gái")
FULL = record(
    findings=(
        finding(START, START + 40),
        finding(START + 4, START + 50, "S3", "HU-FAM-02"),
        finding(0, 7, "S4x", "HU-SANC-01"),
    ),
    positives=(Positive(rule="HU-POS-01", start=70, end=75, quote=TEXT[70:75]),),
    suspects=(Suspect(start=0, end=12, quote=TEXT[:12], score=0.7),),
    missing=("HU-MISS-03",),
    advice=(AdviceRecord(id="HU-MISS-03", title="Con nào cũng quý", advice="Có thể thêm: mừng con như nhau."),),
    warnings=(Notice(code="GA231", message="Trang 2 trắng."),),
)
BROKEN = record(id="hong.docx", kind=None, status="unreadable", error=ErrorRecord(code="GA204", message="Tệp hỏng."))
RESULTS = [Result(FULL, TEXT), Result(BROKEN, None)]


def written(form: str, results: list[Result] = RESULTS, *, with_text: bool = False) -> str:
    out = io.StringIO()
    FORMATS[form](iter(results), out, with_text)
    return out.getvalue()


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_is_written_the_same_twice_and_without_results(form: str) -> None:
    assert written(form) == written(form)
    written(form, [])


def test_json_is_one_array_and_jsonl_a_record_a_line() -> None:
    lines = [json.loads(line) for line in written("jsonl", with_text=True).splitlines()]
    assert json.loads(written("json", with_text=True)) == lines
    assert lines[0]["text"] == TEXT
    assert "text" not in json.loads(written("jsonl").splitlines()[0])
    assert json.loads(written("json", [])) == []


def test_plain_names_place_law_and_error_and_sends_no_escape_to_the_terminal() -> None:
    text = written("text")
    assert "[S4] Chương II, Điều 6, khoản 2, điểm đ: Con gái mất quyền" in text
    assert "Căn cứ tham khảo: Điểm c khoản 1 Điều 40 Luật Bình đẳng giới 2006 (số 73/2006/QH11)" in text
    assert "2 phát hiện về giới (S4: 1, S3: 1)" in text
    assert "GA204: Tệp hỏng." in text
    assert "\x1b" not in text


def test_sarif_points_into_the_text_by_code_points() -> None:
    (run,) = json.loads(written("sarif"))["runs"]
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note"]
    for result, expected in zip(run["results"], FULL.findings, strict=True):
        location = result["locations"][0]["physicalLocation"]
        region = location["region"]
        assert TEXT[region["charOffset"] :][: region["charLength"]] == expected.quote
        assert location["artifactLocation"]["uri"] == "ban%20a/quy-%C6%B0%E1%BB%9Bc.txt"
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    assert run["columnKind"] == "unicodeCodePoints"
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert [note["level"] for note in notes] == ["warning", "error"]
    assert run["invocations"][0]["executionSuccessful"] is False


def test_html_shows_the_whole_text_escaped_with_findings_marked() -> None:
    page = written("html")
    assert "<b>đã" not in page
    tree = html.fromstring(page.replace("\x1b", "?"))
    (shown,) = tree.xpath("//div[@class='text']")
    assert shown.text_content() == TEXT.replace("\x1b", "?")
    targets = {name for mark in shown.xpath(".//mark/@data-cards") for name in mark.split()}
    anchors = tree.xpath("//@id")
    assert targets <= set(anchors)
    assert len(anchors) == len(set(anchors))
    assert all(link[1:] in anchors for link in tree.xpath("//a/@href"))
    assert not tree.xpath("//@src | //link")
    for words in ("Căn cứ tham khảo", "Nghi vấn", "Vấn đề khác", "mừng con như nhau", "GA204", "bước một", "99%"):
        assert words in page


def test_overlapping_marks_are_cut_into_segments_that_join_to_the_text() -> None:
    marks = [Mark(2, 8, "S3", "b"), Mark(0, 4, "S4", "a"), Mark(2, 8, "positive", "c"), Mark(8, 99, "S4", "outside")]
    pieces = list(cut("0123456789", marks))
    assert [(piece.text, "".join(mark.card for mark in piece.marks)) for piece in pieces] == [
        ("01", "a"), ("23", "abc"), ("4567", "bc"), ("89", ""),
    ]  # fmt: skip
    assert sorted(mark.card for piece in pieces for mark in piece.opens) == ["a", "b", "c"]
    assert list(cut("", [])) == []


def test_words_for_places_and_laws() -> None:
    assert place(LocatorRecord(paragraph=3, page=2)) == "Đoạn 3, trang 2"
    assert place(LocatorRecord()) == "Chưa rõ vị trí"
    assert law(Basis(law="126/2014/NĐ-CP", article="PL2.1", title="Nghị định 126/2014/NĐ-CP")) == (
        "Phụ lục 2.1 Nghị định 126/2014/NĐ-CP"
    )
    assert (percent(0.999), percent(1)) == ("99%", "100%")
