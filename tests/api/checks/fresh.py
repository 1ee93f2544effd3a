"""For Schemathesis: an idempotency key is for one request, and a second one with the same key is refused, as it should.

It is loaded by Schemathesis in a process of its own.
"""

from __future__ import annotations

from itertools import count

import schemathesis

_numbers = count()


@schemathesis.hook
def before_call(context, case, kwargs):
    for name, value in (case.headers or {}).items():
        if name.lower() == "idempotency-key" and isinstance(value, str) and len(value) <= 200:
            case.headers[name] = f"key-{next(_numbers)}"
