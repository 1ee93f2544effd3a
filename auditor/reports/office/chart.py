"""Charts of lying bars that Word and LibreOffice draw themselves: sharp in print, and editable.

The figures stand in the chart and, for whoever edits it, in a small workbook beside it.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from auditor.reports.office.oxml import timeless
from auditor.reports.office.words import legible

_CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PRESETS = ("404040", "A6A6A6", "D9D9D9", "7F7F7F")
_EMU = 360000  # to a centimetre
CREATED = datetime(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart of stacked bars, the first name on top.

    Attributes:
        alt: what the chart shows, for those who hear it read.
        names: what each bar stands for.
        series: a name for each layer, and its value for each bar.
        level: all bars are as long as the others, so that shares are compared.
    """

    alt: str
    names: tuple[str, ...]
    series: tuple[tuple[str, tuple[int, ...]], ...]
    level: bool = False


def add_chart(paragraph: Any, bars: Bars, width: float, number: int) -> None:
    """Put a chart into a paragraph.

    Args:
        width: in centimetres; the height follows from the number of bars.
        number: of the chart in its document, counted from 1.
    """
    package = paragraph.part.package
    chart = Part(PackURI(f"/word/charts/chart{number}.xml"), _CHART, b"", package)
    book = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), _BOOK, _workbook(bars), package)
    data = chart.relate_to(book, RELATIONSHIP_TYPE.PACKAGE)
    chart._blob = _chart_xml(bars, data).encode()
    link = paragraph.part.relate_to(chart, RELATIONSHIP_TYPE.CHART)
    height = min(2.4 + (0.55 if len(bars.names) < 15 else 0.48) * len(bars.names), 22.0)
    drawing = _DRAWING.format(
        width=round(width * _EMU), height=round(height * _EMU), number=number, link=link, alt=_attribute(bars.alt)
    )
    paragraph.add_run()._r.append(parse_xml(drawing))


def _attribute(text: str) -> str:
    return escape(legible(text), {'"': "&quot;", "\n": " "})


def _workbook(bars: Bars) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": CREATED})
        sheet = book.add_worksheet("Data")
        for row, name in enumerate(bars.names, 1):
            sheet.write_string(row, 0, legible(name))
        for column, (name, values) in enumerate(bars.series, 1):
            sheet.write_string(0, column, legible(name))
            for row, value in enumerate(values, 1):
                sheet.write_number(row, column, value)
    return timeless(out.getvalue())


def _chart_xml(bars: Bars, data: str) -> str:
    last = len(bars.names) + 1
    names = "".join(f'<c:pt idx="{i}"><c:v>{escape(legible(one))}</c:v></c:pt>' for i, one in enumerate(bars.names))
    layers = []
    for index, (name, values) in enumerate(bars.series):
        column = chr(ord("B") + index)
        points = "".join(f'<c:pt idx="{i}"><c:v>{value}</c:v></c:pt>' for i, value in enumerate(values))
        layers.append(
            _SERIES.format(
                index=index, column=column, last=last, count=len(bars.names), name=escape(legible(name)), names=names,
                points=points, colour=_PRESETS[index % len(_PRESETS)], ink="FFFFFF" if index == 0 else "000000",
            )
        )  # fmt: skip
    return _SPACE.format(
        layers="".join(layers),
        data=data,
        grouping="percentStacked" if bars.level else "stacked",
        form="0%" if bars.level else "#,##0",
    )


_DRAWING = (
    '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
    '<wp:docPr id="{number}" name="Biểu đồ {number}" descr="{alt}"/>'
    '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
    '<c:chart r:id="{link}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
)
_TEXT = (
    '<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="1100"><a:solidFill><a:srgbClr val="{ink}"/></a:solidFill>'
    '<a:latin typeface="Times New Roman"/><a:cs typeface="Times New Roman"/></a:defRPr></a:pPr>'
    '<a:endParaRPr lang="vi-VN"/></a:p></c:txPr>'
)
_SERIES = (
    '<c:ser><c:idx val="{index}"/><c:order val="{index}"/>'
    "<c:tx><c:strRef><c:f>Data!${column}$1</c:f><c:strCache><c:ptCount val=\"1\"/>"
    '<c:pt idx="0"><c:v>{name}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
    '<c:spPr><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
    '<a:ln w="6350"><a:solidFill><a:srgbClr val="404040"/></a:solidFill></a:ln></c:spPr><c:invertIfNegative val="0"/>'
    "<c:dLbls><c:numFmt formatCode=\"#,##0;;\" sourceLinked=\"0\"/><c:spPr><a:noFill/></c:spPr>" + _TEXT +
    '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
    '<c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
    '<c:cat><c:strRef><c:f>Data!$A$2:$A${last}</c:f><c:strCache><c:ptCount val="{count}"/>{names}</c:strCache>'
    "</c:strRef></c:cat><c:val><c:numRef><c:f>Data!${column}$2:${column}${last}</c:f><c:numCache>"
    '<c:formatCode>General</c:formatCode><c:ptCount val="{count}"/>{points}</c:numCache></c:numRef></c:val></c:ser>'
)  # fmt: skip
_BLACK = _TEXT.format(ink="000000")
_SPACE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/><c:barChart>'
    '<c:barDir val="bar"/><c:grouping val="{grouping}"/><c:varyColors val="0"/>{layers}'
    '<c:gapWidth val="40"/><c:overlap val="100"/><c:axId val="1"/><c:axId val="2"/></c:barChart>'
    '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
    '<c:axPos val="l"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>' + _BLACK +
    '<c:crossAx val="2"/><c:tickLblSkip val="1"/></c:catAx>'
    '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling>'
    '<c:delete val="0"/><c:axPos val="b"/>'
    '<c:majorGridlines><c:spPr><a:ln w="3175"><a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:ln></c:spPr>'
    '</c:majorGridlines><c:numFmt formatCode="{form}" sourceLinked="0"/><c:majorTickMark val="none"/>'
    '<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>' + _BLACK +
    '<c:crossAx val="1"/><c:crosses val="max"/><c:crossBetween val="between"/></c:valAx></c:plotArea>'
    '<c:legend><c:legendPos val="b"/><c:overlay val="0"/>' + _BLACK + '</c:legend><c:plotVisOnly val="1"/></c:chart>'
    '<c:spPr><a:ln><a:noFill/></a:ln></c:spPr><c:externalData r:id="{data}"><c:autoUpdate val="0"/></c:externalData>'
    "</c:chartSpace>"
)  # fmt: skip
