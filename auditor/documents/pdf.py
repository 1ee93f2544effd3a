"""PDF with a text layer, read with pdfplumber: lines by position, headers and page numbers out, paragraphs rejoined.

pdfplumber keeps Vietnamese marks and gives positions and tables; pypdfium2 is faster but gives no lines to rejoin.
"""

from __future__ import annotations

import io
import re
from collections import Counter

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect

from auditor.documents.codes import Code, trouble, warning
from auditor.documents.interface import CELL_BREAK, Block, Reading
from auditor.documents.limits import Limits
from auditor.documents.plain import from_old_letters

_PAGE_NUMBER = re.compile(r"^\W*(?:trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?\W*$", re.IGNORECASE)
_OPENS = re.compile(
    r"^\W*(?:điều\s+\d|chương\s|mục\s+[\dIVX]|phần\s+thứ|[IVXLC]+[.)]\s|\d{1,2}[.)]\s|[a-zđ]\)\s|[-–—+•]\s)", re.IGNORECASE
)


def read(data: bytes, name: str, limits: Limits) -> Reading:
    """Read a PDF that has a text layer.

    Raises:
        DocumentError: GA204 damaged, GA205 locked, GA208 too many pages, GA209 too slow, GA210 no pages, GA211 a scan.
    """
    check = limits.clock()
    pages: list[list[str]] = []
    tables: dict[int, list[list[str]]] = {}
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            if not pdf.pages:
                raise trouble(Code.NO_PAGES)
            if len(pdf.pages) > limits.pages:
                raise trouble(Code.TOO_MANY_PAGES, pages=len(pdf.pages), limit=limits.pages)
            for number, page in enumerate(pdf.pages, 1):
                check()
                found = page.find_tables()
                rest = page
                for table in found:
                    rest = rest.outside_bbox(table.bbox)
                    rows = [[" ".join((cell or "").split()) for cell in row] for row in table.extract()]
                    tables.setdefault(number, []).extend(rows)
                pages.append((rest.extract_text() or "").splitlines())
                page.close()
    except PDFPasswordIncorrect as error:
        raise trouble(Code.LOCKED) from error
    except (ValueError, KeyError, TypeError, AssertionError, IndexError, AttributeError) as error:
        raise trouble(Code.DAMAGED, detail=type(error).__name__) from error
    except Exception as error:
        if type(error).__module__.startswith(("pdfminer", "pdfplumber")):
            locked = "Password" in repr(error)
            raise (trouble(Code.LOCKED) if locked else trouble(Code.DAMAGED, detail="PDF")) from error
        raise
    if not any(line.strip() for page in pages for line in page) and not tables:
        raise trouble(Code.SCAN)
    blank = [str(i) for i, page in enumerate(pages, 1) if not any(line.strip() for line in page) and i not in tables]
    blocks = _paragraphs(_without_margins(pages))
    joined, encoding = from_old_letters("\n".join(block.text for block in blocks))
    if encoding != "unicode":
        texts = joined.split("\n")
        blocks = [Block(text, page=block.page) for text, block in zip(texts, blocks, strict=True)]
    for index, (number, rows) in enumerate(sorted(tables.items())):
        at = max((i + 1 for i, block in enumerate(blocks) if (block.page or 0) <= number), default=0)
        blocks[at:at] = [
            Block(CELL_BREAK.join(cell for cell in row if cell), page=number, table=index, header=i == 0)
            for i, row in enumerate(rows)
            if any(row)
        ]
    warnings = (warning(Code.PAGES_WITHOUT_TEXT, pages=", ".join(blank)),) if blank else ()
    return Reading("pdf", tuple(blocks), encoding=encoding, warnings=warnings)


def _without_margins(pages: list[list[str]]) -> list[list[str]]:
    """Drop page numbers, and first and last lines that come back on most pages."""
    edges = Counter(
        line.strip() for page in pages for line in {*page[:2], *page[-2:]} if line.strip()
    )
    repeated = {line for line, count in edges.items() if len(pages) > 2 and count > len(pages) / 2}
    kept = []
    for page in pages:
        last = len(page) - 1
        kept.append(
            [
                line
                for i, line in enumerate(page)
                if not ((i in {0, last} and _PAGE_NUMBER.match(line)) or (i < 2 or i > last - 2) and line.strip() in repeated)
            ]
        )
    return kept


def _paragraphs(pages: list[list[str]]) -> list[Block]:
    """Join lines to paragraphs, over page breaks too."""
    longest = max((len(line) for page in pages for line in page), default=0)
    blocks: list[Block] = []
    last = ""
    for number, page in enumerate(pages, 1):
        for raw in page:
            line = " ".join(raw.split())
            if not line:
                continue
            full = len(last) > 0.75 * longest
            goes_on = (
                blocks
                and not _OPENS.match(line)
                and full
                and (last[-1] not in ".:;!?" or line[0].islower())
                and not (last.isupper() and not line.isupper())
            )
            if goes_on:
                before = blocks[-1]
                hyphen = before.text.endswith("-") and not before.text.endswith(" -") and line[0].islower()
                text = before.text[:-1] + line if hyphen else before.text + " " + line
                blocks[-1] = Block(text, page=before.page)
            else:
                blocks.append(Block(line, page=number))
            last = line
    return blocks
