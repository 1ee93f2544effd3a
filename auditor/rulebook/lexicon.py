"""Concepts and where they stand in a sentence: a trie over syllables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from auditor.rulebook.models import Concept, Sex
from auditor.rulebook.pattern import compile_pattern

NEUTRAL = "neutral"
_END = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """An expression of concepts: syllables ``[first, last)`` of a sentence."""

    first: int
    last: int
    concepts: frozenset[str]
    sex: Sex | None
    weak: bool

    @property
    def names(self) -> frozenset[str]:
        """Its concepts, and ``sex`` with ``female`` or ``male`` where it names people of one sex."""
        return _names(self.concepts, self.sex) if self.sex else self.concepts


@cache
def _names(concepts: frozenset[str], sex: Sex) -> frozenset[str]:
    return concepts | {"sex", sex}


class Lexicon:
    """All concepts, ready to be found in syllables."""

    def __init__(self, concepts: Mapping[str, Concept]) -> None:
        self.concepts = dict(concepts)
        self._wordings = {
            name: tuple(literal for words in concept.words for literal in compile_pattern(words).literals())
            for name, concept in concepts.items()
        }
        self._trie: dict[str, Any] = {}
        for name, literals in self._wordings.items():
            for literal in literals:
                node = self._trie
                for syllable in literal:
                    node = node.setdefault(syllable, {})
                node.setdefault(_END, set()).add(name)
        self._people = frozenset(name for name, concept in concepts.items() if concept.sex) | {"both_sexes"}
        self._sex_of = cache(self._sex)

    def wordings(self, name: str) -> tuple[tuple[str, ...], ...]:
        """Return every wording of a concept; of ``sex``, ``female`` or ``male``, those of all people it covers."""
        if name in self._wordings:
            return self._wordings[name]
        return tuple(
            words
            for other, concept in self.concepts.items()
            if concept.sex and name in {"sex", concept.sex}
            for words in self._wordings[other]
        )

    def mirror(self, name: str) -> str:
        """Return the concept of the other sex, or the concept itself where it has none."""
        if name in {"female", "male"}:
            return "male" if name == "female" else "female"
        concept = self.concepts.get(name)
        return concept.mirror if concept and concept.mirror else name

    def mentions(self, keys: Sequence[str]) -> tuple[Mention, ...]:
        """Find the longest expression of each concept at each place.

        Everything loses to longer words for people around it ("con gái" in "con gái út", "phụ" in "phụ nữ") and to a
        homograph or proper name that contains it ("nam" in "phía nam").
        """
        found: list[tuple[int, int, str]] = []
        for first, node in enumerate(map(self._trie.get, keys)):
            if node is None:
                continue
            longest: dict[str, int] = {}
            last = first + 1
            while node is not None:
                for name in node.get(_END, ()):
                    longest[name] = last
                node = node.get(keys[last]) if last < len(keys) else None
                last += 1
            found.extend((first, end, name) for name, end in longest.items())
        longer = [one for one in found if one[1] - one[0] > 1 or one[2] == NEUTRAL]
        kept: dict[tuple[int, int], set[str]] = {}
        for one in found:
            if one[2] != NEUTRAL and not (longer and self._loses(one, longer)):
                kept.setdefault(one[:2], set()).add(one[2])
        return tuple(self._mention(*span, frozenset(kept[span])) for span in sorted(kept))

    def _loses(self, one: tuple[int, int, str], longer: Sequence[tuple[int, int, str]]) -> bool:
        """Tell whether a homograph, or a longer word for people or the same thing, stands around an expression."""
        first, last, name = one
        for start, end, other in longer:
            if start > first:
                return False
            if last <= end and (
                other == NEUTRAL or (end - start > last - first and (other == name or other in self._people))
            ):
                return True
        return False

    def _mention(self, first: int, last: int, names: frozenset[str]) -> Mention:
        sex, weak = self._sex_of(names)
        return Mention(first, last, names, sex, weak)

    def _sex(self, names: frozenset[str]) -> tuple[Sex | None, bool]:
        """Return the sex that concepts expressed together name, and whether they only address."""
        sexes = {self.concepts[name].sex for name in names} - {None}
        sex = next(iter(sexes)) if len(sexes) == 1 else None
        weak = all(self.concepts[name].weak for name in names if self.concepts[name].sex) and sex is not None
        return sex, weak
