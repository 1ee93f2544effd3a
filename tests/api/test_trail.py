"""The page of the audit trail."""

from __future__ import annotations

import re

from auditor.store import trailwords
from tests.api.desk import SCRIPT

NOTED = re.compile(r'\.note\(\s*"([a-z_.]+)"')


def _many(store, actor=None, subject="finding", count=1):
    with store.change(actor) as change:
        for number in range(count):
            change.note("finding.dismissed", subject, number, reason=f"tục cũ đã bỏ {SCRIPT}")


def test_lines_are_read_newest_first_a_page_at_a_time(store, person):
    _many(store, count=60)
    legal = person("legal")
    first = legal.get("/nhat-ky").text
    older = legal.get("/nhat-ky" + re.search(r'rel="next" href="([^"]+)"', first).group(1)).text
    assert "phát hiện 59" in first
    assert "phát hiện 2<" not in first
    assert "phát hiện 2<" in older
    assert "Bác bỏ phát hiện" in first
    assert "lý do:" in first
    assert SCRIPT not in first


def test_lines_are_found_by_subject_and_by_person(store, person):
    _many(store, actor=3, count=2)
    legal = person("legal")
    assert "phát hiện 1" in legal.get("/nhat-ky?doi-tuong=finding").text
    assert "phát hiện 1" not in legal.get("/nhat-ky?doi-tuong=finding&so=0").text
    assert "phát hiện 1" not in legal.get("/nhat-ky?nguoi=2").text
    assert "phát hiện 1" in legal.get("/nhat-ky?nguoi=3").text
    assert "Không có dòng nào" in legal.get("/nhat-ky?so=99999999999999999999999").text


def test_the_button_says_whether_the_chain_is_whole(store, person):
    legal = person("legal")
    assert "Nhật ký nguyên vẹn" in legal.post("/nhat-ky/kiem-tra").text
    with store.change() as change:
        change.db.execute("DROP TRIGGER trail_unaltered")
        change.db.execute("UPDATE trail SET data = '{}' WHERE id = 2")
    assert "đứt ở dòng 2" in legal.post("/nhat-ky/kiem-tra").text


def test_every_action_of_the_store_reads_as_words(root):
    written = {one for file in (root / "auditor").rglob("*.py") for one in NOTED.findall(file.read_text("utf-8"))}
    assert len(written) > 10
    assert sorted(one for one in written if trailwords.action(one) == one) == []
