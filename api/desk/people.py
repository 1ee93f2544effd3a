"""The people of the desk: who may log in, as what, and for which commune or outlet."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from api.access import Visitor, requires
from api.pages import go, render
from auditor.errors import StoreError
from auditor.store import passwords, units, users
from auditor.store.users import User
from auditor.store.words import ROLES, Role

router = APIRouter()
Manager = Annotated[Visitor, Depends(requires("users"))]
Words = Annotated[str, Form()]


@router.get("/nguoi-dung")
def people(request: Request, visitor: Manager) -> Response:
    """List all people."""
    with visitor.store.read() as db:
        return render(request, "accounts/people.html", visitor=visitor, accounts=users.accounts(db))


@router.get("/nguoi-dung/them")
def new_person(request: Request, visitor: Manager) -> Response:
    """Show where a person is added."""
    return _form(request, visitor, None, dict.fromkeys(("login", "name", "role", "commune", "outlet"), ""))


@router.post("/nguoi-dung/them")
def add_person(
    request: Request,
    visitor: Manager,
    login: Words,
    role: Words,
    name: Words = "",
    commune: Words = "",
    outlet: Words = "",
) -> Response:
    """Add a person and show the password made up for them, once."""
    given: dict[str, object] = {"login": login, "name": name, "role": role, "commune": commune, "outlet": outlet}
    password = passwords.passphrase()
    try:
        with visitor.store.change(visitor.user.id) as change:
            user = users.add(
                change, login, name, cast("Role", role), password,
                unit_id=_of("commune", role, commune), outlet_id=_of("newsroom", role, outlet),
            )  # fmt: skip
    except StoreError as error:
        return _form(request, visitor, None, given, error.message)
    return _password(request, visitor, user, password)


@router.get("/nguoi-dung/{user}")
def person(request: Request, visitor: Manager, user: int) -> Response:
    """Show one person, to be changed."""
    with visitor.store.read() as db:
        found = users.get(db, user)
    given: dict[str, object] = {"name": found.name, "role": found.role}
    given |= {"commune": found.unit_id, "outlet": found.outlet_id}
    return _form(request, visitor, found, given)


@router.post("/nguoi-dung/{user}")
def change_person(
    request: Request,
    visitor: Manager,
    user: int,
    role: Words,
    name: Words = "",
    commune: Words = "",
    outlet: Words = "",
) -> Response:
    """Change what a person is called, may do and belongs to."""
    with visitor.store.read() as db:
        found = users.get(db, user)
    try:
        with visitor.store.change(visitor.user.id) as change:
            users.change_user(
                change, found, name, cast("Role", role),
                unit_id=_of("commune", role, commune), outlet_id=_of("newsroom", role, outlet),
            )  # fmt: skip
    except StoreError as error:
        given: dict[str, object] = {"name": name, "role": role, "commune": commune, "outlet": outlet}
        return _form(request, visitor, found, given, error.message)
    return go("/nguoi-dung", f"Đã lưu người dùng {found.login}.")


@router.post("/nguoi-dung/{user}/khoa")
def deactivate(visitor: Manager, user: int) -> Response:
    """Keep a person from logging in."""
    with visitor.store.change(visitor.user.id) as change:
        found = users.get(change.db, user)
        users.deactivate(change, found)
    return go("/nguoi-dung", f"Đã khoá tài khoản {found.login}.", undo=f"/nguoi-dung/{user}/mo-khoa")


@router.post("/nguoi-dung/{user}/mo-khoa")
def activate(visitor: Manager, user: int) -> Response:
    """Let a person log in again."""
    with visitor.store.change(visitor.user.id) as change:
        found = users.get(change.db, user)
        users.activate(change, found)
    return go("/nguoi-dung", f"Tài khoản {found.login} đã dùng lại được.")


@router.post("/nguoi-dung/{user}/dat-lai")
def reset(request: Request, visitor: Manager, user: int) -> Response:
    """Give a person a password to be used once, and show it, once."""
    with visitor.store.change(visitor.user.id) as change:
        found = users.get(change.db, user)
        password = users.reset(change, found)
    return _password(request, visitor, found, password)


def _form(
    request: Request, visitor: Visitor, user: User | None, given: dict[str, object], trouble: str = ""
) -> Response:
    with visitor.store.read() as db:
        communes = [(unit.id, unit.full) for unit in units.communes(db)]
        outlets = [(row["id"], row["name"]) for row in db.execute("SELECT id, name FROM outlets ORDER BY name")]
    return render(
        request, "accounts/person.html", status=422 if trouble else 200, visitor=visitor, user=user, given=given,
        communes=communes, outlets=outlets, roles=list(ROLES.items()), trouble=trouble,
    )  # fmt: skip


def _password(request: Request, visitor: Visitor, user: User, password: str) -> Response:
    """Show a password; it is on this page only, which no cache keeps."""
    return render(request, "accounts/password.html", visitor=visitor, user=user, password=password)


def _of(wanted: Role, role: str, id: str) -> int | None:
    """Read where a person belongs; what the chosen role does not use is left out, so that changing it back is easy."""
    return int(id) if role == wanted and id.isascii() and id.isdigit() and len(id) < 10 else None
