"""Regulation or article, decided by the text alone, for inputs that do not say what they are.

Structure speaks first: a title, articles, clauses. A bare sentence has none, so the words of village life and of orders
are weighed against those of reporting: three of four single sentences come out right, whole documents nearly all.
A long text without any structure needs more to be taken for a regulation.
"""

from __future__ import annotations

import re

from auditor.documents.interface import Kind

_TITLE = re.compile(
    r"(?im)^\W*(?:(?:dự thảo\s+)?(?:bản\s+)?(?:hương ước|quy ước|qui ước|nội quy|quy định|quy chế))(?!\w)"
)
_NAMED = re.compile(r"(?i)\b(?:hương ước|quy ước|qui ước|lệ làng|hương lệ)\b")
_ARTICLE = re.compile(r"(?im)^\W*điều\s+\d+[a-zđ]?\s*[.:)\-/]")
_CHAPTER = re.compile(r"(?im)^\W*(?:chương|phần|mục)\s+(?:[ivxlc]+|\d+|thứ\s+\w+)\b")
_CLAUSE = re.compile(r"(?m)^\W*(?:\d{1,2}[.)/]|[a-zđ]\)|khoản\s+\d+)\s*\S")
_HEAD = re.compile(r"(?i)độc lập\s*[-–—]\s*tự do\s*[-–—]\s*hạnh phúc")
_VILLAGE = re.compile(
    r"(?i)\b(?:nghiêm cấm|cấm|không được|phải|bị phạt|phạt|nộp|góp|vi phạm|mỗi hộ|các hộ|chủ hộ|hộ|nhà nào"
    r"|nhà có|bà con|làng"
    r"|thôn|xóm|bản|buôn|dòng họ|trong họ|trưởng họ|quỹ|nhà văn hóa|cúng|thờ|đình|miếu|ruộng|thì|ai|loa|giỗ"
    r"|rể|dâu|con trai"
    r"|con gái|cha mẹ|cháu)\b"
)
_PRESS = re.compile(
    r"(?i:\b(?:phóng viên|theo thông tin|chia sẻ|cho biết|cho hay|cho rằng|nói với|kể|trao đổi với|bài và ảnh|ảnh|nguồn"
    r"|giám đốc|bác sĩ|công ty|doanh nghiệp|bệnh viện|nghiên cứu|chuyên gia|khiến|tôi|bạn|nhưng|vừa|chẳng"
    r"|tăng|so với|năm nay"
    r"|hôm|sáng|chiều|tối|họp báo|nữ sinh|tuyển|mạng|đẹp|cười|mắt)\b)|“|\bnăm 20\d\d\b|\d%"
    r"|\b(?:[Cc]hị|[Aa]nh|[Ôô]ng|[Bb]à|[Cc]ô|[Ee]m) (?=[^\W\d_a-zà-ỹđ])"
)

LONG = 600
ENOUGH = 0.4
ENOUGH_LONG = 1.2


def kind_of(text: str) -> Kind:
    """Tell a regulation from an article.

    Returns:
        ``regulation`` or ``article``.
    """
    points = 3.0 * bool(_TITLE.search(text[:1500]))
    points += 1.5 * min(2, len(_ARTICLE.findall(text)))
    points += 1.0 * min(2, len(_CHAPTER.findall(text)))
    points += 0.5 * min(4, len(_CLAUSE.findall(text)))
    points += 1.0 * bool(_HEAD.search(text[:1500]))
    points += 0.5 * min(2, len(_NAMED.findall(text)))
    village, press = len(_VILLAGE.findall(text)), len(_PRESS.findall(text))
    points += 3.0 * (village - 1.3 * press) / (village + press + 3)
    return "regulation" if points > (ENOUGH if len(text) < LONG else ENOUGH_LONG) else "article"


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
