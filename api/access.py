"""Who may do what: roles, what they may do, and how a handler asks.

Every route names what it needs with :func:`requires` (or :func:`open_to_all`); a test walks all routes and refuses one
that does not. A commune clerk sees only the own commune, a newsroom only the own outlet: what lies outside is not
forbidden but not found, so that nothing is told of it.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from fastapi import Request

from auditor.errors import ApiError, StoreError
from auditor.store import Store, clock, seconds, users
from auditor.store.seconds import Veil
from auditor.store.users import Session, User
from auditor.store.words import Role

Permission = Literal[
    "see",  # documents, reviews, boards
    "upload",  # hand in texts
    "file",  # correct what is known of a text and put it under a village
    "review",  # decide findings, comment
    "second",  # be a blind second reviewer
    "sampling",  # set the share of texts that is reviewed twice
    "waive",
    "letters",  # recommendations to communes, their state
    "states",  # draft, posted, adopted…
    "rounds",
    "outlets",  # every outlet: scope, conditions, measurements
    "own_outlet",  # the own outlet's questionnaire, evidence, kept checks
    "keys",  # keys, hooks and policy of outlets, a newsroom those of its own
    "events",
    "reports",  # draft and issue the yearly reports
    "rules",  # approve rules, mark citations reviewed
    "users",
    "trail",
    "units",
]

_STAFF: frozenset[Permission] = frozenset(
    {"see", "upload", "file", "review", "second", "letters", "states", "rounds", "events"}
)
MAY: dict[Role, frozenset[Permission]] = {
    "admin": frozenset(
        {"see", "upload", "file", "outlets", "keys", "events", "users", "trail", "units", "rounds", "sampling"}
    ),
    "reviewer": _STAFF | {"waive", "outlets", "keys", "reports", "units"},
    "legal": _STAFF | {"waive", "rules", "trail", "sampling"},
    "commune": frozenset({"see", "upload", "file", "review", "states", "events"}),
    "newsroom": frozenset({"own_outlet", "keys"}),
    "viewer": frozenset({"see"}),
}
COOKIE = "auditor_session"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
CHANGING_PASSWORD = frozenset({"/mat-khau", "/dang-xuat"})
"""Where a person goes who must change the password first."""


class NotLoggedIn(Exception):
    """Nobody is logged in; the person is sent to the page where they can."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks, and the store they ask."""

    store: Store
    session: Session

    @property
    def user(self) -> User:
        """The person."""
        return self.session.user

    def may(self, permission: Permission) -> bool:
        """Say whether the person's role allows something."""
        return permission in MAY[self.user.role]

    @property
    def veil(self) -> Veil:
        """What the person is reading blind, so that no page tells them of it."""
        if not self.may("second"):
            return Veil()
        with self.store.read() as db:
            return seconds.veil(db, self.user)

    @property
    def commune(self) -> int | None:
        """The only commune the person sees, None for all."""
        return self.user.unit_id if self.user.role == "commune" else None

    def sees_outlet(self, outlet: int) -> bool:
        """Say whether an outlet is one the person may know of: any, but for a newsroom only its own."""
        return self.user.role != "newsroom" or self.user.outlet_id == outlet


def requires(permission: Permission) -> Callable[[Request], Awaitable[Visitor]]:
    """Return the dependency of a handler that only those with a permission may call.

    It also refuses a changing request that does not bring back the word of its session (cross-site request forgery).
    """

    async def visitor(request: Request) -> Visitor:
        found = logged_in(request)
        if permission not in MAY[found.user.role]:
            raise ApiError("GA403", "Vai trò của đồng chí không dùng được trang này. Nếu cần, xin hỏi người quản trị.")
        await _check_word(request, found.session.csrf)
        _check_password_is_own(request, found.user)
        return found

    visitor.permission = permission  # type: ignore[attr-defined]  # read by the test that walks all routes
    return visitor


async def anyone_logged_in(request: Request) -> Visitor:
    """Return who is logged in, whatever their role; the dependency of pages that all roles use."""
    found = logged_in(request)
    await _check_word(request, found.session.csrf)
    _check_password_is_own(request, found.user)
    return found


def open_to_all(request: Request) -> None:
    """Mark a handler that needs nobody to be logged in.

    Without a session there is no word to bring back; a changing request that the browser says another site sent is
    refused, so that nobody is logged in to someone else's account unawares.
    """
    if request.method not in SAFE and request.headers.get("sec-fetch-site") in {"cross-site", "same-site"}:
        raise _stale()


def logged_in(request: Request) -> Visitor:
    """Return who is logged in.

    Raises:
        NotLoggedIn: nobody is.
    """
    store: Store = request.app.state.store
    token = request.cookies.get(cookie_of(request))
    if token:
        with store.read() as db:
            session = users.session(db, token)
        if session is not None:
            _keep_awake(store, session)
            return Visitor(store, session)
    raise NotLoggedIn


def cookie_of(request: Request) -> str:
    """Return the name of the session's cookie.

    Over https it is one that browsers take only from this very host and never from a plain connection, so that neither
    a neighbouring site nor someone on the line can put a session of theirs in its place (RFC 6265bis).
    """
    return f"__Host-{COOKIE}" if request.url.scheme == "https" else COOKIE


def _keep_awake(store: Store, session: Session) -> None:
    if session.seen_at < clock.later(-users.TOUCH):
        # A busy store shall not keep anyone from reading; the next request notes the use.
        with suppress(StoreError), store.change() as change:
            users.touch(change, session)


def _check_password_is_own(request: Request, user: User) -> None:
    if user.must_change and request.url.path not in CHANGING_PASSWORD:
        raise ApiError("GA405", "Xin đổi mật khẩu lần đầu trước khi làm việc.")


async def _check_word(request: Request, word: str) -> None:
    if request.method in SAFE:
        return
    given = request.headers.get("x-csrf-word") or str((await request.form()).get("csrf", ""))
    if not secrets.compare_digest(given.encode(), word.encode()):
        raise _stale()


def _stale() -> ApiError:
    return ApiError("GA404", "Trang đã mở quá lâu hoặc không gửi từ phần mềm này. Xin tải lại trang rồi làm lại.")
