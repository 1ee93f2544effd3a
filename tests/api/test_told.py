"""A decision that a sent letter tells of is changed only after asking, and the letter says so from then on."""

from __future__ import annotations

import re

import pytest

from auditor.store import trail
from tests.reviewed import hand_in, of

CHANGED = "có phát hiện đã thay đổi sau khi gửi"
NUMBER = "917/STP"


@pytest.fixture
def sent(store, person):
    """Return the version, the finding and the letter of a recommendation that went out, and who wrote it."""
    legal, version = person("legal"), hand_in(store)
    one = of(store, version, "S4")
    legal.post(f"/ra-soat/{version}/phat-hien/{one.id}", {"decision": "confirmed", "reason": "trái luật"})
    legal.post("/kien-nghi/moi", {"ban": version, "finding": one.id})
    legal.post("/kien-nghi/1/gui", {"number": NUMBER})
    return legal, f"/ra-soat/{version}/phat-hien/{one.id}", one.id


def _hidden(page: str) -> dict[str, str]:
    form = re.search(
        r'<form method="post" action="/ra-soat/\d+/phat-hien/\d+(?:/hoan-tac)?">.*?anyway.*?</form>', page, re.S
    )
    return dict(re.findall(r'name="(anyway|decision|reason|common|severity)" value="([^"]*)"', form.group()))


def test_undoing_what_a_letter_tells_asks_first_with_number_and_day(store, sent):
    legal, here, _ = sent
    page = legal.post(f"{here}/hoan-tac").text
    assert NUMBER in page and "gửi ngày" in page and "Vẫn hoàn tác" in page
    assert "đã xác nhận" in legal.get(here).text and CHANGED not in legal.get("/kien-nghi/1").text
    page = legal.post(f"{here}/hoan-tac", _hidden(page)).text
    assert "Đã hoàn tác quyết định." in page


def test_a_letter_says_that_what_it_tells_has_changed_and_where(store, sent):
    legal, here, finding = sent
    before = legal.get("/kien-nghi/1/van-ban.docx").content
    legal.post(f"{here}/hoan-tac", {"anyway": "1"})
    page, listed = legal.get("/kien-nghi/1").text, legal.get("/kien-nghi").text
    assert CHANGED in page and CHANGED in listed and f"?phat-hien={finding}" in page
    assert legal.get("/kien-nghi/1/van-ban.docx").content == before
    with store.read() as db:
        assert any(one.action == "letter.changed" for one in trail.recent(db, subject="letter"))


def test_deciding_anew_asks_too_and_keeps_what_was_filled_in(sent):
    legal, here, _ = sent
    given = {"decision": "dismissed", "reason": "đọc lại thì không phải"}
    page = legal.post(here, given).text
    assert "Vẫn đổi quyết định" in page and _hidden(page)["reason"] == given["reason"]
    assert "đã bác bỏ" in legal.post(here, _hidden(page)).text
    assert CHANGED in legal.get("/kien-nghi/1").text


def test_in_the_open_page_the_question_takes_the_place_of_the_card(sent):
    legal, here, _ = sent
    legal.client.headers["hx-request"] = "true"
    page = legal.post(f"{here}/hoan-tac").text
    assert "<h1" not in page and "Vẫn hoàn tác" in page and "data-card" in page


def test_a_decision_restored_as_it_was_sent_changes_nothing(sent):
    legal, here, _ = sent
    legal.post(f"{here}/hoan-tac", {"anyway": "1"})
    legal.post(here, {"decision": "confirmed", "reason": "trái luật", "anyway": "1"})
    assert CHANGED not in legal.get("/kien-nghi/1").text


def test_a_letter_not_sent_or_withdrawn_asks_nothing(store, person, sent):
    legal, here, _ = sent
    legal.post("/kien-nghi/1/rut")
    assert "Đã hoàn tác quyết định." in legal.post(f"{here}/hoan-tac").text
