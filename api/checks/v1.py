"""Version 1 of the API: one article or a batch in, findings with their places and a gate out."""

from __future__ import annotations

import asyncio
import hashlib
import platform
from collections.abc import Callable, Coroutine, Iterable, Sequence
from datetime import date
from email.message import Message
from typing import Annotated, Any

from fastapi import FastAPI, Header, Path, Request
from fastapi.responses import Response
from fastapi.routing import APIRoute

from api.checks import described
from api.checks.access import CheckKey, Serving
from api.checks.answers import (
    Batch,
    BatchAnswer,
    CheckAnswer,
    CheckRequest,
    Health,
    Indicators,
    PlaceAnswer,
    RuleAnswer,
    RuleList,
    RuleSummary,
    TargetsAnswer,
)
from api.checks.described import documented, limited, succeeded
from api.checks.matches import Units, rewording
from api.checks.problems import install
from api.checks.reading import read_body
from api.checks.service import Allowance, Service
from api.checks.targets import targets
from auditor import __version__
from auditor.checks.article import Article
from auditor.checks.check import Checked
from auditor.checks.gate import Policy, gate
from auditor.checks.pool import Task
from auditor.errors import ApiError
from auditor.record import ErrorRecord, SourceRecord
from auditor.rulebook.models import Rule
from auditor.store import clock, policies
from auditor.store.answered import Answered
from auditor.store.keys import Key

BODY = 2 * 2**20
"""Bytes of one request."""
LATE = ErrorRecord(code="GA435", message="Hết thời gian cho phép trước khi soát xong. Xin gửi lại hoặc tăng budget_ms.")
Idempotency = Annotated[
    str | None,
    Header(max_length=200, description="Gửi lại cùng khoá này nhận đúng câu trả lời cũ.", examples=["bai-1-lan-luu-7"]),
]


def create_v1(serving: Service) -> FastAPI:
    """Return version 1 of the API, to be mounted at ``/v1``."""
    app = FastAPI(
        title="Soát giới: kiểm tra trước khi đăng",
        version=__version__,
        summary="Soát bài báo trước khi đăng: phát hiện về giới, vị trí trong bài, và cổng đăng.",
        description=described.ABOUT,
        openapi_tags=described.TAGS,
        docs_url=None,
        redoc_url=None,
        servers=[{"url": "/v1"}],
        root_path_in_servers=False,
    )
    app.state.service = serving
    app.router.route_class = LimitedRoute
    install(app)
    described.install(app)
    # fmt: off
    refused = documented(400, 401, 403, 408, 413, 415, 422, 429, 503)
    app.post(
        "/checks", summary="Soát một bài", response_model=CheckAnswer, tags=["checks"],
        responses={200: limited(CheckAnswer), **refused},
    )(check)
    app.post(
        "/checks:batch", summary="Soát nhiều bài một lần", response_model=BatchAnswer, tags=["checks"],
        responses={200: limited(BatchAnswer), **refused},
    )(check_batch)
    app.get(
        "/targets", summary="Số liệu mục tiêu 5 và mục tiêu 4", description=described.TARGETS, tags=["targets"],
        response_model=TargetsAnswer,
        responses={200: succeeded(TargetsAnswer), **documented(401, 403, 422)},
    )(targets)
    app.get(
        "/rules", summary="Danh sách quy tắc", response_model=RuleList, tags=["rulebook"],
        responses={200: succeeded(RuleList)},
    )(rules)
    app.get(
        "/rules/{id}", summary="Một quy tắc", response_model=RuleAnswer, tags=["rulebook"],
        responses={200: succeeded(RuleAnswer), **documented(404)},
    )(rule)
    app.get(
        "/indicators", summary="Bộ chỉ số về giới trong truyền thông", response_model=Indicators, tags=["rulebook"],
        responses={200: succeeded(Indicators)},
    )(indicators)
    app.get(
        "/health", summary="Máy chủ còn trả lời không", response_model=Health, tags=["server"],
        responses={200: succeeded(Health)},
    )(health)
    # fmt: on
    return app


class LimitedRoute(APIRoute):
    """A route that reads no more of a request than it may, and only JSON."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return a handler that reads the body first."""
        handler = super().get_route_handler()

        async def limited(request: Request) -> Response:
            body = await read_body(request, BODY)
            if self.body_field is not None and not _is_json(request.headers.get("content-type", "")):
                raise ApiError("GA457", "Máy chủ chỉ nhận JSON. Xin gửi kèm Content-Type: application/json.")
            request._body = body
            return await handler(request)

        return limited


def _is_json(said: str) -> bool:
    """Say whether a content type is one that the framework reads as JSON."""
    message = Message()
    message["content-type"] = said
    kind = message.get_content_type()
    return kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))


async def check(
    serving: Serving, key: CheckKey, sent: CheckRequest, request: Request, idempotency_key: Idempotency = None
) -> Response:
    """Trả về bản ghi soát, vị trí từng phát hiện trong bài đã gửi, và cổng pass | review | block."""
    body = await request.body()
    return await _once(
        serving, key, idempotency_key, body, [sent], lambda answers: answers[0].model_dump_json(by_alias=True)
    )


async def check_batch(
    serving: Serving, key: CheckKey, sent: Batch, request: Request, idempotency_key: Idempotency = None
) -> Response:
    """Trả lời theo đúng thứ tự đã gửi."""
    body = await request.body()
    return await _once(
        serving, key, idempotency_key, body, sent.articles,
        lambda answers: BatchAnswer(results=tuple(answers)).model_dump_json(by_alias=True),
    )  # fmt: skip


async def rules(serving: Serving) -> RuleList:
    """Quy tắc nào cũng có mã, tên, nhóm, mức và cho biết đã được phê duyệt chưa."""
    book, approved = serving.rulebook, await serving.holding()
    return RuleList(rulebook=book.version, rules=tuple(_summary(rule, approved) for rule in book.rules.values()))


async def rule(serving: Serving, id: Annotated[str, Path(examples=["MD-ROLE-02"])]) -> RuleAnswer:
    """Lời báo, vì sao, gợi ý sửa, căn cứ, ví dụ."""
    found = serving.rulebook.rules.get(id)
    if found is None:
        raise ApiError("GA401", "Không có quy tắc này. Danh sách quy tắc ở /v1/rules.")
    summary = _summary(found, await serving.holding())
    return RuleAnswer(
        **summary.model_dump(), message=found.message, why=found.why, suggestion=found.suggestion, basis=found.basis,
        flag=found.examples.flag, passes=found.examples.pass_,
    )  # fmt: skip


async def indicators(serving: Serving) -> Indicators:
    """Cách đo, các mục đích, các nhóm chỉ số và từng chỉ số."""
    found = serving.indicators
    return Indicators(
        method=found.method.model_dump(mode="json"),
        objectives=tuple(one.model_dump(mode="json") for one in found.objectives),
        groups=tuple(one.model_dump(mode="json") for one in found.groups),
    )


async def health(serving: Serving) -> Health:
    """Trả lời ngay cả khi nhiều bài đang chờ soát."""
    return Health(
        engine=__version__, rulebook=serving.rulebook.version, python=platform.python_version(),
        waiting=serving.waiting,
    )  # fmt: skip


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
    approved = await serving.holding()
    policy = policies.gate_of(key.policy)
    answers = await _all(checked(serving, one, key.outlet, policy, approved) for one in articles)
    serving.count(key, checks=len(articles), characters=sum(answer.text_length for answer in answers))
    serving.note(
        answered(key, one, answer) for one, answer in zip(articles, answers, strict=True) if _told(key, answer)
    )
    answer = written(answers).encode()
    if name and not any(one.incomplete for one in answers):
        serving.answers.put(f"{key.id}:{name}", (digest, answer))
    return Response(answer, media_type="application/json", headers=_headers(allowance))


async def _all(checks: Iterable[Coroutine[Any, Any, CheckAnswer]]) -> list[CheckAnswer]:
    """Wait for checks side by side; where one is refused, the others are not worth their time."""
    tasks = [asyncio.ensure_future(check) for check in checks]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()


async def checked(
    serving: Service, sent: CheckRequest, outlet: str | None, policy: Policy, approved: frozenset[str]
) -> CheckAnswer:
    """Check one article within its budget, under the policy of its outlet."""
    article = Article(**{name: getattr(sent, name) for name in Article.model_fields})
    error = LATE
    try:
        found = await serving.check(Task(article, sent.as_of, outlet=outlet), sent.budget_ms / 1000)
    except ApiError as refusal:
        if refusal.code != "GA433":
            raise
        # The text is to blame, not the server: in a batch the others are still answered.
        found, error = None, ErrorRecord(code=refusal.code, message=refusal.message)
    answer = _unknown(serving, sent, outlet, error) if found is None else _answer(found, article, policy, approved)
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
    units = {name: Units(_field(article, name)) for name in {place.field for place in found.places if place}}
    places = tuple(
        PlaceAnswer(
            finding=finding.id, field=place.field, start=place.start, end=place.end,
            utf16_start=units[place.field].before(place.start), utf16_end=units[place.field].before(place.end),
            rewording=rewording(finding),
        )
        for finding, place in zip(record.findings, found.places, strict=True)
        if place is not None
    )  # fmt: skip
    return CheckAnswer(**dict(record), gate=closed, gate_findings=why, places=places)


def _unknown(serving: Service, sent: CheckRequest, outlet: str | None, error: ErrorRecord) -> CheckAnswer:
    """Return the answer of a check that gave nothing: a person looks, as nothing is known of the text."""
    return CheckAnswer(
        id=sent.id, outlet=outlet, kind=sent.kind, title=sent.title or None, date=sent.date, engine=__version__,
        rulebook=serving.rulebook.version, as_of=sent.as_of or sent.date or date.today(), status="unreadable",
        source=SourceRecord(path=sent.id, form=sent.format), error=error, gate="review", incomplete=error is LATE,
    )  # fmt: skip


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
