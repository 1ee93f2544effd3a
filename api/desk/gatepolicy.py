"""The policy of an outlet as a form: what holds an article, how much may be asked, whether texts are kept."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.access import Visitor
from api.desk.apikeys import Keeper, Words, base_of, limits_of, outlet_of
from api.pages import go, render
from auditor.errors import ApiError, AuditorError
from auditor.record import GENDER_SEVERITIES
from auditor.store import kept, policies

router = APIRouter(prefix="/toa-soan/{outlet:int}/khoa/quy-dinh")
CONFIDENCES: dict[float, str] = {
    0.0: "tính mọi phát hiện",
    0.5: "tính phát hiện chắc từ 50% (như thường lệ)",
    0.7: "tính phát hiện chắc từ 70%",
    0.9: "chỉ tính phát hiện chắc từ 90%",
}
NUMBERS = ("per_minute", "per_day", "keep_days")


@router.get("")
def policy(request: Request, visitor: Keeper, outlet: int) -> Response:
    """Show the policy of an outlet."""
    return _page(request, visitor, outlet)


@router.post("")
def alter(
    request: Request, visitor: Keeper, outlet: int, block: Words = "", review: Words = "", confidence: Words = "",
    per_minute: Words = "", per_day: Words = "", keep_days: Words = "",
) -> Response:  # fmt: skip
    """Change the policy: Sở sets how much may be asked, the outlet alone whether its texts are kept."""
    outlet_of(visitor, outlet)
    given = {"per_minute": per_minute, "per_day": per_day} if visitor.may("outlets") else {"keep_days": keep_days}
    try:
        numbers = {name: _number(words) for name, words in given.items()}
        fresh = {"block": block, "review": review, "confidence": _share(confidence), **numbers}
        with visitor.store.change(visitor.user.id) as change:
            changed = policies.alter(change, outlet, fresh)
    except AuditorError as error:
        entered = {"block": block, "review": review, "confidence": confidence, **given}
        return _page(request, visitor, outlet, trouble=error.message, entered=entered)
    return go(f"{base_of(outlet)}/quy-dinh", "Đã lưu." if changed else "Không có gì thay đổi.")


def _page(
    request: Request, visitor: Visitor, outlet: int, trouble: str = "", entered: dict[str, str] | None = None
) -> Response:
    found = outlet_of(visitor, outlet)
    with visitor.store.read() as db:
        _, policy = policies.of_outlet(db, outlet)
        count = kept.count(db, outlet)
    gate = policies.gate_of(policy)
    numbers: dict[str, Any] = {name: policy.get(name) or "" for name in NUMBERS}
    shown = {"block": gate.block, "review": gate.review, "confidence": gate.confidence, **numbers, **(entered or {})}
    confidences = dict(CONFIDENCES)
    confidences.setdefault(gate.confidence, f"tính phát hiện chắc từ {gate.confidence:.0%}")
    return render(
        request, "apikeys/policy.html", status=422 if trouble else 200, visitor=visitor, outlet=found,
        base=base_of(outlet), staff=visitor.may("outlets"), given=shown, trouble=trouble,
        severities=GENDER_SEVERITIES, confidences=sorted(confidences.items()), usual=limits_of(request),
        limits=limits_of(request).under(policy), keeping=policy.get("keep_days") or 0, count=count,
        longest=policies.LONGEST_KEPT,
    )  # fmt: skip


def _number(words: str) -> int:
    words = words.strip()
    if not words:
        return 0
    if not (words.isascii() and words.isdecimal()) or len(words) > 9 or int(words) == 0:
        raise ApiError("GA463", f"“{words[:20]}” chưa phải số lớn hơn 0. Xin ghi số, hoặc để trống.")
    return int(words)


def _share(words: str) -> float:
    try:
        return float(words)
    except ValueError:
        raise ApiError("GA464", "Xin chọn độ chắc chắn trong danh sách.") from None
