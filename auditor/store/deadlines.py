"""The days the law counts from what is on record of a regulation (NĐ 61/2023/NĐ-CP, Luật 10/2022/QH15). Pure.

How many days a step takes, and which days are worked, stands in :mod:`auditor.indicators.workdays`. Every
citation is "căn cứ tham khảo" until a lawyer has ticked it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from auditor.indicators import workdays
from auditor.indicators.workdays import RULES
from auditor.record import Basis
from auditor.store.citations import act, decree, ticked_in
from auditor.store.words import State

POSTING = RULES["posting"].days
"""Least number of days a draft is posted (NĐ 61/2023 Đ.9 k.1)."""
VILLAGE, COMMUNE, COMMUNITY = "Trưởng thôn, bản, tổ dân phố", "Ủy ban nhân dân cấp xã", "Cộng đồng dân cư"
COMMUNITY_DAY = (11, 18)
"""Month and day of the yearly review by the community (NĐ 61/2023 Đ.15 k.4)."""

Tone = Literal["good", "wait", "late"]


@dataclass(frozen=True, slots=True)
class Step:
    """A state a regulation entered on a day; ``due_on`` is the day a decision of suspension sets."""

    state: State
    on: date
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """What the commune received: the file for recognition (``file``) or a written report (``report``)."""

    kind: str
    on: date
    answered_on: date | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """One day to keep.

    Attributes:
        what: what is to be done.
        who: who does it.
        due: the last day, or with ``earliest`` the first day it may be done.
        around: another day of the same year does as well.
        done: the day it was done, None where it is not on record.
        sure: the holidays of its year are known.
    """

    key: str
    what: str
    who: str
    due: date
    basis: tuple[Basis, ...]
    earliest: bool = False
    around: bool = False
    done: date | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Standing:
    """How a deadline stands on a day, in words for people."""

    tone: Tone
    words: str


def of_record(steps: Sequence[Step], received: Sequence[Received]) -> tuple[Deadline, ...]:
    """Return the deadlines that follow from the record of a regulation, in the order they fall due.

    Args:
        steps: its states in the order they were entered.
        received: what the commune received about it.
    """
    found: list[Deadline] = []
    for at, step in enumerate(steps):
        later = steps[at + 1 :]
        if step.state == "posted":
            found.append(replace(posting(step.on), done=_first(later, {"adopted"})))
        elif step.state == "adopted":
            files = [one.on for one in received if one.kind == "file" and one.on >= step.on]
            decided = _first(later, {"recognised", "not_recognised"})
            if files or decided is None:
                found.append(replace(sending(step.on), done=min(files, default=None)))
        elif step.state == "suspended" and step.due_on:
            found.append(replace(repairing(step.due_on), done=_first(later, {"recognised", "abolished"})))
    for one in received:
        if one.kind == "file":
            done = _first((step for step in steps if step.on >= one.on), {"recognised", "not_recognised"})
            found.append(replace(recognising(one.on), done=done))
        else:
            found.append(replace(answering(one.on), done=one.answered_on))
    return tuple(sorted(found, key=lambda one: one.due))


def planned(posted: date) -> tuple[Deadline, ...]:
    """Return the days that follow if a draft is posted on a day and every later step is taken on its last day."""
    vote = posting(posted)
    file = sending(vote.due)
    decision = recognising(file.due)
    return vote, file, decision, handing_out(decision.due)


def posting(posted: date) -> Deadline:
    """Return the first day a draft posted on a day may be put to the vote."""
    return Deadline(
        "posting", f"Biểu quyết thông qua, sau khi niêm yết dự thảo ít nhất {POSTING} ngày", COMMUNITY,
        workdays.first_adoption(posted), (decree("9", "1"),), earliest=True,
    )  # fmt: skip


def sending(adopted: date) -> Deadline:
    """Return until when the file for recognition goes to the commune: 5 working days."""
    what = "Gửi hồ sơ đề nghị công nhận đến Ủy ban nhân dân cấp xã (05 ngày làm việc)"
    return _counted("sending", adopted, what, VILLAGE, act("20", "3"), decree("11", "3", "a"))


def recognising(received: date) -> Deadline:
    """Return until when the commune recognises, or refuses in writing with reasons: 5 working days."""
    what = "Ban hành quyết định công nhận, hoặc trả lời bằng văn bản nêu rõ lý do (05 ngày làm việc)"
    return _counted("recognition", received, what, COMMUNE, act("21", "2"), decree("11", "3", "b"))


def handing_out(recognised: date) -> Deadline:
    """Return until when the commune hands the recognised text to the village: 2 working days."""
    what = "Gửi bản đã công nhận cho trưởng thôn, bản và Mặt trận Tổ quốc xã (02 ngày làm việc)"
    return _counted("handing_over", recognised, what, COMMUNE, decree("18", "1", "a"))


def answering(reported: date) -> Deadline:
    """Return until when the commune suspends, or answers that a written report has no ground: 3 working days."""
    what = "Xem xét phản ánh, kiến nghị: quyết định tạm ngừng, hoặc trả lời là không có cơ sở (03 ngày làm việc)"
    return _counted("suspension", reported, what, COMMUNE, decree("12", "2"))


def repairing(due: date) -> Deadline:
    """Return the day the decision of suspension sets for putting the text right."""
    return Deadline(
        "repairing", "Hoàn tất sửa đổi, bổ sung, thay thế theo quyết định tạm ngừng", COMMUNITY, due,
        (decree("12", "3"), decree("14", "2")),
    )  # fmt: skip


def community_review(year: int, done: date | None = None) -> Deadline:
    """Return the day of the yearly review by the community; another important day may be agreed on."""
    return Deadline(
        "community", "Cộng đồng dân cư rà soát, đánh giá hằng năm (ngày 18/11 hoặc một ngày được thống nhất)",
        VILLAGE, date(year, *COMMUNITY_DAY), (decree("15", "4", "a"),), around=True, done=done,
    )  # fmt: skip


def commune_review(year: int, done: date | None = None) -> Deadline:
    """Return until when the commune reviews what it recognised: within the year."""
    return Deadline(
        "commune", "Ủy ban nhân dân cấp xã rà soát hằng năm các bản đã công nhận", COMMUNE,
        date(year, 12, 31), (decree("18", "1", "g"),), done=done,
    )  # fmt: skip


def standing(deadline: Deadline, today: date) -> Standing:
    """Say how a deadline stands: done in time or late, still to come, or overdue by how many days."""
    due, done = deadline.due, deadline.done
    if deadline.earliest:
        if done is not None:
            short = (due - done).days
            if short > 0:
                return Standing("late", f"thông qua ngày {_day(done)}, sớm {short} ngày so với thời hạn niêm yết")
            return Standing("good", f"thông qua ngày {_day(done)}, đã niêm yết đủ {POSTING} ngày")
        if today < due:
            return Standing("wait", f"chưa đủ {POSTING} ngày niêm yết; sớm nhất ngày {_day(due)}")
        return Standing("good", f"đã đủ {POSTING} ngày niêm yết từ ngày {_day(due)}")
    if deadline.around:
        return _around(due, done, today)
    if done is not None:
        over = (done - due).days
        words = f"đã làm ngày {_day(done)}"
        return Standing("late", f"{words}, chậm {over} ngày") if over > 0 else Standing("good", f"{words}, đúng hạn")
    over = (today - due).days
    unsure = "" if deadline.sure else "; tạm tính vì chưa có lịch nghỉ lễ của năm"
    if over > 0:
        return Standing("late", f"quá hạn {over} ngày (đến hạn ngày {_day(due)}{unsure})")
    return Standing("wait", f"đến hạn ngày {_day(due)} ({f'còn {-over} ngày' if over else 'hôm nay'}{unsure})")


def _around(due: date, done: date | None, today: date) -> Standing:
    """Say how a review stands that is due on a day or on another one of the same year."""
    if done is not None:
        return Standing("good", f"đã làm ngày {_day(done)}")
    if today <= due:
        return Standing("wait", f"đến hạn ngày {_day(due)} hoặc ngày cộng đồng thống nhất")
    if today.year == due.year:
        return Standing("wait", f"đã qua ngày {_day(due)}, chưa ghi ngày rà soát")
    return Standing("late", f"quá hạn: năm {due.year} chưa ghi ngày rà soát")


def with_ticks(deadline: Deadline, ticked: frozenset[str]) -> Deadline:
    """Return a deadline whose citations say which of them a lawyer has ticked."""
    return replace(deadline, basis=ticked_in(deadline.basis, ticked))


def _counted(step: workdays.Step, since: date, what: str, who: str, *basis: Basis) -> Deadline:
    """Return the deadline of a step counted in working days."""
    found = workdays.deadline(step, since)
    return Deadline(step, what, who, found.on, basis, sure=found.sure)


def _first(steps: Iterable[Step], states: set[str]) -> date | None:
    return next((step.on for step in steps if step.state in states), None)


def _day(day: date) -> str:
    return day.strftime("%d/%m/%Y")
