"""Small archives of sentences of our own, and how the results of a scan are looked at."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

import pyarrow.parquet as parquet

from auditor.archive import worker
from auditor.archive.interface import Done, Job
from auditor.archive.plan import Plan
from auditor.archive.scan import archive_limits, scan
from auditor.archive.summary import Summary
from auditor.archive.worker import Worker
from auditor.audit import Auditor
from auditor.documents.limits import DEFAULT_LIMITS
from auditor.documents.load import load

TODAY = date(2026, 5, 2)
TABLES = ("records", "findings", "people", "duplicates")
UNFAIR = "Phụ nữ thì chỉ nên ở nhà chăm con, việc lớn để đàn ông lo."
SENTENCES = (
    "Sáng nay, bà Lò Thị Ỏn, Chủ tịch xã Nậm Lành, cho biết đường vào bản đã thông xe.",
    "Ông Vàng A Sùng nói: “Bà con mong có nước sạch trước mùa khô năm nay”.",
    "Lớp học xóa mù chữ của cô giáo Hà mở cửa ba buổi tối mỗi tuần.",
    "Hợp tác xã chè thu mua hơn hai mươi tấn búp tươi trong tháng đầu vụ.",
    "Trạm y tế xã tiêm phòng cho trẻ em tại nhà văn hóa bản Pá Hăng.",
    "Đội bóng chuyền của thanh niên bản Co Muông thắng trận mở màn.",
    "Mưa lớn làm sạt lở gần trăm mét đường liên xã, công an đã cắm biển báo.",
    "Chị Tẩn Mẩy Phàn bán được bốn tạ mật ong rừng qua mạng.",
    "Hội thảo bàn cách giữ nghề dệt thổ cẩm của người Thái ở lòng hồ.",
    "Cây cầu treo mới giúp học sinh không phải lội suối đến trường.",
    "Phiên chợ vùng cao họp sớm hơn mọi năm vì rét đậm kéo dài.",
    "Anh Giàng A Páo trồng thử giống ngô mới trên nương cao.",
)


def article(number: int, **fields: object) -> dict[str, object]:
    """Return an article unlike every other one; every fourth has something to be found."""
    random = Random(number)
    words = [
        f"Tổ {random.randrange(10**6)} của bản {random.randrange(10**6)} ghi sổ {random.randrange(10**6)}: {one}"
        for one in random.sample(SENTENCES, 4)
    ]
    if number % 4 == 0:
        words.append(UNFAIR)
    return {
        "id": f"bai-{number}", "kind": "article", "title": f"Chuyện bản số {number}", "text": "\n\n".join(words),
        "outlet": f"Báo {'AB'[number % 2]}", "date": f"2026-04-{1 + number % 28:02}", **fields,
    }  # fmt: skip


def line(**fields: object) -> bytes:
    """Return an item line."""
    return json.dumps(fields, ensure_ascii=False).encode()


def lines(articles: Iterable[dict[str, object]]) -> bytes:
    """Return an item file."""
    return b"".join(line(**one) + b"\n" for one in articles)


def page(number: int) -> bytes:
    """Return a saved web page of an article."""
    one = article(number)
    words = "".join(f"<p>{words}</p>" for words in str(one["text"]).split("\n\n"))
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{one["title"]}</title>'
        f'<meta property="article:published_time" content="{one["date"]}"></head>'
        f"<body><article><h1>{one['title']}</h1>{words}</article></body></html>"
    ).encode()


def job(out: Path | str, **options: Any) -> Job:
    """Return a job of 2 May 2026."""
    return Job(str(out), **{"today": TODAY, "limits": archive_limits(DEFAULT_LIMITS), **options})


# Loading the rulebook takes seconds, so all workers of the tests share it.
auditor_of = cache(Auditor)


def worker_of(job: Job) -> Worker:
    """Return a worker in this process."""
    with patch.object(worker, "Auditor", auditor_of):
        return Worker(job)


class Here:
    """An engine in this very process.

    Args:
        most: how many batches it does before it is stopped as by Ctrl-C; None for all.
    """

    def __init__(self, most: int | None = None) -> None:
        self._most = most
        self.worked: list[Done] = []

    def run(self, plan: Plan, job: Job, finished: Iterable[tuple[int, int]]) -> Iterator[Done]:
        """Work on batches; see :class:`auditor.archive.interface.Engine`."""
        done = frozenset(finished)
        one = worker_of(job)
        for shard in plan:
            for batch in shard.batches():
                if batch.key in done:
                    continue
                if len(self.worked) == self._most:
                    raise KeyboardInterrupt
                self.worked.append(one.work(batch))
                yield self.worked[-1]


class Scanned:
    """What a scan left in its folder."""

    def __init__(self, out: Path) -> None:
        self.out = out

    def table(self, name: str) -> list[dict[str, Any]]:
        """Return the rows of a table."""
        rows: list[dict[str, Any]] = parquet.read_table(self.out / f"{name}.parquet").to_pylist()
        return rows

    @property
    def rejects(self) -> list[dict[str, Any]]:
        """Return the lines of ``rejects.jsonl``."""
        return [json.loads(one) for one in (self.out / "rejects.jsonl").read_bytes().splitlines()]

    @property
    def summary(self) -> dict[str, Any]:
        """Return what ``summary.json`` holds."""
        found: dict[str, Any] = json.loads((self.out / "summary.json").read_bytes())
        return found

    @property
    def ids(self) -> list[str]:
        """Return the ids of the audited texts, in order."""
        return [row["record"] for row in self.table("records")]

    def everything(self) -> dict[str, list[bytes]]:
        """Return all results as sorted lines of bytes."""
        found = {name: sorted(repr(row).encode() for row in self.table(name)) for name in TABLES}
        found["rejects"] = sorted((self.out / "rejects.jsonl").read_bytes().splitlines())
        found["summary"] = [(self.out / "summary.json").read_bytes()]
        return found


def scanned(archive: Path | str, out: Path, *, resume: bool = False, **options: Any) -> Scanned:
    """Scan an archive in this process."""
    chosen = {name: options.pop(name) for name in ("share", "most", "engine", "tell") if name in options}
    engine = chosen.pop("engine", None) or Here()
    summary = scan(str(archive), job(out, **options), engine, resume=resume, **chosen)
    assert isinstance(summary, Summary)
    return Scanned(out)


def warc(records: Iterable[tuple[str, int, str, bytes]], *, packed: bool = False) -> bytes:
    """Return a web archive of answers: URL, HTTP status, content type, body."""
    out = io.BytesIO()
    for url, status, kind, body in records:
        answer = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-05-02T00:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:{len(out.getvalue()):012}>\r\nContent-Type: application/http; msgtype=response"
            f"\r\nContent-Length: {len(answer)}\r\n\r\n"
        ).encode()
        whole = head + answer + b"\r\n\r\n"
        out.write(gzip.compress(whole) if packed else whole)
    return out.getvalue()


def agrees_with_check(found: Scanned, archive: Path | str) -> None:
    """Make sure that a scan of all of an archive says of each input what ``auditor check`` says of it."""
    rejects, rows = {one["seq"]: one for one in found.rejects}, {row["seq"]: row for row in found.table("records")}
    copies = {row["seq"]: row for row in found.table("duplicates")}
    findings, people = found.table("findings"), found.table("people")
    said = [auditor_of().audit(item).model_dump(mode="json") for item in load([str(archive)])]
    assert sorted([*rejects, *rows, *copies]) == list(range(len(said)))
    for seq, one in enumerate(said):
        if seq in rejects:
            line = {"seq": seq, "id": one["id"], **{key: one["source"][key] for key in ("path", "form", "sha256")}}
            assert rejects[seq] == {**line, **one["error"]}
        elif seq in copies:
            assert copies[seq]["record"] == one["id"]
        else:
            assert _plain(rows[seq]) == _plain({"seq": seq, **_row(one)})
            assert [_plain(row) for row in findings if row["seq"] == seq] == [
                _plain({"seq": seq, "record": one["id"], **_finding(each)}) for each in one["findings"]
            ]
            assert [_plain(row) for row in people if row["seq"] == seq] == [
                _plain({"seq": seq, "record": one["id"], **each}) for each in one["people"]
            ]


def _row(one: dict[str, Any]) -> dict[str, Any]:
    same = ("kind", "title", "date", "outlet", "unit", "engine", "rulebook", "as_of", "text_length", "positives",
            "suspects", "missing")  # fmt: skip
    severities = [each["severity"] for each in one["findings"]]
    return {
        "record": one["id"], **{key: one[key] for key in same}, **one["source"], **(one["story"] or {}),
        "warnings": [each["code"] for each in one["warnings"]],
        **{severity: severities.count(severity) for severity in ("S4", "S4x", "S3", "S2", "S1")},
    }  # fmt: skip


def _finding(one: dict[str, Any]) -> dict[str, Any]:
    bases = [[base[key] for key in ("law", "article", "clause", "point") if base[key]] for base in one["basis"]]
    without = {key: value for key, value in one.items() if key not in ("locator", "region", "ocr_confidence")}
    return {**without, **one["locator"], "basis": [":".join(base) for base in bases]}


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in row.items()
            if value is not None}  # fmt: skip
