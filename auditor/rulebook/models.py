"""The objects a rulebook is made of."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from auditor.record import Severity, Voice

Sex = Literal["female", "male"]
Kind = Literal["regulation", "article"]


class Entry(BaseModel):
    """A frozen value of the rulebook; unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Concept(Entry):
    """A class of expressions, written as syllable patterns.

    Attributes:
        sex: the sex of the people it names, if it names people of one sex.
        mirror: the concept that names the same people of the other sex.
        weak: names one person in address ("bà", "anh") rather than a group; alone it proposes nothing.
        area: the group of rules this right or duty belongs to.
        kind: the only kind of document it is looked for in; both where None.
    """

    title: str
    words: tuple[str, ...]
    sex: Sex | None = None
    mirror: str | None = None
    weak: bool = False
    area: str | None = None
    kind: Kind | None = None


class Modifier(Entry):
    """Words that decide the voice of what stands near them.

    Attributes:
        voice: what the governed words become.
        words: syllable patterns.
        reach: ``after`` (to the end of the sentence part), ``before``, ``sentence``, ``lead`` (also from a lead-in
            or heading over its list).
        unless: patterns which, found after the modifier, end its reach.
        settles: whether the sentence is thereby no finding, whatever the evidence says; where an ``unless`` follows,
            the words say nothing at all.
    """

    voice: Voice
    words: tuple[str, ...]
    reach: Literal["after", "before", "sentence"]
    lead: bool = False
    unless: tuple[str, ...] = ()
    settles: bool = False


class Provision(Entry):
    """One provision: its place ("40.1.c"), its gist, how sure it is, whether a lawyer has reviewed it."""

    at: str
    says: str
    sure: Literal["V", "Vp", "M+", "M", "U"] = "M"
    reviewed: bool = False


class Law(Entry):
    """A law with the dates in which it is in force."""

    law: str
    number: str
    title: str
    from_: date = Field(alias="from")
    until: date | None = None
    sure: Literal["V", "Vp", "M+", "M", "U"] = "M"
    provisions: tuple[Provision, ...]

    def in_force(self, day: date) -> bool:
        """Tell whether the law is in force on a day."""
        return self.from_ <= day and (self.until is None or day <= self.until)


class Condition(Entry):
    """One strict condition: a frame (who, modality, what), a phrase, a contrast of the two sexes, or copied law.

    Attributes:
        copies: the least share of a sentence's words that stand so in the law, in (0, 1].
    """

    who: str | tuple[str, ...] = ()
    modality: str | tuple[str, ...] = ()
    what: str | tuple[str, ...] = ()
    phrase: str | None = None
    contrast: tuple[str, ...] | None = None
    copies: float | None = Field(default=None, gt=0, le=1)


class Examples(Entry):
    """Clauses a rule must flag, clauses it must pass, known misses."""

    flag: tuple[str, ...] = Field(min_length=3)
    pass_: tuple[str, ...] = Field(alias="pass", min_length=3)
    todo: tuple[str, ...] = ()


class Rule(Entry):
    """One rule as a legal officer reads it."""

    id: str = Field(pattern=r"^[A-Z]{2}-[A-Z]+-\d\d$")
    title: str
    severity: Severity
    status: Literal["draft", "pilot", "approved", "retired"]
    when: tuple[Condition, ...] = ()
    maybe: tuple[tuple[str, ...], ...] = ()
    mirror: bool = True
    basis: tuple[str, ...]
    message: str
    why: str
    suggestion: str
    examples: Examples

    @property
    def kind(self) -> Kind:
        """The kind of document it judges."""
        return "regulation" if self.id.startswith("HU") else "article"

    @property
    def category(self) -> str:
        """The group of the rule, for example ``HU-PROP``."""
        return self.id.rsplit("-", 1)[0]


class Advice(Entry):
    """Content a regulation could well have (HU-MISS); patterns that show it is there. Never a fault."""

    id: str = Field(pattern=r"^HU-MISS-\d\d$")
    title: str
    advice: str
    words: tuple[str, ...]
