"""A document in, an audit record out: the one place where reading, matching and law meet."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache, partial
from pathlib import Path
from statistics import fmean
from typing import TypedDict

from auditor import __version__
from auditor.documents.clauses import Clause
from auditor.documents.interface import Document, Input, Kind, Unreadable
from auditor.matching.copied import Copied
from auditor.matching.evidence import Evidence, model_file
from auditor.matching.judge import Verdict
from auditor.matching.matcher import Matcher, judged, stretches
from auditor.matching.missing import Missing
from auditor.people.finder import People, PeopleFinder
from auditor.record import (
    AdviceRecord,
    AuditRecord,
    ErrorRecord,
    Finding,
    LocatorRecord,
    Notice,
    Positive,
    Region,
    Severity,
    SourceRecord,
    StoryRecord,
    Suspect,
    Voice,
)
from auditor.rulebook.loader import Rulebook, load_rulebook
from auditor.rulebook.models import Rule
from auditor.story.reader import StoryReader

POSITIVE_RULES: dict[Kind, str] = {"regulation": "HU-POS-01", "article": "MD-POS-01"}


class Auditor:
    """Audits documents; holds the rulebook and the evidence model, nothing else.

    Args:
        rules_dir: another rulebook than the shipped one.
        prefilter: False only to prove that the prefilter changes nothing.
        people: False leaves the people and the story of articles out of the record, for speed; findings stay the same.

    Raises:
        RulebookError: the rulebook is broken (GA1xx).
    """

    engine = __version__

    def __init__(self, rules_dir: Path | None = None, *, prefilter: bool = True, people: bool = True) -> None:
        self.rulebook = load_rulebook(rules_dir)
        self._tells_people = people
        self._missing = Missing(self.rulebook)
        self._copied = Copied(self.rulebook)
        self.matcher = cache(partial(_matcher, self.rulebook, prefilter=prefilter))
        self._people = cache(PeopleFinder)
        self._stories = cache(partial(StoryReader, self.rulebook.spelling))

    def audit(self, item: Input, as_of: date | None = None) -> AuditRecord:
        """Audit one document, or record why an input could not be read.

        Args:
            item: what :func:`auditor.documents.load.load` yields.
            as_of: the day whose law counts; by default today for regulations (NĐ 61/2023 Đ.24 binds older texts
                too), an article's own date for articles.
        """
        if isinstance(item, Unreadable):
            return AuditRecord(
                id=item.id, kind=item.kind, engine=self.engine, rulebook=self.rulebook.version,
                source=SourceRecord(path=item.path, form=item.form, sha256=item.sha256),
                as_of=as_of or date.today(), status="unreadable",
                error=ErrorRecord(code=item.code, message=item.message),
            )  # fmt: skip
        day = as_of or (item.published if item.kind == "article" else None) or date.today()
        clauses = judged(item)
        verdicts = self._verdicts(item, clauses)
        lacking = list(self._missing.find(item.text)) if item.kind == "regulation" else []
        people = self._people_in(item, verdicts)
        told = people if self._tells_people else None
        source = item.source
        return AuditRecord(
            id=item.id, kind=item.kind, title=item.title, date=item.published, outlet=item.outlet, unit=item.unit,
            source=SourceRecord(
                path=source.path, form=source.form, encoding=source.encoding, ocr=source.ocr,
                ocr_confidence=source.ocr_confidence, sha256=source.sha256,
            ),
            engine=self.engine, rulebook=self.rulebook.version, as_of=day, text_length=len(item.text),
            findings=tuple(self._findings(item, clauses, verdicts, people, day)),
            warnings=tuple(Notice(code=code, message=message) for code, message in item.warnings),
            positives=tuple(_positive(item, verdict) for verdict in verdicts if verdict.positive),
            missing=tuple(advice.id for advice in lacking),
            advice=tuple(AdviceRecord(id=one.id, title=one.title, advice=one.advice) for one in lacking),
            suspects=tuple(_suspect(item.text, verdict) for verdict in verdicts if verdict.suspicion is not None),
            people=told.records if told else (),
            story=self._story(item, told, verdicts) if told else None,
        )  # fmt: skip

    def _verdicts(self, document: Document, clauses: Sequence[Clause]) -> list[Verdict]:
        found = list(self.matcher(document.kind).match(document.text, stretches(clauses)))
        if document.kind == "regulation":
            found += self._copied.find(document.text, [(clause.start, clause.end) for clause in clauses])
        return sorted(found, key=lambda verdict: verdict.sentence.start)

    def _people_in(self, document: Document, verdicts: Iterable[Verdict]) -> People | None:
        """Find the people of an article, where they are asked for or may have said what was found."""
        if document.kind == "article" and (self._tells_people or any(verdict.hits for verdict in verdicts)):
            return self._people().find(document)
        return None

    def _story(self, document: Document, people: People, verdicts: Iterable[Verdict]) -> StoryRecord:
        return self._stories().read(
            document,
            people.records,
            people.shares,
            byline=self._people().byline_gender(document.byline),
            repairs=sum(verdict.positive for verdict in verdicts),
        )

    def _findings(
        self,
        document: Document,
        clauses: Iterable[Clause],
        verdicts: Iterable[Verdict],
        people: People | None,
        day: date,
    ) -> Iterable[Finding]:
        places = {clause.start: clause for clause in clauses}
        starts = sorted(places)
        for verdict in verdicts:
            for hit in verdict.hits:
                start, end = hit.sentence.start, hit.sentence.end
                clause = places[max(at for at in starts if at <= start)]
                quote = document.text[start:end]
                severity, voice, speaker = _voiced(hit.rule, people, start, end)
                identity = f"{hit.rule.id}|{start}|{quote}".encode()
                yield Finding(
                    id=hashlib.sha256(identity).hexdigest()[:16],
                    rule=hit.rule.id, category=hit.rule.category, severity=severity,
                    confidence=hit.confidence, start=start, end=end, quote=quote,
                    locator=LocatorRecord(
                        part=clause.locator.part, chapter=clause.locator.chapter, section=clause.locator.section,
                        article=clause.locator.article, clause=clause.locator.clause, point=clause.locator.point,
                        paragraph=clause.locator.paragraph, page=clause.locator.page,
                    ),
                    title=hit.rule.title, message=hit.rule.message, why=hit.rule.why,
                    basis=self.rulebook.basis(hit.rule, day), suggestion=hit.rule.suggestion,
                    trace=hit.trace, voice=voice, speaker=speaker, field=clause.field, **_seen(document, start, end),
                )  # fmt: skip


def _matcher(rulebook: Rulebook, kind: Kind, *, prefilter: bool) -> Matcher:
    """Return the matcher of one kind of document."""
    return Matcher(rulebook.only(kind), Evidence(model_file(kind)), prefilter=prefilter)


def _voiced(rule: Rule, people: People | None, start: int, end: int) -> tuple[Severity, Voice, str | None]:
    """Return how grave a finding is, and who says it: a source's own words are the paper's stereotype at most (S2)."""
    said = people.said(start, end) if people else None
    if said is None:
        return rule.severity, "norm", None
    return ("S2" if rule.severity in {"S4", "S3"} else rule.severity), "quoted", said.speaker


class _Seen(TypedDict, total=False):
    """What a finding from a scan carries."""

    ocr_confidence: float
    region: Region


def _seen(document: Document, start: int, end: int) -> _Seen:
    """Tell how surely the words between two offsets were recognised, and where they stand; nothing for typed text."""
    words = [
        word
        for placed in document.blocks
        if placed.start < end and start < placed.end
        for word in placed.block.words
        if placed.start + word.start < end and start < placed.start + word.start + len(word.text)
    ]
    if not words:
        return {}
    lefts, tops, rights, bottoms = zip(*(word.box for word in words if word.page == words[0].page), strict=True)
    return {
        "ocr_confidence": round(fmean(word.confidence for word in words), 4),
        "region": Region(page=words[0].page, left=min(lefts), top=min(tops), right=max(rights), bottom=max(bottoms)),
    }


def _positive(document: Document, verdict: Verdict) -> Positive:
    start, end = verdict.sentence.start, verdict.sentence.end
    return Positive(rule=POSITIVE_RULES[document.kind], start=start, end=end, quote=document.text[start:end])


def _suspect(text: str, verdict: Verdict) -> Suspect:
    sentence = verdict.sentence
    return Suspect(
        start=sentence.start, end=sentence.end, quote=text[sentence.start : sentence.end],
        score=round(verdict.suspicion or 0.0, 3),
    )  # fmt: skip
