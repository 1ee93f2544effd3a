"""A second review stays blind, page by page."""

from __future__ import annotations

import re

import pytest

from auditor.store import seconds, users
from tests.api.conftest import PASSWORD
from tests.reviewed import hand_in, of

REASON, COMMENT, ADDED = "lý do của người đầu", "ý kiến của người đầu", "điều người đầu thêm"


@pytest.fixture
def version(store):
    with store.change() as change:
        users.add(change, "hai", "Người thứ hai", "reviewer", PASSWORD, must_change=False)
        seconds.set_share(change, 100)
    return hand_in(store)


def _judge(someone, path, decisions, version, store, reason):
    for severity, decision in decisions.items():
        one = of(store, version, severity)
        someone.post(f"/ra-soat/{version}/{path}/{one.id}", {"decision": decision, "reason": reason})


def test_neither_sees_anything_of_the_other_until_both_have_finished(store, person, version):
    first, second = person("reviewer"), person("hai")
    decisions = {"S4": "consult", "S3": "dismissed", "S2": "confirmed"}
    _judge(first, "phat-hien", decisions, version, store, REASON)
    first.post(f"/ra-soat/{version}/y-kien", {"text": COMMENT})
    first.post(
        f"/ra-soat/{version}/them",
        {"quote": "Vợ phải nghe chồng", "subject": "HU-FAM", "severity": "S3", "reason": ADDED},
    )
    assert "Nhận rà soát lần hai" in second.get(f"/ra-soat/{version}/lan-hai").text
    pages = [second.post(f"/ra-soat/{version}/lan-hai").text, second.get(f"/ra-soat/{version}").text]
    pages += [
        second.get(f"/ra-soat/{version}/{path}").text
        for id in (of(store, version, level).id for level in decisions)
        for path in (f"phat-hien/{id}", f"lan-hai?phat-hien={id}", f"?phat-hien={id}")
    ]
    pages.append(second.get("/ra-soat?viec=lan-hai").text)
    for line in ("/ra-soat", "/ra-soat?viec=tham-van"):
        assert f'href="/ra-soat/{version}' not in second.get(line).text
    for page in pages:
        for word in (REASON, COMMENT, ADDED, "rà soát viên (", 'data-state="confirmed"', 'data-state="consult"'):
            assert word not in page, word
    assert second.post(f"/ra-soat/{version}/y-kien", {"text": "x"}).status_code == 409
    assert second.get(f"/ra-soat/{version}/doi-chieu").status_code == 409
    _judge(second, "lan-hai", {**decisions, "S3": "confirmed"}, version, store, "lý do của người sau")
    page = first.get(f"/ra-soat/{version}?phat-hien={of(store, version, 'S3').id}").text
    assert "lý do của người sau" not in page and "đã bác bỏ" in page
    second.post(f"/ra-soat/{version}/lan-hai/ket-thuc")
    assert first.get(f"/ra-soat/{version}/doi-chieu").status_code == 409
    first.post(f"/ra-soat/{version}/ket-thuc")
    page = first.get(f"/ra-soat/{version}/doi-chieu").text
    assert "2/3" in page and REASON in page and "lý do của người sau" in page
    assert page.count('class="differs"') == 1
    overall = first.get("/ra-soat/thong-nhat").text
    assert "2/3" in overall and "cần ít nhất 20 để tính kappa" in overall


def test_a_blind_decision_is_taken_back(store, person, version):
    second = person("hai")
    second.post(f"/ra-soat/{version}/lan-hai")
    _judge(second, "lan-hai", {"S3": "dismissed"}, version, store, "vì thế")
    one = of(store, version, "S3")
    assert "Đã quyết định 1/3" in second.get(f"/ra-soat/{version}/lan-hai").text
    assert "Đã quyết định 0/3" in second.post(f"/ra-soat/{version}/lan-hai/{one.id}/hoan-tac").text


def test_a_reviewer_does_not_confirm_s4_in_a_second_review_either(store, person, version):
    second = person("hai")
    second.post(f"/ra-soat/{version}/lan-hai")
    one = of(store, version, "S4")
    answer = second.post(f"/ra-soat/{version}/lan-hai/{one.id}", {"decision": "confirmed", "reason": "x"})
    assert answer.status_code == 403


def test_the_share_is_set_by_who_may(person):
    assert "Từ nay 25%" in person("admin").post("/ra-soat/thong-nhat", {"share": 25}).text
    assert re.search(r'name="share"[^>]*value="25"', person("legal").get("/ra-soat/thong-nhat").text)
    assert person("reviewer").post("/ra-soat/thong-nhat", {"share": 1}).status_code == 403
