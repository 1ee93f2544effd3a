"""Vietnamese text as the engine sees it: NFC, code-point offsets, syllables, sentences.

Word segmenters split ``con gái`` and join others, rewrite tone marks and give no offsets, so the *syllable* is the
unit of matching here. A syllable keeps its place in the text and has a :func:`key`: its canonical spelling, the same
for ``hoà`` and ``hòa``, ``kỷ`` and ``kỉ``, ``PHỤ`` and ``phụ``, ``đuợc`` and ``được``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import is_normalized, normalize

TONES = "\u0300\u0301\u0303\u0309\u0323"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_TOKEN = re.compile(
    rf"\d+(?:[.,]\d+)*|[^\W\d_](?:[{INVISIBLE}\u0300-\u036f]*[^\W_])*[{INVISIBLE}\u0300-\u036f]*|[^\w\s{INVISIBLE}]"
)
_CLUSTER = re.compile("[^\u0300-\u036f][\u0300-\u036f]*|[\u0300-\u036f]+", re.DOTALL)
_VOWELS = "aăâeêioôơuưy"
_MARKED = "ăâêôơư"
_STRIP_TONES = {ord(mark): None for mark in TONES}
_STRIP_INVISIBLE = {ord(char): None for char in INVISIBLE}
_BARE = dict.fromkeys(range(768, 880)) | str.maketrans("đĐ", "dD")
_SENTENCE_END = re.compile(r"(?<![.!?…;])[.!?…;]++[\"”’»)\]]*(?=\s|$)|\n+")
_NUMBER_LETTERS = 16
_NUMBERED = re.compile(r"(?<!\S)(?:Điều\s+\d+|[IVXLC]+|\d{1,3}|[A-Za-zđĐ]|TP|Tp|ThS|TS|PGS|GS|BS|KTS|Ths|P|Q)$")


@dataclass(frozen=True, slots=True)
class Normalized:
    """NFC text with a map back to its source.

    Attributes:
        text: the NFC text.
        source_offsets: source offset of each code point of ``text``, and of its end; None where nothing was changed.
    """

    text: str
    source_offsets: tuple[int, ...] | None

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Map a half-open span of the NFC text onto the source text."""
        if self.source_offsets is None:
            return start, end
        return self.source_offsets[start], self.source_offsets[end]


def nfc(source: str) -> Normalized:
    """Normalise a text to NFC and keep the way back.

    Each base character with its combining marks is normalised by itself; neighbours that compose across such
    clusters (Hangul, never Vietnamese) count as one cluster.
    """
    if is_normalized("NFC", source):
        return Normalized(source, None)
    parts: list[tuple[int, str]] = []
    for match in _CLUSTER.finditer(source):
        parts.append((match.start(), normalize("NFC", match.group())))
        while len(parts) > 1 and not is_normalized("NFC", parts[-2][1] + parts[-1][1]):
            _, last = parts.pop()
            start, before = parts.pop()
            parts.append((start, normalize("NFC", before + last)))
    offsets = [start for start, composed in parts for _ in composed]
    return Normalized("".join(composed for _, composed in parts), (*offsets, len(source)))


def bare(text: str) -> str:
    """Strip tone and vowel marks, turn đ into d and lower the case, as search without marks needs it."""
    return normalize("NFD", text).translate(_BARE).lower()


def unmarked(text: str) -> bool:
    """Tell whether a text has no mark at all, as it is typed where marks cannot be."""
    return bare(text) == normalize("NFC", text).lower()


def spelled(name: str) -> str:
    """Return a name in its canonical spelling: small letters, marks kept, ``hòa`` and ``hoà`` alike."""
    return " ".join(key(word) for word in name.split())


@lru_cache(maxsize=65536)
def key(word: str) -> str:
    """Return the canonical spelling of one syllable.

    Lower case, invisible characters dropped, tone mark on the vowel of the older spelling (``hòa``, ``thủy``),
    ``y`` alone after h, k, l, m, s, t written ``i``, ``qui`` written ``quy``, ``uơ`` before a final written ``ươ``.
    Anything that is not a Vietnamese syllable comes back in lower case only.
    """
    letters = normalize("NFD", word.translate(_STRIP_INVISIBLE).lower())
    tone = next((char for char in letters if char in TONES), "")
    plain = normalize("NFC", letters.translate(_STRIP_TONES))
    start = next((i for i, char in enumerate(plain) if char in _VOWELS), None)
    if start is None:
        return normalize("NFC", letters)
    if len(plain) > 2 and (plain.startswith("qu") or (plain.startswith("gi") and plain[2] in _VOWELS)):
        start = 2
    end = start
    while end < len(plain) and plain[end] in _VOWELS:
        end += 1
    onset, nucleus, final = plain[:start], plain[start:end], plain[end:]
    if nucleus == "y" and onset in {"h", "k", "l", "m", "s", "t"}:
        nucleus = "i"
    elif onset == "qu" and nucleus == "i":
        nucleus = "y"
    elif nucleus == "uơ" and final:
        nucleus = "ươ"
    if not tone:
        return onset + nucleus + final
    return normalize("NFC", onset + _place_tone(nucleus, final, tone) + final)


def _place_tone(nucleus: str, final: str, tone: str) -> str:
    """Put the tone on the vowel that carries it in the older spelling."""
    marked = [i for i, char in enumerate(nucleus) if char in _MARKED]
    if marked:
        at = marked[-1]
    elif final:
        at = len(nucleus) - 1
    else:
        at = 1 if len(nucleus) == 3 else 0
    return nucleus[: at + 1] + tone + nucleus[at + 1 :]


def spellings(syllable: str) -> set[str]:
    """Return every spelling in small letters that has the same :func:`key` as a canonical syllable.

    The tone mark may stand on any of its vowels; ``i`` and ``y``, ``quy`` and ``qui``, ``ươ`` and ``uơ`` change places.
    """
    letters = normalize("NFD", syllable)
    tone = next((char for char in letters if char in TONES), "")
    plain = normalize("NFC", letters.translate(_STRIP_TONES))
    variants = {plain, plain.replace("ươ", "uơ")}
    for old, new in (("i", "y"), ("y", "i")):
        variants |= {variant.replace(old, new) for variant in variants}
    toned = {
        normalize("NFC", variant[: i + 1] + tone + variant[i + 1 :])
        for variant in variants
        for i, char in enumerate(variant)
        if char in _VOWELS
    }
    return {variant for variant in toned | variants | {syllable} if key(variant) == syllable}


@dataclass(frozen=True, slots=True)
class Syllables:
    """The syllables, numbers and punctuation marks of a text, in order.

    Attributes:
        keys: canonical spelling of each (punctuation and numbers as they are).
        starts: code-point offset at which each starts.
        ends: half-open code-point offset at which each ends.
    """

    keys: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.keys)

    def window(self, start: int, end: int) -> range:
        """Return the indexes of the syllables that lie within the span ``[start, end)``."""
        first = bisect_right(self.ends, start)
        last = first
        while last < len(self.keys) and self.starts[last] < end:
            last += 1
        return range(first, last)


class Spelling:
    """Turns a text into syllables, opening abbreviations and repairing slips of the pen.

    Args:
        abbreviations: what an abbreviation stands for, for example ``{"PN": "phụ nữ"}``. Keys are matched in upper case
            only, so that ``pn`` inside a word is left alone.
        phrases: two-syllable expressions recognised through a slip in one diacritic (``phu nữ``, ``phụ nử``).

    Attributes:
        abbreviations: each with the syllables it stands for.
        mended: the two-syllable expressions.
    """

    def __init__(self, abbreviations: Mapping[str, str] | None = None, phrases: Iterable[str] = ()) -> None:
        self.abbreviations = {
            short: tuple(key(word) for word in full.split()) for short, full in (abbreviations or {}).items()
        }
        self._dotted = re.compile(r"\b[Pp]\.\s?(?=nữ\b)") if "PN" in self.abbreviations else None
        pairs: dict[tuple[str, str], set[tuple[str, str]]] = {}
        for phrase in phrases:
            keys = [key(word) for word in phrase.split()]
            if len(keys) == 2:
                pairs.setdefault((bare(keys[0]), bare(keys[1])), set()).add((keys[0], keys[1]))
        self._pairs = {shape: next(iter(full)) for shape, full in pairs.items() if len(full) == 1}
        self.mended = frozenset(self._pairs.values())
        self._firsts = frozenset(first for first, _ in self._pairs)

    def syllables(self, text: str, start: int = 0, end: int | None = None) -> Syllables:
        """Return the syllables of ``text[start:end]`` with offsets into ``text``."""
        spans = [match.span() for match in _TOKEN.finditer(text, start, len(text) if end is None else end)]
        words = [text[first:last] for first, last in spans]
        keys = list(map(key, words))
        starts = [first for first, _ in spans]
        ends = [last for _, last in spans]
        if not self.abbreviations.keys().isdisjoint(words):
            self._open(words, keys, starts, ends)
        if self._dotted is not None and "p" in keys:
            self._open_dotted(keys, starts, ends)
        self._repair(keys)
        return Syllables(tuple(keys), tuple(starts), tuple(ends))

    def keys(self, text: str, start: int = 0, end: int | None = None) -> tuple[str, ...]:
        """Return the keys of :meth:`syllables` alone, sooner: only what opens an abbreviation needs to know places."""
        words = _TOKEN.findall(text, start, len(text) if end is None else end)
        keys = list(map(key, words))
        if not self.abbreviations.keys().isdisjoint(words) or (self._dotted is not None and "p" in keys):
            return self.syllables(text, start, end).keys
        self._repair(keys)
        return tuple(keys)

    def _open(self, words: list[str], keys: list[str], starts: list[int], ends: list[int]) -> None:
        """Put in place of each abbreviation what it stands for; all of its syllables have its offsets."""
        for i in range(len(words) - 1, -1, -1):
            full = self.abbreviations.get(words[i])
            if full:
                keys[i : i + 1] = full
                starts[i : i + 1] = [starts[i]] * len(full)
                ends[i : i + 1] = [ends[i]] * len(full)

    def _open_dotted(self, keys: list[str], starts: list[int], ends: list[int]) -> None:
        """Read ``P.nữ`` and ``P. nữ`` as ``phụ nữ``."""
        for i in range(len(keys) - 2):
            if keys[i] == "p" and keys[i + 1] == "." and keys[i + 2] == "nữ" and starts[i + 2] - ends[i + 1] <= 1:
                keys[i] = "phụ"
                keys[i + 1] = "nữ"
                keys[i + 2] = ""
                starts[i + 1], ends[i + 1] = starts[i + 2], ends[i + 2]
        for i in range(len(keys) - 1, -1, -1):
            if not keys[i]:
                del keys[i], starts[i], ends[i]

    def _repair(self, keys: list[str]) -> None:
        """Mend a slip in one of two syllables that together stand for one known expression only."""
        shapes = list(map(_shape, keys))
        if self._firsts.isdisjoint(shapes):
            return
        for i, shape in enumerate(shapes[:-1]):
            if shape not in self._firsts:
                continue
            known = self._pairs.get((shape, shapes[i + 1]))
            first, second = keys[i], keys[i + 1]
            if known is None or (first, second) == known:
                continue
            plain = first == shape and second == shapes[i + 1]
            if first == known[0] or second == known[1] or plain:
                keys[i], keys[i + 1] = known


@lru_cache(maxsize=65536)
def _shape(syllable: str) -> str:
    return bare(syllable)


def sentences(text: str, start: int = 0, end: int | None = None) -> Sequence[tuple[int, int]]:
    """Split ``text[start:end]`` into sentences and parts between semicolons.

    A full stop after a clause number, a single letter or a title ("Điều 5.", "TP.", "ThS.") ends nothing.

    Returns:
        Half-open spans without surrounding white space, in order.
    """
    stop = len(text) if end is None else end
    spans: list[tuple[int, int]] = []
    begin = start
    for match in _SENTENCE_END.finditer(text, start, stop):
        mark = match.group()
        near = max(begin, match.start() - _NUMBER_LETTERS)
        if mark == "." and _NUMBERED.search(text, near, match.start()):
            continue
        spans.append((begin, match.end()))
        begin = match.end()
    spans.append((begin, stop))
    return [trimmed for span in spans if (trimmed := trim(text, *span))[0] < trimmed[1]]


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Shrink a span so that it neither starts nor ends with white space."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
