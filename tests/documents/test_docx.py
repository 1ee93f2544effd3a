from __future__ import annotations

import pytest

from auditor.documents import docx
from auditor.documents.interface import Block
from auditor.documents.limits import DEFAULT_LIMITS, Limits
from auditor.documents.numbering import written
from auditor.errors import DocumentError
from tests.documents.files import CLAUSE, insert, item, numbered, part_of, saved, with_part, word

T = "<w:r><w:t>{}</w:t></w:r>"


def blocks(data: bytes) -> tuple[Block, ...]:
    return docx.read(data, "x.docx", DEFAULT_LIMITS).blocks


def texts(data: bytes) -> list[str]:
    return [block.text for block in blocks(data)]


@pytest.mark.parametrize(
    ("count", "form", "expected"),
    [
        (4, "upperRoman", "IV"),
        (9, "lowerRoman", "ix"),
        (4, "lowerLetter", "d"),
        (27, "lowerLetter", "aa"),
        (3, "decimalZero", "03"),
        (7, "ordinal", "7"),
        (0, "upperRoman", "0"),
    ],
)
def test_counts_are_written_as_word_draws_them(count: int, form: str, expected: str) -> None:
    assert written(count, form) == expected


def test_automatic_numbers_are_read_as_a_reader_sees_them() -> None:
    document = word()
    numbered(
        document,
        [
            ("upperRoman", "CHƯƠNG %1", '<w:suff w:val="space"/>'),
            ("decimal", "Điều %2.", '<w:lvlRestart w:val="0"/>'),
            ("decimal", "%3.", ""),
            ("lowerLetter", "%4)", ""),
        ],
    )
    for words, level in [
        ("QUY ĐỊNH CHUNG", 0),
        ("Phạm vi", 1),
        ("Một", 2),
        ("Hai", 2),
        ("Nhỏ", 3),
        ("GIA ĐÌNH", 0),
        ("Việc cưới", 1),
        ("Ba", 2),
    ]:
        item(document, words, level)
    assert texts(saved(document)) == [
        "CHƯƠNG I QUY ĐỊNH CHUNG",
        "Điều 1. Phạm vi",
        "1. Một",
        "2. Hai",
        "a) Nhỏ",
        "CHƯƠNG II GIA ĐÌNH",
        "Điều 2. Việc cưới",
        "1. Ba",
    ]


def test_a_level_draws_the_numbers_above_it() -> None:
    document = word()
    numbered(document, [("upperRoman", "%1.", ""), ("decimal", "%1.%2.", ""), ("decimal", "%1.%2.%3.", "<w:isLgl/>")])
    for words, level in [("A", 0), ("B", 1), ("C", 1), ("D", 2)]:
        item(document, words, level)
    assert texts(saved(document)) == ["I. A", "I.1. B", "I.2. C", "1.2.1. D"]


def test_changes_are_read_as_accepted() -> None:
    document = word()
    insert(document, f"<w:p><w:del>{T.format('cũ ').replace('w:t>', 'w:delText>')}</w:del>{T.format('chung ')}"
                     f"<w:ins>{T.format('mới')}</w:ins></w:p>")  # fmt: skip
    insert(document, f"<w:p><w:moveFrom>{T.format('đi')}</w:moveFrom></w:p>")
    insert(document, f"<w:p><w:moveTo>{T.format('đến')}</w:moveTo></w:p>")
    insert(document, f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{T.format('nửa đầu ')}</w:p>")
    insert(document, f"<w:p>{T.format('nửa sau')}</w:p>")
    assert texts(saved(document)) == ["chung mới", "đến", "nửa đầu nửa sau"]


def test_a_deleted_paragraph_takes_no_number() -> None:
    document = word()
    numbered(document, [("decimal", "%1.", "")])
    item(document, "Một", 0)
    mark = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='77'/></w:numPr><w:rPr><w:del/></w:rPr>"
    insert(document, f"<w:p><w:pPr>{mark}</w:pPr><w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del></w:p>")
    item(document, "Hai", 0)
    assert texts(saved(document)) == ["1. Một", "2. Hai"]


def test_hidden_text_and_page_numbers_are_no_part_of_the_text() -> None:
    document = word()
    insert(document, f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>{T.format('hiện')}</w:p>")
    insert(
        document,
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{T.format("12")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        f"{T.format('trang')}</w:p>",
    )
    assert texts(saved(document)) == ["hiện", "trang"]


def test_a_text_box_stored_twice_is_read_once_beside_the_text() -> None:
    box = f"<w:txbxContent><w:p>{T.format('Lưu ý')}</w:p></w:txbxContent>".replace("<w:p>", "<w:p >")
    document = word()
    insert(
        document,
        f"<w:p>{T.format('Điều 6.')}<w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx>{box}</wps:txbx>"
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
        "</w:r></w:p>",
    )
    assert [(block.text, block.note) for block in blocks(saved(document))] == [("Điều 6.", False), ("Lưu ý", True)]


def test_headers_and_footers_come_once_and_page_lines_not_at_all() -> None:
    document = word("Điều 1.")
    section = document.sections[0]
    section.header.paragraphs[0].text = "Quy ước bản Nà Khoang"
    section.footer.paragraphs[0].text = "Trang 1/4"
    found = blocks(saved(document))
    assert [(block.text, block.note) for block in found] == [("Điều 1.", False), ("Quy ước bản Nà Khoang", True)]


def test_a_row_is_one_block_and_merged_cells_stand_once() -> None:
    document = word()
    table = document.add_table(3, 3)
    for at, words in enumerate(["Việc", "Nam", "Nữ"]):
        table.cell(0, at).text = words
    table.cell(1, 0).merge(table.cell(2, 0)).text = "Cưới"
    table.cell(1, 1).text, table.cell(1, 2).text = "200.000", "150.000"
    table.cell(2, 1).merge(table.cell(2, 2)).text = "như nhau"
    found = blocks(saved(document))
    assert [(block.text, block.header, block.columns, block.table) for block in found] == [
        ("Việc | Nam | Nữ", True, (), 0),
        ("Cưới | 200.000 | 150.000", False, (), 0),
        ("như nhau", False, (1,), 0),
    ]


def test_a_table_of_one_column_is_only_a_frame() -> None:
    document = word()
    table = document.add_table(1, 1)
    table.cell(0, 0).text = "Điều 1."
    table.cell(0, 0).add_paragraph("Điều 2.")
    assert [(block.text, block.table) for block in blocks(saved(document))] == [("Điều 1.", None), ("Điều 2.", None)]


def test_headings_are_known_by_style() -> None:
    document = word(CLAUSE)
    document.add_heading("Việc cưới", 3)
    assert [block.heading for block in blocks(saved(document))] == [False, True]


def test_text_in_an_old_font_is_converted_and_unicode_in_the_same_font_is_not() -> None:
    document = word()
    document.add_paragraph().add_run("Con g¸i kh«ng ®\u00adîc chia ®Êt cña cha mÑ").font.name = ".VnTime"
    reading = docx.read(saved(document), "x.docx", DEFAULT_LIMITS)
    assert reading.blocks[0].text == "Con gái không được chia đất của cha mẹ"
    assert (reading.encoding, reading.warnings[0][0]) == ("tcvn3", "GA233")
    document = word()
    document.add_paragraph().add_run(CLAUSE).font.name = ".VnTime"
    assert texts(saved(document)) == [CLAUSE]


def test_a_macro_is_named_and_not_run() -> None:
    data = with_part(saved(word(CLAUSE)), {"word/vbaProject.bin": b"x"})
    assert [code for code, _ in docx.read(data, "x.docm", DEFAULT_LIMITS).warnings] == ["GA235"]


def broken(old: bytes, new: bytes) -> bytes:
    data = saved(word(CLAUSE))
    return with_part(data, {"word/document.xml": part_of(data, "word/document.xml").replace(old, new, 1)})


DEEP = b"<w:tbl><w:tr><w:tc>" * 2000 + b"</w:tc></w:tr></w:tbl>" * 2000


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (saved(word(CLAUSE))[:3000], "GA204"),
        (broken(b"</w:body>", b""), "GA204"),
        (with_part(saved(word()), {"word/document.xml": b"<a/>"}), "GA204"),
        (broken(b"?>", b'?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'), "GA217"),
        (broken(b"<w:sectPr", DEEP + b"<w:sectPr"), "GA218"),
    ],
)
def test_damaged_and_hostile_files_are_refused_with_a_code(data: bytes, code: str) -> None:
    with pytest.raises(DocumentError) as caught:
        docx.read(data, "x.docx", DEFAULT_LIMITS)
    assert caught.value.code == code


@pytest.mark.parametrize("limits", [Limits(expanded=1000), Limits(ratio=2, ratio_from=100)])
def test_a_package_that_would_grow_too_large_is_not_unpacked(limits: Limits) -> None:
    with pytest.raises(DocumentError) as caught:
        docx.read(saved(word(CLAUSE * 50)), "x.docx", limits)
    assert caught.value.code == "GA207"


def test_a_file_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(DocumentError) as caught:
        docx.read(saved(word(CLAUSE)), "x.docx", Limits(seconds=-1))
    assert caught.value.code == "GA209"
