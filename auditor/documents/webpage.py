"""The words of a saved page without what surrounds them: menus, advertisements, related links, comments.

What a browser does not show as the text is pruned by tag, role, name and opening words. Then the text is what lies
between the headline and the end of the element that holds most of the running text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from auditor.documents.htmlblocks import PROSE_LETTERS, Found, words_in
from auditor.documents.webmeta import Meta, day_of

_TAGS = frozenset({"nav", "aside", "footer", "dialog", "noscript"})
_ROLES = frozenset({"navigation", "complementary", "contentinfo", "dialog", "search", "alert", "menu", "menubar"})
_SURROUND = frozenset(
    {
        "nav", "navbar", "navigation", "menu", "mainmenu", "topmenu", "mn", "sidebar", "side", "aside",
        "rightbar", "leftbar", "colright", "colleft", "related", "relate", "relatednews", "rel", "lienquan",
        "tinlienquan", "comment", "comments", "cmt", "cm", "binhluan", "share", "social", "sharing",
        "breadcrumb", "breadcrumbs", "crumb", "footer", "foot", "ft", "bottom", "ads", "ad", "adv", "advert",
        "advertisement", "banner", "bn", "qc", "quangcao", "cookie", "cookies", "popup", "modal", "newsletter",
        "subscribe", "tag", "tags", "tukhoa", "keyword", "keywords", "toolbar", "most", "mostread", "docnhieu",
        "xemnhieu", "xemthem", "tinkhac", "tinmoi", "readmore", "promo", "promotion", "sponsor", "sponsored",
        "widget", "login", "search", "rating", "vote", "pagination", "pager", "skip", "ticker", "header",
        "topbar", "masthead", "outbrain", "taboola", "mgid", "disqus", "fb", "zalo", "recommend", "recommended",
        "morenews", "othernews",
    }
)  # fmt: skip
_JOINED = re.compile(
    r"lien-?quan|binh-?luan|quang-?cao|doc-?nhieu|xem-?nhieu|xem-?them|tin-?khac|tu-?khoa|cookie|newsletter|sidebar"
    r"|breadcrumb|social|related|comment|advert",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z][a-z]+|[A-Z]+|\d+")
_OPENS = re.compile(
    r"(?:bình luận|ý kiến (?:bạn đọc|độc giả|của bạn)|gửi (?:bình luận|ý kiến)|thảo luận"
    r"|(?:tin|bài)(?: viết)? (?:liên quan|khác|mới|đọc nhiều|cùng chuyên mục|xem nhiều|nổi bật)"
    r"|các (?:tin|bài)(?: viết)? (?:khác|liên quan|mới|đã đưa|cũ hơn|mới hơn)|đọc nhiều|xem nhiều|đọc thêm|xem thêm"
    r"|có thể bạn quan tâm|cùng chuyên mục|từ khóa|tags?|chủ đề|quảng cáo|đăng ký nhận|theo dõi chúng tôi|chia sẻ"
    r"|mời bạn đọc)(?!\w)[^.?!…]{0,40}$",
    re.IGNORECASE,
)
_COMMENTS = re.compile(r"(?:bình luận|ý kiến|gửi|thảo luận)", re.IGNORECASE)
_LINE = re.compile(
    r"^(?:(?:chủ nhật|thứ \w+),?\s*)?(?:ngày\s+)?\d{1,2}\s*(?:[/.-]\s*\d{1,2}|tháng\s+\d).{0,50}$"
    r"|^(?:cập nhật|đăng lúc|ngày đăng|thời gian|lượt xem|cỡ chữ|in bài|in trang|chia sẻ|facebook|zalo|twitter"
    r"|email|print|quảng cáo|lưu bài viết|theo dõi|nghe đọc bài|a\s*[-+]|giọng đọc)\b.{0,60}$",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"^(?:tác giả|bài(?: và ảnh)?|bài, ảnh|nguồn|theo|thực hiện)\s*:?\s*\S.{0,60}$", re.IGNORECASE)
_LISTS = frozenset({"ul", "ol", "div", "table", "a", "p"})
KEPT = 0.5
HOLDS = 0.6
LINKED = 0.6
SHORT = 25


def is_page(root: etree._Element, meta: Meta) -> bool:
    """Tell a page of a site, with menus and the like, from a document saved as a page."""
    links = sum(1 for _ in root.iter("a"))
    frame = any(next(root.iter(tag), None) is not None for tag in ("nav", "aside", "footer", "article"))
    named = sum(1 for node in root.iter("div", "section", "ul", "td", "header") if _is_surround(node))
    return frame or (meta.article and links > 3) or (links > 8 and named > 0) or links > 25


def prune(root: etree._Element, found: Sequence[Found]) -> frozenset[etree._Element]:
    """Find the elements that surround the text; one that holds most of the running text never does."""
    weights = _weights(found)
    whole = max(weights.values(), default=0)
    out: set[etree._Element] = set()
    for node in root.iter():
        if isinstance(node.tag, str) and node.tag not in {"html", "body", "main", "article"} and _is_surround(node):
            has_title = node.tag == "header" and next(node.iter("h1"), None) is not None
            if weights.get(node, 0) <= KEPT * whole and not has_title:
                out.add(node)
    for one in found:
        words = one.block.text.strip(" :»›>-–•|")
        if (
            one.element not in out
            and len(words) <= 60
            and _OPENS.match(words)
            and one.element.tag not in {"body", "html", "h1"}
        ):
            out.update(_section(one, weights, whole, bool(_COMMENTS.match(words))))
    return frozenset(out)


def text_of(root: etree._Element, found: Sequence[Found], meta: Meta) -> list[Found]:
    """Return the blocks of the text itself: the headline first if it is drawn, then what belongs to it."""
    out = prune(root, found)
    left = [one for one in found if one.element not in out and not any(up in out for up in one.element.iterancestors())]
    weights = _weights(left)
    place = {node: at for at, node in enumerate(root.iter())}
    holder = root
    while True:
        inner = max(holder, key=lambda child: weights.get(child, 0), default=None)
        if inner is None or weights.get(inner, 0) < HOLDS * weights.get(holder, 0) or not weights.get(inner):
            break
        holder = inner
    if not weights.get(holder):
        return left
    start = place[holder]
    end = max(place[node] for node in holder.iter())
    title = _headline(left, meta, end, place)
    begin = start if title is None else place[title.element]
    kept: list[Found] = []
    for one in left:
        at = place[one.element]
        inside = start <= at <= end
        row = one.block.table is not None and inside
        follows = begin <= at <= end and (title is None or at > begin)
        if one is title or row or (follows and _belongs(one, meta, inside)):
            kept.append(one)
    return kept


def _is_surround(node: etree._Element) -> bool:
    if node.tag in _TAGS or (node.get("role") or "").lower() in _ROLES or node.tag == "header":
        return True
    names = f"{node.get('class') or ''} {node.get('id') or ''}"
    if not names.strip() or node.tag in {"p", "h1", "a", "span", "b", "strong", "em", "i", "img"}:
        return False
    return _JOINED.search(names) is not None or any(word.lower() in _SURROUND for word in _WORD.findall(names))


def _weights(found: Sequence[Found]) -> dict[etree._Element, int]:
    """Sum up the running text in every element."""
    weights: dict[etree._Element, int] = {}
    for one in found:
        if one.prose:
            for node in (one.element, *one.element.iterancestors()):
                weights[node] = weights.get(node, 0) + one.prose
    return weights


def _section(one: Found, weights: dict[etree._Element, int], whole: int, comments: bool) -> list[etree._Element]:
    """Find what a line like "Bình luận" or "Xem thêm" opens: the element it is the first line of, else what follows."""
    node = one.element
    if weights.get(node, 0) > KEPT * whole:
        return []
    while True:
        above = node.getparent()
        if above is None or above.tag in {"body", "html", "main", "article"} or weights.get(above, 0) > KEPT * whole:
            break
        before = (words_in(other) for other in node.itersiblings(preceding=True))
        if (above.text or "").strip() or any(before):
            break
        node = above
    found = [node]
    for following in node.itersiblings():
        heavy = weights.get(following, 0)
        if (comments and heavy <= KEPT * whole) or (
            not heavy and following.tag in {"ul", "ol", "div", "table", "a", "p"}
        ):
            found.append(following)
        elif isinstance(following.tag, str):
            break
    return found


def _headline(found: Sequence[Found], meta: Meta, end: int, place: dict[etree._Element, int]) -> Found | None:
    """Find the headline as drawn."""
    wanted = _folded(meta.title or "")
    before = [one for one in found if place[one.element] <= end]
    for one in before:
        words = _folded(one.block.text)
        if wanted and (
            words == wanted or (len(words) > SHORT and (words.startswith(wanted) or wanted.startswith(words)))
        ):
            return one
    return next((one for one in before if one.element.tag == "h1"), None)


def _folded(words: str) -> str:
    return re.sub(r"\W+", " ", words).strip().casefold()


def _belongs(one: Found, meta: Meta, inside: bool) -> bool:
    """Tell whether a block between the headline and the end is part of the text."""
    words = one.block.text
    if one.linked > LINKED and (not inside or len(words) < 4 * PROSE_LETTERS):
        return False
    if _LINE.match(words) and len(words) < 80:
        return False
    plain = _folded(words)
    if plain in {_folded(name) for name in (meta.byline, meta.section, meta.outlet, meta.title) if name}:
        return False
    if meta.byline and len(words) < 100 and _folded(meta.byline) in plain and (day_of(words) or not inside):
        return False
    if _SIGNED.match(words) and len(words) < SHORT * 2 and one.block.field != "caption":
        return False
    return inside or len(words) >= SHORT
