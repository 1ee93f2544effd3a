"""An article is laid out as an item file with the same words would be."""

from __future__ import annotations

import json

from auditor.audit import Auditor
from auditor.checks import markup
from auditor.checks.article import Article, lay_out
from auditor.documents.interface import Line
from auditor.documents.items import read_line
from auditor.documents.limits import DEFAULT_LIMITS

TITLE = "Bóng hồng duy nhất trong đội cứu hộ"
BODY = "Chị Lò Thị Ỏn vào đội năm ngoái.\n\nPhụ nữ chân yếu tay mềm thì không hợp với nghề này, ông Giàng A Páo nói."


def test_it_is_the_document_of_an_item_with_the_same_words():
    laid = lay_out(Article(title=TITLE, lead="Sa pô ngắn.", body=BODY, captions=("Ảnh một", "Ảnh hai")))
    item = {
        "id": "article",
        "kind": "article",
        "title": TITLE,
        "text": f"Sa pô ngắn.\n\n{BODY}",
        "caption": "Ảnh một\n\nẢnh hai",
    }
    read = read_line(Line("a", 1, json.dumps(item).encode()), "article", DEFAULT_LIMITS)
    assert laid.document.text == read.text
    assert laid.document.blocks == read.blocks


def test_html_and_text_give_the_same_findings_each_with_its_place_in_what_was_sent():
    auditor = Auditor(people=False)
    html = "<p>" + BODY.replace("\n\n", "</p>\n<p>").replace("chân yếu", "<b>chân</b>&nbsp;yếu") + "</p>"
    laid = lay_out(Article(title=TITLE, body=html, format="html"))
    text = lay_out(Article(title=TITLE, body=BODY))
    found, same = auditor.audit(laid.document), auditor.audit(text.document)
    assert [f.model_dump() for f in found.findings] == [f.model_dump() for f in same.findings]
    assert found.findings
    for finding in found.findings:
        place = laid.place(finding.start, finding.end)
        assert place is not None
        sent = TITLE if place.field == "title" else html
        assert markup.read(sent[place.start : place.end]).text == finding.quote
