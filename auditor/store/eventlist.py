"""The register of events as a table for spreadsheets: mistakes are told by row, and no cell that is written acts."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from auditor.errors import StoreError
from auditor.store.events import Event, Happening
from auditor.text import bare

COLUMNS = ("Ngày", "Đơn vị tổ chức", "Xã, phường", "Nội dung", "Hình thức", "Nữ", "Nam")
NEEDED = COLUMNS[:2] + COLUMNS[3:4]
ACTS = ("=", "+", "-", "@", "\t", "\r")
"""Signs at the start of a cell that make a spreadsheet run it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row of a table; ``row`` as the spreadsheet counts them, the heading being row 1."""

    row: int
    words: str


def read_events(
    data: bytes, commune: Callable[[str], int | None], *, only_unit: int | None = None
) -> tuple[list[Happening], list[Fault]]:
    """Read a table of events (csv, with commas, semicolons or tabs).

    Args:
        data: the bytes of the file, UTF-8 with or without its mark.
        commune: gives the id of a commune by its name, None for an unknown one.
        only_unit: the only commune whose events may be read; an empty cell means that one.

    Raises:
        StoreError: GA380, the file is no such table.
    """
    rows = _rows(data)
    titles = [bare(cell.strip()) for cell in next(rows, [])]
    missing = [name for name in NEEDED if bare(name) not in titles]
    if missing:
        raise StoreError(
            "GA380", f"Bảng thiếu cột {', '.join(missing)}. Hàng đầu cần có các cột: {', '.join(COLUMNS)}."
            " Có thể tải bảng mẫu ở trang này.",
        )  # fmt: skip
    places = {name: titles.index(bare(name)) for name in COLUMNS if bare(name) in titles}
    found: list[Happening] = []
    faults: list[Fault] = []
    for row, cells in enumerate(rows, 2):
        if not any(cell.strip() for cell in cells):
            continue
        values = {name: _plain(cells[at]) if at < len(cells) else "" for name, at in places.items()}
        try:
            found.append(_happening(values, commune, only_unit))
        except ValueError as error:
            faults.append(Fault(row, str(error)))
    return found, faults


def write_events(events: Iterable[Event]) -> bytes:
    """Write events as csv that Excel reads as UTF-8; a cell that would act is kept from it by an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for one in events:
        day = datetime.strptime(one.on_date, "%Y-%m-%d").strftime("%d/%m/%Y")
        numbers = ("" if n is None else str(n) for n in (one.women, one.men))
        writer.writerow([day, *map(neutral, (one.organiser, one.unit, one.title, one.form)), *numbers])
    return out.getvalue().encode("utf-8-sig")


def neutral(cell: str) -> str:
    """Return a cell that no spreadsheet runs."""
    return f"'{cell}" if cell.startswith(ACTS) else cell


def _rows(data: bytes) -> Iterator[list[str]]:
    try:
        words = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise StoreError("GA380", "Tệp chưa phải bảng csv mã UTF-8. Trong Excel, chọn Lưu dạng “CSV UTF-8”.") from error
    heading = words.split("\n", 1)[0]
    return csv.reader(io.StringIO(words, newline=""), delimiter=max(",;\t", key=heading.count))


def _plain(cell: str) -> str:
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(ACTS) else cell


def _happening(values: dict[str, str], commune: Callable[[str], int | None], only_unit: int | None) -> Happening:
    name = values.get("Xã, phường", "")
    unit = commune(name) if name else only_unit
    if name and unit is None:
        raise ValueError(f"không có xã, phường tên “{name}”")
    if only_unit is not None and unit != only_unit:
        raise ValueError("chỉ nhập được hoạt động của xã, phường mình")
    if not values["Đơn vị tổ chức"] or not values["Nội dung"]:
        raise ValueError("thiếu đơn vị tổ chức hoặc nội dung")
    return Happening(
        _day(values["Ngày"]), values["Đơn vị tổ chức"], unit, values["Nội dung"], values.get("Hình thức", ""),
        _number(values.get("Nữ", "")), _number(values.get("Nam", "")),
    )  # fmt: skip


def _day(words: str) -> date:
    for form in ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y"):
        try:
            return datetime.strptime(words, form).date()
        except ValueError:
            continue
    raise ValueError(f"“{words}” chưa phải một ngày, ví dụ 08/03/2026")


def _number(words: str) -> int | None:
    if not words:
        return None
    if not words.isdecimal():
        raise ValueError(f"“{words}” chưa phải số người")
    return int(words)
