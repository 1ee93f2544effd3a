"""Labelled texts and the sentences the evidence model learns from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from auditor.documents.interface import Kind, document_of
from auditor.matching.features import Ids, clause_features, sentence_features
from auditor.matching.judge import holding, is_certain, label_of, silencing
from auditor.matching.matcher import Matcher, judged, stretches
from auditor.record import GENDER_SEVERITIES
from auditor.rulebook.loader import Rulebook

CORPORA = Path(__file__).resolve().parents[2] / "corpora"
FOLDERS: dict[Kind, str] = {"regulation": "regulations", "article": "press"}

Array = npt.NDArray[Any]


def labelled(kind: Kind, part: str) -> list[Item]:
    """Return the labelled items of one kind: part ``tuned``, which is learnt from, or ``blind``."""
    return [item for path in sorted((CORPORA / FOLDERS[kind]).glob(f"{part}-*.jsonl")) for item in read_items(path)]


@dataclass(frozen=True, slots=True)
class Item:
    """A labelled clause; ``spans`` are offsets of the offending words in ``text``."""

    id: str
    kind: Kind
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
            data["id"], data["kind"], data["group"], text, data["label"], data["category"], data["severity"],
            data["trap"], spans,
        )  # fmt: skip


def example_items(rulebook: Rulebook) -> Iterator[Item]:
    """Yield the examples of the rules as labelled items, one group a rule."""
    for rule in rulebook.rules.values():
        if rule.severity not in GENDER_SEVERITIES:
            continue
        for i, text in enumerate(rule.examples.flag):
            yield Item(
                f"{rule.id}-{i}", rule.kind, rule.id, text, "violation", label_of(rule), rule.severity, None,
                ((0, len(text)),),
            )  # fmt: skip
        for i, text in enumerate(rule.examples.pass_):
            yield Item(f"{rule.id}-pass-{i}", rule.kind, rule.id, text, "ok", None, None, None, ())


def whole_items() -> Iterator[Item]:
    """Yield the paragraphs of the whole articles, which hold nothing to change, one group an article."""
    for line in (CORPORA / "press" / "whole" / "tuned.jsonl").read_text(encoding="utf-8").splitlines():
        article: dict[str, Any] = json.loads(line)
        for i, text in enumerate((article["title"], *article["body"].split("\n\n"))):
            yield Item(f"{article['id']}-{i}", "article", article["id"], text, "ok", None, None, None, ())


@dataclass(frozen=True)
class Units:
    """Sentences of labelled clauses, ready for learning; all sequences have one entry a sentence.

    Attributes:
        sentences: features of each among its neighbours.
        clauses: features of the clause around each.
        bad: whether it overlaps offending words.
        in_violation: whether its clause holds any.
        categories: the category of its offending words.
        items: index of its item.
        starts: index of the first sentence of its clause.
        certain: whether a rule holds strictly.
        silenced: how many voices of context, at most two, speak for silence.
    """

    sentences: list[Ids]
    clauses: list[Ids]
    bad: Array
    in_violation: Array
    categories: list[str | None]
    items: Array
    starts: Array
    certain: Array
    silenced: Array


def units(matcher: Matcher, items: Sequence[Item]) -> Units:
    """Cut items into sentences and label each by whether it overlaps an offending span."""
    sentences: list[Ids] = []
    clauses: list[Ids] = []
    bad: list[bool] = []
    owners: list[int] = []
    starts: list[int] = []
    certain: list[bool] = []
    silenced: list[int] = []
    for i, item in enumerate(items):
        for views in matcher.views(item.text, stretches(judged(document_of(item.text, kind=item.kind)))):
            starts += [len(owners)] * len(views)
            owners += [i] * len(views)
            for view in views:
                sentences.append(sentence_features(view))
                clauses.append(clause_features(view))
                certain.append(is_certain(holding(view, tuple(matcher.proposals(view)))))
                silenced.append(silencing(view))
                bad.append(any(a < view.sentence.end and view.sentence.start < b for a, b in item.spans))
    return Units(
        sentences,
        clauses,
        np.array(bad),
        np.array([items[i].label == "violation" for i in owners]),
        [items[i].category if is_bad else None for i, is_bad in zip(owners, bad, strict=True)],
        np.array(owners),
        np.array(starts),
        np.array(certain),
        np.array(silenced),
    )
