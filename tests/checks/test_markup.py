"""HTML becomes text, and every letter knows where it stood."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.checks import markup


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>Một</p><p>Hai</p>", "Một\n\nHai"),
        ("<p>Một<br>Hai</p>", "Một\nHai"),
        ("Một  <b>hai</b>\n ba", "Một hai ba"),
        ("<h1>Tựa</h1>Thân<ul><li>a</li><li>b</li></ul>", "Tựa\n\nThân\n\na\n\nb"),
        ("a<script>if (1 < 2) alert('x')</script>b", "ab"),
        ("a<style>p{}</style> b", "a b"),
        ("Ph&#7909; n&#x1EEF; &amp; nam&nbsp;gi&ocirc;", "Phụ nữ & nam giô"),
        ("<p>chưa đóng <b>thẻ", "chưa đóng thẻ"),
        ("1 < 2 và 3 > 2", "1 < 2 và 3 > 2"),
        ("<!-- chú thích -->chữ<![CDATA[x]]>", "chữ"),
        ("", ""),
        ("&khong-co; &amp.", "&khong-co; &."),
    ],
)
def test_words_are_read_as_a_browser_shows_them(source, text):
    assert markup.read(source).text == text


def test_a_span_leads_back_to_its_place_in_the_source():
    source = "<p>Mọi người đều biết, <em>đàn&nbsp;bà</em> thì <b>không</b> được họp.</p>"
    read = markup.read(source)
    start = read.text.index("đàn bà")
    first, last = read.source_span(start, start + len("đàn bà thì không"))
    assert source[first:last] == "đàn&nbsp;bà</em> thì <b>không"


def test_decomposed_letters_lead_back_to_all_their_parts():
    source = normalize("NFD", "<p>phụ nữ</p>")
    read = markup.read(source)
    assert read.text == "phụ nữ"
    first, last = read.source_span(0, 3)
    assert normalize("NFC", source[first:last]) == "phụ"


PIECES = (
    "<p>", "</p>", "<b>", "</b>", "<br>", "&amp;", "&", "<", ">", "chữ", " ", "\n", "<!--", "-->", "<script>",
    "</script>", "<![CDATA[", "]]>", "&#7909;", "&#", "\x00", "ụ",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_whatever_comes_every_letter_has_a_place_inside_the_source_in_order(pieces):
    source = "".join(pieces)
    read = markup.read(source)
    assert len(read.text) == len(read.starts) == len(read.ends)
    assert all(0 <= start <= end <= len(source) for start, end in zip(read.starts, read.ends, strict=True))
    assert list(read.starts) == sorted(read.starts)
    for letter, start, end in zip(read.text, read.starts, read.ends, strict=True):
        assert letter.isspace() or letter in normalize("NFC", source[start:end]) or source[start] == "&"
