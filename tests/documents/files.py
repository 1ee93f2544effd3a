"""Files the tests make for themselves: Word and PDF documents, zips, item files."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from docx import Document as Word
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

CLAUSE = "Con gái đã lấy chồng không được chia đất của cha mẹ."
REGULATION = f"QUY ƯỚC\n\nĐiều 1. Chia tài sản\n\n1. {CLAUSE}\n\n2. Mọi hộ trong bản đều được họp bản."


def word(*paragraphs: str) -> WordDocument:
    """Begin a Word document."""
    document = Word()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return document


def saved(document: WordDocument) -> bytes:
    """Return the bytes of a Word document."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def with_part(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Replace or add parts of a package."""
    source = zipfile.ZipFile(io.BytesIO(data))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name not in parts:
                target.writestr(name, source.read(name))
        for name, content in parts.items():
            target.writestr(name, content)
    return stream.getvalue()


def part_of(data: bytes, name: str) -> bytes:
    """Return one part of a package."""
    return zipfile.ZipFile(io.BytesIO(data)).read(name)


def numbered(document: WordDocument, levels: Iterable[tuple[str, str, str]]) -> None:
    """Give a document one list, number 77.

    Args:
        document: where to.
        levels: number form, drawn text and further XML of each level.
    """
    root = document.part.numbering_part.element
    inner = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text, more) in enumerate(levels)
    )
    root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{inner}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))


def item(document: WordDocument, words: str, level: int, number: int = 77) -> None:
    """Add a paragraph of the list."""
    paragraph = document.add_paragraph(words)
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
    )


def insert(document: WordDocument, xml: str) -> None:
    """Add a block of raw XML before the section's properties."""
    spaces = nsdecls("w") + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    spaces += ' xmlns:v="urn:schemas-microsoft-com:vml"'
    spaces += ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    document.element.body.insert(-1, parse_xml(xml.replace("<w:p>", f"<w:p {spaces}>", 1)))


def pdf(pages: Iterable[Iterable[tuple[float, float, str]]], rules: Iterable[tuple[float, ...]] = ()) -> bytes:
    """Make a PDF by hand, so that no Vietnamese font is needed: codes are code points, mapped by ToUnicode.

    Every letter is 5 points wide at a size of 10; the page is 595 x 842 points.

    Args:
        pages: for each page, words with their place in points from the lower left corner.
        rules: thin lines on every page: x1, y1, x2, y2.
    """
    ranges = [f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>" for high in range(256)]
    blocks = [ranges[at : at + 64] for at in range(0, 256, 64)]
    mapping = "\n".join(f"{len(one)} beginbfrange\n" + "\n".join(one) + "\nendbfrange" for one in blocks)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{mapping}\nendcmap end end"
    )
    drawn = [
        "".join(f"{x1} {y1} m {x2} {y2} l S\n" for x1, y1, x2, y2 in rules)
        + "".join(f"BT /F 10 Tf 1 0 0 1 {x} {y} Tm <{words.encode('utf-16-be').hex()}> Tj ET\n" for x, y, words in page)
        for page in pages
    ]
    kids = " ".join(f"{6 + 2 * at} 0 R" for at in range(len(drawn)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(drawn)} /MediaBox [0 0 595 842] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R"
        " >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /DW 500 /CIDSystemInfo << /Registry (Adobe)"
        " /Ordering (Identity) /Supplement 0 >> /FontDescriptor << /Type /FontDescriptor /FontName /X /Flags 4"
        " /FontBBox [0 -200 500 800] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >> >>",
        f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream",
    ]
    for at, content in enumerate(drawn):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /Resources << /Font << /F 3 0 R >> >> /Contents {7 + 2 * at} 0 R >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    return (
        out + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{out.rfind(b'xref')}\n%%EOF\n".encode()
    )


def as_word_97(source: Path, folder: Path) -> bytes:
    """Turn an rtf or docx file into one of Word 97, in a profile kept in the folder."""
    return as_form(source, folder, "doc:MS Word 97")


def as_form(source: Path, folder: Path, form: str) -> bytes:
    """Let LibreOffice turn a file into another form, in a profile kept in the folder.

    Args:
        form: an ending, and where it has several filters one of them after a colon.
    """
    command = ["soffice", f"-env:UserInstallation={(folder / '.profile').as_uri()}", "--headless", "--convert-to"]
    ending = form.partition(":")[0]
    command += [form, "--outdir", str(folder / f".{ending}"), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    return (folder / f".{ending}" / source.with_suffix(f".{ending}").name).read_bytes()


def packed(members: Mapping[str, bytes]) -> bytes:
    """Make a zip."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def line(**fields: object) -> bytes:
    """Make one line of an item file."""
    return json.dumps(fields, ensure_ascii=False).encode() + b"\n"
