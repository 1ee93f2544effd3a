"""How pages are made: templates, the words and numbers in them, and what is said after a change."""

from __future__ import annotations

import json
from datetime import date, datetime
from functools import cache
from typing import Any
from urllib.parse import quote, unquote

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from api.access import NotLoggedIn, Visitor, logged_in
from auditor.errors import ApiError
from auditor.reports.wording import CATEGORIES, SEVERITIES, law, percent, place, standing
from auditor.store import clock
from auditor.store.reports import days_left
from auditor.store.words import DECISIONS, REPAIRS, ROLES, STATES, VERDICTS

FLASH = "auditor_said"


def render(
    request: Request, name: str, *, status: int = 200, visitor: Visitor | None = None, **values: Any
) -> Response:
    """Render a page for who is logged in; what was to be said once is said and forgotten."""
    if visitor is None:
        try:
            visitor = logged_in(request)
        except NotLoggedIn:
            visitor = None
    said = _said(request)
    html = templates().get_template(name).render(
        visitor=visitor, csrf=visitor.session.csrf if visitor else "", path=request.url.path, said=said,
        today=clock.today(), **values,
    )  # fmt: skip
    response = HTMLResponse(html, status_code=status)
    if said:
        response.delete_cookie(FLASH)
    return response


def go(to: str, say: str = "", *, undo: str = "", tone: str = "good") -> Response:
    """Send the browser to a page after a change, saying what was done.

    Args:
        to: a path of this site.
        say: one sentence in Vietnamese.
        undo: the path a POST to takes the change back, shown as a button beside the sentence.
        tone: ``good`` or ``bad``.
    """
    response = RedirectResponse(to, status_code=303)
    if say:
        words = json.dumps({"say": say, "undo": undo, "tone": tone}, ensure_ascii=False)
        response.set_cookie(FLASH, quote(words), max_age=60, httponly=True, samesite="strict")
    return response


@cache
def templates() -> Environment:
    """Return the templates of the desk; they escape everything and know no undefined names."""
    environment = Environment(
        loader=ChoiceLoader([PackageLoader("api"), PackageLoader("auditor.reports")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        day=day, moment=moment, number=number, place=place, law=law, percent=percent, standing=standing
    )
    environment.globals.update(
        ROLES=ROLES, STATES=STATES, VERDICTS=VERDICTS, DECISIONS=DECISIONS, REPAIRS=REPAIRS, SEVERITIES=SEVERITIES,
        CATEGORIES=CATEGORIES, days_left=days_left,
    )  # fmt: skip
    return environment


def day(value: date | str | None) -> str:
    """Write a day as Vietnamese reads it: 05/11/2026; nothing for none."""
    if not value:
        return ""
    found = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    return found.strftime("%d/%m/%Y")


def moment(value: str | None) -> str:
    """Write a moment of the store in the time of Vietnam: 05/11/2026 14:30."""
    return clock.local(value).strftime("%d/%m/%Y %H:%M") if value else ""


def number(value: float | None, digits: int = 0) -> str:
    """Write a number as Vietnamese does: 12.345,6; a dash for none."""
    if value is None:
        return "–"
    return f"{value:,.{digits}f}".translate(str.maketrans(",.", ".,"))


def day_given(words: str | None) -> date | None:
    """Read a day from a form (``2026-11-05`` of a date field, or ``05/11/2026`` typed by hand).

    Raises:
        ApiError: GA406, the words are no day.
    """
    words = (words or "").strip()
    if not words:
        return None
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"):
        try:
            return datetime.strptime(words, form).date()
        except ValueError:
            continue
    raise ApiError("GA406", f"“{words}” chưa phải một ngày. Xin ghi theo mẫu 05/11/2026.")


def _said(request: Request) -> dict[str, str] | None:
    words = request.cookies.get(FLASH)
    if not words:
        return None
    try:
        said = json.loads(unquote(words))
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict):
        return None
    # A form goes out with the word of the session: never to another site, whoever wrote the cookie.
    undo = str(said.get("undo", ""))
    inside = undo.startswith("/") and undo[1:2] not in {"/", "\\"}
    return {"say": str(said.get("say", "")), "tone": str(said.get("tone", "")), "undo": undo if inside else ""}
