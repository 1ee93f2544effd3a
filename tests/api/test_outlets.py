"""Outlets as Sở and the newsroom itself see them."""

from __future__ import annotations

import pytest

from auditor.scanjob import run_scan
from auditor.store import articles, conditions, questionnaires, scans
from auditor.store.clock import today
from tests.indicators.records import article, finding
from tests.indicators.records import person as someone_named

PROOF = {"year": "2026", "subject": "decision", "number": "12/QĐ", "on_date": "2026-01-05"}
HERE = "/toa-soan-cua-toi"


def _file(name: str = "qd.pdf", data: bytes = b"%PDF-1") -> dict:
    return {"file": (name, data, "text/html")}


def _answers() -> dict[str, str]:
    fields = {}
    for question in questionnaires.indicators().questions():
        if question.answer == "yes_no":
            fields[f"{question.id}-answer"] = "yes"
        elif question.answer == "count_by_sex":
            fields |= {f"{question.id}-women": "3", f"{question.id}-men": "0"}
        else:
            fields[f"{question.id}-text"] = "hai lần"
    return fields


@pytest.fixture
def measured(store, person):
    """Have 40 articles measured, 10 of them with a finding; return the reviewer."""
    officer = person("reviewer")
    lines = [
        article(
            f"bai-{i}", someone_named("female", quoted="direct"), title=f"Bài {i}", outlet=None,
            findings=(finding("f"),) if i < 10 else (),
        ).to_json()
        for i in range(40)
    ]  # fmt: skip
    officer.post("/toa-soan/1/do", {"year": "2026"}, files=_file("bai.jsonl", "\n".join(lines).encode()))
    _work(store)
    return officer


def _work(store) -> None:
    """Do what the worker does with jobs of this kind."""
    with store.read() as db:
        waiting = db.execute("SELECT id, payload FROM jobs WHERE state = 'queued'").fetchall()
    for row in waiting:
        keep = run_scan(store, scans.loaded(row["payload"]))
        with store.change() as change:
            keep(change)
            change.update("jobs", row["id"], {"state": "done"})


def _where(store):
    with store.read() as db:
        (found,) = conditions.of_year(db, 2026, today(), outlet_id=1)
    return found


def test_an_outlet_is_added_and_changed(person):
    officer = person("reviewer")
    page = officer.post("/toa-soan/them", {"name": "Tạp chí Văn nghệ", "kind": "press", "in_scope": "1"})
    assert "thuộc phạm vi" in page.text
    page = officer.post("/toa-soan/2/sua", {"name": "Tạp chí Văn nghệ", "kind": "press", "scope_note": "QĐ 5"})
    assert "ngoài phạm vi" in page.text
    assert "QĐ 5" in page.text


def test_two_outlets_cannot_have_one_name(person):
    answer = person("reviewer").post("/toa-soan/them", {"name": "báo lai châu", "kind": "press"})
    assert (answer.status_code, "GA372" in answer.text) == (422, True)


def test_a_file_of_the_newsroom_waits_until_the_office_accepts_it(person, store):
    person("newsroom").post(f"{HERE}/minh-chung", PROOF, files=_file())
    assert _where(store).decision == "waiting"
    person("reviewer").post("/toa-soan/1/minh-chung/1/chap-nhan")
    assert _where(store).decision == "met"
    answer = person("newsroom").post(f"{HERE}/minh-chung/1/go")
    assert "GA444" in answer.text


def test_a_file_is_handed_out_to_be_saved_and_never_as_a_page(person):
    officer = person("reviewer")
    officer.post("/toa-soan/1/minh-chung", PROOF, files=_file("quyết định.html", b"<script>"))
    answer = officer.get("/toa-soan/1/minh-chung/1")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")


def test_a_removed_file_counts_no_longer_and_can_be_put_back(person, store):
    officer = person("reviewer")
    officer.post("/toa-soan/1/minh-chung", PROOF, files=_file())
    officer.post("/toa-soan/1/minh-chung/1/go")
    assert _where(store).decision == "none"
    officer.post("/toa-soan/1/minh-chung/1/khoi-phuc")
    assert _where(store).decision == "met"


def test_a_decision_without_its_number_is_refused(person):
    answer = person("reviewer").post("/toa-soan/1/minh-chung", {**PROOF, "number": ""}, files=_file())
    assert "GA376" in answer.text


def test_a_draft_is_kept_and_only_a_complete_questionnaire_is_submitted(person, store):
    editor = person("newsroom")
    editor.post(f"{HERE}/bang-hoi", {"year": "2026", "A1.1.a-women": "2", "do": "save"})
    assert 'value="2"' in editor.get(f"{HERE}/bang-hoi?nam=2026").text
    refused = editor.post(f"{HERE}/bang-hoi", {"year": "2026", "A1.1.a-women": "4", "do": "submit"})
    assert refused.status_code == 422
    assert "A1.1.b" in refused.text
    assert 'value="4"' in editor.get(f"{HERE}/bang-hoi?nam=2026").text
    editor.post(f"{HERE}/bang-hoi", {"year": "2026", "do": "submit", **_answers()})
    assert _where(store).questionnaire == "met"
    editor.post(f"{HERE}/bang-hoi/mo-lai?nam=2026")
    assert _where(store).questionnaire == "none"


def test_a_submitted_questionnaire_is_closed(person):
    editor = person("newsroom")
    editor.post(f"{HERE}/bang-hoi", {"year": "2026", "do": "submit", **_answers()})
    assert "GA373" in editor.post(f"{HERE}/bang-hoi", {"year": "2026", "do": "save"}).text


def test_a_word_in_place_of_a_number_is_told(person):
    answer = person("newsroom").post(f"{HERE}/bang-hoi", {"year": "2026", "A1.1.a-women": "vài"})
    assert "GA446" in answer.text


def test_articles_are_measured_and_suggestions_are_no_figures(measured, store):
    assert _where(store).measurement == "met"
    page = measured.get("/toa-soan/1?nam=2026").text
    assert "<strong>40</strong> tin bài" in page
    assert "chưa xác nhận: 10/40" in page


def test_confirmed_findings_count_after_counting_again(measured, store):
    with store.read() as db:
        found = articles.of_scan(db, 1, "open", 20, 0)
    for place, one in enumerate(found):
        said = {"d-f": "confirmed" if place < 4 else "dismissed", "reason": "đọc câu", "year": "2026"}
        measured.post(f"/toa-soan/1/bai/{one.id}", said)
    measured.post("/toa-soan/1/do/1/tinh-lai")
    _work(store)
    page = measured.get("/toa-soan/1?nam=2026").text
    assert "<strong>4/40</strong>" in page


def test_a_decision_on_an_article_can_be_taken_back(measured, store):
    measured.post("/toa-soan/1/bai/1", {"d-f": "confirmed", "year": "2026"})
    with store.read() as db:
        assert articles.count(db, 1, "open") == 9
    measured.post("/toa-soan/1/bai/1/hoan-tac")
    with store.read() as db:
        assert articles.count(db, 1, "open") == 10


def test_a_file_without_articles_of_the_year_says_why(person, store):
    officer = person("reviewer")
    line = article("a", outlet=None).to_json()
    officer.post("/toa-soan/1/do", {"year": "2024"}, files=_file("a.jsonl", line.encode()))
    _work(store)
    assert "GA312" in officer.get("/toa-soan/1?nam=2024").text


def test_the_newsroom_sees_its_findings_but_decides_none(measured, person):
    page = person("newsroom").get(f"{HERE}/bai?nam=2026").text
    assert "Máy gợi ý, chưa có người xác nhận" in page
    assert 'type="radio"' not in page


def test_the_list_counts_before_it_divides(person):
    page = person("reviewer").get("/toa-soan?nam=2026").text
    assert "<strong>0/1</strong>" in page


def test_a_newsroom_sees_no_list_of_outlets(person):
    assert person("newsroom").get("/toa-soan").status_code == 403


def test_where_an_outlet_stood_is_told_as_of_a_day(person, store):
    person("reviewer").post("/toa-soan/1/minh-chung", PROOF, files=_file())
    with store.read() as db:
        (before,) = conditions.of_year(db, 2026, today().replace(year=today().year - 1), outlet_id=1)
    assert before.decision == "none"
