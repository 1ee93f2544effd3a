"""How many households a village has, and how many were for its regulation (Luật 10/2022 Đ.21: over half of all)."""

from __future__ import annotations

import re
from collections.abc import Iterable

_COUNT = r"(\d{1,3}(?:\.\d{3})?|\d{1,4})"
_VOTE = re.compile(
    rf"(?<![\d/.]){_COUNT}\s*(?:/|trên(?: tổng số)?|trong(?: tổng)? số)\s*{_COUNT}\s*(?:đại diện )?(?:chủ )?hộ\b"
    r"(?P<after>[^.;,]{0,60})",
    re.IGNORECASE,
)
_OUT_OF = re.compile(
    rf"(?<![\d/.]){_COUNT}\s*hộ\s*(?:/|trên|trong)\s*(?:tổng số )?{_COUNT}\s*hộ\b(?P<after>[^.;,]{{0,60}})", re.I
)
_FOR = re.compile(r"tán thành|đồng ý|nhất trí|thông qua|biểu quyết", re.IGNORECASE)
_ABOUT = re.compile(r"ước|hội nghị|biểu quyết|tán thành|thông qua|đồng ý", re.IGNORECASE)
_PRESENT = re.compile(r"dự họp|có mặt|tham dự|dự hội nghị|tham gia", re.IGNORECASE)
_HAS = re.compile(
    r"\b(?:bản|thôn|tổ dân phố|khu phố|khu dân cư|xóm|làng|tiểu khu)\b[^.;:]{0,80}?\b(?:có|gồm)\s+(?:tổng (?:số )?)?"
    rf"{_COUNT}\s*hộ(?=\s*(?:[,;./(]|gia đình|dân\b|với\b|và\b|nhân khẩu|$))",
    re.IGNORECASE,
)


def households(sentences: Iterable[str]) -> tuple[int | None, int | None]:
    """Return the households of the village and those for the regulation, each None where unsaid or contradictory."""
    totals: set[int] = set()
    votes: set[tuple[int, int | None]] = set()
    for sentence in sentences:
        totals.update(_number(match[1]) for match in _HAS.finditer(sentence))
        for match in (*_VOTE.finditer(sentence), *_OUT_OF.finditer(sentence)):
            agreed, whole = _number(match[1]), _number(match[2])
            near = sentence[max(0, match.start() - 60) : match.end()]
            if agreed <= whole and _FOR.search(near) and _ABOUT.search(sentence):
                # Who sat in the meeting is not the whole village.
                votes.add((agreed, None if _PRESENT.search(near) else whole))
    if len(votes) == 1:
        most, voters = next(iter(votes))
        if voters is not None:
            totals.add(voters)
        total = next(iter(totals)) if len(totals) == 1 else None
        return total, most if total is None or most <= total else None
    return next(iter(totals)) if len(totals) == 1 else None, None


def _number(digits: str) -> int:
    return int(digits.replace(".", ""))
