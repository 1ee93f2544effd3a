"""The words that tell what a story is about, loaded from ``rules/story/``."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from auditor.record import Topic
from auditor.rulebook.loader import RULES_DIR
from auditor.rulebook.yamlfile import YamlFile


class StoryWords(BaseModel):
    """The file ``words.yaml``: phrases in small letters, by what they are a sign of."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sections: dict[Topic, tuple[str, ...]]
    topics: dict[Topic, tuple[str, ...]]
    gender_equality: tuple[str, ...]
    challenges: tuple[str, ...]
    laws: tuple[str, ...]
    violence: tuple[str, ...]
    help: tuple[str, ...]
    women: tuple[str, ...]


def load_story_words(folder: Path | None = None) -> StoryWords:
    """Load the words.

    Args:
        folder: a folder of rules that holds ``story``; the shipped one by default.

    Raises:
        RulebookError: GA101-GA103, with file and line.
    """
    root = (folder or RULES_DIR).resolve()
    file = YamlFile(root / "story" / "words.yaml", root)
    return file.parse(StoryWords, file.value, ())
