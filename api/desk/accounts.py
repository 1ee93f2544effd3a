"""Logging in and out, and one's own password."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from api.access import COOKIE, Visitor, anyone_logged_in, open_to_all
from api.pages import go, render
from auditor.errors import StoreError
from auditor.store import Store, users

router = APIRouter()


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
    with store.read() as db:
        user = users.authenticate(db, login, password)
    if user is None:
        trouble = "Tên đăng nhập hoặc mật khẩu chưa đúng. Xin thử lại."
        return render(request, "login.html", status=401, wanted=_inside(toi), login=login, trouble=trouble)
    with store.change(user.id) as change:
        token = users.open_session(change, user)
    return _with_session(RedirectResponse(_inside(toi), status_code=303), request, token)


@router.post("/dang-xuat")
def logout(visitor: Annotated[Visitor, Depends(anyone_logged_in)]) -> Response:
    """End the session."""
    with visitor.store.change(visitor.user.id) as change:
        users.close_session(change, visitor.session)
    response = go("/dang-nhap", "Đã đăng xuất.")
    response.delete_cookie(COOKIE)
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
    with visitor.store.read() as db:
        known = users.authenticate(db, visitor.user.login, old)
    if known is None:
        trouble = "Mật khẩu hiện nay chưa đúng."
        return render(request, "password.html", status=422, visitor=visitor, trouble=trouble)
    try:
        with visitor.store.change(visitor.user.id) as change:
            users.set_password(change, visitor.user, new)
            token = users.open_session(change, visitor.user)
    except StoreError as error:
        return render(request, "password.html", status=422, visitor=visitor, trouble=error.message)
    return _with_session(go("/", "Đã đổi mật khẩu."), request, token)


def _inside(path: str) -> str:
    """Return a path of this site, whatever was asked for."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else "/"


def _with_session(response: Response, request: Request, token: str) -> Response:
    secure = request.url.scheme == "https"
    response.set_cookie(COOKIE, token, httponly=True, samesite="lax", secure=secure, max_age=users.SESSION)
    return response
