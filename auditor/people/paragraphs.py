"""The paragraphs of an article as words with offsets, sentences and quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from auditor.documents.interface import Field, PlacedBlock
from auditor.text import key, sentences

_WORD = re.compile(
    r"[A-ZĐ](?:\.[A-ZĐ])+\.?|[A-ZĐ]\.(?=\s[a-zđ(])|[A-ZĐ]{1,4}(?:\.[A-ZĐ][A-Za-zđĐ]{0,4})+|[^\W\d_]+(?:[-'’/][^\W\d_]+)*|\d+(?:[.,/]\d+)*|[^\w\s]",
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
        return tuple(word[0].isupper() for word in self.words)

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
        first = last = i
        while first > 0 and self.sentence_of[first - 1] == self.sentence_of[i]:
            first -= 1
        while last < len(self) and self.sentence_of[last] == self.sentence_of[i]:
            last += 1
        return range(first, last)

    def touching(self, i: int) -> bool:
        """Tell whether at most a space stands between a token and the one before it."""
        return i > 0 and self.text[self.ends[i - 1] : self.starts[i]] in {"", " "}


def paragraphs(text: str, blocks: Sequence[PlacedBlock]) -> Iterator[Paragraph]:
    """Yield the paragraphs of an article in order."""
    for index, placed in enumerate(blocks):
        matches = list(_WORD.finditer(text, placed.start, placed.end))
        words = tuple(match.group() for match in matches)
        starts = tuple(match.start() for match in matches)
        quotations = tuple(_quotations(words))
        yield Paragraph(
            index, placed.block.field, text, placed.start, words, tuple(map(key, words)), starts,
            tuple(match.end() for match in matches),
            _sentence_numbers(text, placed, starts, quotations), quotations,
        )  # fmt: skip


def _quotations(words: Sequence[str]) -> Iterator[Quotation]:
    i = 0
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
    inside = {i for quotation in quotations for i in range(quotation.first, quotation.last + 1)}
    numbers: list[int] = []
    number = -1
    for i, start in enumerate(starts):
        if number < 0 or (start in cuts and i not in inside):
            number += 1
        numbers.append(number)
    return tuple(numbers)
