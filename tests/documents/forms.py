"""One regulation in every form that is read, for the benchmark and the drill: what a clerk may send of it."""

from __future__ import annotations

import gzip
import io
import textwrap
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from itertools import pairwise
from pathlib import Path

from PIL import Image

from tests.documents import pages, scans
from tests.documents.files import as_form, insert, item, line, numbered, packed, pdf, saved, with_part, word
from tests.documents.test_legacy import old

_RUN = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
_CHANGED = (
    '<w:p><w:pPr><w:jc w:val="both"/></w:pPr><w:ins w:id="1" w:author="a">{}</w:ins>'
    '<w:del w:id="2" w:author="a"><w:r><w:delText>đã xóa</w:delText></w:r></w:del></w:p>'
)
_BOX = (
    "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing/></mc:Choice><mc:Fallback><w:pict>"
    "<v:rect style='width:200pt;height:50pt'><v:textbox><w:txbxContent><w:p>{}</w:p></w:txbxContent></v:textbox>"
    "</v:rect></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
)
ROWS_PER_PAGE, LETTERS_PER_ROW = 50, 92
LINES_PER_SCAN, LETTERS_PER_LINE = 26, 58


class Sheaf:
    """One text in every form.

    Args:
        text: lines that are paragraphs; blank ones part them.
        folder: where LibreOffice may work.
        dpi: how finely its pages are scanned.
    """

    def __init__(self, text: str, folder: Path, dpi: int = 200) -> None:
        self.text = text
        self._paragraphs = [one for one in text.split("\n") if one.strip()]
        self._folder = folder
        self._dpi = dpi
        self._made: dict[str, bytes] = {}

    def named(self, name: str) -> bytes:
        """Return the bytes of a file of :data:`FORMS`."""
        if name not in self._made:
            self._made[name] = FORMS[name](self)
        return self._made[name]

    def docx(self) -> bytes:
        """Make a Word file with a list, a table, a change and a text box."""
        document = word(*self._paragraphs)
        numbered(document, [("upperRoman", "CHƯƠNG %1", ""), ("decimal", "Điều %2.", ""), ("lowerLetter", "%3)", "")])
        for level in (0, 1, 2, 2, 1):
            item(document, "Việc chung của bản do dân bàn.", level)
        table = document.add_table(rows=0, cols=2)
        for left, right in pairwise(self._paragraphs[:5]):
            cells = table.add_row().cells
            cells[0].text, cells[1].text = left, right
        run = _RUN.format("Thêm vào sau khi họp bản.")
        insert(document, _CHANGED.format(run))
        insert(document, _BOX.format(run))
        return saved(document)

    def docm(self) -> bytes:
        """Make a Word file with macros."""
        return with_part(self.docx(), {"word/vbaProject.bin": b"\x00macro" * 500})

    def office(self, form: str) -> bytes:
        """Let LibreOffice save the Word file in another form."""
        source = self._folder / "source.docx"
        source.write_bytes(self.named("a.docx"))
        return as_form(source, self._folder, form)

    def pdf(self) -> bytes:
        """Make a PDF with text."""
        rows = self._wrapped(LETTERS_PER_ROW)
        sheets = [rows[at : at + ROWS_PER_PAGE] for at in range(0, len(rows), ROWS_PER_PAGE)]
        return pdf([[(60, 780 - 14 * at, row) for at, row in enumerate(sheet)] for sheet in sheets])

    def scans(self) -> Iterator[Image.Image]:
        """Draw the pages."""
        rows = self._wrapped(LETTERS_PER_LINE)
        for at in range(0, len(rows), LINES_PER_SCAN):
            yield scans.page(rows[at : at + LINES_PER_SCAN], self._dpi)

    def scanned(self) -> bytes:
        """Make a PDF of pictures."""
        first, *others = self.scans()
        stream = io.BytesIO()
        first.save(stream, "PDF", save_all=True, append_images=others, resolution=self._dpi)
        return stream.getvalue()

    def photo(self, form: str) -> bytes:
        """Take a photo of the first page."""
        return scans.saved(scans.photographed(next(self.scans())), form)

    def tcvn3(self) -> bytes:
        """Write plain text in TCVN3."""
        return old(self.text, "tcvn3").encode("latin-1", "replace")

    def page(self) -> bytes:
        """Make the page of a newspaper."""
        body, mine = pages.paragraphs(pages.BODY[2:]), pages.paragraphs(self._paragraphs)
        return pages.semantic().replace(body, mine).encode()

    def letter(self) -> bytes:
        """Send the regulation with a few words."""
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = "ban@x.example", "xa@x.example", "Quy ước của bản"
        message["Date"] = "Mon, 02 Mar 2026 08:00:00 +0700"
        message.set_content("Kính gửi phòng tư pháp xã, bản chúng tôi xin gửi bản quy ước để được xem xét.")
        message.add_attachment(
            self.named("a.docx"), maintype="application", subtype="octet-stream", filename="quy-ước.docx"
        )
        return message.as_bytes()

    def archived_page(self) -> bytes:
        """Save the page of a newspaper with its picture."""
        message = EmailMessage()
        message["From"], message["Subject"] = "<Saved by Blink>", pages.TITLE
        message["Snapshot-Content-Location"] = "https://bao.example/a"
        message.set_content(self.page().decode(), subtype="html", cte="quoted-printable")
        message.add_related(b"\x89PNG", "image", "png", headers=["Content-Location: https://bao.example/a.png"])
        return message.as_bytes()

    def table(self) -> bytes:
        """Make a table of clauses."""
        rows = (f'{at},"{one.replace(chr(34), chr(34) * 2)}"' for at, one in enumerate(self._paragraphs, 1))
        return "\n".join(("Số,Nội dung", *rows)).encode()

    def archive(self) -> bytes:
        """Pack four forms."""
        return packed({name: self.named(name) for name in ("a.docx", "a.rtf", "a.pdf", "a.txt")})

    def items(self) -> bytes:
        """Make an item file, an item a paragraph."""
        return b"".join(line(id=str(at), kind="regulation", text=one) for at, one in enumerate(self._paragraphs))

    def _wrapped(self, width: int) -> list[str]:
        return [row for one in self._paragraphs for row in textwrap.wrap(one, width)]


FORMS: dict[str, Callable[[Sheaf], bytes]] = {
    "a.docx": Sheaf.docx,
    "a.docm": Sheaf.docm,
    "a.doc": lambda sheaf: sheaf.office("doc:MS Word 97"),
    "a.odt": lambda sheaf: sheaf.office("odt"),
    "a.rtf": lambda sheaf: sheaf.office("rtf"),
    "a.pdf": Sheaf.pdf,
    "scan.pdf": Sheaf.scanned,
    "a.jpg": lambda sheaf: sheaf.photo("JPEG"),
    "a.png": lambda sheaf: sheaf.photo("PNG"),
    "a.tiff": lambda sheaf: sheaf.photo("TIFF"),
    "a.heic": lambda sheaf: sheaf.photo("HEIF"),
    "a.txt": lambda sheaf: sheaf.text.encode(),
    "tcvn3.txt": Sheaf.tcvn3,
    "page.html": Sheaf.page,
    "export.html": lambda sheaf: sheaf.office("html"),
    "a.eml": Sheaf.letter,
    "a.mht": Sheaf.archived_page,
    "a.epub": lambda sheaf: sheaf.office("epub"),
    "a.csv": Sheaf.table,
    "a.zip": Sheaf.archive,
    "a.jsonl": Sheaf.items,
    "a.jsonl.gz": lambda sheaf: gzip.compress(sheaf.items(), mtime=0),
}
"""Every file that can be made, by its name."""
