"""Word 97-2003 files and the program that opens them; the files are made by LibreOffice from rtf and docx ones."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.documents import converter, doc
from auditor.documents.interface import Document, Reading
from auditor.documents.limits import DEFAULT_LIMITS, Limits
from auditor.documents.load import read_document
from auditor.errors import DocumentError
from tests.documents.files import REGULATION, as_word_97, item, numbered, saved, word
from tests.documents.killed import killed_once
from tests.documents.test_legacy import WORDS, old
from tests.documents.test_rtf import FONTS, escaped


@pytest.fixture(scope="module")
def as_doc(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes, str], bytes]:
    """Return what turns a file of another form into one of Word 97."""
    folder = tmp_path_factory.mktemp("doc")

    def convert(data: bytes, ending: str) -> bytes:
        source = folder / f"a.{ending}"
        source.write_bytes(data)
        return as_word_97(source, folder)

    return convert


def test_an_old_word_file_in_old_fonts_is_read(as_doc: Callable[[bytes, str], bytes]) -> None:
    capitals, words = (escaped(old(one, "tcvn3"), "latin-1") for one in ("quy ước", WORDS.replace("\n\n", "\x00")))
    body = f"{{\\f2 {capitals}}}\\par {{\\f1 {words}}}\\par ".replace("\x00", "\\par ")
    found = read_document(as_doc(f"{{\\rtf1\\ansi{FONTS}{body}}}".encode("latin-1"), "rtf"), "a.doc")
    assert isinstance(found, Document)
    assert found.text.startswith("QUY ƯỚC\n\n")
    assert "\n\nĐiều 1. Chia tài sản\n\n1. Con gái đã lấy chồng không được chia đất" in found.text
    assert "người già được ưu tiên" in found.text
    assert (found.source.form, found.source.encoding) == ("doc", "tcvn3")
    assert [code for code, _ in found.warnings] == ["GA233"]


def test_articles_numbered_by_word_run_on_through_chapters(as_doc: Callable[[bytes, str], bytes]) -> None:
    document = word()
    levels = [("upperRoman", "CHƯƠNG %1", ""), ("decimal", "Điều %2.", ""), ("lowerLetter", "%3)", "")]
    numbered(document, levels)
    for level in (0, 1, 2, 1, 0, 1, 2):
        item(document, "Việc chung của bản", level)
    found = doc.read(as_doc(saved(document), "docx"), "a.doc", DEFAULT_LIMITS)
    assert [block.text.replace(" Việc chung của bản", "") for block in found.blocks] == [
        "CHƯƠNG I", "Điều 1.", "a)", "Điều 2.", "CHƯƠNG II", "Điều 3.", "a)",
    ]  # fmt: skip


def pretend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> Path:
    """Put a program of our own in the place of LibreOffice; it finds the folder of its output in ``$out``."""
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    seek = 'while [ "$1" != --outdir ]; do shift; done; out=$2; in=$3\n'
    program.write_text(f"#!/bin/sh\n{seek}{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    return tmp_path


def test_a_program_that_hangs_is_killed_with_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pids = pretend(tmp_path, monkeypatch, f"sleep 77 & echo $! > {tmp_path}/pid; wait") / "pid"
    start = time.monotonic()
    with pytest.raises(DocumentError, match="GA209"):
        converter.to_docx(b"x", "doc", Limits(program_seconds=0.5))
    assert time.monotonic() - start < 5
    time.sleep(0.1)
    state = Path(f"/proc/{pids.read_text().strip()}/stat")
    assert not state.exists() or state.read_text().split()[2] == "Z"


def test_a_program_gets_a_clean_home_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "bí mật")
    script = f"mkdir -p $out; (env; pwd; ulimit -v) > {tmp_path}/env; cp $in $out/in.docx"
    seen = pretend(tmp_path, monkeypatch, script) / "env"
    assert converter.to_docx(b"x", "doc", DEFAULT_LIMITS) == b"x"
    words = seen.read_text()
    home = next(line for line in words.splitlines() if line.startswith("HOME=")).removeprefix("HOME=")
    assert home not in {os.environ.get("HOME"), "/root"}
    assert not Path(home).exists()
    assert "SECRET" not in words
    assert str(DEFAULT_LIMITS.program_memory // 1024) in words


@pytest.mark.parametrize(
    ("script", "limits", "code"),
    [
        ("exit 0", DEFAULT_LIMITS, "GA204"),
        ("kill -9 $$", DEFAULT_LIMITS, "GA204"),
        ("mkdir -p $out; head -c 200 /dev/zero > $out/in.docx", Limits(bytes=100), "GA206"),
    ],
)
def test_a_program_that_fails_has_its_code(
    script: str, limits: Limits, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend(tmp_path, monkeypatch, script)
    with pytest.raises(DocumentError, match=code):
        converter.to_docx(b"x", "doc", limits)


def test_without_the_program_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(converter, "_PROGRAMS", ("không-có",))
    with pytest.raises(DocumentError, match=r"GA228.*LibreOffice"):
        converter.to_docx(b"x", "doc", DEFAULT_LIMITS)


@pytest.fixture(scope="module")
def good(as_doc: Callable[[bytes, str], bytes]) -> bytes:
    return as_doc(saved(word(*REGULATION.split("\n\n"))), "docx")


def test_a_locked_file_is_known_without_opening_it(good: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doc, "to_docx", lambda *_: pytest.fail("opened"))
    at = good.index(b"\xec\xa5", 512)
    locked = good[: at + 11] + bytes([good[at + 11] | 1]) + good[at + 12 :]
    with pytest.raises(DocumentError, match="GA205"):
        doc.read(locked, "a.doc", DEFAULT_LIMITS)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_damage_makes_it_raise(good: bytes, draw: st.DataObject) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(doc, "to_docx", lambda *_: saved(word("a")))
        at = draw.draw(st.integers(0, len(good) - 1))
        data = good[:at] + draw.draw(st.binary(max_size=8)) + good[at + draw.draw(st.integers(0, 40)) :]
        try:
            assert isinstance(doc.read(data, "a.doc", DEFAULT_LIMITS), Reading)
        except DocumentError as error:
            assert error.code.startswith("GA2")


def test_a_file_whose_conversion_is_killed_is_converted_again(
    as_doc: Callable[[bytes, str], bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = as_doc(b"{\\rtf1\\ansi Quy uoc ban\\par }", "rtf")
    program, which = killed_once(tmp_path, "soffice"), converter.shutil.which
    monkeypatch.setattr(converter.shutil, "which", lambda name: program if name == "soffice" else which(name))
    assert converter.to_docx(data, "doc", DEFAULT_LIMITS).startswith(b"PK")
    assert (tmp_path / "killed").exists()
