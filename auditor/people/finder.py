"""An article in, its people out."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from auditor.documents.interface import Document
from auditor.people.gender import Genders
from auditor.people.mention import Mention
from auditor.people.names import Names
from auditor.people.paragraphs import paragraphs
from auditor.people.persons import Person, References, persons
from auditor.people.quotes import Quote, Quotes
from auditor.people.roles import Role, Roles
from auditor.people.standing import Standing, function, standings
from auditor.people.words import Sex, Words, load_words
from auditor.record import Gender, PersonRecord, Quoted
from auditor.text import key

WITHIN = 0.5  # part of a passage that must lie in a quote to be the source's words
WITNESS = ("chứng kiến", "nhìn thấy", "hiện trường", "nghe tiếng")


@dataclass(frozen=True)
class Said:
    """Words of a source; ``speaker`` is None where the article does not name one."""

    speaker: str | None


@dataclass(frozen=True)
class People:
    """The people of an article.

    Attributes:
        records: as the audit record has them, in order of their first mention.
        shares: the part of all mentions of people that falls to each, 0 to 1.
        quotes: what is said in it, in order.
        names: the name of each speaker.
    """

    records: tuple[PersonRecord, ...]
    shares: tuple[float, ...]
    quotes: tuple[Quote, ...]
    names: dict[Person, str]

    def said(self, start: int, end: int) -> Said | None:
        """Return who says the words between two offsets; None where the paper itself does."""
        for quote in self.quotes:
            inside = min(end, quote.end) - max(start, quote.start)
            if inside >= WITHIN * (end - start):
                return Said(self.names.get(quote.speaker) if quote.speaker else None)
        return None


class PeopleFinder:
    """Finds the people of articles; holds only the tables of words."""

    def __init__(self, words: Words | None = None) -> None:
        words = words or load_words()
        self._names = Names(words)
        self._words = words
        self._genders = Genders(words)
        self._quotes = Quotes(words)
        self._roles = Roles(words)

    def find(self, document: Document) -> People:
        """Return the people of an article."""
        text = list(paragraphs(document.text, document.blocks))
        sure: list[Mention] = []
        doubtful: list[Mention] = []
        for paragraph in text:
            found, open_ = self._names.find(paragraph)
            sure += found
            doubtful += open_
        known = persons(sure, doubtful, self._names)
        references = References(self._words, text, known)
        quotes = self._quotes.find(text, references)
        spoken: dict[Person, list[Quote]] = defaultdict(list)
        for quote in quotes:
            if quote.speaker is not None:
                spoken[quote.speaker].append(quote)
        roles = {person: self._roles.role(person) for person in known}
        relations = self._roles.relations(known, references)
        hurt = self._roles.victims(roles, references)
        told = list(standings(text, known, references))
        records = tuple(
            self._record(person, roles[person], spoken[person], standing, relations.get(person), victim=person in hurt)
            for person, standing in zip(known, told, strict=True)
        )
        names = {person: record.name for person, record in zip(known, records, strict=True)}
        return People(records, tuple(standing.share for standing in told), tuple(quotes), names)

    def byline_gender(self, byline: str | None) -> Gender:
        """Return the gender of who signs an article; unknown for several, for an office, or a name both bear."""
        if not byline:
            return "unknown"
        names = [name for name in _signers(byline) if name]
        if any(self._words.places.at(name, 0) for name in names):
            return "unknown"
        genders = {self._genders.of_name(name)[0] for name in names}
        return genders.pop() if len(genders) == 1 else "unknown"

    def _record(
        self,
        person: Person,
        role: Role,
        quotes: list[Quote],
        standing: Standing,
        relation: tuple[Sex | None, str] | None,
        *,
        victim: bool,
    ) -> PersonRecord:
        gender, cue = self._genders.of(person, relation)
        quoted: Quoted = "no"
        if quotes:
            quoted = "direct" if any(quote.direct for quote in quotes) else "indirect"
        return PersonRecord(
            name=person.full.bare_name,
            mentions=tuple(dict.fromkeys(mention.printed for mention in person.mentions)),
            gender=gender, gender_cue=cue, quoted=quoted,
            function=function(
                role.kind, standing, quoted=bool(quotes), victim=victim, related=relation is not None,
                seen=_witness(person, quotes),
            ),
            occupation=role.occupation, leader=role.kind == "leader",
            family_role=relation[1] if relation else None, victim=victim,
            in_caption=standing.captioned,
        )  # fmt: skip


def _witness(person: Person, quotes: list[Quote]) -> bool:
    text = person.mentions[0].paragraph.text
    return any(cue in text[quote.start : quote.end].lower() for quote in quotes for cue in WITNESS)


def _signers(byline: str) -> list[tuple[str, ...]]:
    """Return the names of those who sign, after "Biên tập:" and the like."""
    parts = re.split(r"\s*[-–,;&/]\s*|\s+và\s+(?!ảnh\b)", byline)
    return [tuple(key(word) for word in part.rsplit(":", 1)[-1].split()) for part in parts]
