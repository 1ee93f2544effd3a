"""People who log in: their roles, passwords and sessions.

Passwords are kept as Argon2id hashes (RFC 9106), sessions and keys as SHA-256 of what their holder keeps.
"""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from auditor.errors import StoreError
from auditor.store import clock
from auditor.store.database import Change, missing
from auditor.store.words import ROLES, Role

SHORTEST = 10
"""Least number of characters of a password."""
SESSION = 12 * 3600
"""Seconds a session lasts after it was last used."""
_HASHER = PasswordHasher()
_NOBODY = _HASHER.hash(secrets.token_hex())


@dataclass(frozen=True, slots=True)
class User:
    """A person; ``unit_id`` is the commune of a commune clerk, ``outlet_id`` the outlet of a newsroom."""

    id: int
    login: str
    name: str
    role: Role
    unit_id: int | None
    outlet_id: int | None
    must_change: bool
    active: bool


@dataclass(frozen=True, slots=True)
class Session:
    """Who is logged in, and the word that forms must bring back (against forged requests)."""

    id: int
    user: User
    csrf: str


_COLUMNS = "id, login, name, role, unit_id, outlet_id, must_change, active"


def add(
    change: Change,
    login: str,
    name: str,
    role: Role,
    password: str,
    *,
    unit_id: int | None = None,
    outlet_id: int | None = None,
    must_change: bool = True,
) -> User:
    """Add a person.

    Raises:
        StoreError: GA334 the login is taken or malformed, GA335 the password is too short, GA336 the role lacks its
            commune or outlet.
    """
    login = login.strip().lower()
    if not login or not login.isascii() or not all(c.isalnum() or c in "._-@" for c in login):
        raise StoreError("GA334", "Tên đăng nhập chỉ gồm chữ không dấu, số và các dấu . _ - @. Xin chọn tên khác.")
    if change.db.execute("SELECT 1 FROM users WHERE login = ?", [login]).fetchone():
        raise StoreError("GA334", f"Tên đăng nhập {login} đã có người dùng. Xin chọn tên khác.")
    if role not in ROLES:
        raise StoreError("GA336", f"Không có vai trò {role}. Các vai trò: {', '.join(ROLES)}.")
    if (role == "commune") != (unit_id is not None) or (role == "newsroom") != (outlet_id is not None):
        raise StoreError(
            "GA336", "Cán bộ xã phải thuộc một xã, người của toà soạn phải thuộc một toà soạn; vai trò khác thì không."
        )
    values = {"login": login, "name": name.strip() or login, "role": role, "unit_id": unit_id, "outlet_id": outlet_id}
    id = change.insert(
        "users", {**values, "password": _hashed(password), "must_change": int(must_change), "at": change.at}
    )
    change.note("user.add", "user", id, login=login, role=role)
    return get(change.db, id)


def get(db: sqlite3.Connection, id: int) -> User:
    """Return a person by id.

    Raises:
        StoreError: GA331, there is no such person.
    """
    row = db.execute(f"SELECT {_COLUMNS} FROM users WHERE id = ?", [id]).fetchone()
    if row is None:
        raise missing()
    return _user(row)


def everyone(db: sqlite3.Connection) -> list[User]:
    """Return all people, by login."""
    return [_user(row) for row in db.execute(f"SELECT {_COLUMNS} FROM users ORDER BY login")]


def set_password(change: Change, user: User, password: str, *, must_change: bool = False) -> None:
    """Give a person another password; all their sessions end.

    Raises:
        StoreError: GA335, the password is too short.
    """
    change.update("users", user.id, {"password": _hashed(password), "must_change": int(must_change)})
    change.db.execute("DELETE FROM sessions WHERE user_id = ?", [user.id])
    change.note("user.password", "user", user.id)


def authenticate(db: sqlite3.Connection, login: str, password: str) -> User | None:
    """Return the person a login and a password belong to; an unknown login takes as long as a known one."""
    row = db.execute(f"SELECT {_COLUMNS}, password FROM users WHERE login = ?", [login.strip()]).fetchone()
    try:
        _HASHER.verify(row["password"] if row else _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return None
    return _user(row) if row and row["active"] else None


def open_session(change: Change, user: User) -> str:
    """Open a session and return what its cookie holds; sessions that ended are cleared away."""
    token = secrets.token_urlsafe(32)
    change.db.execute("DELETE FROM sessions WHERE ends_at < ?", [change.at])
    values = {"token": _digest(token), "user_id": user.id, "csrf": secrets.token_urlsafe(24), "at": change.at}
    change.insert("sessions", {**values, "seen_at": change.at, "ends_at": clock.later(SESSION)})
    change.note("session.open", "user", user.id)
    return token


def session(db: sqlite3.Connection, token: str) -> Session | None:
    """Return the session a cookie belongs to, None where it ended or its person may no longer log in."""
    row = db.execute(
        "SELECT sessions.id AS session_id, csrf, users.* FROM sessions JOIN users ON users.id = user_id"
        " WHERE token = ? AND ends_at > ? AND active",
        [_digest(token), clock.now()],
    ).fetchone()
    return Session(row["session_id"], _user(row), row["csrf"]) if row else None


def close_session(change: Change, session: Session) -> None:
    """End a session."""
    change.db.execute("DELETE FROM sessions WHERE id = ?", [session.id])
    change.note("session.close", "user", session.user.id)


def _hashed(password: str) -> str:
    if len(password) < SHORTEST:
        raise StoreError("GA335", f"Mật khẩu cần ít nhất {SHORTEST} ký tự. Một câu ngắn dễ nhớ là tốt nhất.")
    return _HASHER.hash(password)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _user(row: sqlite3.Row) -> User:
    names = [name.strip() for name in _COLUMNS.split(",")]
    values = {name: row[name] for name in names}
    return User(**{**values, "must_change": bool(row["must_change"]), "active": bool(row["active"])})
