"""Only approved rules hold an article; pilot rules ask for a look at most."""

from __future__ import annotations

from functools import cache

import pytest

from auditor.audit import Auditor
from auditor.checks.article import Article, lay_out
from auditor.checks.gate import Policy, gate


@cache
def _findings():
    body = "Phụ nữ chân yếu tay mềm thì không làm lãnh đạo được."
    return Auditor(people=False).audit(lay_out(Article(body=body)).document).findings


def test_the_article_has_findings_to_judge_by():
    assert _findings()


@pytest.mark.parametrize(
    ("policy", "approved", "expected"),
    [
        (Policy(block="S1"), True, "block"),
        (Policy(block="S1"), False, "review"),
        (Policy(block="never", review="S1"), True, "review"),
        (Policy(block="never", review="never"), True, "pass"),
        (Policy(block="S1", review="S1", confidence=1.1), True, "pass"),
    ],
)
def test_the_gate_follows_the_policy_and_what_is_approved(policy, approved, expected):
    rules = {finding.rule for finding in _findings()} if approved else set()
    closed, why = gate(_findings(), policy, rules)
    assert closed == expected
    assert bool(why) == (expected != "pass")


def test_an_article_without_findings_passes():
    assert gate((), Policy(), ()) == ("pass", ())
