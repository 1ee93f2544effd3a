"""The mentions of one person are brought together, those of two are kept apart."""

from __future__ import annotations

import pytest

from tests.people.articles import only, people, said_by

SHORT = {
    "the given name": ("Bà Lò Thị Ánh mở lớp dệt. Lớp của bà Ánh có mười hai người.", "bà Ánh"),
    "the given name alone": ("Anh Vũ Đình Toản lái xe suốt đêm. Đến sáng, Toản vẫn chưa ngủ.", "Toản"),
    "two last syllables": ("Chị Hoàng Thị Thu Hà thắng giải. Tối qua, chị Thu Hà về tới bản.", "chị Thu Hà"),
    "a short form before the full one": ("Chị Dợ bán lanh ở chợ. Chị Sùng Thị Dợ, 31 tuổi, có hai con.", "Chị Dợ"),
    "a Mông name": ("Anh Giàng A Chớ dẫn đường. Trưa, anh Chớ nấu cơm.", "anh Chớ"),
    "a foreign surname": ("Bà Ingrid Halvorsen tới trạm y tế. Bà Halvorsen ở lại hai ngày.", "Bà Halvorsen"),
}


@pytest.mark.parametrize("case", SHORT)
def test_a_short_form_belongs_to_the_full_name(case: str) -> None:
    text, short = SHORT[case]
    person = only(text)
    assert short in person.mentions
    assert person.name.endswith(short.split()[-1])
    assert " " in person.name


def test_two_with_one_given_name_are_two_people() -> None:
    text = "Ông Hoàng Văn Sơn trồng chè. Ông Lường Văn Sơn trồng mắc ca. Hai ông cùng bản."
    assert list(people(text)) == ["Hoàng Văn Sơn", "Lường Văn Sơn"]


def test_the_form_of_address_tells_which_of_two_is_meant() -> None:
    text = (
        "Ông Trần Đức Hòa và bà Lê Thị Hòa cùng dạy ở điểm trường.\n\n"
        "Bà Hòa cho biết lớp có chín em. Ông Hòa nói nước lên rất nhanh."
    )
    found = people(text)
    assert list(found) == ["Trần Đức Hòa", "Lê Thị Hòa"]
    assert found["Trần Đức Hòa"].mentions == ("Ông Trần Đức Hòa", "Ông Hòa")
    assert found["Lê Thị Hòa"].mentions == ("bà Lê Thị Hòa", "Bà Hòa")
    assert [speaker for speaker, _, _ in said_by(text)] == ["Lê Thị Hòa", "Trần Đức Hòa"]


def test_a_pronoun_is_led_back_to_the_nearest_of_its_sex() -> None:
    text = (
        "Chị Vàng Thị Xua và anh Hạng A Tếnh mở quán bên đường.\n\n"
        "“Tháng đầu chúng tôi chỉ đủ tiền điện”, chị nói. “Tháng sau thì khác hẳn rồi”, anh kể."
    )
    assert {who for who, words, _ in said_by(text) if "tiền điện" in words} == {"Vàng Thị Xua"}
    assert {who for who, words, _ in said_by(text) if "khác hẳn" in words} == {"Hạng A Tếnh"}


def test_people_come_in_the_order_of_their_first_mention() -> None:
    text = "Ông Chẻo Phù Sài gặp bà Pờ Go Xá. Sau đó, bà Pờ Go Xá gặp anh Giàng A Chớ. Ông Sài về trước."
    assert list(people(text)) == ["Chẻo Phù Sài", "Pờ Go Xá", "Giàng A Chớ"]


def test_a_mention_is_listed_once_however_often_it_is_printed() -> None:
    text = "Bà Đinh Thị Sen nuôi ong. Bà Sen bán mật. Bà Sen mua thêm thùng. Bà Sen dạy nghề cho chị em."
    assert only(text).mentions == ("Bà Đinh Thị Sen", "Bà Sen")
