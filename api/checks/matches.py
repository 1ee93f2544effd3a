"""Findings as the LanguageTool protocol writes them: matches in what was sent, counted in UTF-16 units."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from auditor import __version__
from auditor.checks.article import Place
from auditor.checks.check import Checked
from auditor.checks.mapped import Mapped
from auditor.record import Finding
from auditor.reports.wording import CATEGORIES
from auditor.text import sentences

CONTEXT = 40
"""Code points shown on each side of a match."""
INSTRUCTIONS = ("Bỏ ", "Dùng ", "Nêu ", "Thay ")
"""How a suggestion for a regulation begins that tells the writer what to do; all others are clauses to write."""
LANGUAGE = {"name": "Vietnamese", "code": "vi-VN"}
LATE = "Hết thời gian cho phép trước khi soát xong."
Json = dict[str, Any]
Chosen = Callable[[Finding], bool]


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent: all its pieces joined, and the words that are read, mapped onto them."""

    source: str
    words: Mapped


class Units:
    """Counts UTF-16 units in a text: letters beyond U+FFFF, such as emoji, take two."""

    def __init__(self, text: str) -> None:
        self._wide = [] if text.isascii() else [at for at, letter in enumerate(text) if letter > "\uffff"]

    def before(self, at: int) -> int:
        """Return how many units stand before a code point."""
        return at + bisect_left(self._wide, at)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return a half-open span of code points as offset and length in units."""
        first = self.before(start)
        return first, self.before(end) - first


def software(rulebook: str) -> Json:
    """Say what answers."""
    return {
        "name": "Soát giới", "version": __version__, "buildDate": "", "apiVersion": 1, "premium": False,
        "premiumHint": "", "status": f"Bộ quy tắc {rulebook}",
    }  # fmt: skip


def answer(sent: Sent, found: Checked | None, chosen: Chosen, language: str, rulebook: str, home: str) -> Json:
    """Write the answer to a check.

    Args:
        found: what the check gave; None where its time ran out.
        chosen: says which findings are wanted.
        language: what the client said, or ``auto``.
        home: address of the server, for links to its rules.
    """
    units = Units(sent.source)
    matches = [
        _match(finding, place, sent.source, units, home)
        for finding, place in (zip(found.record.findings, found.places, strict=True) if found else ())
        if place is not None and chosen(finding)
    ]
    ranges = [sent.words.source_span(*span) for span in sentences(sent.words.text)]
    detected = {**LANGUAGE, "confidence": 0.99 if found and found.record.status == "audited" else 0.0}
    return {
        "software": software(rulebook),
        "warnings": _warnings(found),
        "language": {**LANGUAGE, "detectedLanguage": {**detected, "source": "auto" if language == "auto" else "given"}},
        "matches": matches,
        "sentenceRanges": [[units.before(start), units.before(end)] for start, end in ranges],
    }


def _warnings(found: Checked | None) -> Json:
    """Say whether all was read: a text that could not be judged is never shown as one without findings."""
    if found is None:
        return {"incompleteResults": True, "incompleteResultsReason": LATE}
    error = found.record.error
    if error is not None:
        return {"incompleteResults": True, "incompleteResultsReason": f"{error.code}: {error.message}"}
    return {"incompleteResults": False}


def _match(finding: Finding, place: Place, source: str, units: Units, home: str) -> Json:
    offset, length = units.span(place.start, place.end)
    instead = rewording(finding)
    against_law = finding.severity == "S4"
    return {
        "message": finding.message if instead else f"{finding.message} Gợi ý: {finding.suggestion}",
        "shortMessage": finding.title,
        "replacements": [{"value": instead}] if instead else [],
        "offset": offset,
        "length": length,
        "context": _context(source, place),
        "sentence": finding.quote,
        "type": {"typeName": "Other" if against_law else "Hint"},
        "rule": {
            "id": finding.rule,
            "description": finding.title,
            "issueType": "non-conformance" if against_law else "style",
            "urls": [{"value": f"{home}/v1/rules/{finding.rule}"}],
            "category": {"id": finding.category, "name": CATEGORIES.get(finding.category, finding.category)},
            "isPremium": False,
        },
        "ignoreForIncompleteSentence": False,
        "contextForSureMatch": 0,
    }


def rewording(finding: Finding) -> str | None:
    """Return the suggestion of a finding where it can stand in place of the marked words.

    Rules for regulations suggest a clause for the clause they mark; rules for articles say how to write, which no
    editor may put into the text.
    """
    clause = finding.rule.startswith("HU-") and not finding.suggestion.startswith(INSTRUCTIONS)
    return finding.suggestion if clause else None


def _context(source: str, place: Place) -> Json:
    """Cut out the words around a match on one line, with dots where something was left out."""
    first, last = max(0, place.start - CONTEXT), min(len(source), place.end + CONTEXT)
    before = "..." if first > 0 else ""
    text = before + source[first:last].replace("\n", " ") + ("..." if last < len(source) else "")
    start = place.start - first + len(before)
    offset, length = Units(text).span(start, start + place.end - place.start)
    return {"text": text, "offset": offset, "length": length}
