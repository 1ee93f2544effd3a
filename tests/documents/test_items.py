from __future__ import annotations

import gzip
import io
from datetime import date

import pytest

from auditor.documents.interface import Document, Input, Unreadable
from auditor.documents.items import lines, read_line
from auditor.documents.limits import DEFAULT_LIMITS, Limits
from tests.documents.files import CLAUSE, line


def read(data: bytes, kind: str = "auto", limits: Limits = DEFAULT_LIMITS) -> list[Input]:
    return [read_line(one, kind, limits) for one in lines(io.BytesIO(data), "kho.jsonl", limits)]


def one(**fields: object) -> Document:
    (found,) = read(line(**{"id": "a", "text": CLAUSE, **fields}))
    assert isinstance(found, Document)
    return found


def test_title_text_and_caption_are_joined_by_one_blank_line_and_not_altered() -> None:
    found = one(title="  Chuyện bản ", text=f"{CLAUSE}\n\n\n\nHết.  ", caption="Ảnh: A")
    assert found.text == f"  Chuyện bản \n\n{CLAUSE}\n\n\n\nHết.  \n\nẢnh: A"
    assert [(block.block.field, found.text[block.start : block.end]) for block in found.blocks] == [
        ("title", "Chuyện bản"),
        ("body", CLAUSE),
        ("body", "Hết."),
        ("caption", "Ảnh: A"),
    ]


def test_a_title_that_is_null_or_blank_is_not_there() -> None:
    assert one(title=None, caption=" ").text == CLAUSE


@pytest.mark.parametrize("key", ["content", "body"])
def test_content_and_body_are_read_as_text(key: str) -> None:
    (found,) = read(line(id="a", **{key: CLAUSE}))
    assert isinstance(found, Document)
    assert found.text == CLAUSE


def test_every_field_finds_its_place() -> None:
    fields = ("title", "outlet", "section", "byline", "url", "unit", "genre")
    found = one(**{key: f"{key} là" for key in fields})
    assert {key: getattr(found, key) for key in fields} == {key: f"{key} là" for key in fields}
    assert (found.id, found.source.path, found.source.form, len(found.source.sha256)) == ("a", "kho.jsonl", "jsonl", 64)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2025-12-21", date(2025, 12, 21)),
        ("2025-12-21T20:40:00+07:00", date(2025, 12, 21)),
        ("21/12/2025", date(2025, 12, 21)),
        (1766275200, date(2025, 12, 21)),
        (1766275200000, date(2025, 12, 21)),
        (None, None),
    ],
)
def test_dates_are_read(value: object, expected: date | None) -> None:
    found = one(date=value)
    assert (found.published, found.warnings) == (expected, ())


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"date": "2025-02-31"}, "GA236"),
        ({"date": 1e300}, "GA236"),
        ({"byline": {"name": "A"}}, "GA236"),
        ({"kind": "sách"}, "GA236"),
        ({"text": f"<p>{CLAUSE}</p>"}, "GA238"),
    ],
)
def test_what_cannot_be_used_is_named_and_the_item_still_read(fields: dict[str, object], code: str) -> None:
    assert [found for found, _ in one(**fields).warnings] == [code]


def test_a_key_written_twice_is_named() -> None:
    (found,) = read(b'{"id": "a", "title": "x", "title": "y", "text": "' + CLAUSE.encode() + b'"}')
    assert isinstance(found, Document)
    assert (found.title, [code for code, _ in found.warnings]) == ("y", ["GA237"])


def test_a_lone_surrogate_is_replaced_and_can_be_written_out() -> None:
    data = b'{"id": "a\\udc00", "text": "\\ud83d ' + CLAUSE.encode() + b'"}'
    (found,) = read(data)
    assert isinstance(found, Document)
    assert found.text == f"\ufffd {CLAUSE}"
    assert (found.id, [code for code, _ in found.warnings]) == ("a\ufffd", ["GA239"])
    found.text.encode()


@pytest.mark.parametrize(
    ("own", "asked", "kind"),
    [("article", "regulation", "article"), (None, "regulation", "regulation"), (None, "article", "article")],
)
def test_the_items_own_kind_beats_the_one_asked_for(own: str | None, asked: str, kind: str) -> None:
    (found,) = read(line(id="a", kind=own, text=CLAUSE), asked)
    assert found.kind == kind


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (b'{"id": "a", "text": "', "GA221"),
        (b"{'id': 'a', 'text': 'b'}", "GA221"),
        (b'["a", "b"]', "GA221"),
        (b'{"id": "a", "text": "x"}{"id": "b", "text": "y"}', "GA221"),
        (b'{"a":' * 3000 + b"1" + b"}" * 3000, "GA221"),
        (b'{"id": "a"}', "GA222"),
        (b'{"id": 5, "text": "x"}', "GA222"),
        (b'{"id": "a", "text": 5}', "GA222"),
        (b'{"id": "a", "text": "  "}', "GA222"),
        (b'{"id": "a", "text": "n\xf4ng"}', "GA223"),
        (b'{"id": "a", "text": "' + b"x" * 25000 + b'"}', "GA224"),
    ],
)
def test_a_bad_line_is_named_by_its_number_and_stops_nothing(bad: bytes, code: str) -> None:
    good = line(id="g", text=CLAUSE)
    found = read(b"\xef\xbb\xbf" + good + b"\n \r\n" + bad + b"\n" + good, limits=Limits(line=20000))
    assert [one.id for one in found] == ["g", "kho.jsonl#4", "g"]
    assert isinstance(found[1], Unreadable)
    assert found[1].code == code


def test_a_text_that_cannot_be_judged_keeps_its_id() -> None:
    (found,) = read(line(id="a", text="The people of the village have a meeting today."))
    assert isinstance(found, Unreadable)
    assert (found.id, found.code) == ("a", "GA242")


def test_packed_lines_read_alike() -> None:
    data = gzip.compress(line(id="a", text=CLAUSE) * 3)
    found = [
        read_line(one, "auto", DEFAULT_LIMITS)
        for one in lines(gzip.GzipFile(fileobj=io.BytesIO(data)), "k", DEFAULT_LIMITS)
    ]
    assert [one.id for one in found] == ["a"] * 3
