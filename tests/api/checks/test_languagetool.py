"""The protocol of LanguageTool, as its clients use it."""

from __future__ import annotations

import json
import time

import language_tool_python
import pytest
from language_tool_python.exceptions import LanguageToolError

from api.checks.service import Limits, Service
from auditor.store import keys
from tests.api.checks.conftest import auditor

FIRST = "Phụ nữ chân yếu tay mềm thì không làm lãnh đạo được 😀."
BODY = f"Sáng nay 👍 bản Co Muông họp.\n\n{FIRST} Phụ nữ chân yếu tay mềm thì không hợp với nghề này."
CLAUSE = "Quy ước thôn.\n\nĐiều 1. Con gái đi lấy chồng thì không được chia đất."


def _check(client, **form):
    return client.post("/v2/check", data={"language": "vi", **form})


def _at(source: str, match: dict) -> str:
    """Return what a match marks, counted as the protocol counts."""
    start = 2 * match["offset"]
    return source.encode("utf-16-le")[start : start + 2 * match["length"]].decode("utf-16-le")


def test_a_match_has_all_that_languagetool_writes(client):
    answer = _check(client, text=BODY).json()
    match = answer["matches"][0]
    assert set(match) == {
        "message", "shortMessage", "replacements", "offset", "length", "context", "sentence", "type", "rule",
        "ignoreForIncompleteSentence", "contextForSureMatch",
    }  # fmt: skip
    rule = auditor(True).rulebook.rules[match["rule"]["id"]]
    assert match["rule"]["description"] == match["shortMessage"] == rule.title
    assert match["rule"]["category"]["id"] == rule.category
    assert match["rule"]["urls"][0]["value"].endswith(f"/v1/rules/{rule.id}")
    assert match["message"].startswith(rule.message)
    assert answer["warnings"] == {"incompleteResults": False}
    assert answer["language"]["detectedLanguage"]["code"] == "vi-VN"


def test_offsets_and_sentences_count_utf_16_units(client):
    answer = _check(client, text=BODY).json()
    assert [_at(BODY, match) for match in answer["matches"]] == [match["sentence"] for match in answer["matches"]]
    assert answer["matches"][0]["sentence"] == FIRST
    ranges = [_at(BODY, {"offset": start, "length": end - start}) for start, end in answer["sentenceRanges"]]
    assert ranges[:2] == ["Sáng nay 👍 bản Co Muông họp.", FIRST]


def test_the_context_is_one_line_and_shows_where_the_match_stands(client):
    match = _check(client, text=BODY + " Bà con nói chuyện làm nương, làm ruộng, chăn nuôi." * 3).json()["matches"][0]
    context = match["context"]
    assert "\n" not in context["text"]
    assert context["text"].endswith("...")
    assert _at(context["text"], context) == match["sentence"]


def test_annotated_text_is_read_without_its_markup_and_marked_with_it(client):
    pieces = [
        {"markup": "<p>"},
        {"text": "Phụ nữ chân yếu "},
        {"markup": "<b>"},
        {"text": "tay mềm"},
        {"markup": "</b>&nbsp;", "interpretAs": " "},
        {"text": "thì không làm lãnh đạo được."},
        {"markup": "</p>"},
    ]
    answer = _check(client, data=json.dumps({"annotation": pieces})).json()
    source = "".join(next(iter(piece.values())) for piece in pieces)
    assert _at(source, answer["matches"][0]) == source.removeprefix("<p>").removesuffix("</p>")


def test_a_clause_is_offered_for_a_clause_and_advice_is_only_said(client):
    clause = _check(client, text=CLAUSE, kind="auto").json()["matches"][0]
    assert clause["replacements"] == [{"value": auditor(True).rulebook.rules[clause["rule"]["id"]].suggestion}]
    assert "Gợi ý" not in clause["message"]
    advice = _check(client, text=BODY).json()["matches"][0]
    assert advice["replacements"] == []
    assert auditor(True).rulebook.rules[advice["rule"]["id"]].suggestion in advice["message"]


def test_texts_of_a_newsroom_are_articles_and_others_what_their_words_tell(client, service):
    service.keyless = True
    form = {"language": "vi", "text": FIRST}

    def families(answer):
        return {match["rule"]["id"][:2] for match in answer.json()["matches"]}

    assert families(client.post("/v2/check", data=form)) == {"MD"}
    assert families(client.post("/v2/check", data={**form, "kind": "regulation"})) == {"HU"}
    assert families(client.post("/v2/check", data=form, headers={"Authorization": ""})) == {"HU"}


def test_rules_and_categories_can_be_left_out_or_chosen(client):
    rule = _check(client, text=BODY).json()["matches"][0]["rule"]
    id, category = rule["id"], rule["category"]["id"]

    def rules(**form):
        return {match["rule"]["id"] for match in _check(client, text=BODY, **form).json()["matches"]}

    assert id not in rules(disabledRules=f"XX-1,{id}")
    assert id not in rules(disabledCategories=category)
    assert id in rules(disabledCategories=category, enabledRules=id)
    assert rules(enabledOnly="true", enabledRules=id) == {id}
    assert rules(enabledOnly="true", enabledCategories="KHONG-CO") == set()


@pytest.mark.parametrize(
    ("form", "status", "code"),
    [
        ({"text": "Chào"}, 400, "GA452"),
        ({"text": "Chào", "language": "de-DE"}, 400, "GA453"),
        ({"language": "vi"}, 400, "GA452"),
        ({"language": "vi", "text": "a", "data": "{}"}, 400, "GA452"),
        ({"language": "vi", "data": "{"}, 400, "GA431"),
        ({"language": "vi", "data": '{"annotation": [{"text": "\\ud800"}]}'}, 400, "GA452"),
        ({"language": "vi", "text": "a", "level": "khó"}, 400, "GA452"),
        ({"language": "vi", "text": "a", "kind": "thơ"}, 400, "GA452"),
        ({"language": "vi", "text": "a", "enabledOnly": "true"}, 400, "GA452"),
        ({"language": "vi", "text": "a" * 200_001}, 413, "GA413"),
    ],
)
def test_errors_are_plain_text_with_our_code(client, form, status, code):
    answer = client.post("/v2/check", data=form)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.text.startswith(f"Error: {code}: ")


@pytest.mark.parametrize("body", [b"text=%ff&language=vi", b"\xff\xfe", b"a=1&" * 200, b"text=%00&language=vi"])
def test_odd_bodies_never_fail(client, body):
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert client.post("/v2/check", content=body, headers=form).status_code in {200, 400}


@pytest.mark.parametrize("text", ["", " ", "\x00", "the quick brown fox jumps over the lazy dog again"])
def test_what_cannot_be_judged_is_incomplete_never_clean(client, text):
    answer = _check(client, text=text, language="auto").json()
    assert answer["matches"] == []
    assert answer["warnings"]["incompleteResults"] is True
    assert answer["warnings"]["incompleteResultsReason"]


def test_a_check_that_takes_too_long_is_incomplete(client, service, monkeypatch):
    slow = service.pool.submit
    monkeypatch.setattr(
        service.pool, "submit", lambda task: service.pool._threads.submit(lambda: (time.sleep(1), slow(task)))
    )
    monkeypatch.setattr("api.checks.languagetool.PATIENCE", 0.05)
    assert _check(client, text=BODY).json()["warnings"]["incompleteResults"] is True


def test_a_text_can_be_asked_for_in_the_address(client):
    assert client.get("/v2/check", params={"text": BODY, "language": "vi-VN"}).json()["matches"]


def test_a_form_whose_writer_encodes_nothing_is_read_as_it_stands(client, key):
    """LibreOffice up to 7.5 sends its paragraphs so."""
    text = f"A & B được 100%25 và 5+5. {FIRST}"
    body = f"text={text}&language=vi-VN&username=x&apiKey={key}".encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Authorization": ""}
    answer = client.post("/v2/check", content=body, headers=headers).json()
    assert [_at(text, match) for match in answer["matches"]] == [match["sentence"] for match in answer["matches"]]
    assert answer["matches"]


def test_the_key_may_stand_in_the_form(client, store, key, service):
    headers = {"Authorization": ""}
    assert client.post("/v2/check", data={"language": "vi", "text": BODY, "apiKey": key}, headers=headers).json()
    refused = client.post("/v2/check", data={"language": "vi", "text": BODY, "apiKey": "ga_sai"}, headers=headers)
    assert (refused.status_code, refused.text[:12]) == (403, "Error: GA439")
    assert client.post("/v2/check", data={"language": "vi", "text": BODY}, headers=headers).status_code == 403
    service.write()
    with store.read() as db:
        assert sum(day.checks for day in keys.usage(db, 1)) == 1


def test_a_key_that_may_not_check_is_refused(client, store):
    with store.change() as change:
        _, reading = keys.add(change, 1, "đọc", ["read"])
    answer = client.post("/v2/check", data={"language": "vi", "text": BODY, "apiKey": reading}, headers={
        "Authorization": ""
    })  # fmt: skip
    assert (answer.status_code, answer.text[:12]) == (403, "Error: GA440")


def test_paragraphs_count_a_tenth_of_an_article_and_too_many_are_told_when_there_is_more(client, service):
    service.limits = Limits(per_minute=1, per_day=100)
    answers = [_check(client, text="Bản có điện.") for _ in range(11)]
    assert [answer.status_code for answer in answers] == [200] * 10 + [429]
    assert answers[-1].text.startswith("Error: GA436")
    assert int(answers[-1].headers["Retry-After"]) >= 1


def test_without_keys_each_address_has_its_limits(client, store, service):
    service.keyless, service.limits = True, Limits(per_minute=1, per_day=100)
    form = {"language": "vi", "text": "Bản có điện."}
    answers = [client.post("/v2/check", data=form, headers={"Authorization": ""}) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [200] * 10 + [429]
    assert _check(client, text="Bản có điện.").status_code == 200


def test_what_is_not_a_check_needs_no_key(client):
    client.headers.pop("Authorization")
    assert "vi-VN" in {language["longCode"] for language in client.get("/v2/languages").json()}
    assert client.get("/v2/healthcheck").text == "OK"
    assert client.get("/v2/info").json()["software"]["apiVersion"] == 1
    assert int(client.get("/v2/maxtextlength").text) > 2_500
    assert client.get("/v2/khong-co").text.startswith("Error: GA401")


@pytest.fixture
def tool(live: str, service: Service):
    service.keyless = True
    with language_tool_python.LanguageTool("vi-VN", remote_server=live) as tool:
        yield tool


def test_language_tool_python_finds_what_is_marked(tool):
    found = tool.check(BODY)
    assert found
    for match in found:
        assert BODY[match.offset :].startswith("Phụ nữ chân yếu")
    assert {match.rule_id for match in found} <= set(auditor(True).rulebook.rules)
    tool.disabled_rules = {match.rule_id for match in found}
    assert tool.check(BODY) == []


def test_language_tool_python_puts_clauses_in_place(tool):
    rules = auditor(True).rulebook.rules
    found = tool.check(CLAUSE)
    assert tool.correct(CLAUSE) == CLAUSE.replace(
        CLAUSE[found[0].offset : found[0].offset + found[0].error_length], rules[found[0].rule_id].suggestion
    )


def test_language_tool_python_is_told_our_errors(tool, service):
    service.keyless = False
    with pytest.raises(LanguageToolError, match="GA439"):
        tool.check(BODY)
