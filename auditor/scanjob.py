"""The job of kind ``scan``: measure the file of a measurement, or count it again from the articles that are kept."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from auditor.errors import AuditorError
from auditor.measurement import figures_of, measure
from auditor.store import Store, articles, files, outlets, scans
from auditor.store.database import Change

Keep = Callable[[Change], None]


def run_scan(store: Store, payload: Mapping[str, Any], progress: Callable[[int], None] = lambda done: None) -> Keep:
    """Measure, and return what is to be done with the figures in the change that ends the job.

    Args:
        payload: ``scan``, the id of the measurement; ``recount`` true counts again what is kept; ``only_named``.
        progress: told how many articles have been read.

    A file that cannot be measured is no failure of the job: its reason is kept with the measurement.
    """
    id = int(payload["scan"])
    with store.read() as db:
        scan = scans.get(db, id)
        outlet = outlets.get(db, scan.outlet_id).name
    try:
        if payload.get("recount"):
            with store.read() as db:
                figures = figures_of(articles.views(db, id), outlet, scan.year, articles.decisions(db, id))
            return lambda change: scans.recounted(change, id, figures, figures["records"]["counted"])
        with store.read() as db:
            data = files.read(db, scan.file_id or 0)
        with tempfile.TemporaryDirectory(prefix="auditor-") as folder:
            path = Path(folder) / f"tep{''.join(PurePosixPath(scan.filename).suffixes[-2:])}"
            path.write_bytes(data)
            found = measure(
                path, outlet, scan.year, only_named=bool(payload.get("only_named")), progress=progress
            )  # fmt: skip
        return lambda change: scans.measured(change, id, found.records, found.figures, found.counted)
    except AuditorError as error:
        message = f"{error.message} (Mã {error.code}.)"
        return lambda change: scans.failed(change, id, message)
