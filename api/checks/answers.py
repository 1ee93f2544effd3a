"""What version 1 of the API takes and gives, with an example of each for its document."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, JsonValue
from pydantic_core import PydanticCustomError

from api.checks.service import BUDGET, LONGEST
from auditor import __version__
from auditor.checks.article import Article, Day
from auditor.checks.gate import Gate
from auditor.record import AuditRecord

MOST = 50
"""Articles of one batch."""
Example = dict[str, JsonValue]
ARTICLE: Example = {
    "id": "bai-1",
    "title": "Bóng hồng duy nhất trong đội cứu hộ",
    "body": "<p>Phụ nữ chân yếu tay mềm thì không hợp với nghề này.</p>",
    "format": "html",
    "byline": "Lò Thị Ỏn",
    "date": "2026-11-20",
}
_NOWHERE: Example = {
    "part": None, "chapter": None, "section": None, "article": None, "clause": None, "point": None, "page": None,
}  # fmt: skip
FINDING: Example = {
    "id": "5c0b8d3f6a1e9274",
    "rule": "MD-ROLE-02",
    "category": "MD-ROLE",
    "severity": "S3",
    "confidence": 0.9,
    "start": 37,
    "end": 87,
    "quote": "Phụ nữ chân yếu tay mềm thì không hợp với nghề này.",
    "locator": {**_NOWHERE, "paragraph": 2},
    "title": "Gán khả năng làm việc theo giới",
    "message": "Câu này cho rằng phụ nữ không hợp với một nghề.",
    "why": "Năng lực làm nghề không do giới tính quyết định.",
    "basis": [],
    "suggestion": "Nêu yêu cầu của công việc, không nêu giới tính.",
    "trace": ["phụ nữ", "chân yếu tay mềm"],
    "voice": "norm",
    "speaker": None,
    "field": "body",
    "ocr_confidence": None,
    "region": None,
}
ANSWER: Example = {
    "schema": "auditor/1",
    "id": "bai-1",
    "kind": "article",
    "title": "Bóng hồng duy nhất trong đội cứu hộ",
    "date": "2026-11-20",
    "outlet": "Báo Lai Châu",
    "unit": None,
    "source": {
        "path": "bai-1", "form": "html", "encoding": None, "ocr": False, "ocr_confidence": None,
        "sha256": "2b1d3c9f4e5a68707f6e5d4c3b2a19080f1e2d3c4b5a69788796a5b4c3d2e1f0",
    },
    "engine": __version__,
    "rulebook": "1.0",
    "as_of": "2026-11-20",
    "status": "audited",
    "error": None,
    "text_length": 88,
    "findings": [FINDING],
    "warnings": [],
    "positives": [],
    "missing": [],
    "advice": [],
    "suspects": [],
    "people": [],
    "story": None,
    "gate": "review",
    "gate_findings": ["5c0b8d3f6a1e9274"],
    "incomplete": False,
    "places": [
        {
            "finding": "5c0b8d3f6a1e9274", "field": "body", "start": 3, "end": 54, "utf16_start": 3, "utf16_end": 54,
            "rewording": None,
        }
    ],
}  # fmt: skip
_RULE: Example = {
    "id": "MD-ROLE-02", "title": "Gán khả năng làm việc theo giới", "category": "MD-ROLE", "severity": "S3",
    "status": "pilot", "approved": False,
}  # fmt: skip


def shown(example: Example, extra: Literal["forbid", "ignore"] = "ignore") -> ConfigDict:
    """Return the settings of a model that is shown with an example."""
    return ConfigDict(frozen=True, json_schema_extra={"examples": [example]}, extra=extra)


def _number(value: object) -> object:
    """Refuse what pydantic would also take for a number: words, and true."""
    if isinstance(value, str | bool):
        raise PydanticCustomError("number", "phải là số nguyên")
    return value


Whole = Annotated[int, BeforeValidator(_number)]


class CheckRequest(Article):
    """An article, the day whose law counts, and how long the answer may take."""

    model_config = shown(ARTICLE, extra="forbid")

    as_of: Day | None = Field(default=None, description="Ngày của pháp luật đem áp dụng; mặc định là ngày của bài.")
    budget_ms: Whole = Field(
        default=int(BUDGET * 1000), ge=50, le=int(LONGEST * 1000),
        description="Số mili giây được phép; hết mà chưa soát xong thì incomplete là true.",
    )  # fmt: skip


class Batch(BaseModel):
    """Several articles, checked side by side and answered in their order."""

    model_config = shown({"articles": [ARTICLE]}, extra="forbid")

    articles: tuple[CheckRequest, ...] = Field(min_length=1, max_length=MOST)


class PlaceAnswer(BaseModel):
    """Where a finding stands in a field as it was sent: code points, and UTF-16 units as JavaScript counts them.

    ``rewording`` can stand in the text instead of what stands there; None where the suggestion is advice how to write.
    """

    finding: str
    field: str
    start: int
    end: int
    utf16_start: int
    utf16_end: int
    rewording: str | None = None


class CheckAnswer(AuditRecord):
    """The audit record, and what it means for publication."""

    model_config = shown(ANSWER)

    gate: Gate
    gate_findings: tuple[str, ...] = ()
    incomplete: bool = False
    places: tuple[PlaceAnswer, ...] = ()


class BatchAnswer(BaseModel):
    """The answers of a batch, in the order of its articles."""

    model_config = shown({"results": [ANSWER]})

    results: tuple[CheckAnswer, ...]


class RuleSummary(BaseModel):
    """A rule in short; ``approved`` rules may hold an article."""

    id: str
    title: str
    category: str
    severity: str
    status: str
    approved: bool


class RuleAnswer(RuleSummary):
    """A rule as people read it."""

    model_config = shown({
        **_RULE, "message": "Câu này cho rằng phụ nữ không hợp với một nghề.",
        "why": "Năng lực làm nghề không do giới tính quyết định.",
        "suggestion": "Nêu yêu cầu của công việc, không nêu giới tính.", "basis": [],
        "flag": ["Phụ nữ chân yếu tay mềm thì không hợp với nghề này."],
        "passes": ["Nghề này cần sức khoẻ tốt và được huấn luyện kỹ."],
    })  # fmt: skip

    message: str
    why: str
    suggestion: str
    basis: tuple[str, ...]
    flag: tuple[str, ...]
    passes: tuple[str, ...]


class RuleList(BaseModel):
    """All rules."""

    model_config = shown({"rulebook": "1.0", "rules": [_RULE]})

    rulebook: str
    rules: tuple[RuleSummary, ...]


class Indicators(BaseModel):
    """The indicators on gender in the media, as the rulebook writes them."""

    model_config = shown({"method": {"minimum": 30}, "objectives": [], "groups": []})

    method: dict[str, JsonValue]
    objectives: tuple[dict[str, JsonValue], ...]
    groups: tuple[dict[str, JsonValue], ...]


class Health(BaseModel):
    """That the server answers, and with what; ``waiting`` is the number of checks under way or queued."""

    model_config = shown(
        {"status": "ok", "engine": __version__, "rulebook": "1.0", "python": "3.11.7", "waiting": 0}
    )  # fmt: skip

    status: Literal["ok"] = "ok"
    engine: str
    rulebook: str
    python: str
    waiting: int


class Share(BaseModel):
    """A part of a whole; ``value`` is null where the whole is 0, never 1."""

    numerator: int
    denominator: int
    value: float | None


class RegulationFigures(BaseModel):
    """Target 5, as the board shows it: A ``in_force``, K ``reviewed``, C ``clean``.

    What was not reviewed, or waits for advice, never counts as clean.
    """

    villages: int
    in_force: int
    recognised: int
    reviewed: int
    clean: int
    discriminating: int
    consulting: int
    not_reviewed: int
    found: int
    found_clauses: int
    repaired_clauses: int
    open: int
    open_clauses: int
    recommended: int
    newly_recognised: int
    refused: int
    amended: int
    suspended: int
    abolished: int
    share: Share = Field(description="C/A: văn bản không có phân biệt đối xử trên văn bản đang có hiệu lực.")
    coverage: Share = Field(description="K/A: văn bản đã rà soát trên văn bản đang có hiệu lực.")


class QuarterFigures(RegulationFigures):
    """Target 5 from the start of the period to the end of a quarter."""

    quarter: str


class OutletFigures(BaseModel):
    """Target 4: M outlets that formally apply the indicators, of N; ``trying`` are at the trial and not among M."""

    applying: int
    outlets: int
    trying: int
    share: Share = Field(description="M/N: cơ quan chính thức áp dụng trên cơ quan thuộc phạm vi.")


class Target5Answer(BaseModel):
    """Target 5 in all and by quarter."""

    total: RegulationFigures
    quarters: tuple[QuarterFigures, ...]


class Target4Answer(BaseModel):
    """Target 4 in all, of the press, and of local information."""

    total: OutletFigures
    press: OutletFigures
    local: OutletFigures


_HALF: Example = {"numerator": 1, "denominator": 2, "value": 0.5}
_OUTLETS: Example = {"applying": 1, "outlets": 2, "trying": 0, "share": _HALF}
_TEXTS: Example = {
    **dict.fromkeys(RegulationFigures.model_fields, 0), "villages": 3, "in_force": 2, "recognised": 2,
    "reviewed": 1, "clean": 1, "not_reviewed": 1, "share": _HALF, "coverage": _HALF,
}  # fmt: skip


class TargetsAnswer(BaseModel):
    """Targets 5 and 4 as of the end of a day; only numbers added up, no text and no name."""

    model_config = shown({
        "as_of": "2026-03-31", "year": 2026, "since": "2026-01-01",
        "target5": {"total": _TEXTS, "quarters": [{**_TEXTS, "quarter": "2026-Q1"}]},
        "target4": {"total": _OUTLETS, "press": _OUTLETS, "local": _OUTLETS},
        "note": "Định nghĩa A, K, C, M, N là đề xuất, cần Sở ban hành thành quyết định.",
    })  # fmt: skip

    as_of: date
    year: int
    since: date | None = Field(description="Ngày đầu của kỳ rà soát; null là tính luỹ kế từ đầu.")
    target5: Target5Answer
    target4: Target4Answer
    note: str
