"""A sentence as the rules see it: syllables, the concepts they express, and the words that govern it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from auditor.rulebook.lexicon import Mention
from auditor.rulebook.loader import Rulebook
from auditor.text import Syllables


@dataclass(frozen=True, eq=False)
class Sentence:
    """One sentence of a clause, equal only to itself.

    Attributes:
        start: code-point offset of its first character in the document's text.
        end: half-open end.
        syllables: its syllables with offsets into the document's text.
        mentions: expressions of concepts, in order.
        lead: syllable keys of the headings and lead-ins that govern it.
    """

    start: int
    end: int
    syllables: Syllables
    mentions: tuple[Mention, ...]
    lead: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The canonical syllables."""
        return self.syllables.keys

    @cached_property
    def people(self) -> tuple[Mention, ...]:
        """Mentions of people of one sex; forms of address ("bà", "anh") count only where both sexes are named."""
        named = tuple(mention for mention in self.mentions if mention.sex)
        both = len({mention.sex for mention in named}) == 2
        return named if both else tuple(mention for mention in named if not mention.weak)

    @property
    def is_about_sexes(self) -> bool:
        """Whether it names people of one sex, or a couple."""
        return bool(self.people) or any("both_sexes" in mention.concepts for mention in self.mentions)

    @cached_property
    def concepts(self) -> frozenset[str]:
        """Every concept expressed, with ``female``, ``male`` and ``sex`` for groups of people."""
        found: set[str] = set()
        for mention in self.mentions:
            found |= mention.concepts
        for person in self.people:
            found |= person.names
        return frozenset(found)

    def ends(self, concept: str, at: int) -> Sequence[int]:
        """Return the ends of expressions of a concept that start at a syllable."""
        return [mention.last for mention, names in self._starting.get(at, ()) if concept in names]

    @cached_property
    def _starting(self) -> dict[int, list[tuple[Mention, frozenset[str]]]]:
        """The mentions that start at each syllable, with their names."""
        found: dict[int, list[tuple[Mention, frozenset[str]]]] = {}
        for mention in self.mentions:
            found.setdefault(mention.first, []).append((mention, mention.names))
        return found

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the offsets of syllables ``[first, last)`` in the document's text."""
        return self.syllables.starts[first], self.syllables.ends[last - 1]


def parse(rulebook: Rulebook, text: str, start: int, end: int, lead: tuple[str, ...] = ()) -> Sentence:
    """Find the syllables and concepts of the sentence ``text[start:end]``."""
    syllables = rulebook.spelling.syllables(text, start, end)
    return Sentence(start, end, syllables, rulebook.lexicon.mentions(syllables.keys), lead)
