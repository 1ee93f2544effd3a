"""What changed between two wordings, syllable by syllable, to be shown side by side or one in the other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_SYLLABLE = re.compile(r"\w+|[^\w\s|]|[\s|]+")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text: ``same`` and ``removed`` ones make the old wording, ``same`` and ``added`` ones the new."""

    kind: Literal["same", "removed", "added"]
    text: str


def word_changes(old: str, new: str) -> tuple[Segment, ...]:
    """Return what stayed, went and came between two wordings, in reading order; how wide a space is says nothing."""
    before, after = _SYLLABLE.findall(old), _SYLLABLE.findall(new)
    found: list[Segment] = []
    went, came = "", ""
    opcodes = _opcodes(list(map(_plain, before)), list(map(_plain, after)))
    for at, (kind, a, b, c, d) in enumerate(opcodes):
        stays = "".join(after[c:d])
        if kind == "equal" and not (_is_space(stays) and 0 < at < len(opcodes) - 1):
            found += _changed(went, came)
            found.append(Segment("same", stays))
            went, came = "", ""
        else:
            # A space between two changed words belongs to them.
            went += "".join(before[a:b])
            came += stays
    return (*found, *_changed(went, came))


def _opcodes(before: list[str], after: list[str]) -> list[tuple[str, int, int, int, int]]:
    """Return what difflib would, comparing only what lies between a common beginning and a common end."""
    pairs = enumerate(zip(before, after, strict=False))
    head = next((at for at, (one, two) in pairs if one != two), min(len(before), len(after)))
    rest = min(len(before), len(after)) - head
    tail = next((at for at in range(rest) if before[-1 - at] != after[-1 - at]), rest)
    middle = SequenceMatcher(None, before[head : len(before) - tail], after[head : len(after) - tail], autojunk=False)
    found = [("equal", 0, head, 0, head)] if head else []
    found += [(kind, a + head, b + head, c + head, d + head) for kind, a, b, c, d in middle.get_opcodes()]
    if tail:
        found.append(("equal", len(before) - tail, len(before), len(after) - tail, len(after)))
    return found


def _is_space(syllable: str) -> bool:
    """Tell whether it only parts words; so does the bar between two cells."""
    return not syllable.strip(" \t\r\n\v\f\u00a0|")


def _plain(syllable: str) -> str:
    return " " if _is_space(syllable) else syllable


def _changed(went: str, came: str) -> list[Segment]:
    return [*([Segment("removed", went)] if went else []), *([Segment("added", came)] if came else [])]
