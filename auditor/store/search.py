"""Search in titles, places and texts, with or without marks: "dat dai" finds "đất đai".

The index holds folded words only (:func:`auditor.store.versions.index`); what is shown is the original text around the
first hit, with the hit found again in it.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from auditor.store.words import Verdict
from auditor.text import bare

ON_A_PAGE = 20
MOST_WORDS = 12
AROUND = 110
"""Characters shown before and after a hit."""
COUNTED = 1000
"""Hits are counted up to so many."""
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Hit:
    """One text that was found; ``snippet`` is its words around the hit, each part with whether it was asked for."""

    version_id: int
    number: int | None
    filename: str
    regulation_id: int | None
    title: str | None
    place: str | None
    verdict: Verdict
    snippet: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Hits:
    """One page of what was found, and how much there is in all (at most :data:`COUNTED`)."""

    total: int
    hits: tuple[Hit, ...]


_FROM = (
    " FROM search WHERE search MATCH :match AND (:commune IS NULL OR +search.rowid IN ("
    "SELECT versions.id FROM units JOIN regulations ON regulations.unit_id = units.id"
    " JOIN versions ON versions.regulation_id = regulations.id WHERE units.parent_id = :commune"
    " UNION ALL SELECT versions.id FROM versions JOIN users ON users.id = uploaded_by"
    " WHERE versions.regulation_id IS NULL AND users.unit_id = :commune))"
)
"""SQL: what is found; for a clerk, of what :data:`auditor.store.versions.SEEN` lets them see."""


def search(db: sqlite3.Connection, query: str, *, commune: int | None = None, page: int = 1) -> Hits:
    """Find texts that hold all words of a query, the last word perhaps only begun; the best first.

    Of words that are in very many texts, the latest texts come first.

    Args:
        commune: the only commune whose texts are found, None for all.
    """
    words = words_of(query)
    if not words:
        return Hits(0, ())
    begun = "*" if len(words[-1]) > 1 else ""
    values = {"match": " ".join(f'"{word}"' for word in words) + begun, "commune": commune}
    total = db.execute(f"SELECT count(*) AS count FROM (SELECT 1 {_FROM} LIMIT {COUNTED})", values).fetchone()["count"]
    # Words that nearly all texts have tell none of them apart, and weighing them costs most: the latest come first.
    order = "bm25(search, 8.0, 1.0)" if total < COUNTED else "search.rowid DESC"
    best = db.execute(
        f"SELECT search.rowid {_FROM} ORDER BY {order} LIMIT :limit OFFSET :offset",
        {**values, "limit": ON_A_PAGE, "offset": ON_A_PAGE * (max(page, 1) - 1)},
    )
    hits = tuple(_hit(db, row["rowid"], words) for row in best.fetchall())
    return Hits(total, hits)


def _hit(db: sqlite3.Connection, id: int, words: Sequence[str]) -> Hit:
    row = db.execute(
        "SELECT number, filename, regulation_id, regulations.title, verdict, text, body,"
        " villages.type || ' ' || villages.name || ', ' || communes.type || ' ' || communes.name AS place FROM versions"
        " JOIN search ON search.rowid = versions.id LEFT JOIN regulations ON regulations.id = regulation_id"
        " LEFT JOIN units AS villages ON villages.id = unit_id"
        " LEFT JOIN units AS communes ON communes.id = villages.parent_id WHERE versions.id = ?",
        [id],
    ).fetchone()
    return Hit(
        id, row["number"], row["filename"], row["regulation_id"], row["title"], row["place"], row["verdict"],
        snippet(row["text"] or "", words, row["body"]),
    )  # fmt: skip


def words_of(query: str) -> list[str]:
    """Return the words of a query as the index has them."""
    return _WORD.findall(bare(query))[:MOST_WORDS]


def snippet(text: str, words: Sequence[str], folded: str | None = None) -> tuple[tuple[str, bool], ...]:
    """Return the original words around the best hit in parts, each with whether it is a hit.

    The best hit is the whole query as one phrase, else the first of its words.

    Args:
        folded: the text without marks, where it is at hand.
    """
    folded, places = _folded(text, folded)
    phrase = re.compile(r"\b" + r"[\W_]+".join(map(re.escape, words)))
    found = phrase.search(folded)
    single = re.compile(r"\b(?:" + "|".join(rf"{re.escape(word)}\b" for word in words) + rf"|{re.escape(words[-1])})")
    first = found or single.search(folded)
    if first is None:
        return ((text[: 2 * AROUND].strip(), False),) if text else ()
    start, end = max(0, first.start() - AROUND), min(len(folded), first.end() + AROUND)
    start = 0 if start == 0 else folded.find(" ", start) + 1
    end = len(folded) if end == len(folded) else max(folded.rfind(" ", first.end(), end), first.end())
    parts: list[tuple[str, bool]] = []
    at = start
    for hit in (phrase if found else single).finditer(folded, start, end):
        parts += [
            (_line(text[places(at) : places(hit.start())]), False),
            (text[places(hit.start()) : places(hit.end())], True),
        ]
        at = hit.end()
    parts.append((_line(text[places(at) : places(end)]), False))
    if start:
        parts.insert(0, ("… ", False))
    if end < len(folded):
        parts.append((" …", False))
    return tuple(part for part in parts if part[0])


def _line(words: str) -> str:
    return re.sub(r"\s+", " ", words)


def _folded(text: str, folded: str | None) -> tuple[str, Callable[[int], int]]:
    """Fold a text, with the way back from its offsets; for nearly all texts they stay what they are."""
    folded = bare(text) if folded is None else folded
    if len(folded) == len(text):
        return folded, int
    parts = [bare(char) for char in text]
    places = [at for at, part in enumerate(parts) for _ in part]
    return "".join(parts), [*places, len(text)].__getitem__
