"""What the review desk keeps: one SQLite file, one module for each aggregate.

Functions take an open database and return frozen values; they write only inside
:meth:`~auditor.store.database.Store.change`, which puts every change and its line of the audit trail into one
transaction. Nothing here knows pages or requests.
"""

from auditor.store.database import Change, Store

__all__ = ["Change", "Store"]
