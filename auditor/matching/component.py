"""The engine as a spaCy component: ``nlp.add_pipe("gender_auditor", config={"kind": "article"})``.

It annotates a ``Doc`` with ``doc.spans["gender"]``: one span a finding, labelled with the rule's id.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from auditor.documents.interface import Kind, document_of
from auditor.matching.evidence import Evidence, model_file
from auditor.matching.matcher import Matcher, judged, stretches
from auditor.rulebook.loader import load_rulebook

SPANS_KEY = "gender"


class GenderAuditor:
    """Marks the findings of a text on its Doc."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self._matcher = Matcher(load_rulebook().only(kind), Evidence(model_file(kind)))

    def __call__(self, doc: Doc) -> Doc:
        """Return the Doc with ``doc.spans["gender"]`` filled; spans are widened to whole tokens."""
        spans: list[Span] = []
        for verdict in self._matcher.match(doc.text, stretches(judged(document_of(doc.text, kind=self._kind)))):
            for hit in verdict.hits:
                span = doc.char_span(hit.sentence.start, hit.sentence.end, label=hit.rule.id, alignment_mode="expand")
                if span is not None:
                    spans.append(span)
        doc.spans[SPANS_KEY] = spans
        return doc


@Language.factory("gender_auditor", default_config={"kind": "regulation"})
def make_gender_auditor(nlp: Language, name: str, kind: Kind) -> GenderAuditor:
    """Build the component for a pipeline of one kind of document."""
    return GenderAuditor(kind)
