"""Characters per second of the engine against the plain pipeline people would write: ``./dev bench [ARTICLES.jsonl]``.

The plain pipeline runs underthesea's NER and a spaCy Matcher with the same literals on every sentence. Both run in this
process, on the same texts, one after the other in turns; the figure is the ratio of their medians. Without an item file
the compliant clauses of the corpora serve as text.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

import spacy
import underthesea
from spacy.matcher import Matcher as SpacyMatcher

from auditor.audit import Auditor
from auditor.documents.interface import Document, Source, find_blocks
from auditor.matching.units import CORPORA, read_items
from auditor.rulebook.loader import load_rulebook
from auditor.rulebook.pattern import compile_pattern
from auditor.text import sentences

ROUNDS = 3
SHARE = 10


def texts(path: Path | None, most: int) -> list[str]:
    """Return ordinary texts, from an item file or from the compliant clauses."""
    if path is None:
        items = read_items(CORPORA / "regulations" / "tuned-d.jsonl")
        return ["\n\n".join(item.text for item in items if item.label == "ok")]
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in islice(lines, most)]


def plain_pipeline() -> Callable[[str], None]:
    """Build the plain pipeline."""
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"use_pyvi": False}}})
    matcher = SpacyMatcher(nlp.vocab)
    for name, concept in load_rulebook().lexicon.concepts.items():
        literals = {literal for words in concept.words for literal in compile_pattern(words).literals()}
        matcher.add(name, [[{"LOWER": word} for word in literal] for literal in sorted(literals)])

    def run(text: str) -> None:
        for start, end in sentences(text):
            underthesea.ner(text[start:end])
            matcher(nlp.make_doc(text[start:end]))

    return run


def ours() -> Callable[[str], None]:
    """Build the engine, as ``check --kind regulation`` uses it."""
    auditor = Auditor()

    def run(text: str) -> None:
        auditor.audit(Document("bench", "regulation", text, find_blocks(text), Source("bench", "txt", "")))

    return run


def rate(run: Callable[[str], None], chosen: Sequence[str]) -> float:
    """Return characters per second of one pass over texts."""
    begin = time.perf_counter()
    for text in chosen:
        run(text)
    return sum(map(len, chosen)) / (time.perf_counter() - begin)


def main() -> None:
    """Print both rates and their ratio."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    everything = texts(path, 400)
    few = everything[:: max(1, len(everything) // SHARE)] if path else [everything[0][:20000]]
    engine, plain = ours(), plain_pipeline()
    engine(few[0])
    plain(few[0][:500])
    rates = [(rate(engine, everything), rate(plain, few)) for _ in range(ROUNDS)]
    fast, slow = (statistics.median(column) for column in zip(*rates, strict=True))
    print(f"auditor: {fast:,.0f} ký tự/giây · đường ống thường: {slow:,.0f} ký tự/giây · gấp {fast / slow:.1f} lần")


if __name__ == "__main__":
    main()
