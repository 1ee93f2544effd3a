"""The first page: what waits for the person who logged in."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from api.access import Visitor, anyone_logged_in
from api.pages import render

router = APIRouter()


@router.get("/")
def home(request: Request, visitor: Annotated[Visitor, Depends(anyone_logged_in)]) -> Response:
    """Show what waits."""
    return render(request, "home.html", visitor=visitor)
