"""Which articles count: each record becomes a row of small numbers, or is left out for a reason that is counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from unicodedata import normalize

import numpy as np
from numpy.typing import NDArray

from auditor.indicators.counting import WIDTH, count
from auditor.indicators.loader import IndicatorSet
from auditor.indicators.periods import TIME_UNITS, label, unit_of
from auditor.indicators.views import Broken, Copy, Decisions, Item, RecordView, StoryView
from auditor.story.fingerprint import originals

By = Literal["outlet", "section", "year", "quarter", "month", "week"]
Reason = Literal[
    "broken", "schema", "unreadable", "regulation", "no_story", "repeated", "outlet", "section", "no_date", "period",
    "wire_copy",
]  # fmt: skip

REASONS: dict[Reason, str] = {
    "broken": "dòng hỏng, không phải bản ghi",
    "schema": "bản ghi theo lược đồ khác",
    "unreadable": "tệp không đọc được, chưa được soát",
    "regulation": "không phải tin bài",
    "no_story": "bản ghi chưa có phần nhân vật và nội dung bài",
    "repeated": "bản ghi lặp lại (cùng mã, cơ quan và ngày)",
    "outlet": "thuộc cơ quan khác",
    "section": "thuộc chuyên mục khác",
    "no_date": "không ghi ngày nên không xếp được vào kỳ",
    "period": "ngoài kỳ",
    "wire_copy": "bài đăng lại, gần như giống một bài đã đếm",
}
UNNAMED = "(không ghi)"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which articles are wanted, and by what they are set apart; None is all.

    Raises:
        StoreError: GA315 the period is none.
    """

    outlet: str | None = None
    section: str | None = None
    period: str | None = None
    by: By | None = None

    def __post_init__(self) -> None:
        if self.period is not None:
            unit_of(self.period)


@dataclass(frozen=True, slots=True)
class Row:
    """One article that counts, before copies are sought."""

    day: date | None
    id: str
    outlet: str
    section: str
    fingerprint: str
    counts: NDArray[np.uint32]


@dataclass(frozen=True)
class Articles:
    """The articles that count, by date and id.

    Attributes:
        labels: of each article, what it is set apart by; empty where nothing is asked for.
        counts: shape (articles, figures, WIDTH), see :mod:`auditor.indicators.counting`.
    """

    days: tuple[date | None, ...]
    labels: tuple[str, ...]
    counts: NDArray[np.int64]


@dataclass
class Ledger:
    """Takes records one by one; what it read is what counts plus what it left out."""

    indicators: IndicatorSet
    selection: Selection
    decisions: Decisions
    read: int = 0
    left_out: Counter[Reason] = field(default_factory=Counter)
    versions: Counter[tuple[str, str]] = field(default_factory=Counter)
    outlets: set[str] = field(default_factory=set)
    _rows: list[Row] = field(default_factory=list)
    _seen: set[tuple[str, str, date | None]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._parts = list(self.indicators.parts())

    def add(self, item: Item) -> None:
        """Take one record."""
        self.read += 1
        reason = self._reason(item)
        if reason is not None:
            self.left_out[reason] += 1
            return
        assert isinstance(item, RecordView) and item.story is not None
        self.versions[item.engine, item.rulebook] += 1
        self._rows.append(self._row(item, item.story))

    def close(self) -> Articles:
        """Leave out copies of earlier articles and return the others."""
        rows = sorted(self._rows, key=lambda row: (row.day or date.max, row.id, row.outlet))
        firsts = originals([row.fingerprint for row in rows])
        kept = [row for i, row in enumerate(rows) if firsts[i] == i]
        self.left_out["wire_copy"] += len(rows) - len(kept)
        shape = (len(kept), len(self._parts), WIDTH)
        counts = np.array([row.counts for row in kept], dtype=np.int64).reshape(shape)
        return Articles(tuple(row.day for row in kept), tuple(self._label(row) for row in kept), counts)

    def _reason(self, item: Item) -> Reason | None:
        if isinstance(item, Broken):
            return "schema" if item.other_schema else "broken"
        if isinstance(item, Copy):
            return self._unwanted(item) or ("repeated" if _key(item) in self._seen else "wire_copy")
        if item.status == "unreadable":
            return "unreadable"
        if item.kind != "article":
            return "regulation"
        if item.story is None:
            return "no_story"
        reason = self._unwanted(item)
        if reason is None and _key(item) in self._seen:
            return "repeated"
        if reason is None:
            self._seen.add(_key(item))
        return reason

    def _unwanted(self, item: RecordView | Copy) -> Reason | None:
        """Return why an article is outside the selection; the section of a copy is not known, so it stays."""
        self.outlets.add(item.outlet or UNNAMED)
        wanted = self.selection
        if wanted.outlet is not None and not _same(wanted.outlet, item.outlet):
            return "outlet"
        section = item.story.section if isinstance(item, RecordView) and item.story else wanted.section
        if wanted.section is not None and not _same(wanted.section, section):
            return "section"
        if item.date is None and (wanted.period is not None or wanted.by in TIME_UNITS):
            return "no_date"
        if wanted.period is not None and item.date and label(item.date, unit_of(wanted.period)) != wanted.period:
            return "period"
        return None

    def _row(self, record: RecordView, story: StoryView) -> Row:
        counts = [count(record, story, group, part.measure, self.decisions) for group, _, part in self._parts]
        return Row(
            record.date, record.id, record.outlet or "", story.section or "", story.fingerprint,
            np.array(counts, dtype=np.uint32),
        )  # fmt: skip

    def _label(self, row: Row) -> str:
        by = self.selection.by
        if by == "outlet":
            return row.outlet or UNNAMED
        if by == "section":
            return row.section or UNNAMED
        return label(row.day, by) if by is not None and row.day is not None else ""


def _key(item: RecordView | Copy) -> tuple[str, str, date | None]:
    return item.id, item.outlet or "", item.date


def _same(wanted: str, found: str | None) -> bool:
    return found is not None and _plain(wanted) == _plain(found)


def _plain(name: str) -> str:
    return " ".join(normalize("NFC", name).casefold().split())
