"""The state of targets 5 and 4 for programs: the figures of the boards, counted by the same code."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import Query

from api.checks.access import ReadKey, Serving
from api.checks.answers import (
    OutletFigures,
    QuarterFigures,
    RegulationFigures,
    Share,
    Target4Answer,
    Target5Answer,
    TargetsAnswer,
)
from api.desk.targets import asked
from auditor.checks.article import Day
from auditor.errors import ApiError
from auditor.indicators.applying import Applied
from auditor.indicators.targets import Counts
from auditor.store import goals, standing

YEARS = range(2000, 2100)
NOTE = (
    "Định nghĩa A, K, C (mục tiêu 5), M, N (mục tiêu 4) là đề xuất, cần Sở ban hành thành quyết định trước khi dùng "
    "làm số chính thức. Văn bản chưa rà soát hoặc chờ tham vấn không tính là đạt."
)


def targets(
    serving: Serving,
    key: ReadKey,
    as_of: Annotated[
        Day | None,
        Query(
            description="Ngày chốt số, từ năm 2000 đến 2099; mặc định là hôm nay.",
            json_schema_extra={"pattern": "^20[0-9]{2}-"},
        ),
    ] = None,
    reviews: Annotated[
        Literal["year", "all"], Query(description="Tính cuộc rà soát trong năm (year) hay luỹ kế từ đầu (all).")
    ] = "year",
) -> TargetsAnswer:
    """Count targets 5 and 4 as of a day.

    Raises:
        ApiError: GA460, the day lies in no year that is counted.
    """
    if as_of is not None and as_of.year not in YEARS:
        raise ApiError("GA460", "Ngày chốt số liệu phải từ năm 2000 đến năm 2099. Xin chọn ngày khác.")
    when = asked(None, as_of.isoformat() if as_of else "", "luy-ke" if reviews == "all" else "")
    five = standing.counted_target5(serving.store, when.period)
    with serving.store.read() as db:
        four, _ = goals.outlets(db, when.year, when.cut_off)
    since: date | None = when.period.start
    return TargetsAnswer(
        as_of=when.cut_off, year=when.year, since=since, note=NOTE,
        target5=Target5Answer(
            total=RegulationFigures(**_figures(five.total)),
            quarters=tuple(QuarterFigures(**_figures(one), quarter=name) for name, one in five.by_quarter),
        ),
        target4=Target4Answer(
            total=_outlets(four.total), press=_outlets(four.by_group["press"]), local=_outlets(four.by_group["local"])
        ),
    )  # fmt: skip


def _figures(one: Counts) -> dict[str, Any]:
    return {
        **asdict(one),
        "share": Share(numerator=one.clean, denominator=one.in_force, value=one.share),
        "coverage": Share(numerator=one.reviewed, denominator=one.in_force, value=one.coverage),
    }


def _outlets(one: Applied) -> OutletFigures:
    share = Share(numerator=one.applying, denominator=one.outlets, value=one.share)
    return OutletFigures(applying=one.applying, outlets=one.outlets, trying=one.trying, share=share)
