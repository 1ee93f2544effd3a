from __future__ import annotations

import time
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.documents.interface import Document, Unreadable
from auditor.documents.limits import DEFAULT_LIMITS, Limits
from auditor.documents.load import load
from tests.documents import pages
from tests.documents.files import CLAUSE, REGULATION, packed, saved, word

DOCX = saved(word(*REGULATION.split("\n\n")))
GREETING = "Kính gửi phòng tư pháp xã, bản chúng tôi xin gửi bản quy ước để được xem xét."


def letter(text: str, *attached: tuple[str, bytes], subtype: str = "plain") -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "ban@x.example", "xa@x.example", "Quy ước bản Nậm Khao"
    message["Date"] = "Mon, 02 Mar 2026 08:00:00 +0700"
    message.set_content(text, subtype=subtype)
    for name, data in attached:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def found(
    tmp_path: Path, data: bytes, name: str = "a.eml", limits: Limits = DEFAULT_LIMITS
) -> list[Document | Unreadable]:
    (tmp_path / name).write_bytes(data)
    return list(load([tmp_path / name], limits=limits))


def test_a_letter_and_what_is_attached_are_documents(tmp_path: Path) -> None:
    inside = packed({"b.txt": REGULATION.encode()})
    data = letter(GREETING, ("quy-ước.docx", DOCX), ("../x.zip", inside), ("x.exe", b"MZ\x90"))
    one, two, three, four = found(tmp_path, data)
    assert isinstance(one, Document)
    assert (one.text.strip(), one.title, one.published) == (GREETING, "Quy ước bản Nậm Khao", date(2026, 3, 2))
    assert isinstance(two, Document)
    assert (two.id, two.text) == (f"{tmp_path}/a.eml!quy-ước.docx", REGULATION)
    assert isinstance(three, Document)
    assert three.id == f"{tmp_path}/a.eml!.._x.zip!b.txt"
    assert isinstance(four, Unreadable)
    assert four.code == "GA219"


def test_an_empty_letter_hands_on_what_is_attached(tmp_path: Path) -> None:
    (one,) = found(tmp_path, letter("\n", ("a.txt", REGULATION.encode())))
    assert one.id.endswith("!a.txt")


def test_the_words_of_an_html_letter_are_read_whatever_its_name(tmp_path: Path) -> None:
    page = "".join(f"<p>{one}</p>" for one in REGULATION.split("\n\n"))
    (one,) = found(tmp_path, letter(page, subtype="html"), "a.txt")
    assert isinstance(one, Document)
    assert (one.text, one.source.form) == (REGULATION, "eml")
    assert [code for code, _ in one.warnings] == ["GA234"]


def test_a_letter_in_an_old_code_page_is_decoded_as_it_says(tmp_path: Path) -> None:
    head = b"From: a@x\nTo: b@x\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset="
    body = "Điều 1. Con gái".encode("utf-16-le").decode("latin-1").encode("latin-1")
    (one,) = found(tmp_path, head + b"utf-16-le\nContent-Transfer-Encoding: 8bit\n\n" + body)
    assert one.id.endswith("a.eml")


@pytest.mark.parametrize("name", ["a.mht", "a.txt"])
def test_a_saved_page_is_read_without_its_pictures(tmp_path: Path, name: str) -> None:
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = "https://bao.example/a"
    message["Subject"] = pages.TITLE
    message.set_content(pages.semantic(), subtype="html", cte="quoted-printable")
    message.add_related(b"\x89PNG", "image", "png", headers=["Content-Location: https://bao.example/a.png"])
    (one,) = found(tmp_path, message.as_bytes(), name)
    assert isinstance(one, Document)
    assert (one.source.form, one.title, one.byline) == ("mht", pages.TITLE, pages.BYLINE)
    assert pages.BODY[0] in one.text
    assert not any(words in one.text for words in pages.SURROUND)


def test_letters_inside_letters_end_somewhere(tmp_path: Path) -> None:
    data = letter(GREETING, ("a.txt", b"x"))
    for _ in range(6):
        data = letter(GREETING, ("a.eml", data))
    results = found(tmp_path, data)
    assert [one.code for one in results if isinstance(one, Unreadable)] == ["GA212"]
    assert sum(isinstance(one, Document) for one in results) == 3


def test_parts_are_counted(tmp_path: Path) -> None:
    data = letter(GREETING, *((f"{at}.txt", CLAUSE.encode()) for at in range(9)))
    assert [one.code for one in found(tmp_path, data, limits=Limits(members=5)) if isinstance(one, Unreadable)] == [
        "GA215"
    ]


def test_plain_text_with_a_colon_is_no_letter(tmp_path: Path) -> None:
    (one,) = found(tmp_path, f"From: x\n\n{CLAUSE}".encode(), "a.txt")
    assert isinstance(one, Document)
    assert one.source.form == "txt"


LINES = st.sampled_from(
    [
        b"Content-Type: multipart/mixed; boundary=b", b"--b", b"--b--", b"", b"Content-Type: message/rfc822", b"To: x",
        b"Content-Type: text/html; charset=\xff", b"Content-Disposition: attachment; filename*=utf-8''%ff", b"x",
        b"\xff",
        b"Content-Transfer-Encoding: base64", b"Subject: =?utf-8?b?/w==?=", b"Date: 99 99", b"=?x?q?=", b"<p>a", b" y",
    ]
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.lists(LINES | st.binary(max_size=20), max_size=25))
def test_no_message_makes_it_raise(tmp_path_factory: pytest.TempPathFactory, lines: list[bytes]) -> None:
    head = b"MIME-Version: 1.0\nFrom: a\nTo: b\n"
    found(tmp_path_factory.getbasetemp(), head + b"\n".join(lines))


@pytest.mark.parametrize("charset", ["hex", "undefined", "idna", '"a\x00b"', "utf-8*0*=''%FF"])
@pytest.mark.parametrize("kind", ["plain", "html"])
def test_no_name_of_a_code_table_ends_the_run(charset: str, kind: str, tmp_path: Path) -> None:
    head = f"From: a@x\nTo: b@x\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/{kind}; charset={charset}\n\n"
    (one,) = found(tmp_path, head.encode() + "Phụ nữ được họp bản. ".encode("cp1258", "replace") * 2)
    assert getattr(one, "code", "GA2").startswith("GA2")
    assert getattr(one, "code", "") != "GA227"


@pytest.mark.parametrize("value", ["," * 200_000, "a;" * 100_000, '";' * 100_000, "(" * 200_000, "a*0*=x;" * 30_000])
@pytest.mark.parametrize("name", ["Content-Type", "Content-Transfer-Encoding", "Subject", "To", "Content-Disposition"])
def test_a_long_header_costs_no_time(name: str, value: str, tmp_path: Path) -> None:
    begin = time.monotonic()
    found(tmp_path, f"MIME-Version: 1.0\nFrom: a@x\nTo: b@x\n{name}: x/y;{value}\n\n{GREETING}".encode())
    assert time.monotonic() - begin < 3


def test_time_is_bounded(tmp_path: Path) -> None:
    (one,) = found(tmp_path, letter(GREETING), limits=Limits(seconds=0))
    assert getattr(one, "code", None) == "GA209"


def test_names_are_read_however_a_mail_program_writes_them(tmp_path: Path) -> None:
    head = "From: a@x\nTo: b@x\nSubject: Quy ước bản\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
    part = "--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename{}\n\n{}\n"
    names = ('="=?utf-8?q?quy_=C6=B0=E1=BB=9Bc.txt?="', "*=utf-8''quy%20%C6%B0%E1%BB%9Bc.txt", '="quy ước.txt"')
    body = "".join(part.format(name, REGULATION) for name in names)
    letters = found(tmp_path, f"{head}--b\nContent-Type: text/plain\n\n{GREETING}\n{body}--b--\n".encode())
    assert getattr(letters[0], "title", None) == "Quy ước bản"
    assert [one.id.rpartition("!")[2] for one in letters[1:]] == ["quy ước.txt"] * 3
