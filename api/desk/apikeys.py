"""Keys of an outlet and what they were used for: Sở for every outlet, a newsroom for its own."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import Response
from pydantic import BeforeValidator

from api.access import Visitor, requires
from api.checks.service import Limits, Service
from api.pages import go, render
from auditor.errors import StoreError
from auditor.reports.charts.days import day_columns
from auditor.store import clock, keys, outlets, policies
from auditor.store.database import missing
from auditor.store.keys import Key, Usage
from auditor.store.outlets import Outlet

router = APIRouter(prefix="/toa-soan/{outlet:int}/khoa")
Keeper = Annotated[Visitor, Depends(requires("keys"))]
Words = Annotated[str, Form()]
Ticked = Annotated[list[str], Form(default_factory=list)]
Chosen = Annotated[int | None, BeforeValidator(lambda words: words or None), Query(ge=1)]
SHOWN = 31
"""Days of use that are shown."""
NOTHING = Usage("", 0, 0, 0)


@router.get("")
def keys_of(request: Request, visitor: Keeper, outlet: int, khoa: Chosen = None) -> Response:
    """Show the keys of an outlet and what they, or one of them, were used for."""
    return _page(request, visitor, outlet, khoa)


@router.post("")
def add(request: Request, visitor: Keeper, outlet: int, scope: Ticked, name: Words = "") -> Response:
    """Make a key and show its secret, which stands in this answer and nowhere else."""
    found = outlet_of(visitor, outlet)
    try:
        with visitor.store.change(visitor.user.id) as change:
            key, secret = keys.add(change, outlet, name, scope)
    except StoreError as error:
        return _page(request, visitor, outlet, None, trouble=error.message, name=name)
    return _shown(request, visitor, found, key, secret)


@router.post("/{key:int}/doi")
def rotate(request: Request, visitor: Keeper, outlet: int, key: int) -> Response:
    """Make a key in place of another and show its secret."""
    found = outlet_of(visitor, outlet)
    with visitor.store.change(visitor.user.id) as change:
        old = _key(change.db, outlet, key)
        fresh, secret = keys.rotate(change, old)
        old = keys.get(change.db, key)
    return _shown(request, visitor, found, fresh, secret, old)


@router.get("/{key:int}/thu-hoi")
def ask(request: Request, visitor: Keeper, outlet: int, key: int) -> Response:
    """Ask whether a key shall be revoked."""
    found = outlet_of(visitor, outlet)
    with visitor.store.read() as db:
        one = _key(db, outlet, key)
        used = keys.by_key(db, outlet, _since().isoformat()).get(key, NOTHING)
    return render(
        request, "apikeys/revoke.html", visitor=visitor, outlet=found, base=base_of(outlet), key=one, used=used
    )  # fmt: skip


@router.post("/{key:int}/thu-hoi")
def revoke(visitor: Keeper, outlet: int, key: int) -> Response:
    """Revoke a key."""
    outlet_of(visitor, outlet)
    with visitor.store.change(visitor.user.id) as change:
        one = _key(change.db, outlet, key)
        keys.revoke(change, one)
    return go(base_of(outlet), f"Đã thu hồi khoá “{one.name}”. Chương trình dùng khoá ấy bị từ chối trong vài giây.")


def outlet_of(visitor: Visitor, outlet: int) -> Outlet:
    """Return an outlet.

    Raises:
        StoreError: GA331, there is none, or it is not one this person may know of.
    """
    if not visitor.sees_outlet(outlet):
        raise missing()
    with visitor.store.read() as db:
        return outlets.get(db, outlet)


def base_of(outlet: int) -> str:
    """Return the address of the pages of an outlet's use of the API."""
    return f"/toa-soan/{outlet}/khoa"


def limits_of(request: Request) -> Limits:
    """Return the limits of this server, which hold where a policy names no others."""
    service: Service | None = request.app.state.checks
    return service.limits if service else Limits()


def _page(
    request: Request, visitor: Visitor, outlet: int, chosen: int | None, trouble: str = "", name: str = ""
) -> Response:
    found, last, since = outlet_of(visitor, outlet), clock.today(), _since()
    with visitor.store.read() as db:
        everyone = keys.of_outlet(db, outlet)
        if chosen is not None and chosen not in {key.id for key in everyone}:
            raise missing()
        used = keys.by_key(db, outlet, since.isoformat())
        days = keys.by_day(db, outlet, since.isoformat(), chosen)
        _, policy = policies.of_outlet(db, outlet)
    counts = {date.fromisoformat(day.day): (day.checks, day.refused) for day in days}
    values: dict[str, Any] = {
        "keys": [key for key in everyone if not key.revoked_at], "used": used, "days": days[::-1], "chosen": chosen,
        "revoked": [key for key in everyone if key.revoked_at], "everyone": everyone, "since": since, "last": last,
        "chart": day_columns(last, SHOWN, counts), "limits": limits_of(request).under(policy), "scopes": keys.SCOPES,
        "now": clock.now(), "checking": request.app.state.checks is not None, "nothing": NOTHING,
        "trouble": trouble, "entered": name,
    }  # fmt: skip
    return render(
        request, "apikeys/keys.html", status=422 if trouble else 200, visitor=visitor, outlet=found,
        base=base_of(outlet), **values,
    )  # fmt: skip


def _shown(
    request: Request, visitor: Visitor, outlet: Outlet, key: Key, secret: str, old: Key | None = None
) -> Response:
    return render(
        request, "apikeys/secret.html", visitor=visitor, outlet=outlet, base=base_of(outlet.id), key=key,
        secret=secret, old=old, scopes=keys.SCOPES,
    )  # fmt: skip


def _key(db: sqlite3.Connection, outlet: int, id: int) -> Key:
    found = keys.get(db, id)
    if found.outlet_id != outlet:
        raise missing()
    return found


def _since() -> date:
    return clock.today() - timedelta(days=SHOWN - 1)
