"""The provisions on how a regulation comes to be, as they are cited, and which of them a lawyer has ticked."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.record import Basis

DECREE = ("61/2023/NĐ-CP", "Nghị định 61/2023/NĐ-CP")
ACT = ("10/2022/QH15", "Luật Thực hiện dân chủ ở cơ sở")
CODES = {DECREE[0]: "ND61", ACT[0]: "THDC"}
"""The code of a law in the rulebook by its number."""


def decree(article: str, clause: str | None = None, point: str | None = None) -> Basis:
    """Cite NĐ 61/2023/NĐ-CP."""
    return Basis(law=DECREE[0], title=DECREE[1], article=article, clause=clause, point=point)


def act(article: str, clause: str | None = None, point: str | None = None) -> Basis:
    """Cite Luật 10/2022/QH15."""
    return Basis(law=ACT[0], title=ACT[1], article=article, clause=clause, point=point)


def key(basis: Basis) -> str:
    """Return the name under which lawyers tick a citation: ``ND61:9.1``."""
    where = ".".join(part for part in (basis.article, basis.clause, basis.point) if part)
    return f"{CODES.get(basis.law, basis.law)}:{where}"


def ticked_in(basis: Iterable[Basis], ticked: frozenset[str]) -> tuple[Basis, ...]:
    """Return citations that say which of them are ticked; the others are "căn cứ tham khảo"."""
    return tuple(one.model_copy(update={"reviewed": key(one) in ticked}) for one in basis)
