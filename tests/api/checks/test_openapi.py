"""The OpenAPI documents, and whether the server does what they say: asked by Schemathesis over HTTP."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from api.checks.service import Limits
from api.checks.v1 import create_v1

HERE = Path(__file__).parent
LIMITS = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")


@pytest.fixture(params=["v1", "v2"])
def document(request, client) -> dict:
    """Return the document of each version."""
    return client.get(f"/{request.param}/openapi.json").json()


def _operations(document: dict) -> Iterator[tuple[str, dict]]:
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            yield f"{method.upper()} {path}", operation


def test_every_operation_has_a_summary_a_tag_and_an_example_of_each_answer(document):
    assert document["openapi"].startswith("3.1")
    for name, operation in _operations(document):
        assert operation["summary"], name
        assert operation["description"], name
        assert operation["tags"], name
        for status, answer in operation["responses"].items():
            for media, content in answer["content"].items():
                assert "example" in content, (name, status, media)


def test_every_request_has_an_example(document):
    for name, operation in _operations(document):
        for parameter in operation.get("parameters", ()):
            schema = parameter["schema"]
            told = "example" in parameter or "examples" in schema or "enum" in schema or "anyOf" in schema
            assert told, (name, parameter["name"])
        for content in operation.get("requestBody", {}).get("content", {}).values():
            assert "example" in content or "$ref" in content["schema"], name


def test_every_example_is_as_its_schema_says(document):
    for name, operation in _operations(document):
        shown = [*operation["responses"].values(), *filter(None, [operation.get("requestBody")])]
        for content in (content for one in shown for content in one["content"].values() if "example" in content):
            rooted = {**content["schema"], "components": document["components"]}
            errors = [error.message for error in Draft202012Validator(rooted).iter_errors(content["example"])]
            assert not errors, (name, errors)


def test_models_of_requests_are_shown_with_an_example_that_fits(client):
    schemas = client.get("/v1/openapi.json").json()["components"]
    for name in ("CheckRequest", "Batch"):
        schema = schemas["schemas"][name]
        assert Draft202012Validator({**schema, "components": schemas}).is_valid(schema["examples"][0])


def test_problems_limits_and_the_key_are_told(client):
    document = client.get("/v1/openapi.json").json()
    answers = document["paths"]["/checks"]["post"]["responses"]
    assert set(answers) == {"200", "400", "401", "403", "408", "413", "415", "422", "429", "503"}
    assert set(LIMITS) <= set(answers["200"]["headers"])
    assert {"Retry-After", *LIMITS} == set(answers["429"]["headers"])
    assert set(answers["503"]["headers"]) == {"Retry-After"}
    assert document["components"]["securitySchemes"]["key"]["scheme"] == "bearer"
    keyed = {path for path, found in document["paths"].items() if any("security" in one for one in found.values())}
    assert keyed == {"/checks", "/checks:batch", "/targets"}
    for path in keyed:
        assert {"401", "403"} <= set(next(iter(document["paths"][path].values()))["responses"])


def test_the_document_names_no_answer_the_framework_made_up(service):
    assert "HTTPValidationError" not in str(create_v1(service).openapi())


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_schemathesis_finds_nothing(live, service, key, version, tmp_path):
    service.limits = Limits(1_000_000, 1_000_000)
    words = ["--config-file", str(HERE / "schemathesis.toml"), "run", f"{live}/{version}/openapi.json"]
    asked = subprocess.run(
        [sys.executable, "-m", "schemathesis.cli", *words], cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(HERE.parents[2]), "AUDITOR_TEST_KEY": key}, capture_output=True, text=True,
        timeout=300,
    )  # fmt: skip
    assert asked.returncode == 0, "\n".join(line[:300] for line in asked.stdout.splitlines()) + asked.stderr
    assert "No issues found" in asked.stdout
