"""Webhooks: where an outlet is told of its checks, what it was told, and how that went.

Unlike that of a key, the secret of a hook is kept as it is, because everything that is sent is signed with it. It is
shown when it is made and never again. What is sent names an article by the id its newsroom gave it, never by its words.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

from auditor.errors import StoreError
from auditor.store import clock, jobs
from auditor.store.answered import Answered
from auditor.store.database import Change, loaded, missing

EVENTS: dict[str, str] = {
    "check.block": "bài chưa đăng được",
    "check.review": "bài cần xem lại",
}
TEST = "check.test"
"""The event of a delivery that only tries a hook."""
GRACE = 24 * 3600
"""Seconds an old secret still signs beside the new one."""
PAUSES = (60, 300, 1800, 7200, 43_200)
"""Seconds between the tries of a delivery; after the last it is given up."""
MOST = 10
"""Hooks an outlet may have."""
REMEMBERED = 31 * 24 * 3600
"""Seconds for which deliveries are shown."""
State = Literal["waiting", "delivered", "given_up"]
STATES: dict[State, str] = {"waiting": "chờ gửi", "delivered": "đã nhận", "given_up": "không gửi được"}
_PREFIX = "whsec_"


@dataclass(frozen=True, slots=True)
class Hook:
    """A hook without its secret."""

    id: int
    outlet_id: int
    outlet: str
    url: str
    events: tuple[str, ...]
    at: str
    stopped_at: str | None


@dataclass(frozen=True, slots=True)
class Delivery:
    """One thing a hook is told; ``word`` names it to the receiver, ``status`` is that of the latest answer."""

    id: int
    webhook_id: int
    word: str
    event: str
    payload: str
    state: State
    tries: int
    status: int | None
    error: str | None
    next_at: str | None
    tried_at: str | None
    at: str

    @property
    def article(self) -> str:
        """The id of the article it tells of."""
        return str(json.loads(self.payload).get("article", ""))


_HOOK = (
    "SELECT webhooks.id, outlet_id, outlets.name AS outlet, url, events, webhooks.at, stopped_at"
    " FROM webhooks JOIN outlets ON outlets.id = outlet_id WHERE removed_at IS NULL"
)
_DELIVERY = ", ".join(Delivery.__slots__)


def add(change: Change, outlet_id: int, url: str, events: Iterable[str]) -> tuple[Hook, str]:
    """Make a hook; returned beside it is its secret, which is shown once.

    Raises:
        StoreError: GA398 the address cannot be called or no event is chosen; GA399 the outlet has enough hooks.
    """
    wanted = [event for event in EVENTS if event in set(events)]
    if not wanted:
        raise StoreError("GA398", f"Xin chọn ít nhất một việc cần báo: {', '.join(EVENTS)}.")
    if len(of_outlet(change.db, outlet_id)) >= MOST:
        raise StoreError("GA399", f"Mỗi cơ quan có nhiều nhất {MOST} địa chỉ nhận tin. Xin gỡ địa chỉ không dùng nữa.")
    secret = _PREFIX + secrets.token_urlsafe(32)
    values = {"outlet_id": outlet_id, "url": _address(url), "events": wanted, "secret": secret}
    id = change.insert("webhooks", {**values, "user_id": change.actor, "at": change.at})
    change.note("hook.add", "hook", id, outlet=outlet_id, host=urlsplit(url.strip()).netloc)
    return get(change.db, outlet_id, id), secret


def rotate(change: Change, hook: Hook) -> str:
    """Give a hook another secret and return it; for a day the old one signs too, so that nothing is refused."""
    secret = _PREFIX + secrets.token_urlsafe(32)
    row = change.db.execute("SELECT secret FROM webhooks WHERE id = ?", [hook.id]).fetchone()
    fresh = {"secret": secret, "old_secret": row["secret"], "old_until": clock.later(GRACE)}
    change.update("webhooks", hook.id, fresh)
    change.note("hook.rotate", "hook", hook.id)
    return secret


def remove(change: Change, hook: Hook) -> None:
    """Take a hook off; what waits to be sent to it is given up."""
    change.update("webhooks", hook.id, {"removed_at": change.at})
    change.note("hook.remove", "hook", hook.id)


def put_back(change: Change, outlet_id: int, id: int) -> Hook:
    """Put a removed hook back.

    Raises:
        StoreError: GA331, the outlet has no such removed hook.
    """
    done = change.db.execute(
        "UPDATE webhooks SET removed_at = NULL WHERE id = ? AND outlet_id = ? AND removed_at IS NOT NULL",
        [id, outlet_id],
    )
    if not done.rowcount:
        raise missing()
    change.note("hook.put_back", "hook", id)
    return get(change.db, outlet_id, id)


def start(change: Change, hook: Hook) -> None:
    """Start a hook again that stopped because its receiver said it was gone."""
    change.update("webhooks", hook.id, {"stopped_at": None})
    change.note("hook.start", "hook", hook.id)


def get(db: sqlite3.Connection, outlet_id: int, id: int) -> Hook:
    """Return a hook of an outlet.

    Raises:
        StoreError: GA331, there is no such hook.
    """
    found = find(db, id)
    if found.outlet_id != outlet_id:
        raise missing()
    return found


def find(db: sqlite3.Connection, id: int) -> Hook:
    """Return a hook, whosever it is.

    Raises:
        StoreError: GA331, there is no such hook.
    """
    row = db.execute(f"{_HOOK} AND webhooks.id = ?", [id]).fetchone()
    if row is None:
        raise missing()
    return _hook(row)


def of_outlet(db: sqlite3.Connection, outlet_id: int) -> list[Hook]:
    """Return the hooks of an outlet, the oldest first."""
    return [_hook(row) for row in db.execute(f"{_HOOK} AND outlet_id = ? ORDER BY webhooks.id", [outlet_id])]


def everyone(db: sqlite3.Connection) -> list[Hook]:
    """Return all hooks, by outlet."""
    return [_hook(row) for row in db.execute(f"{_HOOK} ORDER BY outlets.name, webhooks.id")]


def tell(change: Change, checks: Iterable[Answered]) -> None:
    """Queue what the hooks of outlets are to be told of checks."""
    known: dict[int, list[Hook]] = {}
    for one in checks:
        if one.event in EVENTS:
            if one.outlet_id not in known:
                known[one.outlet_id] = [hook for hook in of_outlet(change.db, one.outlet_id) if not hook.stopped_at]
            for hook in known[one.outlet_id]:
                if one.event in hook.events:
                    _queue(change, hook, one.event, _facts(one))


def test(change: Change, hook: Hook) -> None:
    """Queue a delivery that tries a hook; it is sent once."""
    nothing: dict[str, Any] = {"article": "thu", "gate": "pass", "gate_findings": [], "incomplete": False}
    _queue(change, hook, TEST, {"at": change.at, **nothing})
    change.note("hook.test", "hook", hook.id)


def deliveries(db: sqlite3.Connection, hook_id: int, limit: int = 10) -> list[Delivery]:
    """Return the latest deliveries of a hook, the newest first."""
    rows = db.execute(
        f"SELECT {_DELIVERY} FROM deliveries WHERE webhook_id = ? ORDER BY id DESC LIMIT ?", [hook_id, limit]
    )
    return [Delivery(**dict(row)) for row in rows]


def next_of(db: sqlite3.Connection, id: int) -> tuple[Delivery, str, tuple[str, ...]] | None:
    """Return a delivery that waits, its address and the secrets it is signed with; None where it is not wanted."""
    row = db.execute(f"SELECT {_DELIVERY} FROM deliveries WHERE id = ? AND state = 'waiting'", [id]).fetchone()
    if row is None:
        return None
    hook = db.execute(
        "SELECT url, secret, CASE WHEN old_until > ? THEN old_secret END AS old FROM webhooks"
        " WHERE id = ? AND removed_at IS NULL AND stopped_at IS NULL",
        [clock.now(), row["webhook_id"]],
    ).fetchone()
    if hook is None:
        return None
    return Delivery(**dict(row)), hook["url"], tuple(filter(None, (hook["secret"], hook["old"])))


def delivered(change: Change, delivery: Delivery, status: int) -> None:
    """Keep that a delivery arrived."""
    _tried(change, delivery, status, None, {"state": "delivered", "next_at": None})


def failed(change: Change, delivery: Delivery, status: int | None, error: str, *, again: bool) -> float | None:
    """Keep that a try failed; return in how many seconds comes the next, None where the delivery is given up."""
    pause = PAUSES[delivery.tries] if again and delivery.event != TEST and delivery.tries < len(PAUSES) else None
    state = {"state": "given_up", "next_at": None} if pause is None else {"next_at": clock.later(pause)}
    _tried(change, delivery, status, error, state)
    return pause


def gone(change: Change, delivery: Delivery, status: int, error: str) -> None:
    """Keep that the receiver is gone for good: its hook stops, and nothing more that waits is sent."""
    _tried(change, delivery, status, error, {})
    change.update("webhooks", delivery.webhook_id, {"stopped_at": change.at})
    change.note("hook.stop", "hook", delivery.webhook_id)
    change.db.execute(
        "UPDATE deliveries SET state = 'given_up', next_at = NULL WHERE webhook_id = ? AND state = 'waiting'",
        [delivery.webhook_id],
    )


def drop(change: Change, id: int) -> None:
    """Give up a delivery whose hook is not wanted any more."""
    change.db.execute(
        "UPDATE deliveries SET state = 'given_up', next_at = NULL WHERE id = ? AND state = 'waiting'", [id]
    )


def forget(change: Change) -> None:
    """Delete deliveries, and their jobs, that are no longer shown."""
    since = clock.later(-REMEMBERED)
    change.db.execute("DELETE FROM deliveries WHERE at < ? AND state != 'waiting'", [since])
    change.db.execute(
        "DELETE FROM jobs WHERE kind = ? AND state IN ('done', 'failed') AND at < ?", [jobs.ERRAND, since]
    )


def _queue(change: Change, hook: Hook, event: str, facts: Mapping[str, Any]) -> None:
    word = uuid.uuid4().hex
    body = json.dumps({"event": event, "id": word, "outlet": hook.outlet, **facts}, ensure_ascii=False)
    values = {"webhook_id": hook.id, "word": word, "event": event, "payload": body, "state": "waiting", "at": change.at}
    jobs.put(change, jobs.ERRAND, {"delivery": change.insert("deliveries", values)})


def _facts(one: Answered) -> dict[str, Any]:
    closed = [{"id": id, "rule": rule} for id, rule in one.closed]
    return {
        "at": one.at, "article": one.id, "gate": one.gate, "gate_findings": closed, "incomplete": one.incomplete
    }  # fmt: skip


def _tried(
    change: Change, delivery: Delivery, status: int | None, error: str | None, more: Mapping[str, object]
) -> None:
    tried = {"tries": delivery.tries + 1, "status": status, "error": error, "tried_at": change.at}
    change.update("deliveries", delivery.id, {**tried, **more})


def _address(url: str) -> str:
    """Return an address that can be called.

    Raises:
        StoreError: GA398, it cannot.
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        fits = fits and parts.username is None and parts.password is None and not parts.fragment
    except ValueError:
        fits = False
    if not fits or len(url) > 2000 or not url.isprintable() or " " in url:
        raise StoreError(
            "GA398",
            "Địa chỉ nhận tin phải bắt đầu bằng https:// hoặc http://, không kèm tên và mật khẩu, "
            "ví dụ https://toasoan.example.vn/nhan-tin.",
        )
    return url


def _hook(row: sqlite3.Row) -> Hook:
    return Hook(**{**dict(row), "events": tuple(loaded(row["events"]))})
