"""The command ``auditor``: the only place that prints. Reports go to standard output, all else to standard error."""

from __future__ import annotations

import io
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from auditor import __version__
from auditor.audit import Auditor
from auditor.console import coded_errors, day_of, misused, one_of, opened, opened_binary, say
from auditor.deskcli import hook_app, key_app, trail_app, user_app
from auditor.documents.interface import Unreadable
from auditor.documents.limits import Limits, limits_from
from auditor.documents.load import load, readers_with
from auditor.errors import RulebookError
from auditor.indexcli import index
from auditor.indicators.loader import load_indicators
from auditor.matching.workshop import check_examples
from auditor.record import GENDER_SEVERITIES, AuditRecord
from auditor.reports import BINARY_FORMATS, FORMATS, Result
from auditor.reports.wording import SEVERITIES
from auditor.rulebook.loader import load_rulebook
from auditor.rulebook.models import Rule
from auditor.scancli import scan
from auditor.servecli import demo, serve

KINDS = ("auto", "regulation", "article")
FOUND, UNREADABLE = 1, 3

app = typer.Typer(
    help="Soát hương ước, quy ước để tìm phân biệt đối xử về giới.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
rules_app = typer.Typer(help="Xem và kiểm tra bộ quy tắc.", no_args_is_help=True)
app.add_typer(rules_app, name="rules")
app.add_typer(user_app, name="user")
app.add_typer(key_app, name="key")
app.add_typer(hook_app, name="hook")
app.add_typer(trail_app, name="trail")
app.command()(index)
app.command()(scan)
app.command()(demo)
app.command()(serve)

RulesDir = Annotated[Path | None, typer.Option("--rules", help="Thư mục bộ quy tắc khác bộ đi kèm.")]


def _version(wanted: bool) -> None:
    if wanted:
        with coded_errors():
            typer.echo(f"auditor {__version__} · bộ quy tắc {load_rulebook().version}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Hiện phiên bản rồi thoát.")
    ] = False,
) -> None:
    """Soát hương ước, quy ước để tìm phân biệt đối xử về giới."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Names of files may hold bytes that are no UTF-8.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


@app.command()
def check(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATH...", help="Văn bản, thư mục, tệp .zip hoặc tệp bài .jsonl(.gz).")
    ] = None,
    kind: Annotated[str, typer.Option(help="Loại văn bản: auto, regulation hoặc article.")] = "auto",
    format: Annotated[
        str, typer.Option("--format", help="Dạng báo cáo: text, json, jsonl, sarif, html, docx, xlsx.")
    ] = "text",
    output: Annotated[Path | None, typer.Option(help="Ghi báo cáo vào tệp này thay vì ra màn hình.")] = None,
    as_of: Annotated[str | None, typer.Option(help="Xét theo pháp luật của ngày này (NĂM-THÁNG-NGÀY).")] = None,
    fail_on: Annotated[str, typer.Option(help="Mức làm mã thoát thành 1: S4, S3, S2, S1 hoặc never.")] = "S4",
    with_text: Annotated[bool, typer.Option("--with-text", help="Kèm toàn văn (json, jsonl).")] = False,
    limit: Annotated[
        list[str] | None,
        typer.Option(metavar="TÊN=SỐ", help="Đổi một mức giới hạn khi đọc tệp, ví dụ pages=2000; ghi được nhiều lần."),
    ] = None,
) -> None:
    """Soát văn bản và in báo cáo.

    Mã thoát: 0 không có gì ở mức đặt ra; 1 có; 2 lệnh gõ chưa đúng hoặc bộ quy tắc hỏng; 3 có tệp không đọc được.
    """
    if not paths:
        misused("Chưa có đường dẫn nào. Hãy ghi ít nhất một tệp hoặc thư mục cần soát.")
    one_of("--kind", kind, KINDS)
    one_of("--fail-on", fail_on, (*GENDER_SEVERITIES, "never"))
    one_of("--format", format, (*FORMATS, *BINARY_FORMATS))
    day = day_of("--as-of", as_of)
    tally = Tally()
    with coded_errors():
        limits = limits_from(limit or ())
        auditor = Auditor()
        results = tally.watch(_audit(auditor, paths, kind, day, limits))
        if format in BINARY_FORMATS:
            with opened_binary(output, paths, format) as file:
                BINARY_FORMATS[format](results, file)
        else:
            with opened(output, paths) as out:
                FORMATS[format](results, out, with_text)
    tally.say()
    raise typer.Exit(tally.exit_code(fail_on))


@dataclass
class Tally:
    """Counts what passes by, and says so on standard error."""

    documents: int = 0
    unreadable: int = 0
    severities: Counter[str] = field(default_factory=Counter)

    def watch(self, results: Iterator[Result]) -> Iterator[Result]:
        """Pass results on, counting them."""
        for result in results:
            self._count(result.record)
            yield result

    def _count(self, record: AuditRecord) -> None:
        self.documents += 1
        self.severities.update(finding.severity for finding in record.findings)
        if record.status == "unreadable":
            self.unreadable += 1
            if record.error is not None:
                say(f"{record.id}: {record.error.code}: {record.error.message}")
        if self.documents % 100 == 0:
            say(f"Đã soát {self.documents} văn bản…")

    def say(self) -> None:
        """Say what was counted."""
        if not self.documents:
            say("Không thấy văn bản nào để soát. Xin kiểm tra lại đường dẫn.")
            return
        found = [f"{self.severities[level]} {level}" for level in (*GENDER_SEVERITIES, "S4x") if self.severities[level]]
        audited = self.documents - self.unreadable
        say(f"Đã soát {audited} văn bản; phát hiện: {', '.join(found) or 'không có'}.")
        if self.unreadable:
            say(f"{self.unreadable} văn bản không đọc được, chưa được soát.")

    def exit_code(self, fail_on: str) -> int:
        """Return 3 if anything could not be read, else 1 if a gender finding stands at or above a severity."""
        if self.unreadable:
            return UNREADABLE
        levels = GENDER_SEVERITIES[: GENDER_SEVERITIES.index(fail_on) + 1] if fail_on in GENDER_SEVERITIES else ()
        return FOUND if any(self.severities[level] for level in levels) else 0


def _audit(auditor: Auditor, paths: list[str], kind: str, day: date | None, limits: Limits) -> Iterator[Result]:
    for item in load(paths, kind=kind, limits=limits, readers=readers_with(_pages_done)):
        yield Result(auditor.audit(item, day), None if isinstance(item, Unreadable) else item.text)


def _pages_done(name: str, done: int, total: int) -> None:
    """Show on a terminal how far the recognition of a scan is; elsewhere nothing."""
    if sys.stderr.isatty():
        words = f"\r\033[K{name!r}: nhận dạng trang {done}/{total}"
        typer.echo(words if done < total else "\r\033[K", err=True, nl=False)


@rules_app.command()
def lint(rules: RulesDir = None) -> None:
    """Kiểm tra bộ quy tắc viết đúng."""
    with coded_errors():
        book = load_rulebook(rules)
        # A rulebook of one's own may leave the media index out.
        known = rules is None or (rules / "indicators").is_dir()
        indicators = sum(len(group.indicators) for group in load_indicators(rules).groups) if known else 0
    typer.echo(f"Bộ quy tắc {book.version}: {len(book.rules)} quy tắc, {indicators} chỉ số, không có lỗi.")


@rules_app.command()
def test(rules: RulesDir = None) -> None:
    """Chạy mọi ví dụ của mọi quy tắc."""
    with coded_errors():
        auditor = Auditor(rules)
        failures = list(check_examples(auditor.matcher, auditor.rulebook))
    for failure in failures:
        wanted = "phải bị bắt" if failure.kind == "flag" else "phải được để yên"
        found = f"bị bắt bởi {', '.join(failure.found)}" if failure.found else "không quy tắc nào bắt"
        typer.echo(f"{failure.rule}: câu {wanted} nhưng {found}: {failure.example}")
    examples = sum(len(rule.examples.flag) + len(rule.examples.pass_) for rule in auditor.rulebook.rules.values())
    typer.echo(f"{examples} ví dụ của {len(auditor.rulebook.rules)} quy tắc, {len(failures)} ví dụ chưa đạt.")
    raise typer.Exit(FOUND if failures else 0)


@rules_app.command()
def show(id: Annotated[str, typer.Argument(metavar="ID")], rules: RulesDir = None) -> None:
    """Hiện một quy tắc."""
    with coded_errors():
        known = load_rulebook(rules).rules
        if id not in known:
            raise RulebookError("GA110", f"Không có quy tắc {id}. {_neighbours(id, known)}")
    rule = known[id]
    lines = [
        f"{rule.id}  {rule.title}",
        f"Mức: {rule.severity} ({SEVERITIES[rule.severity]}). Trạng thái: {rule.status}.",
    ]
    lines += [f"Căn cứ: {', '.join(rule.basis) or 'chưa có'}", f"Lời báo: {rule.message}", f"Vì sao: {rule.why}"]
    lines += [f"Gợi ý sửa: {rule.suggestion}", "Phải bắt:", *(f"  - {example}" for example in rule.examples.flag)]
    lines += ["Phải để yên:", *(f"  - {example}" for example in rule.examples.pass_)]
    if rule.examples.todo:
        lines += ["Còn bỏ sót:", *(f"  - {example}" for example in rule.examples.todo)]
    typer.echo("\n".join(lines))


@rules_app.command()
def new(id: Annotated[str, typer.Argument(metavar="ID")], rules: RulesDir = None) -> None:
    """In khung một quy tắc mới để chép vào rules/regulations/."""
    with coded_errors():
        known = load_rulebook(rules).rules
        if not _is_id(id):
            raise RulebookError("GA111", f"Mã “{id}” chưa đúng mẫu. Hãy viết như HU-PROP-01.")
        if id in known:
            raise RulebookError("GA104", f"Mã quy tắc {id} đã có; mỗi mã chỉ dùng một lần. {_neighbours(id, known)}")
    typer.echo(SKELETON.format(id=id), nl=False)
    say("Hãy chép khung trên vào một tệp trong rules/regulations/, điền vào, rồi chạy: auditor rules lint")


SKELETON = """\
- id: {id}
  title: ""            # tên ngắn
  severity: S4         # S4, S4x, S3, S2, S1
  status: draft
  when:                # tên khái niệm lấy từ rules/lexicon/
    - {{who: female, modality: "", what: ""}}
  basis: []            # ví dụ LBDG:40.1.c, có trong rules/law/
  message: ""
  why: ""
  suggestion: ""
  examples:
    flag:              # ít nhất ba câu phải bị bắt
      - ""
      - ""
      - ""
    pass:              # ít nhất ba câu dễ nhầm phải được để yên
      - ""
      - ""
      - ""
"""


def _is_id(id: str) -> bool:
    area, _, number = id.rpartition("-")
    family, _, group = area.partition("-")
    letters = family + group
    return len(family) == 2 and bool(group) and letters.isascii() and letters.isalpha() and letters.isupper() \
        and len(number) == 2 and number.isascii() and number.isdigit()  # fmt: skip


def _neighbours(id: str, known: dict[str, Rule]) -> str:
    area = id.rpartition("-")[0]
    near = [other for other in known if other.startswith(f"{area}-")] or sorted(
        {rule.category for rule in known.values()}
    )
    return f"Hiện có: {', '.join(near) or 'chưa có quy tắc nào'}."


if __name__ == "__main__":
    app()
