"""Regulation or article, decided by the text alone, for inputs that do not say what they are."""

from __future__ import annotations

import re

from auditor.documents.interface import Kind

_TITLE = re.compile(r"(?im)^\W*(?:(?:dự thảo\s+)?(?:bản\s+)?(?:hương ước|quy ước|qui ước|nội quy|quy định|quy chế))\b")
_NAMED = re.compile(r"(?i)\b(?:hương ước|quy ước|qui ước|lệ làng|hương lệ)\b")
_ARTICLE = re.compile(r"(?im)^\W*điều\s+\d+[a-zđ]?\s*[.:)\-/]")
_CHAPTER = re.compile(r"(?im)^\W*(?:chương|phần|mục)\s+(?:[ivxlc]+|\d+|thứ\s+\w+)\b")
_CLAUSE = re.compile(r"(?m)^\W*(?:\d{1,2}[.)/]|[a-zđ]\)|khoản\s+\d+)\s*\S")
_HEAD = re.compile(r"(?i)độc lập\s*[-–—]\s*tự do\s*[-–—]\s*hạnh phúc")
_ORDER = re.compile(
    r"(?i)\b(?:nghiêm cấm|không được|phải|có trách nhiệm|bị phạt|phạt|hộ vi phạm|người vi phạm|mỗi hộ|các hộ|bà con)\b"
)
_PRESS = re.compile(
    r"(?i)\b(?:phóng viên|pv\b|theo thông tin|chia sẻ|cho biết|cho hay|nói với|kể lại|kể rằng|"
    r"trao đổi với|bài(?: và|,) ảnh|ảnh:|nguồn:)"
)


def kind_of(text: str) -> Kind:
    """Tell a regulation from an article.

    A title, articles and clauses at the beginning of lines speak for a regulation, reported speech for the press;
    a bare clause without either counts as a regulation when it orders or forbids.

    Returns:
        ``regulation`` or ``article``.
    """
    points = 0.0
    points += 3.0 * bool(_TITLE.search(text[:1500]))
    points += 1.5 * min(2, len(_ARTICLE.findall(text)))
    points += 1.0 * min(2, len(_CHAPTER.findall(text)))
    points += 0.5 * min(4, len(_CLAUSE.findall(text)))
    points += 1.0 * bool(_HEAD.search(text[:1500]))
    points += 0.5 * min(2, len(_NAMED.findall(text)))
    words = max(len(text.split()), 1)
    points += min(1.5, 100.0 * len(_ORDER.findall(text)) / words * 0.5)
    points -= min(3.0, 100.0 * len(_PRESS.findall(text)) / words) + 0.5 * ("“" in text)
    return "regulation" if points >= 1.5 else "article"


def chosen_kind(kind: str, text: str) -> Kind:
    """Return the kind asked for, or for ``auto`` what the text says.

    Raises:
        ValueError: ``kind`` is none of ``auto``, ``regulation``, ``article``.
    """
    if kind == "regulation":
        return "regulation"
    if kind == "article":
        return "article"
    if kind != "auto":
        raise ValueError(f"kind must be auto, regulation or article, not {kind!r}")
    return kind_of(text)
