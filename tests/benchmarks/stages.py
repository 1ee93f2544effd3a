"""Where the time of a scan goes: ``./dev bench stages [ARTICLES.jsonl]``.

Each stage runs alone over the same articles in this process; a figure is the median CPU time of several rounds. The
table goes into the page beside this file, the picture is ``stages.svg``.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from itertools import islice
from pathlib import Path

import pyarrow as pa

from auditor.archive.folder import Folder
from auditor.archive.signature import signature
from auditor.archive.tables import PART, row
from auditor.audit import Auditor
from auditor.documents import items
from auditor.documents.interface import Document, Line
from auditor.documents.limits import DEFAULT_LIMITS
from auditor.documents.walk import Found, sources
from auditor.matching.matcher import judged, stretches
from auditor.matching.prefilter import prefilter
from auditor.people.finder import PeopleFinder
from auditor.story.reader import StoryReader
from auditor.text import sentences
from tests.benchmarks.check import DEFAULT
from tests.benchmarks.machine import machine

PAGE, PICTURE = Path(__file__).with_name("README.md"), Path(__file__).with_name("stages.svg")
BEGIN, END = "<!-- stages -->\n", "<!-- /stages -->\n"
MOST, ROUNDS = 500, 3
COLOURS = ("#4e79a7", "#a0cbe8", "#f28e2b", "#59a14f", "#e15759", "#b07aa1", "#ff9da7", "#9c755f", "#bab0ac")


def stages(path: Path) -> tuple[dict[str, Callable[[], object]], Sequence[Document]]:
    """Return each stage as something to run over all articles, and the articles."""
    (found,) = sources(path)
    assert isinstance(found, Found)
    lines = [one for one in islice(found.raws(DEFAULT_LIMITS), MOST) if isinstance(one, Line)]
    read = [items.read_line(line, "article", DEFAULT_LIMITS) for line in lines]
    documents = [one for one in read if isinstance(one, Document)]
    auditor = Auditor()
    matcher, look = auditor.matcher("article"), prefilter(auditor.rulebook.only("article"))
    finder, reader = PeopleFinder(), StoryReader(auditor.rulebook.spelling)
    people = [finder.find(one) for one in documents]
    records = [auditor.audit(one, date(2026, 11, 2)) for one in documents]
    folder = Folder(tempfile.mkdtemp(prefix="auditor-bench-"))

    def pre() -> None:
        for one in documents:
            for placed in one.blocks:
                for start, end in sentences(one.text, placed.start, placed.end):
                    look.stand_in(one.text[start:end])

    def write() -> None:
        folder.write_part((0, 0), pa.Table.from_pylist([row(one, b"") for one in records], PART))

    return {
        "đọc": lambda: list(islice(found.raws(DEFAULT_LIMITS), MOST)),
        "giải mã JSON": lambda: [items._parsed(line.data) for line in lines],
        "chuẩn hóa, kiểm tra chữ": lambda: [items.read_line(line, "article", DEFAULT_LIMITS) for line in lines],
        "tách câu, lọc trước": pre,
        "khớp quy tắc, bằng chứng": lambda: [list(matcher.match(d.text, stretches(judged(d)))) for d in documents],
        "nhân vật": lambda: [finder.find(one) for one in documents],
        "nội dung bài": lambda: [
            reader.read(one, who.records, who.shares, byline="unknown", repairs=0)
            for one, who in zip(documents, people, strict=True)
        ],
        "dấu để tìm bài trùng": lambda: [signature(one.text) for one in documents],
        "ghi": write,
    }, documents  # fmt: skip


# What a stage does over again that an earlier one has been charged for.
WITHIN = {"chuẩn hóa, kiểm tra chữ": "giải mã JSON", "khớp quy tắc, bằng chứng": "tách câu, lọc trước"}


def measured(run: Callable[[], object]) -> float:
    """Return the seconds of CPU time of one run."""
    begin = time.process_time()
    run()
    return time.process_time() - begin


def picture(rows: Sequence[tuple[str, float]]) -> str:
    """Draw milliseconds an article as one bar."""
    total, x = sum(cost for _, cost in rows), 0.0
    parts = []
    for at, (name, cost) in enumerate(rows):
        width = 900 * cost / total
        parts.append(f'<rect x="{x:.1f}" y="0" width="{width:.1f}" height="46" fill="{COLOURS[at]}"/>')
        column, line = at % 3, at // 3
        parts.append(
            f'<rect x="{column * 300}" y="{62 + 24 * line}" width="14" height="14" fill="{COLOURS[at]}"/>'
            f'<text x="{column * 300 + 20}" y="{74 + 24 * line}">{name}: {cost:.2f} ms</text>'
        )
        x += width
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 140" font-family="sans-serif" font-size="14"'
        ' fill="#666">'
        f"<title>Thời gian của từng khâu, mili giây mỗi bài</title>{''.join(parts)}</svg>\n"
    )  # fmt: skip


def main() -> None:
    """Measure all stages, write the table and the picture."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    runs, documents = stages(path)
    for run in runs.values():
        run()
    seconds = {name: statistics.median(measured(run) for _ in range(ROUNDS)) for name, run in runs.items()}
    rows = [(n, 1000 * max(s - seconds.get(WITHIN.get(n, ""), 0.0), 0.0) / len(documents)) for n, s in seconds.items()]
    total = sum(cost for _, cost in rows)
    lines = [f"| {name} | {cost:.2f} | {100 * cost / total:.1f}% |" for name, cost in [*rows, ("tổng cộng", total)]]
    table = "\n".join(["| Khâu | ms/bài | Phần |", "|---|---:|---:|", *lines])
    size = sum(len(one.text) for one in documents) / len(documents)
    text = (
        f"Đo ngày {date.today():%d/%m/%Y} trên máy {machine()}: {len(documents)} bài, trung bình {size:,.0f} ký tự,"
        f" một tiến trình.\n\n{table}\n\n![Thời gian của từng khâu](stages.svg)\n"
    )
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}{text}{END}{rest.partition(END)[2]}", encoding="utf-8")
    PICTURE.write_text(picture(rows), encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
