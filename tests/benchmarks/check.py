"""Characters per second of the engine against the plain pipeline people would write: ``./dev bench [ARTICLES.jsonl]``.

The plain pipeline runs underthesea's NER and a spaCy Matcher with the same literals on every sentence. The engine
starts from the lines of an item file and ends with the audit record: once with findings only, once with people and
story too. All of them run in this process, on the same articles, one after the other in turns; a figure is the ratio
of two medians of CPU time. The floor is what nobody can do without: reading the lines and one automaton pass.
Without an item file the articles of the press corpus serve.
"""

from __future__ import annotations

import io
import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

import ahocorasick_rs
import spacy
import underthesea
from spacy.matcher import Matcher as SpacyMatcher

from auditor.audit import Auditor
from auditor.documents.items import items
from auditor.documents.limits import Limits
from auditor.matching.units import CORPORA
from auditor.rulebook.loader import load_rulebook
from auditor.rulebook.pattern import compile_pattern
from auditor.text import sentences

ROUNDS = 3
MOST = 1000
SHARE = 10  # articles the plain pipeline reads too
DEFAULT = CORPORA / "press" / "whole" / "tuned.jsonl"
Run = Callable[[Sequence[bytes]], None]


def literals() -> dict[str, list[tuple[str, ...]]]:
    """Return the wordings of each concept."""
    return {
        name: sorted({literal for words in concept.words for literal in compile_pattern(words).literals()})
        for name, concept in load_rulebook().lexicon.concepts.items()
    }


def plain_pipeline() -> Run:
    """Build the plain pipeline."""
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"use_pyvi": False}}})
    matcher = SpacyMatcher(nlp.vocab)
    for name, wordings in literals().items():
        matcher.add(name, [[{"LOWER": word} for word in words] for words in wordings])

    def run(lines: Sequence[bytes]) -> None:
        for text in texts(lines):
            for start, end in sentences(text):
                underthesea.ner(text[start:end])
                matcher(nlp.make_doc(text[start:end]))

    return run


def engine(*, people: bool) -> Run:
    """Build the engine, as ``scan`` uses it."""
    auditor = Auditor(people=people)

    def run(lines: Sequence[bytes]) -> None:
        for item in items(io.BytesIO(b"".join(lines)), "bench.jsonl", "article", Limits()):
            auditor.audit(item)

    return run


def floor() -> Run:
    """Build the least anybody must do: decode the lines and look for the literals."""
    every = [" ".join(words) for wordings in literals().values() for words in wordings]
    automaton = ahocorasick_rs.AhoCorasick(every)

    def run(lines: Sequence[bytes]) -> None:
        for text in texts(lines):
            automaton.find_matches_as_indexes(text.lower())

    return run


def texts(lines: Sequence[bytes]) -> list[str]:
    """Return the text of each line."""
    return [json.loads(line)["text"] for line in lines]


def rate(run: Run, lines: Sequence[bytes]) -> float:
    """Return characters per second of CPU time of one pass over articles."""
    size = sum(map(len, texts(lines)))
    begin = time.process_time()
    run(lines)
    return size / (time.process_time() - begin)


def main() -> None:
    """Print all rates and their ratios."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    with path.open("rb") as file:
        lines = list(islice(file, MOST))
    few = lines[:: max(1, len(lines) // SHARE)]
    plain = plain_pipeline()
    ours = {
        "chỉ phát hiện": engine(people=False),
        "phát hiện, nhân vật, tin": engine(people=True),
        "sàn (đọc và dò một lượt)": floor(),
    }
    plain(few[:1])
    for run in ours.values():
        run(lines[:20])
    rates = [[rate(plain, few), *(rate(run, lines) for run in ours.values())] for _ in range(ROUNDS)]
    slow, *fast = (statistics.median(column) for column in zip(*rates, strict=True))
    print(f"{len(lines)} bài; đường ống thường: {slow:,.0f} ký tự/giây")
    for name, speed in zip(ours, fast, strict=True):
        print(f"{name}: {speed:,.0f} ký tự/giây, gấp {speed / slow:.1f} lần")


if __name__ == "__main__":
    main()
