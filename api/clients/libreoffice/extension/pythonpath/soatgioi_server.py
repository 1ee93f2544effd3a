"""Ask the server of checks, by the protocol of LanguageTool."""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from typing import Any

WAIT = 30
"""Seconds until a server that does not answer is given up."""


class Trouble(Exception):
    """What went wrong, in words for the person at the editor."""


@dataclass(frozen=True)
class Server:
    """Where texts are checked: the address with or without ``/v2``, the key or nothing, what kind texts are."""

    address: str
    key: str = ""
    kind: str = "auto"


@dataclass(frozen=True)
class Finding:
    """What was found from ``start`` to ``end`` (code points), and the words of its comment."""

    start: int
    end: int
    words: str


def findings(server: Server, text: str) -> list[Finding]:
    """Check a text.

    Raises:
        Trouble: the server cannot be reached, refuses, or could not check the text.
    """
    answer = _ask(server, {"text": text, "language": "vi", "kind": server.kind})
    warnings = answer.get("warnings", {})
    if warnings.get("incompleteResults"):
        raise Trouble("Chưa soát được văn bản này. " + str(warnings.get("incompleteResultsReason", "")))
    return [_finding(text, match) for match in answer["matches"]]


def _finding(text: str, match: dict[str, Any]) -> Finding:
    units = text.encode("utf-16-le")
    first, last = 2 * match["offset"], 2 * (match["offset"] + match["length"])
    start = len(units[:first].decode("utf-16-le"))
    lines = [match["shortMessage"], match["message"]]
    lines += ["Gợi ý: " + instead["value"] for instead in match["replacements"]]
    lines.append("Quy tắc " + match["rule"]["id"] + ". Người biên tập quyết định.")
    return Finding(start, start + len(units[first:last].decode("utf-16-le")), "\n".join(lines))


def _ask(server: Server, form: dict[str, str]) -> dict[str, Any]:
    address = server.address.strip().rstrip("/")
    if not address.startswith(("http://", "https://")):
        raise Trouble("Địa chỉ máy chủ cần bắt đầu bằng http:// hoặc https://. Xin xem Soát giới > Thiết lập.")
    address = address if address.endswith("/v2") else address + "/v2"
    request = urllib.request.Request(address + "/check", urllib.parse.urlencode(form).encode("ascii"))
    if server.key.strip():
        request.add_header("Authorization", "Bearer " + server.key.strip())
    try:
        with urllib.request.urlopen(request, timeout=WAIT) as answer:
            found = json.loads(answer.read().decode("utf-8"))
    except urllib.error.HTTPError as error:
        raise Trouble(_refusal(error)) from None
    except OSError as error:
        reason = getattr(error, "reason", error)
        raise Trouble(f"Không gọi được máy chủ {address} ({reason}). Xin xem mạng và Soát giới > Thiết lập.") from None
    except ValueError:
        found = None
    if not isinstance(found, dict) or "matches" not in found:
        raise Trouble(f"{address} không phải là máy chủ soát giới. Xin xem Soát giới > Thiết lập.")
    return found


def _refusal(error: urllib.error.HTTPError) -> str:
    words = error.read().decode("utf-8", "replace")
    if words.startswith("Error: "):
        return "Máy chủ không nhận: " + words[len("Error: ") :]
    return f"Máy chủ trả lời mã {error.code}. Xin xem Soát giới > Thiết lập."
