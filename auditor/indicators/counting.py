"""What one article adds to each figure: a few small numbers, so that a stream of any length can be kept.

Every figure of every article is four counts (:data:`WIDTH`):

=============  =========================  =============================  ==================================
measure        first                      second                         third, fourth
=============  =========================  =============================  ==================================
people         women                      men                            people of unknown gender, 0
bylines        women                      men                            unknown, 0
articles       article meets ``among``    and ``where``                  ``where`` if every unknown were a
                                                                         woman; were a man
findings       article meets ``among``    findings confirmed             findings dismissed, undecided
=============  =========================  =============================  ==================================
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from unicodedata import normalize

from auditor.indicators.models import (
    ArticleTest,
    BylineMeasure,
    FindingMeasure,
    FindingTest,
    Group,
    Measure,
    PeopleMeasure,
    PersonTest,
)
from auditor.indicators.views import Decisions, FindingView, PersonView, RecordView, StoryView
from auditor.record import Gender

WIDTH = 4
Counts = tuple[int, int, int, int]
NOTHING: Counts = (0, 0, 0, 0)
STORY_FLAGS = (
    "about_gender_equality", "central_women", "challenges_stereotype", "names_law", "gender_violence", "help_line",
)  # fmt: skip


def count(record: RecordView, story: StoryView, group: Group, measure: Measure, decisions: Decisions) -> Counts:
    """Return what an article adds to a figure; nothing where it is outside the scope of the group."""
    people = record.people
    if not (meets(story, people, group.scope) and meets(story, people, measure.among)):
        return NOTHING
    if isinstance(measure, PeopleMeasure):
        return _by_gender(person.gender for person in people if is_one(person, measure.who))
    if isinstance(measure, BylineMeasure):
        return _by_gender([story.byline_gender])
    if isinstance(measure, FindingMeasure):
        hits = [found for found in record.findings if is_such(found, measure.finding)]
        said = [decisions.get((record.id, found.id)) for found in hits]
        return 1, said.count("confirmed"), said.count("dismissed"), said.count(None)
    return (
        1,
        int(meets(story, people, measure.where)),
        int(meets(story, _supposed(people, "female"), measure.where)),
        int(meets(story, _supposed(people, "male"), measure.where)),
    )


def meets(story: StoryView, people: Sequence[PersonView], test: ArticleTest) -> bool:
    """Tell whether an article meets a test."""
    return (
        (not test.topic or story.topic in test.topic)
        and (not test.genre or story.genre in test.genre)
        and all(getattr(test, flag) in (None, getattr(story, flag)) for flag in STORY_FLAGS)
        and all(any(is_one(person, wanted) for person in people) for wanted in test.people)
        and (not test.any or any(meets(story, people, one) for one in test.any))
        and not any(meets(story, people, one) for one in test.none)
    )


def is_one(person: PersonView, test: PersonTest) -> bool:
    """Tell whether a person meets a test."""
    return (
        test.gender in (None, person.gender)
        and test.quoted in (None, person.quoted != "no")
        and (not test.function or person.function in test.function)
        and test.leader in (None, person.leader)
        and test.victim in (None, person.victim)
        and test.family_role in (None, person.family_role is not None)
        and test.in_caption in (None, person.in_caption)
        and (not test.occupation or _names(test.occupation, person.occupation))
    )


def is_such(found: FindingView, test: FindingTest) -> bool:
    """Tell whether a finding meets a test."""
    named = found.category in test.category or found.rule in test.rule
    return named and (not test.severity or found.severity in test.severity)


def _by_gender(genders: Iterable[Gender]) -> Counts:
    found = list(genders)
    return found.count("female"), found.count("male"), found.count("unknown"), 0


def _supposed(people: Sequence[PersonView], gender: Gender) -> list[PersonView]:
    return [
        person.model_copy(update={"gender": gender}) if person.gender == "unknown" else person for person in people
    ]  # fmt: skip


def _names(words: tuple[str, ...], occupation: str | None) -> bool:
    return occupation is not None and bool(_pattern(words).search(normalize("NFC", occupation).casefold()))


@lru_cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    choices = "|".join(re.escape(normalize("NFC", one).casefold()) for one in words)
    return re.compile(rf"(?<!\w)(?:{choices})(?!\w)")
