"""The workshop of rule authors: run every example of every rule as a test."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from auditor.matching.judge import label_of
from auditor.matching.matcher import Matcher, Stretch
from auditor.record import GENDER_SEVERITIES
from auditor.rulebook.models import Rule


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that did not do what its rule says; ``found`` are the rules that held instead."""

    rule: str
    kind: Literal["flag", "pass"]
    example: str
    found: tuple[str, ...]


def check_examples(matcher: Matcher, rules: Mapping[str, Rule]) -> Iterator[Failure]:
    """Yield every example of a rule that no rule of its kind flags, or that is not passed by all."""
    for rule in rules.values():
        for example in rule.examples.flag:
            found = found_in(matcher, example)
            kinds = {rules[name].category for name in found} | {label_of(rules[name]) for name in found}
            if not kinds & {rule.category, label_of(rule)}:
                yield Failure(rule.id, "flag", example, found)
        for example in rule.examples.pass_:
            found = found_in(matcher, example, gender_only=rule.severity != "S4x")
            if found:
                yield Failure(rule.id, "pass", example, found)


def found_in(matcher: Matcher, text: str, *, gender_only: bool = False) -> tuple[str, ...]:
    """Return the ids of the rules that hold in a clause standing alone."""
    return tuple(
        hit.rule.id
        for verdict in matcher.match(text, [Stretch(0, len(text))])
        for hit in verdict.hits
        if not gender_only or hit.rule.severity in GENDER_SEVERITIES
    )
