"""Filing: a text that was read goes under the regulation of a village, as a person says after a guess.

The guess comes from what the text says of itself (:mod:`auditor.documents.particulars`). It is sure only where commune
and village are known units, the village has at most one regulation of that kind, and the text tells its state; only
such guesses are offered for filing many at once.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from auditor.errors import StoreError
from auditor.store import clock, findings, regulations, units, versions
from auditor.store.database import Change
from auditor.store.regulations import Regulation
from auditor.store.units import Unit
from auditor.store.versions import Version
from auditor.store.words import State
from auditor.text import bare, spelled, unmarked

AROUND = 45
"""Characters shown on either side of what was read."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What a text says of itself, matched with the units that are known.

    Attributes:
        near: villages of the commune whose names differ from the one read in their marks alone.
    """

    version: Version
    name: str
    title: str
    commune: Unit | None
    village: Unit | None
    village_type: str
    village_name: str
    households: int | None
    adopted_on: date | None
    recognised_on: date | None
    state: State | None
    state_on: date | None
    known: tuple[Regulation, ...]
    near: tuple[Unit, ...] = ()

    @property
    def sure(self) -> bool:
        """Whether it may be filed without being looked at one by one."""
        placed = self.commune is not None and self.village is not None
        return placed and bool(self.name) and self.state is not None and len(self.known) <= 1


@dataclass(frozen=True, slots=True)
class Filing:
    """Where a person files a text.

    Attributes:
        regulation_id: the regulation it becomes the next text of; None to find it by village and kind.
        new: it is a regulation of its own, though the village may have one of that kind.
    """

    commune: Unit
    village_type: str
    village_name: str
    name: str
    title: str
    state: State
    state_on: date
    adopted_on: date | None = None
    recognised_on: date | None = None
    households: int | None = None
    regulation_id: int | None = None
    new: bool = False


_WAITING = f"reading = 'audited' AND regulation_id IS NULL AND {versions.SEEN}"


def count(db: sqlite3.Connection, commune: int | None = None) -> int:
    """Return how many texts wait to be filed."""
    row = db.execute(f"SELECT count(*) AS count FROM versions WHERE {_WAITING}", {"commune": commune}).fetchone()
    return int(row["count"])


def waiting(db: sqlite3.Connection, commune: int | None, *, limit: int, offset: int = 0) -> list[Guess]:
    """Return the texts that wait to be filed with what they say of themselves, the oldest first."""
    rows = db.execute(
        f"SELECT {versions.COLUMNS} FROM versions WHERE {_WAITING} ORDER BY versions.at, id"
        " LIMIT :limit OFFSET :offset",
        {"commune": commune, "limit": limit, "offset": offset},
    ).fetchall()
    known = units.communes(db)
    return [guess(db, versions.of_row(row), known, commune) for row in rows]


def guess(db: sqlite3.Connection, version: Version, communes: Sequence[Unit], only: int | None = None) -> Guess:
    """Match what a text says of itself with the units and regulations that are known.

    Args:
        communes: all communes.
        only: the commune of a person who files in no other.
    """
    told = version.particulars
    commune = _commune(communes, str(told.get("commune") or ""), only)
    type, name = str(told.get("village_type") or ""), str(told.get("village") or "")
    village = _village(db, commune, type, name) if commune and name else None
    type, name = (village.type, village.name) if village else (type or units.VILLAGE_TYPES[0], name)
    kind = str(told.get("name_kind") or "")
    known = regulations.of_village(db, village.id) if village else []
    adopted, recognised = _day(told.get("adopted_on")), _day(told.get("recognised_on"))
    state, on = _state(adopted, recognised, bool(told.get("drafted")))
    return Guess(
        version, kind, f"{(kind or 'quy ước').capitalize()} {type} {name}".strip(), commune, village, type, name,
        told.get("households_total"), adopted, recognised, state, on,
        tuple(one for one in known if not kind or one.name == kind),
        tuple(units.alike(db, commune.id, type, name)) if commune and name and village is None else (),
    )  # fmt: skip


def file(change: Change, version_id: int, filing: Filing) -> Regulation:
    """File a text as a person says; the village and the regulation are made where they do not stand yet.

    Raises:
        StoreError: GA333 the village has no name, GA341 it is filed already, GA354 the regulation is another village's,
            GA355 the text has not been read, GA358 the village has several regulations of that kind, GA394 the name has
            no marks and may be that of several villages.
    """
    if versions.get(change.db, version_id).reading != "audited":
        raise StoreError("GA355", "Văn bản này chưa đọc xong, không đọc được hoặc đã rút, nên chưa xếp vào hồ sơ được.")
    village = units.village(change, filing.commune, filing.village_type, filing.village_name, filing.households)
    regulation = _regulation(change, village, filing)
    regulations.attach(
        change, regulation, version_id, adopted_on=filing.adopted_on, recognised_on=filing.recognised_on
    )  # fmt: skip
    return regulations.enter_state(change, regulation.id, filing.state, filing.state_on, version_id=version_id)


def file_as_guessed(change: Change, found: Guess) -> Regulation:
    """File a text whose guess is sure; a village's only regulation of that kind gets it as its next text.

    Raises:
        StoreError: GA356, the guess is not sure.
    """
    if not found.sure or found.commune is None or found.state is None:
        raise StoreError("GA356", "Thông tin đọc được chưa đủ chắc. Xin mở từng văn bản để xếp.")
    filing = Filing(
        found.commune, found.village_type, found.village_name, found.name, found.title, found.state,
        found.state_on or clock.today(), found.adopted_on, found.recognised_on, found.households,
    )  # fmt: skip
    return file(change, found.version.id, filing)


def unfile(change: Change, version_id: int) -> None:
    """Take the newest text of a regulation out again; a regulation that has no other goes too.

    Raises:
        StoreError: GA357, it is not the newest, or letters or rounds already refer to it.
    """
    version = versions.get(change.db, version_id)
    if version.regulation_id is None:
        return
    regulation = version.regulation_id
    others = [one for one in versions.of_regulation(change.db, regulation) if one.id != version_id]
    try:
        if others and others[0].number is not None and others[0].number > (version.number or 0):
            raise _in_use()
        if change.db.execute("SELECT 1 FROM letters WHERE version_id = ? LIMIT 1", [version_id]).fetchone():
            raise _in_use()
        unfiled = {"regulation_id": None, "number": None, "adopted_on": None, "recognised_on": None}
        change.update("versions", version_id, unfiled)
        change.note("version.unfile", "version", version_id, regulation=regulation)
        if others:
            change.update("regulations", regulation, {"version_id": others[0].id})
            change.db.execute(
                "UPDATE states SET undone_at = ? WHERE version_id = ? AND undone_at IS NULL", [change.at, version_id]
            )
            regulations.restate(change, regulation)
        else:
            change.db.execute("DELETE FROM states WHERE regulation_id = ?", [regulation])
            change.db.execute("DELETE FROM regulations WHERE id = ?", [regulation])
            change.note("regulation.remove", "regulation", regulation)
    except sqlite3.IntegrityError as error:
        raise _in_use() from error
    findings.settle(change, version_id)
    versions.index(change, version_id)


def may_file(db: sqlite3.Connection, version_id: int, commune: int | None) -> bool:
    """Say whether whoever sees only one commune (None: all) still sees a text that was taken out of its regulation."""
    row = db.execute(
        f"SELECT 1 FROM versions WHERE id = :id AND {versions.SEEN}", {"id": version_id, "commune": commune}
    ).fetchone()
    return row is not None


def read_at(text: str, found: Guess) -> Mapping[str, str]:
    """Return the words around what was read, by the name of the field; only for what stands in the text."""
    told = found.version.particulars
    places = {
        "commune": _words(text, str(told.get("commune") or "")),
        "village": _words(text, str(told.get("village") or "")),
        "name": _words(text, found.name),
        "adopted_on": _day_words(text, found.adopted_on),
        "recognised_on": _day_words(text, found.recognised_on),
        "households": _number_words(text, found.households),
    }
    return {
        key: " ".join(text[max(0, place[0] - AROUND) : place[1] + AROUND].split())
        for key, place in places.items()
        if place
    }


def _regulation(change: Change, village: Unit, filing: Filing) -> Regulation:
    if filing.regulation_id is not None:
        regulation = regulations.get(change.db, filing.regulation_id)
        if regulation.unit_id != village.id:
            raise StoreError("GA354", "Hồ sơ đã chọn là của thôn, bản khác. Xin chọn lại hồ sơ hoặc thôn, bản.")
        return regulation
    known = [] if filing.new else [r for r in regulations.of_village(change.db, village.id) if r.name == filing.name]
    if len(known) > 1:
        titles = "; ".join(one.title for one in known)
        raise StoreError("GA358", f"{village.full} có {len(known)} hồ sơ {filing.name} ({titles}). Xin chọn một hồ sơ.")
    title = filing.title.strip() or f"{filing.name.capitalize()} {village.full}"
    return known[0] if known else regulations.add(change, village, filing.name, title)


def _in_use() -> StoreError:
    return StoreError(
        "GA357", "Văn bản này đã có bản mới hơn, kiến nghị hoặc đợt rà soát gắn với nó nên không gỡ khỏi hồ sơ được."
    )  # fmt: skip


def _commune(communes: Sequence[Unit], words: str, only: int | None) -> Unit | None:
    if only is not None:
        return next((unit for unit in communes if unit.id == only), None)
    wanted = bare(words)
    return next((unit for unit in communes if words and wanted == bare(unit.name)), None)


def _village(db: sqlite3.Connection, commune: Unit, type: str, name: str) -> Unit | None:
    """Find a village by type and name, or by its name alone where only one has it; marks tell names apart.

    A name without any marks is that of the only village it can be.
    """
    known = units.villages(db, commune.id)
    named = [unit for unit in known if spelled(unit.name) == spelled(name)]
    if not named and unmarked(name):
        named = [unit for unit in known if bare(unit.name) == bare(name)]
    exact = [unit for unit in named if bare(unit.type) == bare(type)]
    found = exact or named
    return found[0] if len(found) == 1 else None


def _state(adopted: date | None, recognised: date | None, drafted: bool) -> tuple[State | None, date | None]:
    if recognised:
        return "recognised", recognised
    if adopted:
        return "adopted", adopted
    return ("draft", clock.today()) if drafted else (None, None)


def _day(words: object) -> date | None:
    return date.fromisoformat(words) if isinstance(words, str) else None


def _words(text: str, words: str) -> tuple[int, int] | None:
    folded = bare(text)
    at = folded.find(bare(words)) if words and len(folded) == len(text) else -1
    return (at, at + len(words)) if at >= 0 else None


def _day_words(text: str, day: date | None) -> tuple[int, int] | None:
    if day is None:
        return None
    between = r"\s*(?:tháng|[/.-])\s*", r"\s*(?:năm|[/.-])\s*"
    match = re.search(rf"(?<!\d)0?{day.day}{between[0]}0?{day.month}{between[1]}{day.year}(?!\d)", text)
    return match.span() if match else None


def _number_words(text: str, number: int | None) -> tuple[int, int] | None:
    match = re.search(rf"(?<![\d.,]){number}\s+hộ", text) if number else None
    return match.span() if match else None
