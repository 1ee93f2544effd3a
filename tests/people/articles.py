"""Articles built by hand, and who is found in them."""

from __future__ import annotations

from functools import cache

from auditor.documents.interface import Document, Field, Source, compose_fields
from auditor.people.finder import People, PeopleFinder
from auditor.record import PersonRecord


@cache
def finder() -> PeopleFinder:
    """Return the one finder of all tests."""
    return PeopleFinder()


def article(
    text: str,
    *,
    title: str | None = None,
    caption: str | None = None,
    section: str | None = None,
    byline: str | None = None,
    genre: str | None = None,
) -> Document:
    """Return an article; blank lines part its paragraphs."""
    parts: list[tuple[Field, str | None]] = [("title", title), ("body", text), ("caption", caption)]
    whole, blocks = compose_fields((field, words) for field, words in parts if words)
    return Document(
        "bai-1", "article", whole, blocks, Source("bai-1", "jsonl", ""),
        title=title, section=section, byline=byline, genre=genre,
    )  # fmt: skip


def found(text: str, *, title: str | None = None, caption: str | None = None) -> People:
    """Return all that is found in an article."""
    return finder().find(article(text, title=title, caption=caption))


def people(text: str, *, title: str | None = None, caption: str | None = None) -> dict[str, PersonRecord]:
    """Return the people of an article by name, in order; two of one name would be a fault of the test's own."""
    records = found(text, title=title, caption=caption).records
    by_name = {record.name: record for record in records}
    assert len(by_name) == len(records), records
    return by_name


def only(text: str, *, title: str | None = None, caption: str | None = None) -> PersonRecord:
    """Return the only person of an article."""
    (record,) = found(text, title=title, caption=caption).records
    return record


def said_by(text: str) -> list[tuple[str | None, str, bool]]:
    """Return the quotes of an article: who speaks, the words, and whether they are direct."""
    document = article(text)
    whole = finder().find(document)
    return [
        (whole.names[quote.speaker] if quote.speaker else None, document.text[quote.start : quote.end], quote.direct)
        for quote in whole.quotes
    ]
