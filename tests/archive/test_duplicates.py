from __future__ import annotations

from pathlib import Path
from random import Random
from unicodedata import normalize

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.archive.duplicates import ALIKE, BANDS, ROWS, Copy, copies
from auditor.archive.finish import NO_DAY
from auditor.archive.signature import NUMBERS, Signatures, signature
from tests.archive.stock import article, lines, scanned

WORDS = [f"tiếng{number}" for number in range(400)]


def text(seed: int, length: int = 120) -> list[str]:
    return Random(seed).choices(WORDS, k=length)


def of(*bodies: str) -> Signatures:
    return np.array([np.frombuffer(signature(body) or b"", "<u4") for body in bodies])


def found(bodies: list[str], days: list[int] | None = None) -> dict[int, int]:
    when = np.array(days or [0] * len(bodies), dtype=np.int32)
    return {one.place: one.original for one in copies(of(*bodies), when)}


def test_case_marks_tags_breaks_and_the_form_of_letters_do_not_count() -> None:
    body = "Bà Ỏn nói: “Nước đã về bản”. Cả bản mừng, trẻ em reo hò suốt buổi sáng."
    assert signature(body) == signature(f"<p>{normalize('NFD', body).upper()}</p>\n\n") == signature(
        body.replace(" ", "\n").replace(",", " –")
    )  # fmt: skip


def test_a_text_without_letters_has_no_signature() -> None:
    assert signature(" – … “”!") is None


@pytest.mark.parametrize("words", ["một", "một hai", "một hai ba"])
def test_short_texts_are_compared_whole(words: str) -> None:
    assert found([words, words.upper(), f"{words} bốn năm sáu bảy"]) == {1: 0}


def test_the_share_of_equal_numbers_is_near_the_share_of_equal_runs() -> None:
    whole = text(1, 400)
    for changed in (0.1, 0.3, 0.5):
        other = whole[: int(400 * (1 - changed))] + text(2, int(400 * changed))
        one, two = of(" ".join(whole), " ".join(other))
        runs = [{tuple(each[at : at + 4]) for at in range(397)} for each in (whole, other)]
        true = len(runs[0] & runs[1]) / len(runs[0] | runs[1])
        assert abs((one == two).mean() - true) < 0.13


def test_the_first_by_date_is_kept_and_the_undated_come_last() -> None:
    body = " ".join(text(1))
    assert found([body] * 4, [NO_DAY, 30, 10, 20]) == {0: 2, 1: 2, 3: 2}


def test_of_one_day_the_first_in_the_archive_is_kept() -> None:
    assert found([" ".join(text(1))] * 3, [5, 5, 5]) == {1: 0, 2: 0}


def test_unlike_texts_are_left_alone() -> None:
    assert found([" ".join(text(seed)) for seed in range(60)]) == {}


def test_a_chain_of_small_changes_does_not_join_its_ends() -> None:
    words = text(1, 200)
    chain = [list(words)]
    for step in range(12):
        words[step * 15 : step * 15 + 15] = text(100 + step, 15)
        chain.append(list(words))
    linked = found([" ".join(each) for each in chain])
    assert 0 not in linked
    assert 3 <= len(chain) - len(linked) < len(chain)
    assert all(original not in linked for original in linked.values())
    assert all(place - original <= 5 for place, original in linked.items())


def test_500_equal_texts_are_copies_of_the_first() -> None:
    assert found([" ".join(text(1))] * 500) == dict.fromkeys(range(1, 500), 0)


def brute(signatures: Signatures, days: list[int]) -> list[Copy]:
    """Compare every pair that agrees in one band."""
    order = sorted(range(len(days)), key=lambda place: (days[place], place))
    kept: list[int] = []
    linked = {}
    for place in order:
        for original in kept:
            equal = signatures[place] == signatures[original]
            if equal.reshape(BANDS, ROWS).all(axis=1).any() and equal.mean() >= ALIKE:
                linked[place] = Copy(place, original, float(equal.mean()))
                break
        else:
            kept.append(place)
    return [linked[place] for place in sorted(linked)]


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    bases=st.integers(1, 4),
    makings=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 90), st.integers(0, 4)), min_size=1, max_size=30),
)
def test_what_is_found_equals_comparing_every_pair(seed: int, bases: int, makings: list[tuple[int, int, int]]) -> None:
    random = np.random.default_rng(seed)
    originals = random.integers(0, 2**32, (bases, NUMBERS), dtype=np.uint32)
    rows = []
    for base, changed, _ in makings:
        row = originals[base % bases].copy()
        at = random.choice(NUMBERS, changed, replace=False)
        row[at] = random.integers(0, 2**32, changed, dtype=np.uint32)
        rows.append(row)
    days = [day if day else int(NO_DAY) for _, _, day in makings]
    signatures = np.array(rows)
    assert copies(signatures, np.array(days, dtype=np.int32)) == brute(signatures, days)


def test_copies_of_a_scan_are_linked_and_leave_no_row_elsewhere(tmp_path: Path) -> None:
    one = article(4)
    articles = [
        {**one, "id": "sau", "date": "2026-04-09", "outlet": "Báo B"},
        {**one, "id": "không ngày", "date": None},
        {**one, "id": "đầu", "date": "2026-04-01", "text": f"{one['text']} (Theo TTXVN)"},
        article(5),
    ]
    archive = tmp_path / "kho.jsonl"
    archive.write_bytes(lines(articles))
    found = scanned(archive, tmp_path / "out")
    assert found.ids == ["đầu", "bai-5"]
    links = {row["record"]: (row["original_seq"], row["original"]) for row in found.table("duplicates")}
    assert links == {"sau": (2, "đầu"), "không ngày": (2, "đầu")}
    assert {row["record"] for name in ("findings", "people") for row in found.table(name)} <= {"đầu", "bai-5"}
    assert all(ALIKE <= row["similarity"] <= 1 for row in found.table("duplicates"))


def test_regulations_of_neighbours_are_no_copies(tmp_path: Path) -> None:
    archive = tmp_path / "kho.jsonl"
    archive.write_bytes(lines([article(1, kind="regulation"), article(1, kind="regulation", id="b")]))
    assert scanned(archive, tmp_path / "out").ids == ["bai-1", "b"]
