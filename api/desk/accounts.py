"""Logging in and out, and one's own password."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from api.access import Visitor, anyone_logged_in, cookie_of, open_to_all
from api.pages import go, render
from api.throttle import Throttle
from auditor.errors import StoreError
from auditor.store import Store, users
from auditor.store.users import User

router = APIRouter()
WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng. Xin thử lại."


class CookieFlags(TypedDict):
    """How the session's cookie is kept by browsers."""

    httponly: bool
    samesite: Literal["lax"]
    secure: bool
    path: str


@router.get("/dang-nhap", dependencies=[Depends(open_to_all)])
def login_page(request: Request, toi: str = "/") -> Response:
    """Show where to log in."""
    return render(request, "login.html", wanted=_inside(toi), login="", trouble="")


@router.post("/dang-nhap", dependencies=[Depends(open_to_all)])
def login(
    request: Request, login: Annotated[str, Form()], password: Annotated[str, Form()], toi: Annotated[str, Form()] = "/"
) -> Response:
    """Log a person in under a new session; the one they came with ends."""
    store: Store = request.app.state.store
    user, seconds = _known(request, login, password)
    if user is None:
        status, trouble = (429, _too_often(seconds)) if seconds else (401, WRONG)
        page = render(request, "login.html", status=status, wanted=_inside(toi), login=login[:60], trouble=trouble)
        if seconds:
            page.headers["Retry-After"] = str(seconds)
        return page
    with store.change(user.id) as change:
        brought = users.session(change.db, request.cookies.get(cookie_of(request), ""))
        if brought is not None:
            users.close_session(change, brought)
        token = users.open_session(change, user)
    return _with_session(RedirectResponse(_inside(toi), status_code=303), request, token)


@router.post("/dang-xuat")
def logout(request: Request, visitor: Annotated[Visitor, Depends(anyone_logged_in)]) -> Response:
    """End the session."""
    with visitor.store.change(visitor.user.id) as change:
        users.close_session(change, visitor.session)
    response = go("/dang-nhap", "Đã đăng xuất.")
    _forget(response, request)
    return response


@router.get("/mat-khau")
def password_page(request: Request, visitor: Annotated[Visitor, Depends(anyone_logged_in)]) -> Response:
    """Show where to change one's password."""
    return render(request, "password.html", visitor=visitor, trouble="")


@router.post("/mat-khau")
def change_password(
    request: Request,
    visitor: Annotated[Visitor, Depends(anyone_logged_in)],
    old: Annotated[str, Form()],
    new: Annotated[str, Form()],
) -> Response:
    """Change one's password; all other sessions of the person end."""
    known, seconds = _known(request, visitor.user.login, old)
    trouble = _too_often(seconds) if seconds else "" if known else "Mật khẩu hiện nay chưa đúng."
    if not trouble and new == old:
        trouble = "Mật khẩu mới cần khác mật khẩu hiện nay."
    if trouble:
        status = 429 if seconds else 422
        return render(request, "password.html", status=status, visitor=visitor, trouble=trouble)
    try:
        with visitor.store.change(visitor.user.id) as change:
            users.set_password(change, visitor.user, new)
            token = users.open_session(change, visitor.user)
    except StoreError as error:
        return render(request, "password.html", status=422, visitor=visitor, trouble=error.message)
    return _with_session(go("/", "Đã đổi mật khẩu."), request, token)


def _known(request: Request, login: str, password: str) -> tuple[User | None, int]:
    """Return whom a login and password belong to, or None and the seconds to wait where it was tried too often."""
    throttle: Throttle = request.app.state.throttle
    store: Store = request.app.state.store
    address = request.client.host if request.client else ""
    seconds = throttle.begin(login, address)
    if seconds:
        return None, seconds
    with store.read() as db:
        user = users.authenticate(db, login, password)
    (throttle.passed if user else throttle.failed)(login, address)
    return user, 0


def _too_often(seconds: int) -> str:
    minutes = -(-seconds // 60)
    return f"Đã thử nhiều lần chưa đúng. Xin chờ khoảng {minutes} phút rồi thử lại; tài khoản không bị khoá. Mã: GA407."


def _inside(path: str) -> str:
    """Return a path of this site, whatever was asked for.

    Browsers drop line breaks and tabs from an address and read a backslash as a slash, so that each of them could hide
    the start of another site's address.
    """
    plain = path.isprintable() and "\\" not in path
    return path if plain and path.startswith("/") and not path.startswith("//") else "/"


def _with_session(response: Response, request: Request, token: str) -> Response:
    response.set_cookie(cookie_of(request), token, max_age=users.SESSION, **_flags(request))
    return response


def _forget(response: Response, request: Request) -> None:
    response.delete_cookie(cookie_of(request), **_flags(request))


def _flags(request: Request) -> CookieFlags:
    return {"httponly": True, "samesite": "lax", "secure": request.url.scheme == "https", "path": "/"}
