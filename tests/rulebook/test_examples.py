"""Every example of every shipped rule does what its rule says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from auditor.audit import Auditor
from auditor.matching.workshop import check_examples
from auditor.rulebook.loader import load_rulebook

BOOK = load_rulebook()


@pytest.mark.parametrize("area", sorted({rule.category for rule in BOOK.rules.values()}))
def test_examples_are_flagged_and_passed_as_the_rules_say(auditor: Auditor, area: str) -> None:
    rules = {name: rule for name, rule in BOOK.rules.items() if rule.category == area}
    assert not list(check_examples(auditor.matcher, replace(auditor.rulebook, rules=rules)))


@pytest.fixture(scope="module")
def auditor() -> Auditor:
    return Auditor()
