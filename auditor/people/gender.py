"""The gender of a person, with the cue that tells it; unknown where nothing does."""

from __future__ import annotations

from collections import Counter

from auditor.people.mention import Mention
from auditor.people.persons import Person
from auditor.people.words import Sex, Words
from auditor.record import Gender

SURE = 2.6  # log odds (13 to 1) from which counts of names tell the gender
MARKED = 4.0  # log odds a middle syllable adds at most: it says less than the name called


class Genders:
    """Tells gender: from the form of address, kinship, pronouns, the marks of names, last the counts of names."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def of(self, person: Person, relation: tuple[Sex | None, str] | None) -> tuple[Gender, str]:
        """Return the gender and the cue in Vietnamese.

        Args:
            relation: the sex and the word of a relation the text gives ("chồng chị").
        """
        addressed = Counter(m.sex for m in person.mentions if m.sex)
        if addressed:
            sex = addressed.most_common(1)[0][0]
            return sex, f"“{next(m.cue for m in person.mentions if m.sex == sex)}”"
        if relation is not None and relation[0] is not None:
            return relation[0], f"“{relation[1]}”"
        marked = self._words.mark(person.full.name)
        if marked is not None:
            return marked[0], f"đệm “{marked[1].capitalize()}”"
        named, cue = self._by_name(person.full)
        sexes = Counter(sex for sex, _ in person.pronouns)
        if len(sexes) == 1 and (named == "unknown" or named in sexes or len(person.pronouns) > 1):
            sex = _sex(person.pronouns[0][0])
            return sex, f"đại từ “{next(word for other, word in person.pronouns if other == sex)}”"
        return named, cue

    def of_name(self, name: tuple[str, ...]) -> tuple[Gender, str]:
        """Return what a Vietnamese name alone tells: its marks, then the counts of its last syllables."""
        marked = self._words.mark(name)
        if marked:
            return marked[0], f"đệm “{marked[1].capitalize()}”"
        if len(name) < 2:
            return "unknown", "tên không cho biết giới"
        called, middle = self._words.given.get(name[-1]), self._words.middle.get(name[-2])
        if len(name) == 2 and name[0] in self._words.surnames:
            middle = None
        odds = (called.odds if called else 0.0) + (max(-MARKED, min(MARKED, middle.odds)) if middle else 0.0)
        if abs(odds) < SURE:
            return "unknown", "tên dùng cho cả hai giới"
        return ("female" if odds > 0 else "male"), f"tên “{' '.join(name[-2:]).title()}” thường của một giới"

    def _by_name(self, mention: Mention) -> tuple[Gender, str]:
        if mention.foreign and mention.mark is None:
            told = self._words.foreign.get(mention.name[0])
            told = told or next(
                (self._words.foreign[part] for part in mention.name if part in self._words.foreign), None
            )
            return (told, f"tên “{mention.name[0].title()}”") if told else ("unknown", "tên nước ngoài không rõ giới")
        return self.of_name(mention.name)


def _sex(value: str) -> Sex:
    return "female" if value == "female" else "male"
