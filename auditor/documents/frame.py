"""What frames a regulation and says nothing: the letterhead above, the signatures below."""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditor.documents.headings import is_capital
from auditor.documents.interface import CELL_BREAK
from auditor.documents.lines import Unit
from auditor.documents.marks import Level

_TOP = 15
_HEAD = re.compile(
    r"cộng h(?:òa|oà) xã hội chủ nghĩa|độc lập\s*[-–—]\s*tự do\s*[-–—]\s*hạnh phúc|^(?:việt nam)$"
    r"|^(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân|hđnd|hội đồng nhân dân|đảng ủy|mttq|mặt trận tổ quốc)\b[^.;:]{0,70}$"
    r"|^số\s*:?\s*[\d.…]*\s*/|^số\s*:|^\W*(?:kèm theo|ban hành kèm|đã được|hội nghị|lấy ý kiến"
    r"|thông qua)\b[^;]{0,160}\)$",
    re.IGNORECASE,
)
_DATE = re.compile(r"^[^.;:]{0,50},?\s*ngày\s+[\d.…_]+\s*tháng\s+[\d.…_]+\s*năm\s*[\d.…_]*$", re.IGNORECASE)
_CUE = re.compile(
    r"^\W*(?:TM\.|T/M|KT\.|TL\.|TUQ\.|Q\.|(?i:thay mặt|nơi nhận|xác nhận của|người (?:lập|soạn|viết"
    r"|ghi)|đại diện|đã ký|\(?ký\b"
    r"|chủ trì|chủ tọa|thư ký))"
)
_POST = re.compile(
    r"^\W*(?:q\. ?)?(?:phó )?(?:trưởng (?:bản|thôn|xóm|ấp|buôn|làng|khu|khu phố|tổ|ban|họ|dòng họ)"
    r"|tổ trưởng|bí thư|chủ tịch|già làng"
    r"|chi hội trưởng|chi hội|trưởng ban|ban công tác|người có uy tín|công an|ủy ban|uỷ ban|mặt trận"
    r"|hội (?:trưởng|nông|phụ|cựu|người))\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"^(?:[^\W\d_a-zà-ỹ][^\W\d_]*\.?\s*){2,6}$")
_DUTY = re.compile(r"\b(?:phải|không|cấm|chỉ|thì|bị|có trách nhiệm|được (?!công nhận))\b", re.IGNORECASE)


def letterhead(text: str, units: Sequence[Unit]) -> frozenset[int]:
    """Find the units of the letterhead: everything short and without a mark up to its last known line."""
    last = -1
    for at, unit in enumerate(units[:_TOP]):
        if unit.mark is not None and unit.mark.level is not Level.DASH:
            break
        words = text[unit.start : unit.end]
        if len(words.split()) > (60 if unit.is_row else 30):
            break
        if _is_head(words, unit.is_row):
            last = at
    found: set[int] = set()
    for at in range(last + 1):
        words = text[units[at].start : units[at].end]
        blank = not any(letter.isalnum() for letter in words)
        if _is_head(words, units[at].is_row) or blank or (is_capital(words) and not _is_title(words)):
            found.add(at)
    return frozenset(found)


def _is_title(words: str) -> bool:
    return (
        re.match(r"\W*(?:DỰ THẢO|HƯƠNG ƯỚC|QUY ƯỚC|QUI ƯỚC|NỘI QUY|QUY ĐỊNH|QUY CHẾ|QUYẾT ĐỊNH|BẢN QUY ƯỚC)", words)
        is not None
    )


def _is_head(words: str, row: bool) -> bool:
    lines = [line.strip() for cell in words.split(CELL_BREAK) for line in cell.split("\n")] if row else [words]
    return any(_HEAD.search(line) or _DATE.match(line) for line in lines if line)


def signatures(text: str, units: Sequence[Unit]) -> frozenset[int]:
    """Find the signature block: the run of posts, names and short lines at the end, from its first known line on."""
    run: list[int] = []
    for at in range(len(units) - 1, -1, -1):
        if units[at].block.block.note:
            continue
        if not _could_sign(text, units[at]):
            break
        run.append(at)
    run.reverse()
    for index, at in enumerate(run):
        if _is_cue(text, units[at], alone=index == len(run) - 1):
            before = run[index - 1] if index else None
            if before is not None and _DATE.match(text[units[before].start : units[before].end]):
                index -= 1
            return frozenset(run[index:])
    return frozenset()


def _parts(text: str, unit: Unit) -> list[str]:
    words = text[unit.start : unit.end]
    if CELL_BREAK not in words and "\t" not in words and "\n" not in words:
        return [words]
    return [part.strip() for part in re.split(r"\n|\t+| \| ", words) if part.strip()]


def _could_sign(text: str, unit: Unit) -> bool:
    if unit.mark is not None and unit.mark.level < Level.DASH:
        return False
    parts = _parts(text, unit)
    dash = unit.mark is not None
    return all(
        len(part.split()) <= 14
        and not _DUTY.search(part)
        and (dash or not part.endswith((".", ";")) or _CUE.match(part))
        for part in parts
    )


def _is_cue(text: str, unit: Unit, *, alone: bool) -> bool:
    """Tell whether a unit opens a signature block; the very last line of a text alone must be unmistakable."""
    if unit.mark is not None:
        return False
    parts = _parts(text, unit)
    if any(_CUE.match(part) for part in parts):
        return len(parts) > 1 or len(parts[0].split()) <= 10
    posts = [part for part in parts if _POST.match(part) and (is_capital(part) or len(part.split()) <= 4)]
    return len(posts) == len(parts) and (not alone or len(parts) > 1)
