"""A store to try the desk with: the sample texts under villages of several communes, read, filed, partly reviewed.

All texts are invented; the villages are put under real communes only so that lists and boards have something to show.
Some texts are left as they come in: one waits to be filed, one cannot be read.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from auditor.errors import StoreError
from auditor.matching.units import CORPORA
from auditor.store import (
    Change,
    Store,
    clock,
    files,
    filing,
    findings,
    jobs,
    outlets,
    passwords,
    regulations,
    reviews,
    scans,
    units,
    uploads,
    users,
    versions,
)
from auditor.store.filing import Filing
from auditor.store.users import User
from auditor.store.words import CONFIRMS, ROLES, Role, State
from auditor.worker.jobs import Reader

MARK = "demo"
COMMUNE = "Bình Lư"
LOGINS: dict[Role, str] = {
    "admin": "quan-tri", "reviewer": "ra-soat", "legal": "phap-che", "commune": "xa-binh-lu",
    "newsroom": "toa-soan", "viewer": "chi-xem",
}  # fmt: skip
OUTLETS = (
    ("Báo Tây Bắc Ngày Nay", "press"), ("Báo Biên Cương", "press"), ("Kinh tế Vùng Cao", "press"),
    ("Đài PT-TH Vùng Cao", "press"), ("Đài truyền thanh xã Khun Há", "local"),
    ("Trang tin xã Nậm Tăm Thượng", "local"),
)  # fmt: skip
MEASURED = 2
"""Outlets whose articles are measured; the others wait for that."""
REASON = "Đã đối chiếu nguyên văn và căn cứ pháp luật."


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample text, where it is filed, and how far its review is (closed, begun, none)."""

    path: str
    commune: str
    type: str
    village: str
    name: str
    state: State
    days_ago: int
    review: str


SAMPLES = (
    Sample("samples/ban-huoi-sang.txt", COMMUNE, "bản", "Huổi Sang", "quy ước", "recognised", 500, "closed"),
    Sample("samples/ban-ta-leng-thuong.docx", "Tả Lèng", "bản", "Tà Lèng Thượng", "quy ước", "adopted", 40, "begun"),
    Sample("samples/thon-dong-mai.txt", "Đoàn Kết", "thôn", "Đồng Mai Hạ", "hương ước", "recognised", 300, "closed"),
    Sample("samples/thon-vinh-lac.txt", "Tân Phong", "thôn", "Vĩnh Lạc", "hương ước", "recognised", 620, "begun"),
    Sample("regulations/whole/ban-nam-cuoi.txt", "Nậm Cuổi", "bản", "Nậm Cươi", "quy ước", "recognised", 700, "closed"),
    Sample("regulations/whole/ban-pa-hang.txt", "Sìn Hồ", "bản", "Pá Hảng", "quy ước", "posted", 6, "none"),
    Sample("regulations/whole/ap-rach-gom.txt", COMMUNE, "bản", "Rạch Gộm", "quy ước", "draft", 3, "none"),
    Sample("regulations/whole/buon-ea-knop.txt", "Than Uyên", "bản", "Ea Knơp", "quy ước", "recognised", 680, "none"),
    Sample(
        "regulations/whole/dong-ho-ta-quang.txt", "Mường Kim", "bản", "Đông Phác", "hương ước", "suspended", 90, "begun"
    ),
)  # fmt: skip
UNFILED = "regulations/whole/to-dan-pho-so-9.txt"


def fill(store: Store) -> list[tuple[User, str]]:
    """Fill a store; one that was filled before only gets new passwords.

    Returns:
        The people, one for each role, with their passwords.

    Raises:
        StoreError: GA360, the store holds other data, or the sample texts are not installed.
    """
    with store.read() as db:
        filled = db.execute("SELECT 1 FROM uploads WHERE note = ? LIMIT 1", [MARK]).fetchone()
        used = db.execute("SELECT 1 FROM users UNION SELECT 1 FROM versions LIMIT 1").fetchone()
    if not filled:
        if used:
            raise StoreError(
                "GA360", f"Kho {store.path} đã có dữ liệu nên không ghi mẫu vào. Hãy chọn tệp khác bằng --store."
            )
        _texts()
        _begin(store)
    people = _passwords(store)
    _read_all(store)
    _review_all(store, {user.role: user for user, _ in people})
    return people


def _texts() -> dict[str, bytes]:
    """Return the sample texts by their path.

    Raises:
        StoreError: GA360, they are not installed.
    """
    try:
        return {path: (CORPORA / path).read_bytes() for path in (*(one.path for one in SAMPLES), UNFILED)}
    except OSError as error:
        raise StoreError(
            "GA360", f"Không thấy các văn bản mẫu ở {CORPORA}. Hãy chạy lệnh này từ mã nguồn: ./dev demo"
        ) from error


def _articles() -> list[bytes]:
    """Return the sample articles as lines of an item file, the year of each made this year."""
    paths = sorted((CORPORA / "press" / "whole").glob("*.jsonl"))
    found = [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]
    year = clock.today().year
    return [
        json.dumps({**one, "date": f"{year}{str(one['date'])[4:]}"}, ensure_ascii=False).encode()
        for one in found
        if one.get("date")
    ]


def _begin(store: Store) -> None:
    """Put in people, outlets and the sample texts, all in one change: the store is filled or it is not."""
    with store.change() as change:
        units.seed(change)
        known = [outlets.add(change, name, kind, in_scope=True) for name, kind in OUTLETS]
        commune = units.find_commune(change.db, COMMUNE)
        for role, login in LOGINS.items():
            users.add(
                change, login, f"{ROLES[role].capitalize()} (dùng thử)", role, passwords.passphrase(),
                must_change=False, unit_id=commune.id if commune and role == "commune" else None,
                outlet_id=known[0].id if role == "newsroom" else None,
            )  # fmt: skip
        reviewer = _person(change, "reviewer")
    with store.change(reviewer.id) as change:
        upload = uploads.start(change, MARK)
        for path, data in _texts().items():
            uploads.take_in(change, upload, io.BytesIO(data), Path(path).name)
        uploads.take_in(change, upload, io.BytesIO(b"%PDF-1.4 hong"), "quy-uoc-hong.pdf")
        for outlet in known[:MEASURED]:
            lines = [line for line in _articles() if json.loads(line)["outlet"] == outlet.name]
            year = clock.today().year
            file = files.keep(change, b"\n".join(lines), f"tin-bai-{outlet.id}.jsonl")
            scans.ask(change, outlet.id, year, file)


def _passwords(store: Store) -> list[tuple[User, str]]:
    """Give each person of the demo a new password."""
    found = []
    with store.change() as change:
        for role in LOGINS:
            password = passwords.passphrase()
            user = _person(change, role)
            users.set_password(change, user, password)
            found.append((user, password))
    return found


def _person(change: Change, role: Role) -> User:
    return next(user for user in users.everyone(change.db) if user.login == LOGINS[role])


def _read_all(store: Store) -> None:
    """Do in this process what the worker would do."""
    reader: Reader | None = None
    while True:
        with store.change() as change:
            job = jobs.claim(change, MARK)
        if job is None:
            return
        reader = reader or Reader(store)
        reader.do(job)


def _review_all(store: Store, people: dict[Role, User]) -> None:
    for sample in SAMPLES:
        with store.change(people["reviewer"].id) as change:
            row = change.db.execute(
                "SELECT id, regulation_id, reading FROM versions WHERE filename = ? AND reading = 'audited'",
                [Path(sample.path).name],
            ).fetchone()
            if row is None or row["regulation_id"] is not None:
                continue
            _file(change, row["id"], sample)
        if sample.review != "none":
            _review(store, row["id"], sample, people)


def _file(change: Change, version: int, sample: Sample) -> None:
    """File a sample; one in force went through the states before."""
    commune = units.find_commune(change.db, sample.commune)
    if commune is None:
        raise StoreError("GA360", f"Không có xã, phường {sample.commune} trong danh mục.")
    day = clock.today() - timedelta(days=sample.days_ago)
    states = list(_path(sample.state, day))
    days = dict(states)
    first, on = states[0]
    filed = filing.file(
        change, version,
        Filing(
            commune, sample.type, sample.village, sample.name, "", first, on, days.get("adopted"),
            days.get("recognised"), versions.get(change.db, version).particulars.get("households_total"),
        ),
    )  # fmt: skip
    for state, on in states[1:]:
        document = "12/QĐ-UBND" if state in {"recognised", "suspended"} else ""
        regulations.enter_state(change, filed.id, state, on, version_id=version, document=document)


def _path(state: State, day: date) -> Iterator[tuple[State, date]]:
    """Yield the states up to one, with plausible days."""
    whole: tuple[State, ...] = ("draft", "posted", "adopted", "recognised", "suspended")
    before = whole[: whole.index(state) + 1]
    for at, one in enumerate(before):
        yield one, day - timedelta(days=14 * (len(before) - 1 - at))


def _review(store: Store, version: int, sample: Sample, people: dict[Role, User]) -> None:
    """Decide findings as those would who may; a review that is only begun leaves some open."""
    with store.read() as db:
        found = [one for one in findings.of_version(db, version) if one.state == "suggested"]
    for at, one in enumerate(found):
        if sample.review == "begun" and at % 2:
            continue
        role: Role = "reviewer" if one.severity in CONFIRMS["reviewer"] else "legal"
        with store.change(people[role].id) as change:
            if sample.review == "begun" and at == 2:
                findings.decide(change, one.id, people[role], "consult", "Cần ý kiến của pháp chế về câu này.")
            else:
                findings.decide(change, one.id, people[role], "confirmed", REASON)
    if sample.review == "closed":
        with store.change(people["reviewer"].id) as change:
            reviews.close(change, version, people["reviewer"])
