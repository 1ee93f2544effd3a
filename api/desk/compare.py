"""A new version beside the old one, clause by clause, and what becomes of the findings of the old one."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from api.access import Visitor, requires
from api.pages import go, render
from auditor.documents.compare import Pair
from auditor.store import carrying, states, versions
from auditor.store.carrying import Plan
from auditor.store.database import missing
from auditor.store.findings import Reviewed
from auditor.store.seconds import veiled
from auditor.store.states import Placed

router = APIRouter()
Sees = Annotated[Visitor, Depends(requires("see"))]
Decides = Annotated[Visitor, Depends(requires("review"))]


@dataclass(frozen=True, slots=True)
class Shown:
    """A clause of both texts as the page shows it, with the findings that stand in it."""

    pair: Pair
    before: str
    after: str
    old: tuple[Reviewed, ...]
    new: tuple[Reviewed, ...]


@router.get("/ho-so/{regulation:int}/so-sanh")
def show(
    request: Request, visitor: Sees, regulation: int, cu: int | None = None, moi: int | None = None, het: str = ""
) -> Response:
    """Show two versions side by side; unchanged clauses without findings only when asked for."""
    with visitor.store.read() as db:
        placed = _placed(db, visitor, regulation)
        texts = [one for one in versions.of_regulation(db, regulation) if one.reading == "audited"]
        numbers = [one.number for one in texts]
        if len(texts) < 2:
            return render(request, "compare/none.html", visitor=visitor, placed=placed)
        new = moi if moi in numbers else numbers[0]
        others = [number for number in numbers if number != new]
        old = cu if cu in others else others[0]
        placed, plan = _plan(db, visitor, regulation, old, new)
        rows = _rows(plan)
    shown = [row for row in rows if het or row.pair.change != "same" or row.old or row.new]
    return render(
        request, "compare/compare.html", visitor=visitor, placed=placed, plan=plan, rows=shown, texts=texts, het=het,
        hidden=len(rows) - len(shown),
        repairs=carrying.may_repair(visitor.user), in_force=bool(plan.new.adopted_on or plan.new.recognised_on),
    )  # fmt: skip


@router.post("/ho-so/{regulation:int}/so-sanh/chuyen")
def carry(visitor: Decides, regulation: int, cu: Annotated[int, Form()], moi: Annotated[int, Form()]) -> Response:
    """Carry the decisions about the old text over to the new one."""
    with visitor.store.change(visitor.user.id) as change:
        _, plan = _plan(change.db, visitor, regulation, cu, moi)
        count, line = carrying.carry(change, plan)
    back = f"/ho-so/{regulation}/so-sanh"
    undo = f"{back}/{moi}/hoan-tac/{line}"
    return go(f"{back}?cu={cu}&moi={moi}", f"Đã chuyển {count} quyết định sang bản số {moi}.", undo=undo)


@router.post("/ho-so/{regulation:int}/so-sanh/da-sua")
def repair(
    visitor: Decides,
    regulation: int,
    cu: Annotated[int, Form()],
    moi: Annotated[int, Form()],
    finding: Annotated[list[int] | None, Form()] = None,
) -> Response:
    """Confirm that findings of the old text are repaired."""
    with visitor.store.change(visitor.user.id) as change:
        _, plan = _plan(change.db, visitor, regulation, cu, moi)
        count, line = carrying.repair(change, plan, finding or [], visitor.user)
    back = f"/ho-so/{regulation}/so-sanh"
    said = f"Đã xác nhận {count} phát hiện đã sửa. Kiến nghị nào đã sửa hết thì được kết thúc."
    return go(f"{back}?cu={cu}&moi={moi}", said, undo=f"{back}/{moi}/hoan-tac/{line}")


@router.post("/ho-so/{regulation:int}/so-sanh/{number:int}/hoan-tac/{line:int}")
def undo(visitor: Decides, regulation: int, number: int, line: int) -> Response:
    """Take back what was carried over or confirmed as repaired."""
    with visitor.store.change(visitor.user.id) as change:
        _placed(change.db, visitor, regulation)
        ids = [one.id for one in versions.of_regulation(change.db, regulation) if one.number == number]
        if not ids:
            raise missing()
        carrying.undo(change, ids[0], line)
    return go(f"/ho-so/{regulation}/so-sanh?moi={number}", "Đã hoàn tác.")


def _plan(
    db: sqlite3.Connection, visitor: Visitor, regulation: int, old: int | None, new: int | None
) -> tuple[Placed, Plan]:
    placed = _placed(db, visitor, regulation)
    known = {one.number: one for one in versions.of_regulation(db, regulation) if one.reading == "audited"}
    if old not in known or new not in known:
        raise missing()
    return placed, carrying.plan(db, known[old], known[new])


def _placed(db: sqlite3.Connection, visitor: Visitor, regulation: int) -> Placed:
    """Return a regulation the visitor may see decided.

    Raises:
        StoreError: GA331, there is none in what they may see; GA347, they read a text of it blind.
    """
    placed = states.placed(db, regulation, visitor.commune)
    if regulation in visitor.veil.regulations:
        raise veiled()
    return placed


def _rows(plan: Plan) -> list[Shown]:
    before, after = plan.comparison.old.text, plan.comparison.new.text
    return [
        Shown(
            pair,
            before[pair.old.start : pair.old.end] if pair.old else "",
            after[pair.new.start : pair.new.end] if pair.new else "",
            _within(plan.before, pair.old.start, pair.old.end) if pair.old else (),
            _within(plan.after, pair.new.start, pair.new.end) if pair.new else (),
        )
        for pair in plan.comparison.pairs
    ]


def _within(found: tuple[Reviewed, ...], start: int, end: int) -> tuple[Reviewed, ...]:
    return tuple(one for one in found if start <= one.finding.start < end)
