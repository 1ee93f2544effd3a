"""A cluster of two machines, here two raylets, one of which is lost in the middle of a scan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import ray
from ray.cluster_utils import Cluster

from auditor.archive.interface import Job
from auditor.archive.local import LocalEngine
from auditor.archive.ray import RayEngine
from auditor.archive.scan import Progress, scan
from tests.documents.files import line

TABLES = ("records.parquet", "findings.parquet", "people.parquet", "duplicates.parquet", "rejects.jsonl")
DAY = date(2026, 11, 2)
STORY = "Bà Lò Thị {name}, Phó Chủ tịch xã, nói hôm {n}/5: “Phụ nữ {n} bản đã vay vốn.” Ông Sùng A Páo vỗ tay {n} lần."
NAMES = ("Mai", "Lan", "Hoa", "Máy", "Dúa", "Ỏn", "Pành")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("archive") / "kho.jsonl"
    with path.open("wb") as out:
        for n in range(800):
            text = " ".join(STORY.format(name=NAMES[(n + i) % 7], n=n * i % 29 + i) for i in range(9))
            out.write(line(id=f"b{n}", text=text))
        out.write(b"{hong\n")
    return path


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "object_store_memory": 2**28})
    yield cluster
    ray.shutdown()
    cluster.shutdown()


@pytest.mark.filterwarnings("ignore")
def test_a_lost_machine_changes_nothing(tmp_path: Path, archive: Path, cluster: Cluster) -> None:
    lost = [cluster.add_node(num_cpus=1, object_store_memory=2**28)]
    cluster.wait_for_nodes()

    def lose(far: Progress) -> None:
        if lost and far.done.audited:
            cluster.remove_node(lost.pop(), allow_graceful=False)

    by_ray = scan(str(archive), Job(str(tmp_path / "ray"), DAY), RayEngine(2, cluster.address), tell=lose)
    by_local = scan(str(archive), Job(str(tmp_path / "local"), DAY), LocalEngine(1))
    assert not lost
    assert by_ray == by_local
    assert by_ray.rejected == 1
    for name in TABLES:
        assert (tmp_path / "ray" / name).read_bytes() == (tmp_path / "local" / name).read_bytes()
