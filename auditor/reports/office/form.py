"""The frame of an official paper: letterhead, name, addressee, recipients, signature and appendices.

Source: NĐ 30/2020/NĐ-CP, Phụ lục I.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from auditor.record import Model
from auditor.reports.office import oxml
from auditor.reports.office.paper import CELL, CENTRE, ITEM, WIDTH, Bold, Italic, Paper
from auditor.reports.office.words import long_day

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
LEFT, RIGHT = 6.9, 9.6
# Breadth of bold letters of Times New Roman in parts of their size, measured over the words of a letterhead.
CAPITAL, SMALL = 0.565, 0.43
POINT = 2.54 / 72


class Letterhead(Model):
    """Who writes, from where, under which number.

    Attributes:
        parent: cơ quan chủ quản, for example "UBND tỉnh Lai Châu"; empty where there is none.
        office: cơ quan ban hành as it stands in a sentence, for example "Sở Văn hóa, Thể thao\\nvà Du lịch"; the head
            writes it in capitals and keeps its line end.
        place: địa danh, for example "Lai Châu".
        symbol: ký hiệu after the number, for example "BC-SVHTTDL".
        number: số; blank room to fill in where it is empty.
        day: blank room where it is None.
        year: the year shown while the day is not known.
    """

    parent: str
    office: str
    place: str
    symbol: str
    number: str = ""
    day: date | None = None
    year: int | None = None

    @property
    def reference(self) -> str:
        """Return number and symbol as others cite them."""
        return f"{self.number or '     '}/{self.symbol}"

    @property
    def dated(self) -> str:
        """Return the day in words, with blanks where it is not known."""
        return long_day(self.day, self.year)


class Signature(Model):
    """Who signs.

    Attributes:
        title: chức vụ, for example "GIÁM ĐỐC" or "PHÓ GIÁM ĐỐC".
        on_behalf: the line above it, for example "KT. GIÁM ĐỐC"; empty where there is none.
        name: họ và tên; blank where it is not known.
    """

    title: str
    on_behalf: str = ""
    name: str = ""


def letterhead(paper: Paper, head: Letterhead, *, about: str = "") -> None:
    """Write the head of the first page; ``about`` is the subject of a letter, which stands under its number."""
    left: list[Any] = [_line(head.parent.upper(), 12)] if head.parent else []
    name = head.office.upper()
    left += [_line(name, 12, bold=True)]
    shown = max(len(line) for line in name.split("\n")) * 12 * CAPITAL * POINT
    left += [oxml.rule(min(shown, LEFT) * 0.45, LEFT), _line(f"Số: {head.reference}", 13)]
    if about:
        left.append(_line(f"V/v {about}", 12))
    right = [
        _line(NATION, 13, bold=True),
        _line(MOTTO, 14, bold=True),
        oxml.rule(len(MOTTO) * 14 * SMALL * POINT, RIGHT),
        _line(f"{head.place}, {head.dated}", 14, italic=True),
    ]
    paper.borderless([left, right], (LEFT, RIGHT))
    paper.gap()


def title(paper: Paper, kind: str, about: str) -> None:
    """Write the kind of paper (BÁO CÁO) and what it is about, with a rule under them."""
    paper.gap()
    paper.text(Bold(kind.upper()), style=CENTRE)
    paper.text(Bold(about), style=CENTRE)
    longest = min(max(len(line) for line in about.split("\n")) * 14 * SMALL * POINT, WIDTH)
    paper.place(oxml.rule(longest * 0.4, paper.width))
    paper.gap()


def addressee(paper: Paper, *names: str) -> None:
    """Write to whom the paper goes."""
    if len(names) == 1:
        paper.text(f"Kính gửi: {names[0]}", style=CENTRE)
    else:
        paper.text("Kính gửi:", style=CENTRE)
        for number, name in enumerate(names, 1):
            paper.text(f"- {name}{'.' if number == len(names) else ';'}", style=CENTRE)
    paper.gap()


def closing(paper: Paper, recipients: Sequence[str], signed: Signature, filed: str) -> None:
    """Write the recipients on the left and the signature on the right.

    Args:
        filed: the last recipient, who keeps the paper, for example "VT, TTBCXB".
    """
    paper.gap()
    paper.keep()
    left = [oxml.paragraph(ITEM, [oxml.run("Nơi nhận:", bold=True, italic=True, half_points=24)])]
    left += [oxml.paragraph(ITEM, [oxml.run(f"- {name};")]) for name in recipients]
    left.append(oxml.paragraph(ITEM, [oxml.run(f"- Lưu: {filed}.")]))
    right = [_line(line, 14, bold=True) for line in (signed.on_behalf.upper(), signed.title.upper()) if line]
    right += [_line("", 14) for _ in range(4)]
    right.append(_line(signed.name, 14, bold=True))
    paper.borderless([left, right], (7.5, 9.0))


def appendix(paper: Paper, number: str, name: str, kind: str, head: Letterhead, *, landscape: bool = False) -> None:
    """Begin an appendix on a new page, numbered in Roman; empty ``number`` where there is only one."""
    paper.new_part(landscape=landscape)
    paper.text(Bold(f"PHỤ LỤC {number}".strip()), style=CENTRE)
    paper.text(Bold(name), style=CENTRE)
    words = f"(Kèm theo {kind} số {head.reference} {head.dated} của {' '.join(head.office.split())})"
    paper.text(Italic(words), style=CENTRE)
    paper.place(oxml.rule(4.0, paper.width))
    paper.gap()


def _line(words: str, size: int, *, bold: bool = False, italic: bool = False) -> Any:
    return oxml.paragraph(CELL, [oxml.run(words, bold=bold, italic=italic, half_points=2 * size)], align="center")
