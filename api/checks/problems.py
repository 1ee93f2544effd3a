"""Errors of the API as RFC 9457 wants them: ``application/problem+json``, in Vietnamese, with the project's codes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from api.checks.service import TurnedAway
from auditor.errors import ApiError, AuditorError

STATUS = {
    "GA331": 404, "GA332": 503, "GA401": 404, "GA413": 413, "GA431": 400, "GA432": 503, "GA434": 503,
    "GA436": 429, "GA437": 429, "GA438": 422, "GA439": 401, "GA440": 403, "GA454": 415, "GA455": 408, "GA456": 400,
    "GA457": 415,
}  # fmt: skip
"""The HTTP status of an error by its code; 422 for all others."""
MEDIA = "application/problem+json"
BUSY = "2"
"""Seconds after which a request may be tried again that a busy server refused."""


class Problem(BaseModel):
    """Why a request was not answered."""

    type: str
    title: str
    status: int
    code: str
    errors: list[str] = []


def problem(
    code: str, title: str, status: int, errors: Sequence[str] = (), headers: dict[str, str] | None = None
) -> Response:
    """Return an error as an answer."""
    body = Problem(type=f"urn:auditor:{code}", title=title, status=status, code=code, errors=list(errors))
    return JSONResponse(body.model_dump(), status, headers, MEDIA)


def install(app: FastAPI) -> None:
    """Make an application answer with problems whatever goes wrong."""
    app.exception_handler(AuditorError)(_coded)
    app.exception_handler(RequestValidationError)(_invalid)
    app.exception_handler(HTTPException)(_plain)
    app.exception_handler(ClientDisconnect)(_gone)
    app.exception_handler(Exception)(_broken)


async def _coded(request: Request, error: Exception) -> Response:
    assert isinstance(error, AuditorError)
    headers = limit_headers(error) if isinstance(error, TurnedAway) else {}
    if error.code == "GA439":
        headers["WWW-Authenticate"] = "Bearer"
    if STATUS.get(error.code) == 503:
        headers["Retry-After"] = BUSY
    return problem(error.code, error.message, STATUS.get(error.code, 422), headers=headers)


def limit_headers(turned_away: TurnedAway) -> dict[str, str]:
    """Return the headers that say when there is more."""
    left = turned_away.allowance
    limits = {"RateLimit-Limit": str(left.limit), "RateLimit-Remaining": "0", "RateLimit-Reset": str(left.reset)}
    return {"Retry-After": str(left.reset), **limits}


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found = [f"{'.'.join(map(str, one['loc']))}: {_reason(one)}" for one in error.errors()[:20]]
    clean = [words.encode("utf-8", "replace").decode() for words in found]
    return problem(
        "GA422", "Yêu cầu chưa đúng mẫu. Xin xem từng chỗ trong “errors” và tài liệu tại /v1/openapi.json.", 422, clean
    )


def _reason(one: dict[str, Any]) -> str:
    """Say in Vietnamese what is wrong with one field."""
    kind, facts = str(one["type"]), one.get("ctx", {})
    known = {
        "missing": "cần có",
        "extra_forbidden": "không có trường này",
        "json_invalid": "JSON sai cú pháp",
        "string_type": "phải là chuỗi",
        "string_unicode": "có ký tự không phải Unicode hợp lệ",
        "string_too_long": f"dài quá {facts.get('max_length')} ký tự",
        "too_long": f"nhiều quá {facts.get('max_length')} mục",
        "literal_error": f"chỉ nhận {facts.get('expected')}",
        "date_from_datetime_parsing": "phải là ngày theo mẫu 2026-05-02",
        "date_parsing": "phải là ngày theo mẫu 2026-05-02",
    }
    return known.get(kind, str(one["msg"]))


async def _plain(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    known = {
        404: ("GA401", "Không có địa chỉ này."),
        405: ("GA401", "Địa chỉ này không nhận phương thức đó."),
        413: ("GA413", "Bài quá lớn: cả yêu cầu không quá 2 MB."),
    }
    code, title = known.get(error.status_code, ("GA402", "Yêu cầu không đọc được. Xin gửi JSON mã UTF-8."))
    headers = dict(error.headers or {})
    return problem(code, title, error.status_code, headers=headers)


async def _gone(request: Request, error: Exception) -> Response:
    return problem("GA456", "Kết nối bị ngắt trước khi yêu cầu đến đủ. Xin gửi lại.", 400)


async def _broken(request: Request, error: Exception) -> Response:
    """Answer where the program itself failed; the cause goes to the log of the server."""
    return problem("GA400", "Phần mềm gặp lỗi. Xin thử lại; nếu vẫn lỗi, xin báo người quản trị giờ này.", 500)


def unauthorised() -> ApiError:
    """Return the error of a request without a key that can be used."""
    return ApiError("GA439", "Cần khoá của toà soạn: Authorization: Bearer ga_…. Khoá thiếu, sai hoặc đã bị thu hồi.")
