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


LETTERS = (
    decree("8"), decree("9", "1"), decree("10"), decree("11"), decree("12", "1", "b"), decree("12", "2"),
    decree("13"), decree("13", "4"), decree("14"), decree("14", "1", "a"), decree("14", "2"),
)  # fmt: skip
"""What a letter to a commune asks for and by when (:mod:`auditor.reports.office.recommendation`)."""
ROUNDS = (decree("15", "4"), decree("18", "1", "g"))
"""The yearly reviews by the community and by the commune."""
REPORTS = (decree("16", "1"), decree("16", "3"))
"""What the province tells the ministry every year, and by when."""
DRAFTS = (decree("4", "1"),)
"""That a text does not repeat the law."""


def key(basis: Basis) -> str:
    """Return the name under which lawyers tick a citation: ``ND61:9.1``."""
    where = ".".join(part for part in (basis.article, basis.clause, basis.point) if part)
    return f"{CODES.get(basis.law, basis.law)}:{where}"


def ticked_in(basis: Iterable[Basis], ticked: frozenset[str]) -> tuple[Basis, ...]:
    """Return citations that say which of them are ticked; the others are "căn cứ tham khảo"."""
    return tuple(one.model_copy(update={"reviewed": key(one) in ticked}) for one in basis)
