"""Version 1 of the API: one article or a batch in, findings with their places and a gate out."""

from __future__ import annotations

import asyncio
import hashlib
import platform
from collections.abc import Callable, Coroutine, Sequence
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import Depends, FastAPI, Header, HTTPException, Request, Security
from fastapi.responses import Response
from fastapi.routing import APIRoute
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from api.checks.matches import rewording
from api.checks.problems import documented, install, unauthorised
from api.checks.service import BUDGET, LONGEST, Allowance, Service
from auditor import __version__
from auditor.checks.article import Article
from auditor.checks.check import Checked
from auditor.checks.gate import Gate, Policy, gate
from auditor.checks.pool import Task
from auditor.errors import ApiError
from auditor.indicators.loader import IndicatorSet
from auditor.record import AuditRecord, ErrorRecord, SourceRecord
from auditor.rulebook.models import Rule
from auditor.store import clock, policies
from auditor.store.answered import Answered
from auditor.store.keys import Key

BODY = 2 * 2**20
"""Bytes of one request."""
MOST = 50
"""Articles of one batch."""
EXAMPLE: dict[str, JsonValue] = {
    "id": "bai-1",
    "title": "Bóng hồng duy nhất trong đội cứu hộ",
    "body": "<p>Phụ nữ chân yếu tay mềm thì không hợp với nghề này.</p>",
    "format": "html",
    "byline": "Lò Thị Ỏn",
    "date": "2026-11-20",
}


class CheckRequest(Article):
    """An article, the day whose law counts, and how long the answer may take."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_extra={"examples": [EXAMPLE]})

    as_of: date | None = None
    budget_ms: int = Field(default=int(BUDGET * 1000), ge=50, le=int(LONGEST * 1000))


class Batch(BaseModel):
    """Several articles, checked side by side and answered in their order."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_extra={"examples": [{"articles": [EXAMPLE]}]})

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

    gate: Gate
    gate_findings: tuple[str, ...] = ()
    incomplete: bool = False
    places: tuple[PlaceAnswer, ...] = ()


class BatchAnswer(BaseModel):
    """The answers of a batch, in the order of its articles."""

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

    message: str
    why: str
    suggestion: str
    basis: tuple[str, ...]
    flag: tuple[str, ...]
    passes: tuple[str, ...]


class RuleList(BaseModel):
    """All rules."""

    rulebook: str
    rules: tuple[RuleSummary, ...]


class Health(BaseModel):
    """That the server answers, and with what."""

    status: Literal["ok"] = "ok"
    engine: str
    rulebook: str
    python: str


_bearer = HTTPBearer(auto_error=False, description="Khoá của toà soạn, dạng ga_…")


def service(request: Request) -> Service:
    """Return what answers."""
    found: Service = request.app.state.service
    return found


def key_with(scope: str) -> Any:
    """Return the dependency of a handler that needs a key with a scope."""

    async def key(
        serving: Annotated[Service, Depends(service)],
        given: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)],
    ) -> Key:
        found = await serving.known(given.credentials) if given else None
        if found is None:
            raise unauthorised()
        if scope not in found.scopes:
            raise ApiError("GA440", "Khoá này không có quyền cho việc đó. Xin dùng khoá khác hoặc nhờ Sở cấp quyền.")
        return found

    return Depends(key)


Serving = Annotated[Service, Depends(service)]
CheckKey = Annotated[Key, key_with("check")]
Idempotency = Annotated[
    str | None, Header(max_length=200, description="Gửi lại cùng khoá này nhận đúng câu trả lời cũ.")
]


def create_v1(serving: Service) -> FastAPI:
    """Return version 1 of the API, to be mounted at ``/v1``."""
    app = FastAPI(
        title="Soát giới: kiểm tra trước khi đăng",
        version=__version__,
        summary="Soát bài báo trước khi đăng: phát hiện về giới, vị trí trong bài, và cổng đăng.",
        docs_url=None,
        redoc_url=None,
        servers=[{"url": "/v1"}],
        root_path_in_servers=False,
    )
    app.state.service = serving
    app.router.route_class = LimitedRoute
    install(app)
    errors = documented(400, 401, 403, 413, 422, 429, 500, 503)
    app.post("/checks", response_model=CheckAnswer, responses=errors, tags=["checks"])(check)
    app.post("/checks:batch", response_model=BatchAnswer, responses=errors, tags=["checks"])(check_batch)
    app.get("/rules", response_model=RuleList, tags=["rulebook"])(rules)
    app.get("/rules/{id}", response_model=RuleAnswer, responses=documented(404), tags=["rulebook"])(rule)
    app.get("/indicators", tags=["rulebook"])(indicators)
    app.get("/health", response_model=Health, tags=["server"])(health)
    return app


class LimitedRoute(APIRoute):
    """A route that reads no more of a request than it may."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return a handler that reads the body first."""
        handler = super().get_route_handler()

        async def limited(request: Request) -> Response:
            body = bytearray()
            async for part in request.stream():
                body += part
                if len(body) > BODY:
                    raise HTTPException(413)
            request._body = bytes(body)
            return await handler(request)

        return limited


async def check(
    serving: Serving, key: CheckKey, sent: CheckRequest, request: Request, idempotency_key: Idempotency = None
) -> Response:
    """Soát một bài: bản ghi soát, vị trí từng phát hiện trong bài đã gửi, và cổng pass | review | block."""
    body = await request.body()
    return await _once(
        serving, key, idempotency_key, body, [sent], lambda answers: answers[0].model_dump_json(by_alias=True)
    )


async def check_batch(
    serving: Serving, key: CheckKey, sent: Batch, request: Request, idempotency_key: Idempotency = None
) -> Response:
    """Soát nhiều bài một lần; trả lời theo đúng thứ tự đã gửi."""
    body = await request.body()
    return await _once(
        serving, key, idempotency_key, body, sent.articles,
        lambda answers: BatchAnswer(results=tuple(answers)).model_dump_json(by_alias=True),
    )  # fmt: skip


async def rules(serving: Serving) -> RuleList:
    """Danh sách quy tắc."""
    book, approved = serving.rulebook, await asyncio.to_thread(serving.approved)
    return RuleList(rulebook=book.version, rules=tuple(_summary(rule, approved) for rule in book.rules.values()))


async def rule(serving: Serving, id: str) -> RuleAnswer:
    """Một quy tắc: lời báo, vì sao, gợi ý sửa, căn cứ, ví dụ."""
    found = serving.rulebook.rules.get(id)
    if found is None:
        raise ApiError("GA401", "Không có quy tắc này. Danh sách quy tắc ở /v1/rules.")
    summary = _summary(found, await asyncio.to_thread(serving.approved))
    return RuleAnswer(
        **summary.model_dump(), message=found.message, why=found.why, suggestion=found.suggestion, basis=found.basis,
        flag=found.examples.flag, passes=found.examples.pass_,
    )  # fmt: skip


async def indicators(serving: Serving) -> dict[str, Any]:
    """Bộ chỉ số về giới trong truyền thông: nhóm và chỉ số."""
    found: IndicatorSet = serving.indicators
    return {
        "method": found.method.model_dump(mode="json"),
        "objectives": [one.model_dump(mode="json") for one in found.objectives],
        "groups": [one.model_dump(mode="json") for one in found.groups],
    }


async def health(serving: Serving) -> Health:
    """Máy chủ còn trả lời, với phiên bản nào."""
    return Health(engine=__version__, rulebook=serving.rulebook.version, python=platform.python_version())


async def _once(
    serving: Service, key: Key, name: str | None, body: bytes, articles: Sequence[CheckRequest], written: Any
) -> Response:
    """Answer a request once: the same idempotency key brings the same answer, without another check."""
    digest = hashlib.sha256(body).hexdigest()
    kept = serving.answers.get(f"{key.id}:{name}") if name else None
    if kept is not None:
        if kept[0] != digest:
            raise ApiError("GA438", "Idempotency-Key này đã dùng cho một yêu cầu khác. Xin dùng khoá mới.")
        return Response(kept[1], media_type="application/json", headers={"Idempotent-Replayed": "true"})
    allowance = serving.admit(key, len(articles))
    approved = await asyncio.to_thread(serving.approved)
    policy = policies.gate_of(key.policy)
    answers = await asyncio.gather(*(checked(serving, one, key.outlet, policy, approved) for one in articles))
    serving.count(key, checks=len(articles), characters=sum(answer.text_length for answer in answers))
    serving.note(
        answered(key, one, answer) for one, answer in zip(articles, answers, strict=True) if _told(key, answer)
    )
    answer = written(answers).encode()
    if name and not any(one.incomplete for one in answers):
        serving.answers.put(f"{key.id}:{name}", (digest, answer))
    return Response(answer, media_type="application/json", headers=_headers(allowance))


async def checked(
    serving: Service, sent: CheckRequest, outlet: str | None, policy: Policy, approved: frozenset[str]
) -> CheckAnswer:
    """Check one article within its budget, under the policy of its outlet."""
    article = Article(**{name: getattr(sent, name) for name in Article.model_fields})
    found = await serving.check(Task(article, sent.as_of, outlet=outlet), sent.budget_ms / 1000)
    answer = _late(serving, sent, outlet) if found is None else _answer(found, article, policy, approved)
    serving.metrics.checks.labels(answer.gate).inc()
    return answer


def _told(key: Key, answer: CheckAnswer) -> bool:
    """Say whether a check is kept, or hooks may be told of it."""
    return answer.gate != "pass" or bool(key.policy.get("keep_days"))


def answered(key: Key, sent: CheckRequest, answer: CheckAnswer) -> Answered:
    """Return what the store may remember of a check: without the text, unless the outlet wants it kept."""
    closed = set(answer.gate_findings)
    return Answered(
        outlet_id=key.outlet_id, key_id=key.id, id=sent.id, gate=answer.gate,
        incomplete=answer.incomplete, rules=tuple(one.rule for one in answer.findings),
        closed=tuple((one.id, one.rule) for one in answer.findings if one.id in closed), at=clock.now(),
        sent=sent if key.policy.get("keep_days") else None,
    )  # fmt: skip


def _answer(found: Checked, article: Article, policy: Policy, approved: frozenset[str]) -> CheckAnswer:
    record = found.record
    closed, why = gate(record.findings, policy, approved)
    if record.status == "unreadable":
        closed = "review"
    places = tuple(
        PlaceAnswer(
            finding=finding.id,
            field=place.field,
            start=place.start,
            end=place.end,
            utf16_start=utf16(sent := _field(article, place.field), place.start),
            utf16_end=utf16(sent, place.end),
            rewording=rewording(finding),
        )
        for finding, place in zip(record.findings, found.places, strict=True)
        if place is not None
    )
    return CheckAnswer(**dict(record), gate=closed, gate_findings=why, places=places)


def _late(serving: Service, sent: CheckRequest, outlet: str | None) -> CheckAnswer:
    """Return the answer of a check whose time ran out: nothing is known, so a person looks."""
    error = ErrorRecord(
        code="GA435", message="Hết thời gian cho phép trước khi soát xong. Xin gửi lại hoặc tăng budget_ms."
    )
    return CheckAnswer(
        id=sent.id, outlet=outlet, kind=sent.kind, title=sent.title or None, date=sent.date, engine=__version__,
        rulebook=serving.rulebook.version, as_of=sent.as_of or sent.date or date.today(), status="unreadable",
        source=SourceRecord(path=sent.id, form=sent.format), error=error, gate="review", incomplete=True,
    )  # fmt: skip


def utf16(text: str, end: int) -> int:
    """Return how many UTF-16 units the first code points of a text take."""
    return end + sum(letter > "\uffff" for letter in text[:end])


def _field(article: Article, name: str) -> str:
    if name.startswith("captions["):
        return article.captions[int(name[9:-1])]
    found: str = getattr(article, name)
    return found


def _summary(rule: Rule, approved: frozenset[str]) -> RuleSummary:
    return RuleSummary(
        id=rule.id, title=rule.title, category=rule.category, severity=rule.severity, status=rule.status,
        approved=rule.id in approved,
    )  # fmt: skip


def _headers(left: Allowance) -> dict[str, str]:
    return {
        "RateLimit-Limit": str(left.limit),
        "RateLimit-Remaining": str(left.remaining),
        "RateLimit-Reset": str(left.reset),
    }
