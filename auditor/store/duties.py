"""What is to be seen to before a text is posted and before it is recognised, beside the days to keep."""

from __future__ import annotations

from dataclasses import dataclass, replace

from auditor.record import Basis
from auditor.store.citations import act, decree, ticked_in
from auditor.store.deadlines import POSTING


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing to see to; without a citation it is only good advice."""

    what: str
    basis: tuple[Basis, ...] = ()


BEFORE_POSTING = (
    Duty(
        "Tổ soạn thảo có đủ thành phần; ở vùng đồng bào dân tộc thiểu số có già làng, trưởng bản và người biết tiếng"
        " dân tộc.",
        (decree("8", "2"),),
    ),
    Duty("Nên có cả phụ nữ và nam giới trong tổ soạn thảo và khi lấy ý kiến các hộ."),
    Duty(
        "Nội dung phù hợp pháp luật, đạo đức xã hội; chọn việc cần tự quản ở thôn, bản và không chép lại điều đã có"
        " trong văn bản pháp luật.",
        (decree("4", "1"), decree("5")),
    ),
    Duty("Bản viết bằng tiếng Việt, tên gọi là “Hương ước” hoặc “Quy ước”.", (decree("6"),)),
    Duty(
        f"Niêm yết công khai ít nhất {POSTING} ngày ở nơi các hộ dễ xem, và lấy ý kiến các hộ.",
        (decree("9", "1"), decree("9", "2")),
    ),
)
BEFORE_RECOGNITION = (
    Duty("Cuộc họp có đại diện của trên 50% tổng số hộ.", (decree("10", "1", "a"),)),
    Duty("Trên 50% tổng số đại diện hộ gia đình tán thành.", (decree("10"), act("21", "1"))),
    Duty(
        "Đại diện hộ là người có năng lực hành vi dân sự đầy đủ, đại diện được cho các thành viên trong hộ; luật không"
        " phân biệt nam, nữ.",
        (act("18", "2"),),
    ),
    Duty(
        "Hồ sơ gồm văn bản đề nghị (Mẫu số 01), nghị quyết hoặc biên bản thông qua (Mẫu số 02) và bản đã thông qua.",
        (decree("11", "4"),),
    ),
    Duty("Không công nhận thì trả lời bằng văn bản và nêu rõ lý do.", (decree("11", "3", "b"), act("21", "2"))),
)


def with_ticks(duty: Duty, ticked: frozenset[str]) -> Duty:
    """Return a duty whose citations say which of them a lawyer has ticked."""
    return replace(duty, basis=ticked_in(duty.basis, ticked))
