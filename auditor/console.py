"""What all commands share: where reports go, how errors are said, and the exit code of a call whose words are off."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO, NoReturn, TextIO

import typer

from auditor.errors import AuditorError, StoreError

MISUSED = 2


@contextmanager
def opened(output: Path | None, paths: list[str]) -> Iterator[TextIO]:
    """Open where a report of text goes; a file is replaced only when the report is whole."""
    if output is None:
        yield sys.stdout
        return
    with _replacing(output, paths) as raw:
        out = io.TextIOWrapper(raw, encoding="utf-8", errors="backslashreplace", newline="\n")
        try:
            yield out
        finally:
            out.detach()


@contextmanager
def opened_binary(output: Path | None, paths: list[str], form: str) -> Iterator[BinaryIO]:
    """Open where a report that is no text goes: a file, as :func:`opened` does, or a pipe, never a terminal."""
    if output is None:
        if sys.stdout.isatty():
            raise StoreError("GA314", f"Báo cáo {form} không in được ra màn hình. Hãy thêm --output TÊN-TỆP.{form}.")
        yield sys.stdout.buffer
        return
    with _replacing(output, paths) as raw:
        yield raw


@contextmanager
def _replacing(output: Path, paths: list[str]) -> Iterator[BinaryIO]:
    special = output.exists() and not output.is_file()
    if output.is_dir() or (output.exists() and any(Path(p).is_file() and output.samefile(p) for p in paths)):
        raise StoreError("GA302", f"Không ghi báo cáo đè lên {output}. Hãy chọn tên tệp khác cho --output.")
    # Hidden, so that a folder being read never yields the report being written into it.
    target = output if special else output.with_name(f".{output.name}.{os.getpid()}.tmp")
    try:
        out = target.open("wb")
    except OSError as error:
        raise _unwritable(output, error) from error
    try:
        with out:
            yield out
        if not special:
            target.replace(output)
    except OSError as error:
        raise _unwritable(output, error) from error
    finally:
        if not special:
            target.unlink(missing_ok=True)


def _unwritable(output: Path, error: OSError) -> StoreError:
    return StoreError("GA303", f"Không ghi được {output} ({type(error).__name__}). Hãy kiểm tra thư mục và quyền ghi.")


@contextmanager
def coded_errors() -> Iterator[None]:
    """Say an error that has a code, and end the command as one whose call is off."""
    try:
        yield
    except AuditorError as error:
        misused(str(error))


def one_of(option: str, value: str, allowed: tuple[str, ...]) -> None:
    """End the command unless a value is one of those allowed."""
    if value not in allowed:
        misused(f"{option} không nhận “{value}”. Hãy chọn một trong: {', '.join(allowed)}.")


def day_of(option: str, words: str | None) -> date | None:
    """Read the day an option names; end the command if it names none."""
    if words is None:
        return None
    try:
        return datetime.strptime(words, "%Y-%m-%d").date()
    except ValueError:
        misused(f"{option} không nhận “{words}”. Hãy viết ngày theo mẫu 2026-05-02.")


def misused(message: str) -> NoReturn:
    """End the command because its call is off."""
    say(message)
    raise typer.Exit(MISUSED)


def say(message: str) -> None:
    """Say a line on standard error."""
    typer.echo(message, err=True)
