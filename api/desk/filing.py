"""Filing what was read: one text with its guess corrected, or many whose guesses are sure."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from api.access import Visitor, requires
from api.pages import day_given, go, render
from auditor.errors import ApiError, StoreError
from auditor.store import clock, filing, units, versions
from auditor.store.filing import Filing, Guess
from auditor.store.units import VILLAGE_TYPES, Unit
from auditor.store.words import STATES, State

router = APIRouter()
May = Annotated[Visitor, Depends(requires("file"))]
ON_A_PAGE = 50
NAMES = ("quy ước", "hương ước")


@router.get("/tai-len/cho-xep")
def waiting(request: Request, visitor: May, trang: int = 1) -> Response:
    """List the texts that are not filed yet, those whose guess is sure with a box to tick."""
    with visitor.store.read() as db:
        total = filing.count(db, visitor.commune)
        pages = max(1, -(-total // ON_A_PAGE))
        page = min(max(trang, 1), pages)
        found = filing.waiting(db, visitor.commune, limit=ON_A_PAGE, offset=ON_A_PAGE * (page - 1))
    return render(
        request, "uploads/waiting.html", visitor=visitor, found=found, total=total, page=page, pages=pages
    )  # fmt: skip


@router.post("/tai-len/cho-xep")
def file_many(visitor: May, version: Annotated[list[int] | None, Form()] = None) -> Response:
    """File all ticked texts as guessed; one that no longer can be filed keeps none of the others back."""
    done = 0
    for id in version or ():
        try:
            with visitor.store.change(visitor.user.id) as change:
                found = versions.seen(change.db, id, visitor.commune)
                known = units.communes(change.db)
                filing.file_as_guessed(change, filing.guess(change.db, found, known, visitor.commune))
            done += 1
        except StoreError:
            continue
    if not version:
        return go("/tai-len/cho-xep", "Chưa chọn văn bản nào. Xin đánh dấu văn bản cần xếp.", tone="bad")
    if done < len(version):
        rest = len(version) - done
        return go("/tai-len/cho-xep", f"Đã xếp {done} văn bản; {rest} văn bản cần xem lại từng bản.", tone="bad")
    return go("/tai-len/cho-xep", f"Đã xếp {done} văn bản vào hồ sơ.")


@router.get("/ho-so/xep/{version:int}")
def file_page(request: Request, version: int, visitor: May) -> Response:
    """Show what a text says of itself, to be corrected."""
    with visitor.store.read() as db:
        found = versions.seen(db, version, visitor.commune)
        if found.regulation_id is not None:
            return go(f"/ho-so/{found.regulation_id}", "Văn bản này đã được xếp vào hồ sơ.")
        known = units.communes(db)
        guess = filing.guess(db, found, known, visitor.commune)
        at = filing.read_at(versions.text(db, version), guess)
        villages = units.villages(db, guess.commune.id) if guess.commune else []
    return render(
        request, "uploads/file.html", visitor=visitor, guess=guess, at=at, villages=villages, types=VILLAGE_TYPES,
        communes=_choices(known, visitor), names=NAMES, states=STATES, notes=_notes(guess),
    )  # fmt: skip


@router.get("/ho-so/xep/{version:int}/thon-ban")
def villages(request: Request, version: int, visitor: May, commune: str = "") -> Response:
    """Return the villages of a commune, for the list under the field of their name."""
    id = visitor.commune or (int(commune) if commune.isdigit() else 0)
    with visitor.store.read() as db:
        found = units.villages(db, id)
    return render(request, "uploads/villages.html", visitor=visitor, villages=found)


@router.post("/ho-so/xep/{version:int}")
def file(
    request: Request,
    version: int,
    visitor: May,
    commune: Annotated[int, Form()],
    village_type: Annotated[str, Form()],
    village: Annotated[str, Form()],
    name: Annotated[Literal["quy ước", "hương ước"], Form()],
    state: Annotated[State, Form()],
    title: Annotated[str, Form()] = "",
    state_on: Annotated[str, Form()] = "",
    adopted_on: Annotated[str, Form()] = "",
    recognised_on: Annotated[str, Form()] = "",
    households: Annotated[str, Form()] = "",
    regulation: Annotated[str, Form()] = "",
) -> Response:
    """File a text as the person says."""
    adopted, recognised = day_given(adopted_on), day_given(recognised_on)
    on = day_given(state_on) or {"adopted": adopted, "recognised": recognised}.get(state) or clock.today()
    _check_days(adopted, recognised, on)
    if households.strip() and not households.strip().isdigit():
        raise ApiError("GA409", "Số hộ phải là một số nguyên, ví dụ 96. Xin sửa lại rồi lưu.")
    with visitor.store.change(visitor.user.id) as change:
        versions.seen(change.db, version, visitor.commune)
        where = _commune(units.get(change.db, visitor.commune or commune))
        filed = filing.file(
            change, version,
            Filing(
                where, village_type, village, name, title, state, on, adopted, recognised,
                int(households) if households.strip() else None, int(regulation) if regulation.isdigit() else None,
                regulation == "new",
            ),
        )  # fmt: skip
    return go(f"/ho-so/{filed.id}", f"Đã xếp vào hồ sơ “{filed.title}”.", undo=f"/ho-so/xep/{version}/go")


@router.post("/ho-so/xep/{version:int}/go")
def unfile(version: int, visitor: May) -> Response:
    """Take a text out of the regulation it was filed under."""
    with visitor.store.change(visitor.user.id) as change:
        versions.seen(change.db, version, visitor.commune)
        # Whoever sees only one commune may file it again only if one of its clerks handed it in.
        filing.unfile(change, version)
        back = filing.may_file(change.db, version, visitor.commune)
    return go(f"/ho-so/xep/{version}" if back else "/ho-so", "Đã gỡ văn bản khỏi hồ sơ.")


def _choices(known: list[Unit], visitor: Visitor) -> list[tuple[int, str]]:
    return [(unit.id, unit.full) for unit in known if visitor.commune in {None, unit.id}]


def _notes(guess: Guess) -> list[str]:
    """Return what the person should look at first."""
    told = guess.version.particulars
    notes = []
    if told.get("commune") and (guess.commune is None or guess.commune.name != told["commune"]):
        words = f"{told.get('commune_type') or 'xã'} {told['commune']}"
        notes.append(f"Văn bản ghi “{words}”, không trùng tên xã, phường đang chọn. Xin kiểm tra lại.")
    if not told.get("village"):
        notes.append("Không đọc được tên thôn, bản trong văn bản. Xin điền vào.")
    elif guess.commune and guess.village is None:
        if guess.near:
            names = ", ".join(unit.full for unit in guess.near)
            notes.append(
                f"Danh mục có {names}: tên gần giống “{guess.village_name}”, chỉ khác dấu. Khác dấu là thôn, bản khác;"
                " xin xem lại tên trước khi lưu."
            )
        else:
            notes.append(f"Chưa có {guess.village_type} {guess.village_name} trong danh mục; lưu lại sẽ thêm vào.")
    if guess.known:
        notes.append("Thôn, bản này đã có hồ sơ; văn bản sẽ thành bản tiếp theo nếu không chọn khác.")
    return notes


def _commune(unit: Unit) -> Unit:
    if unit.kind != "commune":
        raise ApiError("GA417", "Xin chọn một xã, phường trong danh sách.")
    return unit


def _check_days(adopted: date | None, recognised: date | None, on: date) -> None:
    if adopted and recognised and recognised < adopted:
        raise ApiError("GA410", "Ngày công nhận đứng trước ngày thông qua. Xin xem lại hai ngày này.")
    if max(filter(None, (adopted, recognised, on))) > clock.today():
        raise ApiError("GA418", "Có ngày chưa tới. Xin ghi ngày việc đã xảy ra.")
