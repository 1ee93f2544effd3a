"""Milliseconds of every page of the desk over a large store: ``./dev bench desk [--rounds N]``.

The store holds 10,000 regulations with 200,000 findings, and one regulation of 60 pages with 150 findings. Every GET
route is asked for ``N`` times with other things each time, as a reviewer or as the first role that may; the application
runs in this process, so that a figure is what the server takes. Files to download are left out.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from api.access import COOKIE, MAY
from api.app import create_app
from auditor.audit import Auditor
from auditor.documents.interface import document_of
from auditor.record import Finding
from auditor.store import Change, Store, findings, regulations, units, users, versions
from auditor.store.words import ROLES, STATES

REGULATIONS = 10_000
FINDINGS = 20
LONG_PAGES, LONG_FINDINGS = 60, 150
CLAUSE = "Điều {n}. Con gái đã lấy chồng không được chia đất của cha mẹ đẻ, con trai trưởng hưởng đất hương hỏa.\n\n"
PLAIN = (
    "{n}. Mỗi hộ cử một người đại diện đi họp bản, cùng bàn bạc việc chung và giữ gìn vệ sinh đường làng, ngõ xóm.\n\n"
)
PARAMETER = re.compile(r"{(\w+)(?::\w+)?}")
TABLES = {
    "version": "versions", "regulation": "regulations", "finding": "findings", "unit": "units", "commune": "units",
    "outlet": "outlets", "user": "users", "letter": "letters", "round": "rounds", "upload": "uploads",
    "report": "reports", "event": "events",
}  # fmt: skip


def fill(store: Store, rng: random.Random) -> int:
    """Fill a store; return the id of the long version."""
    text = "QUY ƯỚC BẢN\n\n" + "".join((CLAUSE if n % 2 else PLAIN).format(n=n) for n in range(1, 2 * FINDINGS + 1))
    record = Auditor().audit(document_of(text))
    found = (record.findings * FINDINGS)[:FINDINGS]
    with store.change() as change:
        units.seed(change)
        outlet = change.insert("outlets", {"name": "Báo Lai Châu", "kind": "press"})
        for role in ROLES:
            users.add(
                change, role, ROLES[role], role, "mot mat khau du dai", must_change=False,
                unit_id=2 if role == "commune" else None, outlet_id=outlet if role == "newsroom" else None,
            )  # fmt: skip
        communes = units.communes(change.db)
        file = change.insert(
            "files",
            {"sha256": "0" * 64, "name": "a.txt", "media": "text/plain", "size": 1, "data": b"a", "at": change.at},
        )
        rest = record.model_copy(update={"findings": ()}).to_json()
        for number in range(REGULATIONS):
            commune = communes[number % len(communes)]
            village = units.village(change, commune, "bản", f"Nà {number}", 60)
            _regulation(change, rng, village.id, number, file, text, rest, found)
        long = _long(change, file, units.village(change, communes[0], "bản", "Dài"))
    return long


def _regulation(
    change: Change,
    rng: random.Random,
    village: int,
    number: int,
    file: int,
    text: str,
    record: str,
    found: tuple[Finding, ...],
) -> None:
    day = f"{rng.choice((2023, 2024, 2025, 2026))}-{rng.randint(1, 11):02}-{rng.randint(1, 28):02}"
    state = rng.choice((*STATES, *["recognised"] * 20))
    title = f"Quy ước bản Nà {number}"
    values = {"unit_id": village, "name": "quy ước", "title": title, "folded": title.lower(), "state": state}
    regulation = change.insert("regulations", {**values, "state_on": day, "at": change.at})
    version = change.insert(
        "versions",
        {
            "regulation_id": regulation, "number": 1, "file_id": file, "filename": f"{number}.txt",
            "reading": "audited", "text": text, "record": record, "adopted_on": day, "recognised_on": day,
            "at": change.at, "reviewed_at": change.at if rng.random() < 0.7 else None, "reviewed_by": 2,
        },
    )  # fmt: skip
    change.update("regulations", regulation, {"version_id": version})
    change.insert(
        "states",
        {
            "regulation_id": regulation,
            "version_id": version,
            "state": state,
            "on_date": day,
            "user_id": 2,
            "at": change.at,
        },
    )
    for place, finding in enumerate(found):
        id = findings.insert(change, version, finding.model_copy(update={"id": f"{number}-{place}"}), "machine")
        decision = rng.choice(("confirmed", "dismissed", "dismissed", "consult", None))
        if decision:
            severity = finding.severity if decision == "confirmed" else None
            row = {"finding_id": id, "user_id": 3, "decision": decision, "severity": severity, "reason": "đo"}
            change.insert("decisions", {**row, "at": change.at})
            change.update(
                "findings", id,
                {"state": decision, "final_severity": severity, "decided_by": 3, "decided_at": change.at},
            )  # fmt: skip
    findings.settle(change, version)
    versions.index(change, version)


def _long(change: Change, file: int, village: units.Unit) -> int:
    """Add a regulation of 60 pages (2,000 characters each) with 150 findings."""
    length = LONG_PAGES * 2000
    clauses = ((CLAUSE if n <= 2 * LONG_FINDINGS and n % 2 else PLAIN).format(n=n) for n in itertools.count(1))
    text = "QUY ƯỚC BẢN DÀI\n\n"
    while len(text) < length:
        text += next(clauses)
    record = Auditor().audit(document_of(text))
    regulation = regulations.add(change, village, "quy ước", "Quy ước bản Dài")
    values = {"file_id": file, "filename": "dai.txt", "reading": "waiting", "at": change.at}
    version = change.insert("versions", values)
    few = record.model_copy(update={"findings": record.findings[:LONG_FINDINGS]})
    versions.audited(change, version, few, text, pages=LONG_PAGES)
    regulations.attach(change, regulation, version)
    return version


def addresses(store: Store, path: str, rng: random.Random) -> Iterator[str]:
    """Yield addresses of a route, each about another thing."""
    with store.read() as db:
        while True:
            filled = path
            for name in PARAMETER.findall(path):
                table = TABLES.get(name.removesuffix("_id"))
                rows = db.execute(f"SELECT max(id) AS most FROM {table}").fetchone() if table else None
                value = str(rng.randint(1, rows["most"])) if rows and rows["most"] else "1"
                filled = re.sub(rf"{{{name}(:\w+)?}}", value, filled)
            yield filled


def measure(store: Store, long: int, rounds: int) -> None:
    """Print a line for every page: median, p99, and the statuses that came back."""
    app = create_app(store)
    rng = random.Random(7)
    tokens = {}
    with store.change() as change:
        for user in users.everyone(change.db):
            tokens[user.role] = users.open_session(change, user)
    slow = []
    with TestClient(app, follow_redirects=False) as client:
        pages = [route for route in _routes(app.routes) if "GET" in route.methods]
        pages_and_addresses = [(route.path, _role(route), addresses(store, route.path, rng)) for route in pages]
        pages_and_addresses.append((f"60 trang: /ra-soat/{long}", "reviewer", itertools.repeat(f"/ra-soat/{long}")))
        for path, role, found in pages_and_addresses:
            client.cookies.set(COOKIE, tokens[role])
            times, statuses = [], set()
            for address in itertools.islice(found, rounds + 1):
                started = time.perf_counter()
                answer = client.get(address)
                times.append((time.perf_counter() - started) * 1000)
                statuses.add(answer.status_code)
            times = sorted(times[1:])
            median, p99 = statistics.median(times), times[min(len(times) - 1, int(len(times) * 0.99))]
            print(f"{path:48} {role:9} {median:7.1f} {p99:7.1f} ms  {sorted(statuses)}", flush=True)
            if median > 200 or p99 > 500:
                slow.append(path)
    print(f"slower than 200 ms (median) or 500 ms (p99): {', '.join(slow) or 'none'}")


def _routes(routes: list[object]) -> Iterator[APIRoute]:
    for route in routes:
        if isinstance(route, APIRoute):
            yield route
        else:
            yield from _routes(getattr(getattr(route, "original_router", route), "routes", []))


def _role(route: APIRoute) -> str:
    """Return who asks: a reviewer where the role may, else the first role that may."""
    needed = {getattr(one.call, "permission", None) for one in route.dependant.dependencies} - {None}
    return next(role for role in ("reviewer", *MAY) if needed <= MAY[role])


def main(words: list[str]) -> None:
    """Fill a store in a temporary folder and measure."""
    parser = argparse.ArgumentParser(prog="./dev bench desk")
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--store", type=Path, help="keep the store here, and use it again")
    asked = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as folder:
        path = asked.store or Path(folder) / "desk.db"
        fresh = not path.exists()
        store = Store(path)
        note = path.with_suffix(".json")
        if fresh:
            started = time.perf_counter()
            note.write_text(json.dumps(fill(store, random.Random(7))))
            print(f"filled in {time.perf_counter() - started:.0f} s, {path.stat().st_size / 2**20:.0f} MiB", flush=True)
        measure(store, json.loads(note.read_text()), asked.rounds)


if __name__ == "__main__":
    main(sys.argv[1:])
