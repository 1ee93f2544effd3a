"""What a person is and does in a story: office, family, harm, function."""

from __future__ import annotations

import pytest

from tests.people.articles import only, people

OFFICES = {
    "before the name": ("Giám đốc Lường Thị Pâng ký hợp đồng.", "Giám đốc", True),
    "after the name": ("Bà Lường Thị Pâng, Giám đốc Trung tâm Y tế, ký hợp đồng.", "Giám đốc Trung tâm Y tế", True),
    "in brackets": ("Chị Lường Thị Pâng (kế toán hợp tác xã) ký hợp đồng.", "kế toán hợp tác xã", False),
    "a deputy": ("Bà Lường Thị Pâng, Phó Chủ tịch UBND xã, ký hợp đồng.", "Phó Chủ tịch UBND xã", True),
    "a village head": ("Trưởng bản Lường Thị Pâng ký hợp đồng.", "Trưởng bản", True),
    "a headmistress": ("Bà Lường Thị Pâng, hiệu trưởng trường mầm non, ký hợp đồng.", "hiệu trưởng", True),
    "a shift lead": ("Chị Lường Thị Pâng, tổ trưởng tổ may, ký hợp đồng.", "tổ trưởng", False),
    "a coach": ("HLV Lường Thị Pâng ký hợp đồng.", "HLV", False),
    "a judge": ("Thẩm phán Lường Thị Pâng ký quyết định.", "Thẩm phán", False),
    "a trade": ("Chị Lường Thị Pâng, thợ hàn, ký hợp đồng.", "thợ hàn", False),
}


@pytest.mark.parametrize("case", OFFICES)
def test_an_office_or_job_is_kept_as_printed_and_only_heads_lead(case: str) -> None:
    text, occupation, leader = OFFICES[case]
    person = only(text)
    assert person.occupation is not None
    assert person.occupation.startswith(occupation)
    assert person.occupation in text
    assert person.leader is leader


def test_where_nothing_is_said_there_is_no_occupation() -> None:
    person = only("Chị Lường Thị Pâng, 35 tuổi, đi chợ từ sớm.")
    assert person.occupation is None
    assert not person.leader


def test_an_office_told_once_holds_for_all_of_the_article() -> None:
    text = "Chị Pâng đến sớm.\n\nTrưa, bà Lường Thị Pâng, Chủ tịch Hội Nông dân xã, mới về."
    assert only(text).leader


FAMILY = {
    "a wife after her husband": ("Ông Vì Văn Tủm và vợ, bà Lò Thị Ánh, trồng chè.", "Lò Thị Ánh", "vợ"),
    "the husband by his wife": ("Bà Lò Thị Ánh, vợ của ông Vì Văn Tủm, trồng chè.", "Vì Văn Tủm", "chồng"),
    "behind the name": ("Bà Lò Thị Ánh, mẹ của Tủm, đứng đợi. Vì Văn Tủm ra sau.", "Lò Thị Ánh", "mẹ"),
    "the child by the mother": ("Bà Lò Thị Ánh, mẹ của Vì Văn Tủm, đứng đợi ở cổng.", "Vì Văn Tủm", "con trai"),
    "a daughter": ("Ông Vì Văn Tủm cùng con gái, chị Vì Thị Bua, chạy xe hàng.", "Vì Thị Bua", "con gái"),
}


@pytest.mark.parametrize("case", FAMILY)
def test_a_relation_is_read_from_either_side(case: str) -> None:
    text, name, role = FAMILY[case]
    assert people(text)[name].family_role == role


NO_FAMILY = {
    "the relative is not named": "Chị Lường Thị Pâng chở con đi học rồi ghé chợ.",
    "em is a form of address": "Em Lường Thị Pâng đạp xe tới trường.",
    "cháu is a form of address": "Cháu Lường Thị Pâng được bà con đưa về trụ sở.",
}


@pytest.mark.parametrize("case", NO_FAMILY)
def test_who_is_not_known_by_a_relation_has_no_family_role(case: str) -> None:
    assert only(NO_FAMILY[case]).family_role is None


VICTIMS = {
    "killed": "Vụ lật xe khiến anh Hạng A Tếnh tử vong tại chỗ.",
    "hurt": "Anh Hạng A Tếnh bị thương ở chân khi vách đất đổ.",
    "called so": "Nạn nhân Hạng A Tếnh được đưa xuống núi lúc nửa đêm.",
    "ill": "Bệnh nhân Hạng A Tếnh đã tự thở.",
    "cheated": "Anh Hạng A Tếnh bị lừa 80 triệu đồng qua điện thoại.",
}


@pytest.mark.parametrize("case", VICTIMS)
def test_who_is_hurt_ill_or_robbed_is_a_victim(case: str) -> None:
    assert only(VICTIMS[case]).victim


UNHURT = {
    "a helper": "Anh Hạng A Tếnh chèo thuyền đi phát mì cho bà con.",
    "not hurt": "Anh Hạng A Tếnh không bị thương, chỉ mất đôi dép.",
    "one who speaks of it": "Trưởng bản Hạng A Tếnh cho biết không ai tử vong.",
}


@pytest.mark.parametrize("case", UNHURT)
def test_who_is_unhurt_is_no_victim(case: str) -> None:
    assert not only(UNHURT[case]).victim


def test_the_one_who_hurts_is_no_victim() -> None:
    found = people("Quàng Văn Tiện cầm gậy đánh vào đầu, làm ông Vì Văn Tủm bị thương.")
    assert found["Vì Văn Tủm"].victim
    assert not found["Quàng Văn Tiện"].victim


def test_who_is_named_in_a_caption_is_in_it() -> None:
    found = people(
        "Bà Đinh Thị Sen nuôi ong. Ông Lò Văn Chựa mua mật.", caption="Bà Sen bên đàn ong."
    )  # fmt: skip
    assert found["Đinh Thị Sen"].in_caption
    assert not found["Lò Văn Chựa"].in_caption


PORTRAIT = """Bà Đinh Thị Sen nuôi 200 tổ ong ở bản Nà Khoang.

Sáng nào bà cũng lên trại từ năm giờ. Bà Sen kể bà học nghề từ sách cũ.

“Mùa đầu tôi mất nửa đàn”, bà nói.

Ông Lò Văn Chựa, Chủ tịch UBND xã, cho biết xã sẽ làm đường lên trại.

“Ong khỏe nhờ rừng còn tốt”, kỹ sư Trần Quốc Bảo nhận xét.

Cùng đi còn có chị Vàng Thị Xua."""


def test_a_story_has_its_subject_spokesperson_expert_and_others() -> None:
    found = people(PORTRAIT, title="Bà Sen và những thùng ong")
    assert {name: person.function for name, person in found.items()} == {
        "Đinh Thị Sen": "subject",
        "Lò Văn Chựa": "spokesperson",
        "Trần Quốc Bảo": "expert",
        "Vàng Thị Xua": "other",
    }


def test_one_of_the_people_quoted_on_a_matter_speaks_from_experience() -> None:
    text = (
        "UBND huyện vừa tạm dừng hai tuyến xe buýt lên vùng cao từ đầu tháng.\n\n"
        "Ông Lò Văn Chựa, Phó Chủ tịch UBND huyện, cho biết hai tuyến lỗ ba năm liền.\n\n"
        "Luật sư Trần Quốc Bảo cho rằng hợp đồng chưa hết hạn.\n\n"
        "“Con tôi phải đi bộ sáu cây số”, chị Vàng Thị Xua nói.\n\n"
        "“Tôi đành gửi hàng qua xe tải”, chị Sùng Thị Dợ kể."
    )
    found = people(text, title="Dừng hai tuyến xe buýt vùng cao")
    assert found["Vàng Thị Xua"].function == "personal_experience"
    assert found["Sùng Thị Dợ"].function == "personal_experience"
    assert found["Lò Văn Chựa"].function == "spokesperson"


def test_who_tells_what_was_seen_happen_is_an_eyewitness() -> None:
    text = (
        "Khoảng 6 giờ sáng 3/5, xe tải chở gạch lao xuống vực ở đèo Khau Pín.\n\n"
        "Tài xế Quàng Văn Tiện bị thương nặng. Công an huyện đang điều tra vụ việc.\n\n"
        "“Tôi nghe tiếng phanh rồi nhìn thấy xe lật hai vòng”, chị Vàng Thị Xua kể."
    )
    found = people(text)
    assert found["Vàng Thị Xua"].function == "eyewitness"
    assert found["Quàng Văn Tiện"].function == "subject"


def test_the_accused_is_the_subject_of_a_trial() -> None:
    text = (
        "Tòa tuyên phạt bị cáo Quàng Văn Tiện ba năm tù.\n\n"
        "Thẩm phán Trần Quốc Bảo chủ tọa phiên tòa."
    )  # fmt: skip
    assert people(text)["Quàng Văn Tiện"].function == "subject"
