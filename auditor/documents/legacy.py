"""Old Vietnamese code tables (TCVN3, VNI, VISCII): letters that only an old font shows rightly become Unicode.

The tables are viparse's. A font's name proposes (".VnTime" holds TCVN3, "VNI-Times" VNI), the words decide: text typed
in Unicode often still carries an old font's name, so nothing is converted that does not read better afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import normalize

from viparse.normalize.encodings import AUTO_DETECT_CHARMAPS
from viparse.normalize.tables import convert

from auditor.documents.quality import vietnamese_share

TABLES = {name.lower(): table for name, table in AUTO_DETECT_CHARMAPS.items()}
SAMPLE = 20_000
SURE = 0.25
_FONT = re.compile(r"(\.?vn)(?![i-])|(vni)", re.IGNORECASE)


def to_unicode(text: str, encoding: str) -> str:
    """Convert the letters of an old code table to NFC.

    Args:
        encoding: ``tcvn3``, ``vni`` or ``viscii``.
    """
    converted: str = convert(text, TABLES[encoding])
    return converted


def from_old_letters(text: str) -> tuple[str, str]:
    """Convert text whose letters stand for an old code table, where no font is known.

    Returns:
        The text and ``tcvn3``, ``vni``, ``viscii``; or the text as it was and ``unicode`` unless that clearly helps.
    """
    sample = text[:SAMPLE]
    if not any("\x7f" < letter < "\u0180" or letter in "\u2212\u2219" for letter in sample):
        return text, "unicode"
    here = vietnamese_share(normalize("NFC", sample))
    if here > SURE:
        return text, "unicode"
    share, name = max((vietnamese_share(to_unicode(sample, name)), name) for name in TABLES)
    return (to_unicode(text, name), name) if share > max(SURE, here + SURE) else (text, "unicode")


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
            if name is not None and len(samples.get(name, "")) < SAMPLE:
                samples[name] = samples.get(name, "") + " " + words
        self._read = {
            name
            for name, sample in samples.items()
            if vietnamese_share(to_unicode(sample, name)) > max(SURE, vietnamese_share(normalize("NFC", sample)))
        }
        self.old = bool(self._read)
        self.encoding = max(self._read, key=lambda name: len(samples[name])) if self._read else "unicode"

    def read(self, font: str, words: str) -> str:
        """Return the words of one run in Unicode; fonts ending in H (".VnTimeH") show capitals."""
        name = encoding_of(font)
        if name not in self._read:
            return words
        text = to_unicode(words, name)
        return text.upper() if name == "tcvn3" and font.endswith("H") else text


def encoding_of(font: str) -> str | None:
    """Tell the old code table a font's name stands for."""
    match = _FONT.match(font)
    return None if match is None else "vni" if match.group(2) else "tcvn3"
