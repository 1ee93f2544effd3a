"""An article and its people in, its story out: topic, whom it centres on, what it says of gender."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Literal, get_args

from auditor.documents.interface import Document, PlacedBlock
from auditor.record import Gender, PersonRecord, StoryRecord, Topic
from auditor.rulebook.phrases import Phrases
from auditor.story.fingerprint import fingerprint
from auditor.story.words import StoryWords, load_story_words
from auditor.text import Spelling, bare

Sign = Literal["gender_equality", "challenges", "laws", "violence", "help", "women"]

NEWS = "news"
TITLE = 3  # what words of a title count for, and
LEAD = 2  # of the first paragraph
SECTION = 6  # what the section of the paper counts for
NAMED = 2  # times gender equality is spoken of in a body that is about it
ABOUT_WOMEN = 0.6  # share of women among all the mentions of people from which women may be central
_WEIGHTS = {"title": TITLE, "lead": LEAD, "body": 1, "caption": 1}
_TOPICS: tuple[Topic, ...] = get_args(Topic)


class StoryReader:
    """Tells what articles are about; holds only the words.

    Args:
        spelling: opens abbreviations ("BLGĐ") as the rulebook has them.
    """

    def __init__(self, spelling: Spelling, words: StoryWords | None = None) -> None:
        words = words or load_story_words()
        self._spelling = spelling
        tags: dict[str, set[str]] = defaultdict(set)
        for topic, listed in words.topics.items():
            for word in listed:
                tags[word].add(topic)
        for sign in get_args(Sign):
            for word in getattr(words, sign):
                tags[word].add(sign)
        self._signs = Phrases((word, frozenset(told)) for word, told in tags.items())
        self._openings = self._signs.firsts
        self._sections = [(bare(word), topic) for topic, listed in words.sections.items() for word in listed]

    def read(
        self,
        document: Document,
        people: Sequence[PersonRecord],
        shares: Sequence[float],
        *,
        byline: Gender,
        repairs: int = 0,
    ) -> StoryRecord:
        """Return the story of an article.

        Args:
            people: the people found in it.
            shares: the part of all mentions of people that falls to each.
            byline: the gender of who signs it.
            repairs: how many passages name or repair discrimination.
        """
        counts = self._count(document)
        total: Counter[str] = Counter()
        for part, weight in _WEIGHTS.items():
            for sign, count in counts[part].items():
                total[sign] += weight * count
        opening = counts["title"]["gender_equality"] + counts["lead"]["gender_equality"]
        about = opening > 0 or counts["body"]["gender_equality"] >= NAMED
        central = self._centres_on_women(counts, people, shares)
        return StoryRecord(
            topic=self._topic(document, total),
            about_gender_equality=about,
            central_women=central,
            challenges_stereotype=repairs > 0 or total["challenges"] >= TITLE,
            names_law=total["laws"] > 0 and (about or total["violence"] > 0 or total["gender"] > 0),
            gender_violence=counts["title"]["violence"] + counts["lead"]["violence"] > 0 or total["violence"] >= TITLE,
            help_line=total["help"] > 0 and total["violence"] + total["gender"] > 0,
            byline_gender=byline,
            genre=document.genre or NEWS,
            section=document.section,
            fingerprint=fingerprint("\n".join(placed.block.text for placed in _body(document))),
        )

    def _count(self, document: Document) -> dict[str, Counter[str]]:
        """Count the signs in the title, the first paragraph, the rest of the body, and the captions."""
        counts: dict[str, Counter[str]] = {part: Counter() for part in _WEIGHTS}
        lead = next(iter(_body(document)), None)
        for placed in document.blocks:
            part = "lead" if placed is lead else placed.block.field
            for signs in self._signs_in(self._spelling.keys(document.text, placed.start, placed.end)):
                counts[part].update(signs)
        return counts

    def _signs_in(self, keys: tuple[str, ...]) -> Iterator[frozenset[str]]:
        """Yield what each phrase is a sign of; phrases do not overlap."""
        done = 0
        for i in [i for i, key in enumerate(keys) if key in self._openings]:
            if i >= done and (sign := self._signs.at(keys, i)):
                yield sign[1]
                done = i + sign[0]

    def _topic(self, document: Document, total: Counter[str]) -> Topic:
        scores = {topic: float(total[topic]) for topic in _TOPICS}
        section = bare(document.section or "")
        for word, topic in self._sections:
            if word in section:
                scores[topic] += SECTION
        return max(_TOPICS, key=lambda topic: scores[topic]) if any(scores.values()) else "social"

    @staticmethod
    def _centres_on_women(
        counts: dict[str, Counter[str]], people: Sequence[PersonRecord], shares: Sequence[float]
    ) -> bool:
        """Tell whether women are in the title and the story, or are whom most of it speaks of."""
        female, male = (
            sum(share for person, share in zip(people, shares, strict=True) if person.gender == gender)
            for gender in ("female", "male")
        )
        main = max(zip(shares, people, strict=True), key=lambda one: one[0], default=(0.0, None))[1]
        titled = counts["title"]["women"] + counts["title"]["gender"] > 0
        if main is None or main.gender != "female" or main.function != "subject":
            return titled and female >= male
        return titled or (female >= ABOUT_WOMEN and not main.leader)


def _body(document: Document) -> list[PlacedBlock]:
    return [placed for placed in document.blocks if placed.block.field == "body"]
