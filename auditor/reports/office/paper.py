"""Sheets of paper in Word: page, letters, paragraphs and tables as Vietnamese offices set them.

Measures are those of NĐ 30/2020/NĐ-CP, Phụ lục I: A4, margins 20 mm above and below, 30 mm left, 15 mm right; Times New
Roman; body 14 pt justified, first line 1.27 cm in, 6 pt between paragraphs; the page number stands at the top, in the
middle, from page 2.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt, RGBColor

from auditor.reports.office import oxml
from auditor.reports.office.chart import Bars, add_chart
from auditor.reports.office.words import legible

FONT = "Times New Roman"
CREATED = datetime(2026, 1, 1)
WIDTH, WIDE = 16.5, 26.2  # centimetres between the margins, upright and lying
BODY, CELL, CENTRE, ITEM = "Body", "Cell", "Centre", "Item"


@dataclass(frozen=True, slots=True)
class Bold:
    """Words in bold."""

    text: str


@dataclass(frozen=True, slots=True)
class Italic:
    """Words in italics."""

    text: str


Piece = str | Bold | Italic


class Paper:
    """One document that grows from top to bottom.

    Args:
        title: what its properties call it.
        landscape: its first pages lie.
    """

    def __init__(self, title: str, *, landscape: bool = False) -> None:
        self.document = docx.Document()
        properties = self.document.core_properties
        properties.title = legible(title)
        properties.author = properties.last_modified_by = "Soát giới"
        properties.comments = ""
        properties.created = properties.modified = CREATED
        properties.language = "vi-VN"
        _set_styles(self.document)
        _set_page(self.document.sections[0], landscape=landscape)
        self._charts = 0

    @property
    def width(self) -> float:
        """Centimetres between the margins of the present page."""
        return WIDE if self.document.sections[-1].orientation == WD_ORIENT.LANDSCAPE else WIDTH

    def text(self, *pieces: Piece, style: str = BODY, align: str = "") -> Any:
        """Write a paragraph and return its element."""
        return self.place(oxml.paragraph(style, [_run(piece) for piece in pieces], align=align))

    def heading(self, words: str, level: int = 1) -> None:
        """Write a heading of level 1 (I.), 2 (1.) or 3 (a))."""
        self.place(oxml.paragraph(f"Heading{level}", [oxml.run(words)]))

    def told(self, words: str, prompt: str) -> None:
        """Write the paragraphs an officer wrote; where there are none, what belongs here and dots to fill in."""
        written = [line.strip() for line in words.splitlines() if line.strip()]
        for line in written:
            self.text(line)
        if not written:
            oxml.keep_next(self.text(Italic(f"({prompt})")))
            for _ in range(2):
                self.place(oxml.dots(self.width))

    def caption(self, words: str) -> None:
        """Write the name of the table or chart that follows."""
        node = self.text(Bold(words), style=CENTRE)
        oxml.keep_next(node)

    def table(
        self, head: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[float], *, align: str = "",
        total: bool = False, alt: str = "", long: bool = False, size: int = 12,
    ) -> None:  # fmt: skip
        """Write a ruled table.

        Args:
            widths: of the columns, in any unit: they share the room between the margins.
            align: one letter a column: l, c or r; all left where it is empty.
            total: the last row is a sum, in bold.
            alt: what the table shows, for those who hear it read.
            size: of the letters, in points.
            long: its rows are long, and a page may break one in two.
        """
        room = self.width / sum(widths)
        widths = [width * room for width in widths]
        points = None if size == 12 else 2 * size
        sides = [{"l": "left", "c": "center", "r": "right"}[letter] for letter in align or "l" * len(head)]
        table = oxml.grid(widths, ruled=True, alt=alt)
        names = [oxml.paragraph(CELL, [oxml.run(name, bold=True, half_points=points)], align="center") for name in head]
        table.append(oxml.row(names, widths, header=True, shade="E7E6E6"))
        filled = list(rows)
        for number, cells in enumerate(filled, 1):
            bold = total and number == len(filled)
            made = [
                oxml.paragraph(CELL, [oxml.run(words, bold=bold, half_points=points)], align=side)
                for words, side in zip(cells, sides, strict=True)
            ]
            table.append(oxml.row(made, widths, whole=not long))
        self.place(table)
        self.gap()

    def borderless(self, cells: Sequence[list[Any]], widths: Sequence[float]) -> None:
        """Write one row of cells without lines, each a list of paragraph elements; widths in centimetres."""
        table = oxml.grid(widths, ruled=False)
        table.append(oxml.row(cells, widths))
        self.place(table)

    def gap(self) -> None:
        """Leave a little room, which also keeps two tables apart."""
        self.place(oxml.paragraph("Gap", []))

    def chart(self, bars: Bars) -> None:
        """Draw a chart of bars that Word can edit."""
        self._charts += 1
        paragraph = self.document.add_paragraph(style=CENTRE)
        add_chart(paragraph, bars, self.width, self._charts)

    def keep(self) -> None:
        """Hold what was last written on one page with what follows."""
        for node in list(self.document.element.body)[-3:-1]:
            if node.tag == qn("w:p"):
                oxml.keep_next(node)

    def new_part(self, *, landscape: bool = False) -> None:
        """Begin a part on a new page whose pages count from 1."""
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        _set_page(section, landscape=landscape, counted=True)

    def data(self) -> bytes:
        """Return the file."""
        out = io.BytesIO()
        self.document.save(out)
        return oxml.timeless(out.getvalue())

    def place(self, node: Any) -> Any:
        """Put a paragraph or table at the end of the present part, and return it."""
        body = self.document.element.body
        body.insert(len(body) - 1, node)
        return node


def _run(piece: Piece) -> Any:
    if isinstance(piece, str):
        return oxml.run(piece)
    return oxml.run(piece.text, bold=isinstance(piece, Bold), italic=isinstance(piece, Italic))


def _set_page(section: Any, *, landscape: bool = False, counted: bool = False) -> None:
    """Lay out a section: a different first page, page numbers from 2 on at the top."""
    short, long = Mm(210), Mm(297)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    section.top_margin = section.bottom_margin = Mm(20)
    # Lying sheets are bound at the same edge, which is then the upper one.
    section.left_margin, section.right_margin = (Mm(20), Mm(15)) if landscape else (Mm(30), Mm(15))
    section.header_distance = Mm(10)
    section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    if counted:
        section._sectPr.insert_element_before(oxml.element("w:pgNumType", start=1), "w:cols", "w:titlePg", "w:docGrid")
        return
    header = section.header
    paragraph = header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for run in oxml.field("PAGE"):
        paragraph._p.append(run)
    section.first_page_header.is_linked_to_previous = False


def _set_styles(document: Any) -> None:
    styles = document.styles
    defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    language = defaults.find(qn("w:lang"))
    for name in ("val", "eastAsia", "bidi"):
        language.set(qn(f"w:{name}"), "vi-VN" if name == "val" else language.get(qn(f"w:{name}"), "ar-SA"))
    _letters(styles["Normal"], 14)
    styles["Normal"].paragraph_format.space_after = Pt(0)
    body = _style(styles, BODY, 14, after=6)
    body.paragraph_format.first_line_indent = Cm(1.27)
    body.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    body.paragraph_format.line_spacing = 1.15
    _style(styles, CENTRE, 14, after=3).paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _style(styles, CELL, 12)
    _style(styles, ITEM, 11)
    gap = _style(styles, "Gap", 6)
    gap.paragraph_format.space_after = Pt(0)
    for level in (1, 2, 3):
        heading = styles[f"Heading {level}"]
        _letters(heading, 14, bold=level < 3, italic=level == 3)
        heading.paragraph_format.first_line_indent = Cm(1.27)
        heading.paragraph_format.space_before = Pt(6)
        heading.paragraph_format.space_after = Pt(6)
        heading.paragraph_format.keep_with_next = True
    _letters(styles["Header"], 14)


def _style(styles: Any, name: str, size: float, after: float = 0) -> Any:
    made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    made.base_style = styles["Normal"]
    made.paragraph_format.space_after = Pt(after)
    made.font.size = Pt(size)
    return made


def _letters(style: Any, size: float, *, bold: bool = False, italic: bool = False) -> None:
    style.font.size = Pt(size)
    style.font.bold, style.font.italic = bold, italic
    style.font.color.rgb = RGBColor(0, 0, 0)
    look = style.element.get_or_add_rPr()
    fonts = look.get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
