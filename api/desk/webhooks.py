"""Where an outlet is told of its checks, and how that went."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.access import Visitor
from api.desk.apikeys import Keeper, Ticked, Words, base_of, outlet_of
from api.pages import go, render
from auditor.errors import StoreError
from auditor.store import hooks
from auditor.store.hooks import Hook
from auditor.store.outlets import Outlet

router = APIRouter(prefix="/toa-soan/{outlet:int}/khoa/bao-tin")
TOLD = 8
"""Latest deliveries shown of each hook."""


@router.get("")
def hooks_of(request: Request, visitor: Keeper, outlet: int) -> Response:
    """Show the hooks of an outlet with their latest deliveries."""
    return _page(request, visitor, outlet)


@router.post("")
def add(request: Request, visitor: Keeper, outlet: int, event: Ticked, url: Words = "") -> Response:
    """Make a hook and show its secret, which stands in this answer and nowhere else."""
    found = outlet_of(visitor, outlet)
    try:
        with visitor.store.change(visitor.user.id) as change:
            hook, secret = hooks.add(change, outlet, url, event)
    except StoreError as error:
        return _page(request, visitor, outlet, trouble=error.message, url=url)
    return _shown(request, visitor, found, hook, secret, fresh=True)


@router.post("/{hook:int}/doi")
def rotate(request: Request, visitor: Keeper, outlet: int, hook: int) -> Response:
    """Give a hook another secret and show it."""
    found = outlet_of(visitor, outlet)
    with visitor.store.change(visitor.user.id) as change:
        one = hooks.get(change.db, outlet, hook)
        secret = hooks.rotate(change, one)
    return _shown(request, visitor, found, one, secret, fresh=False)


@router.post("/{hook:int}/thu")
def test(visitor: Keeper, outlet: int, hook: int) -> Response:
    """Queue a delivery that tries a hook."""
    outlet_of(visitor, outlet)
    with visitor.store.change(visitor.user.id) as change:
        hooks.test(change, hooks.get(change.db, outlet, hook))
    return go(_here(outlet), "Đang gửi tin thử. Xin tải lại trang sau vài giây để xem máy nhận trả lời gì.")


@router.post("/{hook:int}/go")
def remove(visitor: Keeper, outlet: int, hook: int) -> Response:
    """Take a hook off."""
    outlet_of(visitor, outlet)
    with visitor.store.change(visitor.user.id) as change:
        one = hooks.get(change.db, outlet, hook)
        hooks.remove(change, one)
    return go(_here(outlet), f"Đã gỡ {one.url}.", undo=f"{_here(outlet)}/{hook}/khoi-phuc")


@router.post("/{hook:int}/khoi-phuc")
def put_back(visitor: Keeper, outlet: int, hook: int) -> Response:
    """Put a removed hook back."""
    outlet_of(visitor, outlet)
    with visitor.store.change(visitor.user.id) as change:
        one = hooks.put_back(change, outlet, hook)
    return go(_here(outlet), f"Đã khôi phục {one.url}.")


@router.post("/{hook:int}/mo-lai")
def start(visitor: Keeper, outlet: int, hook: int) -> Response:
    """Start a hook again whose receiver had said that it was gone."""
    outlet_of(visitor, outlet)
    with visitor.store.change(visitor.user.id) as change:
        one = hooks.get(change.db, outlet, hook)
        hooks.start(change, one)
    return go(_here(outlet), f"Lại báo tin tới {one.url}.")


def _here(outlet: int) -> str:
    return f"{base_of(outlet)}/bao-tin"


def _page(request: Request, visitor: Visitor, outlet: int, trouble: str = "", url: str = "") -> Response:
    found = outlet_of(visitor, outlet)
    with visitor.store.read() as db:
        known = hooks.of_outlet(db, outlet)
        told = {hook.id: hooks.deliveries(db, hook.id, TOLD) for hook in known}
    return render(
        request, "apikeys/hooks.html", status=422 if trouble else 200, visitor=visitor, outlet=found,
        base=base_of(outlet), hooks=known, told=told, events=hooks.EVENTS, states=hooks.STATES, test=hooks.TEST,
        most=hooks.MOST, trouble=trouble, url=url,
    )  # fmt: skip


def _shown(request: Request, visitor: Visitor, outlet: Outlet, hook: Hook, secret: str, *, fresh: bool) -> Response:
    return render(
        request, "apikeys/hooksecret.html", visitor=visitor, outlet=outlet, base=base_of(outlet.id), hook=hook,
        secret=secret, fresh=fresh, events=hooks.EVENTS,
    )  # fmt: skip
