from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from auditor.archive.scan import scan
from auditor.documents.limits import Limits
from tests.archive.stock import Here, Scanned, agrees_with_check, article, job, line, lines, page, scanned, warc
from tests.documents.files import REGULATION, packed, saved, word

SIX = lines(map(article, range(6)))
PAGES = [(f"https://bao.vn/{number}", 200, "text/html; charset=utf-8", page(number)) for number in range(3)]
OTHERS = [
    ("https://bao.vn/cu", 301, "text/html", b"<html>moved</html>"),
    ("https://bao.vn/anh.png", 200, "image/png", b"\x89PNG"),
    ("https://bao.vn/mat", 404, "text/html", b"<html>none</html>"),
]


def folder(place: Path) -> Path:
    kho = place / "kho"
    (kho / "2026" / "04").mkdir(parents=True)
    (kho / "rong").mkdir()
    (kho / "2026" / "04" / "b.txt").write_text(REGULATION, "utf-8")
    (kho / "2026" / "a.docx").write_bytes(saved(word(*REGULATION.split("\n\n"))))
    (kho / "2026" / "c.html").write_bytes(page(1))
    (kho / "2026" / "hong.docx").write_bytes(b"PK\x03\x04 broken")
    (kho / "tin.jsonl").write_bytes(SIX)
    (kho / ".an.txt").write_text(REGULATION, "utf-8")
    return kho


def zipped(place: Path) -> Path:
    inner = packed({"sau.jsonl": lines(map(article, range(6, 9)))})
    path = place / "kho.zip"
    path.write_bytes(packed({"tin/a.jsonl": SIX, "tin/b.html": page(20), "trong.zip": inner, "x.txt": b""}))
    return path


def with_mark(place: Path) -> Path:
    path = place / "kho.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + SIX.replace(b"\n", b"\r\n\r\n"))
    return path


def gzipped(place: Path) -> Path:
    path = place / "kho.jsonl.gz"
    path.write_bytes(gzip.compress(SIX[:2000]) + gzip.compress(SIX[2000:]))
    return path


def cut_gzip(place: Path) -> Path:
    path = place / "kho.jsonl.gz"
    path.write_bytes(gzip.compress(lines(map(article, range(40))))[:-200])
    return path


def table(place: Path) -> Path:
    rows = [article(number) for number in range(6)]
    path = place / "kho.parquet"
    columns = {name: [one[name] for one in rows] for name in ("kind", "title", "text", "outlet")}
    days = [date.fromisoformat(str(one["date"])) for one in rows]
    parquet.write_table(
        pa.table({"id": list(range(6)), **columns, "date": days, "views": [1.5, None] * 3, "raw": [b"\xff"] * 6}),
        path, row_group_size=4,
    )  # fmt: skip
    return path


def web(place: Path) -> Path:
    path = place / "kho.warc"
    path.write_bytes(warc([*OTHERS, *PAGES]))
    return path


def packed_web(place: Path) -> Path:
    path = place / "kho.warc.gz"
    path.write_bytes(warc([*PAGES, *OTHERS], packed=True))
    return path


def cut_web(place: Path) -> Path:
    path = place / "kho.warc.gz"
    path.write_bytes(warc(PAGES, packed=True)[:-300])
    return path


# Each form: what makes it, how many texts are audited, duplicates, codes of what is rejected.
FORMS: dict[Callable[[Path], Path], tuple[int, int, list[str]]] = {
    folder: (9, 0, ["GA204"]),
    zipped: (10, 0, ["GA201"]),
    with_mark: (6, 0, []),
    gzipped: (6, 0, []),
    table: (6, 0, []),
    web: (3, 0, []),
    packed_web: (3, 0, []),
}


@pytest.mark.parametrize("make", FORMS, ids=lambda make: make.__name__)
def test_every_form_is_scanned_as_check_reads_it(make: Callable[[Path], Path], tmp_path: Path) -> None:
    archive = make(tmp_path)
    found = scanned(archive, tmp_path / "out", today=date.today())
    audited, duplicates, codes = FORMS[make]
    counts = {name: found.summary[name] for name in ("audited", "duplicates", "rejected")}
    assert counts == {"audited": audited, "duplicates": duplicates, "rejected": len(codes)}
    assert [one["code"] for one in found.rejects] == codes
    agrees_with_check(found, archive)


@pytest.mark.parametrize("make", [cut_gzip, cut_web], ids=lambda make: make.__name__)
def test_what_stands_before_a_cut_is_audited_and_the_cut_told(make: Callable[[Path], Path], tmp_path: Path) -> None:
    archive = make(tmp_path)
    found = scanned(archive, tmp_path / "out", today=date.today())
    assert found.summary["audited"] >= 2
    assert [(one["id"], one["code"]) for one in found.rejects][-1] == (str(archive), "GA204")
    agrees_with_check(found, archive)


def test_a_broken_table_is_told(tmp_path: Path) -> None:
    archive = table(tmp_path)
    archive.write_bytes(archive.read_bytes()[:-40])
    assert [one["code"] for one in scanned(archive, tmp_path / "out").rejects] == ["GA204"]


def test_a_value_python_has_no_form_for_ends_its_table_alone(tmp_path: Path) -> None:
    kho = tmp_path / "kho"
    kho.mkdir()
    days = pa.array([10**7], pa.int32()).cast(pa.date32())
    parquet.write_table(pa.table({"id": ["a"], "text": [article(1)["text"]], "date": days}), kho / "a.parquet")
    (kho / "b.jsonl").write_bytes(SIX)
    found = scanned(kho, tmp_path / "out")
    assert ([one["code"] for one in found.rejects], len(found.ids)) == (["GA204"], 6)


def test_names_and_dates_of_a_table_are_kept(tmp_path: Path) -> None:
    found = scanned(table(tmp_path), tmp_path / "out")
    assert [(row["record"], row["date"]) for row in found.table("records")][:2] == [
        ("0", date(2026, 4, 1)), ("1", date(2026, 4, 2))
    ]  # fmt: skip


def test_pages_are_named_by_their_address(tmp_path: Path) -> None:
    archive = web(tmp_path)
    found = scanned(archive, tmp_path / "out")
    assert found.ids == [f"{archive}!https://bao.vn/{number}" for number in range(3)]


def test_a_zip_that_is_locked_or_nested_too_deep_costs_its_member_alone(tmp_path: Path) -> None:
    deep = packed({"a.txt": REGULATION.encode()})
    for _ in range(4):
        deep = packed({"z.zip": deep})
    archive = tmp_path / "kho.zip"
    archive.write_bytes(packed({"sau.zip": deep, "tin.jsonl": SIX}))
    found = scanned(archive, tmp_path / "out")
    assert ([one["code"] for one in found.rejects], found.summary["audited"]) == (["GA212"], 6)


def test_dirty_lines_of_every_kind_are_named_and_stop_nothing(tmp_path: Path) -> None:
    good = article(1)
    bad = {
        b'{"id": "a", "text"': "GA221", b"{'id': 'a'}": "GA221", b'["a"]': "GA221", b'{"id": "a", "text": 5}': "GA222",
        b'{"id": "a", "text": " "}': "GA222", b'{"text": "abc"}': "GA222", b'{"id": "a", "text": "\xf4"}': "GA223",
        b'{"a":' * 3000 + b"1" + b"}" * 3000: "GA221", b"\x00\x01\x02": "GA221", b'{"id": "a", "text": NaN}': "GA222",
        line(id="en", text="The people of the village have a meeting today."): "GA242",
        b"x" * 5000: "GA224",
    }  # fmt: skip
    archive = tmp_path / "kho.jsonl"
    archive.write_bytes(b"\n \n".join([*bad, line(**good)]))
    found = scanned(archive, tmp_path / "out", limits=Limits(line=25_000))
    # The line of 5,000 letters is no longer than the limit: it is simply no object.
    assert [one["code"] for one in found.rejects] == [code if code != "GA224" else "GA221" for code in bad.values()]
    assert found.ids == ["bai-1"]


def test_letters_that_cannot_be_written_out_are_replaced_everywhere(tmp_path: Path) -> None:
    odd = {key: f"{value}\ud800\x00" for key, value in article(1, section="Tin", byline="Hà", genre="news").items()
           if key not in ("kind", "date")}  # fmt: skip
    archive = tmp_path / "kho.jsonl"
    archive.write_bytes(json.dumps({**odd, "url": "\udcff", "unit": "\ud800"}).encode() + b"\n" + line(**article(2)))
    found = scanned(archive, tmp_path / "out")
    assert (found.summary["audited"], found.summary["rejected"]) == (2, 0)


def test_any_file_system_pyarrow_knows_is_read_and_written(tmp_path: Path) -> None:
    kho = tmp_path / "kho báo #1"
    kho.mkdir()
    (kho / "bài một.jsonl").write_bytes(SIX)
    (kho / "trang.html").write_bytes(page(8))
    out = tmp_path / "kết quả"
    scan(f"file://{kho}", job(f"file://{out}"), Here())
    assert Scanned(out).ids == [*(f"bai-{number}" for number in range(6)), f"file://{kho}/trang.html"]
    assert Scanned(out).table("records")[0]["path"] == f"file://{kho}/bài một.jsonl"


def test_an_empty_folder_and_an_empty_file_are_scanned_to_nothing(tmp_path: Path) -> None:
    kho = tmp_path / "kho"
    kho.mkdir()
    assert scanned(kho, tmp_path / "1").summary["read"] == 0
    (kho / "a.jsonl").write_bytes(b"\n\n")
    found = scanned(kho, tmp_path / "2")
    assert (found.summary["read"], found.ids, found.table("findings")) == (0, [], [])


def test_a_zip_is_read_through_any_file_system(tmp_path: Path) -> None:
    archive = zipped(tmp_path)
    assert zipfile.is_zipfile(io.BytesIO(archive.read_bytes()))
    assert scanned(f"file://{archive}", tmp_path / "out").summary["audited"] == 10
