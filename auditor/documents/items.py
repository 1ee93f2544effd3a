"""Item files (.jsonl, .jsonl.gz): one article or clause a line, as the contract of the audit record says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from unicodedata import normalize

from auditor.documents.codes import Code, trouble
from auditor.documents.interface import Document, Field, Input, Kind, Source, Unreadable, compose_fields
from auditor.documents.kind import kind_of
from auditor.documents.limits import Limits
from auditor.documents.plain import without_surrogates
from auditor.documents.quality import fault
from auditor.errors import DocumentError


def items(lines: Iterable[bytes], path: str, kind: str, limits: Limits) -> Iterator[Input]:
    """Yield a document or its reason for each line that is not blank."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        place = f"{path}#{number}"
        try:
            yield _item(line, place, path, kind, limits)
        except DocumentError as error:
            yield Unreadable(place, path, error.code, error.message, form="jsonl", sha256=_hash(line))


def _item(line: bytes, place: str, path: str, kind: str, limits: Limits) -> Input:
    if len(line) > limits.line:
        raise trouble(Code.LONG_LINE, limit=limits.line)
    try:
        data: Any = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise trouble(Code.ITEM_NOT_UTF8) from error
    except (ValueError, RecursionError) as error:
        raise trouble(Code.BAD_JSON, detail="cú pháp") from error
    if not isinstance(data, dict):
        raise trouble(Code.BAD_JSON, detail=type(data).__name__)
    name = data.get("id")
    body = next((data[key] for key in ("text", "content", "body") if isinstance(data.get(key), str)), None)
    if not isinstance(name, str) or not name.strip():
        raise trouble(Code.BAD_ITEM, fields="“id”")
    if body is None or not body.strip():
        raise trouble(Code.BAD_ITEM, fields="“text”")
    fields: list[tuple[Field, str]] = [("title", _text(data, "title") or ""), ("body", body), ("caption", _text(data, "caption") or "")]
    clean = [(field, normalize("NFC", without_surrogates(words)[0])) for field, words in fields if words.strip()]
    text, blocks = compose_fields(clean)
    wrong = fault(text)
    if wrong is not None:
        error = trouble(wrong)
        return Unreadable(name, path, error.code, error.message, form="jsonl", sha256=_hash(line))
    said = data.get("kind")
    chosen: Kind = said if said in {"regulation", "article"} else kind if kind in {"regulation", "article"} else kind_of(text)  # type: ignore[assignment]
    return Document(
        id=name, kind=chosen, text=text, blocks=blocks, source=Source(path, "jsonl", _hash(line)),
        title=_text(data, "title"), published=_date(data.get("date")), outlet=_text(data, "outlet"),
        unit=_text(data, "unit"), section=_text(data, "section"), byline=_text(data, "byline"),
        url=_text(data, "url"), genre=_text(data, "genre"),
    )  # fmt: skip


def _text(data: dict[str, Any], key: str) -> str | None:
    value = data.get(key)
    return value if isinstance(value, str) and value.strip() else None


def _date(value: object) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
