"""A mistake in the rulebook is named with its code, file and line."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from auditor.errors import RulebookError
from auditor.rulebook.loader import load_rulebook

RULE = """\
- id: HU-TEST-01
  title: Thử
  severity: S2
  status: pilot
  when:
    - {who: [daughter], modality: must_not, what: [land]}
    - phrase: "con gái là con người ta"
  maybe:
    - [sex, land]
  basis: ["LBDG:40.1.c"]
  message: "Thử."
  why: "Thử."
  suggestion: "Thử."
  examples:
    flag:
      - "Một."
      - "Hai."
      - "Ba."
    pass:
      - "Một."
      - "Hai."
      - "Ba."
"""
TEST_FILE = "regulations/zz_test.yaml"


@pytest.fixture
def rules(root: Path, tmp_path: Path) -> Path:
    """Return a copy of the rulebook, with one rule more in a file of its own."""
    folder = tmp_path / "rules"
    shutil.copytree(root / "rules", folder)
    (folder / TEST_FILE).write_text(RULE, encoding="utf-8")
    return folder


def mistake(rules: Path, old: str, new: str, file: str = TEST_FILE) -> RulebookError:
    """Make one change in a file, load, and return the error."""
    path = rules / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return failure(rules)


def failure(rules: Path) -> RulebookError:
    with pytest.raises(RulebookError) as caught:
        load_rulebook(rules)
    return caught.value


def line_of(words: str, text: str = RULE) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if words in line)


def assert_named(error: RulebookError, code: str, line: int, file: str = TEST_FILE) -> None:
    assert (error.code, error.file, error.line) == (code, f"rules/{file}", line)
    assert f"rules/{file}:{line}: " in str(error)


def test_the_copy_without_a_mistake_loads(rules: Path) -> None:
    assert "HU-TEST-01" in load_rulebook(rules).rules


def test_an_unknown_key_is_ga102(rules: Path) -> None:
    error = mistake(rules, "  severity: S2", "  severity: S2\n  sevrity: S2")
    assert_named(error, "GA102", line_of("severity") + 1)
    assert "sevrity" in error.message


def test_an_unknown_key_inside_a_condition_is_ga102(rules: Path) -> None:
    assert_named(mistake(rules, "what: [land]", "whta: [land]"), "GA102", line_of("who:"))


def test_a_missing_value_is_ga103(rules: Path) -> None:
    error = mistake(rules, "  title: Thử\n", "")
    assert_named(error, "GA103", 1)
    assert "title" in error.message


@pytest.mark.parametrize(("old", "new"), [("S2", "S9"), ("pilot", "ready"), ("HU-TEST-01", "test 1")])
def test_a_wrong_value_is_ga103(rules: Path, old: str, new: str) -> None:
    assert_named(mistake(rules, old, new), "GA103", line_of(old))


@pytest.mark.parametrize("side", ["flag", "pass"])
def test_fewer_than_three_examples_are_ga103(rules: Path, side: str) -> None:
    error = mistake(rules, f'    {side}:\n      - "Một."\n', f"    {side}:\n")
    assert_named(error, "GA103", line_of(f"    {side}:"))
    assert side in error.message


def test_a_rule_written_twice_in_one_file_is_ga104(rules: Path) -> None:
    (rules / TEST_FILE).write_text(RULE + RULE, encoding="utf-8")
    assert_named(failure(rules), "GA104", len(RULE.splitlines()) + 1)


def test_a_rule_written_again_in_another_file_is_ga104(rules: Path) -> None:
    assert_named(mistake(rules, "HU-TEST-01", "HU-PROP-01"), "GA104", 1)


def test_a_concept_written_again_in_another_file_is_ga104(rules: Path) -> None:
    (rules / "lexicon/zz.yaml").write_text(
        "# Thêm\ndaughter:\n  title: con gái\n  words: [con gái]\n", encoding="utf-8"
    )
    assert_named(failure(rules), "GA104", 2, "lexicon/zz.yaml")


def test_a_law_written_twice_is_ga104(rules: Path) -> None:
    law = "- law: LBDG\n  number: 1\n  title: x\n  from: 2007-07-01\n  provisions: []\n".replace(
        "number: 1", "number: '1'"
    )
    (rules / "law/zz.yaml").write_text(law, encoding="utf-8")
    assert_named(failure(rules), "GA104", 1, "law/zz.yaml")


def test_a_rule_without_conditions_is_ga105(rules: Path) -> None:
    text = RULE[: RULE.index("  when:")] + RULE[RULE.index("  basis:") :]
    (rules / TEST_FILE).write_text(text, encoding="utf-8")
    assert_named(failure(rules), "GA105", 1)


def test_a_condition_of_two_forms_is_ga105(rules: Path) -> None:
    assert_named(mistake(rules, "what: [land]", 'phrase: "x"'), "GA105", line_of("who:"))


@pytest.mark.parametrize("reference", ["LXYZ:1", "LBDG:999", "LBDG", ""])
def test_a_law_or_provision_that_is_not_there_is_ga106(rules: Path, reference: str) -> None:
    error = mistake(rules, "LBDG:40.1.c", reference)
    assert_named(error, "GA106", line_of("basis"))
    assert reference in error.message


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [("daughter", "dauhter", "who:"), ("must_not", "mustnt", "who:"), ("what: [land]", "what: [lnd]", "who:"),
     ("[sex, land]", "[sex, lnd]", "[sex, land]"), ("là con người ta", "là {ngoai}", "phrase")],
)  # fmt: skip
def test_a_concept_that_is_not_in_the_lexicon_is_ga107(rules: Path, old: str, new: str, line: str) -> None:
    assert_named(mistake(rules, old, new), "GA107", line_of(line))


@pytest.mark.parametrize("pattern", ["con (gái", "con gái)", "con gái ...", "[con gái]", "con {gái", " "])
def test_a_phrase_that_does_not_compile_is_ga108(rules: Path, pattern: str) -> None:
    assert_named(mistake(rules, "con gái là con người ta", pattern), "GA108", line_of("phrase"))


@pytest.mark.parametrize("words", ["con (gái", "con ... gái", "con {land}"])
def test_words_of_the_lexicon_that_cannot_be_listed_are_ga108(rules: Path, words: str) -> None:
    text = f"zz:\n  title: thử\n  words:\n    - con gái\n    - '{words}'\n"
    (rules / "lexicon/zz.yaml").write_text(text, encoding="utf-8")
    assert_named(failure(rules), "GA108", 5, "lexicon/zz.yaml")


def test_a_modifier_that_does_not_compile_is_ga108(rules: Path) -> None:
    text = "- voice: prohibited\n  reach: after\n  words:\n    - cấm\n    - '(cấm'\n"
    (rules / "context/zz.yaml").write_text(text, encoding="utf-8")
    assert_named(failure(rules), "GA108", 5, "context/zz.yaml")


def test_an_exception_of_a_modifier_that_does_not_compile_is_ga108_on_its_own_line(rules: Path) -> None:
    text = "- voice: prohibited\n  reach: after\n  words:\n    - cấm\n  unless:\n    - nhưng\n    - '(trừ'\n"
    (rules / "context/zz.yaml").write_text(text, encoding="utf-8")
    assert_named(failure(rules), "GA108", 7, "context/zz.yaml")


def test_a_concept_used_by_a_modifier_but_not_in_the_lexicon_is_ga107(rules: Path) -> None:
    text = "- voice: prohibited\n  reach: after\n  words:\n    - cấm {dauhter}\n"
    (rules / "context/zz.yaml").write_text(text, encoding="utf-8")
    assert_named(failure(rules), "GA107", 4, "context/zz.yaml")


def test_broken_yaml_is_ga101(rules: Path) -> None:
    assert_named(mistake(rules, "[daughter]", "[daughter"), "GA101", line_of("who:"))


def test_a_key_written_twice_is_ga101(rules: Path) -> None:
    assert_named(mistake(rules, "  status: pilot", "  status: pilot\n  title: Hai"), "GA101", line_of("status") + 1)


@pytest.mark.parametrize("value", ["2026-13-45", "!của_tôi x"])
def test_a_value_yaml_cannot_build_is_ga101(rules: Path, value: str) -> None:
    assert_named(mistake(rules, "title: Thử", f"title: {value}"), "GA101", line_of("title"))


def test_a_file_that_is_not_utf8_is_ga101(rules: Path) -> None:
    (rules / TEST_FILE).write_bytes(b"- id: \xff\xfe")
    error = failure(rules)
    assert (error.code, error.file) == ("GA101", f"rules/{TEST_FILE}")


@pytest.mark.parametrize("file", ["regulations/zz.yaml", "context/zz.yaml", "law/zz.yaml", "lexicon/zz.yaml"])
@pytest.mark.parametrize("content", ["chỉ một câu", "12", "- 12", "? [a]\n: b"])
def test_a_file_of_the_wrong_shape_is_an_error_that_names_it(rules: Path, file: str, content: str) -> None:
    (rules / file).write_text(content, encoding="utf-8")
    error = failure(rules)
    assert error.file == f"rules/{file}"
    assert error.line == 1


def test_a_folder_without_rules_is_ga100(tmp_path: Path) -> None:
    assert failure(tmp_path).code == "GA100"


def test_the_version_changes_with_any_word_of_any_file(rules: Path) -> None:
    before = load_rulebook(rules).version
    assert load_rulebook(rules).version == before
    path = rules / "lexicon/abbreviations.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# thêm\n", encoding="utf-8")
    assert load_rulebook(rules).version != before


def test_only_law_in_force_on_the_day_is_a_basis(rules: Path) -> None:
    book = load_rulebook(rules)
    rule = book.rules["HU-TEST-01"]
    assert book.basis(rule, date(2007, 6, 30)) == ()
    (basis,) = book.basis(rule, date(2007, 7, 1))
    assert (basis.article, basis.clause, basis.point) == ("40", "1", "c")
