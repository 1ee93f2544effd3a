"""The rules and their approval."""

from __future__ import annotations

import re

from auditor.store import approvals
from tests.reviewed import hand_in, of


def _form(page: str, subject: str) -> dict[str, str]:
    form = next(one for one in re.findall(r"<form.*?</form>", page, re.S) if f'value="{subject}"' in one)
    return dict(re.findall(r'name="(subject|key|read|approved)" value="([^"]*)"', form))


def test_a_shipped_rule_is_a_pilot_until_a_lawyer_approves_it(store, person):
    legal = person("legal")
    page = legal.get("/quy-tac/HU-PROP-01").text
    assert "thử nghiệm" in page
    page = legal.post("/quy-tac/HU-PROP-01/duyet", {**_form(page, "rule"), "note": "đã đối chiếu"}).text
    assert "Đã duyệt quy tắc này." in page and "đã đối chiếu" in page
    with store.read() as db:
        assert approvals.approved_rules(db) == {"HU-PROP-01"}
    assert "Đã duyệt <strong>1/" in legal.get("/quy-tac").text
    undo = re.search(r'action="(/quy-tac/HU-PROP-01/hoan-tac/rule/HU-PROP-01)"', page).group(1)
    legal.post(undo)
    with store.read() as db:
        assert approvals.approved_rules(db) == frozenset()


def test_a_citation_marked_reviewed_shows_so_in_the_review(store, person):
    legal, version = person("legal"), hand_in(store)
    path = f"/ra-soat/{version}?phat-hien={of(store, version, 'S4').id}"
    page = legal.get("/quy-tac/HU-PROP-01").text
    assert "Nguyên văn Điều 40" in page
    assert "Căn cứ tham khảo" in legal.get(path).text
    legal.post("/quy-tac/HU-PROP-01/duyet", {**_form(page, "citation"), "note": "đúng Công báo"})
    assert "Căn cứ đã được người làm công tác pháp luật duyệt" in legal.get(path).text


def test_only_a_lawyer_approves(person):
    reviewer = person("reviewer")
    page = reviewer.get("/quy-tac/HU-PROP-01").text
    assert "<button" not in page.split("<main")[1]
    given = {"subject": "rule", "key": "HU-PROP-01", "read": "x", "approved": 1, "note": "x"}
    assert reviewer.post("/quy-tac/HU-PROP-01/duyet", given).status_code == 403


def test_precision_comes_with_its_count_and_interval(store, person):
    legal = person("legal")
    for name, decision in (("a", "confirmed"), ("b", "dismissed")):
        one = of(store, hand_in(store, name=name), "S4")
        legal.post(f"/ra-soat/{one.version_id}/phat-hien/{one.id}", {"decision": decision, "reason": "lý do"})
    page = legal.get("/quy-tac/HU-PROP-01").text
    assert "<strong>1/2</strong>" in page and "khoảng tin cậy 95 %: 9% đến 91%" in page and "n = 2" in page


def test_an_unknown_rule_is_not_found(person):
    assert person("viewer").get("/quy-tac/HU-XXX-99").status_code == 404
