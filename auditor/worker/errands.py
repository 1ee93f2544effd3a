"""Quick work beside the slow: telling outlets of their checks, and deleting what was kept long enough.

It is done by a thread of the worker's process, so that neither waits for the other: a measurement takes hours, and a
receiver that does not answer takes its ten seconds.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import suppress
from time import sleep

from auditor import signing
from auditor.errors import StoreError
from auditor.store import Change, Store, hooks, jobs, kept
from auditor.store.hooks import Delivery
from auditor.store.jobs import Job
from auditor.worker.sending import GONE, Outcome, send

IDLE = 0.7
"""Seconds between two looks for work."""
TIDY = 300.0
"""Seconds between two looks for what was kept long enough."""


class Errands:
    """Does the errands of a store under the name of its worker.

    Args:
        inside: call hooks on the own machine and in private networks too.
    """

    def __init__(self, store: Store, name: str, *, inside: bool = False) -> None:
        self._store = store
        self._name = name
        self._inside = inside

    def begin(self) -> None:
        """Work in a thread of its own until the process ends."""
        threading.Thread(target=self._run, name="errands", daemon=True).start()

    def step(self) -> bool:
        """Do one errand, if there is one; say whether there was."""
        with self._store.read() as db:
            if not jobs.due(db, errand=True):
                return False
        with self._store.change() as change:
            job = jobs.claim(change, self._name, errand=True)
        if job is not None:
            self._deliver(job)
        return job is not None

    def tidy(self) -> None:
        """Delete texts whose time is over, and old deliveries."""
        with self._store.read() as db:
            over = kept.expired(db)
        with self._store.change() as change:
            for outlet in over:
                kept.expire(change, outlet)
            hooks.forget(change)

    def _run(self) -> None:
        tidied = -TIDY
        while True:
            # A store that is busy or full for a while shall not end the thread.
            with suppress(StoreError, sqlite3.Error):
                if time.monotonic() - tidied > TIDY:
                    self.tidy()
                    tidied = time.monotonic()
                while self.step():
                    pass
            sleep(IDLE)

    def _deliver(self, job: Job) -> None:
        id = int(job.payload["delivery"])
        with self._store.read() as db:
            found = hooks.next_of(db, id)
        if found is None:
            with self._store.change() as change:
                hooks.drop(change, id)
                jobs.finish(change, job)
            return
        delivery, url, secrets = found
        body = delivery.payload.encode()
        signed = signing.signature(secrets, int(time.time()), body)
        headers = {signing.EVENT: delivery.event, signing.DELIVERY: delivery.word, signing.HEADER: signed}
        outcome = send(url, body, headers, inside=self._inside)
        with self._store.change() as change:
            # Where the lease ran out meanwhile, the try of another counts.
            if jobs.held(change.db, job):
                self._keep(change, job, delivery, outcome)

    @staticmethod
    def _keep(change: Change, job: Job, delivery: Delivery, outcome: Outcome) -> None:
        if outcome.error is None and outcome.status is not None:
            hooks.delivered(change, delivery, outcome.status)
        elif outcome.status == GONE:
            hooks.gone(change, delivery, GONE, outcome.error or "")
        else:
            pause = hooks.failed(change, delivery, outcome.status, outcome.error or "", again=outcome.again)
            if pause is not None:
                jobs.put_off(change, job, pause)
                return
        jobs.finish(change, job)
