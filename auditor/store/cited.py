"""The provisions that are cited anywhere, by rules or by the desk itself, and where: what a lawyer goes through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from auditor.record import Basis
from auditor.store import approvals, citations, deadlines, duties
from auditor.store.approvals import Citation

_ANY = date(2026, 1, 5)
"""A day to work deadlines out from: their citations are the same on every day."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A provision, the rules that rest on it and the pages and papers of the desk that cite it."""

    citation: Citation
    rules: tuple[str, ...]
    places: tuple[str, ...]


def by_desk() -> Iterator[tuple[str, Basis]]:
    """Yield what pages and papers of the desk cite, each with where."""
    told = (
        *deadlines.planned(_ANY), deadlines.answering(_ANY), deadlines.repairing(_ANY),
        deadlines.community_review(_ANY.year), deadlines.commune_review(_ANY.year),
    )  # fmt: skip
    groups = (
        ("thời hạn", (basis for one in told for basis in one.basis)),
        ("việc trước khi niêm yết", (basis for one in duties.BEFORE_POSTING for basis in one.basis)),
        ("việc trước khi công nhận", (basis for one in duties.BEFORE_RECOGNITION for basis in one.basis)),
        ("kiến nghị gửi xã", citations.LETTERS),
        ("đợt rà soát", citations.ROUNDS),
        ("báo cáo Bộ", citations.REPORTS),
        ("lời khuyên cho dự thảo", citations.DRAFTS),
    )
    for place, found in groups:
        for basis in found:
            yield place, basis


@cache
def everything() -> Mapping[str, Cited]:
    """Return every provision of the shipped rulebook by its key, in the order of the laws."""
    book = approvals.shipped()
    keys = [f"{law.law}:{one.at}" for law in book.laws.values() for one in law.provisions]
    rules: dict[str, list[str]] = {}
    for rule in book.rules.values():
        for key in rule.basis:
            rules.setdefault(key, []).append(rule.id)
    places: dict[str, dict[str, None]] = {}
    for place, basis in by_desk():
        places.setdefault(citations.key(basis), {})[place] = None
    return {
        one.key: Cited(one, tuple(rules.get(one.key, ())), tuple(places.get(one.key, {})))
        for one in approvals.citations(book, keys)
    }
