"""Web pages (html): regulations exported from an office program, and saved pages of newspapers.

A document saved as a page is read whole, block by block; a page of a site is first freed of what surrounds its text.
"""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from dataclasses import replace
from unicodedata import normalize

from lxml import etree

from auditor.documents import htmlblocks
from auditor.documents.codes import Code, trouble, warning
from auditor.documents.htmlblocks import Found, Walker
from auditor.documents.interface import Block, Reading
from auditor.documents.legacy import Fonts, settle
from auditor.documents.limits import Limits
from auditor.documents.plain import BOMS, best_table
from auditor.documents.webmeta import Meta, day_of, meta_of
from auditor.documents.webpage import byline_of, is_page, section_of, text_of

_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]{0,100}encoding=["']([\w.:-]+)""", re.I
)
_TAG = re.compile(rb"<[^<>]*>")
_OPEN_BYTES = {0xDC00 + byte: byte for byte in range(0x80, 0x100)}
_WESTERN = frozenset({"cp1252", "iso8859-1", "ascii", "iso8859-15", "latin-1"})
DECLARED_IN = 4_096
LOOKED_AT = 400_000


def read(data: bytes, name: str, limits: Limits) -> Reading:
    """Read a web page.

    Raises:
        DocumentError: GA204 no page, GA206 too many elements, GA209 too slow, GA218 nested too deep.
    """
    text, encoding = decode(data)
    return read_text(text, "html", limits, encoding)


def read_text(text: str, form: str, limits: Limits, encoding: str = "unicode", *, whole: bool = False) -> Reading:
    """Read the source of a page that is already decoded.

    Args:
        encoding: what :func:`decode` said.
        whole: it is known to be no page of a site.

    Raises:
        DocumentError: as :func:`read`.
    """
    root = parse(normalize("NFC", text), limits)
    styles = htmlblocks.Fonts(root)
    runs: list[tuple[str, str]] = []

    def plain(font: str, words: str) -> str:
        runs.append((font, words))
        return words

    meta = meta_of(root)
    found = Walker(styles, plain, limits).walk(root)
    fonts = Fonts(runs)
    if fonts.old:
        found = Walker(styles, fonts.read, limits).walk(root)
    encoding = fonts.encoding if fonts.encoding != "unicode" else encoding
    if not whole and is_page(root, found, meta):
        blocks, meta = _page(root, found, meta)
    else:
        blocks = [one.block for one in found]
    settled, encoding = settle(blocks, encoding)
    warnings = (warning(Code.CONVERTED, encoding=encoding.upper()),) if encoding != "unicode" else ()
    return Reading(
        form, settled, encoding=encoding, title=meta.title, published=meta.published, byline=meta.byline,
        section=meta.section, outlet=meta.outlet, warnings=warnings,
    )  # fmt: skip


def decode(data: bytes) -> tuple[str, str]:
    """Turn the bytes of a page into text: by its mark, as UTF-8, as it declares, or by the words themselves.

    Returns:
        The text, and ``unicode`` or ``windows-1258``.
    """
    for mark, codec in BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(codec, "replace"), "unicode"
    try:
        return data.decode("utf-8"), "unicode"
    except UnicodeDecodeError:
        pass
    declared = _declared(data)
    table = best_table(_TAG.sub(b" ", data[:LOOKED_AT]))
    if table is not None and table[0] == "windows-1258":
        return normalize("NFC", data.decode("cp1258", "replace")), "windows-1258"
    if table is None and declared is not None and declared not in _WESTERN:
        # Python's codecs include some that decode no text ("hex", "undefined").
        with suppress(LookupError, ValueError):
            return data.decode(declared, "replace"), "unicode"
    return data.decode("cp1252", "surrogateescape").translate(_OPEN_BYTES), "unicode"


def _declared(data: bytes) -> str | None:
    match = _CHARSET.search(data[:DECLARED_IN])
    if match is None:
        return None
    try:
        return codecs.lookup((match[1] or match[2]).decode("ascii", "replace")).name
    except LookupError:
        return None


def parse(text: str, limits: Limits) -> etree._Element:
    """Parse a page as browsers do, forgiving; nothing is fetched.

    Raises:
        DocumentError: GA204, GA206.
    """
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=True, encoding="utf-8")
    clean = text.replace("\x00", "").encode("utf-8", "replace")
    try:
        root = etree.fromstring(clean, parser) if clean.strip() else None
    except etree.ParserError as error:
        raise trouble(Code.DAMAGED, detail="html") from error
    except etree.XMLSyntaxError as error:
        raise trouble(Code.DAMAGED, detail="html") from error
    if root is None:
        raise trouble(Code.DAMAGED, detail="html")
    count = sum(1 for _ in root.iter())
    if count > limits.tags:
        raise trouble(Code.TOO_LARGE, size=len(clean), limit=f"{limits.tags} thẻ")
    return root


def _page(root: etree._Element, found: list[Found], meta: Meta) -> tuple[list[Block], Meta]:
    """Take a page of a site apart into its fields."""
    kept = text_of(root, found, meta)
    blocks = [one.block for one in kept]
    title: str | None = meta.title
    drawn = next((at for at, one in enumerate(blocks) if title and _same(one.text, title)), None)
    if drawn is None and kept and kept[0].element.tag == "h1":
        drawn, title = 0, kept[0].block.text
    if drawn is not None:
        blocks[drawn] = replace(blocks[drawn], field="title", heading=True)
    elif title:
        blocks.insert(0, Block(title, field="title", heading=True))
    published = meta.published
    if published is None:
        first = next((at for at, one in enumerate(found) if title and title in one.block.text), 0)
        near = (day_of(one.block.text) for one in found[first : first + 6] if len(one.block.text) < 300)
        published = next((day for day in near if day), None)
    byline = meta.byline or byline_of(found, kept)
    if blocks and byline and _same(blocks[-1].text, byline):
        blocks.pop()
    section = meta.section or section_of(found, meta)
    return blocks, replace(meta, title=title, published=published, byline=byline, section=section)


def _same(one: str, other: str) -> bool:
    return re.sub(r"\W+", "", one).casefold() == re.sub(r"\W+", "", other).casefold()
