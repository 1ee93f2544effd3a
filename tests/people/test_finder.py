"""A whole article in, its people out."""

from __future__ import annotations

from unicodedata import normalize

import pytest

from tests.people.articles import article, finder, found, people

STORY = """Sáng 12/4, hơn sáu mươi hộ bản Nà Khoang họp bàn chuyện nhường đất làm đường.

Ông Vì Văn Tủm, trưởng bản, mở đầu cuộc họp. Ông Tủm cho biết đoạn đường dài 2,4 km, đi qua nương của mười một nhà.

“Nhà tôi mất ba trăm mét vuông, nhưng xe cứu thương lên được là mừng rồi”, chị Vàng Thị Xua, 34 tuổi, nói.

Theo bà Đỗ Thu Hường, cán bộ địa chính xã, việc đo đạc sẽ xong trong tháng năm.

Em Hạng A Tếnh, học sinh lớp 9 Trường THCS Nguyễn Viết Xuân, đứng ngoài hiên nghe hết buổi."""


def test_a_story_yields_its_people_and_nothing_else() -> None:
    told = {name: (one.gender, one.quoted, one.leader) for name, one in people(STORY, title="Nhường đất").items()}
    assert told == {
        "Vì Văn Tủm": ("male", "indirect", True),
        "Vàng Thị Xua": ("female", "direct", False),
        "Đỗ Thu Hường": ("female", "indirect", False),
        "Hạng A Tếnh": ("male", "no", False),
    }


def test_mentions_are_printed_in_the_article() -> None:
    document = article(STORY, title="Nhường đất", caption="Ông Tủm bên bản đồ.")
    records = finder().find(document).records
    assert records
    for record in records:
        assert all(mention in document.text for mention in record.mentions)
        assert record.name in document.text


def test_each_person_has_a_share_of_the_mentions() -> None:
    whole = found(STORY)
    assert len(whole.shares) == len(whole.records)
    assert sum(whole.shares) == pytest.approx(1)
    assert whole.shares[0] == max(whole.shares)


def test_a_title_alone_names_its_person() -> None:
    assert list(people("Trận đấu kết thúc lúc 21 giờ.", title="Bà Đinh Thị Sen nhận giải")) == ["Đinh Thị Sen"]


def test_an_article_without_people_has_none() -> None:
    whole = found("Giá xăng giảm 300 đồng một lít từ 15 giờ chiều nay. Giá dầu giữ nguyên.")
    assert (whole.records, whole.shares, whole.quotes) == ((), (), ())


def test_decomposed_letters_are_read_as_composed_ones() -> None:
    assert people(normalize("NFD", STORY)).keys() == people(STORY).keys()
