"""Names of people in a paragraph: runs of capitals judged by what stands before and after them."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.people.mention import Mention, Mentions
from auditor.people.paragraphs import Paragraph
from auditor.people.runs import INITIALS, Runs
from auditor.people.words import Words

_BETWEEN = frozenset({",", "và", "cùng", "với"})
OFFICE = 12  # tokens an office takes at most before the name
COMMON = 20  # bearers that make a syllable a name


class Names:
    """Finds the names of people."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._runs = Runs(words)
        self._mentions = Mentions(words)

    def find(self, paragraph: Paragraph) -> tuple[list[Mention], list[Mention]]:
        """Return the names that are surely people's, and those only other mentions of the name can settle."""
        sure: list[Mention] = []
        doubtful: list[Mention] = []
        for first, last in self._runs.find(paragraph):
            mention = self._mentions.read(paragraph, first, last)
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
            initials = bool(INITIALS.fullmatch(p.words[m.name_first]))
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
