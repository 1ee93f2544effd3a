"""The evidence model: how much a sentence resembles discriminatory or lawful clauses people have labelled.

A linear model over syllable n-grams, concept sequences and the voices of context; it supplies the doubt, the rule
supplies the reason and the law. Weights are plain arrays (``evidence.npz``), trained by ``./dev model`` from
``corpora/``. Features are hashed with CRC-32, so a model is the same on every machine.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from zlib import crc32

import numpy as np
import numpy.typing as npt

from auditor.matching.context import Scope
from auditor.matching.sentence import Sentence

MODEL_FILE = Path(__file__).with_name("evidence.npz")
BUCKETS = 1 << 20
CATEGORY_BUCKETS = 1 << 18
SKIPS = (2, 3, 4)

Features = Counter[str]


@dataclass(frozen=True, slots=True)
class View:
    """A sentence with what surrounds it, as the model sees it."""

    sentence: Sentence
    scopes: tuple[Scope, ...]
    before: tuple[Sentence, ...] = ()
    after: tuple[Sentence, ...] = ()


def features(view: View) -> Features:
    """Return the features of a sentence in its clause."""
    found: Features = Counter(_own(view.sentence))
    for scope in view.scopes:
        found[f"V:{scope.voice}"] += 1
        for mention in view.sentence.mentions:
            if scope.first <= mention.first < scope.last:
                for concept in sorted(mention.concepts):
                    found[f"V:{scope.voice}:{concept}"] += 1
    for mark, neighbours in (("p", view.before), ("n", view.after)):
        for neighbour in neighbours:
            found.update([f"{mark}:{feature}" for feature in _seen_from_afar(neighbour)])
    lead = view.sentence.lead[-24:]
    found.update(f"l:{' '.join(lead[i : i + n])}" for n in (1, 2) for i in range(len(lead) - n + 1))
    return found


def _short(feature: str) -> bool:
    kind = feature[0]
    return kind in "CS" or (kind == "w" and feature.count(" ") < 2)


@lru_cache(maxsize=4 * 8)
def _own(sentence: Sentence) -> tuple[str, ...]:
    """Return the features of a sentence by itself; neighbours ask for them again."""
    return tuple(_features(sentence))


@lru_cache(maxsize=4 * 8)
def _seen_from_afar(sentence: Sentence) -> tuple[str, ...]:
    return tuple(feature for feature in _own(sentence) if _short(feature))


def _features(sentence: Sentence) -> Iterator[str]:
    keys = ("^", *sentence.keys, "$")
    for n in (1, 2, 3):
        for i in range(len(keys) - n + 1):
            yield "w:" + " ".join(keys[i : i + n])
    for gap in SKIPS:
        for i in range(len(sentence.keys) - gap):
            yield f"k{gap}:{sentence.keys[i]} {sentence.keys[i + gap]}"
    yield from (f"e:{key}" for key in sentence.keys[:3])
    yield from (f"f:{key}" for key in sentence.keys[-3:])
    sequence: list[str] = []
    mixed: list[str] = []
    at = 0
    for mention in sentence.mentions:
        if mention.first < at:
            continue
        name = min(mention.concepts)
        mixed.extend(sentence.keys[at : mention.first])
        mixed.append(f"<{name}>")
        sequence.append(name)
        at = mention.last
    mixed.extend(sentence.keys[at:])
    for concept in sorted({name for mention in sentence.mentions for name in mention.concepts}):
        yield "C:" + concept
    for n in (2, 3, 4):
        for i in range(len(sequence) - n + 1):
            yield "S:" + " ".join(sequence[i : i + n])
    for i, name in enumerate(sequence):
        for later in sequence[i + 1 : i + 6]:
            yield f"P:{name}>{later}"
    for n in (2, 3):
        for i in range(len(mixed) - n + 1):
            window = mixed[i : i + n]
            if any(part[0] == "<" for part in window):
                yield "M:" + " ".join(window)
    sexes = [f"{'F' if m.sex == 'female' else 'M'}{'w' if m.weak else ''}" for m in sentence.people]
    for i in range(len(sexes) - 1):
        yield f"X:{sexes[i]} {sexes[i + 1]}"
    yield "x:" + "".join(sorted(set(sexes)))


def vector(
    found: Features, buckets: int, idf: npt.NDArray[np.float32]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Return the buckets of features and their unit-length TF-IDF values, both of shape (n,)."""
    places = np.fromiter((crc32(name.encode()) % buckets for name in found), dtype=np.int64, count=len(found))
    counts = np.fromiter((1.0 + math.log(count) for count in found.values()), dtype=np.float64, count=len(found))
    values = counts * idf[places]
    length = math.sqrt(float((values**2).sum())) or 1.0
    return places, values / length


class Evidence:
    """The trained model.

    Args:
        path: a file written by :mod:`auditor.matching.training`.
    """

    def __init__(self, path: Path = MODEL_FILE) -> None:
        with np.load(path, allow_pickle=False) as data:
            self._idf: npt.NDArray[np.float32] = data["idf"].astype(np.float32) * float(data["idf_scale"])
            self._weights = data["weights"].astype(np.float32) * float(data["weight_scale"])
            self._bias = float(data["bias"])
            self._platt = (float(data["platt"][0]), float(data["platt"][1]))
            self._category_names: tuple[str, ...] = tuple(str(name) for name in data["categories"])
            self._category_weights = data["category_weights"].astype(np.float32) * float(data["category_scale"])
            self.thresholds = {
                str(k): float(v) for k, v in zip(data["threshold_names"], data["thresholds"], strict=True)
            }

    def score(self, view: View) -> float:
        """Return the probability, in [0, 1], that people would hold the sentence for a violation."""
        return self.weigh(view)[0]

    def weigh(self, view: View) -> tuple[float, dict[str, float]]:
        """Return that probability, and how well each category of the corpora fits (higher is better)."""
        places, values = vector(features(view), BUCKETS, self._idf)
        slope, offset = self._platt
        margin = float((self._weights[places] * values).sum()) + self._bias
        fit = (self._category_weights[:, places % CATEGORY_BUCKETS] * values).sum(axis=1)
        probability = 1.0 / (1.0 + math.exp(-(slope * margin + offset)))
        return probability, dict(zip(self._category_names, map(float, fit), strict=True))
