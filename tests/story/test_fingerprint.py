"""Copies of a story are known by their fingerprints; other stories are not."""

from __future__ import annotations

import random
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.story.fingerprint import LIMIT, fingerprint, near, originals

STORY = """Sáng 6/3, Hội Liên hiệp Phụ nữ xã Nậm Khao tổ chức ra mắt tổ hợp tác dệt thổ cẩm với 24 thành viên ở ba bản.
Tổ do bà Lò Thị Ỏn làm tổ trưởng, mỗi tuần họp một buổi tại nhà văn hóa bản để chia sẻ mẫu hoa văn và cách
nhuộm chàm.

Theo bà Ỏn, trước đây mỗi nhà tự dệt, tự bán, giá lên xuống theo người mua ở chợ phiên. Từ tháng trước, tổ
nhận đơn chung từ một cửa hàng ở thành phố, chia việc theo sức từng người và trả công theo từng mét vải. Chị
Giàng Thị Mỷ, thành viên trẻ nhất, cho biết thu nhập tháng đầu đủ mua sách vở cho hai con.

Ông Vàng A Páo, Chủ tịch Ủy ban nhân dân xã, nói xã sẽ bố trí thêm một gian trưng bày ở điểm du lịch cộng đồng
và mời giáo viên dạy nghề của huyện lên hướng dẫn quay sợi. Ngân hàng Chính sách xã hội đã cho tổ vay 120
triệu đồng mua bốn khung cửi.

Dịp này, lãnh đạo xã trao quà cho các gia đình có con gái đỗ đại học và tặng giấy khen cho năm tập thể, cá
nhân có nhiều đóng góp trong phong trào phụ nữ giúp nhau phát triển kinh tế."""

OTHER = """Chiều 7/3, Hội Liên hiệp Phụ nữ xã Mường Than khai mạc lớp dệt thổ cẩm cho 30 học viên là người Thái và người
Mông. Lớp kéo dài ba tháng, học viên được hỗ trợ tiền ăn và đi lại, cuối khóa làm một sản phẩm hoàn chỉnh.

Bà Hoàng Thị Nga, giáo viên dạy nghề, cho biết nhiều học viên lần đầu cầm thoi nhưng học rất nhanh. Sau lớp
học, hội sẽ liên hệ với các điểm du lịch để tiêu thụ khăn, túi và váy áo do học viên làm ra.

Phó Chủ tịch xã Lò Văn Hặc mong lớp học giúp chị em có thêm việc làm lúc nông nhàn và giữ được hoa văn của dân
tộc mình."""

EDITS = {
    "another headline": "Phụ nữ vùng cao giữ nghề dệt\n\n" + STORY,
    "another byline": STORY + "\n\nTheo TTXVN",
    "the last paragraph cut": STORY.rsplit("\n\n", 1)[0],
    "decomposed, in capitals": normalize("NFD", STORY).upper(),
    "other line breaks": " ".join(STORY.split()),
    "a word corrected": STORY.replace("120 triệu", "125 triệu"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_a_lightly_edited_copy_is_near(edit: str) -> None:
    assert near(fingerprint(STORY), fingerprint(EDITS[edit]))


def test_another_story_of_the_same_topic_is_not_near() -> None:
    assert not near(fingerprint(STORY), fingerprint(OTHER))


def test_a_fingerprint_is_16_digits_and_never_changes() -> None:
    assert fingerprint(STORY) == "58602ba1098559c5"
    assert fingerprint("") == fingerprint("… –") == ""
    assert len(fingerprint("ba")) == 16
    assert not near("", "")


def test_the_first_is_kept_and_a_chain_of_small_changes_joins_nothing() -> None:
    start, middle, end = (f"{(1 << bits) - 1:016x}" for bits in (0, LIMIT, 2 * LIMIT))
    assert originals([start, middle, end]) == [0, 0, 2]
    assert originals([middle, start, end]) == [0, 0, 0]
    assert originals(["", start, "", start]) == [0, 1, 2, 1]
    assert originals([]) == []


@given(st.integers(0, 10_000), st.integers(0, 60))
def test_blocks_find_what_comparing_all_pairs_finds(seed: int, count: int) -> None:
    rng = random.Random(seed)
    values: list[int] = []
    for _ in range(count):
        value = rng.choice(values) if values and rng.random() < 0.7 else rng.getrandbits(64)
        for bit in rng.sample(range(64), rng.randint(0, LIMIT + 1)):
            value ^= 1 << bit
        values.append(value)
    prints = [f"{value:016x}" for value in values]
    expected: list[int] = []
    for i, own in enumerate(prints):
        same = prints.index(own)
        if same != i:
            expected.append(expected[same])
            continue
        expected.append(next((j for j in range(i) if expected[j] == j and near(prints[j], own)), i))
    assert originals(prints) == expected
