"""The register of communication events, from which target 1 is counted: at least two a year by each unit."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date

from auditor.errors import StoreError
from auditor.store.database import Change, missing


@dataclass(frozen=True, slots=True)
class Happening:
    """What is told of an event, before it is kept; ``unit_id`` is a commune, None for a body of the province."""

    on_date: date
    organiser: str
    unit_id: int | None
    title: str
    form: str = ""
    women: int | None = None
    men: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One event of the register; ``unit`` names its commune."""

    id: int
    on_date: str
    organiser: str
    unit_id: int | None
    unit: str
    title: str
    form: str
    women: int | None
    men: int | None
    removed_at: str | None


_SELECT = (
    "SELECT events.id, on_date, organiser, unit_id, coalesce(units.type || ' ' || units.name, '') AS unit, title, form,"
    " women, men, removed_at FROM events LEFT JOIN units ON units.id = unit_id"
)
_CHOSEN = (
    " WHERE removed_at IS NULL AND on_date BETWEEN :first AND :last AND (:unit IS NULL OR unit_id = :unit)"
    " AND (:organiser IS NULL OR organiser = :organiser)"
)


def get(db: sqlite3.Connection, id: int, *, only_unit: int | None = None) -> Event:
    """Return an event by its id, removed or not.

    Raises:
        StoreError: GA331, there is no such event, or it is of another unit than the only one that may be seen.
    """
    row = db.execute(f"{_SELECT} WHERE events.id = ?", [id]).fetchone()
    if row is None or (only_unit is not None and row["unit_id"] != only_unit):
        raise missing()
    return Event(**dict(row))


def count(
    db: sqlite3.Connection, first: date, last: date, *, unit_id: int | None = None, organiser: str | None = None
) -> int:
    """Count the events of some days."""
    asked = _asked(first, last, unit_id, organiser)
    return int(db.execute(f"SELECT count(*) FROM events{_CHOSEN}", asked).fetchone()[0])


def between(
    db: sqlite3.Connection,
    first: date,
    last: date,
    *,
    unit_id: int | None = None,
    organiser: str | None = None,
    limit: int = -1,
    offset: int = 0,
) -> list[Event]:
    """Return the events of some days, the latest first."""
    asked = {**_asked(first, last, unit_id, organiser), "limit": limit, "offset": offset}
    rows = db.execute(f"{_SELECT}{_CHOSEN} ORDER BY on_date DESC, events.id DESC LIMIT :limit OFFSET :offset", asked)
    return [Event(**dict(row)) for row in rows]


def add(change: Change, happening: Happening) -> int:
    """Put an event in the register and return its id.

    Raises:
        StoreError: GA377, what is told of it is not enough or cannot be.
    """
    values = _checked(happening)
    id = change.insert("events", {**values, "user_id": change.actor, "at": change.at})
    change.note("event.add", "event", id, on=happening.on_date.isoformat(), organiser=values["organiser"])
    return id


def add_all(change: Change, happenings: list[Happening]) -> int:
    """Put in those events that do not stand in the register yet; return how many those were."""
    known = {_key(row) for row in change.db.execute("SELECT * FROM events WHERE removed_at IS NULL")}
    new = {_key(values): values for values in map(_checked, happenings) if _key(values) not in known}
    for values in new.values():
        change.insert("events", {**values, "user_id": change.actor, "at": change.at})
    change.note("event.import", "event", None, added=len(new), read=len(happenings))
    return len(new)


def alter(change: Change, id: int, happening: Happening) -> None:
    """Change what is told of an event.

    Raises:
        StoreError: GA331 there is no such event; GA377 as in :func:`add`.
    """
    values = _checked(happening)
    change.update("events", id, values)
    change.note("event.change", "event", id, on=values["on_date"], organiser=values["organiser"])


def remove(change: Change, id: int) -> None:
    """Take an event off the register; it can be put back."""
    change.update("events", id, {"removed_at": change.at})
    change.note("event.remove", "event", id)


def put_back(change: Change, id: int) -> None:
    """Put a removed event back."""
    change.update("events", id, {"removed_at": None})
    change.note("event.put_back", "event", id)


def _asked(first: date, last: date, unit_id: int | None, organiser: str | None) -> dict[str, str | int | None]:
    return {"first": first.isoformat(), "last": last.isoformat(), "unit": unit_id, "organiser": organiser}


def _checked(happening: Happening) -> dict[str, str | int | None]:
    organiser, title = " ".join(happening.organiser.split()), " ".join(happening.title.split())
    if not organiser or not title:
        raise StoreError("GA377", "Xin ghi cả đơn vị tổ chức và nội dung của cuộc truyền thông.")
    if any(number is not None and not 0 <= number <= 1_000_000 for number in (happening.women, happening.men)):
        raise StoreError("GA377", "Số nữ, số nam dự là số từ 0 trở lên; chưa rõ thì để trống.")
    return {
        "on_date": happening.on_date.isoformat(), "organiser": organiser, "unit_id": happening.unit_id, "title": title,
        "form": " ".join(happening.form.split()), "women": happening.women, "men": happening.men,
    }  # fmt: skip


def _key(values: sqlite3.Row | dict[str, str | int | None]) -> tuple[str | int | None, ...]:
    return tuple(values[name] for name in ("on_date", "organiser", "unit_id", "title"))
