"""Short ways to a regulation with a text, findings and decisions."""

from __future__ import annotations

from datetime import date

from auditor.record import AuditRecord, Basis, Finding, LocatorRecord, SourceRecord
from auditor.store import files, findings, regulations, units, users, versions
from auditor.store.database import Change
from auditor.store.regulations import Regulation
from auditor.store.users import User
from auditor.store.versions import Version

OLD = """QUY ƯỚC BẢN NÀ HUM

Điều 1. Phạm vi
Quy ước này áp dụng cho mọi hộ trong bản.

Điều 2. Họp bản
1. Mỗi quý họp một lần vào ngày rằm.
2. Chỉ đàn ông là chủ hộ được biểu quyết việc bản.

Điều 3. Ruộng đất
1. Con gái đã lấy chồng không được chia đất của cha mẹ đẻ.
2. Không lấn đường đi chung của bản.

Điều 4. Hiệu lực
Quy ước có hiệu lực từ ngày được công nhận.
"""
VOTE = "Chỉ đàn ông là chủ hộ được biểu quyết việc bản."
LAND = "Con gái đã lấy chồng không được chia đất của cha mẹ đẻ."
NEW = OLD.replace(VOTE, "Mỗi hộ cử một người, vợ hoặc chồng, đi họp và biểu quyết.")


def person(change: Change, role: str = "legal", unit_id: int | None = None) -> User:
    """Add a person of a role."""
    return users.add(change, f"{role}-{change.at[-10:-6]}", role, role, "mot mat khau dai", unit_id=unit_id)


def regulation(change: Change, name: str = "Nà Hum", commune: str = "Bình Lư") -> Regulation:
    """Add a village with a regulation that has no text yet."""
    found = units.find_commune(change.db, commune)
    assert found is not None
    village = units.village(change, found, "bản", name)
    return regulations.add(change, village, "quy ước", f"Quy ước bản {name}")


def finding(text: str, words: str, rule: str, category: str, severity: str = "S4") -> Finding:
    """Make a finding of some words of a text."""
    start = text.index(words)
    return Finding(
        id=f"{rule}@{start}", rule=rule, category=category, severity=severity, confidence=0.9, start=start,
        end=start + len(words), quote=words, locator=LocatorRecord(article="2", clause="2"), title=f"Nhan đề {rule}",
        message="Điều khoản gạt một giới ra ngoài.", why="Nam, nữ có quyền như nhau.",
        basis=(Basis(law="73/2006/QH11", article="40", clause="1", point="c"),), suggestion="Mỗi hộ cử một người.",
        trace=(),
    )  # fmt: skip


def text(change: Change, under: Regulation, words: str, *found: Finding) -> Version:
    """File a text with its findings under a regulation."""
    file = files.keep(change, words.encode(), "quy-uoc.txt", "text/plain")
    version = versions.hand_in(change, file, "quy-uoc.txt")
    record = AuditRecord(
        id="quy-uoc.txt", kind="regulation", source=SourceRecord(path="quy-uoc.txt", form="txt"), engine="0",
        rulebook="0", as_of=date(2026, 3, 2), text_length=len(words), findings=found,
    )  # fmt: skip
    versions.audited(change, version.id, record, words)
    return regulations.attach(change, under, version.id)


def both(words: str = OLD) -> list[Finding]:
    """Return the findings of a vote and of land, as far as their words stand in a text."""
    known = ((VOTE, "HU-PART-01", "HU-PART"), (LAND, "HU-PROP-01", "HU-PROP"))
    return [finding(words, quote, rule, category) for quote, rule, category in known if quote in words]


def decided(change: Change, version: Version, user: User, decision: str = "confirmed") -> list[int]:
    """Decide all findings of a version and return their ids."""
    ids = [one.id for one in findings.of_version(change.db, version.id)]
    for id in ids:
        findings.decide(change, id, user, decision, "Trái Luật Bình đẳng giới.")
    return ids
