"""What an outlet answered to the questions of category A."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from auditor.errors import StoreError
from auditor.indicators.loader import IndicatorSet
from auditor.indicators.models import Entry, Objective, Question
from auditor.rulebook.yamlfile import YamlFile

Words = Annotated[str, StringConstraints(strip_whitespace=True)]


class Answer(Entry):
    """One answer: ``answer`` for yes-or-no questions, ``women`` and ``men`` for numbers, ``text`` for the rest."""

    answer: bool | None = None
    women: int | None = Field(default=None, ge=0)
    men: int | None = Field(default=None, ge=0)
    text: Words = ""
    document: Words = ""


class Answers(Entry):
    """The answers of one outlet in one year, by the ids of questions."""

    outlet: str = Field(min_length=1)
    year: int = Field(ge=2000, le=2100)
    answers: dict[str, Answer]


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with its answer, if there is one; ``women_share`` (0 to 1) where it asks for numbers by sex."""

    objective: Objective
    question: Question
    answer: Answer | None
    women_share: float | None

    @property
    def proved(self) -> bool:
        """Whether a document is named."""
        return self.answer is not None and bool(self.answer.document)


def read_answers(path: Path, indicators: IndicatorSet) -> Answers:
    """Read an outlet's answers.

    Raises:
        StoreError: GA311 the file cannot be read.
        RulebookError: GA101 to GA103, GA123 a question is unknown or answered in another kind; with file and line.
    """
    try:
        file = YamlFile(path, path.parent)
    except OSError as error:
        raise StoreError("GA311", f"Không đọc được {path} ({type(error).__name__}). Xin kiểm tra đường dẫn.") from error
    given = file.parse(Answers, file.value, ())
    questions = {question.id: question for question in indicators.questions()}
    for id, answer in given.answers.items():
        place = ("answers", id)
        if id not in questions:
            raise file.error(
                "GA123", f"Không có câu hỏi {id}. Hãy xem mã câu hỏi trong rules/indicators/a.yaml.", place
            )
        wrong = fault(questions[id], answer)
        if wrong:
            raise file.error("GA123", f"Câu hỏi {id}: {wrong}.", place)
    return given


def answered(indicators: IndicatorSet, given: Answers | None) -> Iterator[Answered]:
    """Yield every question with its answer."""
    answers: dict[str, Any] = {} if given is None else given.answers
    for objective in indicators.objectives:
        for question in objective.questions:
            answer: Answer | None = answers.get(question.id)
            yield Answered(objective, question, answer, _share(answer))


def _share(answer: Answer | None) -> float | None:
    """Return the share of women that an answer counts, None where it counts nobody."""
    if answer is None or answer.women is None or answer.men is None or answer.women + answer.men == 0:
        return None
    return answer.women / (answer.women + answer.men)


def fault(question: Question, answer: Answer) -> str:
    """Return what an answer lacks for its question, in Vietnamese; empty where it lacks nothing."""
    numbers = (answer.women is not None, answer.men is not None)
    if question.answer == "yes_no" and (answer.answer is None or any(numbers)):
        return "hãy viết answer: yes (có) hoặc answer: no (không)"
    if question.answer == "count_by_sex" and (not all(numbers) or answer.answer is not None):
        return "hãy trả lời bằng hai khóa women và men, là số người"
    if question.answer == "text" and (not answer.text or answer.answer is not None or any(numbers)):
        return "hãy trả lời bằng khóa text"
    return ""
