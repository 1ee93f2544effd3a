"""The index as one self-contained page in Vietnamese, with charts drawn here and nothing loaded from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from auditor.indicators.models import MEASURED, SURENESS, Group, Indicator
from auditor.indicators.results import Figure, Gap, Index, Line
from auditor.reports.index import wording
from auditor.reports.index.charts import Bars, gap_bars, share_bars, weekly
from auditor.reports.pages import templates


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a card's table: its name and its figure."""

    name: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Card:
    """One indicator as the template sees it."""

    indicator: Indicator
    rows: tuple[Row, ...]
    chart: Bars | None

    @property
    def people(self) -> bool:
        """Whether it counts people, some of whom may be of unknown gender."""
        return any(row.figure.unknown is not None for row in self.rows)

    @property
    def bounded(self) -> bool:
        """Whether unknown gender leaves a range."""
        return any(row.figure.if_all_women is not None for row in self.rows)


def write_html(index: Index, out: BinaryIO) -> None:
    """Write one page."""
    environment = templates()
    groups = [group for group in index.indicators.groups if group.id != "GEM"]
    gem = next(group for group in index.indicators.groups if group.id == "GEM")
    stream = environment.get_template("index.html").stream(
        index=index,
        say=wording,
        measured=MEASURED,
        sureness=SURENESS,
        overview=_overview(index),
        groups=[(group, _cards(index, group, "automatic"), _cards(index, group, "proposed")) for group in groups],
        by_hand=[one for group in index.indicators.groups for one in group.indicators if one.measured == "manual"],
        gem=gem,
        gem_lines=[line for line in index.lines if line.group is gem],
        gem_charts=[(label, _gem_chart(index, i)) for i, label in enumerate(index.labels)],
        weekly=weekly(index.campaign, index.indicators.windows),
    )
    out.writelines(wording.encoded(piece) for piece in stream)


def _overview(index: Index) -> Bars:
    """Chart the share of women in all articles, in every figure that counts people in news."""
    lines = [line for line in index.lines if line.group.id == "B1" and line.part.measure.count == "people"]
    rows = ((_plain_name(line), line.figures[0], wording.value(line.figures[0])) for line in lines)
    return share_bars(rows, level=True)


def _plain_name(line: Line) -> str:
    names = {"B1.1.1": "Mọi nhân vật", "B1.1.2": "Người được dẫn lời", "B1.2.3": "Nạn nhân"}
    return names.get(line.indicator.id, line.part.title)


def _cards(index: Index, group: Group, measured: str) -> list[Card]:
    return [_card(index, one) for one in group.indicators if one.measured == measured]


def _card(index: Index, indicator: Indicator) -> Card:
    rows: list[Row] = []
    for line in index.lines:
        if line.indicator is indicator:
            for label, figure in zip(index.labels, line.figures, strict=True):
                parts = [line.part.title] if indicator.measure is None else []
                parts += [label] if len(index.labels) > 1 or not parts else []
                rows.append(Row(": ".join(parts), figure))
    said = any(row.figure.share.value is not None for row in rows)
    chart = share_bars(
        ((row.name, row.figure, wording.value(row.figure)) for row in rows), level=indicator.better == "parity"
    )
    return Card(indicator, tuple(rows), chart if said else None)


def _gem_chart(index: Index, place: int) -> Bars:
    rows: list[tuple[str, Gap, str]] = [
        (line.indicator.title, line.gaps[place], wording.gap_value(line.gaps[place]))
        for line in index.lines
        if line.gaps
    ]
    return gap_bars(rows)
