"""Throws away, soundly, what no rule can touch: most sentences of most texts are never looked at again.

A sentence matters when it names people of one sex or a couple, or holds a phrase. One automaton over the text in small
letters finds the words of the first and the most telling part of the second, in every spelling that reads the same; a
second one, over the text without marks, those that a slip of the pen may hide. What neither finds, no rule would.
Sentences with invisible letters pass.

ahocorasick-rs was measured against hyperscan on news: as fast, and it works on str.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise, product

import ahocorasick_rs

from auditor.rulebook.lexicon import Lexicon
from auditor.rulebook.loader import Rulebook
from auditor.rulebook.pattern import Choice, Gap, Node, Pattern, compile_pattern, expand
from auditor.text import INVISIBLE, Spelling, bare, spellings

_HIDES_LETTERS = re.compile(f"[{INVISIBLE}\u0300-\u036f]")
_NO_LETTERS = re.compile(r"[\W\d_]+")
_CALLS, _FEMALE, _MALE = 1, 2, 4
Literal = tuple[str, ...]


def _plain(text: str) -> str:
    """Return the words of a text in small letters, one space between them and at both ends."""
    return f" {' '.join(_NO_LETTERS.split(text.lower()))} "


class _Automaton:
    """Finds literals, each with what it stands for, in a text of letters and single spaces."""

    def __init__(self, kinds: dict[str, int]) -> None:
        self._kinds = list(kinds.values())
        self._automaton = ahocorasick_rs.AhoCorasick(list(kinds))

    def seen(self, text: str) -> int:
        """Return what all literals in a text stand for, as bits."""
        seen = 0
        for found, _, _ in self._automaton.find_matches_as_indexes(text, overlapping=True):
            seen |= self._kinds[found]
        return seen


class Literals:
    """Finds sentences that hold one of some literals, in any spelling or slip that reads the same.

    Args:
        spelling: knows the slips.
        literals: pairs of canonical syllables and bits; a sentence matters when it holds all bits of one of ``enough``.
    """

    def __init__(self, spelling: Spelling, literals: Iterable[tuple[Literal, int]], enough: tuple[int, ...]) -> None:
        exact: dict[str, int] = {}
        loose: dict[str, int] = {}
        meanings: dict[Literal, int] = {}
        for literal, bits in literals:
            meanings[literal] = meanings.get(literal, 0) | bits
        mended = _Mended(spelling.mended)
        shorts: dict[str, list[str]] = {}
        for short, full in spelling.abbreviations.items():
            for word in full:
                shorts.setdefault(word, []).append(short.lower())
        for literal, bits in meanings.items():
            words = [word for word in literal if word.isalpha()]
            anchors = [" ".join(spelt) for spelt in product(*map(_spelt, words))]
            anchors += [short for word in words for short in shorts.get(word, ())]
            for anchor in anchors:
                padded = f" {anchor} " if anchor else " "
                exact[padded] = exact.get(padded, 0) | bits
            for pair in mended.of(literal):
                padded = f" {bare(' '.join(pair))} "
                loose[padded] = loose.get(padded, 0) | bits
        self._exact, self._loose = _Automaton(exact), _Automaton(loose)
        self._enough = enough

    def stand_in(self, sentence: str) -> bool:
        """Return False only if none can stand in the sentence."""
        if _HIDES_LETTERS.search(sentence):
            return True
        words = _plain(sentence)
        seen = self._exact.seen(words)
        return self._is_enough(seen) or self._is_enough(seen | self._loose.seen(bare(words)))

    def _is_enough(self, seen: int) -> bool:
        return any(seen & bits == bits for bits in self._enough)


def prefilter(rulebook: Rulebook) -> Literals:
    """Return what finds the sentences that can call up a rule."""
    return Literals(rulebook.spelling, _literals(rulebook), (_CALLS, _FEMALE | _MALE))


def _literals(rulebook: Rulebook) -> Iterator[tuple[Literal, int]]:
    """Yield the words that call up rules; forms of address do so only beside one for the other sex."""
    lexicon = rulebook.lexicon
    for name, concept in lexicon.concepts.items():
        if concept.sex and concept.weak:
            bits = _FEMALE if concept.sex == "female" else _MALE
        elif concept.sex or name == "both_sexes":
            bits = _CALLS
        else:
            continue
        yield from ((words, bits) for words in lexicon.wordings(name))
    for rule in rulebook.rules.values():
        for condition in rule.when:
            if condition.phrase is not None:
                yield from ((words, _CALLS) for words in telling(compile_pattern(condition.phrase), lexicon))


def telling(pattern: Pattern, lexicon: Lexicon) -> list[Literal]:
    """Return the wordings of the part of a pattern that ordinary text holds least often: its longest."""
    return _telling(pattern.nodes, lexicon)


def _telling(nodes: Sequence[Node], lexicon: Lexicon) -> list[Literal]:
    parts: list[list[Literal]] = []
    for has_gap, run in groupby(nodes, key=_has_gap):
        if not has_gap:
            parts.append(list(expand(tuple(run), lexicon.wordings)))
        else:
            choices = [node for node in run if isinstance(node, Choice)]
            parts += [[words for option in node.options for words in _telling(option, lexicon)] for node in choices]
    return max(parts, key=lambda wordings: min(sum(map(len, words)) for words in wordings), default=[()])


def _has_gap(node: Node) -> bool:
    return isinstance(node, Gap) or (
        isinstance(node, Choice) and any(_has_gap(inner) for option in node.options for inner in option)
    )


@lru_cache(maxsize=4096)
def _spelt(word: str) -> tuple[str, ...]:
    return tuple(sorted(spellings(word)))


class _Mended:
    """Finds the pairs of syllables whose mending could bring a literal about: in it, or over one of its ends."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._pairs = frozenset(pairs)
        self._by_first: dict[str, set[tuple[str, str]]] = {}
        self._by_second: dict[str, set[tuple[str, str]]] = {}
        for pair in self._pairs:
            self._by_first.setdefault(pair[0], set()).add(pair)
            self._by_second.setdefault(pair[1], set()).add(pair)

    def of(self, literal: Literal) -> frozenset[tuple[str, str]]:
        if not literal:
            return frozenset()
        within = self._pairs.intersection(pairwise(literal))
        return within | self._by_second.get(literal[0], set()) | self._by_first.get(literal[-1], set())
