"""What a program sends, read whole: no more than it may be, and no longer than a network takes.

What is too large is read on for a while without being kept, as a client that is still sending would lose the answer
when the connection is cut.
"""

from __future__ import annotations

import asyncio

from fastapi import Request

from auditor.errors import ApiError

SECONDS = 20.0
"""Seconds in which a request must have arrived whole."""
OVER = 4
"""So many times what may be sent is read before the connection is cut."""


async def read_body(request: Request, most: int) -> bytes:
    """Read the body of a request of at most ``most`` bytes.

    Raises:
        ApiError: GA413 it is too large, GA454 it is compressed, GA455 it did not arrive in time.
        ClientDisconnect: the sender went away before the end.
    """
    if request.headers.get("content-encoding", "identity").strip().lower() not in {"", "identity"}:
        raise ApiError("GA454", "Máy chủ không nhận nội dung nén. Xin gửi không kèm Content-Encoding.")
    kept = bytearray()
    read = 0
    try:
        async with asyncio.timeout(SECONDS):
            async for part in request.stream():
                read += len(part)
                if read <= most:
                    kept += part
                elif read > OVER * most:
                    break
    except TimeoutError:
        raise ApiError(
            "GA455", f"Yêu cầu không đến đủ trong {SECONDS:.0f} giây. Xin xem lại đường mạng rồi gửi lại."
        ) from None
    if read > most:
        raise ApiError("GA413", f"Yêu cầu lớn quá {most // 2**20} MB. Xin gửi từng phần nhỏ hơn.")
    return bytes(kept)
