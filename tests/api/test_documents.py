"""The list of regulations, one of them, filing and search, as pages."""

from __future__ import annotations

from datetime import date

import pytest

from auditor.audit import Auditor
from auditor.documents.interface import document_of
from auditor.store import files, filing, units, versions
from auditor.store.filing import Filing

TEXT = "QUY ƯỚC\nBản Nà Khương, xã Bình Lư\n\nĐiều 1. Con gái không được chia đất đai. <script>alert(1)</script>\n"
TOLD = {
    "village": "Nà Khương", "village_type": "bản", "commune": "Bình Lư", "name_kind": "quy ước",
    "adopted_on": "2025-03-02",
}  # fmt: skip


@pytest.fixture(scope="session")
def record():
    return Auditor(people=False).audit(document_of(TEXT))


@pytest.fixture
def read(store, record):
    def put(name: str = "a.txt", by: int | None = None, **told) -> int:
        with store.change(by) as change:
            version = versions.hand_in(change, files.keep(change, name.encode(), name, "text/plain"), name)
            versions.audited(change, version.id, record, TEXT, particulars={**TOLD, **told})
            return version.id

    return put


@pytest.fixture
def file(store, read):
    def put(commune: str, village: str, name: str, state="recognised") -> int:
        version = read(f"{name}.txt")
        with store.change() as change:
            found = units.find_commune(change.db, commune)
            filed = filing.file(
                change, version, Filing(found, "bản", village, "quy ước", name, state, date(2025, 3, 2))
            )  # fmt: skip
        return filed.id

    return put


def test_the_empty_list_says_what_to_do(person):
    assert 'href="/tai-len"' in person("reviewer").get("/ho-so").text


def test_the_list_is_narrowed_by_commune_state_and_words(person, file):
    file("Bình Lư", "Một", "Quy ước bản Một")
    file("Sìn Hồ", "Hai", "Quy ước bản Hai", state="draft")
    someone = person("viewer")
    assert "2 hồ sơ" in someone.get("/ho-so").text
    for query in ("trang_thai=draft", "tu=BAN+hai", "tu=sin+ho", "ket_luan=unreviewed&tu=hai"):
        page = someone.get(f"/ho-so?{query}").text
        assert ("bản Hai" in page, "bản Một</a>" in page) == (True, False), query
    assert "Không có hồ sơ nào khớp" in someone.get("/ho-so?ket_luan=clean").text


@pytest.mark.parametrize("sort", ["xa", "moi", "cho", "ten", "khong-co"])
def test_the_list_is_sorted_and_paged(person, file, sort):
    file("Bình Lư", "Một", "Quy ước bản Một")
    assert person("viewer").get(f"/ho-so?xep={sort}&trang=99").status_code == 200


def test_a_clerk_sees_the_own_commune_only(person, file):
    own, other = file("Bình Lư", "Một", "Quy ước bản Một"), file("Sìn Hồ", "Hai", "Quy ước bản Hai")
    clerk = person("commune")
    page = clerk.get("/ho-so?xa=9999").text
    assert ("bản Một" in page, "bản Hai" in page) == (True, False)
    assert (clerk.get(f"/ho-so/{own}").status_code, clerk.get(f"/ho-so/{other}").status_code) == (200, 404)
    assert "Quy ước bản Hai" not in clerk.get("/tim?q=dat+dai").text
    with_other = clerk.get("/ho-so/ban-goc/2")
    assert with_other.status_code == 404


def test_a_regulation_shows_its_texts_states_and_findings(person, file):
    page = person("reviewer").get(f"/ho-so/{file('Bình Lư', 'Một', 'Quy ước bản Một')}").text
    for words in ("Bản 1", "công nhận", "02/03/2025", "Tải bản gốc", "Máy gợi ý"):
        assert words in page


def test_the_original_is_sent_as_a_file_under_its_own_name(person, read):
    version = read("Quy ước bản Nà.html")
    answer = person("reviewer").get(f"/ho-so/ban-goc/{version}")
    assert answer.content == "Quy ước bản Nà.html".encode()
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert "filename*=UTF-8''Quy%20%C6%B0" in answer.headers["content-disposition"]
    assert answer.headers["content-type"].startswith("text/plain")


def test_an_original_kept_as_a_page_is_not_sent_as_one(person, store, read):
    version = read()
    with store.change() as change:
        change.db.execute("UPDATE files SET media = 'text/html'")
    assert person("reviewer").get(f"/ho-so/ban-goc/{version}").headers["content-type"] == "application/octet-stream"


def test_search_shows_the_hit_and_escapes_the_text(person, read):
    read()
    page = person("reviewer").get("/tim?q=dat+dai").text
    assert "<mark>đất đai</mark>" in page
    assert "<script>alert" not in page


def test_the_page_to_file_shows_what_was_read_and_files_what_is_said(person, read, store):
    version = read()
    someone = person("reviewer")
    page = someone.get(f"/ho-so/xep/{version}").text
    assert 'value="Nà Khương"' in page
    assert "Đọc ở" in page
    with store.read() as db:
        commune = units.find_commune(db, "Sìn Hồ").id
    form = {
        "commune": commune, "village_type": "bản", "village": "Khác", "name": "quy ước", "state": "adopted",
        "adopted_on": "02/03/2025", "households": "96",
    }  # fmt: skip
    page = someone.post(f"/ho-so/xep/{version}", form).text
    assert "Quy ước bản Khác" in page
    assert "xã Sìn Hồ" in page
    assert "Đã gỡ" in someone.post(f"/ho-so/xep/{version}/go").text


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"adopted_on": "02/03/2025", "recognised_on": "01/03/2025"}, "GA410"),
        ({"state_on": "01/01/2999"}, "GA418"),
        ({"adopted_on": "hôm qua"}, "GA406"),
        ({"households": "nhiều"}, "GA409"),
        ({"village": " "}, "GA333"),
        ({"commune": "1"}, "GA417"),
    ],
)
def test_what_cannot_be_filed_is_said_with_its_code(person, read, store, wrong, code):
    version = read()
    with store.read() as db:
        commune = units.find_commune(db, "Sìn Hồ").id
    form = {"commune": commune, "village_type": "bản", "village": "Khác", "name": "quy ước", "state": "adopted"}
    answer = person("reviewer").post(f"/ho-so/xep/{version}", {**form, **wrong})
    assert (answer.status_code, code in answer.text) == (422, True)


def test_sure_guesses_are_filed_many_at_once(person, read, store):
    with store.change() as change:
        units.village(change, units.find_commune(change.db, "Bình Lư"), "bản", "Nà Khương")
    sure, unsure = read(), read("b.txt", village="Không rõ")
    someone = person("reviewer")
    page = someone.get("/tai-len/cho-xep").text
    assert (f'value="{sure}"' in page, f'value="{unsure}"' in page) == (True, False)
    assert "Đã xếp 1 văn bản; 1 văn bản cần xem lại" in someone.post(
        "/tai-len/cho-xep", {"version": [sure, unsure]}
    ).text  # fmt: skip
    assert "Chưa chọn" in someone.post("/tai-len/cho-xep").text


def test_a_clerk_files_into_the_own_commune_whatever_the_form_says(person, read, store):
    with store.read() as db:
        clerk_id = db.execute("SELECT id FROM users WHERE login = 'commune'").fetchone()["id"]
        other = units.find_commune(db, "Sìn Hồ").id
    own, others = read(by=clerk_id), read("b.txt", by=1)
    clerk = person("commune")
    form = {"commune": other, "village_type": "bản", "village": "Một", "name": "quy ước", "state": "draft"}
    assert "xã Bình Lư" in clerk.post(f"/ho-so/xep/{own}", form).text
    assert clerk.post(f"/ho-so/xep/{others}", form).status_code == 404
    assert clerk.get(f"/ho-so/xep/{others}").status_code == 404


def test_the_villages_of_a_commune_come_as_a_list(person, read, store):
    village = "Nà <b>Khương"
    with store.change() as change:
        commune = units.find_commune(change.db, "Bình Lư")
        units.village(change, commune, "bản", village)
    answer = person("reviewer").get(f"/ho-so/xep/{read()}/thon-ban?commune={commune.id}").text
    assert "Nà &lt;b&gt;Khương" in answer
