"""How the protocol of LanguageTool stands in an OpenAPI document, as far as this server speaks it."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field, JsonValue

FORM = "application/x-www-form-urlencoded"
TEXT = "text/plain"
EXAMPLE = "Phụ nữ chân yếu tay mềm thì không hợp với nghề này."
_NAMES = {"type": "string", "description": "Mã cách nhau bằng dấu phẩy.", "examples": ["MD-ROLE-02"]}
PARAMETERS: dict[str, dict[str, Any]] = {
    "text": {
        "type": "string", "maxLength": 200_000, "description": "Bài thuần chữ; hoặc text, hoặc data.",
        "examples": [EXAMPLE],
    },
    "data": {
        "type": "string", "description": "Bài có đánh dấu, JSON theo mẫu của LanguageTool; hoặc text, hoặc data.",
        "examples": ['{"annotation": [{"markup": "<p>"}, {"text": "Phụ nữ chân yếu tay mềm."}]}'],
    },
    "language": {
        "type": "string", "enum": ["vi", "vi-VN", "auto"], "description": "Không phân biệt chữ hoa, chữ thường.",
        "examples": ["vi-VN"],
    },
    "username": {"type": "string", "description": "Nhận và bỏ qua.", "examples": ["toa-soan"]},
    "apiKey": {
        "type": "string", "description": "Khoá của toà soạn, nếu không gửi ở Authorization.", "examples": ["ga_…"],
    },
    "enabledRules": _NAMES,
    "disabledRules": _NAMES,
    "enabledCategories": {**_NAMES, "examples": ["MD-ROLE"]},
    "disabledCategories": {**_NAMES, "examples": ["MD-ROLE"]},
    "enabledOnly": {
        "type": "string", "enum": ["true", "false", "yes", "no"],
        "description": "true: chỉ những quy tắc, nhóm được bật; không đi cùng disabled….", "examples": ["false"],
    },
    "level": {"type": "string", "enum": ["default", "picky"], "examples": ["default"]},
    "kind": {
        "type": "string", "enum": ["auto", "article", "regulation"],
        "description": "Riêng của máy chủ này: bài là tin bài hay hương ước, quy ước.", "examples": ["article"],
    },
}  # fmt: skip
_SHORT = {
    "type": "string", "description": "Bài ngắn: cả địa chỉ không quá 64 KB. Bài dài xin gửi bằng POST.",
    "examples": [EXAMPLE],
}  # fmt: skip
_ERRORS = {
    400: ("Tham số thiếu hoặc sai.", {"GA452": "Thiếu tham số language (vi, vi-VN hoặc auto)."}),
    403: ("Thiếu khoá, khoá sai, hoặc khoá không có quyền soát.", {"GA439": "Cần khoá của toà soạn."}),
    408: ("Yêu cầu không đến đủ trong thời gian cho phép.", {"GA455": "Yêu cầu không đến đủ trong 20 giây."}),
    413: ("Bài quá dài.", {"GA413": "Bài dài quá mức một lần. Xin gửi từng phần."}),
    415: ("Không phải biểu mẫu, hoặc là nội dung nén.", {"GA458": "Xin gửi biểu mẫu mã UTF-8."}),
    422: ("Bài làm tiến trình soát dừng giữa chừng.", {"GA433": "Bài này chưa soát được. Xin gửi bài ngắn hơn."}),
    429: ("Hết hạn mức; xem Retry-After.", {"GA436": "Đã gửi quá nhiều bài trong một phút."}),
    503: ("Máy chủ đang bận; xem Retry-After.", {"GA432": "Máy chủ đang có quá nhiều bài chờ soát."}),
}
_WAIT = {"Retry-After": {"description": "Sau bao nhiêu giây thì nên gửi lại.", "schema": {"type": "integer"}}}


class Software(BaseModel):
    """What answers."""

    name: str
    version: str
    buildDate: str
    apiVersion: int
    premium: bool
    premiumHint: str
    status: str


class Info(BaseModel):
    """What answers, asked for alone."""

    software: Software


class Language(BaseModel):
    """A language that is checked."""

    name: str
    code: str
    longCode: str


class Warned(BaseModel):
    """Whether all was read."""

    incompleteResults: bool
    incompleteResultsReason: str = ""


class Context(BaseModel):
    """The words around a match."""

    text: str
    offset: int
    length: int


class Match(BaseModel):
    """A finding; ``offset`` and ``length`` count UTF-16 units of what was sent."""

    message: str
    shortMessage: str
    replacements: list[dict[str, str]]
    offset: int = Field(ge=0)
    length: int = Field(ge=1)
    context: Context
    sentence: str
    type: dict[Literal["typeName"], Literal["Other", "Hint"]]
    rule: dict[str, JsonValue]
    ignoreForIncompleteSentence: bool
    contextForSureMatch: int


class Checked(BaseModel):
    """The answer to a check."""

    software: Software
    warnings: Warned
    language: dict[str, JsonValue]
    matches: list[Match]
    sentenceRanges: list[tuple[int, int]]


SHOWN = {
    "software": {
        "name": "Soát giới", "version": "0.1.0", "buildDate": "", "apiVersion": 1, "premium": False,
        "premiumHint": "", "status": "Bộ quy tắc 1.0",
    },
    "warnings": {"incompleteResults": False},
    "language": {
        "name": "Vietnamese", "code": "vi-VN",
        "detectedLanguage": {"name": "Vietnamese", "code": "vi-VN", "confidence": 0.99, "source": "given"},
    },
    "matches": [],
    "sentenceRanges": [[0, 51]],
}  # fmt: skip
LANGUAGES = [
    {"name": "Vietnamese", "code": "vi", "longCode": "vi"},
    {"name": "Vietnamese", "code": "vi", "longCode": "vi-VN"},
]


def in_form() -> dict[str, Any]:
    """Return what the document says of a check sent as a form.

    The key may stand in ``apiKey`` as well, or not be needed, so that of ``Authorization`` is one way of several.
    """
    example = {"text": EXAMPLE, "language": "vi-VN", "kind": "article"}
    body = {"required": True, "content": {FORM: {"schema": _form(), "example": example}}}
    return {"requestBody": body, "security": [{}]}


def in_address() -> dict[str, Any]:
    """Return what the document says of a check asked for in the address."""
    return {
        "parameters": [
            {
                "name": name, "in": "query", "required": name in {"text", "language"}, "example": schema["examples"][0],
                "schema": schema,
            }
            for name, schema in {**PARAMETERS, "text": _SHORT}.items()
            if name not in {"data", "apiKey", "enabledOnly"}
        ],
        "security": [{}],
    }  # fmt: skip


def _form() -> dict[str, Any]:
    """Return the schema of a form: just one of text and data, and ``enabledOnly`` only with something enabled."""
    either = {"oneOf": [{"required": ["text"]}, {"required": ["data"]}]}
    return {"type": "object", "properties": PARAMETERS, "required": ["language"], **either}


def answers(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return how the errors of a check stand in the document: plain text with our code."""
    return {
        status: {
            "description": _ERRORS[status][0],
            "content": {
                TEXT: {
                    "schema": {"type": "string", "pattern": "^Error: GA[0-9]{3}: "},
                    "example": next(f"Error: {code}: {words}" for code, words in _ERRORS[status][1].items()),
                }
            },
            **({"headers": _WAIT} if status in {429, 503} else {}),
        }
        for status in statuses
    }


def plain(example: str) -> dict[int | str, dict[str, Any]]:
    """Return how an answer in plain text stands in the document."""
    return {200: {"description": "Câu trả lời.", "content": {TEXT: {"schema": {"type": "string"}, "example": example}}}}


def shown(example: object) -> dict[int | str, dict[str, Any]]:
    """Return how an answer stands in the document."""
    return {200: {"description": "Câu trả lời.", "content": {"application/json": {"example": example}}}}
