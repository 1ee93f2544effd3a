"""The application: the store, the routes, and what every answer carries."""

from __future__ import annotations

import importlib
import math
import pkgutil
from collections.abc import Collection
from functools import cache, partial
from importlib import resources
from pathlib import Path
from urllib.parse import quote

from fastapi import Depends, FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import desk
from api.access import SAFE, NotLoggedIn, logged_in, open_to_all
from api.bodies import BY_KEY, BodyLimit
from api.checks.languagetool import create_v2
from api.checks.service import Service
from api.checks.v1 import create_v1
from api.clients import libreoffice, wordpress
from api.origins import opened
from api.pages import render
from api.throttle import Throttle
from auditor.errors import AuditorError
from auditor.store import Store

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
STATUS = {
    "GA331": 404, "GA332": 503, "GA339": 403, "GA340": 409, "GA341": 409, "GA337": 409, "GA344": 409, "GA346": 409,
    "GA347": 409, "GA350": 409, "GA351": 409, "GA352": 409, "GA353": 409, "GA357": 409,
    "GA401": 404, "GA403": 403, "GA404": 403, "GA405": 403, "GA407": 429, "GA413": 413,
}  # fmt: skip
"""The HTTP status of an error by its code; 422 for all others: what was sent cannot be used as it is."""

STRANGERS_MOST = 65_536
"""Bytes that someone may send who is not logged in: enough for a login, too few to fill a disk."""
CLIENTS = "/clients"
"""Where the parts for other programs are handed out."""


def create_app(store: Store, checks: Service | None = None, origins: Collection[str] = ()) -> FastAPI:
    """Return the application over one store; without a service for checks it is the desk alone.

    Args:
        origins: of pages elsewhere that may ask for checks, see :mod:`api.origins`.
    """
    app = FastAPI(title="Soát giới", docs_url=None, redoc_url=None, openapi_url=None)
    if checks is not None:
        app.mount("/v1", opened(create_v1(checks), origins, "GET", "POST"))
        app.mount("/v2", create_v2(checks))
        app.add_api_route("/metrics", partial(_metrics, checks), dependencies=[Depends(open_to_all)])
    app.state.store = store
    app.state.throttle = Throttle()
    app.state.checks = checks
    here = Path(__file__).parent
    app.mount("/static", StaticFiles(directory=here / "static"), name="static")
    app.add_api_route(f"{CLIENTS}/{libreoffice.NAME}", _extension, dependencies=[Depends(open_to_all)])
    app.add_api_route(f"{CLIENTS}/{wordpress.NAME}", _plugin, dependencies=[Depends(open_to_all)])
    component = StaticFiles(directory=here / "clients" / "web")
    app.mount(CLIENTS, opened(component, origins, "GET"), name="clients")
    app.add_api_route("/style.css", _style, dependencies=[Depends(open_to_all)], include_in_schema=False)
    for found in pkgutil.iter_modules(desk.__path__):
        app.include_router(importlib.import_module(f"api.desk.{found.name}").router)
    app.add_middleware(BodyLimit)
    app.add_middleware(Dressing)
    app.exception_handler(NotLoggedIn)(_to_login)
    app.exception_handler(AuditorError)(_told)
    app.exception_handler(HTTPException)(_unknown)
    app.exception_handler(RequestValidationError)(_misfilled)
    app.exception_handler(Exception)(_broken)
    return app


def _metrics(checks: Service) -> Response:
    """Tell Prometheus what was counted."""
    return Response(generate_latest(checks.metrics.registry), media_type=CONTENT_TYPE_LATEST)


def _style() -> Response:
    """Serve the one stylesheet: that of the reports, and what the desk adds to it."""
    return Response(_styles(), media_type="text/css", headers={"Cache-Control": "max-age=300"})


def _extension() -> Response:
    """Hand out the extension for LibreOffice Writer."""
    named = {"Content-Disposition": f'attachment; filename="{libreoffice.NAME}"'}
    return Response(libreoffice.build(), media_type="application/vnd.openofficeorg.extension", headers=named)


def _plugin() -> Response:
    """Hand out the plugin for WordPress."""
    named = {"Content-Disposition": f'attachment; filename="{wordpress.NAME}"'}
    return Response(wordpress.build(), media_type="application/zip", headers=named)


@cache
def _styles() -> str:
    shared = resources.files("auditor.reports") / "templates"
    parts = [shared / "base.css", shared / "figures.css", resources.files("api") / "static" / "desk.css"]
    return "\n".join(part.read_text(encoding="utf-8") for part in parts)


class Dressing:
    """Gives every answer the headers that keep it safe, and reads no large form of someone who is not logged in.

    It stands around all requests, checks of newsrooms too, so it wraps the sending alone instead of each answer.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request, path, scheme = Request(scope), scope["path"], scope["scheme"]

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                _dress(MutableHeaders(scope=message), path, scheme)
            await send(message)

        # A form is read before its handler asks who sent it.
        if request.method not in SAFE and _size(request) > STRANGERS_MOST and not path.startswith(BY_KEY):
            try:
                await run_in_threadpool(logged_in, request)
            except NotLoggedIn as error:
                answer = await _to_login(request, error)
                await answer(scope, receive, dressed)
                return
        await self._app(scope, receive, dressed)


def _size(request: Request) -> float:
    """Return the bytes a request says it brings; endless where it does not say."""
    length = request.headers.get("content-length", "")
    if length.isdigit():
        return int(length)
    return math.inf if "transfer-encoding" in request.headers else 0


def _dress(headers: MutableHeaders, path: str, scheme: str) -> None:
    """Give the headers of an answer those that keep it safe."""
    if path.startswith(f"{CLIENTS}/"):
        # Editors of other sites load these; they hold nothing of anybody.
        headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin")
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    if scheme == "https":
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if not path.startswith(("/static/", "/style.css")):
        headers.setdefault("Cache-Control", "no-store")


async def _to_login(request: Request, error: Exception) -> Response:
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    to = f"/dang-nhap?toi={quote(wanted)}" if request.method == "GET" and wanted != "/" else "/dang-nhap"
    if request.headers.get("hx-request"):
        # A part of a page was asked for: the whole page goes to the login instead, and back to where it was.
        return Response(status_code=401, headers={"HX-Redirect": "/dang-nhap"})
    return RedirectResponse(to, status_code=303)


async def _told(request: Request, error: Exception) -> Response:
    assert isinstance(error, AuditorError)
    if error.code == "GA405":
        return RedirectResponse("/mat-khau", status_code=303)
    return render(request, "error.html", status=STATUS.get(error.code, 422), code=error.code, message=error.message)


async def _unknown(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code, message = (
        ("GA401", "Không có trang này. Xin xem lại địa chỉ, hoặc trở về trang đầu.")
        if error.status_code in {404, 405}
        else ("GA402", "Yêu cầu chưa đúng nên phần mềm không trả lời được. Xin quay lại và thử lần nữa.")
    )
    return render(request, "error.html", status=error.status_code, code=code, message=message)


async def _misfilled(request: Request, error: Exception) -> Response:
    """Answer a request that lacks a field, or whose address names nothing; what was sent is not shown again."""
    assert isinstance(error, RequestValidationError)
    if any(one["loc"][:1] == ("path",) for one in error.errors()):
        return await _unknown(request, HTTPException(404))
    message = "Còn ô chưa điền hoặc điền chưa đúng kiểu (chữ, số, ngày). Xin quay lại và xem lại các ô."
    return render(request, "error.html", status=422, code="GA422", message=message)


async def _broken(request: Request, error: Exception) -> Response:
    """Answer where the program itself failed; the cause goes to the log of the server, not to the page."""
    message = "Phần mềm gặp lỗi; việc vừa làm chưa được ghi. Xin thử lại; nếu vẫn lỗi, xin báo người quản trị giờ này."
    answer = render(request, "error.html", status=500, code="GA400", message=message)
    _dress(answer.headers, request.url.path, request.url.scheme)
    return answer
