"""Is this text Vietnamese, and good enough to be judged?

A text that fails is unreadable with its own code: a broken text must never come out as a clean record.
The measures are shares of words, so a foreign name or a damaged letter in a long text costs nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

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


def fault(text: str) -> Code | None:
    """Say why a text cannot be judged.

    Args:
        text: NFC text.

    Returns:
        GA241 blank, GA243 wrong encoding, GA244 broken letters, GA242 not Vietnamese, GA245 without marks, or None.
    """
    words = words_of(text)
    solid = sum(map(len, text.split()))
    if not solid or (not words and not _broken(text)):
        return Code.BLANK
    if len(_MOJIBAKE.findall(text)) > 0.15 * max(len(words), 1):
        return Code.MOJIBAKE
    broken = _broken(text)
    if broken > 0.05 * solid or (broken > 1 and broken > 0.02 * solid):
        return Code.BROKEN_LETTERS
    marked = sum(1 for word in words if not _MARKED.isdisjoint(word) and _LETTERS.issuperset(word))
    if marked >= MARKED_SHARE * len(words):
        if _spelt(words):
            return None
        whole = sum(1 for word in words if not _MARKED.isdisjoint(word) and is_syllable(word))
        return Code.BROKEN_LETTERS if whole >= 0.2 * len(words) else Code.NOT_VIETNAMESE
    syllables = sum(1 for word in words if is_syllable(word))
    if len(words) < ENOUGH_WORDS and syllables == len(words):
        return None
    bare = syllables >= BARE_SHARE * len(words) and sum(map(len, words)) > len(words) * 1.5
    if marked:
        return None if bare or (marked >= 0.15 * len(words) and syllables >= 0.5 * len(words)) else Code.NOT_VIETNAMESE
    return Code.NO_MARKS if bare else Code.NOT_VIETNAMESE


def _broken(text: str) -> int:
    """Count what no typed text holds: replacement marks, controls, private and unassigned letters."""
    return len(_BROKEN.findall(text))


def _spelt(words: list[str]) -> bool:
    """Tell whether enough of the words are possible syllables; a bad scan or a wrong code table has few."""
    return len(words) < 8 or sum(1 for word in words if is_syllable(word)) >= 0.45 * len(words)
