"""People who log in: their roles, passwords and sessions.

Passwords are kept as :mod:`auditor.store.passwords` says, sessions and keys as SHA-256 of what their holder keeps. A
session ends when it was not used for a while, and in any case at the end of a day's work.
"""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
from dataclasses import dataclass

from auditor.errors import StoreError
from auditor.store import clock, passwords
from auditor.store.database import Change, missing
from auditor.store.words import ROLES, Role

SESSION = 12 * 3600
"""Seconds after which a session ends, however much it is used."""
IDLE = 2 * 3600
"""Seconds after which a session that nobody used ends."""
TOUCH = 300
"""Seconds between two notes of a session's use, so that reading a page seldom writes."""


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
    seen_at: str


@dataclass(frozen=True, slots=True)
class Account:
    """A person as the list of people shows them: where they belong, and when they last logged in."""

    user: User
    place: str
    seen_at: str | None


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
        StoreError: GA334 the login is taken or malformed, GA335 the password is too easy to guess, GA336 the role
            lacks its commune or outlet.
    """
    login = login.strip().lower()
    if not login or len(login) > 60 or not login.isascii() or not all(c.isalnum() or c in "._-@" for c in login):
        raise StoreError("GA334", "Tên đăng nhập chỉ gồm chữ không dấu, số và các dấu . _ - @. Xin chọn tên khác.")
    if change.db.execute("SELECT 1 FROM users WHERE login = ?", [login]).fetchone():
        raise StoreError("GA334", f"Tên đăng nhập {login} đã có người dùng. Xin chọn tên khác.")
    passwords.check(password, login)
    values = {"login": login, "name": _name(name, login), **_belonging(change.db, role, unit_id, outlet_id)}
    id = change.insert(
        "users", {**values, "password": passwords.hashed(password), "must_change": int(must_change), "at": change.at}
    )
    change.note("user.add", "user", id, login=login, role=role)
    return get(change.db, id)


def change_user(
    change: Change, user: User, name: str, role: Role, *, unit_id: int | None = None, outlet_id: int | None = None
) -> User:
    """Change a person's name, role and where they belong; with another role or place their sessions end.

    Raises:
        StoreError: GA336 the role lacks its commune or outlet, GA391 nobody would be left to manage people.
    """
    if role != "admin":
        _keep_an_admin(change, user)
    values = _belonging(change.db, role, unit_id, outlet_id)
    change.update("users", user.id, {"name": _name(name, user.login), **values})
    if (role, unit_id, outlet_id) != (user.role, user.unit_id, user.outlet_id):
        _end_sessions(change, user)
    change.note("user.change", "user", user.id, name=name, **values)
    return get(change.db, user.id)


def deactivate(change: Change, user: User) -> None:
    """Keep a person from logging in; what they did stays theirs.

    Raises:
        StoreError: GA391, it is oneself, or nobody would be left to manage people.
    """
    if user.id == change.actor:
        raise StoreError("GA391", "Đồng chí không tự khoá tài khoản của mình được. Xin nhờ một người quản trị khác.")
    _keep_an_admin(change, user)
    change.update("users", user.id, {"active": 0})
    _end_sessions(change, user)
    change.note("user.deactivate", "user", user.id)


def activate(change: Change, user: User) -> None:
    """Let a person log in again."""
    change.update("users", user.id, {"active": 1})
    change.note("user.activate", "user", user.id)


def get(db: sqlite3.Connection, id: int) -> User:
    """Return a person by id.

    Raises:
        StoreError: GA331, there is no such person.
    """
    row = db.execute(f"SELECT {_COLUMNS} FROM users WHERE id = ?", [id]).fetchone()
    if row is None:
        raise missing()
    return _user(row)


def find(db: sqlite3.Connection, login: str) -> User:
    """Return a person by login.

    Raises:
        StoreError: GA331, there is no such person.
    """
    row = db.execute(f"SELECT {_COLUMNS} FROM users WHERE login = ?", [login.strip()]).fetchone()
    if row is None:
        raise missing()
    return _user(row)


def everyone(db: sqlite3.Connection) -> list[User]:
    """Return all people, by login."""
    return [_user(row) for row in db.execute(f"SELECT {_COLUMNS} FROM users ORDER BY login")]


def accounts(db: sqlite3.Connection) -> list[Account]:
    """Return all people with their places: those who may log in first, each group by login."""
    rows = db.execute(
        "SELECT users.*, coalesce(units.type || ' ' || units.name, outlets.name, '') AS place,"
        " (SELECT trail.at FROM trail WHERE subject = 'user' AND subject_id = users.id"
        "  AND action = 'session.open' ORDER BY id DESC LIMIT 1) AS seen FROM users"
        " LEFT JOIN units ON units.id = unit_id LEFT JOIN outlets ON outlets.id = outlet_id"
        " ORDER BY users.active DESC, login"
    )
    return [Account(_user(row), row["place"], row["seen"]) for row in rows]


def set_password(change: Change, user: User, password: str, *, must_change: bool = False) -> None:
    """Give a person another password; all their sessions end.

    Raises:
        StoreError: GA335, the password is too easy to guess.
    """
    passwords.check(password, user.login)
    change.update("users", user.id, {"password": passwords.hashed(password), "must_change": int(must_change)})
    _end_sessions(change, user)
    change.note("user.password", "user", user.id)


def reset(change: Change, user: User) -> str:
    """Give a person a made-up password that they must change when they log in, and return it; it is shown once."""
    password = passwords.passphrase()
    change.update("users", user.id, {"password": passwords.hashed(password), "must_change": 1})
    _end_sessions(change, user)
    change.note("user.reset", "user", user.id)
    return password


def authenticate(db: sqlite3.Connection, login: str, password: str) -> User | None:
    """Return the person a login and a password belong to; an unknown login takes as long as a known one."""
    row = db.execute(f"SELECT {_COLUMNS}, password FROM users WHERE login = ?", [login.strip()]).fetchone()
    fitting = passwords.fits(row["password"] if row else None, password)
    return _user(row) if fitting and row["active"] else None


def open_session(change: Change, user: User) -> str:
    """Open a session and return what its cookie holds; sessions that ended are cleared away."""
    token = secrets.token_urlsafe(32)
    change.db.execute("DELETE FROM sessions WHERE ends_at < ? OR seen_at < ?", [change.at, clock.later(-IDLE)])
    values = {"token": _digest(token), "user_id": user.id, "csrf": secrets.token_urlsafe(24), "at": change.at}
    change.insert("sessions", {**values, "seen_at": change.at, "ends_at": clock.later(SESSION)})
    change.note("session.open", "user", user.id)
    return token


def session(db: sqlite3.Connection, token: str) -> Session | None:
    """Return the session a cookie belongs to, None where it ended or its person may no longer log in."""
    row = db.execute(
        "SELECT sessions.id AS session_id, csrf, seen_at, users.* FROM sessions JOIN users ON users.id = user_id"
        " WHERE token = ? AND ends_at > ? AND seen_at > ? AND active",
        [_digest(token), clock.now(), clock.later(-IDLE)],
    ).fetchone()
    return Session(row["session_id"], _user(row), row["csrf"], row["seen_at"]) if row else None


def touch(change: Change, session: Session) -> None:
    """Note that a session is in use."""
    change.db.execute("UPDATE sessions SET seen_at = ? WHERE id = ?", [change.at, session.id])


def close_session(change: Change, session: Session) -> None:
    """End a session."""
    change.db.execute("DELETE FROM sessions WHERE id = ?", [session.id])
    change.note("session.close", "user", session.user.id)


def _belonging(db: sqlite3.Connection, role: Role, unit_id: int | None, outlet_id: int | None) -> dict[str, object]:
    """Return a role with the commune or outlet it needs, and none where it needs none."""
    if role not in ROLES:
        raise StoreError("GA336", f"Không có vai trò {role}. Các vai trò: {', '.join(ROLES)}.")
    if (role == "commune") != (unit_id is not None) or (role == "newsroom") != (outlet_id is not None):
        raise StoreError(
            "GA336", "Cán bộ xã phải thuộc một xã, người của toà soạn phải thuộc một toà soạn; vai trò khác thì không."
        )
    for query, id in (
        ("SELECT 1 FROM units WHERE id = ? AND kind = 'commune'", unit_id),
        ("SELECT 1 FROM outlets WHERE id = ?", outlet_id),
    ):
        if id is not None and db.execute(query, [id]).fetchone() is None:
            raise StoreError("GA336", "Không tìm thấy xã, phường hoặc toà soạn này. Xin chọn lại trong danh sách.")
    return {"role": role, "unit_id": unit_id, "outlet_id": outlet_id}


def _keep_an_admin(change: Change, user: User) -> None:
    query = "SELECT 1 FROM users WHERE role = 'admin' AND active AND id != ? LIMIT 1"
    if user.role == "admin" and user.active and change.db.execute(query, [user.id]).fetchone() is None:
        raise StoreError(
            "GA391", "Đây là người quản trị duy nhất còn dùng được. Xin thêm một người quản trị khác trước."
        )


def _end_sessions(change: Change, user: User) -> None:
    change.db.execute("DELETE FROM sessions WHERE user_id = ?", [user.id])


def _name(name: str, login: str) -> str:
    """Return a name in one line, without signs that steer a screen or turn the direction of writing."""
    return " ".join("".join(c if c.isprintable() else " " for c in name).split())[:120] or login


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _user(row: sqlite3.Row) -> User:
    names = [name.strip() for name in _COLUMNS.split(",")]
    values = {name: row[name] for name in names}
    return User(**{**values, "must_change": bool(row["must_change"]), "active": bool(row["active"])})
