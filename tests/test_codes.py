"""Every code a user can meet has one meaning, and stands in the table of codes."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

CODE = re.compile(r"GA\d{3}")
ROW = re.compile(r"\| (GA\d{3}) \| (.+?) \| (.+?) \|")
ONE_MEANING = {
    "GA400": "the program itself failed",
    "GA401": "nothing stands at the address that was asked for",
    "GA402": "the request as a whole cannot be read",
    "GA413": "more was sent than is taken in at once",
    "GA422": "fields are missing or of the wrong kind",
    "GA440": "the key has not the right",
    "GA452": "a parameter of /v2/check is missing or wrong",
}
"""Codes told in several places, and what all of them mean."""


def _told(root: Path) -> dict[str, set[str]]:
    """Return where each code is told to someone: as an argument, or first of a pair with its words; by file and line.

    Codes in sets, as keys of mappings and in comparisons are only looked at.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for path in (*root.joinpath("auditor").rglob("*.py"), *root.joinpath("api").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            values: list[ast.expr] = []
            if isinstance(node, ast.Call):
                values = [*node.args, *(keyword.value for keyword in node.keywords)]
            elif isinstance(node, ast.Tuple):
                values = node.elts
            elif isinstance(node, ast.Assign):
                values = [node.value]
            for value in values:
                if isinstance(value, ast.Constant) and isinstance(value.value, str) and CODE.fullmatch(value.value):
                    found[value.value].add(f"{path.relative_to(root)}:{value.lineno}")
    return found


def _written(root: Path) -> set[str]:
    """Return every code that stands anywhere in the program."""
    paths = [path for part in ("auditor", "api") for path in (root / part).rglob("*") if path.suffix in {".py", ".js"}]
    return {code for path in paths for code in re.findall(r"GA[1-4]\d\d(?!\d)", path.read_text(encoding="utf-8"))}


@pytest.fixture(scope="module")
def rows(root: Path) -> list[tuple[str, str, str]]:
    """Return the rows of the table: code, what happened, what to do."""
    return ROW.findall((root / "api/guide/ma-loi.md").read_text(encoding="utf-8"))


def test_a_code_of_the_pages_and_the_api_is_told_in_one_place(root: Path) -> None:
    several = {code: sorted(places) for code, places in _told(root).items() if code[2] == "4" and len(places) > 1}
    assert {code: places for code, places in several.items() if code not in ONE_MEANING} == {}


def test_every_code_stands_in_the_table_once_and_none_that_is_not_told(root: Path, rows) -> None:
    codes = [code for code, _, _ in rows]
    assert len(codes) == len(set(codes))
    assert set(_told(root)) - set(codes) == set(), "write it into api/guide/ma-loi.md"
    assert set(codes) - _written(root) == set()


def test_no_two_codes_mean_the_same(rows) -> None:
    meanings = [what for _, what, _ in rows]
    assert len(meanings) == len(set(meanings))
    assert all(what and do for _, what, do in rows)
