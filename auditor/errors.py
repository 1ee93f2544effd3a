"""Every error a user can meet, as one tree.

::

    AuditorError
    ├── RulebookError   GA1xx   a rule, lexicon or law file is wrong; names file and line
    ├── DocumentError   GA2xx   an input cannot be read or judged
    ├── StoreError      GA3xx   the database or an output file cannot be used
    └── ApiError        GA4xx   a request cannot be answered

Each carries a stable ``code`` and a Vietnamese text that says what happened, where, and what to do.
"""

from __future__ import annotations


class AuditorError(Exception):
    """An error with a code and a Vietnamese message meant for the user.

    Args:
        code: stable code, for example ``GA201``; tests and other programs rely on it.
        message: what happened and what to do, in Vietnamese, without blame.
    """

    family = "GA"

    def __init__(self, code: str, message: str) -> None:
        if not code.startswith(self.family):
            raise ValueError(f"{code} is not a code of {type(self).__name__}")
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message

    def __reduce__(self) -> tuple[object, ...]:
        """Keep an error whole on its way from one process to another."""
        return type(self), (self.code, self.message), vars(self)


class RulebookError(AuditorError):
    """A rulebook file cannot be used as it is written."""

    family = "GA1"

    def __init__(self, code: str, message: str, *, file: str = "", line: int | None = None) -> None:
        place = f"{file}:{line}: " if file and line else f"{file}: " if file else ""
        super().__init__(code, place + message)
        self.file = file
        self.line = line


class DocumentError(AuditorError):
    """An input cannot be read, or is too poor to be judged."""

    family = "GA2"


class StoreError(AuditorError):
    """The database or an output file cannot be used."""

    family = "GA3"


class ApiError(AuditorError):
    """A request cannot be answered."""

    family = "GA4"
