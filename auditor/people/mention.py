"""A name as printed, with what stands before it: forms of address, offices, the sex they tell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from auditor.people.paragraphs import Paragraph
from auditor.people.words import Sex, Words
from auditor.text import bare

_SYLLABLE = re.compile(
    r"(?:ngh|ng|gh|gi|kh|nh|ph|qu|th|tr|ch|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?", re.ASCII
)


class Mention(NamedTuple):
    """A name as printed.

    Attributes:
        first: token at which the form of address before it begins, ``name_first`` where there is none.
        name_first: token at which the name itself begins.
        last: half-open end.
        name: canonical syllables of the name.
        sex: what the form of address or "nữ", "nam" before an office tells.
        cue: the word that tells it.
        titles: kinds of the offices before the name, innermost last.
        role_first: token at which the row of titles begins.
        foreign: it holds a syllable that is not Vietnamese.
        mark: the sex its middle syllables tell.
        addressed: a form of address ("ông", "em") stands before it.
    """

    paragraph: Paragraph
    first: int
    name_first: int
    last: int
    name: tuple[str, ...]
    sex: Sex | None
    cue: str
    titles: tuple[str, ...]
    role_first: int
    foreign: bool
    mark: Sex | None
    addressed: bool

    @property
    def printed(self) -> str:
        """The form of address with the name, as printed."""
        return self._slice(self.first)

    @property
    def bare_name(self) -> str:
        """The name alone, as printed."""
        return self._slice(self.name_first)

    @property
    def at(self) -> tuple[int, int]:
        """Where it stands: paragraph and token."""
        return self.paragraph.index, self.first

    def _slice(self, first: int) -> str:
        return self.paragraph.text[self.paragraph.starts[first] : self.paragraph.ends[self.last - 1]]


@dataclass(frozen=True)
class Titles:
    """What stands before a name: where it begins, the innermost form, sex with its cue, kinds of office."""

    outermost: int
    innermost: int
    sex: Sex | None = None
    cue: str = ""
    kinds: tuple[str, ...] = ()
    honorific: bool = False


class Mentions:
    """Reads what stands before a name."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._closing = words.honorifics.lasts | words.roles.lasts | {"."}

    def read(self, p: Paragraph, first: int, last: int) -> Mention:
        """Return the name that stands at tokens ``[first, last)``."""
        titles = self._titles(p, first)
        marked = self._words.mark(p.keys[first:last])
        name = tuple(syllable.rstrip(".") for syllable in p.keys[first:last])
        foreign = not all(map(_is_vietnamese, name))
        return Mention(
            p,
            titles.innermost,
            first,
            last,
            name,
            titles.sex,
            titles.cue,
            titles.kinds,
            titles.outermost,
            foreign,
            marked[0] if marked else None,
            titles.honorific,
        )

    def _titles(self, p: Paragraph, first: int) -> Titles:
        """Return what stands before a name that begins at ``first``."""
        if first == 0 or p.keys[first - 1] not in self._closing:
            return Titles(first, first)
        at = innermost = first
        kinds: list[str] = []
        sex: Sex | None = None
        cue = ""
        honorific = False
        while at > 0:
            dot = 1 if p.words[at - 1] == "." and at > 1 and is_short_form(p, at - 2) else 0
            address = self._words.honorifics.before(p.keys, at - dot)
            role = self._words.roles.before(p.keys, at - dot)
            found = address if address and (role is None or address[0] >= role[0]) else role
            if found is None or (at < first and not dot and not p.touching(at)):
                break
            if at == first and not p.touching(at) and not dot:
                break
            at -= found[0] + dot
            if at + found[0] + dot == first:
                innermost = at
            if found is address:
                honorific = True
                if address[1] != "any" and sex is None:
                    sex, cue = _sex(address[1]), " ".join(p.keys[at : at + found[0]])
            else:
                kinds.append(found[1])
            if at > 0 and p.keys[at - 1] in {"nữ", "nam"} and sex is None and found is role:
                at -= 1
                sex = "female" if p.keys[at] == "nữ" else "male"
                cue = " ".join(p.keys[at : at + 1 + found[0]])
        return Titles(at, innermost, sex, cue, tuple(reversed(kinds)), honorific)


@lru_cache(maxsize=65536)
def _is_vietnamese(syllable: str) -> bool:
    return _SYLLABLE.fullmatch(bare(syllable)) is not None


def is_short_form(p: Paragraph, i: int) -> bool:
    """Tell whether a title is an abbreviation ("TS", "HLV", "ThS")."""
    word = p.words[i]
    return (len(word) > 1 and word[:2].isupper()) or "." in word or word in {"ThS", "Ths"}


def _sex(value: str) -> Sex:
    return "female" if value == "female" else "male"
