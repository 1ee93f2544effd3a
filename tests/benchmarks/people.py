"""Time the people finder against NER of underthesea on every sentence, side by side: ``./dev bench people [FILE]``.

FILE holds labelled articles (JSONL, as ``corpora/press/whole``); by default the shipped ones. Both read the same
articles in one run; NER gets the help plain pipelines give it, the last syllable of a name standing for all of it.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from underthesea import ner

from auditor.people.finder import PeopleFinder
from auditor.record import PersonRecord
from auditor.text import sentences
from tests.score_people import FOLDER, document_of, matched


def tagged(text: str) -> Iterator[str]:
    """Yield the names NER finds in a text."""
    for start, end in sentences(text):
        name: list[str] = []
        for word, _, _, tag in ner(text[start:end]):
            if name and not tag.startswith("I-PER"):
                yield " ".join(name)
                name = []
            if tag.endswith("PER"):
                name.append(word)
        if name:
            yield " ".join(name)


def joined(names: Sequence[str]) -> list[PersonRecord]:
    """Return one record a person: a short name is the end of a longer one."""
    kept: list[str] = []
    for name in sorted(dict.fromkeys(names), key=len, reverse=True):
        if not any(full.endswith(f" {name}") for full in kept):
            kept.append(name)
    return [
        PersonRecord(name=name, mentions=(name,), gender="unknown", gender_cue="", quoted="no", function="other")
        for name in kept
    ]


def f1(articles: Sequence[dict[str, Any]], found: Sequence[Sequence[PersonRecord]]) -> float:
    """Return the F1 of people found, 0 to 1."""
    met = sum(len(matched(article["people"], records)) for article, records in zip(articles, found, strict=True))
    return 2 * met / (sum(len(a["people"]) for a in articles) + sum(map(len, found)))


def main() -> None:
    """Measure and print."""
    files = [Path(name) for name in sys.argv[1:]] or sorted(FOLDER.glob("*.jsonl"))
    articles = [json.loads(line) for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    documents = [document_of({"section": None, "byline": None, **article}) for article in articles]
    finder = PeopleFinder()
    finder.find(documents[0])
    list(tagged("Khởi động bộ nhận dạng."))
    start = time.perf_counter()
    ours = [finder.find(document).records for document in documents]
    middle = time.perf_counter()
    theirs = [joined(list(tagged(document.text))) for document in documents]
    end = time.perf_counter()
    size = sum(len(document.text) for document in documents)
    print(f"{len(documents)} bài, {size} ký tự")
    for name, found, seconds in (("auditor.people", ours, middle - start), ("underthesea ner", theirs, end - middle)):
        print(f"{name}: {seconds:.2f} giây, {size / seconds:.0f} ký tự/giây, F1 {f1(articles, found):.3f}")
    print(f"nhanh gấp {(end - middle) / (middle - start):.1f} lần")


if __name__ == "__main__":
    main()
