"""The evidence model: how much a sentence resembles discriminatory or lawful clauses people have labelled.

Two linear models look at a sentence: one at the sentence among its neighbours, one at the whole clause around it, which
sees how the clause ends and so what a sentence is turned into. They supply the doubt, the rule supplies the reason
and the law. Weights are plain arrays (``evidence-*.npz``, one file for each kind of document), trained by ``./dev
model`` from ``corpora/``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from auditor.documents.interface import Kind
from auditor.matching.features import BUCKET_BITS, NEIGHBOURS, Ids, View, buckets, clause_features, sentence_features

CLAUSE_WEIGHT = 1.0
BESIDE_BEST = 0.8  # what a sentence loses that is not the worst of its clause
CATEGORY_BITS = 17  # categories are told apart by coarser buckets, for the sentence and for the clause

Floats = npt.NDArray[np.float64]
Vector = tuple[npt.NDArray[np.int64], Floats]
"""Distinct buckets and their values, both of shape (n,)."""


@dataclass(frozen=True, slots=True)
class Weight:
    """How far a sentence lies on the side of violations: signed, no unit.

    Attributes:
        fit: asks how well each category fits, higher is better.
    """

    margin: float
    fit: Callable[[], Mapping[str, float]]


def margins(sentence: Floats, clause: Floats) -> Floats:
    """Combine the scores of the sentences of one clause, both of shape (sentences,), into one score each.

    The worst sentence among its neighbours speaks for the clause; the others must be bad by themselves.
    """
    together = (sentence + CLAUSE_WEIGHT * clause) / (1 + CLAUSE_WEIGHT)
    return np.where(worst(sentence), together, sentence - BESIDE_BEST)


def worst(sentence: Floats) -> npt.NDArray[np.bool_]:
    """Tell which sentences of one clause score highest among their neighbours, shape (sentences,)."""
    return np.array([
        score == sentence[max(0, i - NEIGHBOURS) : i + NEIGHBOURS + 1].max() for i, score in enumerate(sentence)
    ], dtype=np.bool_)  # fmt: skip


def unpacked(data: Any, name: str) -> npt.NDArray[np.float32]:
    """Return an array that was rounded to 8 bits."""
    values: npt.NDArray[np.float32] = data[name].astype(np.float32) * np.float32(data[f"{name}_scale"])
    return values


def vector(features: Ids, idf: npt.NDArray[np.float32]) -> Vector:
    """Return the distinct buckets of features and their unit-length TF-IDF values, both of shape (n,)."""
    places, counts = buckets(features)
    values = (1.0 + np.log(counts)) * idf[places]
    length = math.sqrt(float(values @ values)) or 1.0
    return places, values / length


def category_vector(sentence: Vector, clause: Vector) -> Vector:
    """Join the vectors of a sentence and its clause into one over ``2 ** (CATEGORY_BITS + 1)`` buckets."""
    shift = BUCKET_BITS - CATEGORY_BITS
    places = np.concatenate([sentence[0] >> shift, (clause[0] >> shift) + (1 << CATEGORY_BITS)])
    return places, np.concatenate([sentence[1], clause[1]])


class _Linear:
    """One linear model over hashed features: an IDF, a weight for each bucket, a bias."""

    def __init__(self, data: Any, name: str) -> None:
        self.idf: npt.NDArray[np.float32] = unpacked(data, f"{name}_idf")
        self._weights = unpacked(data, f"{name}_weights")
        self._bias = float(data[f"{name}_bias"])

    def score(self, places: npt.NDArray[np.int64], values: Floats) -> float:
        return float(self._weights[places] @ values) + self._bias


def model_file(kind: Kind) -> Path:
    """Return the shipped model that judges one kind of document."""
    return Path(__file__).with_name(f"evidence-{kind}.npz")


class Evidence:
    """A trained model.

    Args:
        path: a file written by :mod:`auditor.matching.training`.

    Attributes:
        odds: coefficients of the log-odds: offset, margin, certain, silenced, and margin times each of the last two.
        thresholds: ``find``, the probability from which a sentence is a finding, and ``suspect``.
    """

    def __init__(self, path: Path) -> None:
        with np.load(path, allow_pickle=False) as data:
            self._sentence = _Linear(data, "sentence")
            self._clause = _Linear(data, "clause")
            self.odds = tuple(map(float, data["odds"]))
            self._categories: tuple[str, ...] = tuple(map(str, data["categories"]))
            self._category_weights = unpacked(data, "category_weights")
            self.thresholds = dict(zip(map(str, data["threshold_names"]), map(float, data["thresholds"]), strict=True))

    def weigh(self, views: Sequence[View]) -> list[Weight]:
        """Weigh the sentences of one clause, in order."""
        if not views:
            return []
        sentences = [vector(sentence_features(view), self._sentence.idf) for view in views]
        own = np.array([self._sentence.score(*one) for one in sentences])
        around = np.zeros(len(views))  # the clause has no say about others than the worst
        for i in map(int, np.flatnonzero(worst(own))):
            around[i] = self._clause.score(*self._clause_vector(views[i]))
        return [
            Weight(float(score), partial(self._fit, sentence, view))
            for score, sentence, view in zip(margins(own, around), sentences, views, strict=True)
        ]

    def _clause_vector(self, view: View) -> Vector:
        return vector(clause_features(view), self._clause.idf)

    def probability(self, margin: float, *, certain: bool, silenced: int) -> float:
        """Return the probability, in [0, 1], that people would hold a sentence for a violation.

        Args:
            margin: its weight.
            certain: a rule holds strictly, and no context speaks against it.
            silenced: how many voices of context, at most two, speak for silence.
        """
        given = (1.0, margin, certain, silenced, margin * certain, margin * silenced)
        return 1.0 / (1.0 + math.exp(-sum(a * b for a, b in zip(self.odds, given, strict=True))))

    def _fit(self, sentence: Vector, view: View) -> dict[str, float]:
        places, values = category_vector(sentence, self._clause_vector(view))
        found = self._category_weights[:, places] @ values
        return dict(zip(self._categories, map(float, found), strict=True))
