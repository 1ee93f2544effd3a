"""Keys with which newsrooms' programs ask for checks: made, listed, rotated, revoked; kept as SHA-256 only."""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from auditor.errors import StoreError
from auditor.store import clock
from auditor.store.database import Change, loaded, missing

SCOPES: dict[str, str] = {
    "check": "soát bài",
    "read": "đọc quy tắc, chỉ số và mục tiêu",
}
GRACE = 24 * 3600
"""Seconds an old key goes on working after it was rotated."""
_PREFIX = "ga_"


@dataclass(frozen=True, slots=True)
class Key:
    """A key without its secret; ``prefix`` is what people know it by, ``outlet`` the name of its outlet."""

    id: int
    outlet_id: int
    outlet: str
    policy: Mapping[str, object]
    name: str
    prefix: str
    scopes: tuple[str, ...]
    at: str
    ends_at: str | None
    revoked_at: str | None
    used_at: str | None


@dataclass(frozen=True, slots=True)
class Usage:
    """What a key was used for on one day."""

    day: str
    checks: int
    characters: int
    refused: int


_SELECT = (
    "SELECT keys.id, outlet_id, outlets.name AS outlet, policy, keys.name, prefix, scopes, keys.at, ends_at,"
    " revoked_at, used_at FROM keys JOIN outlets ON outlets.id = outlet_id"
)


def add(change: Change, outlet_id: int, name: str, scopes: Iterable[str] = SCOPES) -> tuple[Key, str]:
    """Make a key for an outlet; returned beside it is its secret, which is shown once and never again.

    Raises:
        StoreError: GA395, a scope is unknown or the name is empty.
    """
    wanted = [scope for scope in SCOPES if scope in set(scopes)]
    if not wanted or not name.strip():
        raise StoreError("GA395", f"Khoá cần một tên và ít nhất một quyền trong: {', '.join(SCOPES)}.")
    secret = _PREFIX + secrets.token_urlsafe(32)
    values = {"outlet_id": outlet_id, "name": name.strip(), "prefix": secret[:10], "secret": digest(secret)}
    id = change.insert("keys", {**values, "scopes": wanted, "created_by": change.actor, "at": change.at})
    change.note("key.add", "key", id, outlet=outlet_id, name=name.strip())
    return get(change.db, id), secret


def rotate(change: Change, key: Key) -> tuple[Key, str]:
    """Make a key in place of another, which goes on working for a day so that nobody is cut off.

    Raises:
        StoreError: GA396, the key was revoked, or another stands in its place already: who holds it shall not go on.
    """
    if key.revoked_at is not None or key.ends_at is not None:
        words = "đã bị thu hồi" if key.revoked_at else "đã được đổi một lần"
        raise StoreError("GA396", f"Khoá này {words} nên không đổi được nữa. Hãy tạo khoá mới cho toà soạn.")
    fresh = add(change, key.outlet_id, key.name, key.scopes)
    change.update("keys", key.id, {"ends_at": clock.later(GRACE)})
    change.note("key.rotate", "key", key.id, by=fresh[0].id)
    return fresh


def revoke(change: Change, key: Key) -> None:
    """Make a key useless at once; one that is so already stays as it is."""
    if key.revoked_at is not None:
        return
    change.update("keys", key.id, {"revoked_at": change.at})
    change.note("key.revoke", "key", key.id)


def get(db: sqlite3.Connection, id: int) -> Key:
    """Return a key by its id.

    Raises:
        StoreError: GA331, there is no such key.
    """
    row = db.execute(f"{_SELECT} WHERE keys.id = ?", [id]).fetchone()
    if row is None:
        raise missing()
    return _key(row)


def of_outlet(db: sqlite3.Connection, outlet_id: int) -> list[Key]:
    """Return the keys of an outlet, the newest first."""
    return [_key(row) for row in db.execute(f"{_SELECT} WHERE outlet_id = ? ORDER BY keys.id DESC", [outlet_id])]


def everyone(db: sqlite3.Connection) -> list[Key]:
    """Return all keys, by outlet."""
    return [_key(row) for row in db.execute(f"{_SELECT} ORDER BY outlets.name, keys.id")]


def known(db: sqlite3.Connection, secret: str) -> Key | None:
    """Return the key a secret belongs to, None where it is unknown, revoked or has ended."""
    row = db.execute(
        f"{_SELECT} WHERE secret = ? AND revoked_at IS NULL AND (ends_at IS NULL OR ends_at > ?)",
        [digest(secret), clock.now()],
    ).fetchone()
    return _key(row) if row else None


def count(change: Change, key_id: int, day: str, *, checks: int, characters: int, refused: int) -> None:
    """Add to what a key was used for on a day."""
    change.db.execute(
        "INSERT INTO key_usage (key_id, day, checks, characters, refused) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (key_id, day) DO UPDATE SET checks = checks + excluded.checks,"
        " characters = characters + excluded.characters, refused = refused + excluded.refused",
        [key_id, day, checks, characters, refused],
    )
    change.db.execute("UPDATE keys SET used_at = ?, uses = uses + ? WHERE id = ?", [change.at, checks, key_id])


def usage(db: sqlite3.Connection, key_id: int, days: int = 31) -> list[Usage]:
    """Return what a key was used for on its latest days, the newest first."""
    rows = db.execute(
        "SELECT day, checks, characters, refused FROM key_usage WHERE key_id = ? ORDER BY day DESC LIMIT ?",
        [key_id, days],
    )
    return [Usage(**dict(row)) for row in rows]


def by_key(db: sqlite3.Connection, outlet_id: int, since: str) -> dict[int, Usage]:
    """Return what each key of an outlet was used for since a day, by id; ``day`` is the first of them."""
    rows = db.execute(
        "SELECT key_id, sum(checks) AS checks, sum(characters) AS characters, sum(refused) AS refused FROM key_usage"
        " JOIN keys ON keys.id = key_id WHERE outlet_id = ? AND day >= ? GROUP BY key_id",
        [outlet_id, since],
    )
    return {row["key_id"]: Usage(since, row["checks"], row["characters"], row["refused"]) for row in rows}


def by_day(db: sqlite3.Connection, outlet_id: int, since: str, key_id: int | None = None) -> list[Usage]:
    """Return what the keys of an outlet, or one of them, were used for on each day since one, the earliest first."""
    rows = db.execute(
        "SELECT day, sum(checks) AS checks, sum(characters) AS characters, sum(refused) AS refused FROM key_usage"
        " JOIN keys ON keys.id = key_id WHERE outlet_id = :outlet AND day >= :since"
        " AND (:key IS NULL OR key_id = :key) GROUP BY day ORDER BY day",
        {"outlet": outlet_id, "since": since, "key": key_id},
    )
    return [Usage(**dict(row)) for row in rows]


def digest(secret: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _key(row: sqlite3.Row) -> Key:
    values = dict(row)
    return Key(**{**values, "scopes": tuple(loaded(values["scopes"])), "policy": loaded(values["policy"])})
