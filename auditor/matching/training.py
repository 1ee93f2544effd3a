"""Train the evidence model from ``corpora/``: ``./dev model``.

Deterministic: the same corpora give the same file. Needs scikit-learn, which running the engine does not.
Thresholds are chosen on scores out of five folds that keep a group of near-twins on one side, never on the blind part.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.svm import LinearSVC

from auditor.documents.interface import Kind
from auditor.matching.evidence import CATEGORY_BITS, category_vector, margins, model_file, vector
from auditor.matching.features import BUCKET_BITS, Ids, buckets
from auditor.matching.matcher import Matcher
from auditor.matching.natural import LEARNT, pack_real, unpack, with_real
from auditor.matching.units import FOLDERS, Array, Item, Units, example_items, labelled, units, whole_items
from auditor.rulebook.loader import Rulebook, load_rulebook

PENALTY = 1.0
SUSPECT: dict[Kind, float] = {"regulation": 0.6, "article": 0.5}
FOLDS = 5
PRECISION: dict[Kind, float] = {"regulation": 0.94, "article": 0.94}
FALSE_ALARMS = 0.06  # part of the real articles learnt from that may hold one; of unseen ones about a third as many


@dataclass(frozen=True)
class Linear:
    """A fitted linear model and the IDF its inputs are weighted by, both of shape (buckets,)."""

    idf: Array
    weights: Array
    bias: float

    def scores(self, found: Sequence[Ids]) -> Array:
        """Return the signed distance of each row from the boundary, shape (rows,)."""
        scores: Array = matrix(found, self.idf) @ self.weights + self.bias
        return scores


def fit(found: Sequence[Ids], labels: Array) -> Linear:
    """Fit one linear model."""
    idf = inverse_document_frequencies(found)
    model = LinearSVC(C=PENALTY, random_state=0, max_iter=4000).fit(matrix(found, idf), labels)
    return Linear(idf, model.coef_[0], float(model.intercept_[0]))


def inverse_document_frequencies(found: Sequence[Ids]) -> Array:
    """Return smoothed inverse document frequencies, shape (buckets,); zero for features seen once."""
    counts = np.zeros(1 << BUCKET_BITS, dtype=np.float32)
    for one in found:
        counts[buckets(one)[0]] += 1
    idf: Array = np.where(counts > 1, np.log((1 + len(found)) / (1 + counts)) + 1, 0)
    return idf


def matrix(found: Sequence[Ids], idf: Array) -> sp.csr_matrix:
    """Return rows of TF-IDF values, shape (rows, buckets)."""
    return _sparse([vector(one, idf) for one in found], 1 << BUCKET_BITS)


def _sparse(rows: Sequence[tuple[Array, Array]], width: int) -> sp.csr_matrix:
    ends = np.cumsum([0, *(len(places) for places, _ in rows)])
    values, places = np.concatenate([v for _, v in rows]), np.concatenate([p for p, _ in rows])
    return sp.csr_matrix((values, places, ends), shape=(len(rows), width))


def combined(data: Units, rows: Array, sentence: Array, clause: Array) -> Array:
    """Combine the scores of rows, clause by clause."""
    edges = np.nonzero(np.diff(data.starts[rows]))[0] + 1
    parts = zip(np.split(sentence, edges), np.split(clause, edges), strict=True)
    return np.concatenate([margins(one, other) for one, other in parts])


@dataclass(frozen=True)
class Models:
    """Everything learnt from labelled sentences: two linear models, the categories and their weights."""

    sentence: Linear
    clause: Linear
    categories: tuple[str, ...]
    category_weights: Array


def learn(data: Units, rows: Array) -> Models:
    """Learn from some rows of labelled sentences."""
    sentence = fit([data.sentences[i] for i in rows], data.bad[rows])
    clause = fit([data.clauses[i] for i in rows], data.in_violation[rows])
    bad = [i for i in rows if data.categories[i]]
    vectors = [
        category_vector(vector(data.sentences[i], sentence.idf), vector(data.clauses[i], clause.idf)) for i in bad
    ]
    model = LinearSVC(C=PENALTY, random_state=0)
    model.fit(_sparse(vectors, 2 << CATEGORY_BITS), [data.categories[i] for i in bad])
    return Models(sentence, clause, tuple(map(str, model.classes_)), model.coef_)


def folds(data: Units, items: Sequence[Item]) -> Iterator[tuple[Array, Array]]:
    """Yield the rows to learn from and to test on; a group of near-twins stays on one side."""
    groups = [items[i].group for i in data.items]
    yield from GroupKFold(FOLDS).split(groups, groups=groups)


@dataclass(frozen=True)
class Calibration:
    """How margins become probabilities (coefficients of the odds), and from which one a sentence is a finding."""

    odds: tuple[float, ...]
    thresholds: dict[str, float]


def calibrate(data: Units, items: Sequence[Item]) -> Calibration:
    """Learn the calibration from margins out of folds."""
    margin = np.zeros(len(data.bad))
    for rows, test in folds(data, items):
        sentence = fit([data.sentences[i] for i in rows], data.bad[rows])
        clause = fit([data.clauses[i] for i in rows], data.in_violation[rows])
        margin[test] = combined(
            data,
            test,
            sentence.scores([data.sentences[i] for i in test]),
            clause.scores([data.clauses[i] for i in test]),
        )
    given = np.stack([margin, data.certain, data.silenced, margin * data.certain, margin * data.silenced], axis=1)
    odds = LogisticRegression(C=1e6, max_iter=1000).fit(given, data.bad)
    scores = odds.predict_proba(given)[:, 1]
    real = np.array([items[i].id.startswith("real-") for i in data.items])
    find = _threshold(data, scores, ~real, PRECISION[items[0].kind])
    if real.any():
        find = max(find, _natural_threshold(data, scores, real))
    return Calibration(
        (float(odds.intercept_[0]), *map(float, odds.coef_[0])), {"find": find, "suspect": SUSPECT[items[0].kind]}
    )


def train(rulebook: Rulebook, items: Sequence[Item], path: Path) -> None:
    """Train on items and on the examples of the rules, all of one kind, and write the model file."""
    items = [*items, *example_items(rulebook)]
    if items[0].kind == "article":
        items += whole_items()
    data = units(Matcher(rulebook), items)
    if items[0].kind == "article":
        data = with_real(data, items)
    write(path, learn(data, np.arange(len(data.bad))), calibrate(data, items))


def _natural_threshold(data: Units, scores: Array, real: Array) -> float:
    """Return the lowest score at which few enough real articles hold a false alarm."""
    allowed = int(FALSE_ALARMS * unpack()[1] / LEARNT)
    alarms = np.full(data.items.max() + 1, -np.inf)
    rows = real & ~data.bad
    np.maximum.at(alarms, data.items[rows], scores[rows])
    return float(np.sort(alarms)[::-1][allowed])


def _threshold(data: Units, scores: Array, written: Array, precision: float) -> float:
    """Return the lowest score at which precision over the written items is reached.

    An item counts as a hit by its best offending sentence, and as a false alarm by its best other one.
    """
    hits, alarms = np.full((2, data.items.max() + 1), -np.inf)
    hit, alarm = written & data.bad, written & ~data.bad
    np.maximum.at(hits, data.items[hit], scores[hit])
    np.maximum.at(alarms, data.items[alarm], scores[alarm])
    for score in np.unique(scores):
        right, wrong = (hits >= score).sum(), (alarms >= score).sum()
        if right >= precision * (right + wrong):
            return float(score)
    return float(scores.max())


def write(path: Path, models: Models, calibration: Calibration) -> None:
    """Write a model file: plain arrays, weights rounded to 8 bits."""
    arrays = {"category_weights": models.category_weights}
    for name, model in (("sentence", models.sentence), ("clause", models.clause)):
        arrays[f"{name}_idf"] = model.idf
        arrays[f"{name}_weights"] = np.where(model.idf > 0, model.weights, 0)
    packed: dict[str, Any] = {}
    for name, values in arrays.items():
        scale = float(np.abs(values).max()) / 127
        packed |= {name: np.round(values / scale).astype(np.int8), f"{name}_scale": scale}
    thresholds = calibration.thresholds
    np.savez_compressed(
        path, odds=calibration.odds, sentence_bias=models.sentence.bias, clause_bias=models.clause.bias,
        categories=np.array(models.categories), threshold_names=np.array(list(thresholds)),
        thresholds=np.array(list(thresholds.values())), **packed,
    )  # fmt: skip


def main() -> None:
    """Train the model of each kind of document, or of those named; ``real FILE...`` packs real news first."""
    names = sys.argv[1:]
    if names[:1] == ["real"]:
        pack_real([Path(name) for name in names[1:]])
        names = ["article"]
    for kind in FOLDERS:
        if kind in names or not names:
            train(load_rulebook().only(kind), labelled(kind, "tuned"), model_file(kind))


if __name__ == "__main__":
    main()
