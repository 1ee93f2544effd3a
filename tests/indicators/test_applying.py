"""Targets 4 and 1: newsrooms that apply the indicators, units that communicate."""

from __future__ import annotations

from datetime import date

from auditor.indicators.applying import OutletStanding, target1, target4

APPLIES = OutletStanding(1, "Báo và PTTH tỉnh", "press", True, True, 30, True)
TRIES = OutletStanding(2, "Tạp chí Văn nghệ", "press", True, True, 29, True)
NEITHER = OutletStanding(3, "Đài xã Bản Bo", "local", True, False, 200, True)


def test_all_four_conditions_make_an_outlet_apply_and_the_first_two_a_trial() -> None:
    assert [(one.applies, one.tries) for one in (APPLIES, TRIES, NEITHER)] == [
        (True, True), (False, True), (False, False),
    ]  # fmt: skip


def test_groups_stand_apart() -> None:
    found = target4([APPLIES, TRIES, NEITHER])
    assert (found.total.applying, found.total.outlets, found.total.trying) == (1, 3, 1)
    press, local = found.by_group["press"], found.by_group["local"]
    assert (press.applying, press.outlets, press.trying, press.share) == (1, 2, 1, 0.5)
    assert (local.applying, local.outlets, local.share) == (0, 1, 0.0)


def test_nobody_in_scope_gives_no_share() -> None:
    assert target4([]).total.share is None


def test_a_unit_needs_two_events_of_the_year_up_to_the_cut_off() -> None:
    events = [
        ("Bình Lư", date(2026, 3, 8)), ("Bình Lư", date(2026, 11, 15)), ("Bản Bo", date(2026, 3, 8)),
        ("Bản Bo", date(2025, 11, 25)), ("Khun Há", date(2026, 3, 8)), ("Khun Há", date(2026, 11, 16)),
        ("không rõ", date(2026, 1, 1)),
    ]  # fmt: skip
    found = target1(["Bình Lư", "Bản Bo", "Khun Há", "Mù Cả"], events, 2026, date(2026, 11, 15))
    assert found.events == {"Bình Lư": 2, "Bản Bo": 1, "Khun Há": 1, "Mù Cả": 0}
    assert (found.reached, found.units, found.share) == (1, 4, 0.25)
    assert target1([], events, 2026, date(2026, 11, 15)).share is None
