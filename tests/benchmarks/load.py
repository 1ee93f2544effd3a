"""A load of checks over loopback, from a process of its own: so many at once, or so many a second.

With a rate, requests are sent when they are due, whether earlier ones were answered or not, and their time counts from
when they were due, so that a server that falls behind cannot hide it. Answers other than a whole check count as
failures. Beside the load a probe asks for the health of the server every 100 ms.
"""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

PROBE = 0.1
"""Seconds between two probes of health."""
HEALTH = b"GET /v1/health HTTP/1.1\r\nHost: bench\r\n\r\n"


@dataclass(frozen=True)
class Load:
    """What is asked of a server.

    Attributes:
        seconds: how long.
        connections: at once, each sending its next request when the last was answered; None with a rate.
        rate: requests a second; None with connections.
        even: send at even distances; otherwise as chance has it (a Poisson process), which is harder.
    """

    address: str
    key: str
    articles: tuple[dict[str, str], ...]
    seconds: float
    connections: int | None = None
    rate: float | None = None
    even: bool = True


@dataclass
class Told:
    """What came of it: milliseconds of each check and of each probe, and what was no answer."""

    seconds: float = 0.0
    checks: list[float] = field(default_factory=list)
    probes: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Checks answered a second."""
        return len(self.checks) / self.seconds


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that a share of the values does not exceed."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] if values else float("nan")


def run(load: Load) -> Told:
    """Put a load on a server; call it in a process of its own."""
    return asyncio.run(_run(load))


class Line:
    """One connection that is kept open."""

    def __init__(self, address: str) -> None:
        found = urlsplit(address)
        self._where = (found.hostname, found.port)
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        """Send a request; return the status and the body of the answer."""
        if self._streams is not None and self._streams[0].at_eof():
            self.close()  # idle for too long
        if self._streams is None:
            self._streams = await asyncio.open_connection(*self._where, limit=2**22)
        reader, writer = self._streams
        try:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            length = next(
                int(line[15:]) for line in head.split(b"\r\n") if line[:15].lower() == b"content-length:"
            )  # fmt: skip
            return int(head[9:12]), await reader.readexactly(length)
        except (OSError, asyncio.IncompleteReadError):
            self.close()
            raise

    def close(self) -> None:
        """Hang up."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


async def _run(load: Load) -> Told:
    told = Told()
    requests = [_request(load.key, article) for article in load.articles]
    begin = time.perf_counter()
    until = begin + load.seconds
    probing = asyncio.create_task(_probe(load.address, until, told))
    if load.connections is not None:
        turns = iter(range(10**9))
        workers = (_closed(load.address, requests, turns, until, told) for _ in range(load.connections))
        await asyncio.gather(*workers)
    else:
        await _open(load, requests, begin, until, told)
    told.seconds = time.perf_counter() - begin
    await probing
    return told


async def _closed(address: str, requests: list[bytes], turns: Iterator[int], until: float, told: Told) -> None:
    line = Line(address)
    while time.perf_counter() < until:
        await _once(line, requests[next(turns) % len(requests)], time.perf_counter(), told)
    line.close()


async def _open(load: Load, requests: list[bytes], begin: float, until: float, told: Told) -> None:
    assert load.rate is not None
    rng = random.Random(7)
    lines: list[Line] = []
    under_way: set[asyncio.Task[None]] = set()
    due, turn = begin, 0

    async def send(at: float, request: bytes) -> None:
        line = lines.pop() if lines else Line(load.address)
        await _once(line, request, at, told)
        lines.append(line)

    while due < until:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        task = asyncio.create_task(send(due, requests[turn % len(requests)]))
        under_way.add(task)
        task.add_done_callback(under_way.discard)
        turn += 1
        due += 1 / load.rate if load.even else rng.expovariate(load.rate)
    await asyncio.gather(*under_way)
    for line in lines:
        line.close()


async def _once(line: Line, request: bytes, due: float, told: Told) -> None:
    try:
        status, body = await line.ask(request)
    except (OSError, asyncio.IncompleteReadError) as error:
        told.failures.append(type(error).__name__)
        return
    if status != 200 or b'"incomplete":false' not in body:
        told.failures.append(f"{status} {json.loads(body).get('code', 'incomplete')}")
        return
    told.checks.append((time.perf_counter() - due) * 1000)


async def _probe(address: str, until: float, told: Told) -> None:
    line = Line(address)
    due = time.perf_counter()
    while due < until:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        try:
            status, _ = await line.ask(HEALTH)
            if status != 200:
                told.failures.append(f"health {status}")
        except (OSError, asyncio.IncompleteReadError) as error:
            told.failures.append(f"health {type(error).__name__}")
        told.probes.append((time.perf_counter() - due) * 1000)
        due += PROBE
    line.close()


def _request(key: str, article: dict[str, str]) -> bytes:
    body = json.dumps(article, ensure_ascii=False).encode()
    head = (
        f"POST /v1/checks HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\n"
    )
    return head.encode() + f"Content-Length: {len(body)}\r\n\r\n".encode() + body
