"""What ``auditor check --format docx|xlsx`` writes."""

from __future__ import annotations

from datetime import date

import pytest

from auditor.record import AdviceRecord, AuditRecord, Basis, ErrorRecord, Finding, LocatorRecord, SourceRecord
from auditor.reports.office.check import check_docx, check_xlsx
from tests.reports.office.files import BROKEN, FORMULA, SCRIPT, parts_of, sheets_of, words_of

FINDING = Finding(
    id="f", rule="HU-PROP-01", category="HU-PROP", severity="S4", confidence=0.996, start=0, end=9, quote=SCRIPT,
    locator=LocatorRecord(article="6", clause="2"), title="Con gái mất quyền", message="Lời báo.", why="Vì luật.",
    basis=(
        Basis(law="73/2006/QH11", article="40", clause="1", point="c", title="Luật Bình đẳng giới 2006"),
        Basis(law="36/2024/QH15", article="5", reviewed=True),
    ),
    suggestion=BROKEN, trace=(),
)  # fmt: skip


def record(**values: object) -> AuditRecord:
    base: dict[str, object] = {
        "id": FORMULA, "kind": "regulation", "engine": "0.1.0", "rulebook": "2026.11", "as_of": date(2026, 5, 2),
        "source": SourceRecord(path="a.txt", form="txt"),
    }  # fmt: skip
    return AuditRecord.model_validate(base | values)


RECORDS = (
    record(
        findings=(FINDING,), unit="+84", title="@bản",
        advice=(AdviceRecord(id="HU-MISS-03", title="Con nào cũng quý", advice="-Có thể thêm."),),
    ),
    record(id="sạch.txt", date=date(1899, 1, 2)),
    record(id="hỏng.pdf", kind=None, status="unreadable", error=ErrorRecord(code="GA204", message="Tệp hỏng.")),
)  # fmt: skip


def test_the_word_file_tells_findings_clean_documents_and_unreadable_ones() -> None:
    words = words_of(check_docx(RECORDS))
    assert SCRIPT in words
    assert "Căn cứ tham khảo: Điểm c khoản 1 Điều 40 Luật Bình đẳng giới 2006" in words
    assert "Căn cứ đã được người làm công tác pháp luật duyệt: Điều 5 36/2024/QH15." in words
    assert "2. sạch.txt" in words and "Không có phát hiện về giới." in words
    assert words.index("chưa được soát") < words.index("hỏng.pdf") < words.index("Tệp hỏng.")


def test_the_workbook_has_its_four_sheets_and_each_row() -> None:
    sheets = sheets_of(check_xlsx(RECORDS))
    assert list(sheets) == ["Văn bản", "Phát hiện", "Nội dung nên bổ sung", "Không đọc được"]
    documents = sheets["Văn bản"][2:]
    assert [row[0] for row in documents] == [FORMULA, "sạch.txt", "hỏng.pdf"]
    assert [row[6:11] for row in documents] == [["1", "0", "0", "0", "0"], ["0"] * 5, [""] * 5]
    assert documents[2][5] == "không đọc được, chưa được soát"
    assert documents[1][4] == "02/01/1899"
    assert sheets["Phát hiện"][1][3:5] == ["Điều 6, khoản 2", SCRIPT]
    assert sheets["Không đọc được"][1] == ["hỏng.pdf", "txt", "GA204", "Tệp hỏng."]


def test_words_that_a_formula_could_begin_with_are_words_and_marked_as_quoted() -> None:
    data = check_xlsx(RECORDS)
    sheets = sheets_of(data)
    assert sheets["Văn bản"][2][:4] == [FORMULA, "@bản", "hương ước, quy ước", "+84"]
    assert sheets["Nội dung nên bổ sung"][1][3] == "-Có thể thêm."
    parts = parts_of(data)
    assert not any("<hyperlink" in words or "<f>" in words for words in parts.values())
    assert "quotePrefix" in parts["xl/styles.xml"]


def test_what_no_xml_can_hold_is_shown_as_a_mark_and_long_words_are_cut() -> None:
    assert "a�" in words_of(check_docx(RECORDS))
    assert sheets_of(check_xlsx(RECORDS))["Phát hiện"][1][8] == "a�b���"
    long = record(findings=(FINDING.model_copy(update={"quote": "x" * 40_000}),))
    assert len(sheets_of(check_xlsx([long]))["Phát hiện"][1][4]) == 32_767


@pytest.mark.parametrize("form", [check_docx, check_xlsx])
def test_the_same_records_give_the_same_bytes(form: object, monkeypatch: pytest.MonkeyPatch) -> None:
    assert callable(form)
    first = form(RECORDS)
    monkeypatch.setattr("time.localtime", lambda *_: (1999, 1, 1, 1, 1, 1, 0, 1, 0))
    assert form(RECORDS) == first


def test_no_documents_are_said_to_be_none() -> None:
    assert "Không có văn bản nào để soát." in words_of(check_docx([]))
    assert len(sheets_of(check_xlsx([]))["Văn bản"]) == 2
