"""A page to check an article by hand, for newsrooms without a program of their own; nothing of it is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from api.access import Visitor, anyone_logged_in
from api.checks.answers import CheckRequest
from api.checks.service import Service
from api.checks.v1 import checked
from api.pages import render
from auditor.errors import ApiError
from auditor.store import policies

router = APIRouter()
Someone = Annotated[Visitor, Depends(anyone_logged_in)]


@router.get("/soat-thu", response_class=HTMLResponse)
def trial(request: Request, visitor: Someone) -> Response:
    """Show where an article can be checked."""
    return render(request, "trial.html", visitor=visitor)


@router.post("/soat-thu/bai")
async def check(request: Request, visitor: Someone, sent: CheckRequest) -> Response:
    """Check an article as ``POST /v1/checks`` does, for who is logged in instead of a key."""
    service: Service | None = request.app.state.checks
    if service is None:
        raise ApiError("GA420", "Máy chủ này chỉ chạy phần rà soát, chưa bật phần soát bài.")
    outlet, policy = await asyncio.to_thread(_outlet, visitor)
    approved = await asyncio.to_thread(service.approved)
    answer = await checked(service, sent, outlet, policies.gate_of(policy), approved)
    return Response(answer.model_dump_json(by_alias=True), media_type="application/json")


def _outlet(visitor: Visitor) -> tuple[str | None, Mapping[str, object]]:
    if visitor.user.outlet_id is None:
        return None, {}
    with visitor.store.read() as db:
        return policies.of_outlet(db, visitor.user.outlet_id)
