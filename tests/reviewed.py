"""A regulation with findings of every kind, handed in without the engine, for tests of what people do with it."""

from __future__ import annotations

import hashlib
from datetime import date

from auditor.record import AuditRecord, Basis, Finding, LocatorRecord, SourceRecord, Suspect
from auditor.store import Change, Store, files, findings, regulations, units, users, versions
from auditor.store.findings import Reviewed
from auditor.store.users import User
from auditor.store.words import Role

TEXT = """QUY ƯỚC
Bản Nà Khương

Điều 1. Họp bản
1. Mỗi hộ cử một người đi họp <script>alert(1)</script>.
2. Phụ nữ lo cơm nước, đàn ông bàn việc bản.

Điều 2. Đất
1. Con gái đã lấy chồng không được chia đất của cha mẹ đẻ, đất hương hỏa để con trai trưởng.
2. Vợ phải nghe chồng.
"""
S4 = "Con gái đã lấy chồng không được chia đất của cha mẹ đẻ"
S3 = "chia đất của cha mẹ đẻ, đất hương hỏa để con trai trưởng"
S2 = "Phụ nữ lo cơm nước"
MISSED = "Vợ phải nghe chồng"


def finding(severity: str, quote: str, rule: str, text: str = TEXT) -> Finding:
    """Return a finding at the place of its quote."""
    start = text.index(quote)
    return Finding.model_validate(
        {
            "id": hashlib.sha256(f"{rule}{start}".encode()).hexdigest()[:16], "rule": rule,
            "category": rule.rsplit("-", 1)[0], "severity": severity, "confidence": 0.9, "start": start,
            "end": start + len(quote), "quote": quote, "locator": LocatorRecord(article="2", clause="1"),
            "title": f"Phát hiện {rule}", "message": "Điều khoản gạt một giới.", "why": "Nam, nữ bình đẳng.",
            "basis": [Basis(law="73/2006/QH11", article="40", clause="1", point="c", title="Luật Bình đẳng giới 2006",
                            short="LBDG:40.1.c")],
            "suggestion": "Con trai, con gái như nhau.", "trace": ["chủ thể: con gái", "không được"],
        }
    )  # fmt: skip


FOUND = (finding("S2", S2, "HU-LAB-01"), finding("S4", S4, "HU-PROP-01"), finding("S3", S3, "HU-PROP-04"))


def hand_in(
    store: Store, found: tuple[Finding, ...] = FOUND, *, text: str = TEXT, commune: str = "Bình Lư", name: str = "a.txt"
) -> int:
    """File an audited text under a village of a commune and return the id of its version."""
    missed = text.find(MISSED)
    suspects = (Suspect(start=missed, end=missed + len(MISSED), quote=MISSED, score=0.4),) if missed >= 0 else ()
    record = AuditRecord(
        id=name, kind="regulation", source=SourceRecord(path=name, form="txt"), engine="0", rulebook="0",
        as_of=date(2026, 11, 1), text_length=len(text), findings=found, suspects=suspects,
    )  # fmt: skip
    with store.change() as change:
        place = units.find_commune(change.db, commune)
        assert place is not None
        version = versions.hand_in(change, files.keep(change, (text + name).encode(), name, "text/plain"), name)
        versions.audited(change, version.id, record, text)
        regulation = regulations.add(
            change, units.village(change, place, "bản", f"Nà {version.id}"), "quy ước", f"Quy ước {version.id}"
        )
        regulations.attach(change, regulation, version.id)
    return version.id


def of(store: Store, version: int, severity: str) -> Reviewed:
    """Return the finding of a version that was suggested at a severity."""
    with store.read() as db:
        return next(one for one in findings.of_version(db, version) if one.finding.severity == severity)


def person(change: Change, login: str, role: Role, *, unit_id: int | None = None, outlet_id: int | None = None) -> User:
    """Put in a person who never logs in, without the cost of a password."""
    values = {"login": login, "name": login, "role": role, "unit_id": unit_id, "outlet_id": outlet_id, "password": "-"}
    return users.get(change.db, change.insert("users", {**values, "at": change.at}))
