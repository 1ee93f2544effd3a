"""Runs of capitals that could be names, without the titles, places and ordinary words that open them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.people.mention import is_short_form
from auditor.people.paragraphs import Paragraph
from auditor.people.words import Words

INITIALS = re.compile(r"[A-ZĐ](?:\.[A-ZĐ]){0,4}\.?")
LONGEST = 6  # words of a name
_PARTICLES = frozenset({"de", "da", "van", "von", "bin", "al", "el", "la", "der", "di", "dos"})


class Runs:
    """Finds runs of capitals."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._titles = words.roles.firsts | words.honorifics.firsts | {"nữ", "nam"}

    def find(self, p: Paragraph) -> Iterator[tuple[int, int]]:
        """Yield runs of capitals without the titles that open them."""
        done, size = 0, len(p)
        for i in p.capitals:
            if i < done or not p.words[i][0].isalpha():
                continue
            skipped = self._title_at(p, i) or self._place_at(p, i)
            if skipped:
                done = i + skipped
                continue
            if self._is_ordinary(p, i):
                continue
            last = i + 1
            while last < min(size, i + LONGEST) and p.touching(last):
                inner = last + 1 < size and p.capital[last + 1] and p.keys[last] in _PARTICLES
                if not (p.capital[last] or inner) or not p.words[last][0].isalpha():
                    break
                if p.keys[last] in self._words.grammar["openers"] and p.keys[last] not in self._words.given:
                    break
                if p.capital[last] and (self._title_at(p, last) > 1 or is_short_form(p, last)):
                    break
                last += 1
            yield self._after_place(p, i, last), last
            done = last

    def _after_place(self, p: Paragraph, first: int, last: int) -> int:
        """Return where a name begins in a run that opens with a place ("UBND TP Hà Nội Lò Văn A")."""
        if last - first < 3:
            return first
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
        if found is None and _is_acronym(p.words[i]) and not INITIALS.fullmatch(p.words[i]):
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
        if p.keys[i] not in self._titles:
            return 0
        found = self._words.roles.at(p.keys, i)
        word = self._words.honorifics.at(p.keys, i)
        if word and (found is None or word[0] > found[0]):
            found = word
        if found is None:
            sexed = p.keys[i] in {"nữ", "nam"} and i + 1 < len(p) and self._words.roles.at(p.keys, i + 1)
            return 1 if sexed and not p.capital[i + 1] else 0
        if found[0] == 1 and not p.opens(i) and not is_short_form(p, i):
            return 0
        return found[0]


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper() and "-" not in word
