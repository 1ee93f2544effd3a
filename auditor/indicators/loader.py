"""Load ``rules/indicators/``; every mistake is an error with file and line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from auditor.errors import RulebookError
from auditor.indicators.models import Group, Indicator, Method, Objective, Part, Question, Window
from auditor.rulebook.loader import RULES_DIR
from auditor.rulebook.yamlfile import Place, YamlFile

GROUP_FILES = ("b1", "b2", "gem", "gmmp")


@dataclass(frozen=True)
class IndicatorSet:
    """All indicators as data, in the order of their files."""

    method: Method
    objectives: tuple[Objective, ...]
    groups: tuple[Group, ...]
    windows: tuple[Window, ...]

    def questions(self) -> Iterator[Question]:
        """Yield every question of category A."""
        for objective in self.objectives:
            yield from objective.questions

    def parts(self) -> Iterator[tuple[Group, Indicator, Part]]:
        """Yield every figure that the program can count; an indicator of one figure has one part, ``all``."""
        for group in self.groups:
            for indicator in group.indicators:
                for part in parts_of(indicator):
                    yield group, indicator, part


def parts_of(indicator: Indicator) -> tuple[Part, ...]:
    """Return the figures of an indicator."""
    if indicator.measure is not None:
        return (Part(id="all", title=indicator.title, measure=indicator.measure),)
    return indicator.parts


def load_indicators(rules: Path | None = None) -> IndicatorSet:
    """Load the indicators.

    Args:
        rules: a rulebook's folder, in which ``indicators/`` stands; the shipped one by default.

    Raises:
        RulebookError: GA101 to GA104, GA120 a file lacks, GA121 an indicator and its formula do not go together,
            GA122 a window that is no stretch of one year; with file and line.
    """
    root = (rules or RULES_DIR).resolve()
    seen: set[str] = set()
    method = _file(root, "method")
    groups = tuple(_group(_file(root, name), seen) for name in GROUP_FILES)
    return IndicatorSet(
        method=method.parse(Method, method.value, ()),
        objectives=tuple(_objectives(_file(root, "a"), seen)),
        groups=groups,
        windows=tuple(_windows(_file(root, "windows"), seen)),
    )


def _file(root: Path, name: str) -> YamlFile:
    path = root / "indicators" / f"{name}.yaml"
    if not path.is_file():
        raise RulebookError("GA120", f"Không tìm thấy tệp chỉ số {path}. Hãy kiểm tra thư mục bộ quy tắc.")
    return YamlFile(path, root)


def _group(file: YamlFile, seen: set[str]) -> Group:
    group = file.parse(Group, file.value, ())
    for i, indicator in enumerate(group.indicators):
        place: Place = ("indicators", i)
        _once(file, indicator.id, seen, (*place, "id"))
        counted = indicator.measure is not None or bool(indicator.parts)
        if counted == (indicator.measured == "manual") or (indicator.measure is not None and indicator.parts):
            raise file.error(
                "GA121", f"{indicator.id}: chỉ số do máy đếm hay gợi ý cần đúng một trong hai khóa measure và parts; "
                "chỉ số do người đếm (manual) thì không có.", place,
            )  # fmt: skip
        kinds = {part.measure.count for part in parts_of(indicator)}
        if counted and (kinds == {"findings"}) != (indicator.measured == "proposed"):
            raise file.error(
                "GA121", f"{indicator.id}: đếm theo phát hiện (findings) thì measured là proposed, và ngược lại.", place
            )  # fmt: skip
        if group.id == "GEM" and not kinds <= {"people", "bylines"}:
            raise file.error("GA121", f"{indicator.id}: khoảng cách GEM chỉ đếm people hoặc bylines.", place)
        for j, part in enumerate(indicator.parts):
            _once(file, f"{indicator.id}.{part.id}", seen, (*place, "parts", j))
    return group


def _objectives(file: YamlFile, seen: set[str]) -> Iterator[Objective]:
    for i, value in enumerate(file.parse(list[Any], file.value, ())):
        objective = file.parse(Objective, value, (i,))
        _once(file, objective.id, seen, (i, "id"))
        for j, question in enumerate(objective.questions):
            _once(file, question.id, seen, (i, "questions", j, "id"))
            if not question.id.startswith(f"{objective.id}."):
                raise file.error(
                    "GA121", f"Câu hỏi {question.id} không thuộc mục {objective.id}.", (i, "questions", j, "id")
                )  # fmt: skip
        yield objective


def _windows(file: YamlFile, seen: set[str]) -> Iterator[Window]:
    for i, value in enumerate(file.parse(list[Any], file.value, ())):
        window = file.parse(Window, value, (i,))
        _once(file, window.id, seen, (i, "id"))
        try:
            start, end = window.days(2025)
        except ValueError:
            start, end = date.max, date.min
        if start > end:
            raise file.error(
                "GA122", f"Đợt {window.id}: start và end là hai ngày tháng-ngày có mỗi năm, start không sau end.",
                (i, "start"),
            )  # fmt: skip
        yield window


def _once(file: YamlFile, id: str, seen: set[str], place: Place) -> None:
    if id in seen:
        raise file.error("GA104", f"Mã {id} bị dùng hai lần. Mỗi mã chỉ dùng một lần.", place)
    seen.add(id)
