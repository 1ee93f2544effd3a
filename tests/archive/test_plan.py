from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from auditor.archive.interface import Batch
from auditor.archive.plan import BYTES, FILES, LINES, LOOSE, Plan
from auditor.documents.interface import File, Line, Raw
from auditor.documents.limits import DEFAULT_LIMITS
from auditor.errors import DocumentError
from tests.archive.stock import article, lines, page, warc
from tests.documents.files import packed


@pytest.fixture(scope="module")
def kho(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of 1,000 lines, 300 packed ones, 40 files and a web archive."""
    folder = tmp_path_factory.mktemp("kho")
    (folder / "a.jsonl").write_bytes(lines(map(article, range(1000))))
    (folder / "b.jsonl.gz").write_bytes(gzip.compress(lines(map(article, range(1000, 1300)))))
    (folder / "c").mkdir()
    for number in range(40):
        (folder / "c" / f"{number}.html").write_bytes(page(number))
    (folder / "d.zip").write_bytes(packed({f"{number}.html": page(number) for number in range(20)}))
    (folder / "e.warc").write_bytes(warc((f"https://a/{n}", 200, "text/html", page(n)) for n in range(20)))
    return folder


def batches(kho: Path, share: float = 1.0, most: int | None = None) -> list[Batch]:
    return [batch for shard in Plan(str(kho), DEFAULT_LIMITS, share, most) for batch in shard.batches()]


def names(found: list[Batch]) -> list[str]:
    return [raw.name for batch in found for raw in batch.raws if isinstance(raw, File | Line)]


def test_every_input_lies_in_one_batch_and_in_the_order_of_the_archive(kho: Path) -> None:
    found = batches(kho)
    assert len(names(found)) == len(set(names(found))) == 1380
    assert [batch.key for batch in found] == sorted({batch.key for batch in found})
    in_order = [f"{kho}/a.jsonl#{number + 1}" for number in range(1000)]
    in_order += [f"{kho}/b.jsonl.gz#{number + 1}" for number in range(300)]
    assert names(found)[:1300] == in_order


def test_the_cut_is_the_same_each_time(kho: Path) -> None:
    assert batches(kho) == batches(kho)
    assert Plan(str(kho), DEFAULT_LIMITS).facts() == Plan(str(kho), DEFAULT_LIMITS).facts()


def test_batches_are_bounded(kho: Path) -> None:
    for batch in batches(kho):
        assert sum(isinstance(raw, Line) for raw in batch.raws) <= LINES
        assert sum(isinstance(raw, File) for raw in batch.raws) <= FILES
        assert sum(len(raw.data or b"") for raw in batch.raws if isinstance(raw, File | Line)) <= 2 * BYTES


def test_a_long_line_fills_a_batch(tmp_path: Path) -> None:
    archive = tmp_path / "a.jsonl"
    archive.write_bytes((b"x" * BYTES + b"\n") * 3)
    assert [len(batch.raws) for batch in batches(archive)] == [1, 1, 1]


def test_positions_grow_up_to_the_size_of_the_archive(kho: Path) -> None:
    at = [batch.position for batch in batches(kho)]
    size = Plan(str(kho), DEFAULT_LIMITS).facts()[1]
    assert at == sorted(at)
    assert at[-1] == size == sum(one.stat().st_size for one in kho.rglob("*") if one.is_file())


def test_many_loose_files_are_cut_into_runs(tmp_path: Path) -> None:
    for number in range(LOOSE + 1):
        (tmp_path / f"{number:04}.txt").write_bytes(b"x")
    assert [len(shard.found) for shard in Plan(str(tmp_path), DEFAULT_LIMITS)] == [LOOSE, 1]


@pytest.mark.parametrize("most", [1, 255, 256, 257, 1000, 1001, 1310, 5000])
def test_a_limit_takes_the_first_inputs(kho: Path, most: int) -> None:
    assert names(batches(kho, most=most)) == names(batches(kho))[:most]


@pytest.mark.parametrize("share", [0.05, 0.3, 0.9])
def test_a_sample_is_the_same_in_every_run_near_its_share_and_within_larger_ones(kho: Path, share: float) -> None:
    found = names(batches(kho, share))
    assert found == names(batches(kho, share))
    assert abs(len(found) / 1380 - share) < 0.04
    assert set(found) <= set(names(batches(kho, share + 0.1)))


def test_a_sample_depends_on_what_is_in_a_line_and_not_on_its_place(tmp_path: Path) -> None:
    one, other = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    articles = [article(number) for number in range(200)]
    one.write_bytes(lines(articles))
    other.write_bytes(lines(reversed(articles)))

    def texts(archive: Path) -> set[bytes]:
        raws: list[Raw] = [raw for batch in batches(archive, 0.4) for raw in batch.raws]
        return {raw.data for raw in raws if isinstance(raw, Line)}

    assert texts(one) == texts(other)


def test_a_limit_of_a_sample_takes_its_first(kho: Path) -> None:
    assert names(batches(kho, 0.3, 20)) == names(batches(kho, 0.3))[:20]


def test_an_archive_that_grew_or_was_renamed_has_other_facts(tmp_path: Path) -> None:
    archive = tmp_path / "a.jsonl"
    archive.write_bytes(b"{}\n")
    before = Plan(str(tmp_path), DEFAULT_LIMITS).facts()
    archive.write_bytes(b"{}\n{}\n")
    grown = Plan(str(tmp_path), DEFAULT_LIMITS).facts()
    archive.rename(tmp_path / "b.jsonl")
    assert len({before, grown, Plan(str(tmp_path), DEFAULT_LIMITS).facts()}) == 3


def test_an_archive_that_is_not_there_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="GA202"):
        Plan(str(tmp_path / "x"), DEFAULT_LIMITS).facts()
