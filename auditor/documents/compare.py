"""Two versions of a text compared clause by clause, and what was found in the old one carried over to the new.

Clauses whose words are the same are paired first, in their order and then wherever they went; those left are paired by
how many syllables they share. Capitals, the place of a tone mark and the stop at the end make no difference: none of
them changes what a clause says.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal

from auditor.documents.clauses import Clause, Span
from auditor.documents.interface import Document
from auditor.documents.likeness import LEAST_FAR, Words, likest, syllables_of, words_of
from auditor.documents.outline import Role, outline
from auditor.documents.wordchanges import Segment, word_changes
from auditor.text import Spelling

Change = Literal["same", "edited", "added", "removed", "moved"]
_SPELLING = Spelling()
_TURNS = re.compile(
    r"\b(?:cấm|không|chớ|được|phải|bắt buộc|khuyến khích|miễn|phạt|vi phạm|bãi bỏ|trừ)\b", re.IGNORECASE
)
"""Words of a heading that say how to take what stands under it: forbidden, allowed, asked for."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A clause of the old text and the one it became.

    Attributes:
        old: None for a clause that was added.
        new: None for a clause that was removed.
        change: ``moved`` keeps its words and has another number or another place.
        segments: the words that stayed, went and came, of an edited clause only; labels are left out.
        governed_alike: the lead-ins above it, and headings that forbid or allow, read as before; another may turn what
            the clause says around.
    """

    old: Clause | None
    new: Clause | None
    change: Change
    segments: tuple[Segment, ...] = ()
    governed_alike: bool = True


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of a place in the old text.

    Attributes:
        change: ``same`` or ``moved`` where its clauses and what governs them stand; ``edited`` where people must look
            again; ``removed`` where nothing is left of it.
        span: where the words stand now; of an edited clause only if these very words are still in it.
    """

    change: Literal["same", "moved", "edited", "removed"]
    span: Span | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """All clauses of both texts, each once, in the order of the new text; removed ones stand where they stood."""

    old: Document
    new: Document
    pairs: tuple[Pair, ...]

    def carried(self, start: int, end: int) -> Carried:
        """Tell what became of the half-open span of a finding in the old text."""
        return carried((start, end), self)


def compare(old: Document, new: Document) -> Comparison:
    """Compare two versions of a text."""
    before, after = outline(old), outline(new)
    ruled_before, ruled_after = _governing(old.text, before), _governing(new.text, after)
    olds, news = [words_of(old.text, clause) for clause in before], [words_of(new.text, clause) for clause in after]
    pairing, in_place = _pairing(olds, news)
    came_from = {now: was for was, now in pairing.items()}
    found: dict[int, Pair] = {}
    for at, clause in enumerate(after):
        was = came_from.get(at)
        if was is None:
            found[at] = Pair(None, clause, "added")
            continue
        alike = ruled_before[was] == ruled_after[at]
        if olds[was].keys != news[at].keys:
            changes = word_changes(_words(old.text, before[was]), _words(new.text, clause))
            found[at] = Pair(before[was], clause, "edited", changes, alike)
        else:
            stands = was in in_place and olds[was].label == news[at].label
            found[at] = Pair(before[was], clause, "same" if stands else "moved", (), alike)
    return Comparison(old, new, tuple(_ordered(before, pairing, in_place, found)))


def carried(old_span: Span, comparison: Comparison) -> Carried:
    """Tell what became of a span of the old text."""
    touched = sorted(
        (pair for pair in comparison.pairs if pair.old and pair.old.start < old_span[1] and old_span[0] < pair.old.end),
        key=lambda pair: pair.old.start if pair.old else 0,
    )
    standing = [pair for pair in touched if pair.change != "removed"]
    if not standing:
        return Carried("removed", None)
    spans = [_moved(old_span, pair, comparison) for pair in standing]
    whole = [span for span in spans if span is not None]
    joined = len(whole) == len(touched) and all(one[1] <= two[0] for one, two in pairwise(whole))
    span = (whole[0][0], whole[-1][1]) if joined else None
    if span is None or any(pair.change == "edited" or not pair.governed_alike for pair in standing):
        return Carried("edited", span)
    return Carried("same" if all(pair.change == "same" for pair in standing) else "moved", span)


def _pairing(olds: Sequence[Words], news: Sequence[Words]) -> tuple[dict[int, int], set[int]]:
    """Pair the clauses of both texts by index; also return the old ones that kept their order."""
    pairing: dict[int, int] = {}
    matcher = SequenceMatcher(None, [one.keys for one in olds], [one.keys for one in news], autojunk=False)
    gaps: list[tuple[range, range]] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            pairing.update(zip(range(a, b), range(c, d), strict=True))
        else:
            gaps.append((range(a, b), range(c, d)))
    in_place = set(pairing)
    free_old, free_new = _free(range(len(olds)), pairing), _free(range(len(news)), pairing.values())
    places: dict[tuple[str, ...], list[int]] = {}
    for now in reversed(free_new):
        places.setdefault(news[now].keys, []).append(now)
    for was in free_old:
        if there := places.get(olds[was].keys):
            pairing[was] = there.pop()
    for left, right in gaps:
        near = likest(olds, news, _free(left, pairing), _free(right, pairing.values()))
        pairing |= near
        in_place |= near.keys()
    far = likest(olds, news, _free(range(len(olds)), pairing), _free(range(len(news)), pairing.values()), LEAST_FAR)
    return pairing | far, in_place


def _free(indexes: range, taken: Iterable[int]) -> list[int]:
    used = set(taken)
    return [at for at in indexes if at not in used]


def _ordered(
    before: Sequence[Clause], pairing: dict[int, int], in_place: set[int], found: dict[int, Pair]
) -> Iterable[Pair]:
    """Yield the pairs in the order of the new text, each removed clause after what it followed."""
    removed: dict[int, list[Pair]] = {}
    at = -1
    for was, clause in enumerate(before):
        if was not in pairing:
            removed.setdefault(at, []).append(Pair(clause, None, "removed"))
        elif was in in_place:
            at = pairing[was]
    yield from removed.get(-1, ())
    for now in sorted(found):
        yield found[now]
        yield from removed.get(now, ())


def _words(text: str, clause: Clause) -> str:
    return text[clause.label_end : clause.end]


def _governing(text: str, clauses: Sequence[Clause]) -> list[tuple[tuple[str, ...], ...]]:
    """Return for each clause what tells how to take it: words of lead-ins, and of headings that forbid or allow.

    Numbers are left out, for another number governs no differently.
    """
    headings = {(clause.start, clause.end) for clause in clauses if clause.role is Role.HEADING}
    words: dict[Span, tuple[str, ...]] = {}
    for span in {span for clause in clauses for span in clause.governed_by}:
        tells = span not in headings or _TURNS.search(text, *span)
        words[span] = (
            tuple(key for key in _SPELLING.keys(text, *span) if len(key) > 1 and key.isalpha()) if tells else ()
        )
    return [tuple(words[span] for span in clause.governed_by if words[span]) for clause in clauses]


def _moved(span: Span, pair: Pair, comparison: Comparison) -> Span | None:
    """Return where the part of a span that lies in the old clause of a pair stands in the new one."""
    old, new = pair.old, pair.new
    if old is None or new is None:
        return None
    start, end = max(span[0], old.start), min(span[1], old.end)
    if pair.change == "edited":
        return _found(comparison.old.text[start:end], comparison.new.text, new)
    was, now = syllables_of(comparison.old.text, old), syllables_of(comparison.new.text, new)
    # Only a stop at the end may be more or less; every syllable has its fellow.
    shared = min(len(was), len(now))
    if not shared or end <= old.label_end:
        return new.start, max(new.label_end, new.start + 1)
    first = max(bisect_right(was.ends, start), 0)
    last = max(bisect_right(was.starts, end - 1) - 1, first)
    left = new.start if start < old.label_end else now.starts[min(first, shared - 1)]
    return left, max(now.ends[min(last, shared - 1)], left + 1)


def _found(words: str, text: str, clause: Clause) -> Span | None:
    """Find the words of a span in an edited clause, where they stand there exactly once."""
    words = words.strip()
    if not words or text.count(words, clause.start, clause.end) != 1:
        return None
    at = text.index(words, clause.start, clause.end)
    return at, at + len(words)
