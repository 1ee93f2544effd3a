"""What a saved page says of itself: title, byline, date, section, outlet, from JSON-LD, meta tags and what is drawn."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import unescape
from itertools import islice
from typing import Any
from unicodedata import normalize

from lxml import etree

from auditor.documents.htmlblocks import words_in

_NAMES = {
    "title": ("og:title", "twitter:title", "dc.title", "headline", "title"),
    "byline": ("author", "article:author", "dc.creator", "byl", "dable:author", "parsely-author"),
    "date": (
        "article:published_time", "datepublished", "pubdate", "publishdate", "dc.date", "dc.date.issued", "date",
        "article:published", "publish-date", "parsely-pub-date", "its_publication", "originalpublicationdate",
    ),
    "section": ("article:section", "section", "parsely-section", "its_section"),
    "outlet": ("og:site_name", "application-name", "copyright", "dc.publisher"),
    "lead": ("og:description", "description", "twitter:description"),
}  # fmt: skip
_DAY = re.compile(r"(?<!\d)(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*((?:19|20)\d{2})(?!\d)")
_SAID_DAY = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+((?:19|20)\d{2})", re.IGNORECASE)
_ISO = re.compile(r"((?:19|20)\d{2})-(\d{2})-(\d{2})")
_BYLINES = re.compile(r"(?:^|[\s_-])(?:author|tacgia|tac-gia|byline|nguoi-viet)", re.IGNORECASE)
_CRUMBS = re.compile(r"breadcrumb|crumb|duong-dan", re.IGNORECASE)
_ARTICLES = ("NewsArticle", "Article", "ReportageNewsArticle", "BlogPosting", "WebPage")
LONGEST_NAME = 80
NAME_WORDS = 6
CANDIDATES = 20


@dataclass(frozen=True, slots=True)
class Meta:
    """What is known of a page; None where it does not say."""

    title: str | None = None
    byline: str | None = None
    published: date | None = None
    section: str | None = None
    outlet: str | None = None
    lead: str | None = None
    article: bool = False


def meta_of(root: etree._Element) -> Meta:
    """Collect what a page says of itself."""
    tags: dict[str, str] = {}
    for node in root.iter("meta"):
        name = (node.get("property") or node.get("name") or node.get("itemprop") or "").strip().lower()
        if name and (words := _clean(node.get("content"))):
            tags.setdefault(name, words)
    said = {key: next((tags[name] for name in names if name in tags), None) for key, names in _NAMES.items()}
    data = next(_articles(root), {})
    headed = _clean(root.findtext(".//title"))
    title, site = _split(headed)
    outlet = said["outlet"] or _name(data.get("publisher")) or site
    byline = _name(data.get("author")) or said["byline"] or _drawn_byline(root)
    if byline and (byline.startswith("http") or len(byline) > LONGEST_NAME or byline == outlet):
        byline = None
    when = (data.get("datePublished"), said["date"], *(node.get("datetime") for node in root.iter("time")))
    section = said["section"] or _first(data.get("articleSection")) or _crumb(root, title)
    headline = _clean(data.get("headline")) or said["title"] or title
    return Meta(
        headline,
        byline,
        next((day for one in when if (day := day_of(one))), None),
        section,
        outlet,
        said["lead"] or _clean(data.get("description")),
        "headline" in data or tags.get("og:type", "").lower() in {"article", "newsarticle"},
    )


def day_of(words: object) -> date | None:
    """Find the first date in some words: ISO, day/month/year, or "ngày … tháng … năm …"."""
    if not isinstance(words, str):
        return None
    for pattern, order in ((_ISO, (1, 2, 3)), (_DAY, (3, 2, 1)), (_SAID_DAY, (3, 2, 1))):
        match = pattern.search(words[:2000])
        if match:
            try:
                return date(*(int(match[at]) for at in order))
            except ValueError:
                return None
    return None


def _clean(words: object) -> str | None:
    if not isinstance(words, str):
        return None
    return " ".join(normalize("NFC", unescape(words)).split()) or None


def _articles(root: etree._Element) -> Iterator[dict[str, Any]]:
    """Yield the JSON-LD objects that describe an article."""
    for node in root.iter("script"):
        if "ld+json" not in (node.get("type") or ""):
            continue
        try:
            data = json.loads((node.text or "").strip().removesuffix(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        found = data if isinstance(data, list) else data.get("@graph", [data]) if isinstance(data, dict) else []
        for one in found if isinstance(found, list) else []:
            kinds = one.get("@type") if isinstance(one, dict) else None
            if any(kind in _ARTICLES for kind in (kinds if isinstance(kinds, list) else [kinds])):
                yield one


def _name(value: object) -> str | None:
    if isinstance(value, list):
        return ", ".join(name for one in value if (name := _name(one))) or None
    return _clean(value.get("name")) if isinstance(value, dict) else _clean(value)


def _first(value: object) -> str | None:
    return _clean(value[0] if isinstance(value, list) and value else value)


def _split(words: str | None) -> tuple[str | None, str | None]:
    """Split the title of a window into headline and outlet."""
    if words is None:
        return None, None
    for mark in (" | ", " - ", " – ", " — ", " :: ", " » "):
        head, found, tail = words.rpartition(mark)
        if found and len(tail.split()) <= NAME_WORDS and len(head) > len(tail):
            return head.split(" | ")[0].strip(), tail.strip()
        head, found, tail = words.partition(mark)
        if found and len(head.split()) <= NAME_WORDS and len(head) < len(tail):
            return tail.strip(), head.strip()
    return words, None


def _drawn_byline(root: etree._Element) -> str | None:
    named = (
        node
        for node in root.iter("span", "div", "p", "a", "strong", "b", "address")
        if _BYLINES.search(" ".join((node.get("class") or "", node.get("rel") or "", node.get("itemprop") or "")))
    )
    for node in islice(named, CANDIDATES):
        words = _clean(words_in(node))
        if words and len(words) <= LONGEST_NAME:
            return re.sub(r"^(?:Tác giả|Bài viết|Theo|Bởi)\s*:?\s*", "", words)
    return None


def _crumb(root: etree._Element, title: str | None) -> str | None:
    """Return the last step of the path to a page that is not the page itself."""
    named = (
        node
        for node in root.iter("div", "ul", "ol", "nav", "p", "td")
        if _CRUMBS.search(f"{node.get('class') or ''} {node.get('id') or ''}")
    )
    for node in islice(named, CANDIDATES):
        steps = [words for one in node.iter("a") if (words := _clean(words_in(one)))]
        steps = [one for one in steps if one != title and one.lower() not in {"trang chủ", "home"}]
        if steps and len(steps[-1]) <= LONGEST_NAME:
            return steps[-1]
    return None
