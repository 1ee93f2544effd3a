"""The small language of syllable patterns in which lexicon entries, modifiers and phrase rules are written.

=============  ====================================================================
``phụ nữ``     these syllables, whatever their tone placement, case or spacing
``(a|b c)``    one of several wordings
``[a|b]``      one of several wordings, or nothing
``{land}``     an expression of the concept *land*; ``{female}`` any expression of that sex
``...``        up to 6 syllables of the same sentence; ``...12`` up to 12
=============  ====================================================================
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from auditor.text import key

_PIECE = re.compile(r"\s*(\.\.\.\d*|[()\[\]|]|\{[^{}]+\}|[^\s()\[\]|{}]+)")
DEFAULT_GAP = 6


@dataclass(frozen=True, slots=True)
class Word:
    """One syllable, number or punctuation mark."""

    key: str


@dataclass(frozen=True, slots=True)
class Slot:
    """An expression of a concept."""

    concept: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Any syllables, at most ``most`` of them."""

    most: int


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several sequences; an empty one makes the whole optional."""

    options: tuple[tuple[Node, ...], ...]


Node = Word | Slot | Gap | Choice
SlotEnds = Callable[[str, int], Sequence[int]]
Wordings = Callable[[str], Iterable[tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern."""

    source: str
    nodes: tuple[Node, ...]

    def ends(self, keys: Sequence[str], at: int, slot_ends: SlotEnds) -> set[int]:
        """Return every index at which a match that starts at ``at`` can end.

        Args:
            keys: the syllable keys of one sentence.
            at: index of the first syllable of the match.
            slot_ends: gives the ends of expressions of a concept that start at an index.
        """
        return _advance(self.nodes, {at}, keys, slot_ends)

    def starters(self) -> frozenset[Word | Slot]:
        """Return every word or concept a match can start with."""
        found, _ = _starters(self.nodes)
        return frozenset(found)

    def slots(self) -> Iterator[str]:
        """Yield the name of each concept used."""
        yield from _slots(self.nodes)

    def needed(self) -> list[frozenset[Word | Slot]]:
        """Return sets of words and concepts; every match holds one of each set."""
        return [found for node in self.nodes if (found := _needed(node))]

    def literals(self) -> Iterator[tuple[str, ...]]:
        """Yield every sequence of syllables the pattern stands for.

        Raises:
            ValueError: the pattern has gaps or concepts.
        """
        yield from expand(self.nodes)


def compile_pattern(source: str) -> Pattern:
    """Compile a pattern.

    Raises:
        ValueError: unbalanced brackets or braces, or nothing to match; the message is Vietnamese.
    """
    stray = _PIECE.sub("", source).strip()
    if stray:
        raise ValueError(f"dấu '{stray[0]}' không có dấu đi cùng trong mẫu '{source}'")
    pieces = _PIECE.findall(source)
    nodes, rest = _sequence(pieces, 0, closing="")
    if rest != len(pieces):
        raise ValueError(f"thừa dấu '{pieces[rest]}' trong mẫu '{source}'")
    if not nodes:
        raise ValueError("mẫu để trống")
    if isinstance(nodes[0], Gap) or isinstance(nodes[-1], Gap):
        raise ValueError(f"mẫu '{source}' không được mở đầu hay kết thúc bằng '...'")
    _, can_be_empty = _starters(nodes)
    if can_be_empty:
        raise ValueError(f"mẫu '{source}' có thể khớp với chuỗi rỗng")
    return Pattern(source, nodes)


def _sequence(pieces: Sequence[str], at: int, closing: str) -> tuple[tuple[Node, ...], int]:
    nodes: list[Node] = []
    while at < len(pieces):
        piece = pieces[at]
        if piece in {"|", ")", "]"}:
            break
        at += 1
        if piece in {"(", "["}:
            choice, at = _choice(pieces, at, ")" if piece == "(" else "]")
            nodes.append(choice)
        elif piece.startswith("..."):
            nodes.append(Gap(int(piece[3:] or DEFAULT_GAP)))
        elif piece.startswith("{"):
            nodes.append(Slot(piece[1:-1]))
        else:
            nodes.append(Word(key(piece)))
    if closing and at >= len(pieces):
        raise ValueError(f"thiếu dấu '{closing}'")
    return tuple(nodes), at


def _choice(pieces: Sequence[str], at: int, closing: str) -> tuple[Choice, int]:
    options: list[tuple[Node, ...]] = []
    while True:
        option, at = _sequence(pieces, at, closing)
        options.append(option)
        mark = pieces[at]
        at += 1
        if mark == closing:
            break
        if mark != "|":
            raise ValueError(f"dấu '{mark}' không khớp với dấu mở")
    if closing == "]":
        options.append(())
    return Choice(tuple(options)), at


def _advance(nodes: Sequence[Node], at: set[int], keys: Sequence[str], slot_ends: SlotEnds) -> set[int]:
    for node in nodes:
        if not at:
            break
        match node:
            case Word(word):
                at = {i + 1 for i in at if i < len(keys) and keys[i] == word}
            case Slot(concept):
                at = {end for i in at for end in slot_ends(concept, i)}
            case Gap(most):
                at = {j for i in at for j in range(i, min(i + most, len(keys)) + 1)}
            case Choice(options):
                heads = {keys[i] for i in at if i < len(keys)}
                at = {
                    end
                    for option in options
                    if not option or not isinstance(option[0], Word) or option[0].key in heads
                    for end in _advance(option, at, keys, slot_ends)
                }
    return at


def _starters(nodes: Sequence[Node]) -> tuple[set[Word | Slot], bool]:
    """Return what a match can start with, and whether it can be empty."""
    found: set[Word | Slot] = set()
    for node in nodes:
        match node:
            case Word() | Slot():
                found.add(node)
                return found, False
            case Gap():
                continue
            case Choice(options):
                empty = False
                for option in options:
                    more, option_empty = _starters(option)
                    found |= more
                    empty = empty or option_empty
                if not empty:
                    return found, False
    return found, True


def _needed(node: Node) -> frozenset[Word | Slot]:
    match node:
        case Word() | Slot():
            return frozenset({node})
        case Choice(options):
            each = [next(filter(None, map(_needed, option)), frozenset()) for option in options]
            return frozenset().union(*each) if all(each) else frozenset()
        case _:
            return frozenset()


def _slots(nodes: Sequence[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Slot):
            yield node.concept
        elif isinstance(node, Choice):
            for option in node.options:
                yield from _slots(option)


def expand(nodes: Sequence[Node], concepts: Wordings | None = None) -> Iterator[tuple[str, ...]]:
    """Yield every sequence of syllables some nodes stand for.

    Args:
        concepts: gives the wordings of a concept.

    Raises:
        ValueError: there is a gap, or a concept and no wordings for it.
    """
    if not nodes:
        yield ()
        return
    first, rest = nodes[0], nodes[1:]
    match first:
        case Word(word):
            heads: list[tuple[str, ...]] = [(word,)]
        case Choice(options):
            heads = [head for option in options for head in expand(option, concepts)]
        case Slot(concept) if concepts is not None:
            heads = list(concepts(concept))
        case _:
            raise ValueError("mẫu của từ vựng không được có '{...}' hay '...'")
    for tail in expand(rest, concepts):
        for head in heads:
            yield head + tail
