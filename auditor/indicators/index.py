"""From a stream of records to an :class:`~auditor.indicators.results.Index`."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from auditor.errors import StoreError
from auditor.indicators.answers import Answers, answered
from auditor.indicators.campaign import SUBJECT, campaign
from auditor.indicators.figures import figure, gem_gap, gem_mean
from auditor.indicators.ledger import REASONS, Articles, Ledger, Selection
from auditor.indicators.loader import IndicatorSet
from auditor.indicators.results import Gap, Index, Line, Mean
from auditor.indicators.scores import Scores, load_scores
from auditor.indicators.statistics import Counts
from auditor.indicators.views import Decisions, Item

ALL = "Tất cả"


def build_index(
    records: Iterable[Item],
    indicators: IndicatorSet,
    selection: Selection,
    decisions: Decisions | None = None,
    answers: Answers | None = None,
    scores: Scores | None = None,
) -> Index:
    """Count all indicators over a stream of records; their order does not matter.

    Args:
        decisions: people's decisions on findings; None where none were given, so that findings stay suggestions.
        answers: an outlet's answers to category A.
        scores: measured errors; the shipped ones by default.

    Raises:
        StoreError: GA312 no article counts; says what was left out and why.
    """
    ledger = Ledger(indicators, selection, decisions or {})
    for record in records:
        ledger.add(record)
    articles = ledger.close()
    if not articles.days:
        raise StoreError("GA312", _nothing(ledger))
    rows = _groups(articles, selection)
    lines, means = _lines(articles, rows, indicators, with_decisions=decisions is not None)
    subject = next(i for i, (_, one, _) in enumerate(indicators.parts()) if one.id == SUBJECT)
    return Index(
        indicators=indicators,
        selection=selection,
        labels=tuple(rows),
        sizes=tuple(len(places) for places in rows.values()),
        lines=lines,
        means=means,
        campaign=campaign(articles, articles.counts[:, subject], indicators.windows, indicators.method),
        answers=tuple(answered(indicators, answers)),
        answers_of="" if answers is None else f"{answers.outlet}, năm {answers.year}",
        read=ledger.read,
        counted=len(articles.days),
        left_out=tuple((reason, ledger.left_out[reason]) for reason in REASONS if ledger.left_out[reason]),
        with_decisions=decisions is not None,
        versions=tuple(sorted(ledger.versions)),
        scores=scores or load_scores(),
    )


def _groups(articles: Articles, selection: Selection) -> dict[str, Counts]:
    """Return the places of the articles of each group; the first group is all articles."""
    groups = {ALL: np.arange(len(articles.days))}
    if selection.by is not None:
        names = np.array(articles.labels, dtype=object)
        groups |= {name: np.flatnonzero(names == name) for name in sorted(set(articles.labels))}
    return groups


def _lines(
    articles: Articles, rows: dict[str, Counts], indicators: IndicatorSet, *, with_decisions: bool
) -> tuple[tuple[Line, ...], tuple[Mean, ...]]:
    method = indicators.method
    lines: list[Line] = []
    gap_counts: list[list[Counts]] = [[] for _ in rows]
    gaps: list[list[Gap]] = [[] for _ in rows]
    for place, (group, indicator, part) in enumerate(indicators.parts()):
        cells = [articles.counts[of_group, place] for of_group in rows.values()]
        if group.id == "GEM":
            for i, cell in enumerate(cells):
                gap_counts[i].append(cell)
                gaps[i].append(gem_gap(cell, method))
            lines.append(Line(group, indicator, part, gaps=tuple(one[-1] for one in gaps)))
            continue
        figures = (figure(cell, part.measure, method, with_decisions=with_decisions) for cell in cells)
        lines.append(Line(group, indicator, part, figures=tuple(figures)))
    means = (gem_mean(counts, own, method) for counts, own in zip(gap_counts, gaps, strict=True))
    return tuple(lines), tuple(means)


def _nothing(ledger: Ledger) -> str:
    reasons = "; ".join(f"{ledger.left_out[one]} {words}" for one, words in REASONS.items() if ledger.left_out[one])
    message = f"Không có tin bài nào để tính trong {ledger.read} dòng đã đọc"
    message += f" ({reasons})." if reasons else "."
    if ledger.left_out["outlet"]:
        message += f" Các cơ quan có trong tệp: {', '.join(sorted(ledger.outlets))}."
    if ledger.left_out["broken"] or not ledger.read:
        message += " Tệp cần là bản ghi do “auditor check --format jsonl” ghi ra, mỗi dòng một bản ghi."
    return message
