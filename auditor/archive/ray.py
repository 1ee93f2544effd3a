"""The engine of a cluster: Ray Data reads shards in streams and hands their batches to actors on all machines.

Every actor keeps one process of the local engine, so an input that kills or hangs its process costs that input alone
and never the actor. Ray starts the work of a lost machine anew on another one; a part that is written twice is the
same part.
"""

from __future__ import annotations

import logging
import os
import pickle
from collections.abc import Collection, Iterator
from functools import partial
from typing import Any

import pyarrow as pa

from auditor.archive.interface import Done, Job, Key
from auditor.archive.local import Crew
from auditor.archive.plan import Plan, Shard
from auditor.errors import AuditorError, StoreError

os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
try:
    import ray
    from ray.data import ActorPoolStrategy, DataContext, Datasource, ReadTask
    from ray.data.block import BlockMetadata
    from ray.exceptions import RayError
except ImportError as error:
    raise StoreError(
        "GA328", "Máy này chưa cài Ray nên không chạy được --engine ray. Hãy cài: pip install \"auditor[cluster]\"."
    ) from error  # fmt: skip

# Half a core to an actor, as many actors as cores: Ray fills each machine to half of what it offers, which is one actor
# a core, and when a machine is lost the others have room for its actors.
CORES = 0.5
STORE = 512 * 2**20
BATCH = "batch"


class RayEngine:
    """Works on batches on all machines of a cluster.

    Args:
        workers: processes on all machines together; by default one to a core.
        address: of the cluster; by default that in RAY_ADDRESS, without which Ray is started on this machine.
    """

    def __init__(self, workers: int | None = None, address: str | None = None) -> None:
        self._workers = workers
        self._address = address

    def run(self, plan: Plan, job: Job, finished: Collection[Key]) -> Iterator[Done]:
        """Leave a part for every batch that has none yet, and tell of each; see :class:`Engine`."""
        mine = not ray.is_initialized()
        if mine:
            _begin(self._address, self._workers)
        try:
            # Ray gives this function no types.
            cores = ray.cluster_resources().get("CPU", 1)  # type: ignore[no-untyped-call]
            workers = ActorPoolStrategy(size=self._workers or max(1, int(cores)))
            archive = ray.data.read_datasource(_Archive(plan, finished), num_cpus=0, override_num_blocks=1)
            done = archive.map(_Actor, fn_constructor_args=[job], compute=workers, num_cpus=CORES)
            for row in done.iter_rows():
                yield pickle.loads(row[BATCH])
        except RayError as error:
            raise _coded(error) from error
        finally:
            if mine:
                ray.shutdown()


class _Archive(Datasource):
    """The batches of an archive, each as one row; a shard is read as a stream on one machine."""

    def __init__(self, plan: Plan, finished: Collection[Key]) -> None:
        self._shards = list(plan)
        self._finished = finished

    def estimate_inmemory_data_size(self) -> int | None:
        return sum(shard.size for shard in self._shards)

    def get_read_tasks(self, parallelism: int, *_: Any, **__: Any) -> list[ReadTask]:
        return [
            ReadTask(partial(_blocks, shard, self._finished), BlockMetadata(1, shard.size, None, None))
            for shard in self._shards
        ]


def _blocks(shard: Shard, finished: Collection[Key]) -> Iterator[pa.Table]:
    for batch in shard.batches():
        if batch.key not in finished:
            yield pa.table({BATCH: pa.array([pickle.dumps(batch)], pa.large_binary())})


class _Actor:
    """One process of the local engine, somewhere in the cluster."""

    def __init__(self, job: Job) -> None:
        self._crew = Crew(job, 1)

    def __call__(self, row: dict[str, bytes]) -> dict[str, bytes]:
        (done,) = self._crew.work([pickle.loads(row[BATCH])])
        return {BATCH: pickle.dumps(done)}


def _begin(address: str | None, workers: int | None) -> None:
    """Join a cluster, or start one on this machine; quietly."""
    address = address or os.environ.get("RAY_ADDRESS")
    ray.init(
        address=address, log_to_driver=False, logging_level=logging.ERROR, include_dashboard=False,
        num_cpus=None if address else workers, object_store_memory=None if address else STORE,
    )  # fmt: skip
    context = DataContext.get_current()
    context.enable_progress_bars = False
    # One batch is one row and one block, so that work spreads evenly and little of it waits in memory.
    context.target_max_block_size = 1
    context.execution_no_progress_timeout_s = -1
    logging.getLogger("ray.data").setLevel(logging.ERROR)


def _coded(error: RayError) -> AuditorError:
    """Return what a worker raised, or that the cluster is lost."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, AuditorError):
            return cause
        cause = getattr(cause, "cause", None) or cause.__cause__
    return StoreError(
        "GA329", f"Cụm Ray dừng giữa chừng ({type(error).__name__}). Phần đã quét được giữ nguyên."
        " Hãy kiểm tra cụm bằng “ray status” rồi chạy lại lệnh cũ, thêm --resume.",
    )  # fmt: skip
