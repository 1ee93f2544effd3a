"""The command ``auditor index``: figures on women and men in news, from audit records."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, cast, get_args

import typer

from auditor.console import coded_errors, misused, one_of, opened, say
from auditor.errors import StoreError

FORMS = ("text", "json", "xlsx", "html")


def index(
    records: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="RECORDS...",
            help="Bản ghi do “auditor check --format jsonl” ghi ra, hoặc thư mục kết quả của “auditor scan”.",
        ),
    ] = None,
    outlet: Annotated[str | None, typer.Option(help="Chỉ tính tin bài của cơ quan này.")] = None,
    section: Annotated[str | None, typer.Option(help="Chỉ tính tin bài của chuyên mục này.")] = None,
    period: Annotated[str | None, typer.Option(help="Chỉ tính kỳ này: 2026, 2026-Q1, 2026-03 hoặc 2026-W10.")] = None,
    by: Annotated[str | None, typer.Option(help="Tách theo: outlet, section, year, quarter, month hoặc week.")] = None,
    decisions: Annotated[
        Path | None,
        typer.Option(help="Quyết định của người xem phát hiện (.jsonl), mỗi dòng một quyết định."),
    ] = None,
    answers: Annotated[Path | None, typer.Option(help="Trả lời bảng hỏi loại A của một cơ quan (.yaml).")] = None,
    format: Annotated[str, typer.Option("--format", help="Dạng báo cáo: text, json, xlsx, html.")] = "text",
    output: Annotated[Path | None, typer.Option(help="Ghi báo cáo vào tệp này thay vì ra màn hình.")] = None,
) -> None:
    """Tính chỉ số về giới trong truyền thông từ các bản ghi.

    Mã thoát: 0 tính được; 2 lệnh gõ chưa đúng, tệp không đọc được hoặc không có tin bài nào để tính.
    """
    # Imported here because figures need scipy, for which the other commands shall not wait.
    from auditor.indicators.answers import read_answers
    from auditor.indicators.index import build_index
    from auditor.indicators.ledger import By, Selection
    from auditor.indicators.loader import load_indicators
    from auditor.indicators.reading import read_decisions, read_records
    from auditor.reports.index import INDEX_FORMATS

    if not records:
        misused(
            "Chưa có bản ghi nào. Hãy ghi ít nhất một tệp do “auditor check --format jsonl” ghi ra,"
            " hoặc một thư mục do “auditor scan” ghi ra."
        )
    one_of("--format", format, FORMS)
    if by is not None:
        one_of("--by", by, get_args(By))
    with coded_errors():
        if format == "xlsx" and output is None:
            raise StoreError("GA314", "Bảng tính xlsx không in được ra màn hình. Hãy thêm --output TÊN-TỆP.xlsx.")
        selection = Selection(outlet, section, period, cast("By | None", by))
        indicators = load_indicators()
        found = build_index(
            read_records(records),
            indicators,
            selection,
            decisions=None if decisions is None else read_decisions(decisions),
            answers=None if answers is None else read_answers(answers, indicators),
        )
        inputs = [file for path in (*records, decisions, answers) if path is not None for file in _files(path)]
        with opened(output, inputs) as out:
            INDEX_FORMATS[format](found, out.buffer)
    say(f"Đã đếm {found.counted} tin bài trong {found.read} bản ghi.")


def _files(path: Path) -> list[str]:
    """Return the files that a report must not replace: a file, or all in the folder of a scan."""
    return [str(one) for one in (path.iterdir() if path.is_dir() else (path,))]
