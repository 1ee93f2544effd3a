"""Two versions of a text side by side, and findings carried from one to the other."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.documents.compare import Comparison, compare
from auditor.documents.interface import document_of

OLD = """QUY ƯỚC BẢN NÀ HUM

CHƯƠNG I. QUY ĐỊNH CHUNG
Điều 1. Phạm vi
Quy ước này áp dụng cho mọi hộ trong bản.
Điều 2. Họp bản
1. Mỗi quý họp một lần vào ngày rằm.
2. Chỉ đàn ông là chủ hộ được biểu quyết.
Điều 3. Ruộng đất
Các hộ phải:
a) Giữ mốc ruộng đúng như đã chia.
b) Không lấn đường đi chung của bản.
Điều 4. Hiệu lực
Quy ước có hiệu lực từ ngày được công nhận."""


def compared(new: str, old: str = OLD) -> Comparison:
    return compare(document_of(old), document_of(new))


def changes(comparison: Comparison) -> dict[str, str]:
    """Return the change of each clause, by its words in the old text, else in the new."""
    return {
        comparison.old.text[pair.old.start : pair.old.end]
        if pair.old
        else comparison.new.text[pair.new.start : pair.new.end]
        if pair.new
        else "": pair.change
        for pair in comparison.pairs
    }


def carried(comparison: Comparison, words: str) -> tuple[str, str | None]:
    at = comparison.old.text.index(words)
    found = comparison.carried(at, at + len(words))
    return found.change, comparison.new.text[slice(*found.span)] if found.span else None


CLAUSE = "Chỉ đàn ông là chủ hộ được biểu quyết"


def test_the_same_text_has_no_changes() -> None:
    comparison = compared(OLD)
    assert set(changes(comparison).values()) == {"same"}
    assert carried(comparison, CLAUSE) == ("same", CLAUSE)


def test_an_edited_clause_shows_its_words() -> None:
    comparison = compared(OLD.replace("Chỉ đàn ông là chủ hộ được", "Đại diện hộ, nam hoặc nữ, được"))
    edited = [pair for pair in comparison.pairs if pair.change == "edited"]
    assert [pair.old and comparison.old.text[pair.old.start : pair.old.end] for pair in edited] == [f"2. {CLAUSE}."]
    segments = edited[0].segments
    assert "".join(s.text for s in segments if s.kind != "added") == f"{CLAUSE}."
    assert "".join(s.text for s in segments if s.kind != "removed") == "Đại diện hộ, nam hoặc nữ, được biểu quyết."
    assert segments[-1].text == " được biểu quyết."
    assert carried(comparison, "Chỉ đàn ông") == ("edited", None)
    assert carried(comparison, "biểu quyết") == ("edited", "biểu quyết")


def test_an_article_put_in_between_moves_what_follows_under_new_numbers() -> None:
    new = OLD.replace("Điều 3.", "Điều 4.").replace("Điều 4. Hiệu lực", "Điều 5. Hiệu lực")
    new = new.replace("Điều 2. Họp", "Điều 2. Trẻ em\nMọi trẻ em đều được đến trường.\nĐiều 3. Họp")
    got = changes(compared(new))
    assert got["Mọi trẻ em đều được đến trường."] == got["Điều 2. Trẻ em"] == "added"
    assert got["Điều 1. Phạm vi"] == "same"
    assert got["Điều 2. Họp bản"] == got[f"2. {CLAUSE}."] == got["Điều 3. Ruộng đất"] == "moved"
    assert carried(compared(new), CLAUSE) == ("moved", CLAUSE)


def test_a_removed_clause_takes_its_findings_with_it() -> None:
    comparison = compared(OLD.replace(f"2. {CLAUSE}.\n", ""))
    assert changes(comparison)[f"2. {CLAUSE}."] == "removed"
    assert carried(comparison, CLAUSE) == ("removed", None)
    order = [p.change for p in comparison.pairs]
    assert order.index("removed") == 6


def test_a_clause_that_goes_elsewhere_is_moved() -> None:
    comparison = compared(OLD.replace(f"2. {CLAUSE}.\n", "") + f"\nĐiều 5. Biểu quyết\n{CLAUSE};")
    assert changes(comparison)[f"2. {CLAUSE}."] == "moved"
    assert carried(comparison, "đàn ông là chủ hộ") == ("moved", "đàn ông là chủ hộ")


def test_spelling_that_says_the_same_is_no_change() -> None:
    old = "Điều 1. Hòa giải\nTổ hòa giải gồm năm người."
    comparison = compared("Điều 1. Hoà giải\nTổ hoà  giải gồm năm người", old)
    assert set(changes(comparison).values()) == {"same"}
    assert carried(comparison, "hòa giải gồm") == ("same", "hoà  giải gồm")


def test_cells_parted_by_bars_or_tabs_are_the_same_row() -> None:
    comparison = compared("Tổ hòa giải\tLường Thị Xuân\t5 người", "Tổ hòa giải | Lường Thị Xuân | 5 người")
    assert set(changes(comparison).values()) == {"same"}
    assert carried(comparison, "Xuân | 5") == ("same", "Xuân\t5")


def test_a_line_that_is_a_little_like_one_elsewhere_is_not_taken_for_it() -> None:
    old = "Danh sách cập nhật đến ngày 30 tháng 9 năm 2025."
    comparison = compared(f"Nà Hum, ngày 14 tháng 10 năm 2025\n\n{OLD}", f"{OLD}\n\n{old}")
    assert changes(comparison)[old] == "removed"


def test_a_clause_under_another_lead_in_is_looked_at_again() -> None:
    comparison = compared(OLD.replace("Các hộ phải:", "Các hộ không cần:"))
    assert changes(comparison)["b) Không lấn đường đi chung của bản."] == "same"
    assert carried(comparison, "lấn đường đi chung") == ("edited", "lấn đường đi chung")


def test_a_heading_that_forbids_turns_what_stands_under_it() -> None:
    old = "Điều 1. Những điều được làm\n1. Kéo vợ trong ba ngày Tết.\n2. Hát giao duyên."
    assert carried(compared(old.replace("được làm", "bị cấm"), old), "Kéo vợ") == ("edited", "Kéo vợ")
    old = old.replace("Những điều được làm", "Việc cưới")
    assert carried(compared(old.replace("Việc cưới", "Cưới hỏi"), old), "Kéo vợ") == ("same", "Kéo vợ")


def test_a_span_over_two_clauses_follows_both() -> None:
    words = "rằm.\n2. Chỉ đàn ông"
    assert carried(compared(f"Lời nói đầu\n{OLD}"), words) == ("same", words)
    assert carried(compared(OLD.replace("ngày rằm", "ngày mồng một")), words) == ("edited", None)


def test_an_empty_text_loses_everything() -> None:
    comparison = compared("")
    assert set(changes(comparison).values()) == {"removed"}
    assert set(changes(compared(OLD, "")).values()) == {"added"}


LINES = st.lists(
    st.sampled_from(
        [*OLD.split("\n"), "Điều 9.", "a) Không lấn đường.", "1. Mỗi quý họp hai lần.", "- Giữ mốc ruộng."]
    ),
    max_size=20,
).map("\n".join)


@settings(max_examples=150, deadline=None)
@given(LINES, LINES)
def test_every_clause_stands_in_exactly_one_pair(one: str, two: str) -> None:
    comparison = compared(two, one)
    olds = [pair.old.start for pair in comparison.pairs if pair.old]
    news = [pair.new.start for pair in comparison.pairs if pair.new]
    assert len(olds) == len(set(olds))
    assert news == sorted(set(news))
    assert len(olds) == len(compared(one, one).pairs)
    for pair in comparison.pairs:
        if pair.old and pair.change in {"same", "moved"}:
            found = comparison.carried(pair.old.label_end, pair.old.end)
            assert pair.old.label_end >= pair.old.end or found.span is not None


@pytest.mark.parametrize("every", [3, 1])
def test_sixty_pages_are_compared_while_one_waits(every: int) -> None:
    subjects = ["rừng", "suối", "đường", "nhà văn hóa", "ruộng", "trường", "chợ", "giếng", "mương", "cầu"]
    acts = ["giữ gìn", "tu sửa", "quét dọn", "trông coi", "đóng góp cho", "báo cáo về"]
    lines = [
        f"- Mỗi hộ {acts[n % 6]} {subjects[n % 10]} số {n} vào tháng {n % 12 + 1}, cử một người tham gia, "
        f"trưởng bản ghi sổ {n * 7 % 101} và đọc tại hội nghị lần {n % 5}."
        for n in range(1100)
    ]
    new = [
        line.replace("cử một người", "cử hai người đủ tuổi") if n % every == 0 else line for n, line in enumerate(lines)
    ]
    began = time.process_time()
    comparison = compared("\n".join(new[7:]), "\n".join(lines))
    assert sum(pair.change == "removed" for pair in comparison.pairs) >= 7
    assert time.process_time() - began < 4
