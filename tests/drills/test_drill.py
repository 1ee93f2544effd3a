from __future__ import annotations

from pathlib import Path
from random import Random

from tests.documents.files import REGULATION, packed
from tests.drills.damage import damaged
from tests.drills.fuzz import drill

QUICK = ["a.docx", "a.pdf", "a.txt", "tcvn3.txt", "page.html", "a.eml", "a.mht", "a.csv", "a.jsonl.gz"]


def test_damage_is_the_same_for_the_same_number() -> None:
    whole = packed({"a.xml": f"<a>{REGULATION}</a>".encode()})
    once, again, other = (damaged(whole, Random(number)) for number in ("1/a/1", "1/a/1", "1/a/2"))
    assert once == again != other


def test_a_short_drill_finds_nothing(tmp_path: Path) -> None:
    tallies = drill(QUICK, 4.5, 7, tmp_path)
    assert [failure for tally in tallies.values() for failure in tally.failed] == []
    assert all(tally.ends for tally in tallies.values())
