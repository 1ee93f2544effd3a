"""The days the law counts, across weekends and holidays."""

from __future__ import annotations

from datetime import date

import pytest

from auditor.store import citations, deadlines
from auditor.store.deadlines import Received, Step, standing


def day(words: str) -> date:
    return date.fromisoformat(words)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        pytest.param("2026-11-02", 5, "2026-11-09", id="five working days over a weekend"),
        pytest.param("2026-11-06", 5, "2026-11-13", id="from a Friday"),
        pytest.param("2026-11-07", 5, "2026-11-13", id="from a Saturday"),
        pytest.param("2026-02-13", 5, "2026-02-27", id="five over Tết"),
        pytest.param("2026-04-29", 5, "2026-05-08", id="five over 30/4 and 1/5"),
        pytest.param("2026-08-31", 5, "2026-09-09", id="five over 2/9"),
    ],
)
def test_the_file_goes_to_the_commune_within_five_working_days(start, days, due):
    assert deadlines.sending(day(start)).due == day(due)
    assert deadlines.recognising(day(start)).due == day(due)


@pytest.mark.parametrize(
    ("start", "due"),
    [
        pytest.param("2026-11-02", "2026-11-05", id="within a week"),
        pytest.param("2026-11-05", "2026-11-10", id="over a weekend"),
        pytest.param("2026-02-13", "2026-02-25", id="over Tết"),
        pytest.param("2026-04-29", "2026-05-06", id="over 30/4 and 1/5"),
        pytest.param("2026-08-31", "2026-09-07", id="over 2/9"),
    ],
)
def test_a_written_report_is_answered_within_three_working_days(start, due):
    assert deadlines.answering(day(start)).due == day(due)


def test_a_draft_is_voted_on_after_thirty_whole_days_of_the_calendar():
    assert deadlines.posting(day("2026-01-20")).due == day("2026-02-20")


def test_a_plan_puts_every_later_step_on_its_last_day():
    keys = [(one.key, one.due) for one in deadlines.planned(day("2026-03-02"))]
    assert keys == [
        ("posting", day("2026-04-02")),
        ("sending", day("2026-04-09")),
        ("recognition", day("2026-04-16")),
        ("handing_over", day("2026-04-20")),
    ]


@pytest.mark.parametrize(
    ("today", "tone", "words"),
    [
        ("2026-11-02", "wait", "đến hạn ngày 05/11/2026 (còn 3 ngày)"),
        ("2026-11-05", "wait", "đến hạn ngày 05/11/2026 (hôm nay)"),
        ("2026-11-09", "late", "quá hạn 4 ngày (đến hạn ngày 05/11/2026)"),
    ],
)
def test_an_open_deadline_says_when_it_is_due_or_by_how_many_days_it_is_late(today, tone, words):
    found = standing(deadlines.answering(day("2026-11-02")), day(today))
    assert (found.tone, found.words) == (tone, words)


def test_a_year_whose_holidays_are_not_known_is_told():
    found = standing(deadlines.sending(day("2060-02-02")), day("2060-02-03"))
    assert "tạm tính" in found.words


def test_a_posting_cut_short_is_told():
    steps = [Step("posted", day("2026-03-02")), Step("adopted", day("2026-03-14"))]
    posted = next(one for one in deadlines.of_record(steps, []) if one.key == "posting")
    found = standing(posted, day("2026-03-20"))
    assert found.tone == "late"
    assert "sớm 19 ngày" in found.words


def test_what_was_done_in_time_is_told_as_such():
    steps = [
        Step("posted", day("2026-03-02")),
        Step("adopted", day("2026-04-02")),
        Step("recognised", day("2026-04-10")),
    ]
    received = [Received("file", day("2026-04-06"))]
    tones = {one.key: standing(one, day("2026-05-01")).tone for one in deadlines.of_record(steps, received)}
    assert tones == {"posting": "good", "sending": "good", "recognition": "good"}


def test_a_suspended_text_is_to_be_put_right_by_the_day_of_its_decision():
    steps = [Step("recognised", day("2025-03-02")), Step("suspended", day("2026-03-02"), day("2026-05-02"))]
    (one,) = deadlines.of_record(steps, [])
    assert standing(one, day("2026-05-05")).words == "quá hạn 3 ngày (đến hạn ngày 02/05/2026)"


@pytest.mark.parametrize(("today", "tone"), [("2026-10-01", "wait"), ("2026-12-01", "wait"), ("2027-01-02", "late")])
def test_the_community_may_review_on_another_day_of_the_year(today, tone):
    assert standing(deadlines.community_review(2026), day(today)).tone == tone


def test_a_citation_is_only_for_reference_until_a_lawyer_has_ticked_it():
    one = deadlines.posting(day("2026-03-02"))
    assert not one.basis[0].reviewed
    assert citations.key(one.basis[0]) == "ND61:9.1"
    assert deadlines.with_ticks(one, frozenset({"ND61:9.1"})).basis[0].reviewed
