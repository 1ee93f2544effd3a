"""The shipped indicators, and mistakes in them: each is an error with a code, the file and the line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pydantic import ValidationError

from auditor.errors import RulebookError, StoreError
from auditor.indicators.answers import answered, read_answers
from auditor.indicators.loader import load_indicators
from auditor.indicators.models import FindingMeasure
from auditor.indicators.scores import SCORE_TITLES, load_scores
from auditor.rulebook.loader import load_rulebook


@pytest.fixture
def rules(root: Path, tmp_path: Path) -> Path:
    """Return a folder of rules that holds a copy of the indicators."""
    shutil.copytree(root / "rules" / "indicators", tmp_path / "rules" / "indicators")
    return tmp_path / "rules"


def test_the_shipped_set_is_whole() -> None:
    indicators = load_indicators()
    ids = [one.id for group in indicators.groups for one in group.indicators]
    wanted = {"B1.1": 6, "B1.2": 6, "B1.3": 3, "B1.4": 5, "B1.5": 6, "GEM": 6}
    assert {start: sum(id.startswith(f"{start}.") for id in ids) for start in wanted} == wanted
    assert [objective.id for objective in indicators.objectives] == ["A1", "A2", "A3", "A4", "A5"]
    assert [(one.start, one.end) for one in indicators.windows] == [
        ("03-08", "03-08"), ("03-20", "03-20"), ("06-28", "06-28"), ("11-15", "12-15")
    ]  # fmt: skip
    assert any("không có công thức tính điểm" in note for note in indicators.method.notes)


def test_every_group_and_rule_that_is_counted_is_in_the_rulebook() -> None:
    rules = load_rulebook().rules
    categories = {rule.category for rule in rules.values()}
    for _, indicator, part in load_indicators().parts():
        if isinstance(part.measure, FindingMeasure):
            assert set(part.measure.finding.category) <= categories, indicator.id
            assert set(part.measure.finding.rule) <= set(rules), indicator.id


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "line_of"),
    [
        ("b1.yaml", "quoted: true}}\n", "quotd: true}}\n", "GA102", "quotd"),
        ("b1.yaml", "definition: Chưa rõ", "nguồn: x\n    definition: Chưa rõ", "GA102", "nguồn"),
        ("b1.yaml", "measured: automatic", "measured: máy", "GA103", "measured: máy"),
        ("b1.yaml", "{count: people}", "{count: animals}", "GA103", "animals"),
        ("b1.yaml", "id: B1.1.2", "id: B1.1.1", "GA104", None),
        ("b1.yaml", "    measure: {count: people}\n", "", "GA121", None),
        ("b1.yaml", "measured: proposed", "measured: automatic", "GA121", None),
        ("b2.yaml", "{id: x}", "{id: x}", "GA120", None),
        (
            "gem.yaml",
            "measure: {count: bylines}",
            "measure: {count: articles, where: {names_law: true}}",
            "GA121",
            None,
        ),
        ("a.yaml", "id: A1.1.b", "id: A2.9.b", "GA121", "A2.9.b"),
        ("windows.yaml", 'start: "11-15"', 'start: "12-25"', "GA122", "12-25"),
        ("windows.yaml", 'start: "03-08"', 'start: "02-30"', "GA122", "02-30"),
        ("method.yaml", "resamples: 2000", "resamples: 2", "GA103", "resamples: 2"),
    ],
)
def test_mistakes_name_their_place(rules: Path, file: str, old: str, new: str, code: str, line_of: str | None) -> None:
    path = rules / "indicators" / file
    if code == "GA120":
        path.unlink()
    else:
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(RulebookError) as caught:
        load_indicators(rules)
    assert caught.value.code == code
    assert file in str(caught.value)
    if line_of is not None:
        lines = path.read_text("utf-8").splitlines()
        near = next(i for i, line in enumerate(lines, 1) if line_of in line)
        assert caught.value.line is not None and near - 3 <= caught.value.line <= near


ANSWERS = """outlet: Báo A
year: 2026
answers:
  A1.1.a: {women: 2, men: 6, document: "QĐ 12"}
  A1.1.c: {text: "tăng dần"}
  A2.1.a: {answer: no}
"""


def test_answers(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(ANSWERS, "utf-8")
    indicators = load_indicators()
    found = {one.question.id: one for one in answered(indicators, read_answers(path, indicators))}
    assert len(found) == len(list(indicators.questions()))
    assert (found["A1.1.a"].women_share, found["A1.1.a"].proved) == (0.25, True)
    assert found["A2.1.a"].answer is not None and found["A2.1.a"].answer.answer is False
    assert found["A1.1.b"].answer is None


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("A1.1.a", "A9.1.a", "GA123", 4),
        ("women: 2, men: 6", "women: 2", "GA123", 4),
        ("women: 2", "women: -2", "GA103", 4),
        ("answer: no", "text: không", "GA123", 6),
        ('text: "tăng dần"', "answer: yes", "GA123", 5),
        ("year: 2026", "năm: 2026", "GA103", None),
        ("answers:", "answers: [", "GA101", None),
    ],
)
def test_mistakes_in_answers(tmp_path: Path, old: str, new: str, code: str, line: int | None) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(ANSWERS.replace(old, new), "utf-8")
    with pytest.raises(RulebookError) as caught:
        read_answers(path, load_indicators())
    assert caught.value.code == code
    assert line is None or caught.value.line == line
    with pytest.raises(StoreError, match="GA311"):
        read_answers(tmp_path / "none.yaml", load_indicators())


def test_scores() -> None:
    shipped = load_scores()
    assert set(shipped.scores) <= set(SCORE_TITLES)
    given = load_scores('{"measured_on": "2026-11-01", "texts": 200, "scores": {"quoted_f1": 0.875}}')
    assert given.said(("quoted_f1", "people_f1")) == "được dẫn lời (F1): 0,88; nhận ra nhân vật (F1): chưa đo"
    with pytest.raises(ValidationError):
        load_scores('{"scores": {"luck": 1}}')
