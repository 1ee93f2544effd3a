from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.documents import html
from auditor.documents.interface import Block, Document, Reading
from auditor.documents.limits import DEFAULT_LIMITS, Limits
from auditor.documents.load import read_document
from auditor.errors import DocumentError
from tests.documents import pages
from tests.documents.files import CLAUSE, REGULATION
from tests.documents.test_legacy import WORDS, old
from tests.documents.test_plain import in_1258

WANTED = (pages.TITLE, pages.LEAD, *pages.BODY, pages.CAPTION)


def read(page: str | bytes) -> Reading:
    return html.read(page.encode() if isinstance(page, str) else page, "x.html", DEFAULT_LIMITS)


def blocks(body: str) -> tuple[Block, ...]:
    return read(f"<html><body>{body}</body></html>").blocks


def texts(body: str) -> list[str]:
    return [block.text for block in blocks(body)]


def test_an_exported_regulation_is_read_whole() -> None:
    page = "".join(f"<p class=MsoNormal>{one}<o:p></o:p></p>" for one in REGULATION.split("\n\n"))
    found = read_document(f"<html><head><style>p {{margin:0}}</style></head>{page}</html>".encode(), "a.doc")
    assert isinstance(found, Document)
    assert (found.text, found.source.form, found.kind) == (REGULATION, "html", "regulation")


def test_white_space_breaks_and_entities_are_drawn_as_in_a_browser() -> None:
    body = (
        "<div>M&#7897;t\n   hai<br>ba<br><br>b&oacute;n</div>n&#x103;m<pre>a\n b</pre><script>x</script><p hidden>y</p>"
    )
    assert texts(body) == ["Một hai\nba", "bón", "năm", "a\nb"]


def test_lists_are_numbered_and_headings_marked() -> None:
    body = "<h2>Điều 1</h2><ol start=3><li>Ba<ul><li>x</ul><li value=7>Bảy<li><p>Tám</p><p>nối</p></ol>"
    body += "<ol type=a><li>a</ol>"
    found = blocks(body)
    assert [one.text for one in found] == ["Điều 1", "3. Ba", "x", "7. Bảy", "8. Tám", "nối", "a. a"]
    assert [one.heading for one in found] == [True] + [False] * 6


def test_tables_of_data_are_rows_and_those_of_layout_are_not() -> None:
    data = "<table><tr><th>Tổ<th>Người<th>Việc<tr><td rowspan=2>Hòa giải<td colspan=2>Xuân<tr><td>5<td>b</table>"
    found = blocks(data)
    assert [(one.text, one.header, one.columns) for one in found] == [
        ("Tổ | Người | Việc", True, ()),
        ("Hòa giải | Xuân", False, ()),
        ("5 | b", False, (1, 2)),
    ]
    assert {one.table for one in found} == {0}
    assert [one.table for one in blocks("<table><tr><td><p>a<p>b</table>")] == [None, None]
    assert [one.table for one in blocks(f"<table><tr><td>{data}<td>b</table>")] == [0, 0, 0, None]


@pytest.mark.parametrize("name", sorted(pages.LAYOUTS))
@pytest.mark.parametrize("form", ["utf-8", "windows-1258", "entities", "utf-16", "nfd"])
def test_a_saved_page_gives_its_article_and_nothing_around_it(name: str, form: str) -> None:
    page = pages.LAYOUTS[name]()
    data = {
        "utf-8": page.encode(),
        "windows-1258": in_1258(page.replace("utf-8", "windows-1258")),
        "entities": pages.entities(page).encode(),
        "utf-16": page.encode("utf-16"),
        "nfd": html.normalize("NFD", page).encode(),
    }[form]
    found = read(data)
    assert [block.text for block in found.blocks if block.text not in WANTED] == []
    assert {block.text for block in found.blocks} == set(WANTED)
    assert (found.title, found.published, found.byline) == (pages.TITLE, date(2026, 3, 8), pages.BYLINE)
    assert found.section == pages.SECTION
    assert found.outlet == (None if name == "portal" else pages.OUTLET)
    assert [(block.text, block.field) for block in found.blocks if block.field != "body"] == [
        (pages.TITLE, "title"),
        (pages.CAPTION, "caption"),
    ]
    assert found.encoding == ("windows-1258" if form == "windows-1258" else "unicode")


def test_what_a_page_says_of_itself_stands_in_the_document() -> None:
    found = read_document(pages.semantic().encode(), "a.html")
    assert isinstance(found, Document)
    assert (found.kind, found.title, found.outlet) == ("article", pages.TITLE, pages.OUTLET)
    assert (found.byline, found.section, found.published) == (pages.BYLINE, pages.SECTION, date(2026, 3, 8))


def test_a_regulation_on_a_portal_keeps_its_outline() -> None:
    rows = "".join(
        f"<p>Điều {at}. Nội dung</p><p>1.1. Hộ nào có việc thì báo với trưởng bản trước ba ngày.</p>"
        f"<p>a - Chia sẻ việc nhà giữa vợ và chồng</p><p>2. {CLAUSE}</p>"
        for at in range(1, 9)
    )
    menu = f"<nav><ul>{pages.links(pages.MENU)}</ul></nav><h1>Quy ước bản</h1>"
    page = f"<html><head><title>Quy ước bản</title></head><body>{menu}<div>{rows}</div><footer>x</footer>"
    found = read(page)
    assert len(found.blocks) == 33
    assert found.blocks[0].field == "title"
    assert not any(word in block.text for block in found.blocks for word in pages.MENU)


@pytest.mark.parametrize(
    "font",
    [
        '<font face=".VnTime">{}</font>',
        "<span style=\"font-family:'.VnTime'\">{}</span>",
        "<style>p.a, li.a {{font-family:.VnTime;}}</style><p class=a>{}</p>",
    ],
)
def test_old_fonts_are_read(font: str) -> None:
    letters = pages.entities(old(WORDS, "tcvn3"))
    found = read(
        f'<html><body>{font.format(letters)}<p><font face=".VnTimeH">{pages.entities(old("quy ước", "tcvn3"))}</font>'
    )
    assert found.encoding == "tcvn3"
    assert "người già được ưu tiên" in found.blocks[0].text.casefold()
    assert found.blocks[-1].text == "QUY ƯỚC"


@pytest.mark.parametrize("name", ["tcvn3", "vni", "viscii", "vps"])
def test_old_letters_without_a_font_are_known(name: str) -> None:
    found = read(b"<html><body><p>" + old(WORDS, name).encode("latin-1") + b"</p></body></html>")
    assert found.encoding == name
    assert "người già được ưu tiên" in found.blocks[0].text.casefold()


@pytest.mark.parametrize(
    ("page", "limits", "code"),
    [
        ("<div>" * 60_000 + "x", DEFAULT_LIMITS, "GA218"),
        ("<p>x" * 50, Limits(tags=20), "GA206"),
        ("<p>x", Limits(seconds=0), "GA209"),
        ("", DEFAULT_LIMITS, "GA204"),
    ],
)
def test_limits_hold(page: str, limits: Limits, code: str) -> None:
    with pytest.raises(DocumentError, match=code):
        html.read(page.encode(), "x.html", limits)


def test_entities_of_a_page_are_not_expanded() -> None:
    declared = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "bung">]>'
    page = f"{declared}<html><body><p>a&x;&y;</p></body></html>"
    assert "root:" not in str(read(page).blocks)
    assert "bung" not in "".join(block.text for block in read(page).blocks if block.text.startswith("a"))


TAGS = st.sampled_from(
    [
        "<p>", "</p>", "<div class=comment>", "<table>", "<tr>", "<td rowspan=99>", "<ol start=x>", "<li>", "<h1>",
        "</a>", "<a href=x>", "<br>", "<nav>", "<article>", "<title>", "<script type='application/ld+json'>",
        "</script>", "{[",
        "<meta property=og:title content=a>", "<style>p{font-family:.VnTime}</style>", "<!--", "<![CDATA[", "</html>",
        "Bình luận", "&#0;",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(TAGS | st.text(max_size=60), max_size=30))
def test_no_page_makes_it_raise(parts: list[str]) -> None:
    try:
        read("<html>" + "".join(parts))
    except DocumentError as error:
        assert error.code.startswith("GA2")


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_make_it_raise(data: bytes) -> None:
    try:
        read(b"<html>" + data)
    except DocumentError as error:
        assert error.code.startswith("GA2")


@pytest.mark.parametrize("charset", ["hex", "undefined", "idna", "rot13"])
def test_a_code_table_that_decodes_no_text_is_passed_over(charset: str) -> None:
    data = f"<html><meta charset={charset}><p>a ".encode() + b"\xff</p></html>"
    assert html.read(data, "a.html", DEFAULT_LIMITS).blocks[0].text.startswith("a ")
