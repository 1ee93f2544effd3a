"""Train the evidence model from ``corpora/``: ``./dev model``.

Deterministic: the same corpora give the same file. Needs scikit-learn, which running the engine does not.
Thresholds are chosen on scores out of five folds that keep a group of near-twins on one side, never on the blind part.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.svm import LinearSVC

from auditor.matching.evidence import (
    BUCKETS,
    CATEGORY_BUCKETS,
    MODEL_FILE,
    Features,
    features,
    vector,
)
from auditor.matching.judge import label_of
from auditor.matching.matcher import Matcher, Stretch
from auditor.record import GENDER_SEVERITIES
from auditor.rulebook.loader import Rulebook, load_rulebook

CORPORA = Path(__file__).resolve().parents[2] / "corpora"
PENALTY = 2.0
PRECISION = 0.94
STRICT_MARGIN = 0.1
SUSPECT = 0.6


@dataclass(frozen=True, slots=True)
class Item:
    """A labelled clause; ``spans`` are offsets of the offending words in ``text``."""

    id: str
    group: str
    text: str
    label: str
    category: str | None
    severity: str | None
    trap: str | None
    spans: tuple[tuple[int, int], ...]


def read_items(path: Path) -> Iterator[Item]:
    """Yield the items of a corpus file (JSONL, in the form of ``corpora/README.md``)."""
    for line in path.read_text(encoding="utf-8").splitlines():
        data: dict[str, Any] = json.loads(line)
        text = data["text"]
        spans = tuple((at, at + len(words)) for words in data["spans"] if (at := text.find(words)) >= 0)
        yield Item(
            data["id"], data["group"], text, data["label"], data["category"], data["severity"], data["trap"], spans
        )


def example_items(rulebook: Rulebook) -> Iterator[Item]:
    """Yield the examples of the rules as labelled items, one group a rule."""
    for rule in rulebook.rules.values():
        if rule.severity not in GENDER_SEVERITIES:
            continue
        for i, text in enumerate(rule.examples.flag):
            yield Item(
                f"{rule.id}-{i}", rule.id, text, "violation", label_of(rule), rule.severity, None, ((0, len(text)),)
            )
        for i, text in enumerate(rule.examples.pass_):
            yield Item(f"{rule.id}-pass-{i}", rule.id, text, "ok", None, None, None, ())


@dataclass(frozen=True)
class Units:
    """Sentences of labelled clauses, ready for learning; all sequences have one entry a sentence."""

    features: list[Features]
    labels: np.ndarray[Any, Any]
    categories: list[str | None]
    items: list[int]


def units(matcher: Matcher, items: Sequence[Item]) -> Units:
    """Cut items into sentences and label each by whether it overlaps an offending span."""
    found: list[Features] = []
    labels: list[bool] = []
    categories: list[str | None] = []
    owners: list[int] = []
    for i, item in enumerate(items):
        for view in matcher.views(item.text, Stretch(0, len(item.text))):
            bad = any(a < view.sentence.end and view.sentence.start < b for a, b in item.spans)
            found.append(features(view))
            labels.append(bad)
            categories.append(item.category if bad else None)
            owners.append(i)
    return Units(found, np.array(labels), categories, owners)


def document_frequencies(found: Sequence[Features]) -> np.ndarray[Any, Any]:
    """Return smoothed inverse document frequencies, shape (BUCKETS,); zero for features seen once."""
    counts: Counter[int] = Counter()
    for one in found:
        counts.update({crc32(name.encode()) % BUCKETS for name in one})
    idf = np.zeros(BUCKETS, dtype=np.float32)
    for place, count in counts.items():
        if count > 1:
            idf[place] = np.log((1 + len(found)) / (1 + count)) + 1
    return idf


def matrix(found: Sequence[Features], idf: np.ndarray[Any, Any]) -> sp.csr_matrix:
    """Return the sentences as rows of TF-IDF values, shape (sentences, BUCKETS)."""
    rows = [vector(one, BUCKETS, idf) for one in found]
    indptr = np.cumsum([0, *(len(places) for places, _ in rows)])
    return sp.csr_matrix(
        (np.concatenate([v for _, v in rows]), np.concatenate([p for p, _ in rows]), indptr), shape=(len(rows), BUCKETS)
    )


def fit(x: sp.csr_matrix, y: np.ndarray[Any, Any]) -> LinearSVC:
    """Fit the linear model."""
    return LinearSVC(C=PENALTY, random_state=0, max_iter=4000).fit(x, y)


def _threshold(scores: np.ndarray[Any, Any], truth: np.ndarray[Any, Any], precision: float) -> float:
    """Return the lowest score at which precision over items is reached."""
    order = np.argsort(-scores)
    reached = np.cumsum(truth[order]) / np.arange(1, len(truth) + 1)
    good = np.nonzero(reached >= precision)[0]
    return float(scores[order][good[-1]]) if len(good) else float(scores.max())


def train(rulebook: Rulebook, items: Sequence[Item], path: Path = MODEL_FILE) -> None:
    """Train on items and on the examples of the rules, and write the model file."""
    items = [*items, *example_items(rulebook)]
    data = units(Matcher(rulebook), items)
    groups = [items[i].group for i in data.items]
    margin = np.zeros(len(data.labels))
    for train_rows, test_rows in GroupKFold(5).split(margin, groups=groups):
        idf = document_frequencies([data.features[i] for i in train_rows])
        model = fit(matrix([data.features[i] for i in train_rows], idf), data.labels[train_rows])
        margin[test_rows] = model.decision_function(matrix([data.features[i] for i in test_rows], idf))
    platt = LogisticRegression(C=1e6).fit(margin[:, None], data.labels)
    slope, offset = float(platt.coef_[0, 0]), float(platt.intercept_[0])
    probability = 1 / (1 + np.exp(-(slope * margin + offset)))
    truth = np.array([item.label == "violation" for item in items])
    best = np.zeros(len(items))
    np.maximum.at(best, np.array(data.items), probability)
    loose = _threshold(best, truth, PRECISION)
    thresholds = {"loose": loose, "strict": loose - STRICT_MARGIN, "suspect": SUSPECT}
    idf = document_frequencies(data.features)
    x = matrix(data.features, idf)
    model = fit(x, data.labels)
    names, weights = _categories(data, x)
    write(path, idf, model.coef_[0], float(model.intercept_[0]), (slope, offset), names, weights, thresholds)


def _categories(data: Units, x: sp.csr_matrix) -> tuple[list[str], np.ndarray[Any, Any]]:
    """Fit one-against-rest weights for the categories of offending sentences, shape (categories, CATEGORY_BUCKETS)."""
    rows = [i for i, category in enumerate(data.categories) if category]
    bad = x[rows].tocoo()
    folded = sp.csr_matrix((bad.data, (bad.row, bad.col % CATEGORY_BUCKETS)), shape=(len(rows), CATEGORY_BUCKETS))
    model = LinearSVC(C=PENALTY, random_state=0).fit(folded, [data.categories[i] for i in rows])
    return [str(name) for name in model.classes_], model.coef_


def write(
    path: Path,
    idf: np.ndarray[Any, Any],
    weights: np.ndarray[Any, Any],
    bias: float,
    platt: tuple[float, float],
    names: list[str],
    category_weights: np.ndarray[Any, Any],
    thresholds: dict[str, float],
) -> None:
    """Write the model as plain arrays, weights rounded to 8 bits."""
    idf8, idf_scale = _round(idf)
    weights8, weight_scale = _round(np.where(idf > 0, weights, 0))
    category8, category_scale = _round(category_weights)
    np.savez_compressed(
        path, idf=idf8, idf_scale=idf_scale, weights=weights8, weight_scale=weight_scale, bias=bias, platt=platt,
        categories=np.array(names), category_weights=category8, category_scale=category_scale,
        threshold_names=np.array(list(thresholds)), thresholds=np.array(list(thresholds.values())),
    )  # fmt: skip


def _round(values: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], float]:
    scale = float(np.abs(values).max()) / 127
    return np.round(values / scale).astype(np.int8), scale


if __name__ == "__main__":
    shipped = [item for path in sorted((CORPORA / "regulations").glob("tuned-*.jsonl")) for item in read_items(path)]
    train(load_rulebook(), shipped)
