"""Target 5 as of a day: what is in force, reviewed, clean; what was not reviewed is never clean."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.indicators.targets import (
    Counts,
    Period,
    RegulationStanding,
    Unlawful,
    counted,
    quarter_ends,
    target5,
)

YEAR = Period(date(2026, 1, 1), date(2026, 11, 15))
VILLAGES = {"03390": 12, "03424": 9}


def text(**more: Any) -> RegulationStanding:
    values = {"id": 1, "commune": "03390", "village": "Nà Hum", "adopted_on": date(2024, 5, 12)}
    return RegulationStanding(**{**values, **more})


def total(*texts: RegulationStanding, period: Period = YEAR) -> Counts:
    return target5(texts, VILLAGES, period).total


REVIEWED: dict[str, Any] = {"reviewed_on": date(2026, 4, 2), "verdict": "clean"}
S4 = Unlawful(date(2026, 4, 1))
MENDED = Unlawful(date(2026, 4, 1), date(2026, 4, 20), date(2026, 8, 1))


def test_nothing_in_force_gives_no_share() -> None:
    found = total()
    assert (found.villages, found.in_force, found.share, found.coverage) == (21, 0, None, None)


def test_a_text_not_reviewed_counts_in_a_and_never_in_c() -> None:
    found = total(text())
    assert (found.in_force, found.reviewed, found.clean, found.not_reviewed) == (1, 0, 0, 1)
    assert (found.share, found.coverage) == (0.0, 0.0)


def test_a_reviewed_text_without_unlawful_clauses_is_clean() -> None:
    found = total(text(**REVIEWED), text(id=2))
    assert (found.in_force, found.reviewed, found.clean, found.share) == (2, 1, 1, 0.5)


def test_a_review_of_an_earlier_period_does_not_count_in_this_one() -> None:
    assert total(text(reviewed_on=date(2025, 6, 1), verdict="clean")).reviewed == 0
    assert total(text(reviewed_on=date(2025, 6, 1), verdict="clean"), period=Period(None, YEAR.end)).clean == 1


def test_an_unlawful_clause_counts_until_it_is_mended() -> None:
    found = total(text(reviewed_on=date(2026, 4, 2), verdict="discriminating", unlawful=(S4, MENDED)))
    assert (found.clean, found.discriminating, found.found, found.found_clauses) == (0, 1, 1, 2)
    assert (found.repaired_clauses, found.open_clauses, found.open, found.recommended) == (1, 1, 1, 1)
    assert total(text(**REVIEWED, unlawful=(MENDED,))).clean == 1
    before = total(text(**REVIEWED, unlawful=(MENDED,)), period=Period(YEAR.start, date(2026, 7, 31)))
    assert (before.clean, before.discriminating) == (0, 1)


def test_an_unlawful_clause_of_an_open_review_is_open_and_its_text_not_reviewed() -> None:
    found = total(text(verdict="discriminating", unlawful=(S4,)))
    assert (found.open, found.reviewed, found.discriminating, found.clean) == (1, 0, 0, 0)


def test_a_text_waiting_for_advice_is_reviewed_and_not_clean() -> None:
    found = total(text(reviewed_on=date(2026, 4, 2), verdict="consulting"))
    assert (found.reviewed, found.clean, found.consulting) == (1, 0, 1)


@pytest.mark.parametrize(
    ("more", "in_force"),
    [
        ({"adopted_on": None}, 0),
        ({"adopted_on": None, "recognised_on": date(2024, 6, 1)}, 1),
        ({"adopted_on": date(2026, 11, 16)}, 0),
        ({"adopted_on": date(2026, 11, 15)}, 1),
        ({"replaced_on": date(2026, 11, 15)}, 0),
        ({"replaced_on": date(2026, 11, 16)}, 1),
        ({"states": ((date(2026, 3, 1), "abolished"),)}, 0),
        ({"states": ((date(2026, 12, 1), "abolished"),)}, 1),
        ({"states": ((date(2026, 3, 1), "not_recognised"),)}, 0),
        ({"states": ((date(2026, 3, 1), "suspended"),)}, 1),
        ({"states": ((date(2026, 3, 1), "not_recognised"), (date(2026, 5, 1), "recognised"))}, 1),
        ({"states": ((date(2026, 3, 1), "recognised"), (date(2026, 3, 1), "abolished"))}, 0),
    ],
)
def test_what_is_in_force_on_the_day(more: dict[str, Any], in_force: int) -> None:
    assert total(text(**more)).in_force == in_force


def test_what_happened_in_the_period_is_counted_even_of_texts_no_longer_in_force() -> None:
    found = total(
        text(states=((date(2026, 3, 1), "suspended"), (date(2026, 5, 1), "abolished"))),
        text(id=2, states=((date(2025, 3, 1), "suspended"),)),
        text(id=3, replaced_on=date(2026, 6, 1)),
        text(id=3, adopted_on=date(2026, 6, 1), recognised_on=date(2026, 6, 8)),
        text(id=4, states=((date(2026, 2, 1), "not_recognised"),)),
    )
    assert (found.suspended, found.abolished, found.amended, found.newly_recognised, found.refused) == (1, 1, 1, 1, 1)
    assert (found.in_force, found.recognised) == (2, 1)


def test_quarters_stand_as_of_their_ends() -> None:
    quarters = target5([text(**REVIEWED), text(id=2, adopted_on=date(2026, 8, 1))], VILLAGES, YEAR).by_quarter
    assert [(name, c.clean, c.in_force) for name, c in quarters] == [
        ("2026-Q1", 0, 1), ("2026-Q2", 1, 1), ("2026-Q3", 1, 2), ("2026-Q4", 1, 2),
    ]  # fmt: skip
    assert list(quarter_ends(YEAR)) == [date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30), YEAR.end]
    assert list(quarter_ends(Period(date(2025, 11, 16), date(2026, 1, 5)))) == [date(2025, 12, 31), date(2026, 1, 5)]


def test_a_figure_leads_to_its_texts() -> None:
    texts = [text(**REVIEWED), text(id=2)]
    assert [one.id for one in counted(texts, YEAR, "clean")] == [1]
    assert [one.id for one in counted(texts, YEAR, "not_reviewed")] == [2]


DAYS = st.dates(date(2025, 1, 1), date(2027, 1, 31))
MAYBE = st.none() | DAYS
CLAUSES = st.builds(Unlawful, DAYS, MAYBE, MAYBE)
STATES = st.sampled_from(["adopted", "recognised", "not_recognised", "amending", "suspended", "abolished"])
TEXTS = st.lists(
    st.builds(
        RegulationStanding,
        st.integers(1, 99), st.sampled_from(["03390", "03424", "03445"]), st.just("bản"), MAYBE, MAYBE, MAYBE,
        st.lists(st.tuples(DAYS, STATES), max_size=3).map(tuple), MAYBE,
        st.sampled_from(["unreviewed", "clean", "discriminating", "consulting"]),
        st.lists(CLAUSES, max_size=3).map(tuple),
    ),
    max_size=12,
)  # fmt: skip
PERIODS = st.builds(lambda start, days: Period(start, start + timedelta(days=days)), DAYS, st.integers(0, 500))


@settings(max_examples=60, deadline=None)
@given(TEXTS, PERIODS)
def test_c_is_within_k_and_k_within_a(texts: list[RegulationStanding], period: Period) -> None:
    target = target5(texts, VILLAGES, period)
    for found in (target.total, *target.by_commune.values(), *(counts for _, counts in target.by_quarter)):
        assert 0 <= found.clean <= found.reviewed <= found.in_force
        assert found.clean + found.discriminating + found.consulting == found.reviewed
        assert found.reviewed + found.not_reviewed == found.in_force
        assert found.repaired_clauses + found.open_clauses == found.found_clauses
        assert found.recognised <= found.in_force
        assert (found.share is None) == (found.in_force == 0)
    unreviewed = counted(texts, period, "not_reviewed")
    assert not any(one in counted(texts, period, "clean") for one in unreviewed)
    for one in counted(texts, period, "clean"):
        confirmed = [clause for clause in one.unlawful if clause.confirmed_on <= period.end]
        assert all(clause.repaired_on and clause.repaired_on <= period.end for clause in confirmed)


@settings(max_examples=60, deadline=None)
@given(TEXTS, PERIODS)
def test_the_communes_add_up_to_the_total_and_the_last_quarter(texts: list[RegulationStanding], period: Period) -> None:
    target = target5(texts, VILLAGES, period)
    for one in fields(Counts):
        assert sum(getattr(found, one.name) for found in target.by_commune.values()) == getattr(target.total, one.name)
    assert target.by_quarter[-1][1] == target.total
