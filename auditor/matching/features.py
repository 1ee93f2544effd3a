"""What the evidence model sees of a sentence: hashed syllable and concept patterns, its neighbours, its clause.

A feature is a 64-bit number mixed from the CRC-32 of its parts, so that a whole sentence is worked out in a few array
operations and a model is the same on every machine. Digits count as one word: amounts differ, what is said does not.
"""

from __future__ import annotations

from collections.abc import Iterable
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
    places, counts = np.unique((features * _MIX) >> _SHIFT, return_counts=True)
    return places.astype(np.int64), counts


def features_of(places: npt.NDArray[np.int64], counts: npt.NDArray[np.uint8]) -> Ids:
    """Return features that fall into given buckets, each as often as it occurs: what :func:`buckets` took apart."""
    return np.repeat((places.astype(np.uint64) << _SHIFT) * _UNMIX, counts)


@lru_cache(maxsize=64)
def _own(sentence: Sentence) -> Ids:
    """Return the features of a sentence by itself; its neighbours and its clause ask for them again."""
    said = words(sentence.keys)
    framed = np.concatenate([words(("^",)), said, words(("$",))])
    names, mixed, is_concept = _concepts(sentence)
    sexes = words(f"{person.sex}{'?' if person.weak else ''}" for person in sentence.people)
    return np.concatenate([
        *(_salted("word", grams(framed, n)) for n in (1, 2, 3)),
        *(_salted(f"skip{gap}", _pairs(said, gap)) for gap in _SKIPS),
        _salted("opens with", said[:_EDGE]),
        _salted("ends with", said[-_EDGE:]),
        _salted("concept", words(sorted({name for m in sentence.mentions for name in m.concepts}))),
        *(_salted("concepts", grams(names, n)) for n in (2, 3, 4)),
        *(_salted("pair", _pairs(names, gap)) for gap in range(1, _PAIRED + 1)),
        *(_salted("mixed", grams(mixed, n)[_any(is_concept, n)]) for n in (2, 3)),
        _salted("sexes", grams(sexes, 2)),
        _salted("all sexes", words(("".join(sorted({f"{p.sex}{p.weak}" for p in sentence.people})),))),
    ])  # fmt: skip


@lru_cache(maxsize=64)
def _from_afar(sentence: Sentence) -> Ids:
    """Return what a neighbour sees of a sentence."""
    said = words(("^", *sentence.keys, "$"))
    names, _, _ = _concepts(sentence)
    return np.concatenate([
        *(_salted("word", grams(said, n)) for n in (1, 2)),
        _salted("concept", words(sorted({name for m in sentence.mentions for name in m.concepts}))),
        *(_salted("concepts", grams(names, n)) for n in (2, 3)),
    ])  # fmt: skip


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


def _pairs(said: Ids, gap: int) -> Ids:
    return said[:-gap] * _MIX + said[gap:] if len(said) > gap else _NONE


def _any(flags: npt.NDArray[np.bool_], n: int) -> npt.NDArray[np.bool_]:
    """Tell for each run of ``n`` whether one of its flags is set."""
    size = max(len(flags) - n + 1, 0)
    found: npt.NDArray[np.bool_] = np.logical_or.reduce([flags[i : i + size] for i in range(n)])
    return found
