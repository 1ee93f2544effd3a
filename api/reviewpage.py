"""What the page of a review shows, read from the store in one go."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from auditor.record import GENDER_SEVERITIES, AuditRecord, Basis, Finding
from auditor.reports.html import STRENGTH, Mark, cut
from auditor.store import approvals, comments, findings, reviews, versions, waivers
from auditor.store.approvals import Approval
from auditor.store.comments import Comment
from auditor.store.findings import Reviewed
from auditor.store.reviews import Head, Line
from auditor.store.users import User, everyone
from auditor.store.waivers import Waiver
from auditor.store.words import CLOSES, DISMISSES

LEVELS = (*GENDER_SEVERITIES, "S4x", "S0")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the text; ``first`` is the finding a click on it chooses, None where there is none.

    Attributes:
        look: class of its mark, empty where nothing marks it.
        ids: the findings that cover it.
        opens: anchors of the marks that begin here.
    """

    text: str
    look: str
    first: int | None
    ids: str
    opens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A version under review.

    Attributes:
        found: all findings in the order of the text.
        listed: those the list shows.
        counts: how many findings by state, and by severity.
        lacking: what the verdict waits for.
        closes: the visitor may close or open the review.
    """

    head: Head
    record: AuditRecord | None
    text: str
    found: tuple[Reviewed, ...]
    listed: tuple[Reviewed, ...]
    states: Mapping[str, int]
    severities: Mapping[str, int]
    lacking: tuple[str, ...]
    closes: bool
    comments: tuple[Comment, ...]

    def pieces(self) -> Iterator[Piece]:
        """Cut the text into what is marked and what is not."""
        yield from pieces(self.text, self.found, self.record)

    def number(self, id: int) -> int:
        """Return the place of a finding in the text, from 1."""
        return next(place for place, one in enumerate(self.found, 1) if one.id == id)


@dataclass(frozen=True, slots=True)
class Cited:
    """A provision with the days it is in force, and what it says in short."""

    basis: Basis
    begins: date | None
    ends: date | None
    says: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """The finding on the card.

    Attributes:
        finding: with its citations as lawyers have marked them.
        rule: approval of its rule here, None where there is none.
        levels: severities the visitor may confirm it at.
        mine: the visitor took the latest decision and may take it back.
        image: the picture of its page is there.
        after: the next finding nobody has decided, None where all are.
    """

    one: Reviewed
    finding: Finding
    cited: tuple[Cited, ...]
    rule: Approval | None
    history: tuple[Line, ...]
    comments: tuple[Comment, ...]
    waivers: tuple[Waiver, ...]
    owners: tuple[User, ...]
    levels: tuple[str, ...]
    dismisses: bool
    mine: bool
    image: bool
    before: int | None
    next: int | None
    after: int | None


def read_page(
    db: sqlite3.Connection, user: User, version_id: int, commune: int | None, *, severity: str = "", state: str = ""
) -> Page:
    """Read a version with its findings; the list holds those of a severity and a state, all by default.

    Raises:
        StoreError: GA331, there is no such version in what the person may see.
    """
    head = reviews.head(db, version_id, commune)
    found = tuple(findings.of_version(db, version_id))
    return Page(
        head=head, record=versions.record(db, version_id), text=versions.text(db, version_id), found=found,
        listed=tuple(one for one in found if severity in {"", one.severity} and state in {"", one.state}),
        states=Counter(one.state for one in found), severities=Counter(one.severity for one in found),
        lacking=tuple(reviews.lacking(head.version)), closes=user.role in CLOSES,
        comments=tuple(comments.about(db, version_id, None)),
    )  # fmt: skip


def choose(db: sqlite3.Connection, user: User, page: Page, id: int | None) -> Chosen | None:
    """Return the card of a finding of a page; without an id, of the first nobody has decided, else the first."""
    order = [one.id for one in page.found]
    if id not in order:
        listed = page.listed or page.found
        open_ones = [one.id for one in listed if one.state == "suggested"] or [one.id for one in listed]
        if not open_ones:
            return None
        id = open_ones[0]
    at = order.index(id)
    one = page.found[at]
    history = tuple(reviews.history(db, one.id))
    standing = next((line for line in history if line.undone_at is None), None)
    rule = approvals.shipped().rules.get(one.finding.rule)
    wanted = {rule.id: approvals.fingerprint(rule)} if rule else {}
    marked = approvals.marked(one.finding, approvals.reviewed_citations(db))
    waived = tuple(waivers.of_finding(db, one.id)) if one.state == "confirmed" else ()
    return Chosen(
        one=one, finding=marked, cited=tuple(map(cited, marked.basis)),
        rule=approvals.latest(db, "rule", wanted).get(one.finding.rule), history=history,
        comments=tuple(comments.about(db, page.head.version.id, one.id)), waivers=waived,
        owners=tuple(owner for owner in everyone(db) if owner.active and owner.role in {"legal", "reviewer", "commune"})
        if one.state == "confirmed" else (),
        levels=findings.levels(user.role, one.finding.severity),
        dismisses=one.finding.severity in DISMISSES.get(user.role, ()),
        mine=standing is not None and standing.user_id == user.id,
        image=one.finding.region is not None
        and one.finding.region.page in reviews.page_images(db, page.head.version.id),
        before=order[at - 1] if at else None, next=order[at + 1] if at + 1 < len(order) else None,
        after=_open_after(page, at),
    )  # fmt: skip


def cited(basis: Basis) -> Cited:
    """Look up the days and the gist of a provision in the rulebook; unknown where the rulebook has moved on."""
    short, _, at = basis.short.partition(":")
    law = approvals.shipped().laws.get(short)
    if law is None:
        return Cited(basis, None, None, "")
    says = next((provision.says for provision in law.provisions if provision.at == at), "")
    return Cited(basis, law.from_, law.until, says)


def pieces(text: str, found: tuple[Reviewed, ...], record: AuditRecord | None) -> Iterator[Piece]:
    """Cut a text at its findings, suspects and good points; a dismissed finding is marked faintly."""
    known = {f"f{one.id}": one for one in found}
    marks = [
        Mark(one.finding.start, one.finding.end, one.severity, f"f{one.id}")
        for one in found
        if one.severity in STRENGTH
    ]
    if record:
        taken = {(mark.start, mark.end) for mark in marks}
        marks += [
            Mark(one.start, one.end, "suspect", f"s{number}")
            for number, one in enumerate(record.suspects)
            if (one.start, one.end) not in taken
        ]
        marks += [Mark(one.start, one.end, "positive", f"p{n}") for n, one in enumerate(record.positives)]
    for segment in cut(text, marks):
        covering = [known[mark.card] for mark in segment.marks if mark.card in known]
        standing = [one for one in covering if one.state != "dismissed"]
        opens = tuple(mark.card for mark in segment.opens)
        if not segment.marks:
            yield Piece(segment.text, "", None, "", opens)
            continue
        look = (standing or covering)[0].severity if covering else segment.marks[0].look
        many = " many" if len(segment.marks) > 1 else ""
        off = " off" if covering and not standing else ""
        first = (standing or covering)[0].id if covering else None
        yield Piece(segment.text, look + many + off, first, " ".join(str(one.id) for one in covering), opens)


def _open_after(page: Page, at: int) -> int | None:
    ahead = (*page.found[at + 1 :], *page.found[:at])
    return next((one.id for one in ahead if one.state == "suggested"), None)
