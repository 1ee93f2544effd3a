"""The review page and what people do on it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from auditor.store import clock, files, findings, versions
from tests.reviewed import FOUND, MISSED, S3, S4, TEXT, finding, hand_in, of

HTMX = {"hx-request": "true"}


def _decide(someone, one, decision, reason="đã đọc kỹ", **more):
    return someone.post(
        f"/ra-soat/{one.version_id}/phat-hien/{one.id}", {"decision": decision, "reason": reason, **more}
    )


def _shown_text(page: str) -> str:
    inner = re.search(r'<div class="text" id="text">(.*?)</div>', page, re.S).group(1)
    bare = re.sub(r"<[^>]+>", "", inner)
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&#34;", '"'), ("&#39;", "'"), ("&amp;", "&")):
        bare = bare.replace(entity, sign)
    return bare


def test_the_page_shows_the_whole_text_and_a_script_in_it_stays_text(store, person):
    page = person("reviewer").get(f"/ra-soat/{hand_in(store)}").text
    assert _shown_text(page) == TEXT
    assert "<script>alert(1)</script>" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_findings_that_overlap_are_all_marked(store, person):
    version = hand_in(store)
    page = person("reviewer").get(f"/ra-soat/{version}").text
    four, three = of(store, version, "S4").id, of(store, version, "S3").id
    both = re.search(rf'<mark class="S4 many" data-ids="{four} {three}"><a [^>]+>([^<]+)</a></mark>', page)
    assert both.group(1) == "chia đất của cha mẹ đẻ"
    assert f'<span id="f{three}-t"></span><mark class="S4 many"' in page
    assert S4.startswith("Con gái") and S3.endswith("trưởng")


def test_the_card_tells_all_and_calls_an_unreviewed_citation_for_reference_only(store, person):
    version = hand_in(store)
    page = person("reviewer").get(f"/ra-soat/{version}?phat-hien={of(store, version, 'S4').id}").text
    for words in (
        "Điều 2, khoản 1", "Căn cứ tham khảo", "Điểm c khoản 1 Điều 40 Luật Bình đẳng giới 2006",
        "hiệu lực từ 01/07/2007", "chủ thể: con gái", "Con trai, con gái như nhau.", "90%",
    ):  # fmt: skip
        assert words in page, words


def test_a_reviewer_is_led_to_advice_where_the_law_must_confirm(store, person):
    version = hand_in(store)
    one, reviewer = of(store, version, "S4"), person("reviewer")
    page = reviewer.get(f"/ra-soat/{version}?phat-hien={one.id}").text
    assert 'data-way="confirmed"' not in page
    assert "xin chọn “Cần tham vấn” để chuyển cho pháp chế" in page
    assert "GA339" in _decide(reviewer, one, "confirmed").text
    assert _decide(reviewer, one, "consult").status_code == 200
    assert of(store, version, "S4").state == "consult"
    assert 'data-way="confirmed"' in person("legal").get(f"/ra-soat/{version}?phat-hien={one.id}").text


def test_a_decision_is_said_with_its_undo_and_undone(store, person):
    version = hand_in(store)
    one, legal = of(store, version, "S4"), person("legal")
    page = _decide(legal, one, "confirmed", common="Trái quy định của pháp luật đã dẫn").text
    assert "Đã xác nhận." in page
    assert f'action="/ra-soat/{version}/phat-hien/{one.id}/hoan-tac"' in page
    assert "có phân biệt đối xử" in page
    assert "Trái quy định của pháp luật đã dẫn. đã đọc kỹ" in page
    page = legal.post(f"/ra-soat/{version}/phat-hien/{one.id}/hoan-tac").text
    assert "Đã hoàn tác" in page
    assert of(store, version, "S4").state == "suggested"


def test_with_a_script_a_decision_renews_only_what_it_changes(store, person):
    version = hand_in(store)
    one, legal = of(store, version, "S4"), person("legal")
    word = re.search(r'name="csrf" value="([^"]+)"', legal.get("/mat-khau").text).group(1)
    answer = legal.client.post(
        f"/ra-soat/{version}/phat-hien/{one.id}",
        data={"decision": "confirmed", "reason": "trái luật"},
        headers={**HTMX, "x-csrf-word": word},
    ).text
    assert "<html" not in answer
    assert f'id="row-{one.id}"' in answer and 'data-state="confirmed"' in answer
    assert 'id="standing" hx-swap-oob="true"' in answer
    assert 'id="say"' in answer


def test_a_finding_of_another_text_is_not_found_here(store, person):
    one, other = hand_in(store), hand_in(store, name="b.txt")
    path = f"/ra-soat/{one}/phat-hien/{of(store, other, 'S4').id}"
    assert person("legal").post(path, {"decision": "consult", "reason": "x"}).status_code == 404


def test_a_commune_sees_its_own_texts_confirms_s4_and_dismisses_nothing(store, person):
    clerk = person("commune")
    own, other = hand_in(store), hand_in(store, commune="Than Uyên", name="b.txt")
    assert clerk.get(f"/ra-soat/{other}").status_code == 404
    one = of(store, other, "S4")
    assert _decide(clerk, one, "confirmed").status_code == 404
    assert clerk.post(f"/ra-soat/{other}/y-kien", {"text": "x"}).status_code == 404
    one = of(store, own, "S4")
    assert 'data-way="dismissed"' not in clerk.get(f"/ra-soat/{own}?phat-hien={one.id}").text
    assert _decide(clerk, one, "dismissed").status_code == 403
    assert _decide(clerk, one, "confirmed").status_code == 200
    assert of(store, own, "S4").state == "confirmed"
    assert "xã đang sửa" in clerk.post(f"/ra-soat/{own}/y-kien", {"text": "xã đang sửa", "finding": one.id}).text


def test_a_viewer_reads_and_decides_nothing(store, person):
    version = hand_in(store)
    viewer = person("viewer")
    page = viewer.get(f"/ra-soat/{version}").text
    assert "data-way" not in page and "Gửi ý kiến" not in page
    assert _decide(viewer, of(store, version, "S3"), "confirmed").status_code == 403


def test_the_list_is_narrowed_by_severity_and_state(store, person):
    version = hand_in(store)
    reviewer = person("reviewer")
    _decide(reviewer, of(store, version, "S2"), "dismissed")
    rows = re.compile(r'<li id="row-\d+" data-finding="\d+" data-severity="(\w+)" data-state="(\w+)"')
    assert rows.findall(reviewer.get(f"/ra-soat/{version}?xem=dismissed").text) == [("S2", "dismissed")]
    assert rows.findall(reviewer.get(f"/ra-soat/{version}?muc=S3").text) == [("S3", "suggested")]


def test_a_missed_finding_is_added_by_quoting_it_and_taken_back(store, person):
    version = hand_in(store)
    reviewer = person("reviewer")
    given = {"quote": MISSED, "subject": "HU-FAM", "severity": "S3", "reason": "bắt vợ phục tùng"}
    page = reviewer.post(f"/ra-soat/{version}/them", given).text
    assert "Đã thêm phát hiện, ghi là đã xác nhận." in page
    one = of_person(store, version)
    assert (one.finding.quote, one.state) == (MISSED, "confirmed")
    page = reviewer.post(f"/ra-soat/{version}/phat-hien/{one.id}/go").text
    assert "Đã gỡ phát hiện vừa thêm." in page
    assert of_person(store, version) is None


def of_person(store, version):
    with store.read() as db:
        return next((one for one in findings.of_version(db, version) if one.origin == "person"), None)


def test_a_form_that_lacks_something_comes_back_as_it_was_filled(store, person):
    version = hand_in(store)
    given = {"quote": "không hề có", "subject": "HU-FAM", "severity": "S3", "reason": "lý do riêng"}
    answer = person("reviewer").post(f"/ra-soat/{version}/them", given)
    assert answer.status_code == 422
    assert "Không tìm thấy lời trích" in answer.text and "lý do riêng" in answer.text


def test_a_suspect_leads_to_a_form_about_its_words(store, person):
    version = hand_in(store)
    reviewer = person("reviewer")
    path = re.search(r'href="(/ra-soat/\d+/them\?tu=\d+&amp;den=\d+)"', reviewer.get(f"/ra-soat/{version}").text).group(
        1
    )
    assert f'<blockquote class="S0">{MISSED}</blockquote>' in reviewer.get(path.replace("&amp;", "&")).text


def test_a_closed_review_says_its_verdict_and_opens_again(store, person):
    version = hand_in(store, (finding("S3", S3, "HU-PROP-04"),))
    reviewer = person("reviewer")
    assert reviewer.post(f"/ra-soat/{version}/ket-thuc").status_code == 409
    _decide(reviewer, of(store, version, "S3"), "dismissed")
    page = reviewer.post(f"/ra-soat/{version}/ket-thuc").text
    assert "không có phân biệt đối xử" in page and f'action="/ra-soat/{version}/mo-lai"' in page
    assert "chưa có người kết thúc rà soát" in reviewer.post(f"/ra-soat/{version}/mo-lai").text


def test_after_closing_the_next_text_is_the_one_that_waits_longest(store, person):
    first, second = hand_in(store, ()), hand_in(store, (), name="b.txt")
    reviewer = person("reviewer")
    assert (
        reviewer.client.get(f"/ra-soat/tiep?sau={first}", follow_redirects=False)
        .headers["location"]
        .endswith(f"/{second}")
    )
    for version in (first, second):
        reviewer.post(f"/ra-soat/{version}/ket-thuc")
    assert "Không còn văn bản nào chờ" in reviewer.get("/ra-soat/tiep").text


def test_a_waiver_is_listed_and_taken_back(store, person):
    version = hand_in(store)
    one, legal = of(store, version, "S4"), person("legal")
    _decide(legal, one, "confirmed")
    given = {"reason": "bản đang sửa", "owner": 3, "ends": (clock.today() + timedelta(days=9)).isoformat()}
    page = legal.post(f"/ra-soat/{version}/phat-hien/{one.id}/mien", given).text
    assert "có phân biệt đối xử" in page and "đang hiệu lực" in page
    assert "bản đang sửa" in legal.get("/ra-soat/mien").text
    undo = re.search(r'action="(/ra-soat/mien/\d+/thoi)"', page).group(1)
    legal.post(undo)
    assert "bản đang sửa" in legal.get("/ra-soat/mien?xem=het-han").text


def test_the_picture_of_a_page_is_sent_as_a_picture_with_the_place_marked(store, person):
    region = {"page": 1, "left": 0.1, "top": 0.25, "right": 0.9, "bottom": 0.5}
    scanned = FOUND[1].model_validate({**FOUND[1].model_dump(), "region": region, "ocr_confidence": 0.8})
    version = hand_in(store, (scanned,))
    with store.change() as change:
        image = files.keep(change, b"\x89PNG", "1.png", "image/png")
        change.insert("pages", {"version_id": version, "number": 1, "file_id": image.id})
        page = files.keep(change, b"<script>", "2.html", "text/html")
        change.insert("pages", {"version_id": version, "number": 2, "file_id": page.id})
    reviewer = person("reviewer")
    assert '<rect x="0.1" y="0.25" width="0.8" height="0.25">' in reviewer.get(f"/ra-soat/{version}").text
    answer = reviewer.get(f"/ra-soat/{version}/trang/1")
    assert (answer.headers["content-type"], answer.content) == ("image/png", b"\x89PNG")
    assert reviewer.get(f"/ra-soat/{version}/trang/2").status_code == 404


def test_the_first_page_counts_what_waits_for_each_role(store, person):
    version = hand_in(store)
    _decide(person("reviewer"), of(store, version, "S4"), "consult")
    block = re.compile(r'<strong>([^<]+)</strong> <span class="big">([^<]+)</span>')
    assert dict(block.findall(person("legal").get("/").text))["Chờ tham vấn"] == "1"
    assert dict(block.findall(person("reviewer").get("/").text))["Chờ rà soát"] == "1"
    assert block.findall(person("viewer").get("/").text) == []


def test_a_text_that_was_not_read_says_so(store, person):
    with store.change() as change:
        kept = versions.hand_in(change, files.keep(change, b"x", "x.pdf"), "x.pdf")
        versions.unreadable(change, kept.id, "GA205", "Tệp có mật khẩu.")
    assert "Tệp có mật khẩu." in person("reviewer").get(f"/ra-soat/{kept.id}").text


@pytest.mark.parametrize(
    "path", ["/ra-soat", "/ra-soat?viec=tham-van", "/ra-soat?viec=lan-hai", "/ra-soat?xa=3&muc=S4"]
)
def test_an_empty_queue_says_what_to_do(person, path):
    assert 'class="empty"' in person("reviewer").get(path).text
