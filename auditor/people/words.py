"""The words that tell of people, loaded from ``rules/people/``: data that anyone can read and add to."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from auditor.errors import RulebookError
from auditor.rulebook.loader import RULES_DIR
from auditor.rulebook.phrases import Phrases
from auditor.rulebook.yamlfile import YamlFile
from auditor.text import key

Sex = Literal["female", "male"]
PRIOR = 2.0  # added to each count of a name, so that a rare name says little


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class BySex(_Table):
    """Words by the sex they tell; ``any`` tells none."""

    female: tuple[str, ...] = ()
    male: tuple[str, ...] = ()
    any: tuple[str, ...] = ()


class MongMale(_Table):
    """A middle syllable that only men bear after certain surnames."""

    surnames: tuple[str, ...]
    syllable: str


class Victims(_Table):
    """Words before and after a name that tell of someone hurt."""

    before: tuple[str, ...]
    after: tuple[str, ...]


class WordsFile(_Table):
    """The file ``words.yaml``."""

    honorifics: BySex
    pronouns: BySex
    not_pronouns: tuple[str, ...]
    sex_words: BySex
    kin: BySex
    leaders: tuple[str, ...]
    not_leaders: tuple[str, ...]
    jobs: dict[str, tuple[str, ...]]
    speech: tuple[str, ...]
    weak_speech: tuple[str, ...]
    according: tuple[str, ...]
    victims: Victims
    places: tuple[str, ...]
    grammar: dict[str, tuple[str, ...]]


class NamesFile(_Table):
    """The file ``names.yaml``."""

    surnames: tuple[str, ...]
    middle: BySex
    mong_male: MongMale
    dao_female: tuple[str, ...]
    historical: tuple[str, ...]
    not_people: tuple[str, ...]
    brands: tuple[str, ...]
    foreign: BySex


@dataclass(frozen=True)
class Counts:
    """How many women and men bear a name."""

    female: int
    male: int

    @property
    def odds(self) -> float:
        """Log odds of a woman, 0 where nothing is known."""
        return math.log((self.female + PRIOR) / (self.male + PRIOR))


@dataclass(frozen=True)
class Words:
    """All tables, ready to be asked."""

    words: WordsFile
    names: NamesFile
    given: dict[str, Counts]
    middle: dict[str, Counts]

    @cached_property
    def grammar(self) -> dict[str, frozenset[str]]:
        """Small sets of syllables by which sentences are read; ``words.yaml`` says what each is for."""
        return {name: frozenset(map(key, listed)) for name, listed in self.words.grammar.items()}

    @cached_property
    def honorifics(self) -> Phrases[str]:
        """Forms of address; the value is the sex, or ``any``."""
        return Phrases(_sexed(self.words.honorifics))

    @cached_property
    def pronouns(self) -> Phrases[str]:
        """Words that stand for a person already named; the value is the sex, or ``any``."""
        return Phrases(_sexed(self.words.pronouns))

    @cached_property
    def kin(self) -> Phrases[str]:
        """Words of kinship; the value is the sex, or ``any``."""
        return Phrases(_sexed(self.words.kin))

    @cached_property
    def roles(self) -> Phrases[str]:
        """Offices and jobs; the value is ``leader`` or the kind of job."""
        jobs = [(word, kind) for kind, listed in self.words.jobs.items() for word in listed]
        led = [(word, "leader") for word in self.words.leaders if word not in self.words.not_leaders]
        known = {word for word, _ in led}
        return Phrases([*led, *((word, kind) for word, kind in jobs if word not in known)])

    @cached_property
    def speech(self) -> Phrases[str]:
        """Verbs of speech; the value is ``strong``, or ``weak`` for those that need a quotation beside them."""
        weak = set(self.words.weak_speech)
        return Phrases((word, "weak" if word in weak else "strong") for word in self.words.speech)

    @cached_property
    def according(self) -> Phrases[str]:
        """Words for "according to"."""
        return Phrases((word, "according") for word in self.words.according)

    @cached_property
    def victims_before(self) -> Phrases[str]:
        """Words before the name of someone hurt."""
        return Phrases((word, "victim") for word in self.words.victims.before)

    @cached_property
    def victims_after(self) -> Phrases[str]:
        """Words after the name of someone hurt."""
        return Phrases((word, "victim") for word in self.words.victims.after)

    @cached_property
    def places(self) -> Phrases[str]:
        """Words after which a name is no person's."""
        return Phrases((word, "place") for word in self.words.places)

    @cached_property
    def not_pronouns(self) -> frozenset[str]:
        """Syllables that turn a pronoun before them into something else ("anh em", "bà con")."""
        return frozenset(key(word) for word in self.words.not_pronouns)

    @cached_property
    def surnames(self) -> frozenset[str]:
        """First syllables of the names of the peoples of Vietnam."""
        return frozenset(key(word) for word in self.names.surnames)

    @cached_property
    def not_people(self) -> frozenset[tuple[str, ...]]:
        """Names of places, organisations and historical figures."""
        return frozenset(
            tuple(key(word) for word in name.split()) for name in (*self.names.not_people, *self.names.historical)
        )

    def mark(self, name: Sequence[str]) -> tuple[Sex, str] | None:
        """Return the sex the marks of a Vietnamese name tell ("Thị", "Văn", "A" after a Mông surname), and the mark."""
        for syllable in name[1:-1]:
            if syllable in self._middle_marks:
                return self._middle_marks[syllable], syllable
        mong = self.names.mong_male
        if len(name) > 2 and name[0] in mong.surnames and name[1] == mong.syllable:
            return "male", mong.syllable
        if len(name) > 2 and name[1] in self.names.dao_female:
            return "female", name[1]
        return None

    @cached_property
    def _middle_marks(self) -> dict[str, Sex]:
        marks = self.names.middle
        return {**dict.fromkeys(map(key, marks.female), "female"), **dict.fromkeys(map(key, marks.male), "male")}

    @cached_property
    def brands(self) -> frozenset[str]:
        """First words of the names of goods, firms, clubs and papers."""
        return frozenset(map(key, self.names.brands))

    @cached_property
    def foreign(self) -> dict[str, Sex]:
        """Sex told by given names of foreigners that only one sex bears."""
        female, male = set(self.names.foreign.female), set(self.names.foreign.male)
        return {**dict.fromkeys(female - male, "female"), **dict.fromkeys(male - female, "male")}


def _sexed(table: BySex) -> list[tuple[str, str]]:
    return [(word, sex) for sex in ("any", "male", "female") for word in getattr(table, sex)]


def load_words(folder: Path | None = None) -> Words:
    """Load the tables.

    Args:
        folder: a folder of rules that holds ``people``; the shipped one by default.

    Raises:
        RulebookError: GA101-GA103, with file and line.
    """
    root = (folder or RULES_DIR).resolve()
    parsed = [YamlFile(root / "people" / f"{name}.yaml", root) for name in ("words", "names")]
    given, middle = _counts(root / "people" / "given-names.tsv")
    return Words(
        parsed[0].parse(WordsFile, parsed[0].value, ()), parsed[1].parse(NamesFile, parsed[1].value, ()), given, middle
    )


def _counts(path: Path) -> tuple[dict[str, Counts], dict[str, Counts]]:
    found: dict[str, dict[str, Counts]] = {"given": {}, "middle": {}}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith(("#", "part\t")):
            continue
        try:
            part, name, male, female = line.split("\t")
            found[part][key(name)] = Counts(int(female), int(male))
        except (ValueError, KeyError) as error:
            raise RulebookError(
                "GA103", "Dòng phải gồm part, name, male, female cách nhau bằng phím tab.", file=path.name, line=number
            ) from error
    return found["given"], found["middle"]
