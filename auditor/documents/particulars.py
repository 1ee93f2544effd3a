"""What a regulation says of itself: which village's it is, what it is called, when it was adopted and recognised.

These are guesses for the person who files it, who corrects them. A wrong guess is worse than none, so places that
contradict one another and days with two readings are left out. Adoption and recognition are those of Luật 10/2022
Đ.21 and NĐ 61/2023 Đ.10–11.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import PurePath

from auditor.documents.dates import dates_in
from auditor.documents.households import households
from auditor.documents.interface import CELL_BREAK, Document
from auditor.documents.outline import outline
from auditor.documents.placenames import Place, begins_with_place, places_in, places_in_filename
from auditor.text import bare, unmarked

HEAD_LINES, TITLE_LINES, TAIL_LINES = 30, 4, 4
_TITLE = re.compile(r"\W*(?:bản\s+)?(?:\(?dự thảo\)?\s*)?(?:bản\s+)?(hương ước|qu[yi] ước)\b", re.IGNORECASE)
_NAMED = re.compile(r"\b(hương ước|qu[yi] ước)\b", re.IGNORECASE)
_DRAFT = re.compile(r"\bdự thảo\b|^\W*lấy ý kiến\b", re.IGNORECASE)
_STATE = re.compile(r"cộng h(?:òa|oà) xã hội|độc lập\s*[-–—]\s*tự do|mặt trận tổ quốc", re.IGNORECASE)
_BODY = re.compile(r"\W*(?:(?:điều|chương|phần)\s+(?:\d|[IVX]+\b|thứ\b)|lời nói đầu|[IVX]+\s?[.)]\s)", re.IGNORECASE)
_OPENING = re.compile(
    r"(?:bản|thôn|tổ dân phố|khu phố|xóm|làng|tiểu khu)\s[^.;]{1,60}?\s(?:có|nằm|là|thuộc|gồm)\s", re.I
)
_SENTENCE = re.compile(r"(?<=[^\W\d_])[.;](?=\s|$)|(?<=[\d)%”\"])[.;](?=\s+[^\W\d_]|$)")
_CUE = re.compile(
    r"(?P<other>căn cứ|nghị định|thông tư|quốc hội|hiến pháp|luật\b|hội đồng nhân dân|hđnd|pháp lệnh|chỉ thị"
    r"|lấy ý kiến|niêm yết|hiệu lực|thay thế|trước đây|lần đầu|dự kiến|áp dụng|thi hành|bãi bỏ|tạm ngừng|sửa đổi"
    r"|bầu|nhiệm kỳ|hạn|biên bản|tỉnh lai châu|ubnd (?:tỉnh|huyện)|(?:ủy|uỷ) ban nhân dân (?:tỉnh|huyện)|/qđ-ttg"
    r"|(?:không|chưa) [^,;]{0,40}?(?:thông qua|công nhận)|(?:ước|bản) cũ)"
    r"|(?P<recognised>công nhận|kèm theo quyết định)|(?P<adopted>thông qua|tán thành|biểu quyết|nhất trí)",
    re.IGNORECASE,
)
_APART = ("(", "TỈNH", "HUYỆN", "UBND", "ỦY BAN", "UỶ BAN", "NĂM ")
_PLAIN_KINDS = {"huong uoc": "hương ước", "quy uoc": "quy ước", "qui uoc": "quy ước"}


@dataclass(frozen=True, slots=True)
class Particulars:
    """What was found; every part may be missing.

    Attributes:
        village: name without its type ("Nà Khương", "số 3"); of a file name perhaps without marks.
        village_type: thôn, bản, tổ dân phố and the like.
        commune: name without its type.
        commune_type: xã, phường, thị trấn or đặc khu.
        name_kind: "hương ước" or "quy ước".
        adopted_on: day the households adopted it.
        recognised_on: day of the decision that recognised it.
        drafted: it calls itself a draft; False where it says that it was adopted or recognised, None in doubt.
        households_total: households of the village.
        households_for: households that were for it.
    """

    village: str | None = None
    village_type: str | None = None
    commune: str | None = None
    commune_type: str | None = None
    name_kind: str | None = None
    adopted_on: date | None = None
    recognised_on: date | None = None
    drafted: bool | None = None
    households_total: int | None = None
    households_for: int | None = None

    def data(self) -> dict[str, str | int | bool]:
        """Return what was found as values of JSON, days in ISO form."""
        found = {name: getattr(self, name) for name in self.__slots__}
        return {name: _plain(value) for name, value in found.items() if value is not None}


def _plain(value: str | int | date) -> str | int:
    return value.isoformat() if isinstance(value, date) else value


def particulars_of(document: Document, filename: str | None = None) -> Particulars:
    """Guess the particulars of a regulation from its head, its end and, last, the name of its file.

    Args:
        document: a regulation; nothing is guessed of an article.
        filename: the name it was handed in under, ``document.id`` if not given.
    """
    if document.kind != "regulation":
        return Particulars()
    stem = PurePath((filename or document.id).rsplit("!", 1)[-1]).stem
    lines = [line for clause in outline(document) for line in _lines(document.text[clause.start : clause.end])]
    head, title = _head(lines)
    village, commune = _places(lines, head, title, stem)
    sentences = [part for line in lines for part in _SENTENCE.split(line)]
    adopted, recognised = _days(sentences)
    total, agreed = households(sentences)
    return Particulars(
        village.name if village else None,
        village.type if village else None,
        commune.name if commune else None,
        commune.type if commune else None,
        _kind(title, lines, stem),
        adopted,
        recognised,
        _drafted(head + title + lines[-TAIL_LINES:], stem, bool(adopted or recognised)),
        total,
        agreed,
    )


def _lines(words: str) -> Iterable[str]:
    """Yield the lines of a clause; only in rows and in lines set in capitals a break ends something."""
    rows = re.split(rf"{re.escape(CELL_BREAK)}|\t", words)
    for row in rows:
        parts = row.split("\n")
        if len(rows) > 1 or all(len(part.split()) <= 12 for part in parts):
            yield from (part.strip() for part in parts if part.strip())
        elif row.strip():
            yield " ".join(row.split())


def _head(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the lines above the title, and the title with the short lines under it."""
    body = next((at for at, line in enumerate(lines[:HEAD_LINES]) if _BODY.match(line)), HEAD_LINES)
    top = lines[:body]
    at = next((at for at, line in enumerate(top) if _TITLE.match(line) and len(line.split()) <= 30), None)
    if at is None:
        return [line for line in top if len(line.split()) <= 14], []
    under = [line for line in top[at + 1 : at + TITLE_LINES + 1] if len(line.split()) <= 30]
    return list(top[:at]), [top[at], *under]


def _places(lines: Sequence[str], head: list[str], title: list[str], stem: str) -> tuple[Place | None, Place | None]:
    """Choose village and commune: from title and letterhead together, else from how the text opens, else the file."""
    framed = [line for line in (*title, *head) if not _STATE.search(line) and not _OPENING.match(line)]
    found = [place for line in _whole(framed) for place in places_in(line)]
    opening = next((line for line in lines[:HEAD_LINES] if _OPENING.match(line)), "")
    opened = list(places_in(opening[:160]))
    chosen: list[Place | None] = []
    for commune in (False, True):
        here = [place for place in found if place.is_commune == commune]
        later = ([place for place in opened if place.is_commune == commune][:1], _of(places_in_filename(stem), commune))
        chosen.append(_agreed(here) if here else next((_agreed(places) for places in later if places), None))
    return chosen[0], chosen[1]


def _whole(lines: Sequence[str]) -> list[str]:
    """Leave out lines that break off inside a name, which only the next line would end."""
    kept: list[str] = []
    for line, following in pairwise((*lines, "")):
        last = next(reversed(list(places_in(line))), None)
        runs_on = following.isupper() and line.isupper() and len(line.split()) > 5 and not _begins(following)
        if last is None or last.closed or not runs_on:
            kept.append(line)
    return kept


def _begins(line: str) -> bool:
    return bool(_TITLE.match(line) or _BODY.match(line) or begins_with_place(line) or line.startswith(_APART))


def _of(places: Iterable[Place], commune: bool) -> list[Place]:
    return [place for place in places if place.is_commune == commune]


def _agreed(places: Sequence[Place]) -> Place | None:
    """Return the place all of these are, None where they differ.

    A name without any marks is that of the others; of spellings that differ in their marks, as scans have them, the one
    that stands most often is taken, and none where several do.
    """
    if not places or len({place.plain for place in places}) > 1:
        return None
    marked = [place for place in places if not unmarked(place.name)] or list(places)
    spellings = Counter(place.key for place in marked).most_common(2)
    if len(spellings) > 1 and spellings[0][1] == spellings[1][1]:
        return None
    return next(place for place in marked if place.key == spellings[0][0])


def _kind(title: Sequence[str], lines: Sequence[str], stem: str) -> str | None:
    named = {_spelt(match) for match in _NAMED.findall(title[0] if title else "")}
    if not named:
        own = re.compile(r"\b(hương ước|qu[yi] ước)\s+(?:này|của (?:bản|thôn|tổ dân phố|khu phố))", re.IGNORECASE)
        named = {_spelt(match) for line in lines for match in own.findall(line)}
    if not named:
        plain = re.sub(r"[\W_]+", " ", bare(stem))
        named = {kind for words, kind in _PLAIN_KINDS.items() if words in plain}
    return next(iter(named)) if len(named) == 1 else None


def _spelt(words: str) -> str:
    return _PLAIN_KINDS[bare(words)]


def _days(sentences: Iterable[str]) -> tuple[date | None, date | None]:
    """Find the days of adoption and recognition: a day goes with the nearest cue before it, else the first after it."""
    found: dict[str, set[date]] = {"adopted": set(), "recognised": set()}
    for sentence in sentences:
        if not re.search(r"ước|hội nghị|quyết định|công nhận|thông qua|tán thành", sentence, re.IGNORECASE):
            continue
        if re.match(r"\W*căn cứ\b", sentence, re.IGNORECASE):
            continue
        dated = list(dates_in(sentence))
        for at, one in enumerate(dated):
            before = dated[at - 1].end if at else 0
            after = dated[at + 1].start if at + 1 < len(dated) else len(sentence)
            cue = _cue(sentence[before : one.start], sentence[one.end : after])
            if cue in found:
                found[cue].add(one.day)
    adopted, recognised = (next(iter(days)) if len(days) == 1 else None for days in found.values())
    if adopted and recognised and recognised < adopted:
        return None, None
    return adopted, recognised


def _cue(before: str, after: str) -> str | None:
    """Tell what a day is the day of; what governs it stands nearest before it."""
    cues = list(_CUE.finditer(before))
    if not cues:
        first = _CUE.search(after)
        return first.lastgroup if first else None
    if any(cue.lastgroup == "other" and cue.group().lower() not in {"biên bản", "sửa đổi"} for cue in cues):
        # "thay thế quy ước được thông qua ngày …" is the day of another text, "Luật … thông qua ngày …" of a law.
        return cues[-1].lastgroup if cues[-1].lastgroup != "other" and _comma(before, cues) else "other"
    return cues[-1].lastgroup


def _comma(before: str, cues: Sequence[re.Match[str]]) -> bool:
    """Tell whether the last cue stands in a part of the sentence of its own, apart from every other matter."""
    other = max(cue.end() for cue in cues if cue.lastgroup == "other")
    return other < cues[-1].start() and "," in before[other : cues[-1].start()]


def _drafted(lines: Sequence[str], stem: str, settled: bool) -> bool | None:
    plain = re.sub(r"[\W_]+", " ", bare(stem))
    said = any(_DRAFT.search(line) and len(line.split()) <= 25 for line in lines) or "du thao" in plain
    if said:
        return None if settled else True
    return False if settled else None
