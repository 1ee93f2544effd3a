from __future__ import annotations

import gzip
import os
import stat
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.documents.codes import MESSAGES, Code, trouble
from auditor.documents.interface import Document, Input, Unreadable
from auditor.documents.limits import DEFAULT_LIMITS, Limits
from auditor.documents.load import READERS, load, read_document
from tests.documents.files import CLAUSE, REGULATION, line, packed, pdf, saved, word

GOOD = REGULATION.encode()


def code(found: Input) -> str | None:
    return found.code if isinstance(found, Unreadable) else None


def ids(found: list[Input]) -> list[str]:
    return [one.id for one in found]


def test_a_file_is_one_document_with_its_path_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ban.txt").write_bytes(GOOD)
    monkeypatch.chdir(tmp_path)
    (found,) = load(["./ban.txt"])
    assert isinstance(found, Document)
    assert (found.id, found.kind, found.text) == ("./ban.txt", "regulation", REGULATION)
    assert all(found.text[block.start : block.end] == block.block.text for block in found.blocks)


def test_a_folder_is_read_in_bytewise_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b/a.txt", "b.txt", "B.txt", "á.txt", ".ẩn.txt", ".git/c.txt", "b/.d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(GOOD)
    assert ids(list(load([tmp_path]))) == [f"{tmp_path}/{name}" for name in ("B.txt", "b.txt", "b/a.txt", "á.txt")]


def test_links_and_special_files_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "a.txt").write_bytes(GOOD)
    (tmp_path / "x/a.txt").symlink_to(tmp_path / "a.txt")
    (tmp_path / "x/b").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "x/c")
    assert [code(one) for one in load([tmp_path / "x"])] == ["GA214"] * 3


def test_a_missing_path_is_a_result_among_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(GOOD)
    found = list(load([f"{tmp_path}/không-có", tmp_path / "a.txt", f"{tmp_path}/a.txt/b"]))
    assert [code(one) for one in found] == ["GA202", None, "GA202"]
    assert found[0].id == f"{tmp_path}/không-có"


def test_files_are_opened_one_after_the_other(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(GOOD)
    found = load([tmp_path / "a.txt", tmp_path / "b.txt"])
    next(found)
    (tmp_path / "b.txt").write_bytes(GOOD)
    assert isinstance(next(found), Document)


@pytest.mark.parametrize(
    ("name", "data", "form"),
    [
        ("a.docx", saved(word(*REGULATION.split("\n\n"))), "docx"),
        ("a.pdf", pdf([[(60, 700 - 40 * at, words) for at, words in enumerate(REGULATION.split("\n\n"))]]), "pdf"),
        ("a.txt", GOOD, "txt"),
    ],
)
def test_every_form_gives_the_same_text(name: str, data: bytes, form: str) -> None:
    found = read_document(data, name)
    assert isinstance(found, Document)
    assert (found.text, found.source.form, found.kind, found.warnings) == (REGULATION, form, "regulation", ())


def test_the_bytes_decide_and_a_wrong_ending_is_named() -> None:
    found = read_document(saved(word(*REGULATION.split("\n\n"))), "a.pdf")
    assert isinstance(found, Document)
    assert (found.source.form, [name for name, _ in found.warnings]) == ("docx", ["GA234"])


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"", "a.docx", "GA201"),
        (b"MZ\x90\x00", "a.docx", "GA219"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.docx", "GA205"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "a.doc", "GA204"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "a.xls", "GA203"),
        (b"{\\rtf1 }", "a.doc", "GA241"),
        (b"Rar!\x1a\x07", "a.rar", "GA203"),
        (b"<!DOCTYPE html><p>", "a.txt", "GA241"),
        (b"\x89PNG\r\n\x1a\n", "a.png", "GA204"),
        (b"PK\x03\x04 word/", "a.docx", "GA204"),
        (bytes(range(256)) * 9, "a.txt", "GA226"),
        (b"  \n", "a.txt", "GA241"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, name: str, expected: str) -> None:
    found = read_document(data, name)
    assert isinstance(found, Unreadable)
    assert (found.code, found.id) == (expected, name)
    assert found.message


def test_the_message_for_a_form_not_read_says_which_are_and_what_to_do() -> None:
    found = read_document(b"Rar!\x1a\x07", "a.rar")
    assert isinstance(found, Unreadable)
    for words in ("rar", ".docx", ".doc", ".odt", ".html", ".txt", "lưu lại"):
        assert words in found.message


@pytest.mark.parametrize("error", [KeyError, struct.error, zlib.error])
def test_a_reader_that_breaks_down_breaks_nothing_else(error: type[Exception]) -> None:
    def broken(data: bytes, name: str, limits: Limits) -> None:
        raise error("x")

    readers = {**READERS, "txt": broken}
    assert code(read_document(GOOD, "a.txt", readers=readers)) == "GA227"  # type: ignore[arg-type]


def test_a_new_form_is_one_entry() -> None:
    found = read_document(
        b"Rar!\x1a\x07", "a.rar", readers={"rar": lambda data, name, limits: READERS["txt"](GOOD, name, limits)}
    )
    assert isinstance(found, Document)


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(GOOD)
    assert [code(one) for one in load([tmp_path], limits=Limits(bytes=10))] == ["GA206"]


def test_item_files_are_read_packed_or_not(tmp_path: Path) -> None:
    data = line(id="a", text=CLAUSE) + b"x\n"
    (tmp_path / "a.jsonl").write_bytes(data)
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(data))
    assert ids(list(load([tmp_path]))) == ["a", f"{tmp_path}/a.jsonl#2", "a", f"{tmp_path}/b.jsonl.gz#2"]


def test_a_damaged_gzip_gives_what_it_holds_and_then_its_reason(tmp_path: Path) -> None:
    data = gzip.compress(b"".join(line(id=str(at), text=f"{CLAUSE} {os.urandom(20).hex()}") for at in range(2000)))
    (tmp_path / "a.jsonl.gz").write_bytes(data[: len(data) // 2])
    found = list(load([tmp_path]))
    assert len(found) > 2
    assert [code(one) for one in found[-1:]] == ["GA204"]


def test_a_gzip_bomb_is_stopped(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b"\n" * 3_000_000))
    assert [code(one) for one in load([tmp_path], limits=Limits(ratio_from=1_000_000))] == ["GA207"]


def test_members_of_a_zip_are_results_of_their_own(tmp_path: Path) -> None:
    inner = packed({"d.txt": GOOD})
    data = packed(
        {
            "b.txt": GOOD,
            "a/c.docx": saved(word(CLAUSE)),
            "x.zip": inner,
            ".ẩn": b"x",
            "__MACOSX/b.txt": b"x",
            "k.jsonl": b"x\n",
        }
    )
    (tmp_path / "a.zip").write_bytes(data)
    found = list(load([tmp_path / "a.zip"]))
    name = f"{tmp_path}/a.zip"
    assert ids(found) == [f"{name}!a/c.docx", f"{name}!b.txt", f"{name}!k.jsonl#1", f"{name}!x.zip!d.txt"]
    assert [code(one) for one in found] == [None, None, "GA221", None]


def hostile(name: str, mode: int = 0) -> bytes:
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = mode << 16
    import io

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(info, "/etc/passwd")
        archive.writestr("tốt.txt", GOOD)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (hostile("../../ngoài.txt"), "GA213"),
        (hostile("/etc/ngoài.txt"), "GA213"),
        (hostile("..\\ngoài.txt"), "GA213"),
        (hostile("C:\\ngoài.txt"), "GA213"),
        (hostile("liên-kết.txt", stat.S_IFLNK | 0o777), "GA214"),
        (packed({"0.txt": b"\0" * 30_000_000, "tốt.txt": GOOD}), "GA207"),
        (packed({"0.bin": bytes(range(256)) * 9, "tốt.txt": GOOD}), "GA226"),
    ],
)
def test_a_bad_member_is_refused_and_the_good_one_read(data: bytes, expected: str, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(data)
    assert [code(one) for one in load([tmp_path / "a.zip"])] == [expected, None]
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


def nested(depth: int) -> bytes:
    data = packed({"a.txt": GOOD})
    for _ in range(depth):
        data = packed({"a.zip": data})
    return data


@pytest.mark.parametrize(
    ("data", "limits", "expected"),
    [
        (nested(5), DEFAULT_LIMITS, "GA212"),
        (packed({}), DEFAULT_LIMITS, "GA216"),
        (packed({"a.txt": GOOD, "b.txt": GOOD}), Limits(members=1), "GA215"),
        (packed({"a.txt": GOOD}), Limits(expanded=10), "GA207"),
        (packed({"a.txt": GOOD})[:-30], DEFAULT_LIMITS, "GA204"),
    ],
)
def test_an_archive_beyond_its_limits_is_refused(data: bytes, limits: Limits, expected: str, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(data)
    assert [code(one) for one in load([tmp_path / "a.zip"], limits=limits)] == [expected]


def test_a_name_that_is_no_text_can_still_be_written_out(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt")).write_bytes(GOOD)
    (found,) = load([tmp_path])
    assert found.id == f"{tmp_path}/\\xff.txt"


def test_an_unknown_kind_is_the_callers_mistake(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="kind"):
        list(load([tmp_path], kind="sách"))


def test_every_code_has_a_message_and_a_number_of_its_own() -> None:
    assert set(MESSAGES) == set(Code)
    assert all(one.value.startswith("GA2") and len(one.value) == 5 for one in Code)
    assert trouble(Code.SCAN).code == "GA211"


STARTS = [
    b"",
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    b"{",
    b"\xff\xfe",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"\x1f\x8b",
    saved(word()),
]
NAMES = ["a.txt", "a.docx", "a.pdf", "a.zip", "a.jsonl", "a.jsonl.gz", "a"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from(STARTS), st.binary(max_size=300), st.sampled_from(NAMES))
def test_no_bytes_whatever_make_it_raise(tmp_path: Path, start: bytes, rest: bytes, name: str) -> None:
    (tmp_path / name).write_bytes(start + rest)
    for found in load([tmp_path / name]):
        assert found.id.startswith(str(tmp_path)) or isinstance(found, Document)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from([saved(word(CLAUSE)), pdf([[(60, 700, CLAUSE)]]), packed({"a.txt": GOOD})]), st.data())
def test_no_damage_to_a_good_file_makes_it_raise(tmp_path: Path, data: bytes, draw: st.DataObject) -> None:
    at = draw.draw(st.integers(0, len(data) - 1))
    changed = data[:at] + draw.draw(st.binary(max_size=8)) + data[at + draw.draw(st.integers(0, 40)) :]
    (tmp_path / "a").write_bytes(changed)
    list(load([tmp_path / "a"]))


def test_a_member_without_a_name_is_an_error_of_its_own(tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    data = packed({"x.txt": GOOD, "y.txt": GOOD})
    archive.write_bytes(data.replace(b"x.txt", b"\x00.txt"))
    found = list(load([archive]))
    assert [getattr(one, "code", "read") for one in found] == ["GA213", "read"]
