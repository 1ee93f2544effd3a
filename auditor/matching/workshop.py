"""The workshop of rule authors: run every example of every rule as a test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from auditor.documents.interface import Kind, document_of
from auditor.matching.copied import Copied
from auditor.matching.judge import Hit, label_of
from auditor.matching.matcher import Matcher, judged, stretches
from auditor.record import GENDER_SEVERITIES
from auditor.rulebook.loader import Rulebook


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that did not do what its rule says; ``found`` are the rules that held instead."""

    rule: str
    kind: Literal["flag", "pass"]
    example: str
    found: tuple[str, ...]


def check_examples(matcher: Callable[[Kind], Matcher], rulebook: Rulebook) -> Iterator[Failure]:
    """Yield every example of a rule that no rule of its kind flags, or that is not passed.

    A gender rule's examples must be passed by all gender rules, another's by that rule itself.
    """
    rules, copied = rulebook.rules, Copied(rulebook)
    for rule in rules.values():
        for example in rule.examples.flag:
            found = found_in(matcher, copied, example, rule.kind)
            kinds = {hit.rule.category for hit in found} | {label_of(hit.rule) for hit in found}
            if not kinds & {rule.category, label_of(rule)}:
                yield Failure(rule.id, "flag", example, _ids(found))
        by_gender = rule.severity in GENDER_SEVERITIES
        for example in rule.examples.pass_:
            wrong = [
                hit
                for hit in found_in(matcher, copied, example, rule.kind)
                if (hit.rule.severity in GENDER_SEVERITIES if by_gender else hit.rule.id == rule.id)
            ]
            if wrong:
                yield Failure(rule.id, "pass", example, _ids(wrong))


def found_in(matcher: Callable[[Kind], Matcher], copied: Copied, text: str, kind: Kind) -> list[Hit]:
    """Return what holds in a clause or passage standing alone."""
    verdicts = list(matcher(kind).match(text, stretches(judged(document_of(text, kind=kind)))))
    if kind == "regulation":
        verdicts += copied.find(text, [(0, len(text))])
    return [hit for verdict in verdicts for hit in verdict.hits]


def _ids(hits: list[Hit]) -> tuple[str, ...]:
    return tuple(hit.rule.id for hit in hits)
