"""The objects ``rules/indicators/`` is made of. Formulas are data of a small closed vocabulary; no code is run."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from auditor.indicators.scores import ScoreName
from auditor.record import Function, Gender, Severity, Topic

Genre = Literal["news", "broadcast", "loudspeaker", "leaflet", "advert", "social"]
Measured = Literal["automatic", "proposed", "questionnaire", "manual"]
Sure = Literal["V", "M+", "M", "U"]
Better = Literal["parity", "higher", "lower", "none"]

MEASURED: dict[Measured, str] = {
    "automatic": "máy đếm",
    "proposed": "máy gợi ý, người xác nhận",
    "questionnaire": "bảng hỏi",
    "manual": "người đếm",
}
SURENESS: dict[Sure, str] = {
    "V": "đã đối chiếu với nguồn nêu bên cạnh",
    "M+": "theo hiểu biết chung, khá chắc, chưa đối chiếu văn bản gốc",
    "M": "theo hiểu biết chung, cần đối chiếu trước khi dẫn",
    "U": "chưa tìm thấy nguồn",
}


class Entry(BaseModel):
    """A frozen value; unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class PersonTest(Entry):
    """Which people count. Every key that is given must hold.

    Attributes:
        quoted: whether the person is quoted, directly or not.
        family_role: whether the person is known by a family relation.
        occupation: words one of which stands in the occupation, as whole syllables, whatever the case.
    """

    gender: Gender | None = None
    quoted: bool | None = None
    function: tuple[Function, ...] = ()
    leader: bool | None = None
    victim: bool | None = None
    family_role: bool | None = None
    in_caption: bool | None = None
    occupation: tuple[str, ...] = ()


class FindingTest(Entry):
    """Which findings count: of one of these groups or rules and, where given, of one of these severities."""

    category: tuple[str, ...] = ()
    rule: tuple[str, ...] = ()
    severity: tuple[Severity, ...] = ()


class ArticleTest(Entry):
    """Which articles count. Every key that is given must hold.

    Attributes:
        people: for each of these tests the article has a person who meets it.
        any: one of these tests holds.
        none: none of these tests holds.
    """

    topic: tuple[Topic, ...] = ()
    genre: tuple[Genre, ...] = ()
    about_gender_equality: bool | None = None
    central_women: bool | None = None
    challenges_stereotype: bool | None = None
    names_law: bool | None = None
    gender_violence: bool | None = None
    help_line: bool | None = None
    people: tuple[PersonTest, ...] = ()
    any: tuple[ArticleTest, ...] = ()
    none: tuple[ArticleTest, ...] = ()


class PeopleMeasure(Entry):
    """Women ÷ (women + men) among the people who meet ``who`` in the articles that meet ``among``."""

    count: Literal["people"]
    who: PersonTest = PersonTest()
    among: ArticleTest = ArticleTest()


class BylineMeasure(Entry):
    """Women ÷ (women + men) among the authors of the articles that meet ``among``."""

    count: Literal["bylines"]
    among: ArticleTest = ArticleTest()


class ArticleMeasure(Entry):
    """Articles that meet ``where`` ÷ articles that meet ``among``."""

    count: Literal["articles"]
    where: ArticleTest
    among: ArticleTest = ArticleTest()


class FindingMeasure(Entry):
    """Articles with a confirmed finding that meets ``finding`` ÷ articles that meet ``among``."""

    count: Literal["findings"]
    finding: FindingTest
    among: ArticleTest = ArticleTest()


Measure = Annotated[
    PeopleMeasure | BylineMeasure | ArticleMeasure | FindingMeasure, Field(discriminator="count")
]  # fmt: skip


class Part(Entry):
    """One figure of an indicator that has several, for example one for each social position."""

    id: str = Field(pattern=r"^[a-z][a-z_]*$")
    title: str
    measure: Measure


class Indicator(Entry):
    """One indicator as an editor reads it.

    Attributes:
        sure: how sure the wording is, by the keys of :data:`SURENESS`.
        note: what the reader must know of the measure; where it is the program's own choice, that.
        parts: the figures; an indicator that is counted by people outside the program has none.
        scores: names of the measured errors in ``scores.json`` that bear on it.
    """

    id: str = Field(pattern=r"^(B\d\.\d(\.\d)?|GEM\.\d|GMMP\.\d)$")
    title: str
    definition: str
    numerator: str
    denominator: str
    measured: Literal["automatic", "proposed", "manual"]
    better: Better = "none"
    source: str
    sure: Sure
    note: str = ""
    scores: tuple[ScoreName, ...] = ()
    measure: Measure | None = None
    parts: tuple[Part, ...] = ()


class Group(Entry):
    """A group of indicators; ``scope`` says which articles it is about."""

    id: str = Field(pattern=r"^(B1|B2|GEM|GMMP)$")
    title: str
    note: str = ""
    scope: ArticleTest = ArticleTest()
    indicators: tuple[Indicator, ...]


class Question(Entry):
    """One question of category A, put to the outlet.

    Attributes:
        answer: ``yes_no``, ``count_by_sex`` (a number of women and one of men) or ``text``.
        evidence: what document proves the answer.
    """

    id: str = Field(pattern=r"^A[1-5]\.\d\.[a-z]$")
    question: str
    answer: Literal["yes_no", "count_by_sex", "text"]
    evidence: str
    sure: Sure


class Objective(Entry):
    """One objective of category A with its questions."""

    id: str = Field(pattern=r"^A[1-5]$")
    title: str
    source: str
    sure: Sure
    questions: tuple[Question, ...]


class Window(Entry):
    """A campaign of every year, from ``MM-DD`` to ``MM-DD``, with the days counted to it before and after."""

    id: str
    title: str
    start: str = Field(pattern=r"^\d\d-\d\d$")
    end: str = Field(pattern=r"^\d\d-\d\d$")
    before: int = Field(default=0, ge=0, le=31)
    after: int = Field(default=0, ge=0, le=31)
    source: str
    sure: Sure
    note: str = ""

    def days(self, year: int) -> tuple[date, date]:
        """Return the first and last day of the campaign proper in a year."""
        return date.fromisoformat(f"{year}-{self.start}"), date.fromisoformat(f"{year}-{self.end}")


class Method(Entry):
    """How figures are made: ``confidence`` is that of intervals, ``minimum`` the sample below which nothing is said."""

    version: str
    minimum: int = Field(ge=1)
    gem_minimum: int = Field(ge=1)
    confidence: float = Field(gt=0.5, lt=1)
    resamples: int = Field(ge=100, le=100_000)
    seed: int = Field(ge=0)
    notes: tuple[str, ...]
