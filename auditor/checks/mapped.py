"""Text that remembers where each of its letters stood in what was sent."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from auditor.errors import ApiError
from auditor.text import nfc


@dataclass(frozen=True, slots=True)
class Mapped:
    """NFC text with the way back.

    Attributes:
        text: what is read.
        starts: for each code point, where it begins in the source.
        ends: for each code point, where it ends there.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Map a half-open span of the text, not empty, onto the source."""
        return self.starts[start], self.ends[end - 1]


def plain(source: str, offset: int = 0) -> Mapped:
    """Map a text that is read as it stands; ``offset`` is where it begins in its source."""
    whole = nfc(source)
    if whole.source_offsets is None:
        places = tuple(range(offset, offset + len(source) + 1))
        return Mapped(source, places[:-1], places[1:])
    places = tuple(offset + place for place in whole.source_offsets)
    return Mapped(whole.text, places[:-1], places[1:])


def standing_for(text: str, start: int, end: int) -> Mapped:
    """Map a text that stands for a stretch of the source, such as a letter for its entity."""
    return Mapped(text, (start,) * len(text), (end,) * len(text))


def joined(parts: Iterable[Mapped]) -> Mapped:
    """Join mapped texts of one source, in order."""
    kept = [part for part in parts if part.text]
    return Mapped(
        "".join(part.text for part in kept),
        tuple(place for part in kept for place in part.starts),
        tuple(place for part in kept for place in part.ends),
    )


def annotated(data: str) -> tuple[Mapped, str]:
    """Read the annotated text of the LanguageTool protocol: pieces of ``text`` and of ``markup``.

    Args:
        data: JSON, ``{"annotation": [{"text": …} | {"markup": …, "interpretAs": …}]}``.

    Returns:
        What is read, mapped onto all pieces joined, and these joined pieces.

    Raises:
        ApiError: GA431, it is not written as the protocol says.
    """
    try:
        pieces: list[dict[str, Any]] = json.loads(data)["annotation"]
        parts: list[Mapped] = []
        source: list[str] = []
        at = 0
        for piece in pieces:
            words = piece.get("text", piece.get("markup"))
            if not isinstance(words, str):
                raise TypeError
            if "text" in piece:
                parts.append(plain(words, at))
            elif words:
                parts.append(standing_for(str(piece.get("interpretAs") or ""), at, at + len(words)))
            source.append(words)
            at += len(words)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ApiError(
            "GA431", 'Tham số data chưa đúng mẫu của LanguageTool: cần JSON {"annotation": [{"text": …}, …]}.'
        ) from error
    return joined(parts), "".join(source)
