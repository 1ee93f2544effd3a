"""Who is who: mentions of one name brought together, pronouns led back to the person they stand for."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from auditor.people.mention import Mention
from auditor.people.names import Names
from auditor.people.paragraphs import Paragraph
from auditor.people.words import Sex, Words

NEAR = 3  # paragraphs a pronoun looks back
_SEXED = frozenset({"nữ", "nam"})


@dataclass(eq=False)
class Person:
    """One person while an article is read.

    Attributes:
        name: the fullest form, canonical syllables.
        mentions: in order of the text.
        pronouns: sexes of the pronouns that stand for the person, with the words.
    """

    name: tuple[str, ...]
    mentions: list[Mention] = field(default_factory=list)
    pronouns: list[tuple[str, str]] = field(default_factory=list)

    @property
    def sex(self) -> Sex | None:
        """What the forms of address before the name tell, else its marks; None where they tell nothing."""
        addressed = next((mention.sex for mention in self.mentions if mention.sex), None)
        return addressed or next((mention.mark for mention in self.mentions if mention.mark), None)

    @property
    def full(self) -> Mention:
        """The mention with the fullest name."""
        return max(self.mentions, key=lambda mention: (len(mention.name), mention.paragraph.field == "body"))


@dataclass(frozen=True, eq=False)
class Reference:
    """A place that speaks of a person: a name, or a pronoun. Tokens ``[first, last)`` of a paragraph."""

    paragraph: Paragraph
    first: int
    last: int
    person: Person
    is_name: bool

    @property
    def at(self) -> tuple[int, int]:
        """Where it stands: paragraph and token."""
        return self.paragraph.index, self.first


def persons(sure: Sequence[Mention], doubtful: Sequence[Mention], names: Names) -> list[Person]:
    """Bring together the mentions of each person.

    Args:
        sure: names that are surely people's.
        doubtful: names that count only where they are a known person's, or come back.
        names: tells which doubtful names can be a person's.
    """
    found: list[Person] = []
    for mention in sorted(sure, key=lambda m: (-len(m.name), m.at)):
        person = _owner(mention, found)
        if person is None:
            found.append(Person(mention.name, [mention]))
        else:
            person.mentions.append(mention)
    often = Counter(mention.name for mention in doubtful)
    alone = {mention.name[0] for mention in doubtful if len(mention.name) == 1 and names.stands_alone(mention)}
    for mention in sorted(doubtful, key=lambda m: (-len(m.name), m.at)):
        owner = _owner(mention, found)
        if owner is not None and names.stands_alone(mention):
            owner.mentions.append(mention)
        elif owner is None:
            comes_back = mention.foreign and len(mention.name) > 1 and mention.name[-1] in alone
            if comes_back or (often[mention.name] > 1 and names.is_likely(mention)):
                found.append(Person(mention.name, [mention]))
    for person in found:
        person.mentions.sort(key=lambda mention: mention.at)
    return sorted(found, key=lambda person: person.mentions[0].at)


def _owner(mention: Mention, known: Iterable[Person]) -> Person | None:
    """Return the person a name belongs to: the same name, or the end of a longer one; the nearest before it."""
    fitting = [person for person in known if _fits(mention, person)]
    if not fitting:
        return None
    exact = [person for person in fitting if person.name == mention.name]

    def distance(person: Person) -> tuple[bool, int, int]:
        before = [m.at for m in person.mentions if m.at < mention.at]
        nearest = max(before) if before else min(m.at for m in person.mentions)
        return not before, -nearest[0] if before else nearest[0], -nearest[1] if before else nearest[1]

    return min(exact or fitting, key=distance)


def _fits(mention: Mention, person: Person) -> bool:
    if mention.name[-1] not in person.name and len(mention.name[0]) > 1:
        return False
    if mention.sex and person.sex and mention.sex != person.sex:
        return False
    short, full = mention.name, person.name
    if short == full:
        return True
    if len(short) > len(full):
        return False
    if any(m.foreign for m in person.mentions):
        return set(short) <= set(full)
    if len(short) == 1 and len(short[0]) == 1:
        return full[-1].endswith(f".{short[0]}")
    return full[-len(short) :] == short


class References:
    """Every place of an article that speaks of one of its people, in order.

    Pronouns are led back to the nearest person before them whose sex does not speak against it.
    """

    def __init__(self, words: Words, text: Sequence[Paragraph], people: Sequence[Person]) -> None:
        self._words = words
        self._starts = words.pronouns.firsts | _SEXED
        self._several = words.grammar["several"] - {"có", "người", "đội", "từng"}
        names = [Reference(m.paragraph, m.first, m.last, person, True) for person in people for m in person.mentions]
        self._names = sorted(names, key=lambda reference: reference.at)
        found = list(self._names)
        for paragraph in text:
            if paragraph.field == "body":
                self._read_pronouns(paragraph, found)
        self.all = sorted(found, key=lambda reference: reference.at)
        self._places = [reference.at for reference in self.all]

    def within(self, paragraph: Paragraph, first: int, last: int) -> list[Reference]:
        """Return the references that begin within tokens ``[first, last)`` of a paragraph."""
        low = bisect_left(self._places, (paragraph.index, first))
        high = bisect_left(self._places, (paragraph.index, last))
        return self.all[low:high]

    def before(self, paragraph: Paragraph, at: int) -> list[Reference]:
        """Return the references before a token, the nearest first, of this and some earlier paragraphs."""
        low = bisect_left(self._places, (max(0, paragraph.index - NEAR), 0))
        high = bisect_left(self._places, (paragraph.index, at))
        return self.all[low:high][::-1]

    def _read_pronouns(self, p: Paragraph, found: list[Reference]) -> None:
        taken = {i for r in self._names if r.paragraph is p for i in range(r.first, r.last)}
        done = 0
        for i in p.any_of(self._starts):
            pronoun = None if i < done or i in taken or p.quoted[i] else self._pronoun(p, i)
            if pronoun is None:
                continue
            length, sex = pronoun
            after = i + length
            named = after < len(p) and (p.capital[after] or p.keys[after] in self._words.not_pronouns)
            if not (named and p.touching(after)):
                person = self._stands_for(p, i, sex, found)
                if person is not None:
                    found.append(Reference(p, i, after, person, False))
                    if sex != "any" and (p.opens(i) or length > 1):
                        person.pronouns.append((sex, p.words[i].lower() if length == 1 else " ".join(p.keys[i:after])))
            done = after

    def _pronoun(self, p: Paragraph, i: int) -> tuple[int, str] | None:
        """Return the length and sex of a pronoun, or of an office with its sex ("nữ thẩm phán")."""
        if p.keys[i] in _SEXED and i + 1 < len(p):
            role = self._words.roles.at(p.keys, i + 1)
            several = i > 0 and (p.keys[i - 1] in self._words.grammar["several"] or p.keys[i - 1].isdigit())
            if role and not several:
                return 1 + role[0], "female" if p.keys[i] == "nữ" else "male"
        if i > 0 and p.keys[i - 1] in self._several:
            return None
        return self._words.pronouns.at(p.keys, i)

    def _stands_for(self, p: Paragraph, at: int, sex: str, found: Sequence[Reference]) -> Person | None:
        earlier = [r for r in found if (max(0, p.index - NEAR), 0) <= r.at < (p.index, at)]
        earlier = [r for r in earlier if r.paragraph.field == "body"]
        if not earlier:
            return None
        nearest = sorted(earlier, key=lambda r: r.at, reverse=True)
        if sex == "any":
            return nearest[0].person
        for reference in nearest:
            known = reference.person.sex
            near = reference.paragraph is p or reference is nearest[0]
            if known == sex or (known is None and near and self._agrees(reference.person, sex)):
                return reference.person
        return None

    @staticmethod
    def _agrees(person: Person, sex: str) -> bool:
        return all(other == sex for other, _ in person.pronouns)
