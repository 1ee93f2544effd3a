"""The audit trail in words: what each action is called, and what its details mean.

An action is a subject and a verb (``letter.send``); most read well as verb and subject, the others stand whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auditor.store.trail import Entry
from auditor.store.words import ROLES

SUBJECTS = {
    "article": "tin bài",
    "citation": "căn cứ pháp luật",
    "comment": "ý kiến",
    "event": "hoạt động truyền thông",
    "evidence": "tài liệu minh chứng",
    "finding": "phát hiện",
    "hook": "địa chỉ nhận tin",
    "job": "việc nền",
    "key": "khoá truy cập",
    "letter": "kiến nghị",
    "notice": "thông báo",
    "outlet": "toà soạn",
    "questionnaire": "bảng hỏi",
    "regulation": "hồ sơ quy ước",
    "report": "báo cáo",
    "round": "đợt rà soát",
    "rule": "quy tắc",
    "scan": "lượt đo tin bài",
    "setting": "thiết lập",
    "trail": "nhật ký",
    "unit": "đơn vị",
    "upload": "lần tải lên",
    "user": "người dùng",
    "version": "văn bản",
    "waiver": "miễn trừ có thời hạn",
}
WHOLE = {
    "finding.confirmed": "Xác nhận phát hiện",
    "finding.dismissed": "Bác bỏ phát hiện",
    "finding.consult": "Xin tham vấn về phát hiện",
    "finding.carry": "Chuyển phát hiện sang bản mới",
    "finding.uncarry": "Thôi chuyển phát hiện sang bản mới",
    "finding.repaired": "Ghi nhận phát hiện đã sửa",
    "finding.undo": "Hoàn tác quyết định về phát hiện",
    "hook.start": "Cho báo tin trở lại",
    "hook.stop": "Dừng báo tin vì máy nhận đã thôi nhận",
    "hook.rotate": "Đổi chuỗi bí mật của địa chỉ nhận tin",
    "hook.test": "Báo thử đến địa chỉ nhận tin",
    "kept.expire": "Xoá bài soát đã hết thời gian lưu",
    "kept.remove": "Xoá bài soát đã lưu",
    "letter.changed": "Đổi quyết định về phát hiện đã nêu trong kiến nghị",
    "regulation.state": "Chuyển trạng thái quy ước",
    "regulation.state_undo": "Hoàn tác trạng thái quy ước",
    "outlet.policy": "Đặt chuẩn soát bài của toà soạn",
    "review.close": "Kết thúc rà soát văn bản",
    "review.reopen": "Mở lại rà soát văn bản",
    "round.mark": "Đánh dấu trong đợt rà soát",
    "round.take_in": "Đưa quy ước vào đợt rà soát",
    "second.decide": "Quyết định ở lượt rà soát độc lập",
    "second.finish": "Kết thúc lượt rà soát độc lập",
    "second.take": "Nhận lượt rà soát độc lập",
    "session.open": "Đăng nhập",
    "session.close": "Đăng xuất",
    "trail.verify": "Kiểm tra nhật ký",
    "unit.retire": "Gỡ thôn, bản",
    "units.import": "Nhập danh sách thôn, bản",
    "units.import_undone": "Hoàn tác nhập danh sách",
    "units.seed": "Lập danh sách xã, phường",
    "upload.archive": "Nhận tệp nén",
    "user.password": "Đổi mật khẩu",
    "user.reset": "Đặt lại mật khẩu",
    "user.deactivate": "Khoá tài khoản",
    "user.activate": "Mở khoá tài khoản",
    "version.audited": "Máy soát xong văn bản",
    "version.file": "Xếp văn bản vào hồ sơ",
    "version.hand_in": "Tải lên văn bản",
    "version.unfile": "Đưa văn bản ra khỏi hồ sơ",
    "version.unreadable": "Văn bản không đọc được",
}
VERBS = {
    "accept": "Chấp nhận",
    "add": "Thêm",
    "answer": "Ghi trả lời",
    "approve": "Phê duyệt",
    "ask": "Yêu cầu",
    "begin": "Bắt đầu",
    "assign": "Giao",
    "cancel": "Huỷ",
    "change": "Sửa",
    "claim": "Nhận",
    "close": "Đóng",
    "decide": "Quyết định về",
    "delete": "Xoá",
    "discard": "Bỏ",
    "done": "Xong",
    "draft": "Soạn",
    "end": "Kết thúc",
    "failed": "Không xong",
    "freeze": "Chốt",
    "hand_in": "Nộp",
    "import": "Nhập danh sách",
    "issue": "Ban hành",
    "open": "Mở",
    "put": "Đặt",
    "put_back": "Khôi phục",
    "receive": "Nhận",
    "reject": "Từ chối",
    "remove": "Gỡ",
    "reopen": "Mở lại",
    "restore": "Khôi phục",
    "retry": "Làm lại",
    "review": "Rà soát",
    "revise": "Sửa",
    "revoke": "Thu hồi",
    "rotate": "Đổi",
    "save": "Lưu",
    "second": "Rà soát lần hai",
    "send": "Gửi",
    "submit": "Nộp",
    "take_back": "Rút lại",
    "undo": "Hoàn tác",
    "unapprove": "Thôi phê duyệt",
    "waive": "Miễn trừ",
    "withdraw": "Rút",
    "write": "Viết",
}
DETAILS = {
    "added": "mới",
    "as": "với tư cách",
    "block": "mức giữ bài",
    "by": "thay bằng khoá số",
    "commune": "xã, phường",
    "communes": "số xã, phường",
    "confidence": "độ chắc chắn",
    "count": "số bài",
    "decision": "quyết định",
    "engine": "máy soát",
    "entry": "dòng nhật ký",
    "filename": "tệp",
    "finding": "phát hiện",
    "findings": "phát hiện",
    "host": "máy nhận",
    "households": "số hộ",
    "intact": "nguyên vẹn",
    "keep_days": "số ngày lưu bài",
    "known": "đã có",
    "lines": "số dòng",
    "login": "tên đăng nhập",
    "name": "tên",
    "number": "số",
    "on": "ngày",
    "outlet": "toà soạn",
    "outlet_id": "toà soạn",
    "per_day": "số bài mỗi ngày",
    "per_minute": "số bài mỗi phút",
    "reason": "lý do",
    "regulation": "hồ sơ",
    "removed": "đã gỡ",
    "review": "mức xem lại",
    "role": "vai trò",
    "rulebook": "bộ quy tắc",
    "severity": "mức",
    "sha256": "dấu vân tệp",
    "state": "trạng thái",
    "title": "tên",
    "unit": "đơn vị",
    "unit_id": "đơn vị",
    "version": "văn bản",
    "year": "năm",
    "active": "đang dùng",
}
LONGEST = 120


def action(code: str) -> str:
    """Return an action in words; one that has none reads as it is written."""
    subject, _, verb = code.partition(".")
    if code in WHOLE:
        return WHOLE[code]
    return f"{VERBS[verb]} {SUBJECTS[subject]}" if verb in VERBS and subject in SUBJECTS else code


def subject(entry: Entry) -> str:
    """Return what a line is about: "phát hiện 12"."""
    words = SUBJECTS.get(entry.subject, entry.subject)
    return words if entry.subject_id is None else f"{words} {entry.subject_id}"


def details(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the details of a line as names and values, those without a value left out."""
    return [(DETAILS.get(name, name), _said(name, value)) for name, value in data.items() if value not in (None, "")]


def _said(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, list):
        return f"{len(value)} mục"
    if name == "role":
        return next((words for role, words in ROLES.items() if role == value), str(value))
    words = f"{str(value)[:12]}…" if name == "sha256" else str(value)
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"
