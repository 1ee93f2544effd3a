"""What a job leaves in the store."""

from __future__ import annotations

import io
import zipfile

import pytest

from auditor.store import findings, jobs, uploads, versions
from tests.documents.files import pdf

TEXT = (
    "QUY ƯỚC\nBản Nà Khương, xã Bình Lư\n\nĐiều 1. Đất đai\n"
    "1. Con gái đã lấy chồng không được chia đất của cha mẹ đẻ.\n\n"
    "Điều 2. Hội nghị toàn dân thông qua ngày 02 tháng 3 năm 2025.\n"
)
ARTICLE = (
    "Sáng 16/4, phóng viên có mặt tại toà soạn. Chị Lan chia sẻ, năm nay công ty tuyển thêm nhiều người. Ông Nam cho "
    "biết doanh nghiệp tăng 20% so với năm 2024. Theo thông tin từ bệnh viện, bác sĩ và giám đốc đã họp báo chiều nay. "
)


def packed(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.replace("_", "."), data)
    return out.getvalue()


def one_version(store):
    with store.read() as db:
        (row,) = db.execute("SELECT id FROM versions").fetchall()
        return versions.get(db, row["id"]), findings.of_version(db, row["id"]), versions.record(db, row["id"])


def test_a_text_is_read_audited_and_guessed_about(store, hand_in, work):
    hand_in(a_txt=TEXT.encode())
    assert work() == 1
    version, found, _ = one_version(store)
    assert (version.reading, version.particulars["village"], version.particulars["commune"]) == (
        "audited", "Nà Khương", "Bình Lư",
    )  # fmt: skip
    assert [(one.finding.severity, one.state) for one in found] == [("S4", "suggested")]


def test_a_file_that_cannot_be_read_says_why_and_can_be_tried_again(store, hand_in, work):
    upload = hand_in(a_txt=b"")
    work()
    with store.change() as change:
        (item,) = uploads.items(change.db, upload)
        assert (item.reading, item.code, item.job_state) == ("unreadable", "GA201", "failed")
        uploads.retry(change, item)
        (item,) = uploads.items(change.db, upload)
        assert (item.reading, item.code, item.open) == ("waiting", None, True)
    assert work() == 1


def test_an_archive_gives_a_version_for_each_text_in_it(store, hand_in, work):
    upload = hand_in(kho_zip=packed(a_txt=TEXT.encode(), b_txt=TEXT.replace("gái", "dâu").encode(), c_exe=b"MZ12"))
    assert work() == 4
    with store.read() as db:
        archive, *inside = uploads.items(db, upload)
    assert (archive.outcome, archive.job_state) == ("archive", "done")
    assert [(one.filename, one.reading, one.parent_id == archive.id) for one in inside] == [
        ("a.txt", "audited", True), ("b.txt", "audited", True), ("c.exe", "unreadable", True),
    ]  # fmt: skip


def test_opening_an_archive_twice_gives_each_text_once(store, hand_in, work):
    upload = hand_in(kho_zip=packed(a_txt=TEXT.encode()))
    work()
    with store.change() as change:
        jobs.again(change, uploads.items(change.db, upload)[0].job_id)
    work()
    with store.read() as db:
        assert len(uploads.items(db, upload)) == 2


def test_an_archive_that_is_none_says_so(store, hand_in, work):
    upload = hand_in(kho_zip=b"PK\x03\x04 khong phai")
    work()
    with store.read() as db:
        states = [(one.outcome, one.code) for one in uploads.items(db, upload)]
    assert ("refused", "GA204") in states


def test_the_attachments_of_a_letter_come_in_one_by_one(store, hand_in, work):
    letter = (
        "From: a@b.vn\r\nTo: c@d.vn\r\nSubject: quy uoc\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\r\n'
        '--x\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Disposition: attachment; filename="a.txt"\r\n\r\n'
        f"{TEXT}\r\n--x--\r\n"
    )
    upload = hand_in(thu_eml=letter.encode())
    work()
    with store.read() as db:
        found = [(one.filename, one.outcome, one.reading) for one in uploads.items(db, upload)]
    assert found == [("thu.eml", "archive", None), ("a.txt", "new", "audited")]


def test_an_article_is_audited_as_a_regulation_with_a_warning(store, hand_in, work):
    hand_in(a_txt=(ARTICLE * 4).encode())
    work()
    _, _, record = one_version(store)
    assert record.kind == "regulation"
    assert "GA246" in {one.code for one in record.warnings}


def test_pages_of_a_pdf_are_drawn_and_kept(store, hand_in, work):
    words = "Các hộ trong bản giữ gìn vệ sinh chung, giúp nhau lúc khó khăn."
    page = [(72.0, 700.0 - 20 * at, f"{at}. {words}") for at in (1, 2)]
    data = pdf([page, page])
    hand_in(a_pdf=data)
    work()
    version, _, _ = one_version(store)
    with store.read() as db:
        kept = db.execute(
            "SELECT number, media FROM pages JOIN files ON files.id = file_id WHERE version_id = ? ORDER BY number",
            [version.id],
        ).fetchall()
    assert (version.reading, version.pages) == ("audited", 2)
    assert [tuple(row) for row in kept] == [(1, "image/jpeg"), (2, "image/jpeg")]


def test_what_a_worker_finds_after_its_job_was_taken_over_is_dropped(store, hand_in, reader, work):
    hand_in(a_txt=TEXT.encode())
    with store.change() as change:
        late = jobs.claim(change, "slow")
        jobs.release(change, "slow")
    assert work() == 1
    with store.read() as db:
        lines = db.execute("SELECT count(*) FROM trail WHERE action = 'version.audited'").fetchone()[0]
    reader.do(late)
    with store.read() as db:
        assert db.execute("SELECT count(*) FROM trail WHERE action = 'version.audited'").fetchone()[0] == lines == 1


def test_a_text_taken_back_meanwhile_is_not_read(store, hand_in, work):
    hand_in(a_txt=TEXT.encode())
    with store.change() as change:
        versions.withdraw(change, 1)
    assert work() == 1
    version, found, _ = one_version(store)
    assert (version.reading, found) == ("withdrawn", [])


@pytest.mark.parametrize("crashes", [1, 2, 3])
def test_a_job_that_kills_its_process_is_tried_three_times(store, hand_in, crashes):
    hand_in(a_txt=TEXT.encode())
    again = []
    for _ in range(crashes):
        with store.change() as change:
            change.db.execute("UPDATE jobs SET not_before = NULL")
            job = jobs.claim(change, "w")
            again.append(jobs.crashed(change, job, 60))
    assert again == [True, True, False][:crashes]
