"""Findings as comments in the margin, written by “Soát giới” so that they can be told from those of people."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from com.sun.star.util import DateTime
from soatgioi_document import Laid, each
from soatgioi_server import Finding

AUTHOR = "Soát giới"
COMMENT = "com.sun.star.text.textfield.Annotation"


def add(document: Any, laid: Laid, findings: Sequence[Finding]) -> None:
    """Write a comment at each finding."""
    # All places first: a comment takes a letter in the text, and cursors move with it.
    placed = [(finding, laid.cursor(finding.start, finding.end)) for finding in findings]
    for finding, cursor in placed:
        comment = document.createInstance(COMMENT)
        comment.Author = AUTHOR
        comment.Initials = "SG"
        comment.Content = finding.words
        comment.DateTimeValue = _now()
        if cursor is not None:
            cursor.getText().insertTextContent(cursor, comment, True)


def remove(document: Any) -> int:
    """Remove the comments written here before, and say how many; those of people stay."""
    ours = [
        field
        for field in each(document.getTextFields())
        if field.supportsService(COMMENT) and field.Author == AUTHOR
    ]  # fmt: skip
    for comment in ours:
        comment.dispose()
    return len(ours)


def _now() -> Any:
    now = datetime.datetime.now()
    moment = DateTime()
    moment.Year, moment.Month, moment.Day = now.year, now.month, now.day
    moment.Hours, moment.Minutes, moment.Seconds = now.hour, now.minute, now.second
    return moment
