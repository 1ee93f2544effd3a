"""A person's function in a story, told by how the story speaks of the person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.people.paragraphs import Paragraph
from auditor.people.persons import Person, References
from auditor.record import Function

LEAD = 2  # paragraphs
SHARES = (0.1, 0.2, 0.27, 0.36, 0.45)  # of all mentions: in passing, some, much, most of a story


@dataclass(frozen=True)
class Standing:
    """How a story speaks of a person.

    Attributes:
        share: part of all mentions of people, pronouns too, 0 to 1.
        most: nobody is spoken of more often.
        titled: the title names the person.
        lead: first named in the first two paragraphs.
        opening: first named in the first one.
        captioned: a caption names the person.
    """

    share: float
    most: bool
    titled: bool
    lead: bool
    opening: bool
    captioned: bool


def standings(text: Sequence[Paragraph], people: Sequence[Person], references: References) -> Iterator[Standing]:
    """Yield the standing of each person of an article."""
    weight = Counter(reference.person for reference in references.all)
    total, top = sum(weight.values()), max(weight.values(), default=0)
    begin = next((p.index for p in text if p.field == "body"), 0)
    for person in people:
        fields = {mention.paragraph.field for mention in person.mentions}
        first = min((m.paragraph.index for m in person.mentions if m.paragraph.field == "body"), default=len(text))
        yield Standing(
            share=weight[person] / total,
            most=weight[person] == top,
            titled="title" in fields,
            lead=first < begin + LEAD,
            opening=first == begin,
            captioned="caption" in fields,
        )


def function(kind: str, standing: Standing, *, quoted: bool, victim: bool, related: bool, seen: bool) -> Function:
    """Return the function of a person.

    Args:
        kind: the kind of office or job, empty where nothing is said.
        victim: the person was hurt.
        related: the person is known by a family relation.
        seen: the person tells what was seen happen.
    """
    passing, some, much, most, nearly_all = SHARES
    official = kind in {"leader", "official"} and not related
    if not quoted:
        told = standing.titled or victim or kind in {"accused", "sport", "patient"} or standing.share >= some
        return "subject" if told or (standing.lead and not official and standing.share >= passing) else "other"
    if official:
        return "subject" if standing.lead and standing.share >= nearly_all else "spokesperson"
    if standing.titled or kind == "accused":
        return "subject"
    if kind == "expert" and standing.share < most:
        return "expert"
    if seen:
        return "eyewitness"
    portrait = standing.opening or victim or standing.captioned
    if standing.lead and ((standing.most and standing.share >= much) or (standing.share >= some and portrait)):
        return "subject"
    return "personal_experience"
