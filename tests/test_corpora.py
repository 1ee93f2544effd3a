"""The corpora hold what their page says, and the engine does on whole regulations what it is shipped for."""

from __future__ import annotations

import json

import pytest

from auditor.audit import Auditor
from auditor.documents.load import load
from auditor.matching.units import CORPORA, read_items
from auditor.record import GENDER_SEVERITIES
from auditor.rulebook.loader import load_rulebook

EXPECTED = json.loads((CORPORA / "expected.json").read_text(encoding="utf-8"))
FILES = sorted((CORPORA / "regulations").glob("*.jsonl"))


def test_no_blind_clause_is_among_those_trained_on() -> None:
    texts = {
        part: {i.text for f in FILES if f.stem.startswith(part) for i in read_items(f)} for part in ("tuned", "blind")
    }
    assert len(texts["blind"]) >= 1000
    assert not texts["tuned"] & texts["blind"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_span_stands_in_its_clause(path) -> None:  # type: ignore[no-untyped-def]
    for item in read_items(path):
        assert bool(item.spans) == (item.label == "violation"), item.id
        assert (item.category is None) == (item.label == "ok"), item.id


def test_whole_regulations_are_judged_as_expected() -> None:
    auditor = Auditor()
    wanted = found = 0
    for name, violations in EXPECTED.items():
        (document,) = load([CORPORA / name], "regulation")
        gender = [f for f in auditor.audit(document).findings if f.severity in GENDER_SEVERITIES]
        assert violations or len(gender) <= 1, name
        wanted += len(violations)
        found += sum(any(f.locator.article == v["article"] for f in gender) for v in violations)
    assert len(EXPECTED) >= 10
    assert found >= 0.8 * wanted


def test_law_that_is_cited_stands_in_the_law_texts() -> None:
    book = load_rulebook()
    articles = {(article.law, article.article): article.text for article in book.law_articles}
    covered = {law for law, _ in articles}
    for law in book.laws.values():
        for provision in law.provisions:
            article, _, rest = provision.at.partition(".")
            if law.law in covered and not article.startswith("PL"):
                assert (law.law, article) in articles, provision
                clause = rest.split(".")[0]
                assert not clause or f"{clause}. " in articles[law.law, article], provision
