"""The words of the law, article by article, as the public codification prints them (``rules/law/texts.jsonl.gz``)."""

from __future__ import annotations

import gzip
from pathlib import Path

from pydantic import BaseModel, ConfigDict

FILE = "texts.jsonl.gz"


class LawArticle(BaseModel):
    """One article: the key of its law in ``laws.yaml``, its number, its title and its text, a paragraph a line."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    law: str
    article: str
    title: str
    text: str


def load_law_articles(folder: Path) -> tuple[LawArticle, ...]:
    """Return the articles in ``rules/law``; none where the folder holds no texts."""
    path = folder / FILE
    if not path.exists():
        return ()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return tuple(LawArticle.model_validate_json(line) for line in lines)
