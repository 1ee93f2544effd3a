"""Gender is told only by what tells it, and the record says by what."""

from __future__ import annotations

import pytest

from tests.people.articles import finder, only, people

TOLD = {
    "an honorific": ("Bà Nguyễn Khánh An mở cửa hàng thứ hai.", "female", "bà"),
    "an honorific beats the name": ("Ông Trần Thị Nở Hoa là nghệ danh ông tự đặt.", "male", "ông"),
    "a male honorific": ("Anh Lê Minh An mở cửa hàng thứ hai.", "male", "anh"),
    "a word before an office": ("Nữ thẩm phán Đặng Hải Anh tuyên án lúc 17 giờ.", "female", "nữ thẩm phán"),
    "a title only men bear": ("Hòa thượng Thích Thiện Minh chủ trì buổi lễ.", "male", "hòa thượng"),
    "kinship before the name": ("Bà Lò Thị Ánh và con trai Khánh An đi chợ. Khánh An gánh củi.", "male", "con trai"),
    "the mark Thị": ("Lường Thị Pâng, 22 tuổi, đỗ thủ khoa.", "female", "Thị"),
    "the mark Văn": ("Quàng Văn Tiện, 41 tuổi, nuôi cá lồng.", "male", "Văn"),
    "the mark A of the Mông": ("Thào A Lử, 19 tuổi, giành huy chương.", "male", "A"),
    "a pronoun": ("Bác sĩ Nguyễn Khánh An trực đêm qua. Chị về nhà lúc bảy giờ. Chị ngủ ngay.", "female", "chị"),
    "counts of the name": ("Phạm Thu Trang, 25 tuổi, vẽ tranh tường.", "female", "Trang"),
    "counts of the name, a man": ("Phạm Quốc Hùng, 25 tuổi, vẽ tranh tường.", "male", "Hùng"),
    "a foreign given name": ("Jennifer Collins, 40 tuổi, dạy tiếng Anh ở huyện.", "female", "Jennifer"),
}  # fmt: skip


@pytest.mark.parametrize("case", TOLD)
def test_gender_is_told_with_its_cue(case: str) -> None:
    text, gender, cue = TOLD[case]
    person = list(people(text).values())[-1]
    assert person.gender == gender
    assert cue.lower() in person.gender_cue.lower()


UNKNOWN = {
    "a name both bear": "Nguyễn Khánh An, 30 tuổi, làm việc từ xa.",
    "an expert with such a name": "Chuyên gia Nguyễn Khánh An cho biết gạo lên giá. Chuyên gia này tin giá còn lên.",
    "em and cháu tell nothing": "Em Nguyễn Khánh An học lớp năm. Cháu thích vẽ.",
    "a comrade": "Đồng chí Nguyễn Khánh An dự hội nghị.",
    "a Hà Nhì name without a mark": "Pờ Go Xá, 34 tuổi, trồng thảo quả.",
    "initials": "Em T.M.A. được đưa về nhà an toàn.",
    "a foreign name": "Chuyên gia Tuomi Sarkela dự hội thảo.",
}


@pytest.mark.parametrize("case", UNKNOWN)
def test_what_nothing_tells_stays_unknown_and_says_why(case: str) -> None:
    person = only(UNKNOWN[case])
    assert person.gender == "unknown"
    assert "“" not in person.gender_cue
    assert person.gender_cue


def test_a_relation_tells_the_gender_of_a_name_both_bear() -> None:
    found = people("Anh Thào A Lử và vợ, Giàng Khánh An, sang xã bên làm thuê.")
    assert found["Giàng Khánh An"].gender == "female"
    assert "vợ" in found["Giàng Khánh An"].gender_cue


def test_a_pronoun_of_one_person_says_nothing_of_another() -> None:
    found = people("Nguyễn Khánh An, 30 tuổi, đến muộn. Bà Đinh Thị Sen mở cửa. Bà cười.")
    assert found["Nguyễn Khánh An"].gender == "unknown"
    assert found["Đinh Thị Sen"].gender == "female"


BYLINES = {
    "Thu Trang": "female",
    "Đỗ Quốc Hùng": "male",
    "Nguyễn Thị Ngoan": "female",
    "Khánh An": "unknown",
    "Lan": "unknown",
    "": "unknown",
    None: "unknown",
    "P.V": "unknown",
    "PV": "unknown",
    "Thu Trang - Thị Ngoan": "female",
    "Quốc Hùng và Lê Đức Mạnh": "male",
    "Thu Trang, Quốc Hùng": "unknown",
    "Thu Trang - P.V": "unknown",
    "Biên tập: Thu Trang": "female",
    "Ảnh: Quốc Hùng": "male",
}


@pytest.mark.parametrize("byline", BYLINES)
def test_a_byline_tells_a_gender_only_where_all_who_sign_have_it(byline: str | None) -> None:
    assert finder().byline_gender(byline) == BYLINES[byline]
