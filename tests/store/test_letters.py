"""Letters to communes, and what they do to findings."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from auditor.errors import StoreError
from auditor.store import clock, files, findings, letterlist, letters, recommendations
from tests.store import desk

PAPER = recommendations.PAPER
TODAY = clock.today()


@pytest.fixture
def case(store):
    """Return a store, a lawyer, and a version with two confirmed findings and one dismissed."""
    with store.change() as change:
        user = desk.person(change)
        regulation = desk.regulation(change)
        sway = desk.finding(desk.OLD, "Mỗi quý họp một lần vào ngày rằm.", "HU-LANG-01", "HU-LANG", "S1")
        version = desk.text(change, regulation, desk.OLD, *desk.both(), sway)
        ids = [one.id for one in findings.of_version(change.db, version.id)]
        for id in ids:
            rule = findings.get(change.db, id).finding.rule
            findings.decide(change, id, user, "dismissed" if rule == "HU-LANG-01" else "confirmed", "Có lý do.")
    return store, user, version


def written(change, version, due=None):
    ids = [one.id for one in letters.candidates(change.db, version.id)]
    return letters.draft(change, version.id, ids, PAPER, due)


def sent(change, letter, due=None):
    file = files.keep(change, f"thư {letter.id}".encode(), "thu.docx")
    return letters.send(change, letter.id, "12/SVHTTDL", TODAY - timedelta(days=20), due, file)


def repairs(change, version):
    return [one.repair for one in findings.of_version(change.db, version.id)]


def test_only_confirmed_findings_can_be_asked_for_and_each_in_one_letter(case):
    store, user, version = case
    with store.change(user.id) as change:
        offered = letters.candidates(change.db, version.id)
        assert {one.state for one in offered} == {"confirmed"}
        assert len(offered) == 2
        dismissed = next(one.id for one in findings.of_version(change.db, version.id) if one.state == "dismissed")
        for ids in ([], [dismissed]):
            with pytest.raises(StoreError, match="GA365"):
                letters.draft(change, version.id, ids, PAPER)
        letter = written(change, version)
        assert letters.candidates(change.db, version.id) == []
        assert len(letters.candidates(change.db, version.id, letter)) == 2


def test_sending_recommends_the_findings_and_undo_opens_them_again(case):
    store, user, version = case
    with store.change(user.id) as change:
        letter = sent(change, written(change, version))
        assert repairs(change, version).count("recommended") == 2
        assert letters.undo(change, letter.id).state == "draft"
        assert set(repairs(change, version)) == {"open"}


def test_a_letter_goes_from_sent_to_answered_to_closed_and_back(case):
    store, user, version = case
    with store.change(user.id) as change:
        letter = sent(change, written(change, version))
        assert letters.answered(change, letter.id, TODAY, "Xã đã hướng dẫn bản sửa.").answer
        assert letters.close(change, letter.id).state == "closed"
        with pytest.raises(StoreError, match="GA366"):
            letters.withdraw(change, letter.id)
        assert letters.undo(change, letter.id).state == "answered"
        assert letters.undo(change, letter.id).state == "sent"


def test_withdrawing_opens_the_findings_and_frees_them_for_another_letter(case):
    store, user, version = case
    with store.change(user.id) as change:
        letter = sent(change, written(change, version))
        letters.withdraw(change, letter.id)
        assert set(repairs(change, version)) == {"open"}
        written(change, version)
        with pytest.raises(StoreError, match="GA365"):
            letters.undo(change, letter.id)


def test_a_letter_without_number_or_from_tomorrow_is_not_sent(case):
    store, user, version = case
    with store.change(user.id) as change:
        letter = written(change, version)
        file = files.keep(change, b"x", "thu.docx")
        with pytest.raises(StoreError, match="GA367"):
            letters.send(change, letter.id, " ", TODAY, None, file)
        with pytest.raises(StoreError, match="GA367"):
            letters.send(change, letter.id, "1", TODAY + timedelta(days=1), None, file)


def test_a_letter_is_not_sent_about_a_finding_that_is_no_longer_confirmed(case):
    store, user, version = case
    with store.change(user.id) as change:
        letter = written(change, version)
        findings.undo(change, letters.found_in(change.db, letter)[0].id, user)
        assert len(recommendations.recommendation(change.db, letter).items) == 1
        with pytest.raises(StoreError, match="GA365"):
            sent(change, letter)


def test_letters_past_due_are_counted_and_come_first(case):
    store, user, version = case
    with store.change(user.id) as change:
        first, second = letters.candidates(change.db, version.id)
        late = sent(change, letters.draft(change, version.id, [first.id], PAPER), TODAY - timedelta(days=3))
        letters.draft(change, version.id, [second.id], PAPER)
        found, total = letterlist.listed(change.db, TODAY)
        assert (total, found[0].letter.id, found[0].letter.overdue(TODAY)) == (2, late.id, 3)
        assert letterlist.overdue(change.db, TODAY) == 1
        assert letterlist.listed(change.db, TODAY, state="overdue")[1] == 1
        assert letterlist.listed(change.db, TODAY, only_sent=True)[1] == 1
        assert letterlist.listed(change.db, TODAY, commune=0) == ([], 0)
        letters.answered(change, late.id, TODAY, "")
        assert letterlist.overdue(change.db, TODAY) == 0


def test_the_paper_asks_for_suspension_and_never_for_a_fine(case):
    store, user, version = case
    with store.change(user.id) as change:
        letter = written(change, version, date(2026, 12, 31))
        asked = recommendations.recommendation(change.db, letter)
        assert asked.commune == "Ủy ban nhân dân xã Bình Lư"
        assert [item.quote for item in asked.items] == [desk.VOTE, desk.LAND]
        assert {item.confirmed_by for item in asked.items} == {"pháp chế"}
        assert user.name not in asked.model_dump_json()
        words = docx_words(recommendations.letter_docx(asked, letter, number="12/SVHTTDL", day=TODAY))
    assert "12/SVHTTDL" in words
    assert "Điều 12" in words
    assert "xử phạt" not in words.replace("không nhằm xử phạt", "")
    assert "phạt tiền" not in words


def test_the_annotated_text_has_a_comment_for_each_finding_asked_for(case):
    store, user, version = case
    with store.change(user.id) as change:
        letter = written(change, version)
        data = recommendations.annotated(change.db, version.id, letters.found_in(change.db, letter))
    assert len(comments(data)) == 2


def docx_words(data: bytes) -> str:
    import io

    import docx

    document = docx.Document(io.BytesIO(data))
    return "\n".join("".join(node.itertext()) for node in document.element.body.iterchildren())


def comments(data: bytes) -> list[str]:
    import io

    import docx

    return [one.text for one in docx.Document(io.BytesIO(data)).comments]
