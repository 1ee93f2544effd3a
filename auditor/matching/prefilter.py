"""Throws away, soundly, what no rule can touch: most sentences of most texts are never looked at again.

A sentence matters when it names people of one sex or a couple, or may hold a phrase. One automaton over the text in
small letters finds the words of the first and every part of the second, in every spelling that reads the same; another
one, over the text without marks, those that a slip of the pen may hide. What neither finds, no rule would. Sentences
with invisible letters pass.

ahocorasick-rs was measured against hyperscan on news: as fast, and it works on str.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, reduce
from itertools import groupby, pairwise, product
from operator import or_

import ahocorasick_rs

from auditor.rulebook.lexicon import Lexicon
from auditor.rulebook.loader import Rulebook
from auditor.rulebook.pattern import Choice, Gap, Node, Pattern, compile_pattern, expand
from auditor.text import INVISIBLE, Spelling, bare, spellings

_HIDES_LETTERS = re.compile(f"[{INVISIBLE}\u0300-\u036f]")
_LETTER = re.compile(r"[^\W\d_]")
_MANY = 400  # wordings; of a part with more only the spellings would fill the automaton
Literal = tuple[str, ...]
Part = frozenset[Literal]
"""Wordings of which one must stand in a sentence."""
Need = tuple[Part, ...]
"""Parts that must all stand in a sentence, first the one that ordinary text holds least often."""


class _Plain(dict[int, str]):
    """A table that leaves of a text letters, small ones, a nought for each digit, and spaces."""

    def __missing__(self, code: int) -> str:
        letters = chr(code).lower()
        self[code] = " 0 " if letters.isdecimal() else "".join(c if _LETTER.match(c) else " " for c in letters)
        return self[code]


def _plain(text: str) -> str:
    """Return the words and digits of a text in small letters, one space between them and at both ends."""
    return f" {' '.join(text.translate(_PLAIN).split())} "


class _Bare(dict[int, str]):
    """A table that strips marks of tones and vowels."""

    def __missing__(self, code: int) -> str:
        self[code] = bare(chr(code))
        return self[code]


_PLAIN, _BARE = _Plain(), _Bare()


class _Automaton:
    """Finds literals, each with the parts it is a wording of, in a plain text."""

    def __init__(self, parts: dict[str, int]) -> None:
        self._parts = list(parts.values())
        self._automaton = ahocorasick_rs.AhoCorasick(list(parts))

    def seen(self, text: str) -> set[int]:
        """Return the parts of each literal in a text, as bits."""
        found = self._automaton.find_matches_as_indexes(text, overlapping=True)
        return {self._parts[literal] for literal, _, _ in found}


class Literals:
    """Finds sentences that hold one of some literals, in any spelling or slip that reads the same.

    Args:
        spelling: knows the slips.
        needs: a sentence matters when it holds a wording of each part of one of them.
    """

    def __init__(self, spelling: Spelling, needs: Iterable[Need]) -> None:
        needs = set(needs)
        bits = {part: 1 << i for i, part in enumerate(sorted({part for need in needs for part in need}, key=sorted))}
        meanings: dict[Literal, int] = defaultdict(int)
        for part, bit in bits.items():
            for literal in part:
                meanings[literal] |= bit
        self._needs: dict[int, set[int]] = defaultdict(set)
        for need in needs:
            self._needs[bits[need[0]]].add(sum(bits[part] for part in set(need)))
        self._firsts = sum(self._needs)
        exact: dict[str, int] = defaultdict(int)
        loose: dict[str, int] = defaultdict(int)
        mended = _Mended(spelling.mended)
        shorts: dict[str, list[str]] = defaultdict(list)
        for short, full in spelling.abbreviations.items():
            for word in full:
                shorts[word].append(short.lower())
        for literal, meaning in meanings.items():
            anchors = [" ".join(spelt) for spelt in product(*map(_spelt, literal))]
            anchors += [short for word in literal for short in shorts.get(word, ())]
            for anchor in anchors:
                exact[_plain(anchor)] |= meaning
            for pair in mended.of(literal):
                loose[_plain(bare(" ".join(pair)))] |= meaning
        self._exact, self._loose = _Automaton(exact), _Automaton(loose)

    def stand_in(self, sentence: str) -> bool:
        """Return False only if none can stand in the sentence."""
        if _HIDES_LETTERS.search(sentence):
            return True
        words = _plain(sentence)
        seen = self._exact.seen(words)
        if self._are_enough(seen):
            return True
        slips = self._loose.seen(words.translate(_BARE))
        return bool(slips) and self._are_enough(seen | slips)

    def _are_enough(self, seen: set[int]) -> bool:
        parts = reduce(or_, seen, 0)
        firsts = parts & self._firsts
        while firsts:
            first = firsts & -firsts
            if any(need & parts == need for need in self._needs[first]):
                return True
            firsts ^= first
        return False


def prefilter(rulebook: Rulebook) -> Literals:
    """Return what finds the sentences that can call up a rule."""
    return Literals(rulebook.spelling, _needs(rulebook))


def _needs(rulebook: Rulebook) -> Iterator[Need]:
    """Yield what calls up rules: people, words of address for both sexes, phrases."""
    lexicon = rulebook.lexicon
    address: dict[str, set[Literal]] = {"female": set(), "male": set()}
    people: set[Literal] = set()
    for name, concept in lexicon.concepts.items():
        if concept.sex and concept.weak:
            address[concept.sex].update(lexicon.wordings(name))
        elif concept.sex or name == "both_sexes":
            people.update(lexicon.wordings(name))
    yield (frozenset(people),)
    yield frozenset(address["female"]), frozenset(address["male"])
    for rule in rulebook.rules.values():
        for condition in rule.when:
            if condition.phrase is not None:
                yield parts_of(compile_pattern(condition.phrase), lexicon)


def parts_of(pattern: Pattern, lexicon: Lexicon) -> Need:
    """Return the parts between the gaps of a pattern, but for those that need nothing or have too many wordings."""
    first, *others = sorted(_parts(pattern.nodes, lexicon), key=lambda wordings: -_shortest(wordings))
    return tuple(map(frozenset, (first, *(part for part in others if _shortest(part) and len(part) <= _MANY))))


def _parts(nodes: Sequence[Node], lexicon: Lexicon) -> list[list[Literal]]:
    parts: list[list[Literal]] = []
    for has_gap, run in groupby(nodes, key=_has_gap):
        if not has_gap:
            parts.append(list(expand(tuple(run), lexicon.wordings)))
        else:
            choices = [node for node in run if isinstance(node, Choice)]
            parts += [[words for option in node.options for words in _telling(option, lexicon)] for node in choices]
    return parts or [[()]]


def _telling(nodes: Sequence[Node], lexicon: Lexicon) -> list[Literal]:
    """Return the wordings of the part that ordinary text holds least often: the longest."""
    return max(_parts(nodes, lexicon), key=_shortest)


def _shortest(wordings: Iterable[Literal]) -> int:
    return min(sum(map(len, words)) for words in wordings)


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
