"""Heading or norm? A heading names, a norm orders; in doubt it is a norm, for only norms are judged."""

from __future__ import annotations

import re

HEADING_WORDS = 20
_CLOSED = (".", ";", ":", "!", "?", "…", ",")
_DUTY = re.compile(
    r"\b(?:phải|được|không|chẳng|chớ|đừng|chỉ|cấm|bị|thì|đều|cần|nên|hãy|là|do|ưu tiên|miễn|phạt|nộp"
    r"|giao|theo|thuộc về|mới)\b",
    re.IGNORECASE,
)
_NAMES = re.compile(
    r"(?:những|các|quyền|nghĩa vụ|trách nhiệm|việc|quy định|nguyên tắc|mục đích|phạm vi|đối tượng"
    r"|hiệu lực|hành vi|điều (?:khoản|cấm)"
    r"|công tác|chế độ|tổ chức|về|xử lý|khen thưởng|hình thức|nội dung|mức|quỹ|lễ|tục|nếp sống|thủ tục"
    r"|trình tự|giải thích"
    r"|điều kiện|tiêu chuẩn|danh sách|một số|phần|căn cứ|lời nói đầu|biện pháp)\b",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"(?:con (?:trai|gái|dâu|rể|út|cả|trưởng|cái)|đàn (?:ông|bà)|phụ nữ|nam|nữ|vợ|chồng|trai|gái|cha|mẹ"
    r"|bố|người|mỗi|mọi|ai|ông|bà"
    r"|dâu|rể|hộ|chủ hộ|nhà nào|gia đình nào|trưởng (?:bản|thôn|họ)|dòng họ)\b",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:sau đây|như sau|dưới đây|(?:hành vi|việc|trường hợp|điều|nội dung|mức|người) sau)\s*[.…]*$", re.IGNORECASE
)


def names(words: str) -> bool:
    """Tell whether some words only name a subject: short, not closed, and neither order nor tell who does what."""
    words = words.strip()
    count = len(words.split())
    if not words or count > HEADING_WORDS or words.endswith(_CLOSED) or re.search(r"[.;:!?]\s", words):
        return False
    if _PEOPLE.match(words) and count > 4:
        return False
    duty = _DUTY.search(words)
    return duty is None or (_NAMES.match(words) is not None and "," not in words)


def is_capital(words: str) -> bool:
    """Tell whether a line is set in capitals."""
    letters = [letter for letter in words if letter.isalpha()]
    return len(letters) > 2 and sum(letter.isupper() for letter in letters) >= 0.85 * len(letters)


def leads(words: str) -> bool:
    """Tell whether a line introduces a list."""
    return words.rstrip(' \t\n"”’»)').endswith(":") or _LEAD.search(words.rstrip()) is not None


def is_open(words: str) -> bool:
    """Tell whether a line is left without a closing mark."""
    return not words.rstrip().endswith(_CLOSED)
