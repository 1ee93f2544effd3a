"""The same thing given to the two sexes, alike or not: "nam: 200.000, nữ: 150.000"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from auditor.matching.sentence import Sentence
from auditor.rulebook.lexicon import Mention

_DIGITS = re.compile(r"\d")
_WORDS = {
    "nửa": "0,5", "một": "1", "hai": "2", "ba": "3", "bốn": "4", "năm": "5", "sáu": "6", "bảy": "7", "tám": "8",
    "chín": "9", "mười": "10",
}  # fmt: skip
_UNITS = frozenset({
    "đồng", "đ", "k", "nghìn", "ngàn", "triệu", "phần", "suất", "công", "sào", "ngày", "cân", "kg", "lít", "con",
    "điểm", "buổi", "bát", "chai", "bạc", "m2", "thước", "gánh", "yến", "tạ", "lạng", "mâm", "chỉ", "đôi", "quyển",
    "vở", "tháng",
})  # fmt: skip
_PEOPLE = frozenset({"người", "em", "cháu", "hội", "thành", "đại", "%"})
_AGES = frozenset({"tuổi", "tuối"})
REACH = 9


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two groups of different sex with amounts of one unit; syllables ``[first, last)``."""

    one: Mention
    other: Mention
    amounts: tuple[str, str]
    unit: str
    first: int
    last: int

    @property
    def is_equal(self) -> bool:
        """Whether both get the same."""
        return self.amounts[0] == self.amounts[1]

    @property
    def counts_people(self) -> bool:
        """Whether the amounts are numbers of people: a statistic, not something given."""
        return self.unit in _PEOPLE


def contrasts(sentence: Sentence) -> Iterator[Contrast]:
    """Yield each pair of groups of different sex that get amounts of the same unit, ages aside."""
    shares = [(who, share) for who in sentence.people if (share := _amount(sentence, who)) is not None]
    for (one, (amount, unit, end)), (other, (amount2, unit2, end2)) in pairwise(shares):
        if one.sex != other.sex and unit == unit2 and not (unit in _AGES and amount != amount2):
            yield Contrast(one, other, (amount, amount2), unit, one.first, max(end, end2))


def _amount(sentence: Sentence, who: Mention) -> tuple[str, str, int] | None:
    """Return the first amount after a group and before the next group: value, unit, end."""
    stop = min([m.first for m in sentence.people if m.first >= who.last] + [who.last + REACH, len(sentence.keys)])
    for at in range(who.last, stop):
        key = sentence.keys[at]
        value = key if _DIGITS.match(key) else _WORDS.get(key)
        if value is None or at + 1 >= len(sentence.keys):
            continue
        for ahead in range(at + 1, min(at + 3, len(sentence.keys))):
            unit = sentence.keys[ahead]
            if unit in _UNITS or unit in _AGES or unit in _PEOPLE:
                return value, "đồng" if unit in {"đ", "k", "nghìn", "ngàn", "triệu"} else unit, ahead + 1
    return None
