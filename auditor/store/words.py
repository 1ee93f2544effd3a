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
DECISIONS: dict[str, str] = {
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
