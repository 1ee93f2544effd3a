"""The command ``auditor scan``: whole archives of news, on one machine or a cluster."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.table import Column
from rich.text import Text

from auditor.console import coded_errors, day_of, misused, one_of, say
from auditor.documents.limits import limits_from
from auditor.record import GENDER_SEVERITIES

if TYPE_CHECKING:
    from auditor.archive.scan import Progress as Far
    from auditor.archive.summary import Summary

ENGINES = ("local", "ray")
SHOWN = ("auto", "bar", "json", "none")
INTERRUPTED = 130

Tell = Callable[["Far"], None]


def scan(
    archive: Annotated[
        str,
        typer.Argument(
            metavar="ARCHIVE", help="Thư mục, .zip, .jsonl(.gz), Parquet, WARC(.gz), hoặc địa chỉ như s3://…"
        ),
    ],
    out: Annotated[str, typer.Option(help="Thư mục ghi kết quả, hoặc địa chỉ như s3://…")],
    engine: Annotated[str, typer.Option(help="local: máy này; ray: cụm máy (cần cài auditor[cluster]).")] = "local",
    workers: Annotated[int | None, typer.Option(min=1, help="Số tiến trình soát; mặc định theo số nhân.")] = None,
    ray_address: Annotated[str | None, typer.Option(help="Địa chỉ cụm Ray; mặc định theo RAY_ADDRESS.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Quét tiếp lượt quét dở trong --out.")] = False,
    kind: Annotated[str, typer.Option(help="Loại văn bản: auto, regulation hoặc article.")] = "auto",
    as_of: Annotated[str | None, typer.Option(help="Xét tất cả theo pháp luật của ngày này (NĂM-THÁNG-NGÀY).")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Chỉ soát chừng này bài đầu.")] = None,
    sample: Annotated[
        float | None,
        typer.Option(min=0.0, max=1.0, help="Chỉ soát một phần ngẫu nhiên, ví dụ 0.05; chạy lại vẫn chọn như vậy."),
    ] = None,
    since: Annotated[str | None, typer.Option(help="Chỉ soát bài từ ngày này (NĂM-THÁNG-NGÀY).")] = None,
    until: Annotated[str | None, typer.Option(help="Chỉ soát bài đến hết ngày này (NĂM-THÁNG-NGÀY).")] = None,
    outlet: Annotated[list[str] | None, typer.Option(help="Chỉ soát bài của cơ quan này; ghi được nhiều lần.")] = None,
    findings_only: Annotated[
        bool, typer.Option("--findings-only", help="Chỉ tìm câu phân biệt, không đếm nhân vật: nhanh gần gấp đôi.")
    ] = False,
    bound: Annotated[
        list[str] | None,
        typer.Option(metavar="TÊN=SỐ", help="Đổi một mức giới hạn khi đọc, ví dụ line=33554432; ghi được nhiều lần."),
    ] = None,
    progress: Annotated[str, typer.Option(help="Tiến độ: auto, bar, json (mỗi dòng một đối tượng), none.")] = "auto",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Không in gì khi không có lỗi.")] = False,
) -> None:
    """Quét một kho tin bài: ghi bản ghi, phát hiện, nhân vật thành bảng Parquet, kèm trang tổng quan.

    Mã thoát: 0 quét xong; 2 lệnh gõ chưa đúng hoặc không ghi được (thông báo có mã); 130 bị dừng giữa chừng.
    """
    one_of("--engine", engine, ENGINES)
    one_of("--kind", kind, ("auto", "regulation", "article"))
    one_of("--progress", progress, SHOWN)
    first, last, law = day_of("--since", since), day_of("--until", until), day_of("--as-of", as_of)
    if first and last and first > last:
        misused("--since muộn hơn --until nên không bài nào được chọn. Hãy kiểm tra lại hai ngày.")
    if sample == 0:
        misused("--sample phải lớn hơn 0. Hãy ghi một phần của kho, ví dụ 0.05.")
    # Imported here because only scans need pyarrow and a pool.
    from auditor.archive.folder import Folder
    from auditor.archive.interface import Engine, Job
    from auditor.archive.local import LocalEngine
    from auditor.archive.scan import archive_limits
    from auditor.archive.scan import scan as run
    from auditor.archive.worker import plain_name
    from auditor.reports.overview import write_overview

    with coded_errors():
        job = Job(
            out, date.today(), kind, law, first, last, tuple(sorted(map(plain_name, outlet or ()))), not findings_only,
            archive_limits(limits_from(bound or ())),
        )  # fmt: skip
        count = workers or os.cpu_count() or 1
        chosen: Engine = LocalEngine(count)
        if engine == "ray":
            from auditor.archive.ray import RayEngine

            chosen = RayEngine(count if workers else None, ray_address)
        with _stopping():
            with _shown("none" if quiet else progress) as tell:
                summary = run(archive, job, chosen, share=sample or 1.0, most=limit, resume=resume, tell=tell)
            with Folder(out).writing("overview.html") as page:
                write_overview(summary, page)
    if not quiet:
        say(_said(summary, out))


@contextmanager
def _stopping() -> Iterator[None]:
    """Stop at the first sign that the scan is not wanted any more; its parts stay for a run to come."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except KeyboardInterrupt:
        say("Đã dừng. Phần đã quét được giữ nguyên; chạy lại lệnh cũ, thêm --resume, để quét tiếp.")
        raise typer.Exit(INTERRUPTED) from None
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _shown(how: str) -> Iterator[Tell]:
    """Show how far the scan is, on standard error."""
    if how == "auto":
        how = "bar" if sys.stderr.isatty() else "none"
    if how == "none":
        yield lambda far: None
    elif how == "json":
        yield lambda far: say(json.dumps(_facts(far)))
    else:
        columns = (
            BarColumn(20), TextColumn("{task.percentage:>3.0f}%"), _Counts(table_column=Column(no_wrap=True)),
            TimeRemainingColumn(compact=True),
        )  # fmt: skip
        with Progress(*columns, console=Console(stderr=True), refresh_per_second=4) as bar:
            task = bar.add_task("", total=None, facts={})
            yield lambda far: bar.update(task, total=far.total, completed=far.read, facts=_facts(far))


def _facts(far: Far) -> dict[str, int]:
    """Return how far a scan is as plain numbers; ``bytes`` of the archive, the rest counted in this run."""
    done = far.done
    findings = sum(done.findings[severity] for severity in GENDER_SEVERITIES)
    return {
        "bytes": far.read, "total_bytes": far.total, "audited": done.audited, "rejected": done.rejected,
        "left_out": done.left_out, "findings": findings,
    }  # fmt: skip


class _Counts(ProgressColumn):
    """Counts of what is done, and the rate."""

    def render(self, task: Task) -> Text:
        facts = task.fields["facts"]
        if not facts:
            return Text("đang xem kho…")
        read = facts["audited"] + facts["rejected"]
        rate = f", {read / task.elapsed:.0f} bài/giây" if task.elapsed else ""
        return Text(f"{read} bài{rate}; {facts['findings']} phát hiện; {facts['rejected']} bị loại; còn")


def _said(summary: Summary, out: str) -> str:
    found = sum(summary.findings[severity] for severity in GENDER_SEVERITIES)
    left_out = f" {summary.left_out} bài ngoài phạm vi đã chọn." if summary.left_out else ""
    return (
        f"Đã đọc {summary.read} bài: soát {summary.audited}, trùng {summary.duplicates}, không soát được"
        f" {summary.rejected}.{left_out} {found} phát hiện trong {summary.with_findings} bài, chưa phát hiện nào được"
        f" người xem xác nhận. Kết quả: {out}; trang tổng quan: {out.rstrip('/')}/overview.html."
    )
