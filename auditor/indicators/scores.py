"""How often the automatic measures err, as measured on labelled articles; printed beside every figure they bear on."""

from __future__ import annotations

import json
from datetime import date
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

ScoreName = Literal[
    "people_f1", "gender_accuracy", "quoted_f1", "function_accuracy", "leader_f1", "victim_f1", "byline_accuracy",
    "topic_accuracy", "about_gender_equality_f1", "central_women_f1", "challenges_stereotype_f1", "names_law_f1",
    "gender_violence_f1", "help_line_f1", "findings_precision",
]  # fmt: skip

SCORE_TITLES: dict[ScoreName, str] = {
    "people_f1": "nhận ra nhân vật (F1)",
    "gender_accuracy": "giới của nhân vật (đúng)",
    "quoted_f1": "được dẫn lời (F1)",
    "function_accuracy": "vai trò trong bài (đúng)",
    "leader_f1": "là lãnh đạo (F1)",
    "victim_f1": "là nạn nhân (F1)",
    "byline_accuracy": "giới của tác giả (đúng)",
    "topic_accuracy": "chủ đề của bài (đúng)",
    "about_gender_equality_f1": "bài về bình đẳng giới (F1)",
    "central_women_f1": "phụ nữ là trung tâm (F1)",
    "challenges_stereotype_f1": "phản bác khuôn mẫu (F1)",
    "names_law_f1": "dẫn luật về giới (F1)",
    "gender_violence_f1": "bài về bạo lực giới (F1)",
    "help_line_f1": "thông tin trợ giúp (F1)",
    "findings_precision": "phát hiện đúng (precision)",
}


class Scores(BaseModel):
    """Measured quality of the automatic measures.

    Attributes:
        measured_on: the day of the measurement; None where none was made.
        texts: how many labelled articles it was made on.
        scores: F1, accuracy or precision, 0 to 1, by name.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    measured_on: date | None = None
    texts: int = Field(default=0, ge=0)
    scores: dict[ScoreName, float] = {}

    def said(self, names: tuple[ScoreName, ...]) -> str:
        """Say in words how good the measures of these names are; one that was not measured is said to be so."""
        return "; ".join(
            f"{SCORE_TITLES[name]}: {format(self.scores[name], '.2f').replace('.', ',')}"
            if name in self.scores
            else f"{SCORE_TITLES[name]}: chưa đo"
            for name in names
        )


def load_scores(text: str | None = None) -> Scores:
    """Read the scores shipped with the program, or those of a JSON text of the same form."""
    if text is None:
        text = files("auditor.indicators").joinpath("scores.json").read_text(encoding="utf-8")
    return Scores.model_validate(json.loads(text))
