"""An article in, its people out."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from auditor.documents.interface import Document
from auditor.people.gender import Genders
from auditor.people.names import Mention, Names
from auditor.people.paragraphs import paragraphs
from auditor.people.persons import Person, References, persons
from auditor.people.quotes import Quote, Quotes
from auditor.people.roles import Roles
from auditor.people.standing import Standing, function, standings
from auditor.people.words import Sex, Words, load_words
from auditor.record import Gender, PersonRecord, Quoted
from auditor.text import key

WITNESS = ("chứng kiến", "nhìn thấy", "hiện trường", "nghe tiếng")


@dataclass(frozen=True)
class People:
    """The people of an article.

    Attributes:
        records: as the audit record has them, in order of their first mention.
        quotes: what is said in it, in order.
        names: the name of each speaker.
    """

    records: tuple[PersonRecord, ...]
    quotes: tuple[Quote, ...]
    names: dict[Person, str]

    def speaker(self, start: int, end: int) -> tuple[bool, str | None]:
        """Tell whether a span lies in what somebody says directly, and whose name stands to it."""
        for quote in self.quotes:
            if quote.direct and quote.start <= start + 1 and end - 2 <= quote.end:
                return True, self.names.get(quote.speaker) if quote.speaker else None
        return False, None


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
        relations = self._roles.relations(known, references)
        hurt = self._roles.victims(references)
        records = tuple(
            self._record(person, spoken[person], standing, relations.get(person), victim=person in hurt)
            for person, standing in zip(known, standings(text, known, references), strict=True)
        )
        return People(records, tuple(quotes), {person: r.name for person, r in zip(known, records, strict=True)})

    def byline_gender(self, byline: str | None) -> Gender:
        """Return the gender of who signs an article; unknown for several, for an office, or a name both bear."""
        if not byline:
            return "unknown"
        names = [name for name in _signers(byline) if name]
        genders = {self._genders.of_name(name)[0] for name in names}
        return genders.pop() if len(genders) == 1 else "unknown"

    def _record(
        self,
        person: Person,
        quotes: list[Quote],
        standing: Standing,
        relation: tuple[Sex | None, str] | None,
        *,
        victim: bool,
    ) -> PersonRecord:
        gender, cue = self._genders.of(person, relation)
        role = self._roles.role(person)
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
    parts = re.split(r"\s*[-–,;&/]\s*|\s+và\s+", byline)
    return [tuple(key(word) for word in part.rsplit(":", 1)[-1].split()) for part in parts]
