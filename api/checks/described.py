"""How version 1 of the API stands in its OpenAPI document: problems, headers and examples of every operation."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel

from api.checks.problems import MEDIA, Problem

ABOUT = (
    "Mọi phát hiện là gợi ý; người biên tập quyết định. Lỗi trả về theo RFC 9457 (application/problem+json), có mã "
    "GA… và lời tiếng Việt. Câu trả lời của một lần soát cho biết hạn mức còn lại ở RateLimit-Limit, "
    "RateLimit-Remaining, RateLimit-Reset; khi bị từ chối vì hết hạn mức hay máy chủ bận, xin chờ số giây ghi ở "
    "Retry-After. Máy chủ không giữ bài đã gửi trừ khi toà soạn chọn giữ."
)
TARGETS = (
    "Số liệu như trên trang Mục tiêu của bàn rà soát, cùng một cách tính: A in_force, K reviewed, C clean. Văn bản "
    "chưa rà soát hoặc chờ tham vấn không bao giờ tính là đạt. Chỉ có số cộng, không có tên văn bản hay toà soạn."
)
TAGS = [
    {"name": "checks", "description": "Soát bài; khoá cần quyền check."},
    {"name": "targets", "description": "Số liệu mục tiêu; khoá cần quyền read."},
    {"name": "rulebook", "description": "Quy tắc và bộ chỉ số; ai cũng đọc được."},
    {"name": "server", "description": "Máy chủ."},
]
_WHOLE = {"type": "integer", "minimum": 0}
_LIMITS = {
    "RateLimit-Limit": {"description": "Số bài được gửi trong cửa sổ đang tính.", "schema": _WHOLE},
    "RateLimit-Remaining": {"description": "Số bài còn được gửi.", "schema": _WHOLE},
    "RateLimit-Reset": {"description": "Sau bao nhiêu giây thì có thêm.", "schema": _WHOLE},
}
_AFTER = {"Retry-After": {"description": "Sau bao nhiêu giây thì nên gửi lại.", "schema": _WHOLE}}
_HEADERS = {
    401: {"WWW-Authenticate": {"description": "Cách gửi khoá.", "schema": {"type": "string"}}},
    429: {**_LIMITS, **_AFTER},
    503: _AFTER,
}
_SAID = {
    400: ("Yêu cầu không đọc được.", {"GA402": "Yêu cầu không đọc được. Xin gửi JSON mã UTF-8."}),
    401: (
        "Thiếu khoá, hoặc khoá không còn dùng được.",
        {"GA439": "Cần khoá của toà soạn."},
    ),
    403: ("Khoá không có quyền này.", {"GA440": "Khoá này không có quyền cho việc đó."}),
    404: ("Không có mục này.", {"GA401": "Không có quy tắc này. Danh sách quy tắc ở /v1/rules."}),
    408: ("Yêu cầu không đến đủ trong thời gian cho phép.", {"GA455": "Yêu cầu không đến đủ trong 20 giây."}),
    413: ("Yêu cầu quá lớn.", {"GA413": "Yêu cầu lớn quá 2 MB. Xin gửi từng phần nhỏ hơn."}),
    415: ("Không phải JSON, hoặc là nội dung nén.", {"GA457": "Máy chủ chỉ nhận JSON."}),
    422: ("Yêu cầu chưa đúng mẫu.", {"GA422": "Yêu cầu chưa đúng mẫu. Xin xem từng chỗ trong “errors”."}),
    429: ("Hết hạn mức; xem đầu mục Retry-After.", {"GA436": "Đã gửi quá nhiều bài trong một phút."}),
    503: ("Máy chủ đang bận; xem đầu mục Retry-After.", {"GA432": "Máy chủ đang có quá nhiều bài chờ soát."}),
}


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return how problems of some statuses stand in the document."""
    return {status: _problem(status) for status in statuses}


def _problem(status: int) -> dict[str, Any]:
    said, problems = _SAID[status]
    ((code, title),) = problems.items()
    example = Problem(type=f"urn:auditor:{code}", title=title, status=status, code=code).model_dump()
    content = {MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}}
    return {"description": said, "content": content, **({"headers": _HEADERS[status]} if status in _HEADERS else {})}


def succeeded(model: type[BaseModel]) -> dict[str, Any]:
    """Return how the answer of a model stands in the document, with its example."""
    shown = model.model_config["json_schema_extra"]
    assert isinstance(shown, dict)
    examples = shown["examples"]
    assert isinstance(examples, list)
    return {"description": "Câu trả lời.", "content": {"application/json": {"example": examples[0]}}}


def limited(model: type[BaseModel]) -> dict[str, Any]:
    """Return how an answer stands in the document that counts against the limits of a key."""
    again = {"description": "true: câu trả lời cũ của cùng Idempotency-Key.", "schema": {"type": "string"}}
    return {**succeeded(model), "headers": {**_LIMITS, "Idempotent-Replayed": again}}


def install(app: FastAPI) -> None:
    """Add to the document of an application what the framework does not know, and take out what never happens."""
    described = app.openapi

    def openapi() -> dict[str, Any]:
        document = described()
        schemas = document["components"]["schemas"]
        schemas["Problem"] = Problem.model_json_schema()
        for name in ("HTTPValidationError", "ValidationError"):
            schemas.pop(name, None)
        for path in document["paths"].values():
            for operation in path.values():
                if "HTTPValidationError" in str(operation["responses"].get("422")):
                    del operation["responses"]["422"]
        return document

    app.openapi = openapi  # type: ignore[method-assign]  # the documented way to add to the document
