"""Old Vietnamese code tables (TCVN3, VNI, VISCII, VPS): letters only an old font shows rightly become Unicode.

The tables are viparse's. A font's name proposes (".VnTime" holds TCVN3, "VNI-Times" VNI), the words decide: text typed
in Unicode often still carries an old font's name, so nothing is converted that does not read better afterwards. Where
no font is named, :func:`settle` goes by the words alone, block by block, so Unicode paragraphs stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from unicodedata import normalize

from viparse.normalize.encodings import CHARMAPS

from auditor.documents.interface import Block
from auditor.documents.quality import vietnamese_share, words_of

TABLES: tuple[str, ...] = tuple(CHARMAPS)
SAMPLE = 20_000
SURE = 0.25
FEWEST = 2
_FONT = re.compile(r"(vni)|(vps)|(vi[ -]|viscii)|(\.?vn(?![i-]))", re.IGNORECASE)
_NAMES = ("vni", "vps", "viscii", "tcvn3")
_OLD_LETTER = re.compile(
    "[\x80-\u017f\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122\u2212\u2219\x02-\x06\x10-\x19\x1c-\x1e]"
)
_UNICODE = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9\u0300-\u0323]")
# pdfium writes the glyphs of ư and ã in old fonts so.
_GLYPHS = re.compile("(?<=[^\\W\\d_])[\u2212\u2219]|[\u2212\u2219](?=[^\\W\\d_])")
_GLYPH = {"\u2212": "\xad", "\u2219": "\xb7"}
# What viparse's tables lack.
_MORE = {"vni": {"aú": "ẳ", "AÚ": "Ẳ"}}
# VISCII and VPS use the bytes 80 to 9F, which Windows programs pass on as these.
_OPEN_BYTES = {0x81, 0x8D, 0x8F, 0x90, 0x9D}
_WINDOWS = {ord(bytes([byte]).decode("cp1252")): byte for byte in range(0x80, 0xA0) if byte not in _OPEN_BYTES}


@lru_cache
def _table(encoding: str) -> Callable[[str], str]:
    pairs = dict(CHARMAPS[encoding].pairs) | _MORE.get(encoding, {})
    # A capital with the mark of a small letter.
    pairs = {old[0] + old[1:].lower(): letter for old, letter in pairs.items() if len(old) > 1} | pairs
    pattern = re.compile("|".join(map(re.escape, sorted(pairs, key=len, reverse=True))))

    def convert(text: str) -> str:
        return pattern.sub(lambda found: pairs[found.group()], text)

    return convert


def to_unicode(text: str, encoding: str) -> str:
    """Convert the letters of an old code table to NFC.

    Args:
        encoding: one of :data:`TABLES`.
    """
    text = _GLYPHS.sub(lambda found: _GLYPH[found.group()], text)
    if encoding in {"viscii", "vps"}:
        text = text.translate(_WINDOWS)
    return normalize("NFC", _table(encoding)(text))


def from_old_letters(text: str) -> tuple[str, str]:
    """Convert text whose letters stand for an old code table, where no font is known.

    Returns:
        The text and a name of :data:`TABLES`; or the text as it was and ``unicode`` unless that clearly helps.
    """
    name = _evidence(text)
    return (text, "unicode") if name is None else (to_unicode(text, name), name)


def _evidence(text: str) -> str | None:
    sample = text[:SAMPLE]
    if not _OLD_LETTER.search(sample):
        return None
    here = vietnamese_share(normalize("NFC", sample))
    if here > SURE or len(words_of(sample)) < FEWEST:
        return None
    share, name = max((vietnamese_share(to_unicode(sample, name)), name) for name in TABLES)
    return name if share > max(SURE, here + SURE) else None


def settle(blocks: Sequence[Block], known: str = "unicode") -> tuple[tuple[Block, ...], str]:
    """Convert by evidence the blocks that are still in old letters, and drop the soft hyphens of all others.

    Args:
        known: the encoding already found by the names of fonts.

    Returns:
        The blocks, and ``known`` or else the encoding found here.
    """
    texts, name = settle_texts([block.text for block in blocks])
    settled = (block.with_text(text.replace("\xad", "")) for block, text in zip(blocks, texts, strict=True))
    return tuple(settled), name if known == "unicode" else known


def settle_texts(texts: Sequence[str]) -> tuple[Sequence[str], str]:
    """Convert by evidence those of several texts that are in old letters.

    Returns:
        The texts in the same order, and the encoding found or ``unicode``.
    """
    name = _evidence("\n".join(text for text in texts if _is_doubtful(text)))
    if name is None:
        return texts, "unicode"
    return [to_unicode(text, name) if _gains(text, name) else text for text in texts], name


def _is_doubtful(text: str) -> bool:
    """Tell whether a text could be in old letters: it has some, and hardly any that only Unicode has."""
    text = normalize("NFC", text)
    return len(_OLD_LETTER.findall(text)) > 4 * len(_UNICODE.findall(text))


def _is_unicode(text: str) -> bool:
    """Tell whether a text has letters that only Unicode has, and not by a rare slip."""
    return _UNICODE.search(text) is not None and not _is_doubtful(text)


def _gains(text: str, name: str) -> bool:
    """Tell whether a text reads better converted."""
    return _is_doubtful(text) and vietnamese_share(to_unicode(text, name)) > vietnamese_share(normalize("NFC", text))


class Fonts:
    """Decides which fonts of a document hold old letters, and reads their words.

    Args:
        runs: pairs of font name and words, all of the document.

    Attributes:
        encoding: ``unicode`` or the old encoding most of the text is in.
        old: whether any font holds old letters.
    """

    def __init__(self, runs: Iterable[tuple[str, str]]) -> None:
        samples: dict[str, str] = {}
        for font, words in runs:
            name = encoding_of(font)
            if name is not None and len(samples.get(name, "")) < SAMPLE and not _is_unicode(words):
                samples[name] = samples.get(name, "") + " " + words
        self._read = {
            name
            for name, sample in samples.items()
            if vietnamese_share(to_unicode(sample, name)) > max(SURE, vietnamese_share(normalize("NFC", sample)))
        }
        self.old = bool(self._read)
        self.encoding = max(self._read, key=lambda name: len(samples[name])) if self._read else "unicode"

    def read(self, font: str, words: str) -> str:
        """Return the words of one run in Unicode; fonts ending in H (".VnTimeH") show capitals.

        Words typed later in Unicode keep an old font's name: they are left alone.
        """
        name = encoding_of(font)
        if name not in self._read or _is_unicode(words):
            return words
        text = to_unicode(words, name)
        return text.upper() if name == "tcvn3" and font.split(",")[0].strip("'\" ").endswith("H") else text


def encoding_of(font: str) -> str | None:
    """Tell the old code table a font's name stands for."""
    match = _FONT.match(font.lstrip("'\" "))
    return None if match is None else _NAMES[(match.lastindex or 1) - 1]


def joined(pieces: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Join neighbouring pieces of text in one font; pairs of font name and words."""
    for font, run in groupby(pieces, key=itemgetter(0)):
        words = "".join(more for _, more in run)
        if words:
            yield font, words
