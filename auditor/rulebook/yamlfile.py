"""Read one YAML file and remember the line of every value, so that errors can name their place."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from auditor.errors import RulebookError

Place = tuple[str | int, ...]
T = TypeVar("T")


class YamlFile:
    """The content of one YAML file with the line of each of its values.

    Raises:
        RulebookError: GA101 the file is no valid YAML or repeats a key.
    """

    def __init__(self, path: Path, root: Path) -> None:
        self.name = str(path.relative_to(root.parent)) if path.is_relative_to(root.parent) else str(path)
        self._lines: dict[Place, int] = {}
        try:
            node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            mark = getattr(error, "problem_mark", None)
            raise self._broken(mark.line + 1 if mark else None) from error
        self.value: Any = self._build(node, ()) if node is not None else None

    def line(self, place: Place) -> int | None:
        """Return the line (from 1) of a value, or of the nearest value around it."""
        while place not in self._lines and place:
            place = place[:-1]
        return self._lines.get(place)

    def error(self, code: str, message: str, place: Place = ()) -> RulebookError:
        """Return an error that names this file and the line of a value."""
        return RulebookError(code, message, file=self.name, line=self.line(place))

    def parse(self, kind: type[T], value: Any, place: Place) -> T:
        """Turn one value into a typed object.

        Raises:
            RulebookError: GA102 unknown key, GA103 missing or wrong value; with file and line.
        """
        try:
            return TypeAdapter(kind).validate_python(value)
        except ValidationError as error:
            first = error.errors()[0]
            where = (*place, *first["loc"])
            key = ".".join(str(part) for part in first["loc"])
            if first["type"] == "extra_forbidden":
                raise self.error(
                    "GA102", f"Không có khóa nào tên '{key}' ở đây. Hãy sửa chính tả hoặc bỏ khóa này.", where
                ) from error
            raise self.error("GA103", f"Giá trị của '{key}' chưa đúng: {first['msg']}.", where) from error

    def _build(self, node: yaml.Node, place: Place) -> Any:
        self._lines[place] = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            found: dict[Any, Any] = {}
            for key_node, value_node in node.value:
                key = self._scalar(key_node)
                if key in found:
                    raise RulebookError(
                        "GA101", f"Khóa '{key}' xuất hiện hai lần. Hãy giữ lại một.",
                        file=self.name, line=key_node.start_mark.line + 1,
                    )  # fmt: skip
                found[key] = self._build(value_node, (*place, key))
                self._lines[(*place, key)] = key_node.start_mark.line + 1
            return found
        if isinstance(node, yaml.SequenceNode):
            return [self._build(item, (*place, i)) for i, item in enumerate(node.value)]
        return self._scalar(node)

    def _scalar(self, node: yaml.Node) -> Any:
        line = node.start_mark.line + 1
        if not isinstance(node, yaml.ScalarNode):
            raise self._broken(line)
        try:
            return yaml.SafeLoader.construct_object(yaml.SafeLoader(""), node, deep=True)
        except (yaml.YAMLError, ValueError) as error:
            raise self._broken(line) from error

    def _broken(self, line: int | None) -> RulebookError:
        return RulebookError(
            "GA101", "Tệp không đúng cú pháp YAML. Hãy kiểm tra thụt dòng, dấu hai chấm và dấu ngoặc kép.",
            file=self.name, line=line,
        )  # fmt: skip
