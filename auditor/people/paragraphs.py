"""The paragraphs of an article as words with offsets, sentences and quotations."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, compress
from operator import itemgetter

from auditor.documents.interface import Field, PlacedBlock
from auditor.text import key, sentences

_WORD = re.compile(
    r"([A-ZĐ](?:\.[A-ZĐ])+\.?|[A-ZĐ]\.(?=\s[a-zđ(])|[A-ZĐ]{1,4}(?:\.[A-ZĐ][A-Za-zđĐ]{0,4})+|[^\W\d_]+(?:[-'’/][^\W\d_]+)*|\d+(?:[.,/]\d+)*|[^\w\s])",
    re.UNICODE,
)
_OPENS = {"“": "”", "«": "»", '"': '"', "”": "”"}
SHORT_QUOTE = 4  # words; fewer are a name or an expression set apart


@dataclass(frozen=True)
class Quotation:
    """Words between quotation marks: tokens ``[first, last)`` without the marks."""

    first: int
    last: int


@dataclass(frozen=True)
class Paragraph:
    """One paragraph.

    Attributes:
        index: its place in the article, from 0.
        words: words, numbers and punctuation marks as printed.
        keys: their canonical spelling.
        starts: code-point offsets into the document's text.
        ends: half-open ends.
        sentence_of: the number of the sentence each token stands in; a quotation is not cut by the sentences in it.
        quotations: what stands between quotation marks.
    """

    index: int
    field: Field
    text: str
    start: int
    words: tuple[str, ...]
    keys: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    sentence_of: tuple[int, ...]
    quotations: tuple[Quotation, ...]

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def capital(self) -> tuple[bool, ...]:
        """Whether each token begins with a capital letter."""
        return tuple(map(str.isupper, map(itemgetter(0), self.words)))

    @cached_property
    def capitals(self) -> tuple[int, ...]:
        """The tokens that begin with a capital letter."""
        return tuple(compress(range(len(self.words)), self.capital))

    @cached_property
    def quoted(self) -> tuple[bool, ...]:
        """Whether each token stands in a quotation long enough to be somebody's speech."""
        inside = [False] * len(self.words)
        for quotation in self.quotations:
            if quotation.last - quotation.first >= SHORT_QUOTE:
                inside[quotation.first : quotation.last] = [True] * (quotation.last - quotation.first)
        return tuple(inside)

    def opens(self, i: int) -> bool:
        """Tell whether a token opens a sentence or what follows a colon, a dash or a quotation mark."""
        return i == 0 or self.sentence_of[i] != self.sentence_of[i - 1] or not self.words[i - 1][0].isalnum()

    def sentence(self, i: int) -> range:
        """Return the tokens of the sentence a token stands in."""
        number = self.sentence_of[i]
        return range(bisect_left(self.sentence_of, number), bisect_right(self.sentence_of, number))

    def any_of(self, keys: Set[str]) -> list[int]:
        """Return the tokens with one of some spellings."""
        return [i for i, key in enumerate(self.keys) if key in keys]

    def touching(self, i: int) -> bool:
        """Tell whether at most a space stands between a token and the one before it."""
        return i > 0 and self.text[self.ends[i - 1] : self.starts[i]] in {"", " "}


def paragraphs(text: str, blocks: Sequence[PlacedBlock]) -> Iterator[Paragraph]:
    """Yield the paragraphs of an article in order."""
    for index, placed in enumerate(blocks):
        # What stands between words, and the words: by turns.
        parts = _WORD.split(text[placed.start : placed.end])
        edges = tuple(accumulate(map(len, parts), initial=placed.start))
        words = tuple(parts[1::2])
        starts = edges[1:-1:2]
        quotations = tuple(_quotations(words))
        yield Paragraph(
            index, placed.block.field, text, placed.start, words, tuple(map(key, words)), starts, edges[2::2],
            _sentence_numbers(text, placed, starts, quotations), quotations,
        )  # fmt: skip


def _quotations(words: Sequence[str]) -> Iterator[Quotation]:
    i = 0 if not _OPENS.keys().isdisjoint(words) else len(words)
    while i < len(words):
        closing = _OPENS.get(words[i])
        if closing is None:
            i += 1
            continue
        last = next((j for j in range(i + 1, len(words)) if words[j] == closing), len(words))
        if words[i] != "”":
            yield Quotation(i + 1, last)
        i = last + 1


def _sentence_numbers(
    text: str, placed: PlacedBlock, starts: Sequence[int], quotations: Sequence[Quotation]
) -> tuple[int, ...]:
    cuts = {start for start, _ in sentences(text, placed.start, placed.end)}
    opens: list[int] = [*map(cuts.__contains__, starts)]
    for quotation in quotations:
        for i in range(quotation.first, min(quotation.last + 1, len(opens))):
            opens[i] = 0
    return tuple(accumulate(opens[1:], initial=0)) if opens else ()
