"""What many pages are asked with: a year, a commune, a page of a long list; and how a file is handed out."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import Query, UploadFile
from fastapi.responses import Response
from pydantic import BeforeValidator

from api.bodies import too_large
from auditor.errors import ApiError

MEDIA = {
    "pdf": "application/pdf", "csv": "text/csv", "txt": "text/plain", "zip": "application/zip",
    "gz": "application/gzip", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
"""Media types files are kept with; none that a browser would run."""
OTHER_MEDIA = "application/octet-stream"
EVIDENCE, ARTICLES = 20 * 2**20, 200 * 2**20
"""Bytes a file of evidence and a file of articles may have."""


def _blank(value: object) -> object:
    return None if value == "" else value


Year = Annotated[int | None, BeforeValidator(_blank), Query(ge=2000, le=2100)]
Commune = Annotated[int | None, BeforeValidator(_blank), Query(ge=1)]
Page = Annotated[int, Query(ge=1, le=100_000)]


def no_file() -> ApiError:
    """Return the error of a request that should have brought a file."""
    return ApiError("GA442", "Chưa có tệp nào được gửi, hoặc tệp rỗng. Xin chọn tệp rồi gửi lại.")


def given(file: UploadFile, most: int) -> tuple[bytes, str, str]:
    """Return the bytes, name and media type of a file that was sent.

    Raises:
        ApiError: GA413 it is larger than ``most`` bytes; GA442 nothing was sent.
    """
    data = file.file.read(most + 1)
    if len(data) > most:
        raise too_large("Tệp", most, "Xin chia nhỏ hoặc nén lại.")
    if not data or not file.filename:
        raise no_file()
    name = file.filename.replace("\\", "/").rsplit("/", 1)[-1]
    return data, name, MEDIA.get(name.rsplit(".", 1)[-1].lower(), OTHER_MEDIA)


def attachment(data: bytes, name: str, media: str) -> Response:
    """Hand out bytes as a file to be saved, never shown as a page."""
    return Response(
        data, media_type=media, headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
    )
