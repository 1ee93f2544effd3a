"""Whatever the desk cites can be ticked by a lawyer."""

from __future__ import annotations

from auditor.store import approvals, citations, cited
from tests.reviewed import person


def test_all_that_deadlines_duties_letters_and_reports_cite_stands_in_the_rulebook() -> None:
    known = cited.everything()
    missing = {citations.key(basis) for _, basis in cited.by_desk()} - set(known)
    assert not missing


def test_what_the_desk_cites_of_the_decree_and_the_act_comes_with_the_words_of_the_law() -> None:
    for place, basis in cited.by_desk():
        one = cited.everything()[citations.key(basis)]
        assert one.citation.text and place in one.places
        assert one.citation.provision.sure == "V" and not one.citation.provision.reviewed


def test_a_provision_names_the_rules_that_rest_on_it() -> None:
    assert "HU-PROP-01" in cited.everything()["LBDG:40.1.c"].rules


def test_a_deadline_is_cited_as_reviewed_once_a_lawyer_has_ticked_its_provision(store) -> None:
    key = "ND61:9.1"
    assert key not in _reviewed(store)
    with store.change() as change:
        legal = person(change, "phapche", "legal")
    with store.change(legal.id) as change:
        approvals.approve(change, "citation", key, cited.everything()[key].citation.fingerprint, True, "đúng Công báo")
    assert key in _reviewed(store)


def _reviewed(store) -> frozenset[str]:
    with store.read() as db:
        return approvals.reviewed_citations(db)
