"""A blind second reader is told nothing of the first review, on any page, in any file, until they have finished."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

import pytest

from api.app import create_app
from auditor.store import (
    clock,
    comments,
    events,
    files,
    findings,
    letters,
    missed,
    regulations,
    reports,
    reviews,
    rounds,
    seconds,
    users,
    versions,
    waivers,
)
from tests.api.conftest import PASSWORD
from tests.api.routes import RULE, asked
from tests.reviewed import MISSED, TEXT, hand_in, of

REASON, COMMENT, WAIVED, NUMBER = "lý do của người đầu", "ý kiến của người đầu", "miễn vì người đầu", "917/STP"
FIRST = "Người Rà Soát Đầu"
DRAFTED = "rà soát lần đầu thấy trái luật"
YEAR = clock.today().year


@pytest.fixture
def desk(store):
    """Return a store in which one text was reviewed, carried, recommended, waived, and is read blind by legal."""
    with store.change() as change:
        seconds.set_share(change, 100)
        first = users.add(change, "dau", FIRST, "legal", PASSWORD, must_change=False)
    version = hand_in(store)
    decisions = {"S4": "confirmed", "S3": "dismissed", "S2": "consult"}
    day = date(YEAR, 1, 2)
    with store.change(first.id) as change:
        book_rule = RULE
        for severity, decision in decisions.items():
            findings.decide(change, of(store, version, severity).id, first, decision, REASON)
        span = TEXT.index(MISSED), TEXT.index(MISSED) + len(MISSED)
        missed.add(change, version, first, missed_book(), span, book_rule, "S3", REASON)
        comments.add(change, version, COMMENT)
        own = versions.get(change.db, version).regulation_id
        regulations.enter_state(change, own, "recognised", day, version_id=version)
        rounds.open_round(change, YEAR, "", day, date(YEAR, 12, 31))
        s4 = of(store, version, "S4").id
    with store.change(first.id) as change:
        letter = letters.draft(change, version, [s4], {"name": "Ký"}, day)
        paper = files.keep(change, _docx(DRAFTED), "kien-nghi.docx")
        letters.send(change, letter.id, NUMBER, clock.today(), clock.today(), paper)
        waivers.add(change, s4, WAIVED, first.id, date(YEAR + 1, 1, 1))
        reviews.close(change, version, first)
        events.add(change, events.Happening(clock.today(), "Sở", None, "Tập huấn", "", 3, 2))
        report = reports.begin(change, "province", YEAR, clock.today())
        older = versions.hand_in(change, files.keep(change, b"older", "cu.txt"), "cu.txt")
        change.update("versions", older.id, {"reading": "audited", "verdict": "clean", "text": "Điều 1. Cũ"})
        regulations.attach(change, regulations.get(change.db, own), older.id)
        change.update("regulations", own, {"version_id": version})
    second = users_by(store, "legal")
    with store.change(second.id) as change:
        seconds.take(change, version, second)
    ids = {
        "versions": version, "regulations": own, "findings": s4, "letters": letter.id, "reports": report.id,
        "rounds": 1, "files": paper.id, "decisions": 1, "waivers": 1,
    }  # fmt: skip
    return {**ids, "communes": commune_of(store, own), "units": unit_of(store, own), "users": first.id}


def missed_book():
    from auditor.store import approvals

    return approvals.shipped()


def users_by(store, login):
    with store.read() as db:
        return users.get(db, db.execute("SELECT id FROM users WHERE login = ?", [login]).fetchone()["id"])


def unit_of(store, regulation):
    with store.read() as db:
        return regulations.get(db, regulation).unit_id


def commune_of(store, regulation):
    with store.read() as db:
        return db.execute(
            "SELECT parent_id FROM units JOIN regulations ON unit_id = units.id WHERE regulations.id = ?", [regulation]
        ).fetchone()[0]


def _docx(words: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("word/document.xml", words)
    return data.getvalue()


def _text(answer) -> str:
    """Return all that an answer says, what lies in a zip unpacked."""
    if not answer.content.startswith(b"PK"):
        return answer.text
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return "\n".join(archive.read(name).decode(errors="replace") for name in archive.namelist())


def _pages(store, desk, needs: set[str]) -> list[str]:
    """Return an address for every GET route a role may use, and more for those that filter."""
    paths = [
        one.address({**dict.fromkeys(_TABLES, 1), **desk})
        for one in asked(create_app(store))
        if one.method == "GET" and one.needs in {*needs, "anyone"} and "/static" not in one.route.path
    ]
    version, regulation, commune = desk["versions"], desk["regulations"], desk["communes"]
    verdicts = ("clean", "discriminating", "consulting", "unreviewed")
    paths += [f"/ho-so?ket_luan={verdict}" for verdict in verdicts] + ["/ho-so?xep=cho", "/tim?q=con gai"]
    figures = ("reviewed", "clean", "discriminating", "consulting", "found", "open", "recommended", "not_reviewed")
    paths += [f"/muc-tieu/5/van-ban?loai={figure}" for figure in figures]
    paths += [f"/muc-tieu/5/dieu-khoan?loai={figure}" for figure in ("found_clauses", "open_clauses")]
    paths += ["/ra-soat?viec=tham-van", "/ra-soat?viec=lan-hai", "/ra-soat/mien", "/kien-nghi?trang_thai=overdue"]
    paths += [
        f"/ho-so/{regulation}/ban/1/chu-thich.docx",
        f"/ho-so/{regulation}/so-sanh",
        f"/kien-nghi/moi?ban={version}",
    ]
    paths += [f"/nhat-ky?doi-tuong={name}" for name in ("finding", "version", "letter")]
    paths += [f"/dot-ra-soat/{YEAR}", f"/dot-ra-soat/{YEAR}/xa/{commune}", f"/dot-ra-soat/{YEAR}/danh-sach.csv"]
    with store.read() as db:
        paths += [f"/ra-soat/{row['id']}" for row in db.execute("SELECT id FROM versions")]
        paths += [f"/ra-soat/{version}?phat-hien={row['id']}" for row in db.execute("SELECT id FROM findings")]
    return [path.replace("/2026", f"/{YEAR}") for path in paths]


_TABLES = (
    "articles", "comments", "states", "events", "evidence", "keys", "upload_items", "notices", "outlets", "pages",
    "questionnaires", "scans", "uploads",
)  # fmt: skip
MAY = {"see", "upload", "file", "review", "second", "letters", "states", "rounds", "events", "waive", "rules", "trail"}
TELLING = (
    REASON, COMMENT, WAIVED, NUMBER, DRAFTED,
    'data-state="confirmed"', 'data-state="dismissed"', 'data-state="consult"', "tag state-confirmed",
    "tag verdict-clean\">không", "tag verdict-discriminating", "tag verdict-consulting", "máy gợi ý, xác nhận bởi",
)  # fmt: skip


def test_no_page_and_no_file_tells_a_blind_reader_of_the_first_review(store, person, desk):
    second = person("legal")
    seen = 0
    for path in _pages(store, desk, MAY):
        answer = second.get(path)
        if answer.status_code in {404, 422}:
            continue
        seen += answer.status_code == 200
        assert answer.status_code in {200, 409}, path
        text = _text(answer)
        for words in TELLING:
            assert words not in text, (path, words)
        counted = re.search(r"Có phân biệt[^<]*<b>(?:<a[^>]*>)?1", text)
        assert counted is None, path
    assert seen > 45


def test_the_board_counts_the_text_as_not_reviewed_for_the_blind_reader_alone(person, desk):
    def counted(someone) -> tuple[str, ...]:
        page = re.sub(r"</?a\b[^>]*>", "", someone.get("/muc-tieu/5").text)
        names = ("Đã rà soát, còn điều khoản phân biệt đối xử", "Chưa rà soát trong kỳ, không tính là đạt")
        return tuple(re.search(rf"{name} <b>(\d+)</b>", page).group(1) for name in names)

    assert counted(person("legal")) == ("0", "1")
    assert counted(person("reviewer")) == ("1", "0")


def test_what_is_withheld_says_why(person, desk):
    second = person("legal")
    for path in (f"/kien-nghi/{desk['letters']}", f"/kien-nghi/{desk['letters']}/van-ban.docx",
                 f"/ho-so/{desk['regulations']}/so-sanh", f"/bao-cao/{desk['reports']}/xem-truoc.docx"):  # fmt: skip
        answer = second.get(path)
        assert (answer.status_code, "Để hai lần rà soát độc lập" in answer.text) == (409, True), path
    page = second.get(f"/ho-so/{desk['regulations']}").text
    assert "Để hai lần rà soát độc lập" in page and f'href="/ra-soat/{desk["versions"]}/lan-hai"' in page
    assert "Để hai lần rà soát độc lập" in second.get("/muc-tieu/5").text


def test_others_see_the_first_review_as_before(person, desk):
    viewer = person("reviewer")
    assert "có phân biệt đối xử" in viewer.get("/ho-so?ket_luan=discriminating").text
    assert NUMBER in viewer.get("/kien-nghi").text
    assert COMMENT in viewer.get(f"/ho-so/{desk['regulations']}").text
    assert "Để hai lần rà soát độc lập" not in viewer.get("/muc-tieu/5").text


def test_everything_is_seen_once_the_second_review_is_finished(store, person, desk):
    second = person("legal")
    for severity in ("S4", "S3", "S2"):
        one = of(store, desk["versions"], severity)
        second.post(f"/ra-soat/{desk['versions']}/lan-hai/{one.id}", {"decision": "consult", "reason": "lần hai"})
    second.post(f"/ra-soat/{desk['versions']}/lan-hai/ket-thuc")
    assert NUMBER in second.get("/kien-nghi").text
    assert COMMENT in second.get(f"/ho-so/{desk['regulations']}").text
    assert second.get(f"/bao-cao/{desk['reports']}/xem-truoc.xlsx").status_code == 200
