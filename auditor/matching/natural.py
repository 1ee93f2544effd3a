"""Real news at its natural rate as rows of features: what the evidence model learns from without the texts.

Written corpora hold a violation in every second passage; real news holds one in a few hundred sentences, and its
look-alikes are other ones: films, fiction, statistics, facts of a case. Passages of real articles are labelled outside
the repository, and only their hashed features come in, restricted to those the written corpora know, so that no
sentence and no name can be read back.

``./dev model real LABELLED.jsonl`` packs them and trains. A line holds one article: ``{"id", "title", "text",
"passages": [{"quote", "label": "violation" | "ok" | "unsure", "category"}]}``, or ``{"articles": N}`` for N more
articles without a labelled passage.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from auditor.documents.interface import Document, Source, compose_fields
from auditor.matching.features import BUCKET_BITS, Ids, buckets, clause_features, features_of, sentence_features
from auditor.matching.judge import holding, is_certain, silencing
from auditor.matching.matcher import Matcher, judged, stretches
from auditor.matching.units import Item, Units, labelled, units
from auditor.rulebook.loader import load_rulebook

FILE = Path(__file__).resolve().parents[2] / "corpora" / "press" / "real.npz"
LEARNT = 3  # every third clean sentence is learnt from: all of them outweigh what is written
MANY = 255  # a feature found more often in one sentence counts so often


@dataclass(frozen=True)
class Row:
    """One sentence of a real article; ``group`` tells the article."""

    sentence: Ids
    clause: Ids
    group: int
    bad: bool
    in_violation: bool
    category: str | None
    certain: bool
    silenced: int


def rows(matcher: Matcher, articles: Sequence[dict[str, Any]]) -> Iterator[Row]:
    """Yield the labelled sentences; those of a paragraph with an unsure passage are left out."""
    for article in articles:
        text, blocks = compose_fields([("title", article["title"]), ("body", article["text"])])
        spans = [
            (at, at + len(passage["quote"]), passage)
            for passage in article["passages"]
            if (at := text.find(passage["quote"])) >= 0
        ]
        document = Document(article["id"], "article", text, blocks, Source(article["id"], "jsonl", ""))
        for stretch in stretches(judged(document)):
            told = [span for span in spans if span[0] < stretch.end and stretch.start < span[1]]
            if not told or any(passage["label"] == "unsure" for _, _, passage in told):
                continue
            violated = any(passage["label"] == "violation" for _, _, passage in told)
            for view in (view for views in matcher.views(text, [stretch]) for view in views):
                over = [p for a, b, p in told if a < view.sentence.end and view.sentence.start < b]
                if not over:
                    continue
                category = next((p["category"] for p in over if p["label"] == "violation"), None)
                yield Row(
                    sentence_features(view), clause_features(view), crc32(article["id"].encode()), category is not None,
                    violated, category, is_certain(holding(view, tuple(matcher.proposals(view)))), silencing(view),
                )  # fmt: skip


def pack(found: Sequence[Row], known: npt.NDArray[np.bool_], articles: int, path: Path = FILE) -> None:
    """Write rows to a file of plain arrays.

    Args:
        known: which buckets the written corpora use, shape (buckets,); all others are dropped.
        articles: how many real articles were looked through.
    """
    packed: dict[str, Any] = {"articles": articles}
    for name, features in (
        ("sentence", [row.sentence for row in found]),
        ("clause", [row.clause for row in found]),
    ):
        kept = [(places[known[places]], counts[known[places]]) for places, counts in map(buckets, features)]
        packed[f"{name}_places"] = np.concatenate([np.diff(places, prepend=0) for places, _ in kept]).astype(np.uint32)
        packed[f"{name}_counts"] = np.concatenate([np.minimum(counts, MANY) for _, counts in kept]).astype(np.uint8)
        packed[f"{name}_ends"] = np.cumsum([len(places) for places, _ in kept]).astype(np.uint32)
    np.savez_compressed(
        path,
        groups=np.array([row.group for row in found], dtype=np.uint32),
        bad=np.array([row.bad for row in found]),
        in_violation=np.array([row.in_violation for row in found]),
        categories=np.array([row.category or "" for row in found]),
        certain=np.array([row.certain for row in found]),
        silenced=np.array([row.silenced for row in found], dtype=np.uint8),
        **packed,
    )


def unpack(path: Path = FILE) -> tuple[list[Row], int]:
    """Return the rows of a file, and how many articles were looked through for them."""
    with np.load(path, allow_pickle=False) as data:
        sentences, clauses = (list(_features(data, name)) for name in ("sentence", "clause"))
        found = [
            Row(
                sentences[i], clauses[i], int(data["groups"][i]), bool(data["bad"][i]),
                bool(data["in_violation"][i]), str(data["categories"][i]) or None, bool(data["certain"][i]),
                int(data["silenced"][i]),
            )
            for i in range(len(sentences))
        ]  # fmt: skip
        return found, int(data["articles"])


def _features(data: Any, name: str) -> Iterator[Ids]:
    places, counts, ends = data[f"{name}_places"], data[f"{name}_counts"], data[f"{name}_ends"]
    start = 0
    for end in map(int, ends):
        yield features_of(np.cumsum(places[start:end].astype(np.int64)), counts[start:end])
        start = end


def with_real(data: Units, items: list[Item]) -> Units:
    """Add sentences of real news, each a clause by itself, and to ``items`` the articles they stand in."""
    found, _ = unpack()
    clean = [row for row in found if not row.bad]
    found = [row for row in found if row.bad] + clean[::LEARNT]
    owners = {group: len(items) + i for i, group in enumerate(dict.fromkeys(row.group for row in found))}
    items += [Item(f"real-{group}", "article", f"real-{group}", "", "ok", None, None, None, ()) for group in owners]
    size = len(data.bad)
    return Units(
        data.sentences + [row.sentence for row in found],
        data.clauses + [row.clause for row in found],
        np.append(data.bad, [row.bad for row in found]),
        np.append(data.in_violation, [row.in_violation for row in found]),
        data.categories + [row.category for row in found],
        np.append(data.items, [owners[row.group] for row in found]),
        np.append(data.starts, np.arange(size, size + len(found))),
        np.append(data.certain, [row.certain for row in found]),
        np.append(data.silenced, [row.silenced for row in found]),
    )


def pack_real(files: Sequence[Path]) -> None:
    """Pack labelled articles of real news, in the form of :mod:`auditor.matching.natural`."""
    lines = [json.loads(line) for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    matcher = Matcher(load_rulebook().only("article"))
    written = units(matcher, labelled("article", "tuned"))
    known = np.zeros(1 << BUCKET_BITS, dtype=np.int64)
    for one in (*written.sentences, *written.clauses):
        known[buckets(one)[0]] += 1
    passages = [line for line in lines if "passages" in line]
    pack(list(rows(matcher, passages)), known > 1, sum(line.get("articles", 1) for line in lines))
