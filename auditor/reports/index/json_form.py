"""The index as one JSON object. Shares are 0 to 1, gaps percentage points, what is not said is null."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, BinaryIO

from auditor.indicators.results import Index, Share
from auditor.reports.index.wording import encoded

SCHEMA = "auditor-index/1"


def write_json(index: Index, out: BinaryIO) -> None:
    """Write the index, numbers to six decimals."""
    out.write(encoded(json.dumps(index_data(index), ensure_ascii=False, indent=1) + "\n"))


def index_data(index: Index) -> dict[str, Any]:
    """Return the index as what JSON is made of, numbers to six decimals."""
    return dict(_rounded(_whole(index)))


def _whole(index: Index) -> dict[str, Any]:
    figures = [
        {
            "indicator": line.indicator.id, "part": line.part.id, "title": line.part.title, "label": label,
            "status": figure.status, **_share(figure.share), "unknown": figure.unknown,
            "if_all_women": figure.if_all_women, "if_all_men": figure.if_all_men,
            "review": None if figure.review is None else {
                **asdict(figure.review), "suggested": _share(figure.review.suggested),
            },
        }
        for line in index.lines for label, figure in zip(index.labels, line.figures, strict=False)
    ]  # fmt: skip
    gem = [
        {
            "label": label, "mean": asdict(mean),
            "gaps": [{"indicator": line.indicator.id, **asdict(line.gaps[i])} for line in index.lines if line.gaps],
        }
        for i, (label, mean) in enumerate(zip(index.labels, index.means, strict=True))
    ]  # fmt: skip
    return {
        "schema": SCHEMA,
        "official": False,
        "method": index.indicators.method.model_dump(),
        "versions": [{"engine": engine, "rulebook": rulebook} for engine, rulebook in index.versions],
        "selection": asdict(index.selection),
        "records": {"read": index.read, "counted": index.counted, "left_out": dict(index.left_out)},
        "with_decisions": index.with_decisions,
        "labels": [{"label": one, "articles": size} for one, size in zip(index.labels, index.sizes, strict=True)],
        "figures": figures,
        "gem": gem,
        "campaign": _campaign(index),
        "answers": {
            "of": index.answers_of,
            "questions": [
                {
                    "id": one.question.id,
                    "answer": None if one.answer is None else one.answer.model_dump(),
                    "women_share": one.women_share,
                }
                for one in index.answers
            ],
        },
        "scores": index.scores.model_dump(mode="json"),
    }


def _campaign(index: Index) -> dict[str, Any]:
    found = index.campaign
    return {
        "inside": _share(found.inside),
        "outside": _share(found.outside),
        "difference": found.difference,
        "windows": [{"id": window.id, **_share(share)} for window, share in found.by_window],
        "weeks": [
            {"week": week.label, "start": week.start.isoformat(), **_share(week.share), "windows": week.windows}
            for week in found.weeks
        ],
        "undated": found.undated,
    }


def _share(share: Share) -> dict[str, Any]:
    return {
        "value": share.value, "low": share.low, "high": share.high,
        "numerator": share.hits, "denominator": share.total,
    }  # fmt: skip


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(one) for one in value]
    return value
