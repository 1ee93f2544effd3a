"""Measure on whole labelled articles who is found in them and what their stories are said to be."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from auditor.documents.interface import Document, Field, Source, compose_fields
from auditor.matching.units import CORPORA
from auditor.people.finder import PeopleFinder
from auditor.record import PersonRecord
from auditor.rulebook.loader import load_rulebook
from auditor.story.reader import StoryReader

FOLDER = CORPORA / "press" / "whole"
SIGNS = (
    "about_gender_equality", "central_women", "challenges_stereotype", "names_law", "gender_violence", "help_line"
)  # fmt: skip
MARKS = ("leader", "victim", "family_role", "in_caption")

Person = dict[str, Any]


@dataclass
class Marks:
    """Counts of a yes-or-no property: rightly found, wrongly found, missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, wanted: bool, found: bool) -> None:
        """Count one case."""
        self.right += wanted and found
        self.wrong += found and not wanted
        self.missed += wanted and not found

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, 0 to 1."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


@dataclass
class PeopleTally:
    """Counts over whole articles."""

    articles: int = 0
    people: Marks = field(default_factory=Marks)
    quoted: Marks = field(default_factory=Marks)
    marks: dict[str, Marks] = field(default_factory=lambda: {name: Marks() for name in (*MARKS, *SIGNS)})
    counts: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)

    def share(self, part: str, whole: str) -> float:
        """Return one count as a share of another."""
        return self.counts[part] / max(1, self.counts[whole])

    def scores(self) -> dict[str, float]:
        """Return the figures by their names in ``auditor.indicators.scores``."""
        return {
            "people_f1": self.people.f1,
            "gender_accuracy": self.share("gender right", "gender known"),
            "quoted_f1": self.quoted.f1,
            "function_accuracy": self.share("function right", "met"),
            "leader_f1": self.marks["leader"].f1,
            "victim_f1": self.marks["victim"].f1,
            "byline_accuracy": self.share("byline right", "byline"),
            "topic_accuracy": self.share("topic right", "topic"),
            **{f"{name}_f1": self.marks[name].f1 for name in SIGNS},
        }

    def add(self, article: dict[str, Any], finder: PeopleFinder, reader: StoryReader) -> None:
        """Count one article."""
        self.articles += 1
        document = document_of(article)
        found = finder.find(document)
        wanted: list[Person] = article["people"]
        pairs = matched(wanted, found.records)
        self.people.right += len(pairs)
        self.people.wrong += len(found.records) - len(pairs)
        self.people.missed += len(wanted) - len(pairs)
        self.missed += [person["name"] for person in wanted if all(person is not one for one, _ in pairs)]
        for person, record in pairs:
            self._compare(person, record)
        for gender, quoted in ((p["gender"], p["quoted"]) for p in wanted):
            self._count_quoted("wanted", gender, quoted)
        for record in found.records:
            self._count_quoted("found", record.gender, record.quoted)
        byline = finder.byline_gender(article["byline"])
        self.counts.update({"byline": 1, "byline right": int(byline == article["byline_gender"])})
        story = reader.read(document, found.records, found.shares, byline=byline)
        if "topic" in article:
            self.counts.update({"topic": 1, "topic right": int(story.topic == article["topic"])})
        for name in SIGNS:
            if name in article:
                self.marks[name].add(article[name], getattr(story, name))

    def _count_quoted(self, side: str, gender: str, quoted: str) -> None:
        if quoted != "no" and gender != "unknown":
            self.counts.update({f"quoted {side}": 1, f"women quoted {side}": int(gender == "female")})

    def _compare(self, person: Person, record: PersonRecord) -> None:
        known = person["gender"] != "unknown"
        name = "known" if known else "unknown"
        right = person["gender"] == record.gender
        self.counts.update({f"gender {name}": 1, "gender right" if known else "unknown kept": int(right)})
        self.quoted.add(person["quoted"] != "no", record.quoted != "no")
        if person["quoted"] != "no" and record.quoted != "no":
            self.counts.update({"both quoted": 1, "directness right": int(person["quoted"] == record.quoted)})
        self.counts.update({"met": 1, "function right": int(person["function"] == record.function)})
        for mark in MARKS:
            self.marks[mark].add(bool(person[mark]), bool(getattr(record, mark)))


def document_of(article: dict[str, Any]) -> Document:
    """Return a labelled article as a document."""
    fields: list[tuple[Field, str]] = [("title", article["title"]), ("body", article["body"])]
    if article["caption"]:
        fields.append(("caption", article["caption"]))
    text, blocks = compose_fields(fields)
    document = Document(article["id"], "article", text, blocks, Source(article["id"], "jsonl", ""))
    return replace(document, title=article["title"], section=article["section"], byline=article["byline"])


def matched(wanted: Sequence[Person], found: Iterable[PersonRecord]) -> list[tuple[Person, PersonRecord]]:
    """Pair people labelled and found: by the same name, then by one name ending the other, then by a mention."""
    left = list(found)
    pairs: list[tuple[Person, PersonRecord]] = []
    tests = (
        lambda person, record: person["name"].lower() == record.name.lower(),
        lambda person, record: _ends(person["name"], record.name) or _ends(record.name, person["name"]),
        lambda person, record: (
            not {m.lower() for m in person["mentions"]}.isdisjoint(m.lower() for m in record.mentions)
        ),
    )
    for test in tests:
        for person in wanted:
            if any(person is one for one, _ in pairs):
                continue
            match = next((record for record in left if test(person, record)), None)
            if match is not None:
                left.remove(match)
                pairs.append((person, match))
    return pairs


def _ends(full: str, short: str) -> bool:
    return full.lower().endswith(f" {short.lower()}")


def measured(path: Path) -> PeopleTally:
    """Measure one file of whole articles."""
    finder, reader, tally = PeopleFinder(), StoryReader(load_rulebook().spelling), PeopleTally()
    for line in path.read_text(encoding="utf-8").splitlines():
        tally.add(json.loads(line), finder, reader)
    return tally


def page(title: str, tally: PeopleTally) -> str:
    """Return the figures as Markdown."""
    counts = tally.counts
    shares = [f"{counts[f'women quoted {side}']}/{counts[f'quoted {side}']}" for side in ("wanted", "found")]
    return "\n".join(
        [
            f"## {title}", "",
            f"{tally.articles} bài, {counts['met'] + tally.people.missed} nhân vật.", "",
            "| Việc | Kết quả |", "|---|---|",
            f"| Nhận ra nhân vật (F1) | {tally.people.f1:.3f} |",
            f"| Giới đúng, khi giới biết được | {tally.share('gender right', 'gender known'):.3f} |",
            f"| Không rõ giới được giữ là không rõ | {tally.share('unknown kept', 'gender unknown'):.3f} |",
            f"| Được dẫn lời (F1) | {tally.quoted.f1:.3f} |",
            f"| Trực tiếp hay gián tiếp, đúng | {tally.share('directness right', 'both quoted'):.3f} |",
            f"| Vai trò trong tin, đúng | {tally.share('function right', 'met'):.3f} |",
            *(f"| {name} (F1) | {tally.marks[name].f1:.3f} |" for name in (*MARKS, *SIGNS)),
            f"| Chủ đề, đúng | {tally.share('topic right', 'topic'):.3f} |",
            f"| Giới của tác giả, đúng | {tally.share('byline right', 'byline'):.3f} |",
            f"| Nữ trong số người được dẫn lời: nhãn và máy | {shares[0]} và {shares[1]} |",
            "",
        ]
    )  # fmt: skip
