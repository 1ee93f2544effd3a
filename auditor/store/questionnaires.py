"""The A questionnaire of an outlet in a year: a draft until the newsroom submits it.

Only a questionnaire whose every question is answered can be submitted, so that "submitted" means "completed"; a
submitted one is closed until a person opens it again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from auditor.errors import StoreError
from auditor.indicators.answers import Answer, Answers, fault
from auditor.indicators.loader import IndicatorSet, load_indicators
from auditor.store.database import Change, loaded

indicators = cache(load_indicators)
"""Returns the shipped indicators, read once."""


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """The answers of an outlet in a year; ``submitted_at`` is None while it is a draft."""

    id: int
    outlet_id: int
    year: int
    answers: Mapping[str, Answer]
    submitted_at: str | None
    user_id: int | None
    at: str

    def given(self, outlet: str) -> Answers:
        """Return the answers in the form the indicators read."""
        return Answers(outlet=outlet, year=self.year, answers=dict(self.answers))


def find(db: sqlite3.Connection, outlet_id: int, year: int) -> Questionnaire | None:
    """Return the questionnaire of an outlet in a year, None where nobody has begun it."""
    row = db.execute(
        "SELECT id, outlet_id, year, answers, submitted_at, user_id, at FROM questionnaires"
        " WHERE outlet_id = ? AND year = ?",
        [outlet_id, year],
    ).fetchone()
    if row is None:
        return None
    answers = {id: Answer.model_validate(one) for id, one in loaded(row["answers"]).items()}
    return Questionnaire(**{**dict(row), "answers": answers})


def faults(asked: IndicatorSet, answers: Mapping[str, Answer]) -> dict[str, str]:
    """Return what is still missing or wrong, by question, in the order of the questions."""
    found = {}
    for question in asked.questions():
        answer = answers.get(question.id)
        words = "chưa trả lời" if answer is None else fault(question, answer) and _SAID[question.answer]
        if words:
            found[question.id] = words
    return found


_SAID = {
    "yes_no": "xin chọn Có hoặc Không",
    "count_by_sex": "xin ghi cả số nữ và số nam (không có thì ghi 0)",
    "text": "xin ghi câu trả lời",
}


def save(change: Change, outlet_id: int, year: int, answers: Mapping[str, Answer]) -> Questionnaire:
    """Keep answers as a draft, complete or not.

    Raises:
        StoreError: GA373, the questionnaire has been submitted.
    """
    before = find(change.db, outlet_id, year)
    data = {id: one.model_dump(exclude_defaults=True) for id, one in answers.items()}
    if before is None:
        values = {"outlet_id": outlet_id, "year": year, "answers": data, "user_id": change.actor, "at": change.at}
        id = change.insert("questionnaires", values)
    else:
        if before.submitted_at is not None:
            raise StoreError("GA373", "Bảng hỏi này đã gửi nên không sửa được. Xin mở lại bảng hỏi rồi sửa.")
        id = before.id
        change.update("questionnaires", id, {"answers": data, "user_id": change.actor, "at": change.at})
    change.note("questionnaire.save", "questionnaire", id, outlet=outlet_id, year=year, answered=len(data))
    return _found(change.db, outlet_id, year)


def submit(change: Change, outlet_id: int, year: int, asked: IndicatorSet) -> Questionnaire:
    """Close a questionnaire as completed.

    Raises:
        StoreError: GA373 it is closed already; GA374 questions are still open, and which.
    """
    before = find(change.db, outlet_id, year)
    if before is not None and before.submitted_at is not None:
        raise StoreError("GA373", "Bảng hỏi này đã gửi rồi.")
    open_questions = faults(asked, before.answers if before else {})
    if before is None or open_questions:
        raise StoreError(
            "GA374", f"Bảng hỏi chưa đủ nên chưa gửi được: còn {len(open_questions)} câu"
            f" ({', '.join(open_questions)}). Phần đã điền vẫn được giữ ở bản nháp.",
        )  # fmt: skip
    change.update("questionnaires", before.id, {"submitted_at": change.at, "user_id": change.actor})
    change.note("questionnaire.submit", "questionnaire", before.id, outlet=outlet_id, year=year)
    return _found(change.db, outlet_id, year)


def reopen(change: Change, outlet_id: int, year: int) -> Questionnaire:
    """Make a submitted questionnaire a draft again; until it is submitted anew it does not count.

    Raises:
        StoreError: GA375, it has not been submitted.
    """
    before = find(change.db, outlet_id, year)
    if before is None or before.submitted_at is None:
        raise StoreError("GA375", "Bảng hỏi này chưa gửi nên không cần mở lại.")
    change.update("questionnaires", before.id, {"submitted_at": None})
    change.note("questionnaire.reopen", "questionnaire", before.id, outlet=outlet_id, year=year)
    return _found(change.db, outlet_id, year)


def _found(db: sqlite3.Connection, outlet_id: int, year: int) -> Questionnaire:
    found = find(db, outlet_id, year)
    assert found is not None
    return found
