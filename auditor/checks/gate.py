"""The gate: whether an article may go out, waits for a look, or is held, under the policy of its outlet."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Literal

from pydantic import BaseModel, ConfigDict

from auditor.record import GENDER_SEVERITIES, Finding, Severity

Gate = Literal["pass", "review", "block"]
Level = Literal["S4", "S3", "S2", "S1", "never"]


class Policy(BaseModel):
    """From which severity findings hold an article, and from which they ask for a look.

    Only approved rules can hold an article; what pilot rules find asks for a look at most. Findings below
    ``confidence`` are shown and do nothing.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    block: Level = "S4"
    review: Level = "S2"
    confidence: float = 0.5


def gate(findings: Iterable[Finding], policy: Policy, approved: Collection[str]) -> tuple[Gate, tuple[str, ...]]:
    """Return the gate, and the ids of the findings that closed it.

    Args:
        approved: ids of the rules that have been approved.
    """
    counted = [finding for finding in findings if finding.confidence >= policy.confidence]
    held = [one for one in counted if one.rule in approved and _reaches(one.severity, policy.block)]
    if held:
        return "block", tuple(one.id for one in held)
    seen = [one for one in counted if _reaches(one.severity, policy.review) or _reaches(one.severity, policy.block)]
    return ("review", tuple(one.id for one in seen)) if seen else ("pass", ())


def _reaches(severity: Severity, level: Level) -> bool:
    """Say whether a severity is at or above a level; what is no matter of gender never is."""
    if level == "never" or severity not in GENDER_SEVERITIES:
        return False
    return GENDER_SEVERITIES.index(severity) <= GENDER_SEVERITIES.index(level)
