"""Names of people in a paragraph: runs of capitals judged by what stands before and after them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.people.paragraphs import Paragraph
from auditor.people.words import Sex, Words
from auditor.text import bare

_SYLLABLE = re.compile(
    r"(?:ngh|ng|gh|gi|kh|nh|ph|qu|th|tr|ch|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?", re.ASCII
)
_INITIALS = re.compile(r"[A-ZĐ](?:\.[A-ZĐ]){0,4}\.?")
_PARTICLES = frozenset({"de", "da", "van", "von", "bin", "al", "el", "la", "der", "di", "dos"})
_BETWEEN = frozenset({",", "và", "cùng", "với"})
LONGEST = 6
OFFICE = 12  # tokens an office takes at most before the name
COMMON = 20  # bearers that make a syllable a name


@dataclass(frozen=True)
class Mention:
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


class Names:
    """Finds the names of people."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def find(self, paragraph: Paragraph) -> tuple[list[Mention], list[Mention]]:
        """Return the names that are surely people's, and those only other mentions of the name can settle."""
        sure: list[Mention] = []
        doubtful: list[Mention] = []
        for first, last in self._runs(paragraph):
            mention = self._mention(paragraph, first, last)
            if self._is_known(mention) or self._is_place(mention):
                continue
            if mention.name[0] in self._words.brands:
                continue
            if self._is_person(mention) or self._is_listed(mention, sure):
                sure.append(mention)
            else:
                doubtful.append(mention)
        listed = {m.at for m in doubtful if self.is_likely(m) and self._in_list(m, (*sure, *doubtful))}
        return [*sure, *(m for m in doubtful if m.at in listed)], [m for m in doubtful if m.at not in listed]

    def _is_known(self, m: Mention) -> bool:
        """Tell whether it is a name no person of the news bears, alone or with what stands before it ("ông Táo")."""
        known = self._words.not_people
        if m.role_first < m.name_first and len(m.name) > 2 and self._is_supported(m):
            return False
        return m.name in known or (m.first < m.name_first and m.paragraph.keys[m.first : m.last] in known)

    def _runs(self, p: Paragraph) -> Iterator[tuple[int, int]]:
        """Yield runs of capitals without the titles that open them."""
        i = 0
        while i < len(p):
            if not p.capital[i] or not p.words[i][0].isalpha():
                i += 1
                continue
            skipped = self._title_at(p, i) or self._place_at(p, i)
            if skipped:
                i += skipped
                continue
            if self._is_ordinary(p, i):
                i += 1
                continue
            last = i + 1
            while last < len(p) and p.touching(last) and last - i < LONGEST:
                inner = last + 1 < len(p) and p.capital[last + 1] and p.keys[last] in _PARTICLES
                if not (p.capital[last] or inner) or not p.words[last][0].isalpha():
                    break
                if p.keys[last] in self._words.grammar["openers"] and p.keys[last] not in self._words.given:
                    break
                if p.capital[last] and (self._title_at(p, last) > 1 or self._is_short_form(p, last)):
                    break
                last += 1
            yield self._after_place(p, i, last), last
            i = last

    def _after_place(self, p: Paragraph, first: int, last: int) -> int:
        """Return where a name begins in a run that opens with a place ("UBND TP Hà Nội Lò Văn A")."""
        after_place = self._words.places.before(p.keys, first) is not None
        for at in range(first + 1, last - 1):
            known = p.keys[first:at] in self._words.not_people
            if p.keys[at] in self._words.surnames and (known or (after_place and 3 <= last - at <= 4)):
                return at
        return first

    def _is_ordinary(self, p: Paragraph, i: int) -> bool:
        """Tell whether a word has its capital only from opening a sentence, before a name ("Theo Lò Văn A")."""
        if not p.opens(i) or i + 1 >= len(p) or not p.capital[i + 1] or not p.touching(i + 1):
            return False
        if p.keys[i] in self._words.grammar["openers"]:
            return True
        own = p.keys[i] in self._words.surnames or p.keys[i] in self._words.foreign or p.words[i].isupper()
        return not own and self._title_at(p, i + 1) > 0

    def _place_at(self, p: Paragraph, i: int) -> int:
        """Return the length of the name of an organisation or place that starts at a capital ("Sở Công Thương")."""
        found = self._words.places.at(p.keys, i)
        if found is None and _is_acronym(p.words[i]) and not _INITIALS.fullmatch(p.words[i]):
            found = (1, "place")
        if found is None or (found[0] == 1 and p.keys[i] in self._words.surnames):
            return 0
        last = i + found[0]
        alone = found[0] == 1 and (last >= len(p) or not p.capital[last] or not p.touching(last))
        if alone and p.words[i].istitle() and (self._words.roles.before(p.keys, i) or p.keys[i] in self._words.given):
            return 0
        while last < len(p) and p.capital[last] and p.touching(last) and p.keys[last] not in self._words.surnames:
            last += 1
        return last - i

    def _title_at(self, p: Paragraph, i: int) -> int:
        """Return the length of a form of address or office that starts at a capital."""
        found = self._words.roles.at(p.keys, i) or self._words.honorifics.at(p.keys, i)
        word = self._words.honorifics.at(p.keys, i)
        if word and found and word[0] > found[0]:
            found = word
        if found is None:
            sexed = p.keys[i] in {"nữ", "nam"} and i + 1 < len(p) and self._words.roles.at(p.keys, i + 1)
            return 1 if sexed and not p.capital[i + 1] else 0
        if found[0] == 1 and not p.opens(i) and not self._is_short_form(p, i):
            return 0
        return found[0]

    @staticmethod
    def _is_short_form(p: Paragraph, i: int) -> bool:
        """Tell whether a title is an abbreviation (TS, HLV) or a form of address in capitals after another title."""
        word = p.words[i]
        return (len(word) > 1 and word[:2].isupper()) or "." in word or word in {"ThS", "Ths", "BSCKI", "Th.S"}

    def titles(self, p: Paragraph, first: int) -> Titles:
        """Return what stands before a name that begins at ``first``."""
        at = innermost = first
        kinds: list[str] = []
        sex: Sex | None = None
        cue = ""
        honorific = False
        while at > 0:
            dot = 1 if p.words[at - 1] == "." and at > 1 and self._is_short_form(p, at - 2) else 0
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

    def _mention(self, p: Paragraph, first: int, last: int) -> Mention:
        titles = self.titles(p, first)
        marked = self._words.mark(p.keys[first:last])
        name = tuple(syllable.rstrip(".") for syllable in p.keys[first:last])
        foreign = any(not _SYLLABLE.fullmatch(bare(syllable)) for syllable in name)
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

    def _is_place(self, m: Mention) -> bool:
        """Tell whether a word before it makes it the name of a place, a work or an organisation."""
        p = m.paragraph
        if m.role_first < m.name_first:
            capital = p.capital[m.role_first] and not p.opens(m.role_first) and m.name_first - m.role_first == 1
            return capital and self._words.places.before(p.keys, m.role_first) is not None
        if self._words.places.before(p.keys, m.name_first) is None or not p.touching(m.name_first):
            return False
        return not (self._is_full(m) and len(m.name) > 2 and self._has_office(m))

    def _has_office(self, m: Mention) -> bool:
        """Tell whether an office opens the words up to a name ("Đội trưởng Đội Thủ tục cửa khẩu Lò Văn A")."""
        p = m.paragraph
        sentence = p.sentence(m.name_first)
        return any(
            p.capital[at]
            and (role := self._words.roles.at(p.keys, at)) is not None
            and role[1] in {"leader", "official"}
            for at in range(max(sentence.start, m.name_first - OFFICE), m.name_first)
        )

    def _is_full(self, m: Mention) -> bool:
        return 2 <= len(m.name) <= 5 and m.name[0] in self._words.surnames and not m.foreign

    def _is_person(self, m: Mention) -> bool:
        p = m.paragraph
        if all(word.isupper() for word in p.words[m.name_first : m.last]):
            initials = bool(_INITIALS.fullmatch(p.words[m.name_first]))
            return initials and (m.addressed or "." in p.words[m.name_first][:-1])
        if m.addressed:
            return True
        if self._is_full(m) and len(m.name) > 2:
            return True
        if m.titles and (m.foreign or self._is_full(m) or self._is_called(m)):
            return True
        if m.foreign and len(m.name) > 1 and m.name[0] in self._words.foreign:
            return True
        return len(m.name) > 1 and self._is_supported(m)

    def _is_called(self, m: Mention) -> bool:
        """Tell whether a name without surname behind an office is one that people bear ("ca sĩ Bích Ngân")."""
        counts = self._words.given.get(m.name[-1])
        if counts is None or counts.female + counts.male < COMMON:
            return False
        before = self._words.middle if len(m.name) == 2 else self._words.given
        return (len(m.name) > 1 and m.name[-2] in before) or (
            len(m.name) == 1 and m.titles[-1] in {"arts", "sport", "accused", "patient"}
        )

    def is_likely(self, m: Mention) -> bool:
        """Tell whether a doubtful name could well be a person's, so that its coming back makes it one."""
        if m.foreign or len(m.name) != 2 or m.name[-1] not in self._words.given:
            return False
        counts = self._words.given[m.name[-1]]
        return counts.female + counts.male >= COMMON and (m.name[0] in self._words.middle or self._is_full(m))

    def stands_alone(self, m: Mention) -> bool:
        """Tell whether a bare given name is not just a word that opens a sentence."""
        p = m.paragraph
        if len(m.name) > 1 or not p.opens(m.name_first):
            return True
        after = p.keys[m.last] if m.last < len(p) else ""
        return after in self._words.grammar["verbs"] or not after.isalpha()

    def _in_list(self, m: Mention, others: Sequence[Mention]) -> bool:
        """Tell whether a comma or "và" joins it to another name that could be a person's."""
        near = [o for o in others if o is not m and (len(o.name) > 1 or o.addressed) and not self._is_place(o)]
        p = m.paragraph
        return any(
            (o.last + 1 == m.first and p.keys[o.last] in _BETWEEN)
            or (m.last + 1 == o.first and p.keys[m.last] in _BETWEEN)
            for o in near
            if self.is_likely(o) or o.addressed or o.titles or (self._is_full(o) and len(o.name) > 2)
        )

    def _is_listed(self, m: Mention, sure: list[Mention]) -> bool:
        """Tell whether it stands in a list right after a person's name ("anh A, B và C")."""
        if not sure or sure[-1].paragraph is not m.paragraph or len(m.name) < 2:
            return False
        between = m.paragraph.keys[sure[-1].last : m.name_first]
        return len(between) == 1 and between[0] in _BETWEEN and (self._is_full(m) or m.foreign)

    def _is_supported(self, m: Mention) -> bool:
        """Tell whether what follows speaks of a person: an age, a year of birth, a verb of speech, an office."""
        p, at = m.paragraph, m.last
        if at >= len(p):
            return False
        if p.words[at] in {",", "("} and at + 1 < len(p):
            after = p.keys[at + 1]
            age = after.isdigit() and at + 2 < len(p) and (p.keys[at + 2] == "tuổi" or p.words[at] == "(")
            return (
                age
                or after in {"sn", "sinh", "trú", "ngụ", "quê"}
                or (p.words[at] == "," and self._words.roles.at(p.keys, at + 1) is not None)
            )
        verb = self._words.speech.at(p.keys, at)
        if verb is not None:
            return verb[1] == "strong" or self._is_full(m) or m.foreign
        return self._is_full(m) and p.keys[at] in self._words.grammar["after_names"]


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper() and "-" not in word


def _sex(value: str) -> Sex:
    return "female" if value == "female" else "male"
