"""How far two reviewers agree, and what is said when nothing can be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.indicators.agreement import LEAST, agreement

CONFIRM, DISMISS, CONSULT = "confirmed", "dismissed", "consult"


def test_kappa_is_that_of_the_textbook() -> None:
    # Of 100, one confirms 70 and dismisses 30, the other 60 and 40; 80 are alike.
    pairs = [(CONFIRM, CONFIRM)] * 55 + [(CONFIRM, DISMISS)] * 15 + [(DISMISS, CONFIRM)] * 5 + [(DISMISS, DISMISS)] * 25
    got = agreement(pairs)
    assert (got.n, got.agreed) == (100, 80)
    # By chance they would agree on 0.7 * 0.6 + 0.3 * 0.4 = 0.54.
    kappa = (0.80 - 0.54) / (1 - 0.54)
    assert got.kappa == pytest.approx(kappa)
    # The formula of 1969 written out for these four cells.
    alike = 0.55 * (1 - 1.3 * (1 - kappa)) ** 2 + 0.25 * (1 - 0.7 * (1 - kappa)) ** 2
    unlike = (1 - kappa) ** 2 * (0.15 * (0.6 + 0.3) ** 2 + 0.05 * (0.4 + 0.7) ** 2)
    error = ((alike + unlike - (kappa - 0.54 * (1 - kappa)) ** 2) / (100 * 0.46**2)) ** 0.5
    assert got.interval == pytest.approx((kappa - 1.96 * error, kappa + 1.96 * error), abs=1e-4)
    assert got.words == "vừa phải"


def test_too_few_findings_give_no_kappa_but_their_number() -> None:
    got = agreement([(CONFIRM, CONFIRM)] * 3 + [(DISMISS, CONFIRM)])
    assert (got.kappa, got.interval, got.n, got.agreed) == (None, None, 4, 3)
    assert "4 phát hiện" in got.why_none
    assert got.observed is not None


def test_no_findings_give_nothing() -> None:
    got = agreement([])
    assert (got.n, got.observed, got.kappa, got.words) == (0, None, None, "")


def test_all_in_one_cell_is_undefined_and_not_perfect() -> None:
    got = agreement([(CONFIRM, CONFIRM)] * 50)
    assert (got.kappa, got.agreed, got.n) == (None, 50, 50)
    assert "cùng một cách" in got.why_none


def test_two_who_always_decide_each_their_own_way_agree_by_no_more_than_chance() -> None:
    got = agreement([(CONFIRM, DISMISS)] * 30)
    assert got.kappa == 0.0
    assert got.words == "không hơn ngẫu nhiên"


def test_two_who_always_agree_on_different_findings_have_one() -> None:
    got = agreement([(CONFIRM, CONFIRM)] * 15 + [(CONSULT, CONSULT)] * 15)
    assert got.kappa == pytest.approx(1.0)
    assert got.words == "gần như hoàn toàn"


PAIRS = st.lists(st.tuples(*[st.sampled_from([CONFIRM, DISMISS, CONSULT])] * 2), min_size=LEAST, max_size=80)


@given(PAIRS)
def test_kappa_never_exceeds_the_observed_agreement_and_does_not_mind_who_is_first(
    pairs: list[tuple[str, str]],
) -> None:
    got = agreement(pairs)
    turned = agreement([(two, one) for one, two in pairs])
    if got.kappa is None or got.interval is None or turned.kappa is None:
        assert got.why_none and len(set(pairs)) == 1
        return
    assert turned.kappa == pytest.approx(got.kappa)
    assert -1 <= got.interval[0] <= got.kappa + 1e-9
    assert got.kappa - 1e-9 <= got.interval[1] <= 1
    assert got.kappa <= got.agreed / got.n + 1e-9
