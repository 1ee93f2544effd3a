"""The protocol of LanguageTool, so that editors which know it work against this server unchanged.

Its errors are plain text ("Error: …"), its offsets UTF-16 units of what was sent. Nothing that is sent is kept.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from fastapi import FastAPI, Request, Security
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from fastapi.routing import APIRoute
from fastapi.security import HTTPBearer
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import Match

from api.checks import matches, protocol
from api.checks.problems import BUSY, STATUS, limit_headers, unauthorised
from api.checks.reading import read_body
from api.checks.service import Service, TurnedAway
from auditor import __version__
from auditor.checks.article import Annotated
from auditor.checks.mapped import annotated, plain
from auditor.checks.pool import Task
from auditor.errors import ApiError, AuditorError
from auditor.record import Finding
from auditor.store.keys import Key

BODY = 4 * 2**20
"""Bytes of one request; Vietnamese in a form takes up to nine for a letter."""
MOST = 200_000
"""Code points of one text."""
PATIENCE = 8.0
"""Seconds a check takes at most: LibreOffice waits for ten."""
PARAGRAPHS = 10
"""How many texts count as one article: editors send every paragraph, and send it again when it was changed."""
LANGUAGES = frozenset({"auto", "vi", "vi-vn"})
YES = {"true": True, "yes": True, "false": False, "no": False, "": False}
KINDS = ("auto", "article", "regulation")
LEVELS = frozenset({"default", "picky"})
_REFUSED = {**STATUS, "GA433": 422, "GA439": 403, "GA452": 400, "GA453": 400, "GA458": 415}
"""The HTTP status of an error by its code; LanguageTool refuses keys with 403."""
_NO_FORM = ("application/json", "application/xml", "multipart/", "image/", "audio/", "video/")
"""How the content types begin of what is no form; others are read as one, for some editors say nothing of theirs."""
_BEARER = HTTPBearer(auto_error=False, scheme_name="key", description="Khoá của toà soạn, nếu không gửi ở apiKey.")
_UNENCODED = re.compile(
    r"text=(?P<text>.*)&language=(?P<language>[\w-]*)(?P<rest>(?:&(?:username|apiKey)=[^&]*)*)", re.S
)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which rules a client asked for."""

    rules: frozenset[str]
    categories: frozenset[str]
    no_rules: frozenset[str]
    no_categories: frozenset[str]
    only: bool

    def __call__(self, finding: Finding) -> bool:
        """Say whether a finding is wanted: what is named weighs more than its category."""
        if self.only:
            return finding.rule in self.rules or finding.category in self.categories
        if finding.rule in self.no_rules:
            return False
        return finding.category not in self.no_categories or finding.rule in self.rules


@dataclass(frozen=True, slots=True)
class Asked:
    """One check as a client asked for it."""

    sent: matches.Sent
    checked: Annotated
    language: str
    chosen: Filter
    secret: str


def create_v2(serving: Service) -> FastAPI:
    """Return the application that speaks the protocol, to be mounted at ``/v2``."""
    # fmt: off
    app = FastAPI(
        title="Soát giới theo giao thức LanguageTool",
        version=__version__,
        summary="Những phần của giao thức LanguageTool mà máy chủ này nói; tham số khác được nhận và bỏ qua.",
        docs_url=None,
        redoc_url=None,
        servers=[{"url": "/v2"}],
        root_path_in_servers=False,
    )
    app.state.service = serving
    errors = protocol.answers(400, 403, 408, 413, 415, 422, 429, 503)
    app.post(
        "/check", summary="Soát một văn bản", tags=["LanguageTool"], openapi_extra=protocol.in_form(),
        response_model=protocol.Checked, responses={**protocol.shown(protocol.SHOWN), **errors},
        dependencies=[Security(_BEARER)], operation_id="check",
    )(check)
    app.get(
        "/check", summary="Soát một văn bản ngắn ghi trong địa chỉ", tags=["LanguageTool"],
        openapi_extra=protocol.in_address(), response_model=protocol.Checked,
        responses={**protocol.shown(protocol.SHOWN), **errors}, dependencies=[Security(_BEARER)],
        operation_id="check_in_address",
    )(check)
    app.get(
        "/languages", summary="Ngôn ngữ soát được", tags=["LanguageTool"], response_model=list[protocol.Language],
        responses=protocol.shown(protocol.LANGUAGES),
    )(languages)
    app.get(
        "/healthcheck", summary="Máy chủ còn trả lời không", tags=["LanguageTool"], responses=protocol.plain("OK"),
        response_class=PlainTextResponse,
    )(healthcheck)
    app.get(
        "/info", summary="Chương trình nào đang trả lời", tags=["LanguageTool"], response_model=protocol.Info,
        responses=protocol.shown({"software": protocol.SHOWN["software"]}),
    )(info)
    app.get(
        "/maxtextlength", summary="Độ dài tối đa của một văn bản", tags=["LanguageTool"],
        responses=protocol.plain(str(MOST)), response_class=PlainTextResponse,
    )(longest)
    # fmt: on
    app.exception_handler(AuditorError)(_coded)
    app.exception_handler(HTTPException)(_unknown)
    app.exception_handler(ClientDisconnect)(_gone)
    app.exception_handler(Exception)(_broken)
    return app


async def check(request: Request) -> Response:
    """Vị trí tính bằng đơn vị UTF-16 của bài đã gửi; bài không soát được có warnings.incompleteResults là true."""
    serving: Service = request.app.state.service
    form = await _form(request)
    key = await _key(serving, request, form)
    serving.admit(key or _address(request), parts=PARAGRAPHS)
    asked = await asyncio.to_thread(read, form, "article" if key else "auto")
    found = await serving.check(Task(asked.checked, outlet=key.outlet if key else None), PATIENCE)
    serving.count(key, checks=1, characters=len(asked.sent.words.text))
    home = str(request.base_url).rstrip("/").removesuffix("/v2")
    body = await asyncio.to_thread(
        matches.answer, asked.sent, found, asked.chosen, asked.language, serving.rulebook.version, home
    )
    return JSONResponse(body)


async def languages() -> list[dict[str, str]]:
    """Chỉ tiếng Việt."""
    return protocol.LANGUAGES


async def healthcheck() -> PlainTextResponse:
    """Trả lời ngay cả khi nhiều văn bản đang chờ soát."""
    return PlainTextResponse("OK")


async def info(request: Request) -> dict[str, object]:
    """Tên, phiên bản, bộ quy tắc."""
    serving: Service = request.app.state.service
    return {"software": matches.software(serving.rulebook.version)}


async def longest() -> PlainTextResponse:
    """Tính bằng ký tự."""
    return PlainTextResponse(str(MOST))


def read(form: Mapping[str, str], kind: str = "auto") -> Asked:
    """Read what a client asks for.

    Args:
        kind: what texts are unless the client says it (``kind``, our own parameter): ``auto`` guesses, which goes wrong
            for one in four single paragraphs, so what comes with the key of a newsroom is an article.

    Raises:
        ApiError: GA431 ``data`` is not written as the protocol says, GA452 a parameter is missing or wrong, GA453 the
            language is not known, GA413 the text is too long.
    """
    language = form.get("language", "").strip()
    if not language:
        raise ApiError("GA452", "Thiếu tham số language (vi, vi-VN hoặc auto).")
    if language.replace("_", "-").lower() not in LANGUAGES:
        raise ApiError(
            "GA453", f"Không soát được ngôn ngữ “{language[:40]}”. Tham số language chỉ nhận vi, vi-VN, auto."
        )
    if form.get("level", "default") not in LEVELS:
        raise ApiError("GA452", "Tham số level chỉ nhận default hoặc picky.")
    kind = form.get("kind", kind)
    if kind not in KINDS:
        raise ApiError("GA452", f"Tham số kind chỉ nhận {', '.join(KINDS)}.")
    text, data = form.get("text"), form.get("data")
    if (text is None) == (data is None):
        raise ApiError("GA452", "Cần đúng một trong hai tham số text và data.")
    words, source = annotated(data) if data is not None else (plain(text or ""), text or "")
    if len(source) > MOST:
        raise ApiError("GA413", f"Bài dài {len(source)} ký tự, quá mức {MOST} ký tự một lần. Xin gửi từng phần.")
    if any("\ud800" <= letter <= "\udfff" for letter in source):
        raise ApiError("GA452", "Bài có ký tự không phải Unicode hợp lệ.")
    checked = Annotated.model_validate({"text": "" if data else source, "data": data or "", "kind": kind})
    return Asked(matches.Sent(source, words), checked, language.lower(), _chosen(form), form.get("apiKey", ""))


def _chosen(form: Mapping[str, str]) -> Filter:
    rules, categories, no_rules, no_categories = (
        frozenset(filter(None, (name.strip() for name in form.get(parameter, "").split(","))))
        for parameter in ("enabledRules", "enabledCategories", "disabledRules", "disabledCategories")
    )
    only = YES.get(form.get("enabledOnly", "").lower())
    if only is None:
        raise ApiError("GA452", "Tham số enabledOnly chỉ nhận true hoặc false.")
    if only and not (rules or categories):
        raise ApiError("GA452", "enabledOnly=true cần có enabledRules hoặc enabledCategories.")
    if only and (no_rules or no_categories):
        raise ApiError("GA452", "enabledOnly=true không đi cùng disabledRules, disabledCategories.")
    return Filter(rules, categories, no_rules, no_categories, only)


async def _form(request: Request) -> dict[str, str]:
    """Read the parameters from the address and the body."""
    body = await read_body(request, BODY)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if body and kind.startswith(_NO_FORM):
        raise ApiError("GA458", "Yêu cầu không phải biểu mẫu. Xin gửi application/x-www-form-urlencoded mã UTF-8.")
    return await asyncio.to_thread(_parameters, request.url.query, body)


def _parameters(address: str, body: bytes) -> dict[str, str]:
    try:
        return dict([*_pairs(address), *_pairs(body.decode("utf-8"))])
    except ValueError:
        raise ApiError("GA452", "Yêu cầu không đọc được. Xin gửi biểu mẫu (urlencoded) mã UTF-8.") from None


def _pairs(form: str) -> Iterator[tuple[str, str]]:
    """Read a form, also as LibreOffice up to 7.5 writes it: the text as it stands, with its & and % and +."""
    bare = None if form.isascii() else _UNENCODED.fullmatch(form)
    if bare is not None:
        yield "text", bare["text"]
        yield "language", bare["language"]
        form = bare["rest"].lstrip("&")
    yield from parse_qsl(form, keep_blank_values=True, errors="strict", max_num_fields=100)


async def _key(serving: Service, request: Request, form: Mapping[str, str]) -> Key | None:
    """Return the key of a request; None where it has none and needs none.

    Raises:
        ApiError: GA439 it is missing or unknown, GA440 it may not check.
    """
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    secret = bearer.strip() if scheme.lower() == "bearer" else form.get("apiKey", "")
    if not secret and serving.keyless:
        return None
    found = await serving.known(secret) if secret else None
    if found is None:
        raise unauthorised()
    if "check" not in found.scopes:
        raise ApiError("GA440", "Khoá này không có quyền soát bài. Xin dùng khoá khác hoặc nhờ Sở cấp quyền.")
    return found


def _address(request: Request) -> str:
    return request.client.host if request.client else "unknown"


async def _coded(request: Request, error: Exception) -> Response:
    assert isinstance(error, AuditorError)
    headers = limit_headers(error) if isinstance(error, TurnedAway) else {}
    if STATUS.get(error.code) == 503:
        headers["Retry-After"] = BUSY
    return PlainTextResponse(f"Error: {error.code}: {error.message}", _REFUSED.get(error.code, 400), headers)


async def _unknown(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    if error.status_code == 405:
        headers["Allow"] = ", ".join(sorted(_methods(request)))
    return PlainTextResponse("Error: GA401: Không có địa chỉ hoặc phương thức này.", error.status_code, headers)


def _methods(request: Request) -> set[str]:
    """Return what an address can be asked with; the framework tells only that of the first route."""
    return {
        method
        for route in request.app.routes
        if isinstance(route, APIRoute) and route.matches(request.scope)[0] is not Match.NONE
        for method in route.methods or ()
    }


async def _gone(request: Request, error: Exception) -> Response:
    return PlainTextResponse("Error: GA456: Kết nối bị ngắt trước khi yêu cầu đến đủ. Xin gửi lại.", 400)


async def _broken(request: Request, error: Exception) -> Response:
    """Answer where the program itself failed; the cause goes to the log of the server."""
    return PlainTextResponse("Error: GA400: Phần mềm gặp lỗi. Xin thử lại.", 500)
