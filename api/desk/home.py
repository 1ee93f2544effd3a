"""The first page: what waits for the person who logged in."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from api.access import Visitor, anyone_logged_in
from api.pages import render
from auditor.store import approvals, docket, letterlist, queue, rounds, waivers
from auditor.store.users import User
from auditor.store.waiting import Waiting

router = APIRouter()

BLOCKS: tuple[Callable[[sqlite3.Connection, User], list[Waiting]], ...] = (
    queue.waiting,
    waivers.waiting,
    docket.waiting,
    letterlist.waiting,
    rounds.waiting,
    approvals.waiting,
)
"""Where the blocks come from, in the order they stand; each gives those a person's role can do something about."""


@router.get("/")
def home(request: Request, visitor: Annotated[Visitor, Depends(anyone_logged_in)]) -> Response:
    """Show what waits."""
    with visitor.store.read() as db:
        blocks = [block for source in BLOCKS for block in source(db, visitor.user)]
    return render(request, "home.html", visitor=visitor, blocks=blocks)
