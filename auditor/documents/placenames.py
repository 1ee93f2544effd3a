"""Villages and communes as the lines of a regulation name them: "BẢN NÀ KHƯƠNG", "tổ dân phố số 3, phường Tân Phong".

The word before a name is treacherous: "bản" is also a copy of a text, "xã" stands in "xã hội", "Bản Bo" is a commune.
So a name must follow its type in capitals or with capital letters, and what does not look like a name is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.documents.headings import is_capital
from auditor.text import bare, spelled

LONGEST = 5
VILLAGES = {
    "tổ dân phố": "tổ dân phố", "tdp": "tổ dân phố", "khu dân cư": "khu dân cư", "tiểu khu": "tiểu khu",
    "khu phố": "khu phố", "thôn": "thôn", "bản": "bản", "xóm": "xóm", "làng": "làng", "ấp": "ấp", "buôn": "buôn",
    "khu": "khu", "tổ": "tổ",
}  # fmt: skip
_NUMBERED = ("khu", "tổ")
"""Types that are too common as words to stand before anything but a number."""
COMMUNES = {"đặc khu": "đặc khu", "thị trấn": "thị trấn", "phường": "phường", "xã": "xã"}
TYPES = {**VILLAGES, **COMMUNES}
_TYPE = re.compile(rf"(?<!\w)({'|'.join(sorted(TYPES, key=len, reverse=True))})(?!\w)[ \t]+", re.IGNORECASE)
_PLAIN_TYPES = {bare(word): name for word, name in TYPES.items()}
_NOT_AFTER = re.compile(r"(?:nông|liên|trưởng|hợp tác|thị|văn|tác|các|mỗi|toàn|theo|này|thành phố)\s+$", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_STOPS = re.compile(
    r"(?:xã|phường|thị|đặc|huyện|tỉnh|thành|thôn|bản|tổ|khu|xóm|làng|năm|giai|quy|qui|hương|dự|cộng|độc|số|lời|chương"
    r"|điều|phần|mục|của|được|nhiệm|về|căn|kèm|ban|ngày|thuộc|ngoài|trong|đã|do|và|có|lần|sửa)"
)
_NEVER = re.compile(
    r"(?:văn (?:hóa|hoá)|hội|viên|dự thảo|quy|qui|hương|sao|cam kết|kiểu mẫu|này|tin|chính|gốc|đội|hòa giải|hoà giải"
    r"|trưởng|bầu|liên gia|tự quản|công tác|anh|chị|chúng|quốc|vực|chức|sắc|thân|làng|án|quyền|nghề|bán|giềng|ghi"
    r"|mẫu|di tích)\b",
    re.IGNORECASE,
)
_FILE_STOPS = re.compile(
    r"xa|phuong|huyen|tinh|thon|ban|tdp|quy|qui|huong|du|ngay|lan|va|final|sua|scan|chinh|moi|cu|v\d|ok"
)
_NUMBER = re.compile(r"(?:số\s+)?0*(\d{1,3})([A-Za-zĐđ]?)(?![\w/%.]|\s+(?:hộ|khẩu|người|nhân))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """A place; ``name`` without its type: "Nà Khương", "số 3", "3". ``closed`` says that something ended the name."""

    type: str
    name: str
    closed: bool = True

    @property
    def is_commune(self) -> bool:
        """Whether it is a commune and not a village."""
        return self.type in COMMUNES.values()

    @property
    def key(self) -> str:
        """What two spellings of the same name share; marks tell names apart: "Mé" is another village than "Mè"."""
        return re.sub(r"\bsố\b|\bso\b|[\W_]", "", spelled(self.name))

    @property
    def plain(self) -> str:
        """What two spellings of the same name share where marks are left out."""
        return re.sub(r"\bso\b|[\W_]", "", bare(self.name))


def places_in(line: str) -> Iterator[Place]:
    """Yield the places a line names, in order."""
    capital = is_capital(line)
    taken = 0
    for match in _TYPE.finditer(line):
        if match.start() < taken or _NOT_AFTER.search(line, 0, match.start()):
            continue
        if _NEVER.match(line, match.end()):
            continue
        name, end = _name(line, match.end(), capital or match[1].isupper())
        if name and (match[1].lower() not in _NUMBERED or name[-1].isdigit()):
            taken = end
            yield Place(TYPES[match[1].lower()], name, bool(line[end:].strip()))


def begins_with_place(line: str) -> bool:
    """Tell whether the first word of a line is a type, so that no name from the line above runs on into it."""
    return _TYPE.match(line.lstrip(" -–(*")) is not None


def places_in_filename(stem: str) -> Iterator[Place]:
    """Yield the places the name of a file tells, with or without marks: "QU_ban_Na_Khoang-xa-Muong-Than"."""
    words = re.findall(r"[^\W_]+", stem)
    plain = [bare(word) for word in words]
    at = 0
    while at < len(words):
        size = next((n for n in (3, 2, 1) if " ".join(plain[at : at + n]) in _PLAIN_TYPES), 0)
        if not size:
            at += 1
            continue
        type = _PLAIN_TYPES[" ".join(plain[at : at + size])]
        at += size
        name: list[str] = []
        while at < len(words) and len(name) < LONGEST and (not name or not _FILE_STOPS.fullmatch(plain[at])):
            if re.fullmatch(r"(?:19|20)\d\d", words[at]):
                break
            name.append(words[at])
            at += 1
            if name[-1].isdigit():
                break
        if type == "bản" and name and _NEVER.match(" ".join(name)):
            continue
        if len(name) > 1 or (name and name[0].isdigit()):
            yield Place(type, " ".join(_cased(word) for word in name))


def _name(line: str, start: int, capital: bool) -> tuple[str, int]:
    """Read a name from where its type ends: a number, or syllables with capital letters and perhaps a number last."""
    number = _NUMBER.match(line, start)
    if number is not None:
        said = "số " if number.group().lower().startswith("số") else ""
        return f"{said}{number[1]}{number[2].upper()}", number.end()
    words: list[str] = []
    end = start
    for match in _WORD.finditer(line, start):
        word = match.group()
        gap = line[end : match.start()]
        if words and gap.strip(" \t\u00a0"):
            break
        known = _STOPS.fullmatch(word.lower()) and (words or word.lower() not in TYPES)
        if known or len(words) == LONGEST or not (word[0].isupper() or (word.isdigit() and words)):
            break
        if word.isdigit() and re.match(r"[/%.]\d|\s+(?:hộ|người)", line[match.end() :]):
            break
        words.append(word)
        end = match.end()
        if word.isdigit():
            break
    if len(words) == 1 and words[0].lower() in TYPES:
        return "", start
    if capital:
        words = [_cased(word) for word in words]
    return " ".join(words), end


def _cased(word: str) -> str:
    """Write a syllable set in capitals as names are written; Roman numbers stay."""
    if re.fullmatch(r"[IVX]{1,4}", word) and word not in {"I", "X"}:
        return word
    return "-".join(part[:1].upper() + part[1:].lower() for part in word.split("-"))
