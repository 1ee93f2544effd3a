from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.documents import odt
from auditor.documents.interface import Block
from auditor.documents.limits import DEFAULT_LIMITS, Limits
from auditor.documents.load import read_document
from auditor.errors import DocumentError
from tests.documents.files import CLAUSE, REGULATION, packed
from tests.documents.test_legacy import WORDS, old

SPACES = "".join(
    f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in {
        "office": "office", "text": "text", "table": "table", "style": "style", "draw": "drawing",
        "fo": "xsl-fo-compatible", "svg": "svg-compatible", "manifest": "manifest",
    }.items()
)  # fmt: skip
LEVELS = (
    '<text:list-style style:name="L">'
    '<text:list-level-style-number text:level="1" style:num-format="I" style:num-prefix="CHƯƠNG "/>'
    '<text:list-level-style-number text:level="2" style:num-format="1" style:num-prefix="Điều " style:num-suffix="."/>'
    '<text:list-level-style-number text:level="3" style:num-format="a" style:num-suffix=")" text:start-value="2"/>'
    '<text:list-level-style-bullet text:level="4" text:bullet-char="-"/></text:list-style>'
)


def made(body: str, styles: str = "", more: str = "", parts: dict[str, bytes] | None = None) -> bytes:
    content = (
        f"<office:document-content{SPACES}><office:automatic-styles>{LEVELS}{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    beside = (
        f"<office:document-styles{SPACES}><office:master-styles>{more}</office:master-styles></office:document-styles>"
    )
    return packed(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "content.xml": content.encode(),
            "styles.xml": beside.encode(),
            **(parts or {}),
        }
    )


def read(body: str, styles: str = "", more: str = "") -> tuple[Block, ...]:
    return odt.read(made(body, styles, more), "x.odt", DEFAULT_LIMITS).blocks


def style(name: str, says: str) -> str:
    return f'<style:style style:name="{name}" style:family="text"><style:text-properties {says}/></style:style>'


def p(*paragraphs: str) -> str:
    return "".join(f"<text:p>{one}</text:p>" for one in paragraphs)


def test_a_regulation_is_read() -> None:
    found = read_document(made(p(*REGULATION.split("\n\n"))), "a.odt")
    assert (found.text, found.source.form, found.warnings) == (REGULATION, "odt", ())  # type: ignore[union-attr]


def test_lists_are_numbered_as_drawn() -> None:
    def item(inner: str) -> str:
        return f"<text:list-item>{inner}</text:list-item>"

    def nested(inner: str, more: str = "") -> str:
        return f"<text:list{more}>{inner}</text:list>"

    deep = nested(item(p("Ba", "nối")) + item(p("Tư") + nested(item(p("Năm")))))
    second = nested(item(p("Hai") + deep) + item(p("Sáu")))
    first = nested(item(p("Một") + second), ' xml:id="a" text:style-name="L"')
    header = f"<text:list-header>{p('Tám')}</text:list-header>"
    more = nested(item(p("Bảy")) + header, ' text:continue-list="a" text:style-name="L"')
    assert [block.text for block in read(first + more)] == [
        "CHƯƠNG I Một", "Điều 1. Hai", "b) Ba", "nối", "c) Tư", "- Năm", "Điều 2. Sáu", "CHƯƠNG II Bảy", "Tám",
    ]  # fmt: skip


def test_what_a_reader_does_not_see_is_out() -> None:
    hidden = style("H", 'text:display="none"')
    gone = f"<text:changed-region><text:deletion>{p('đã xóa')}</text:deletion></text:changed-region>"
    body = f"<text:tracked-changes>{gone}</text:tracked-changes>" + p(
        'Một<text:s text:c="2"/>hai<text:tab/>ba<office:annotation><text:p>ghi chú</text:p></office:annotation>'
        '<text:span text:style-name="H">ẩn</text:span>\n   <text:change-start text:change-id="1"/>bốn'
        "<text:line-break/>năm"
    )
    assert [block.text for block in read(body, hidden)] == ["Một  hai\tba bốn\nnăm"]


def test_boxes_notes_and_headers_stand_beside() -> None:
    note = (
        f"<text:note><text:note-citation>1</text:note-citation><text:note-body>{p('chú')}</text:note-body></text:note>"
    )
    body = p(f"Thân{note}<draw:frame><draw:text-box>{p('khung')}</draw:text-box></draw:frame>")
    foot = p("Trang <text:page-number>1</text:page-number>")
    head = f"<style:header>{p('đầu trang')}</style:header><style:footer>{foot}</style:footer>"
    assert [(block.text, block.note) for block in read(body, "", head)] == [
        ("Thân", False), ("khung", True), ("chú", True), ("đầu trang", True),
    ]  # fmt: skip


def test_tables_keep_columns_and_headers() -> None:
    def row(*cells: str) -> str:
        return f"<table:table-row>{''.join(cells)}</table:table-row>"

    def cell(words: str, more: str = "") -> str:
        return f"<table:table-cell{more}>{p(words)}</table:table-cell>"

    covered = "<table:covered-table-cell/>"
    body = "<table:table><table:table-header-rows>" + row(cell("Tổ"), cell("Người"), cell("Việc"))
    wide = cell("Hòa giải", ' table:number-columns-spanned="2"')
    body += "</table:table-header-rows>" + row(wide, covered, cell("5"))
    found = read(body + "</table:table>")
    assert [(block.text, block.table, block.header, block.columns) for block in found] == [
        ("Tổ | Người | Việc", 0, True, ()),
        ("Hòa giải | 5", 0, False, (0, 2)),
    ]


def test_old_fonts_are_read() -> None:
    styles = style("T", 'style:font-name=".VnTime"') + style("C", 'style:font-name=".VnTimeH"')
    capitals = f'<text:span text:style-name="C">{old("quy ước", "tcvn3")}</text:span>'
    body = p(capitals, f'<text:span text:style-name="T">{old(WORDS, "tcvn3")}</text:span>', CLAUSE)
    found = odt.read(made(body, styles), "x.odt", DEFAULT_LIMITS)
    assert found.encoding == "tcvn3"
    assert (found.blocks[0].text, found.blocks[2].text) == ("QUY ƯỚC", CLAUSE)


LOCKED = f"<manifest:manifest{SPACES}><manifest:encryption-data/></manifest:manifest>".encode()
ENTITY = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (made(p("a"), parts={"META-INF/manifest.xml": LOCKED}), "GA205"),
        (made("<text:p>a"), "GA204"),
        (packed({"content.xml": ENTITY}), "GA217"),
        (made("<text:section>" * 300 + "</text:section>" * 300), "GA218"),
        (made(p("a"))[:-40], "GA204"),
    ],
)
def test_bad_files_say_why(data: bytes, code: str) -> None:
    with pytest.raises(DocumentError, match=code):
        odt.read(data, "x.odt", DEFAULT_LIMITS)


def test_time_is_bounded_and_macros_are_named() -> None:
    with pytest.raises(DocumentError, match="GA209"):
        odt.read(made(p("a")), "x.odt", Limits(seconds=0))
    found = odt.read(made(p("a"), parts={"Basic/Standard/M.xml": b"x"}), "x.odt", DEFAULT_LIMITS)
    assert [code for code, _ in found.warnings] == ["GA235"]


TAGS = (
    "text:p", "text:span", "text:list", "text:list-item", "table:table", "table:table-row", "table:table-cell",
    "text:note",
)  # fmt: skip
TREES = st.recursive(
    st.text("ab ", max_size=3),
    lambda inner: st.tuples(st.sampled_from(TAGS), st.lists(inner, max_size=3)).map(
        lambda pair: f"<{pair[0]}>{''.join(pair[1])}</{pair[0]}>"
    ),
    max_leaves=15,
)


@settings(max_examples=100, deadline=None)
@given(TREES)
def test_no_arrangement_makes_it_raise(body: str) -> None:
    read(body)
