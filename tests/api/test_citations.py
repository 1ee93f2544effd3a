"""The page of citations: what the desk cites of the law, and the lawyers' marks."""

from __future__ import annotations

import re

KEY = "ND61:9.1"


def _read(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(read|approved)" value="([^"]*)"', page.split("<main")[1]))


def test_a_lawyer_reads_a_provision_in_full_and_marks_it_reviewed(person):
    legal = person("legal")
    listed = legal.get("/can-cu?van_ban=ND61").text
    assert f">{KEY}<" in listed and "thời hạn" in listed
    page = legal.get(f"/can-cu/{KEY}").text
    assert "căn cứ tham khảo" in page and "không ít hơn 30 (ba mươi) ngày" in page
    page = legal.post(f"/can-cu/{KEY}/duyet", {**_read(page), "note": "đúng Công báo"}).text
    assert "Đã duyệt căn cứ này." in page and "đúng Công báo" in page
    assert KEY not in legal.get("/can-cu?xem=pending").text and KEY in legal.get("/can-cu?xem=reviewed").text
    page = legal.post(re.search(r'action="(/can-cu/[^"]+/hoan-tac)"', page).group(1)).text
    assert "Đã hoàn tác." in page and "căn cứ tham khảo" in page


def test_a_mark_of_a_provision_shows_beside_the_deadlines_that_rest_on_it(person):
    legal = person("legal")
    legal.post(f"/can-cu/{KEY}/duyet", {**_read(legal.get(f"/can-cu/{KEY}").text), "note": "đúng Công báo"})
    assert "đã duyệt" in legal.get(f"/can-cu/{KEY}").text
    assert "Căn cứ tham khảo" in legal.get("/").text


def test_only_a_lawyer_marks_a_provision(person):
    reviewer = person("reviewer")
    page = reviewer.get(f"/can-cu/{KEY}").text
    assert "<button" not in page.split("<main")[1]
    given = {"read": "x", "approved": 1, "note": "x"}
    assert reviewer.post(f"/can-cu/{KEY}/duyet", given).status_code == 403


def test_a_provision_nobody_cites_is_found_by_its_key_and_another_is_not(person):
    viewer = person("viewer")
    assert viewer.get("/can-cu/ND61:999").status_code == 404
    assert viewer.get("/can-cu?van_ban=KHONGCO").status_code == 200
