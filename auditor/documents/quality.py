"""Is this text Vietnamese, and good enough to be judged?

A text that fails is unreadable with its own code: a broken text must never come out as a clean record.
The measures are shares of words, so a foreign name or a damaged letter in a long text costs nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from auditor.documents.codes import Code

_WORD = re.compile(r"[^\W\d_]+")
# The second byte of a UTF-8 Vietnamese letter, read as windows-1252 or windows-1258: "Ä‘", "Æ°", "á»", "Ã¡".
_MOJIBAKE = re.compile(
    "Ä[\u0080-\u00bf‘’ƒ?]|Æ[°¯?]|á[»º]|Ã[\u0080-\u00bf‚„†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ?]|áº|â€|Ă[\u0080-\u00bf]|ï»¿"
)
_BROKEN = re.compile("[\ufffd\\x00-\\x08\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\\ud800-\\uf8ff]")
_MARKED = frozenset("ăâđêôơưàằầèềìòồờùừỳảẳẩẻểỉỏổởủửỷãẵẫẽễĩõỗỡũữỹáắấéếíóốớúứýạặậẹệịọộợụựỵ")
_LETTERS = _MARKED | frozenset("abcdefghiklmnopqrstuvxywzj")
_ONSETS = "ngh ng gh gi kh ph th tr ch nh qu b c d đ g h k l m n p r s t v x"
_VOWELS = (
    "iê yê uô ươ ia ua ưa oa oă oe uâ uê uơ uy uyê uya ie ye uo uye ai ao au ay âu ây eo êu iêu yêu ieu yeu iu oai oao"
    " oay oi ôi ơi ui uôi uoi ươi ươu uou uơi ưi ưu uu uây uay uyu oeo uao oo eu a ă â e ê i o ô ơ u ư y"
)
_FINALS = "ng nh ch c m n p t"
_SYLLABLE = re.compile("({})?({})({})?".format(*(parts.replace(" ", "|") for parts in (_ONSETS, _VOWELS, _FINALS))))
_TONE = str.maketrans(
    "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
    "aaaaaăăăăăâââââeeeeeêêêêêiiiiioooooôôôôôơơơơơuuuuuưưưưưyyyyy",
)
MARKED_SHARE = 0.3
BARE_SHARE = 0.8
ENOUGH_WORDS = 4
SHORT = 200  # letters; what is longer is not remembered


def words_of(text: str) -> list[str]:
    """Return the words of a text, lower case."""
    return [word.lower() for word in _WORD.findall(text)]


def vietnamese_share(text: str) -> float:
    """Measure how Vietnamese a text is: marked words that are possible syllables less words that cannot be.

    Returns:
        A share between -1.0 and 1.0; 0.0 for a text without words.
    """
    words = words_of(text)
    if not words:
        return 0.0
    good = sum(1 for word in words if not _MARKED.isdisjoint(word) and is_syllable(word))
    bad = sum(1 for word in words if not is_syllable(word))
    return (good - bad) / len(words)


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """Tell whether a lower-case word can be one Vietnamese syllable, with or without its marks."""
    return len(word) <= 7 and _SYLLABLE.fullmatch(word.translate(_TONE)) is not None


class _Traits(NamedTuple):
    """What the words of a text, or of a part of it, are like.

    Attributes:
        words: how many there are.
        letters: how many letters they have.
        marked: how many have marks and only letters of Vietnamese.
        syllables: how many can be syllables.
        whole: how many have marks and can be syllables.
    """

    words: int
    letters: int
    marked: int
    syllables: int
    whole: int


def fault(text: str) -> Code | None:
    """Say why a text cannot be judged.

    Args:
        text: NFC text.

    Returns:
        GA241 blank, GA243 wrong encoding, GA244 broken letters, GA242 not Vietnamese, GA245 without marks, or None.
    """
    broken = len(_BROKEN.findall(text))  # what no typed text holds: replacement marks, controls, unassigned letters
    parts = text.split()
    words, letters, marked, syllables, whole = _traits_of(parts)
    if not parts or (not words and not broken):
        return Code.BLANK
    if len(_MOJIBAKE.findall(text)) > 0.15 * max(words, 1):
        return Code.MOJIBAKE
    solid = sum(map(len, parts)) if broken else 0
    if broken > 0.05 * solid or (broken > 1 and broken > 0.02 * solid):
        return Code.BROKEN_LETTERS
    if marked >= MARKED_SHARE * words:
        if words < 8 or syllables >= 0.45 * words:  # a bad scan or a wrong code table has few possible syllables
            return None
        return Code.BROKEN_LETTERS if whole >= 0.2 * words else Code.NOT_VIETNAMESE
    if words < ENOUGH_WORDS and syllables == words:
        return None
    bare = syllables >= BARE_SHARE * words and letters > words * 1.5
    if marked:
        return None if bare or (marked >= 0.15 * words and syllables >= 0.5 * words) else Code.NOT_VIETNAMESE
    return Code.NO_MARKS if bare else Code.NOT_VIETNAMESE


def _traits_of(parts: Sequence[str]) -> _Traits:
    """Add up the traits of parts without white space; the same ones come again and again."""
    measure = _known_traits if max(map(len, parts), default=0) <= SHORT else _traits
    sums = [0, 0, 0, 0, 0]
    for traits, times in Counter(map(measure, parts)).items():
        sums = [total + number * times for total, number in zip(sums, traits, strict=True)]
    return _Traits(*sums)


def _traits(part: str) -> _Traits:
    words = words_of(part)
    marked = [word for word in words if not _MARKED.isdisjoint(word)]
    return _Traits(
        len(words),
        sum(map(len, words)),
        sum(map(_LETTERS.issuperset, marked)),
        sum(map(is_syllable, words)),
        sum(map(is_syllable, marked)),
    )


_known_traits = lru_cache(maxsize=65536)(_traits)
