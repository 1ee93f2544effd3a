"""The steps of ``features/bao_cao_nam.feature``, taken through the pages as a person would."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from auditor.store import Store
from auditor.store.clock import today
from tests.api.conftest import store
from tests.features.desk_targets import Desk, opened

scenarios("bao_cao_nam.feature")

__all__ = ["store"]


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


@when(parsers.re(r'cán bộ lập báo cáo "(?P<kind>\w+)" và ghi số "(?P<number>\d*)"'))
def draft(desk: Desk, kind: str, number: str) -> None:
    desk.send("/bao-cao", {"kind": kind, "year": str(today().year), "cut_off": today().isoformat()})
    desk.send("/bao-cao/1", {"number": number, "cut_off": today().isoformat()})


@when("cán bộ ban hành báo cáo")
def issue(desk: Desk) -> None:
    desk.send("/bao-cao/1/ban-hanh", {"issued_on": today().isoformat()})
    desk.files.append(desk.person("reviewer").get("/bao-cao/1/tai-ve.docx").content)


@when("cán bộ dựng lại báo cáo")
def remake(desk: Desk) -> None:
    desk.send("/bao-cao/1/dung-lai", {})


@when(parsers.parse('sau đó có thêm {count:d} quy ước đã rà soát và sạch ở xã "{commune}"'))
def later(desk: Desk, count: int, commune: str) -> None:
    desk.regulations(commune, count, count, 0)


@then(parsers.parse('báo cáo vẫn ghi mục tiêu 5 là "{share}"'))
def frozen(desk: Desk, share: str) -> None:
    part, whole = share.split("/")
    desk.open("/bao-cao/1/van-ban?so=clean")
    assert f"<strong>{part}</strong> văn bản đứng sau" in desk.page
    desk.open("/bao-cao/1/van-ban?so=in_force")
    assert f"<strong>{whole}</strong> văn bản đứng sau" in desk.page


@then("tệp docx tải về không thay đổi")
def same_file(desk: Desk) -> None:
    assert desk.person("reviewer").get("/bao-cao/1/tai-ve.docx").content == desk.files[0]


@then(parsers.parse('trang ghi "{words}"'))
def says(desk: Desk, words: str) -> None:
    assert words in desk.page
