"""Item files (.jsonl, .jsonl.gz): one article or clause a line, as the contract of the audit record says.

Lines are read one at a time, so an archive of any size passes in bounded memory. ``sha256`` of an item is that of its
line without the line end.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any, Protocol

from auditor.documents.codes import Code, trouble, warning
from auditor.documents.interface import Document, Field, Input, Kind, Line, Source, Unreadable, compose_fields
from auditor.documents.kind import chosen_kind
from auditor.documents.limits import Limits
from auditor.documents.plain import without_surrogates
from auditor.documents.quality import fault
from auditor.errors import DocumentError

_MARKUP = re.compile(
    r"</?(?:p|br|div|span|strong|b|i|em|a|img|h[1-6]|ul|ol|li|table|tr|td)\b[^<>]{0,300}>", re.IGNORECASE
)
_BODY = ("text", "content", "body")
# What other archives call a field of ours.
_ALSO = {"date": "published", "byline": "author", "outlet": "source"}
Warnings = list[tuple[str, str]]


class Lines(Protocol):
    """What lines are read from: an open file, or anything else that has ``readline``."""

    def readline(self, size: int, /) -> bytes:
        """Return the next line, or its first ``size`` bytes; nothing at the end."""
        ...


def lines(stream: Lines, path: str, limits: Limits) -> Iterator[Line]:
    """Yield each line that is not blank, unparsed.

    Args:
        stream: the lines.
        path: path of the file, for the names of lines that cannot be read.
    """
    number = 0
    while data := stream.readline(limits.line + 1):
        number += 1
        whole = len(data) <= limits.line
        if not whole:
            _skip_rest(stream, data, limits.line)
        if number == 1:
            data = data.removeprefix(b"\xef\xbb\xbf")
        data = data.rstrip(b"\r\n")
        if not whole or data.strip():
            yield Line(path, number, data[: limits.line + 1], whole)


def read_line(line: Line, kind: str, limits: Limits) -> Input:
    """Return the document a line holds, or why it cannot be read, with the id ``path#line``.

    Args:
        kind: ``auto``, ``regulation`` or ``article``; an item's own kind beats it.
    """
    digest = hashlib.sha256(line.data).hexdigest()
    try:
        if not line.whole:
            raise trouble(Code.LONG_LINE, limit=limits.line)
        return _item(_parsed(line.data), line.path, digest, kind)
    except DocumentError as error:
        return Unreadable(line.name, line.path, error.code, error.message, form="jsonl", sha256=digest)


def _skip_rest(stream: Lines, line: bytes, size: int) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(size)


def _parsed(line: bytes) -> tuple[dict[str, Any], Warnings]:
    """Parse a line; a key written twice is named."""
    doubled: list[str] = []

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in found]
        doubled.extend(key for key in dict.fromkeys(keys) if keys.count(key) > 1)
        return dict(found)

    try:
        data = json.loads(line.decode("utf-8"), object_pairs_hook=pairs)
    except UnicodeDecodeError as error:
        raise trouble(Code.ITEM_NOT_UTF8) from error
    except json.JSONDecodeError as error:
        raise trouble(Code.BAD_JSON, detail=f"sai cú pháp ở ký tự thứ {error.pos + 1}") from error
    except (ValueError, RecursionError) as error:
        raise trouble(Code.BAD_JSON, detail="quá nhiều tầng hoặc số quá dài") from error
    if not isinstance(data, dict):
        raise trouble(Code.BAD_JSON, detail="không phải đối tượng")
    return data, [warning(Code.DOUBLE_KEY, field=_clean(key)) for key in doubled]


def _item(parsed: tuple[dict[str, Any], Warnings], path: str, digest: str, kind: str) -> Input:
    data, warnings = parsed
    name = data.get("id")
    body = next((data[key] for key in _BODY if data.get(key) is not None), None)
    wrong = ["“id”"] if not isinstance(name, str) or not name.strip() else []
    if not isinstance(body, str) or not body.strip():
        wrong.append("“text”")
    if wrong or not isinstance(name, str) or not isinstance(body, str):
        raise trouble(Code.BAD_ITEM, fields=", ".join(wrong))

    def given(key: str) -> tuple[str, object]:
        value = data.get(key)
        return (key, value) if value is not None or key not in _ALSO else (_ALSO[key], data.get(_ALSO[key]))

    def said(key: str) -> str | None:
        key, value = given(key)
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        if not isinstance(value, str):
            warnings.append(warning(Code.FIELD_IGNORED, field=key, detail="không phải chuỗi"))
            return None
        return _clean(value) if key not in {"title", "caption"} else value

    fields: list[tuple[Field, str]] = [("body", body)]
    title, caption = said("title"), said("caption")
    if title is not None:
        fields.insert(0, ("title", title))
    if caption is not None:
        fields.append(("caption", caption))
    clean = [(field, without_surrogates(words)) for field, words in fields]
    if any(replaced for _, (_, replaced) in clean):
        warnings.append(warning(Code.REPLACED))
    text, blocks = compose_fields((field, words) for field, (words, _) in clean)
    own: Kind | None = None
    if data.get("kind") in {"regulation", "article"}:
        own = "regulation" if data["kind"] == "regulation" else "article"
    elif data.get("kind") is not None:
        warnings.append(warning(Code.FIELD_IGNORED, field="kind", detail="chỉ nhận “regulation” hoặc “article”"))
    problem = fault(text)
    if problem is not None:
        error = trouble(problem)
        return Unreadable(_clean(name), path, error.code, error.message, form="jsonl", sha256=digest, kind=own)
    if len(_MARKUP.findall(body)) > 1:
        warnings.append(warning(Code.MARKUP))
    return Document(
        id=_clean(name),
        kind=own or chosen_kind(kind, text),
        text=text,
        blocks=blocks,
        source=Source(path, "jsonl", digest),
        title=_clean(title) if title is not None else None,
        published=_date(*given("date"), warnings),
        outlet=said("outlet"),
        unit=said("unit"),
        section=said("section"),
        byline=said("byline"),
        url=said("url"),
        genre=said("genre"),
        warnings=tuple(warnings),
    )


def _clean(words: str) -> str:
    return without_surrogates(words)[0]


def _date(key: str, value: object, warnings: Warnings) -> date | None:
    """Read a date: ISO, day/month/year, or seconds (or milliseconds) since 1970 in UTC."""
    if value is None or value == "":
        return None
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value / 1000 if value > 1e11 else value, UTC).date()
        if isinstance(value, str):
            words = value.strip()
            local = re.match(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b", words)
            if local:
                return date(int(local[3]), int(local[2]), int(local[1]))
            return date.fromisoformat(words[:10])
    except (ValueError, OverflowError, OSError):
        pass
    warnings.append(warning(Code.FIELD_IGNORED, field=key, detail="ngày không hợp lệ"))
    return None
