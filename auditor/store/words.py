"""The words for states and kinds: how the store writes them, and how people read them."""

from __future__ import annotations

from typing import Literal

Role = Literal["admin", "reviewer", "legal", "commune", "newsroom", "viewer"]
ROLES: dict[Role, str] = {
    "admin": "quản trị",
    "reviewer": "rà soát viên",
    "legal": "pháp chế",
    "commune": "cán bộ xã",
    "newsroom": "toà soạn",
    "viewer": "chỉ xem",
}

State = Literal["draft", "posted", "adopted", "recognised", "not_recognised", "amending", "suspended", "abolished"]
STATES: dict[State, str] = {
    "draft": "dự thảo",
    "posted": "niêm yết",
    "adopted": "thông qua",
    "recognised": "công nhận",
    "not_recognised": "không công nhận",
    "amending": "sửa đổi",
    "suspended": "tạm ngừng",
    "abolished": "bãi bỏ",
}

Verdict = Literal["unreviewed", "clean", "discriminating", "consulting"]
VERDICTS: dict[Verdict, str] = {
    "clean": "không có phân biệt đối xử",
    "discriminating": "có phân biệt đối xử",
    "consulting": "chờ tham vấn",
    "unreviewed": "chưa rà soát",
}

Decision = Literal["confirmed", "dismissed", "consult"]
FindingState = Literal["suggested", "confirmed", "dismissed", "consult"]
DECISIONS: dict[FindingState, str] = {
    "suggested": "máy gợi ý",
    "confirmed": "đã xác nhận",
    "dismissed": "đã bác bỏ",
    "consult": "cần tham vấn",
}

Repair = Literal["open", "recommended", "repaired"]
REPAIRS: dict[Repair, str] = {
    "open": "chưa kiến nghị",
    "recommended": "đã kiến nghị",
    "repaired": "đã sửa",
}

CONFIRMS: dict[Role, frozenset[str]] = {
    "legal": frozenset({"S4", "S4x", "S3", "S2", "S1"}),
    "commune": frozenset({"S4"}),
    "reviewer": frozenset({"S3", "S2", "S1"}),
}
"""Which severities a role may confirm: unlawful ones only those who answer for the law (Sở Tư pháp, UBND cấp xã)."""

DISMISSES: dict[Role, frozenset[str]] = {
    "legal": frozenset({"S4", "S4x", "S3", "S2", "S1", "S0"}),
    "reviewer": frozenset({"S4", "S4x", "S3", "S2", "S1", "S0"}),
    "commune": frozenset(),
}
"""Which severities a role may dismiss: a commune none, for it answers for the regulation it would clear."""

CLOSES: frozenset[Role] = frozenset({"legal", "reviewer"})
"""Who may close a review and so make a text count as clean: never the commune whose text it is."""

REASONS: dict[Decision, tuple[str, ...]] = {
    "confirmed": (
        "Điều khoản đang áp dụng và đúng như phát hiện nêu",
        "Quyền hoặc nghĩa vụ khác nhau chỉ vì giới tính",
        "Trái quy định của pháp luật đã dẫn",
    ),
    "dismissed": (
        "Điều khoản cấm, phê phán hoặc đã bỏ tục này",
        "Áp dụng như nhau cho nam và nữ",
        "Là biện pháp thúc đẩy bình đẳng giới hoặc bảo vệ người mẹ",
        "Máy đọc sai chữ hoặc hiểu sai câu",
    ),
    "consult": (
        "Cần pháp chế xác định có trái luật không",
        "Cần hỏi xã, bản về cách đang áp dụng",
        "Cần đối chiếu với bản gốc",
    ),
}
"""Common reasons of decisions, to be chosen with or instead of one's own words."""
