"""What waits for a person: the blocks of the first page, each from the module that knows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Waiting:
    """One block: so many things wait, to be seen at ``link``; ``words`` say what they are."""

    title: str
    number: int
    link: str
    words: str
