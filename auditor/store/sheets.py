"""Tables that people hand in and take with them: rows of cells from xlsx or csv, and csv with words that stay words.

A cell that begins with ``=``, ``+``, ``-`` or ``@`` is a formula to a spreadsheet. Read, it is kept as the text it is;
written to csv, it gets an apostrophe before it (OWASP, CSV injection).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from auditor.documents.limits import Limits
from auditor.documents.package import Package
from auditor.documents.plain import written
from auditor.errors import DocumentError, StoreError

LARGEST = 5_000_000
"""Greatest number of bytes of a table handed in."""
MOST_ROWS, MOST_CELLS = 5_000, 40
FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MARKS = ",;\t|"
_LETTERS = re.compile(r"[A-Z]+")
_BOOK = "xl/workbook.xml"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

Cells = tuple[str, ...]


def read_rows(data: bytes) -> list[Cells]:
    """Read the first sheet of an xlsx file, or a csv file; empty rows stay, so that a row keeps its number.

    Raises:
        StoreError: GA392, it is neither, is damaged, or is too large.
    """
    if len(data) > LARGEST:
        raise _unusable(f"tệp lớn hơn {LARGEST // 1_000_000} MB")
    try:
        rows = _of_book(data) if data.startswith(b"PK") else _of_text(data)
        found = []
        for cells in rows:
            found.append(tuple(_plain(cell) for cell in cells[:MOST_CELLS]))
            if len(found) > MOST_ROWS:
                raise _unusable(f"bảng dài quá {MOST_ROWS} dòng; xin chia thành vài tệp")
    except DocumentError as error:
        raise _unusable(error.message) from error
    except (csv.Error, etree.LxmlError, ValueError, IndexError) as error:
        raise _unusable("tệp bị hỏng hoặc không phải bảng xlsx, csv") from error
    if not any(any(cells) for cells in found):
        raise _unusable("bảng không có dòng nào")
    return found


def write_csv(rows: Iterable[Sequence[object]]) -> bytes:
    """Write rows as csv that spreadsheets open with Vietnamese letters whole and no cell taken for a formula."""
    out = io.StringIO()
    csv.writer(out).writerows([harmless("" if cell is None else str(cell)) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """Return a cell as words that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell


def _plain(cell: str) -> str:
    """Return a cell in one line, without the apostrophe that :func:`harmless` gave it."""
    words = " ".join(cell.split())
    return words[1:] if words.startswith("'") and harmless(words[1:]) == words else words


def _of_text(data: bytes) -> Iterator[list[str]]:
    text, _, _ = written(data)
    if "\x00" in text:
        raise _unusable("tệp không phải bảng xlsx hay csv")
    first = text[:10_000].split("\n", 1)[0]
    yield from csv.reader(io.StringIO(text), delimiter=max(_MARKS, key=first.count))


def _of_book(data: bytes) -> Iterator[list[str]]:
    book = Package(data, Limits())
    shared = [_words(item) for item in _children(book.xml("xl/sharedStrings.xml"), "si")]
    sheet = book.xml(_first_sheet(book))
    if sheet is None:
        raise _unusable("không thấy trang tính nào trong tệp xlsx")
    number = 0
    for row in sheet.iter("{*}row"):
        number += 1
        # Rows without a cell are left out of the file.
        while number < min(int(row.get("r") or number), MOST_ROWS + 1):
            yield []
            number += 1
        cells: list[str] = []
        for cell in _children(row, "c"):
            place = _column(cell.get("r") or "", len(cells))
            if place >= MOST_CELLS:
                break
            cells.extend([""] * (place - len(cells)))
            cells.append(_value(cell, shared))
        yield cells


def _first_sheet(book: Package) -> str:
    root, links = book.xml(_BOOK), book.xml("xl/_rels/workbook.xml.rels")
    first = None if root is None else next(root.iter("{*}sheet"), None)
    if first is None or links is None:
        raise _unusable("không thấy trang tính nào trong tệp xlsx")
    for link in links:
        if link.get("Id") == first.get(_RELATION):
            target = link.get("Target") or ""
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    raise _unusable("không thấy trang tính nào trong tệp xlsx")


def _value(cell: etree._Element, shared: Sequence[str]) -> str:
    formula, value = cell.find("{*}f"), cell.findtext("{*}v") or ""
    if formula is not None:
        return f"={formula.text or ''}"
    kind = cell.get("t")
    if kind == "s":
        return shared[int(value)]
    if kind == "inlineStr":
        return _words(cell)
    # Whole numbers may be written as 52.0 or 5.2E1.
    return str(int(float(value))) if kind in {None, "n"} and value and float(value).is_integer() else value


def _words(element: etree._Element) -> str:
    # Furigana and the like (rPh) repeat what the text says.
    return "".join(part.text or "" for part in element.iter("{*}t") if "rPh" not in str(_tag(part.getparent())))


def _tag(element: etree._Element | None) -> str:
    return "" if element is None else str(element.tag)


def _children(element: etree._Element | None, name: str) -> list[etree._Element]:
    return [] if element is None else element.findall(f"{{*}}{name}")


def _column(reference: str, after: int) -> int:
    letters = _LETTERS.match(reference)
    if letters is None:
        return after
    number = 0
    for letter in letters.group()[:3]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return max(number - 1, after)


def _unusable(why: str) -> StoreError:
    return StoreError("GA392", f"Không dùng được bảng này: {why}. Xin lưu lại theo tệp mẫu rồi gửi lại.")
