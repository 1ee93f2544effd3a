from __future__ import annotations

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from auditor.documents import pdf
from auditor.documents.interface import Block
from auditor.documents.limits import DEFAULT_LIMITS, Limits
from auditor.errors import DocumentError
from tests.documents.files import pdf as made

LEFT = 60.0
FULL = "Ruộng nương của cha mẹ chỉ chia cho con trai; con gái đã lấy chồng theo nhà chồng thì không được có"


def blocks(data: bytes) -> tuple[Block, ...]:
    return pdf.read(data, "x.pdf", DEFAULT_LIMITS).blocks


def page(*lines: str, top: float = 740.0) -> list[tuple[float, float, str]]:
    return [(LEFT, top - 16 * at, line) for at, line in enumerate(lines)]


def test_wrapped_lines_become_one_paragraph_and_marks_begin_new_ones() -> None:
    data = made(
        [page("Điều 1. Chia tài sản", f"1. {FULL}", "phần nào.", "2. Mọi hộ đều được họp.", "a) Nam;", "b) Nữ.")]
    )
    assert [block.text for block in blocks(data)] == [
        "Điều 1. Chia tài sản",
        f"1. {FULL} phần nào.",
        "2. Mọi hộ đều được họp.",
        "a) Nam;",
        "b) Nữ.",
    ]


def test_a_paragraph_goes_on_over_the_page_and_bears_its_first_page() -> None:
    data = made([page("1. Họp bản.", f"2. {FULL}"), page("phần nào.", "3. Mọi hộ đều được họp.")])
    assert [(block.page, block.text) for block in blocks(data)] == [
        (1, "1. Họp bản."),
        (1, f"2. {FULL} phần nào."),
        (2, "3. Mọi hộ đều được họp."),
    ]


def test_headers_footers_and_page_numbers_are_left_out() -> None:
    pages = [
        [(LEFT, 810.0, "Quy ước bản Nà Khoang"), *page(f"{n}. Mọi hộ đều được họp."), (280.0, 30.0, f"Trang {n}/2")]
        for n in (1, 2)
    ]
    assert [block.text for block in blocks(made(pages))] == ["1. Mọi hộ đều được họp.", "2. Mọi hộ đều được họp."]


def test_a_hyphen_at_the_end_of_a_line_is_mended() -> None:
    assert blocks(made([page(FULL[:-2] + "ho-", "mestay của bản.")]))[0].text == FULL[:-2] + "homestay của bản."


def test_a_ruled_table_is_read_by_rows() -> None:
    rules = [(50, y, 400, y) for y in (700, 680, 660)] + [(x, 660, x, 700) for x in (50, 200, 400)]
    cells = [(55, 686, "Đối tượng"), (205, 686, "Mức thưởng"), (55, 666, "Nam"), (205, 666, "200.000")]
    found = blocks(made([[(LEFT, 740, "1. Mức thưởng như sau:"), *cells, (LEFT, 600, "2. Khác.")]], rules))
    assert [(block.text, block.table, block.header) for block in found] == [
        ("1. Mức thưởng như sau:", None, False),
        ("Đối tượng | Mức thưởng", 0, True),
        ("Nam | 200.000", 0, False),
        ("2. Khác.", None, False),
    ]


def test_two_columns_drawn_across_are_read_one_after_the_other() -> None:
    rows = [(f"Cột trái dòng thứ {n} của", f"Cột phải dòng thứ {n} của") for n in range(1, 8)]
    words = [(x, 740 - 16 * n, row[c]) for n, row in enumerate(rows) for c, x in enumerate((50, 300))]
    text = " ".join(block.text for block in blocks(made([words])))
    assert text.index("trái dòng thứ 7") < text.index("phải dòng thứ 1")


def test_a_page_without_text_is_named() -> None:
    canvas = Canvas(stream := io.BytesIO())
    canvas.drawString(60, 700, "Trang co chu")
    canvas.showPage()
    canvas.drawInlineImage(_grey(), 0, 0, 100, 100)
    canvas.showPage()
    canvas.save()
    reading = pdf.read(stream.getvalue(), "x.pdf", DEFAULT_LIMITS)
    assert [code for code, _ in reading.warnings] == ["GA231"]
    assert "trang 2" in reading.warnings[0][1]


def _grey() -> object:
    from PIL import Image

    return Image.new("L", (10, 10), 128)


def locked() -> bytes:
    canvas = Canvas(stream := io.BytesIO(), encrypt="mat-khau")
    canvas.drawString(60, 700, "x")
    canvas.save()
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7\nkh\xc3\xb4ng c\xc3\xb3 g\xc3\xac", "GA204"),
        (locked(), "GA205"),
        (made([]), "GA210"),
        (made([[]]), "GA211"),
    ],
)
def test_a_file_that_gives_no_text_is_refused_with_its_reason(data: bytes, code: str) -> None:
    with pytest.raises(DocumentError) as caught:
        pdf.read(data, "x.pdf", DEFAULT_LIMITS)
    assert caught.value.code == code


@pytest.mark.parametrize(("limits", "code"), [(Limits(pages=1), "GA208"), (Limits(seconds=-1), "GA209")])
def test_limits_hold(limits: Limits, code: str) -> None:
    with pytest.raises(DocumentError) as caught:
        pdf.read(made([page("a"), page("b")]), "x.pdf", limits)
    assert caught.value.code == code


def test_a_broken_cross_reference_table_is_mended() -> None:
    data = made([page("Mọi hộ đều được họp.")]).replace(b"startxref\n", b"startxref\n9")
    assert blocks(data)[0].text == "Mọi hộ đều được họp."
