"""The steps of ``features/muc_tieu.feature``, taken through the pages as a person would."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from auditor.scanjob import run_scan
from auditor.store import Store, scans, units
from auditor.store.clock import today
from tests.api.conftest import store
from tests.api.test_outlets import _answers
from tests.features.desk_targets import Desk, opened
from tests.indicators.records import article

scenarios("muc_tieu.feature")

__all__ = ["store"]
YEAR = str(today().year)


@pytest.fixture
def desk(store: Store) -> Iterator[Desk]:
    yield from opened(store)


@given(
    parsers.parse(
        'xã "{commune}" có {count:d} quy ước đang có hiệu lực, {clean:d} đã rà soát và sạch,'
        " {accused:d} có điều khoản trái luật được xác nhận"
    )
)
def regulations(desk: Desk, commune: str, count: int, clean: int, accused: int) -> None:
    desk.regulations(commune, count, clean, accused)


@given("toà soạn đã gửi bảng hỏi loại A")
def questionnaire(desk: Desk) -> None:
    desk.send("/toa-soan-cua-toi/bang-hoi", {"year": YEAR, "do": "submit", **_answers()}, "newsroom")


@given("Sở đã nhận quyết định, báo cáo và kế hoạch hành động")
def evidence(desk: Desk) -> None:
    for subject in ("decision", "report", "plan"):
        told = {"year": YEAR, "subject": subject, "number": "12/QĐ", "on_date": f"{YEAR}-01-05"}
        desk.send("/toa-soan/1/minh-chung", told, files={"file": (f"{subject}.pdf", b"%PDF-1", "application/pdf")})


@given(parsers.parse('sổ truyền thông có {count:d} cuộc của xã "{commune}" trong năm'))
def events(desk: Desk, count: int, commune: str) -> None:
    with desk.store.read() as db:
        unit = units.find_commune(db, commune)
    assert unit is not None
    for at in range(count):
        told = {"on_date": f"{YEAR}-01-0{at + 1}", "organiser": "Đoàn xã", "title": "Toạ đàm", "unit": str(unit.id)}
        desk.send("/truyen-thong/them", told)


@when(parsers.parse("Sở đo {count:d} tin bài của toà soạn"))
def measurement(desk: Desk, count: int) -> None:
    day = f"{YEAR}-01-08"
    lines = "\n".join(article(f"bai-{at}", outlet=None, date=day).to_json() for at in range(count))
    desk.send("/toa-soan/1/do", {"year": YEAR}, files={"file": ("bai.jsonl", lines.encode(), "text/plain")})
    with desk.store.read() as db:
        job = db.execute("SELECT payload FROM jobs WHERE kind = ?", [scans.JOB]).fetchone()
    keep = run_scan(desk.store, scans.loaded(job["payload"]))
    with desk.store.change() as change:
        keep(change)


@when(parsers.parse("cán bộ mở bảng mục tiêu {number:d}"))
def look(desk: Desk, number: int) -> None:
    desk.open(f"/muc-tieu/{number}")


@when(parsers.parse('bấm vào con số "{figure}" của toàn tỉnh'))
def press(desk: Desk, figure: str) -> None:
    found = re.search(rf'href="(/muc-tieu/5/van-ban\?loai={figure}&(?!xa)[^"]*)"', desk.page.replace("&amp;", "&"))
    assert found is not None
    desk.open(found.group(1))


@then(parsers.parse('trang ghi C/A là "{share}" và K/A là "{coverage}"'))
def shares(desk: Desk, share: str, coverage: str) -> None:
    assert f"<strong>{share}</strong>" in desk.words
    assert f"<strong>{coverage}</strong>" in desk.words


@then(parsers.parse("trang ghi còn {count:d} văn bản chưa rà soát"))
def not_reviewed(desk: Desk, count: int) -> None:
    assert re.search(rf"loai=not_reviewed[^>]*>{count}</a>", desk.page)


@then(parsers.parse("danh sách có đúng {count:d} văn bản"))
def listed(desk: Desk, count: int) -> None:
    assert f"<strong>{count}</strong> văn bản" in desk.page


@then(parsers.parse('trang ghi "{words}"'))
def says(desk: Desk, words: str) -> None:
    assert words in desk.page or words in desk.words
