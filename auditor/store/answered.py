"""A check that was answered, as far as the store may be asked to remember it or to tell of it."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.checks.article import Article
from auditor.checks.gate import Gate


@dataclass(frozen=True, slots=True)
class Answered:
    """One check.

    Attributes:
        id: of the article, as it was sent.
        incomplete: its time ran out, so that nothing is known of the article.
        rules: the rule of each finding.
        closed: id and rule of each finding that closed the gate.
        at: the moment of the answer.
        sent: the article itself; None unless its outlet wants it kept.
    """

    outlet_id: int
    key_id: int
    id: str
    gate: Gate
    incomplete: bool
    rules: tuple[str, ...]
    closed: tuple[tuple[str, str], ...]
    at: str
    sent: Article | None = None

    @property
    def event(self) -> str:
        """The name under which hooks are told of it."""
        return f"check.{self.gate}"
