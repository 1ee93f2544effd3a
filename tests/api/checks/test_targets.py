"""The state of the targets, as programs read it."""

from __future__ import annotations

import re

import pytest

from auditor.store import keys
from tests.store.regulations import put


@pytest.fixture
def filed(store) -> None:
    """File four texts: clean, accused, not reviewed, and one elsewhere."""
    put(store, "Sạch", closed=True)
    put(store, "Vướng", s4=1, closed=True)
    put(store, "Chưa xem")
    put(store, "Xa", commune="Mường Tè")


def test_numerators_and_denominators_stand_beside_the_share(client, filed):
    total = client.get("/v1/targets").json()["target5"]["total"]
    assert total["share"] == {"numerator": 1, "denominator": 4, "value": 0.25}
    assert total["coverage"] == {"numerator": 2, "denominator": 4, "value": 0.5}


def test_what_was_not_reviewed_is_never_clean(client, filed):
    total = client.get("/v1/targets").json()["target5"]["total"]
    assert (total["clean"], total["not_reviewed"], total["discriminating"]) == (1, 2, 1)
    assert total["clean"] + total["discriminating"] + total["consulting"] == total["reviewed"]


def test_without_any_text_there_is_no_share_rather_than_a_full_one(client):
    answer = client.get("/v1/targets").json()
    assert answer["target5"]["total"]["share"] == {"numerator": 0, "denominator": 0, "value": None}


def test_the_numbers_are_those_of_the_boards(client, person, filed):
    board = person("viewer").get("/muc-tieu").text
    answer = client.get("/v1/targets").json()
    shown = re.findall(r"(\d+)/(\d+)</strong>", re.sub(r"<(?!/strong)[^>]*>", "", board))
    five, four = answer["target5"]["total"], answer["target4"]["total"]
    told = [
        (str(one["numerator"]), str(one["denominator"])) for one in (five["share"], five["coverage"], four["share"])
    ]
    assert shown[:3] == told


def test_quarters_of_the_year_end_with_the_day(client, filed):
    answer = client.get("/v1/targets").json()
    assert answer["target5"]["quarters"][-1]["clean"] == answer["target5"]["total"]["clean"]
    assert [one["quarter"] for one in client.get("/v1/targets?as_of=2025-08-01").json()["target5"]["quarters"]] == [
        "2025-Q1", "2025-Q2", "2025-Q3",
    ]  # fmt: skip


def test_reviews_count_of_the_year_or_of_all_time(client):
    assert client.get("/v1/targets?as_of=2026-05-02").json()["since"] == "2026-01-01"
    assert client.get("/v1/targets?as_of=2026-05-02&reviews=all").json()["since"] is None


def test_nothing_but_numbers_is_told(client, filed):
    answer = client.get("/v1/targets").text
    assert "Vướng" not in answer
    assert "Báo Lai Châu" not in answer


def test_the_figures_are_told_as_a_proposal(client):
    assert "đề xuất" in client.get("/v1/targets").json()["note"]


@pytest.mark.parametrize("query", ["as_of=1999-12-31", "as_of=0", "as_of=2026-02-30", "as_of=9999-12-31", "reviews=x"])
def test_a_day_that_is_not_counted_is_refused(client, query):
    answer = client.get(f"/v1/targets?{query}")
    assert answer.status_code == 422
    assert answer.json()["code"] in {"GA422", "GA460"}


def test_it_needs_a_key_that_may_read(client, store):
    with store.change() as change:
        _, checking = keys.add(change, 1, "soát", ["check"])
        _, reading = keys.add(change, 1, "đọc", ["read"])
    for secret, status in (("", 401), (checking, 403), (reading, 200)):
        answer = client.get("/v1/targets", headers={"Authorization": f"Bearer {secret}"})
        assert answer.status_code == status
