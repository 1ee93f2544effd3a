"""What an outlet lets out, holds and keeps: the policy its checks are judged by.

The policy is what was set; what it does not name is as usual. Zero stands for "as usual" where a number was taken back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any, get_args

from auditor.checks.gate import Level, Policy
from auditor.errors import StoreError
from auditor.store import kept
from auditor.store.database import Change, loaded, missing

LONGEST_KEPT = kept.LONGEST
MOST_PER_MINUTE, MOST_PER_DAY = 10_000, 1_000_000
"""Limits that staff may give an outlet at most."""
LEVELS: tuple[str, ...] = get_args(Level)


def of_outlet(db: sqlite3.Connection, outlet_id: int) -> tuple[str, Mapping[str, Any]]:
    """Return the name of an outlet and its policy.

    Raises:
        StoreError: GA331, there is no such outlet.
    """
    row = db.execute("SELECT name, policy FROM outlets WHERE id = ?", [outlet_id]).fetchone()
    if row is None:
        raise missing()
    return row["name"], loaded(row["policy"])


def gate_of(policy: Mapping[str, object]) -> Policy:
    """Return the rules of the gate that a policy makes."""
    return Policy.model_validate({name: policy[name] for name in Policy.model_fields if name in policy})


def alter(change: Change, outlet_id: int, policy: Mapping[str, Any]) -> bool:
    """Give an outlet another policy; what is not named stays as it was. Say whether anything changed.

    Kept texts that are older than the policy now allows are deleted in the same change.

    Raises:
        StoreError: GA331 there is no such outlet; GA397 a value is not one that can be used.
    """
    _, before = of_outlet(change.db, outlet_id)
    fresh = {name: value for name, value in policy.items() if before.get(name) != value}
    _check(fresh)
    if not fresh:
        return False
    change.update("outlets", outlet_id, {"policy": {**before, **fresh}})
    change.note("outlet.policy", "outlet", outlet_id, **fresh)
    if "keep_days" in fresh:
        kept.expire(change, outlet_id)
    return True


def _check(policy: Mapping[str, Any]) -> None:
    numbers = {"per_minute": MOST_PER_MINUTE, "per_day": MOST_PER_DAY, "keep_days": LONGEST_KEPT}
    for name, value in policy.items():
        if name in ("block", "review"):
            fits = value in LEVELS
        elif name == "confidence":
            fits = isinstance(value, int | float) and 0 <= value <= 1
        else:
            fits = name in numbers and isinstance(value, int) and 0 <= value <= numbers[name]
        if not fits:
            raise StoreError("GA397", _OFF.get(name, "Chuẩn soát bài không có mục này. Xin tải lại trang rồi làm lại."))


_OFF = {
    "block": "Xin chọn mức giữ bài trong danh sách.",
    "review": "Xin chọn mức xem lại trong danh sách.",
    "confidence": "Xin chọn độ chắc chắn trong danh sách.",
    "per_minute": f"Số bài mỗi phút từ 1 đến {MOST_PER_MINUTE}; để trống là mức chung.",
    "per_day": f"Số bài mỗi ngày từ 1 đến {MOST_PER_DAY}; để trống là mức chung.",
    "keep_days": f"Số ngày lưu bài từ 1 đến {LONGEST_KEPT}; để trống là không lưu.",
}
