"""Comments in Word files: at the right words, whatever the file does with them, and none lost."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.documents.docx import read
from auditor.documents.interface import compose
from auditor.documents.limits import DEFAULT_LIMITS
from auditor.record import Basis, Finding, LocatorRecord
from auditor.reports.office.annotated import Note, annotated_docx, note_of, text_docx
from tests.reports.office.files import BROKEN, SCRIPT, comments_of, notes_of, pages_of, words_of


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def text_of(data: bytes) -> str:
    return compose(read(data, "a.docx", DEFAULT_LIMITS).blocks)[0]


def noted(data: bytes, *quotes: str) -> list[tuple[str, str]]:
    """Comment on words as they stand in the normalised text; return the words each comment stands at."""
    text = text_of(data)
    notes = []
    for quote in quotes:
        start = text.index(quote)
        notes.append(Note(start, start + len(quote), f"ghi chú: {quote}"))
    out = annotated_docx(data, text, notes)
    assert words_of(out) == words_of(data)
    assert text_of(out) == text
    return [(at, said.split("ghi chú: ")[-1]) for _, at, said in comments_of(out)]


def test_a_comment_stands_at_its_words_across_runs_of_different_looks() -> None:
    document = docx.Document()
    line = document.add_paragraph("3. Con ")
    line.add_run("gái đã lấy").bold = True
    line.add_run(" chồng không được chia đất; con trai thì được.")
    assert noted(saved(document), "gái đã lấy chồng không", "Con gái", "con trai thì") == [
        ("Con gái", "Con gái"),
        ("gái đã lấy chồng không", "gái đã lấy chồng không"),
        ("con trai thì", "con trai thì"),
    ]


def test_numbers_that_word_draws_are_in_no_paragraph_and_do_no_harm() -> None:
    document = docx.Document()
    for words in ("Vợ phải nghe chồng.", "Phụ nữ không được họp.", "Phụ nữ không được họp."):
        document.add_paragraph(words, style="List Number")
    data = saved(document)
    text = text_of(data)
    assert "3. Phụ nữ không được họp." in text
    assert noted(data, "3. Phụ nữ không được họp.") == [("Phụ nữ không được họp.", "3. Phụ nữ không được họp.")]
    out = annotated_docx(data, text, [Note(text.index("3. Phụ"), len(text), "x")])
    last = docx.Document(io.BytesIO(out)).paragraphs[-1]
    assert "commentRangeStart" in last._p.xml


def test_words_over_several_paragraphs_and_cells_are_marked_from_the_first_to_the_last() -> None:
    document = docx.Document()
    document.add_paragraph("Hội nghị gồm:", style="List Number")
    document.add_paragraph("nam từ 18 tuổi;", style="List Number")
    cells = document.add_table(2, 2).rows
    for row, words in zip(cells, (("Việc", "Ai làm"), ("Nấu cơm", "Phụ nữ")), strict=True):
        for cell, one in zip(row.cells, words, strict=True):
            cell.text = one
    data = saved(document)
    assert noted(data, "1. Hội nghị gồm:\n\n2. nam từ 18 tuổi;", "Nấu cơm | Phụ nữ") == [
        ("Hội nghị gồm:nam từ 18 tuổi;", "1. Hội nghị gồm:\n\n2. nam từ 18 tuổi;"),
        ("Nấu cơmPhụ nữ", "Nấu cơm | Phụ nữ"),
    ]


def test_tabs_breaks_links_insertions_and_letters_in_parts_are_no_hindrance() -> None:
    document = docx.Document()
    line = document.add_paragraph("Con ga\u0301i\tđa\u0303\nlấy chồng ")
    link = OxmlElement("w:hyperlink")
    link.append(document.add_paragraph().add_run("không được chia")._r)
    line._p.append(link)
    gone = OxmlElement("w:del")
    gone.append(OxmlElement("w:r"))
    line._p.append(gone)
    line.add_run(" đất.")
    data = saved(document)
    [(at, _)] = noted(data, "gái\tđã\nlấy chồng không được chia đất")
    assert at == "ga\u0301iđa\u0303lấy chồng không được chia đất"


def test_old_code_tables_are_found_by_the_letters_they_leave_alone() -> None:
    document = docx.Document()
    line = document.add_paragraph().add_run("Con g¸i ®· lÊy chång kh«ng ®­îc chia ®Êt cña cha mÑ ®Î trong b¶n nµy.")
    line.font.name = ".VnTime"
    data = saved(document)
    text = text_of(data)
    assert "Con gái đã lấy chồng" in text
    out = annotated_docx(data, text, [Note(0, text.index(" trong"), "x")])
    [(_, at, said)] = comments_of(out)
    assert at.startswith("Con g¸i") and at.endswith("mÑ ®Î") and "Không tìm được" not in said


def test_a_finding_without_a_place_is_told_at_the_end_and_never_lost() -> None:
    document = docx.Document()
    document.add_paragraph("Điều 1. Mọi người như nhau.")
    text = "Điều 1. Mọi người như nhau.\n\nCâu này ở khung chữ."
    out = annotated_docx(saved(document), text, [Note(29, len(text), "một"), Note(8, 16, "hai")])
    said = [words for _, _, words in comments_of(out)]
    assert said[0].endswith("hai")
    assert "Không tìm được vị trí" in said[1] and "“Câu này ở khung chữ.”" in said[1] and said[1].endswith("một")
    empty = annotated_docx(saved(docx.Document()), "x y", [Note(0, 3, "ba")])
    assert comments_of(empty)[0][2].endswith("ba")


def test_a_comment_says_what_was_found_and_how_far_people_have_come() -> None:
    finding = Finding(
        id="f", rule="HU-PROP-01", category="HU-PROP", severity="S4", confidence=1.0, start=0, end=3, quote="Con",
        locator=LocatorRecord(article="6"), title="Tên", message=BROKEN, why="Vì.", suggestion=SCRIPT, trace=(),
        basis=(Basis(law="73/2006/QH11", article="40"),),
    )  # fmt: skip
    out = text_docx("t", "Con gái\x0c " + SCRIPT + BROKEN, [note_of(finding, "confirmed")], day=datetime(2026, 5, 2, 8))
    [(author, at, said)] = comments_of(out)
    assert (author, at) == ("Soát giới", "Con")
    for part in ("Trạng thái: đã xác nhận", "S4: Tên", "Điều 6", "Căn cứ tham khảo: Điều 40 73/2006/QH11", SCRIPT, "�"):
        assert part in said
    assert 'w:date="2026-05-02T08:00:00Z"' in docx.Document(io.BytesIO(out)).comments._comments_elm.xml


def test_comments_bear_no_day_and_the_bytes_are_the_same_each_time() -> None:
    made = [text_docx("t", "Một.\nHai.", [Note(0, 4, "x")]) for _ in range(2)]
    assert made[0] == made[1]
    comment = docx.Document(io.BytesIO(made[0])).comments._comments_elm[0]
    assert comment.get(qn("w:date")) is None


def test_a_file_that_does_not_open_is_refused() -> None:
    with pytest.raises(ValueError, match="BadZipFile"):
        annotated_docx(b"x", "x", [])


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_every_note_on_a_text_stands_at_exactly_its_words(data: st.DataObject) -> None:
    text = data.draw(st.text(alphabet="aăbđấ .;\n", min_size=8, max_size=60).filter(lambda words: words.strip()))
    pairs = data.draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), min_size=1, max_size=5))
    notes = [Note(min(pair), max(pair), f"n{number}") for number, pair in enumerate(pairs)]
    out = comments_of(text_docx("t", text, notes))
    told = "\n".join(said for _, _, said in out)
    assert all(note.text in told for note in notes)


def test_libreoffice_opens_the_file_and_shows_the_comments(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Con gái đã lấy chồng không được chia đất.", style="List Number")
    data = saved(document)
    text = text_of(data)
    out = annotated_docx(data, text, [Note(3, 10, "Gợi ý sửa: bỏ khoản này.", "confirmed")])
    [page] = pages_of(out, tmp_path)
    assert "Con gái đã lấy chồng không được chia đất." in page
    [note] = notes_of(tmp_path)
    assert "Trạng thái: đã xác nhận" in note and "Gợi ý sửa: bỏ khoản này." in note
