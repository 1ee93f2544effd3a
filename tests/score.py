"""Measure the engine on the labelled corpora and write ``corpora/scores.md``: ``./dev score``.

A hit is a gender finding (S4, S3, S2, S1) that overlaps a labelled span. A false alarm is a finding on a compliant
item, or one that overlaps no span of a violation. The tuned part is scored by cross-validation over groups, so no item
is judged by a model that has seen it or its near-twins; the blind part was never used for training or tuning.
"""

from __future__ import annotations

import json
import math
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np

from auditor.audit import Auditor
from auditor.documents.interface import Kind, document_of
from auditor.documents.load import load
from auditor.indicators import scores
from auditor.matching.evidence import Evidence, model_file
from auditor.matching.judge import label_of
from auditor.matching.matcher import Matcher, judged, stretches
from auditor.matching.natural import with_real
from auditor.matching.training import Calibration, folds, learn, write
from auditor.matching.units import CORPORA, Item, labelled, units
from auditor.record import GENDER_SEVERITIES, Finding
from auditor.rulebook.loader import Rulebook, load_rulebook
from tests import score_people

_LABEL = re.compile(r"^(?:[-•]|\w{1,2}[.)])\s+")
PAGE = CORPORA / "scores.md"
SCORES = Path(scores.__file__).with_name("scores.json")


@dataclass
class Tally:
    """Counts over one part of a corpus."""

    hits: int = 0
    violations: int = 0
    false: int = 0
    right_category: int = 0
    by_category: Counter[str] = field(default_factory=Counter)
    found_by_category: Counter[str] = field(default_factory=Counter)
    by_severity: Counter[str] = field(default_factory=Counter)
    found_by_severity: Counter[str] = field(default_factory=Counter)
    by_trap: Counter[str] = field(default_factory=Counter)
    false_by_trap: Counter[str] = field(default_factory=Counter)
    misses: list[Item] = field(default_factory=list)
    alarms: list[Item] = field(default_factory=list)

    def add(self, item: Item, found: Sequence[tuple[int, int, str]]) -> None:
        """Count one item and the findings in it: start, end, label of the rule."""
        good = [f for f in found if any(a < f[1] and f[0] < b for a, b in item.spans)]
        if item.label == "violation":
            self.violations += 1
            self.by_category[item.category or ""] += 1
            self.by_severity[item.severity or ""] += 1
            if good:
                self.hits += 1
                self.found_by_category[item.category or ""] += 1
                self.found_by_severity[item.severity or ""] += 1
                self.right_category += any(label == item.category for _, _, label in good)
            else:
                self.misses.append(item)
            if len(good) < len(found):
                self.false += 1
        else:
            self.by_trap[item.trap or "không bẫy"] += 1
            if found:
                self.false += 1
                self.false_by_trap[item.trap or "không bẫy"] += 1
                self.alarms.append(item)


def wilson(part: int, whole: int) -> tuple[float, float]:
    """Return the 95 % Wilson interval of a share."""
    if not whole:
        return 0.0, 1.0
    z, share = 1.96, part / whole
    middle = (share + z * z / (2 * whole)) / (1 + z * z / whole)
    half = z * math.sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole)) / (1 + z * z / whole)
    return middle - half, middle + half


def findings(matcher: Matcher, item: Item) -> Iterator[tuple[int, int, str]]:
    """Yield the gender findings in an item."""
    for verdict in matcher.match(item.text, stretches(judged(document_of(item.text, kind=item.kind)))):
        for hit in verdict.hits:
            if hit.rule.severity in GENDER_SEVERITIES:
                yield verdict.sentence.start, verdict.sentence.end, label_of(hit.rule)


def cross_validated(rulebook: Rulebook, items: Sequence[Item], shipped: Evidence) -> Tally:
    """Score items with models that learnt from the other groups; the calibration is the shipped one."""
    tally, known = Tally(), list(items)
    data = units(Matcher(rulebook), items)
    if items[0].kind == "article":
        data = with_real(data, known)
    with tempfile.TemporaryDirectory() as folder:
        for fold, (rows, test) in enumerate(folds(data, known)):
            path = Path(folder) / f"{fold}.npz"
            write(path, learn(data, rows), Calibration(shipped.odds, shipped.thresholds))
            matcher = Matcher(rulebook, Evidence(path))
            for i in (i for i in np.unique(data.items[test]) if i < len(items)):
                tally.add(items[i], list(findings(matcher, items[i])))
    return tally


def blind(rulebook: Rulebook, items: Sequence[Item], shipped: Evidence) -> Tally:
    """Score items with the shipped model."""
    matcher, tally = Matcher(rulebook, shipped), Tally()
    for item in items:
        tally.add(item, list(findings(matcher, item)))
    return tally


def documents(auditor: Auditor) -> str:
    """Audit the whole regulations and return, as Markdown, what was found of what should be, file by file."""
    lines = ["## Quy ước cả văn bản", "", "| Tệp | Có | Tìm thấy | Đúng điều | Báo nhầm |", "|---|---|---|---|---|"]
    for name, wanted in json.loads((CORPORA / "expected.json").read_text(encoding="utf-8")).items():
        (document,) = load([CORPORA / name], "regulation")
        record = auditor.audit(document)
        found = [finding for finding in record.findings if finding.severity in GENDER_SEVERITIES]
        met = [(one, [f for f in found if _meets(f, one)]) for one in wanted]
        hits = [(one, fs) for one, fs in met if fs]
        placed = sum(any(f.locator.article == one["article"] for f in fs) for one, fs in hits)
        false = len(found) - len({f.id for _, fs in hits for f in fs})
        lines.append(f"| {name} | {len(wanted)} | {len(hits)} | {placed} | {false} |")
    return "\n".join([*lines, ""])


def _meets(finding: Finding, wanted: dict[str, str]) -> bool:
    """Tell whether a finding is what should be found: the words where they are given, else the article."""
    if "quote" in wanted:
        words = _LABEL.sub("", finding.quote)
        return words in wanted["quote"] or wanted["quote"] in words
    return finding.locator.article == wanted["article"]


def rows(found: Counter[str], whole: Counter[str]) -> list[str]:
    """Return a table row for each key: part, whole, share."""
    return [f"| {key} | {found[key]} | {n} | {found[key] / n:.2f} |" for key, n in sorted(whole.items())]


def page(title: str, tally: Tally) -> str:
    """Return one part's figures as Markdown."""
    precision, recall = tally.hits / max(tally.hits + tally.false, 1), tally.hits / max(tally.violations, 1)
    low, high = wilson(tally.hits, tally.hits + tally.false)
    low2, high2 = wilson(tally.hits, tally.violations)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    right = tally.right_category / max(tally.hits, 1)
    lines = [
        f"## {title}", "",
        f"- Độ chính xác (precision): **{precision:.3f}** (95 %: {low:.3f}–{high:.3f}), báo nhầm {tally.false}",
        f"- Độ bao phủ (recall): **{recall:.3f}** (95 %: {low2:.3f}–{high2:.3f}), {tally.hits}/{tally.violations}",
        f"- F1: **{f1:.3f}** · đúng nhóm: {right:.3f}", "",
        "| Nhóm | Tìm thấy | Có | Bao phủ |", "|---|---|---|---|",
        *rows(tally.found_by_category, tally.by_category),
        "", "| Mức | Tìm thấy | Có | Bao phủ |", "|---|---|---|---|",
        *rows(tally.found_by_severity, tally.by_severity),
        "", "| Bẫy | Báo nhầm | Có | Tỷ lệ |", "|---|---|---|---|",
        *rows(tally.false_by_trap, tally.by_trap),
        "",
    ]  # fmt: skip
    return "\n".join(lines)


def people() -> str:
    """Score whole articles; what the blind ones give is what the media index prints as its error."""
    parts = {"tuned": "Phần tinh chỉnh: nhân vật và bài", "blind": "Phần mù: nhân vật và bài"}
    tallies = {part: score_people.measured(score_people.FOLDER / f"{part}.jsonl") for part in parts}
    figures = {name: round(value, 3) for name, value in sorted(tallies["blind"].scores().items())}
    told = {"measured_on": date.today().isoformat(), "texts": tallies["blind"].articles, "scores": figures}
    SCORES.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return "".join(score_people.page(title, tallies[part]) for part, title in parts.items())


TITLES: dict[Kind, str] = {"regulation": "hương ước, quy ước", "article": "báo chí"}


def scored(rulebook: Rulebook, kind: Kind) -> str:
    """Score both parts of the corpora of one kind and return the figures as Markdown."""
    book, shipped = rulebook.only(kind), Evidence(model_file(kind))
    tuned = cross_validated(book, labelled(kind, "tuned"), shipped)
    unseen = blind(book, labelled(kind, "blind"), shipped)
    return page(f"Phần tinh chỉnh (chấm chéo): {TITLES[kind]}", tuned) + page(f"Phần mù: {TITLES[kind]}", unseen)


def main() -> None:
    """Score everything and write the page."""
    rulebook = load_rulebook()
    text = "\n".join(
        [
            "# Kết quả đo trên các tập câu có nhãn", "",
            f"Bộ quy tắc {rulebook.version}. Tạo bằng `./dev score`. Phần tinh chỉnh được chấm chéo theo nhóm câu;"
            " phần mù không dùng để huấn luyện hay tinh chỉnh.", "",
            *(scored(rulebook, kind) for kind in TITLES), people(), documents(Auditor()),
        ]
    )  # fmt: skip
    PAGE.write_text(text + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
