"""How tests look into the files."""

from __future__ import annotations

import ctypes
import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pypdfium2
import pypdfium2.raw as raw
from docx.oxml.ns import qn
from lxml import etree

FORMULA = '=HYPERLINK("http://x","y")'
SCRIPT = "<script>alert(1)</script>"
BROKEN = "a\x00b\x0b\ud800\uffff"


def words_of(data: bytes) -> str:
    """Return all words of the body in reading order, a line a paragraph."""
    body = docx.Document(io.BytesIO(data)).element.body
    return "\n".join("".join(node.text or "" for node in one.iter(qn("w:t"))) for one in body.iter(qn("w:p")))


def comments_of(data: bytes) -> list[tuple[str, str, str]]:
    """Return for each comment its author, the words it stands at, and what it says."""
    document = docx.Document(io.BytesIO(data))
    found = []
    for comment in document.comments:
        inside, at = False, ""
        for node in document.element.body.iter():
            if node.get(qn("w:id")) == str(comment.comment_id):
                if node.tag == qn("w:commentRangeStart"):
                    inside = True
                elif node.tag == qn("w:commentRangeEnd"):
                    inside = False
            if inside and node.tag == qn("w:t"):
                at += node.text or ""
        found.append((comment.author, at, comment.text))
    return found


def sheets_of(data: bytes) -> dict[str, list[list[str]]]:
    """Return the cells of each sheet as they are stored: words, and numbers in digits."""
    main = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: etree.fromstring(package.read(name)) for name in package.namelist() if name.endswith(".xml")}
    shared = ["".join(one.itertext()) for one in parts["xl/sharedStrings.xml"]]
    found = {}
    for number, sheet in enumerate(parts["xl/workbook.xml"].iter(f"{main}sheet"), 1):
        root = parts[f"xl/worksheets/sheet{number}.xml"]
        assert not list(root.iter(f"{main}f"))
        found[str(sheet.get("name"))] = [
            [shared[int(cell[0].text)] if cell.get("t") == "s" else "".join(cell.itertext()) for cell in row]
            for row in root.iter(f"{main}row")
        ]
    return found


def parts_of(data: bytes) -> dict[str, str]:
    """Return the parts of a package that are XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name).decode() for name in package.namelist() if name.endswith((".xml", ".rels"))}


def pages_of(data: bytes, folder: Path) -> list[str]:
    """Return the words of each page as LibreOffice lays the file out; its comments go into the PDF as notes."""
    source = folder / "a.docx"
    source.write_bytes(data)
    soffice = shutil.which("soffice")
    assert soffice is not None
    notes = 'pdf:writer_pdf_Export:{"ExportNotes":{"type":"boolean","value":"true"}}'
    subprocess.run(
        [soffice, f"-env:UserInstallation=file://{folder}/lo", "--headless", "--convert-to", notes, "--outdir",
         str(folder), str(source)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    pdf = pypdfium2.PdfDocument(folder / "a.pdf")
    pages = [page.get_textpage().get_text_range() for page in pdf]
    pdf.close()
    return pages


def notes_of(folder: Path) -> list[str]:
    """Return what the notes of the PDF say that :func:`pages_of` left in a folder."""
    pdf = pypdfium2.PdfDocument(folder / "a.pdf")
    found = []
    for page in pdf:
        for index in range(raw.FPDFPage_GetAnnotCount(page)):
            note = raw.FPDFPage_GetAnnot(page, index)
            size = raw.FPDFAnnot_GetStringValue(note, b"Contents", None, 0)
            room = ctypes.create_string_buffer(size)
            raw.FPDFAnnot_GetStringValue(note, b"Contents", ctypes.cast(room, ctypes.POINTER(ctypes.c_ushort)), size)
            raw.FPDFPage_CloseAnnot(note)
            found.append(room.raw.decode("utf-16-le").rstrip("\0"))
    pdf.close()
    return [words for words in found if words]
