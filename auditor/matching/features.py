"""What the evidence model sees of a sentence: hashed syllable and concept patterns, its neighbours, its clause.

A feature is a 64-bit number mixed from the CRC-32 of its parts, so that a whole sentence is worked out in a few array
operations and a model is the same on every machine. Digits count as one word: amounts differ, what is said does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from zlib import crc32

import numpy as np
import numpy.typing as npt

from auditor.matching.context import Scope
from auditor.matching.sentence import Sentence

Ids = npt.NDArray[np.uint64]

BUCKET_BITS = 20
NEIGHBOURS = 4
_MIX = np.uint64(0x9E3779B97F4A7C15)
_UNMIX = np.uint64(pow(0x9E3779B97F4A7C15, -1, 1 << 64))
_SHIFT = np.uint64(64 - BUCKET_BITS)
_SKIPS = (2, 3, 4)
_PAIRED = 5
_EDGE = 3
_ORDINARY = 200
_NONE: Ids = np.empty(0, dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class View:
    """A sentence with the scopes of its context and, in order, its neighbours within the clause."""

    sentence: Sentence
    scopes: tuple[Scope, ...]
    before: tuple[Sentence, ...] = ()
    after: tuple[Sentence, ...] = ()


def sentence_features(view: View) -> Ids:
    """Return the features of a sentence among its neighbours, repeated as often as they occur."""
    return np.concatenate([
        _own(view.sentence),
        _of_scopes(view),
        *(_salted("before", _from_afar(neighbour)) for neighbour in view.before),
        *(_salted("after", _from_afar(neighbour)) for neighbour in view.after),
    ])  # fmt: skip


def clause_features(view: View) -> Ids:
    """Return the features of everything around a sentence as one text, with how it opens and ends."""
    sentences = (*view.before, view.sentence, *view.after)
    found = [_own(sentence) for sentence in sentences]
    if len(sentences) > 1:
        found += [_salted("opens", _from_afar(sentences[0])), _salted("ends", _from_afar(sentences[-1]))]
    return np.concatenate(found)


def buckets(features: Ids) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the distinct buckets of features, each below ``2 ** BUCKET_BITS``, and how often each occurs."""
    places = ((features * _MIX) >> _SHIFT).astype(np.int64)
    places.sort()
    starts = np.flatnonzero(np.diff(places, prepend=-1))
    return places[starts], np.diff(starts, append=len(places))


def features_of(places: npt.NDArray[np.int64], counts: npt.NDArray[np.uint8]) -> Ids:
    """Return features that fall into given buckets, each as often as it occurs: what :func:`buckets` took apart."""
    return np.repeat((places.astype(np.uint64) << _SHIFT) * _UNMIX, counts)


@lru_cache(maxsize=64)
def _own(sentence: Sentence) -> Ids:
    """Return the features of a sentence by itself; its neighbours and its clause ask for them again."""
    names, mixed, is_concept = _concepts(sentence)
    windows = _remembered(_mixed_windows, len(mixed))
    sexes = words(f"{person.sex}{'?' if person.weak else ''}" for person in sentence.people)
    return np.concatenate([
        _remembered(_word_windows, len(sentence.keys)).of(_said(sentence)),
        _remembered(_concept_windows, len(names)).of(names),
        windows.of(mixed)[windows.any(is_concept)],
        _salted("concept", words(_concept_names(sentence))),
        _salted("sexes", grams(sexes, 2)),
        _salted("all sexes", words(("".join(sorted({f"{p.sex}{p.weak}" for p in sentence.people})),))),
    ])  # fmt: skip


@lru_cache(maxsize=64)
def _from_afar(sentence: Sentence) -> Ids:
    """Return what a neighbour sees of a sentence."""
    names, _, _ = _concepts(sentence)
    return np.concatenate([
        _remembered(_far_word_windows, len(sentence.keys)).of(_said(sentence)),
        _remembered(_far_concept_windows, len(names)).of(names),
        _salted("concept", words(_concept_names(sentence))),
    ])  # fmt: skip


@lru_cache(maxsize=64)
def _said(sentence: Sentence) -> Ids:
    return words(("^", *sentence.keys, "$"))


def _concept_names(sentence: Sentence) -> list[str]:
    return sorted({name for mention in sentence.mentions for name in mention.concepts})


def _of_scopes(view: View) -> Ids:
    """Return the voices in a sentence, and each with the concepts it governs."""
    found: list[str] = []
    for scope in view.scopes:
        found.append(scope.voice)
        for mention in view.sentence.mentions:
            if scope.first <= mention.first < scope.last:
                found.extend(f"{scope.voice} {concept}" for concept in sorted(mention.concepts))
    return _salted("voice", words(found))


@lru_cache(maxsize=64)
def _concepts(sentence: Sentence) -> tuple[Ids, Ids, npt.NDArray[np.bool_]]:
    """Return the concepts in order, the sentence with concepts in place of their words, and which those are."""
    names: list[str] = []
    mixed: list[str] = []
    is_concept: list[bool] = []
    at = 0
    for mention in sentence.mentions:
        if mention.first < at:
            continue
        name = f"<{min(mention.concepts)}>"
        mixed += [*sentence.keys[at : mention.first], name]
        is_concept += [False] * (mention.first - at) + [True]
        names.append(name)
        at = mention.last
    mixed += sentence.keys[at:]
    is_concept += [False] * (len(sentence.keys) - at)
    return words(names), words(mixed), np.array(is_concept, dtype=np.bool_)


@lru_cache(maxsize=65536)
def _number(word: str) -> int:
    return crc32(b"#" if word[:1].isdigit() else word.encode())


def words(said: Iterable[str]) -> Ids:
    """Return one number for each word."""
    return np.fromiter(map(_number, said), dtype=np.uint64)


def _salted(kind: str, features: Ids) -> Ids:
    return features * _MIX + _salt(kind)


@cache
def _salt(kind: str) -> np.uint64:
    return np.uint64(_number(kind))


def grams(said: Ids, n: int) -> Ids:
    """Return one number for each run of ``n`` words."""
    size = len(said) - n + 1
    if size <= 0:
        return _NONE
    mixed = said[:size]
    for i in range(1, n):
        mixed = mixed * _MIX + said[i : i + size]
    return mixed


@dataclass(frozen=True)
class _Windows:
    """Which words of a row make up each feature: runs and pairs, all mixed and salted in one go.

    Attributes:
        places: places of its words counted from 1, shape (features, _WIDEST); 0 where it has fewer.
        salts: the salt of its kind, shape (features,).
    """

    places: npt.NDArray[np.intp]
    salts: Ids

    def of(self, said: Ids) -> Ids:
        """Return the features of a row of words."""
        mixed: Ids = np.append(_ZERO, said)[self.places] @ _POWERS + self.salts
        return mixed

    def any(self, flags: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """Tell for each feature whether the flag of one of its words is set."""
        found: npt.NDArray[np.bool_] = np.logical_or.reduce(np.append(False, flags)[self.places], axis=1)
        return found


_WIDEST = 4
_ZERO = np.zeros(1, dtype=np.uint64)
_POWERS: Ids = np.array([pow(int(_MIX), n, 1 << 64) for n in range(_WIDEST, 0, -1)], dtype=np.uint64)


def _windows(features: Iterable[tuple[str, Sequence[int]]]) -> _Windows:
    """Build windows from the kind of each feature and the places, from 0, of its words."""
    rows = list(features)
    places = [[0] * (_WIDEST - len(at)) + [place + 1 for place in at] for _, at in rows]
    salts = np.array([_salt(kind) for kind, _ in rows], dtype=np.uint64)
    return _Windows(np.array(places, dtype=np.intp).reshape(-1, _WIDEST), salts)


def _runs(kind: str, size: int, *lengths: int) -> Iterator[tuple[str, Sequence[int]]]:
    yield from ((kind, range(at, at + n)) for n in lengths for at in range(size - n + 1))


def _pairs(kind: str, first: int, last: int, gap: int) -> Iterator[tuple[str, Sequence[int]]]:
    yield from ((kind, (at, at + gap)) for at in range(first, last - gap))


def _word_windows(size: int) -> _Windows:
    """Return the features of words between the marks at both ends of a sentence."""
    end = size + 1
    return _windows([
        *_runs("word", size + 2, 1, 2, 3),
        *(pair for gap in _SKIPS for pair in _pairs(f"skip{gap}", 1, end, gap)),
        *(("opens with", (at,)) for at in range(1, min(1 + _EDGE, end))),
        *(("ends with", (at,)) for at in range(max(1, end - _EDGE), end)),
    ])  # fmt: skip


def _far_word_windows(size: int) -> _Windows:
    return _windows(_runs("word", size + 2, 1, 2))


def _concept_windows(size: int) -> _Windows:
    pairs = (pair for gap in range(1, _PAIRED + 1) for pair in _pairs("pair", 0, size, gap))
    return _windows([*_runs("concepts", size, 2, 3, 4), *pairs])


def _far_concept_windows(size: int) -> _Windows:
    return _windows(_runs("concepts", size, 2, 3))


def _mixed_windows(size: int) -> _Windows:
    return _windows(_runs("mixed", size, 2, 3))


def _remembered(build: Callable[[int], _Windows], size: int) -> _Windows:
    """Return windows, those for sentences of ordinary length from memory."""
    return _known(build, size) if size <= _ORDINARY else build(size)


@cache
def _known(build: Callable[[int], _Windows], size: int) -> _Windows:
    return build(size)
