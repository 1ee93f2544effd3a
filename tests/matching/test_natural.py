"""Real news comes in as hashed features alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from auditor.matching.features import BUCKET_BITS, buckets, features_of, words
from auditor.matching.matcher import Matcher
from auditor.matching.natural import FILE, pack, rows, unpack
from auditor.rulebook.loader import load_rulebook

BLAMED = "Chị mặc váy ngắn nên mới bị quấy rối."
ARTICLE = {
    "id": "bai-1",
    "title": "Phiên tòa sáng nay",
    "text": f"Tòa mở lúc tám giờ. {BLAMED} Bị cáo nhận tội.\n\nChị Hoa đến dự. Tòa nghỉ trưa.",
    "passages": [
        {"quote": BLAMED, "label": "violation", "category": "do_loi"},
        {"quote": "Chị Hoa đến dự.", "label": "ok", "category": None},
    ],
}


@given(st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=50))
def test_buckets_can_be_put_together_again(said: list[str]) -> None:
    places, counts = buckets(words(said))
    again = buckets(features_of(places, np.minimum(counts, 255).astype(np.uint8)))
    assert np.array_equal(again[0], places)
    assert np.array_equal(again[1], counts)


def test_each_labelled_sentence_is_a_row_and_no_other() -> None:
    found = list(rows(Matcher(load_rulebook().only("article")), [ARTICLE]))
    assert [(row.bad, row.category) for row in found] == [(True, "do_loi"), (False, None)]


def test_an_unsure_passage_takes_its_paragraph_out() -> None:
    unsure = {**ARTICLE, "passages": [*ARTICLE["passages"], {"quote": "Bị cáo nhận tội.", "label": "unsure"}]}
    found = list(rows(Matcher(load_rulebook().only("article")), [unsure]))
    assert [row.bad for row in found] == [False]


def test_what_is_packed_comes_back_without_what_written_texts_do_not_know(tmp_path: Path) -> None:
    found = list(rows(Matcher(load_rulebook().only("article")), [ARTICLE]))
    known = np.zeros(1 << BUCKET_BITS, dtype=np.bool_)
    kept = buckets(found[0].sentence)[0][::2]
    known[kept] = True
    pack(found, known, articles=3, path=tmp_path / "real.npz")
    back, articles = unpack(tmp_path / "real.npz")
    assert articles == 3
    assert set(buckets(back[0].sentence)[0]) == set(kept)
    assert [(row.bad, row.category, row.group) for row in back] == [(r.bad, r.category, r.group) for r in found]


def test_the_shipped_file_holds_hundreds_of_articles_and_no_text() -> None:
    found, articles = unpack()
    assert articles > len({row.group for row in found}) > 300
    with np.load(FILE) as data:
        assert all(data[name].dtype.kind in "ubif" or name == "categories" for name in data.files)
