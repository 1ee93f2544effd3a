"""Load ``rules/`` into a :class:`Rulebook`; every mistake is an error with file and line."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from auditor.errors import RulebookError
from auditor.record import Basis
from auditor.rulebook.lawtext import LawArticle, load_law_articles
from auditor.rulebook.lexicon import Lexicon
from auditor.rulebook.models import Advice, Concept, Condition, Kind, Law, Modifier, Rule
from auditor.rulebook.pattern import Pattern, compile_pattern
from auditor.rulebook.yamlfile import Place, YamlFile
from auditor.text import Spelling

RULES_DIR = Path(__file__).resolve().parents[2] / "rules"
EDITION = "2026.11"
SEXES = frozenset({"sex", "female", "male"})


@dataclass(frozen=True)
class Rulebook:
    """All that the engine knows as data.

    Attributes:
        version: edition and a hash over every file, for example ``2026.11+3f2a91c0``.
    """

    rules: dict[str, Rule]
    laws: dict[str, Law]
    lexicon: Lexicon
    modifiers: tuple[Modifier, ...]
    advice: tuple[Advice, ...]
    spelling: Spelling
    law_articles: tuple[LawArticle, ...]
    version: str

    def only(self, kind: Kind) -> Rulebook:
        """Return the part of the rulebook that judges one kind of document."""
        rules = {name: rule for name, rule in self.rules.items() if rule.kind == kind}
        concepts = {name: one for name, one in self.lexicon.concepts.items() if one.kind in {None, kind}}
        return replace(self, rules=rules, lexicon=Lexicon(concepts))

    def basis(self, rule: Rule, day: date) -> tuple[Basis, ...]:
        """Return the provisions a rule rests on that are in force on a day."""
        found = []
        for reference in rule.basis:
            law_key, at = reference.split(":", 1)
            law = self.laws[law_key]
            if not law.in_force(day):
                continue
            article, clause, point = parts_of(at)
            reviewed = any(provision.at == at and provision.reviewed for provision in law.provisions)
            found.append(
                Basis(
                    law=law.number, article=article, clause=clause, point=point,
                    title=law.title, short=reference, reviewed=reviewed,
                )
            )  # fmt: skip
        return tuple(found)


def load_rulebook(folder: Path | None = None) -> Rulebook:
    """Load the rulebook.

    Args:
        folder: a folder with ``law``, ``lexicon``, ``context``, ``regulations`` and ``press``; the shipped one by
            default. What ``lexicon/press.yaml`` lists is looked for in articles only.

    Raises:
        RulebookError: GA101-GA109, with file and line.
    """
    root = (folder or RULES_DIR).resolve()
    files = sorted(root.rglob("*.yaml"))
    if not files:
        raise RulebookError("GA100", f"Không tìm thấy bộ quy tắc trong thư mục {root}. Hãy kiểm tra đường dẫn.")
    digest = hashlib.sha256()
    for path in (*files, *sorted(root.rglob("*.jsonl.gz"))):
        digest.update(str(path.relative_to(root)).encode())
        digest.update(path.read_bytes())
    concepts: dict[str, Concept] = {}
    abbreviations: dict[str, str] = {}
    slips: tuple[str, ...] = ()
    for path in _yaml(root, "lexicon"):
        file = YamlFile(path, root)
        if path.stem == "abbreviations":
            abbreviations = file.parse(dict[str, str], file.value, ())
            continue
        if path.stem == "slips":
            slips = file.parse(tuple[str, ...], file.value, ())
            continue
        for name, value in file.parse(dict[str, Any], file.value or {}, ()).items():
            if name in concepts:
                raise file.error("GA104", f"Khái niệm '{name}' đã có ở tệp khác. Hãy đổi tên hoặc gộp lại.", (name,))
            concept = file.parse(Concept, value, (name,))
            concepts[name] = concept.model_copy(update={"kind": "article"}) if path.stem == "press" else concept
            for i, words in enumerate(concepts[name].words):
                _compiles(file, words, (name, "words", i), listed=True)
    lexicon = Lexicon(concepts)
    modifiers: list[Modifier] = []
    for path in _yaml(root, "context"):
        file = YamlFile(path, root)
        for i, value in enumerate(file.parse(list[Any], file.value or [], ())):
            modifiers.append(file.parse(Modifier, value, (i,)))
            for field, patterns in (("words", modifiers[-1].words), ("unless", modifiers[-1].unless)):
                for j, words in enumerate(patterns):
                    _check_pattern(file, words, (i, field, j), lexicon)
    advice: list[Advice] = []
    for path in _yaml(root, "advice"):
        file = YamlFile(path, root)
        for i, value in enumerate(file.value or []):
            advice.append(file.parse(Advice, value, (i,)))
            for j, words in enumerate(advice[-1].words):
                _compiles(file, words, (i, "words", j))
    laws = _laws(root)
    rules: dict[str, Rule] = {}
    for path in (*_yaml(root, "regulations"), *_yaml(root, "press")):
        file = YamlFile(path, root)
        for i, value in enumerate(file.parse(list[Any], file.value or [], ())):
            rule = file.parse(Rule, value, (i,))
            if rule.id in rules:
                raise file.error("GA104", f"Mã quy tắc {rule.id} bị dùng hai lần. Mỗi mã chỉ dùng một lần.", (i, "id"))
            _check_rule(file, rule, i, lexicon, laws)
            rules[rule.id] = rule
    return Rulebook(
        rules=dict(sorted(rules.items())),
        laws=laws,
        lexicon=lexicon,
        modifiers=tuple(modifiers),
        advice=tuple(advice),
        spelling=Spelling(abbreviations, slips),
        law_articles=load_law_articles(root / "law"),
        version=f"{EDITION}+{digest.hexdigest()[:8]}",
    )


def _yaml(root: Path, folder: str) -> list[Path]:
    return sorted((root / folder).glob("*.yaml"))


def _laws(root: Path) -> dict[str, Law]:
    laws: dict[str, Law] = {}
    for path in _yaml(root, "law"):
        file = YamlFile(path, root)
        for i, value in enumerate(file.parse(list[Any], file.value or [], ())):
            law = file.parse(Law, value, (i,))
            if law.law in laws:
                raise file.error("GA104", f"Văn bản luật {law.law} được khai hai lần. Hãy giữ lại một.", (i, "law"))
            laws[law.law] = law
    return laws


def _check_rule(file: YamlFile, rule: Rule, i: int, lexicon: Lexicon, laws: dict[str, Law]) -> None:
    if not rule.when and not rule.maybe:
        raise file.error("GA105", f"{rule.id} chưa có điều kiện nào (when hoặc maybe).", (i,))
    for j, reference in enumerate(rule.basis):
        law_key, _, at = reference.partition(":")
        law = laws.get(law_key)
        if law is None or not any(provision.at == at for provision in law.provisions):
            raise file.error(
                "GA106", f"{rule.id} dẫn căn cứ {reference} chưa có trong rules/law/. Hãy thêm hoặc sửa.",
                (i, "basis", j),
            )  # fmt: skip
    for j, condition in enumerate(rule.when):
        _check_condition(file, rule, condition, (i, "when", j), lexicon)
    for j, bag in enumerate(rule.maybe):
        for name in bag:
            _known(file, name, (i, "maybe", j), lexicon)


def _check_condition(file: YamlFile, rule: Rule, condition: Condition, place: Place, lexicon: Lexicon) -> None:
    forms = [
        bool(condition.who),
        *(part is not None for part in (condition.phrase, condition.contrast, condition.copies)),
    ]
    if sum(forms) != 1 or (condition.who and not condition.modality):
        raise file.error(
            "GA105",
            f"{rule.id}: mỗi điều kiện là một khung (who, modality, what), phrase, contrast hoặc copies.",
            place,
        )
    for name in (
        *names(condition.who),
        *names(condition.modality),
        *names(condition.what),
        *(condition.contrast or ()),
    ):
        _known(file, name, place, lexicon)
    if condition.phrase is not None:
        _check_pattern(file, condition.phrase, place, lexicon)


def _check_pattern(file: YamlFile, pattern: str, place: Place, lexicon: Lexicon) -> None:
    for name in _compiles(file, pattern, place).slots():
        _known(file, name, place, lexicon)


def _known(file: YamlFile, name: str, place: Place, lexicon: Lexicon) -> None:
    if name not in SEXES and name not in lexicon.concepts:
        raise file.error("GA107", f"Không có khái niệm nào tên '{name}' trong rules/lexicon/.", place)


def _compiles(file: YamlFile, pattern: str, place: Place, *, listed: bool = False) -> Pattern:
    """Compile a pattern; ``listed`` demands one whose wordings can be listed."""
    try:
        compiled = compile_pattern(pattern)
        if listed:
            next(compiled.literals())
        return compiled
    except (ValueError, IndexError) as error:
        raise file.error("GA108", f"Mẫu chữ '{pattern}' chưa đúng: {error}.", place) from error


def names(value: str | tuple[str, ...]) -> tuple[str, ...]:
    """Return one or several concept names as a tuple."""
    return (value,) if isinstance(value, str) else value


def parts_of(at: str) -> tuple[str, str | None, str | None]:
    """Return article, clause and point of a provision's place ("40.1.c"); of an annex, its item as the article."""
    parts = at.split(".")
    if parts[0].startswith("PL") and len(parts) > 1:
        return ".".join(parts[:2]), None, None
    return parts[0], parts[1] if len(parts) > 1 else None, parts[2] if len(parts) > 2 else None
